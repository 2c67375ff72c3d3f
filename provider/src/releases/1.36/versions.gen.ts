// Written by codegen/release from the Go module k8s.io/kops. Do not edit.

export const kopsVersion = "1.36.2";

/** What the stable channel recommends for the release. */
export const defaultKubernetesVersion = "1.35.5"; // channels/stable:201

/** The patch releases with hashes in pkg/assets/assetdata, by minor version, oldest first. */
export const kubernetesVersions = {
  "1.34": ["1.34.0", "1.34.1", "1.34.2", "1.34.3", "1.34.4", "1.34.5", "1.34.6", "1.34.7", "1.34.8"],
  "1.35": ["1.35.0", "1.35.1", "1.35.2", "1.35.3", "1.35.4", "1.35.5"],
  "1.36": ["1.36.0", "1.36.1"],
} as const;

export const versions = {
  // pkg/model/components/karpenter.go:39
  karpenter: "1.13.0",
  // pkg/model/components/etcd.go:32
  etcd35: "3.5.31",
  // pkg/model/components/etcd.go:33
  etcd36: "3.6.12",
  // pkg/model/components/containerd.go:57
  containerd: "2.2.4",
  // pkg/model/components/containerd.go:59
  runc: "1.3.5",
  // pkg/nodemodel/wellknownassets/cni.go:40
  cniPlugins: "1.6.2",
  // pkg/nodemodel/fileassets.go:93
  ecrCredentialProvider: "1.31.7",
  // upup/models/cloudup/resources/addons/networking.projectcalico.org/k8s-1.25.yaml.template:7126
  calico: "v3.31.3",
  // pkg/model/components/cilium.go:42
  cilium: "v1.18.6",
  // pkg/model/components/kindnet.go:39
  kindnet: "v1.0.0",
  // upup/models/cloudup/resources/addons/networking.amazon-vpc-routed-eni/k8s-1.16.yaml.template:450
  amazonVpcCni: "v1.21.2",
  // pkg/model/components/awsebscsidriver.go:45
  ebsCsiDriver: "v1.58.0",
  // upup/models/cloudup/resources/addons/certmanager.io/k8s-1.16.yaml.template:14
  certManager: "v1.19.5",
  // upup/models/cloudup/resources/addons/aws-load-balancer-controller.addons.k8s.io/k8s-1.19-irsa.yaml.template:2535
  loadBalancerController: "v3.3.0",
} as const;

export const taggedImages = {
  // pkg/model/components/awscloudcontrollermanager.go:75
  awsCloudController: "registry.k8s.io/provider-aws/cloud-controller-manager:v1.36.1",
  // upup/models/cloudup/resources/addons/aws-ebs-csi-driver.addons.k8s.io/k8s-1.17.yaml.template:997
  csiAttacher: "registry.k8s.io/sig-storage/csi-attacher:v4.11.0",
  // upup/models/cloudup/resources/addons/aws-ebs-csi-driver.addons.k8s.io/k8s-1.17.yaml.template:656
  csiNodeDriverRegistrar: "registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.16.0",
  // upup/models/cloudup/resources/addons/aws-ebs-csi-driver.addons.k8s.io/k8s-1.17.yaml.template:956
  csiProvisioner: "registry.k8s.io/sig-storage/csi-provisioner:v6.2.0",
  // upup/models/cloudup/resources/addons/aws-ebs-csi-driver.addons.k8s.io/k8s-1.17.yaml.template:1070
  csiResizer: "registry.k8s.io/sig-storage/csi-resizer:v2.1.0",
  // upup/models/cloudup/resources/addons/aws-ebs-csi-driver.addons.k8s.io/k8s-1.17.yaml.template:1034
  csiSnapshotter: "registry.k8s.io/sig-storage/csi-snapshotter:v8.5.0",
  // upup/models/cloudup/resources/addons/aws-ebs-csi-driver.addons.k8s.io/k8s-1.17.yaml.template:696
  livenessProbe: "registry.k8s.io/sig-storage/livenessprobe:v2.18.0",
  // upup/models/cloudup/resources/addons/coredns.addons.k8s.io/k8s-1.12.yaml.template:172
  coredns: "registry.k8s.io/coredns/coredns:v1.14.2",
  // upup/models/cloudup/resources/addons/coredns.addons.k8s.io/k8s-1.12.yaml.template:353
  clusterProportionalAutoscaler: "registry.k8s.io/cpa/cluster-proportional-autoscaler:v1.9.0",
  // upup/models/cloudup/resources/addons/metrics-server.addons.k8s.io/k8s-1.11.yaml.template:149
  metricsServer: "registry.k8s.io/metrics-server/metrics-server:v0.8.0",
  // upup/models/cloudup/resources/addons/authentication.aws/k8s-1.12.yaml.template:167
  awsIamAuthenticator: "public.ecr.aws/eks-distro/kubernetes-sigs/aws-iam-authenticator:v0.6.20-eks-1-30-7",
  // upup/models/cloudup/resources/addons/eks-pod-identity-webhook.addons.k8s.io/k8s-1.16.yaml.template:83
  podIdentityWebhook: "amazon/amazon-eks-pod-identity-webhook:v0.5.7",
  // upup/models/cloudup/resources/addons/networking.amazon-vpc-routed-eni/k8s-1.16.yaml.template:587
  amazonVpcPolicyAgent: "602401143452.dkr.ecr.us-west-2.amazonaws.com/amazon/aws-network-policy-agent:v1.3.2",
  // upup/models/cloudup/resources/addons/snapshot-controller.addons.k8s.io/k8s-1.20.yaml.template:1158
  snapshotController: "registry.k8s.io/sig-storage/snapshot-controller:v6.0.1",
  // upup/models/cloudup/resources/addons/snapshot-controller.addons.k8s.io/k8s-1.20.yaml.template:1195
  snapshotValidation: "registry.k8s.io/sig-storage/snapshot-validation-webhook:v6.0.1",
  // pkg/model/components/kubedns.go:113
  nodeLocalDns: "registry.k8s.io/dns/k8s-dns-node-cache:1.26.0",
  // pkg/model/components/nodeproblemdetector.go:59
  nodeProblemDetector: "registry.k8s.io/node-problem-detector/node-problem-detector:v0.8.18",
  // pkg/model/components/etcdmanager/model.go:212
  etcdManager: "registry.k8s.io/etcd-manager/etcd-manager-slim:v3.0.20260707",
  // pkg/model/components/containerd.go:26
  pause: "registry.k8s.io/pause:3.10.1",
} as const;

export const machineImages = {
  // channels/stable:77
  amd64: "099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260218",
  // channels/stable:81
  arm64: "099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-20260218",
} as const;
