/** The tag keys and node labels by which kOps knows what belongs to a cluster. */

export const tagKeys = {
  name: "Name",
  /** kops upup/pkg/fi/cloudup/awsup/aws_cloud.go:85 */
  cluster: "KubernetesCluster",
  /** Value: owned or shared. */
  ownership: (clusterName: string) => `kubernetes.io/cluster/${clusterName}`,
  kopsRole: "kubernetes.io/kops/role",
  subnetType: "SubnetType",
  publicLoadBalancers: "kubernetes.io/role/elb",
  internalLoadBalancers: "kubernetes.io/role/internal-elb",
  /** kops pkg/model/awsmodel/network.go:296; Karpenter finds a group's subnets by it. */
  subnetOfGroup: (group: string) => `kops.k8s.io/instance-group/${group}`,
  etcdCluster: (name: string) => `k8s.io/etcd/${name}`,
  role: (role: "control-plane" | "master" | "node" | "bastion") => `k8s.io/role/${role}`,
  instanceGroup: "kops.k8s.io/instancegroup",
  autoscalerLabel: (label: string) => `k8s.io/cluster-autoscaler/node-template/label/${label}`,
  autoscalerTaint: (taint: string) => `k8s.io/cluster-autoscaler/node-template/taint/${taint}`,
  serviceAccountName: "service-account.kops.k8s.io/name",
  serviceAccountNamespace: "service-account.kops.k8s.io/namespace",
} as const;

/** Labels that kOps puts on every node of a role: kops pkg/nodelabels/builder.go:103. */
export const nodeLabels = {
  controlPlane: [
    "kops.k8s.io/kops-controller-pki",
    "node-role.kubernetes.io/control-plane",
    "node.kubernetes.io/exclude-from-external-load-balancers",
  ],
  node: ["node-role.kubernetes.io/node"],
  instanceGroup: "kops.k8s.io/instancegroup",
} as const;
