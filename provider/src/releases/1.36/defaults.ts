export const defaults = {
  /** The kubelet's own; kOps leaves it with every CNI here (nodeup/pkg/model/kubelet.go:765). */
  maxPods: 110,
  instanceTypes: { controlPlane: "t3.medium", node: "t3.medium", bastion: "t3.micro" },
  /** upup/pkg/fi/cloudup/populate_instancegroup_spec.go:134 */
  nodeGroupSize: 2,
  /** pkg/model/defaults/volumes.go:26, pkg/model/awsmodel/autoscalinggroup.go:40, pkg/model/master_volumes.go:42 */
  volumes: {
    type: "gp3",
    controlPlaneSize: 64,
    nodeSize: 128,
    bastionSize: 32,
    etcdSize: 20,
    provisionedIops: 100,
    gp3Iops: 3000,
    gp3Throughput: 125,
  },
  /** pkg/model/awsmodel/autoscalinggroup.go:211 */
  metadata: { httpTokens: "required", httpEndpoint: "enabled", httpPutResponseHopLimit: 1 },
  /** upup/pkg/fi/cloudup/new_cluster.go:1598 */
  etcd: { cpuRequests: { main: "200m", events: "100m" }, memoryRequest: "100Mi", backupRetentionDays: 90 },
  /** upup/pkg/fi/cloudup/new_cluster.go:185 */
  access: ["0.0.0.0/0", "::/0"],
  /** upup/pkg/fi/cloudup/defaults.go:36 */
  networkCidr: "172.20.0.0/16",
  /** pkg/model/awsmodel/autoscalinggroup.go:397 */
  autoscalingMetrics: [
    "GroupDesiredCapacity",
    "GroupInServiceInstances",
    "GroupMaxSize",
    "GroupMinSize",
    "GroupPendingInstances",
    "GroupStandbyInstances",
    "GroupTerminatingInstances",
    "GroupTotalInstances",
  ],
  warmPools: {
    /** pkg/model/awsmodel/autoscalinggroup.go:114 */
    autoscalingMetrics: [
      "WarmPoolMinSize",
      "WarmPoolDesiredCapacity",
      "WarmPoolPendingCapacity",
      "WarmPoolTerminatingCapacity",
      "WarmPoolWarmedCapacity",
      "WarmPoolTotalCapacity",
      "GroupAndWarmPoolDesiredCapacity",
      "GroupAndWarmPoolTotalCapacity",
    ],
    /** pkg/model/awsmodel/autoscalinggroup.go:132 */
    hookTimeoutSeconds: 600,
    /** pkg/nodemodel/nodeupconfigbuilder.go:488 */
    images: [
      "registry.k8s.io/kube-proxy:",
      "registry.k8s.io/provider-aws/",
      "registry.k8s.io/sig-storage/csi-node-driver-registrar:",
      "registry.k8s.io/sig-storage/livenessprobe:",
      "quay.io/calico/",
      "quay.io/cilium/",
      "quay.io/coreos/flannel:",
      "quay.io/weaveworks/",
    ],
  },
} as const;
