import pulumi
from pulumi_kops_karpenter import KopsKarpenterCluster

name = pulumi.Output.secret("wrong.example.com")
KopsKarpenterCluster("cluster", cluster_name=name, zones=["us-east-1a"])
