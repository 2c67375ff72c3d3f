import pulumi
from pulumi_kops_karpenter import KopsKarpenterCluster

cluster = KopsKarpenterCluster(
    "quickstart",
    cluster_name="quickstart.example.com",
    zones=["us-east-1a"],
)

pulumi.export("apiEndpoint", cluster.api_endpoint)
pulumi.export("stateStore", cluster.state_store)
pulumi.export("kubeconfig", cluster.kubeconfig)
