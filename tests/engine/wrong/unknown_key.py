from pulumi_kops_karpenter import KopsKarpenterCluster

KopsKarpenterCluster(
    "cluster",
    cluster_name="wrong.example.com",
    zones=["us-east-1a"],
    node_groups={"nodes": {"image": ["ami-0123456789abcdef0"]}},
)
