from pulumi_kops_karpenter import KopsKarpenterCluster, KopsKarpenterClusterArgs

args = KopsKarpenterClusterArgs(cluster_name="wrong.example.com", zones=["us-east-1a"], kubernetes_version=1.35)
KopsKarpenterCluster("cluster", args)
