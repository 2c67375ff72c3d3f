/** The clusters that kOps judges: what the component is told, and the same told to kOps. */
import type { ClusterArguments } from "../support/clusterStack";

export interface JudgedCluster {
  readonly title: string;
  readonly kops: readonly string[];
  /** What kOps is told besides: arguments of kOps, one command each. */
  readonly edits?: readonly (readonly string[])[];
  readonly inputs: ClusterArguments;
  /** A key pair of the user's own. */
  readonly keyPair?: string;
  /** What kOps's command line has no words for: fields of the spec. */
  readonly spec?: Readonly<Record<string, unknown>>;
}

export const CLUSTER = "c.example.com";
const controlPlaneSize = "--control-plane-size=t3.medium";
const channelImage = "099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260218";
/** The documented default group's image; kOps itself would take the channel's. */
const defaultImage = [
  "--image=ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id",
  `--control-plane-image=${channelImage}`,
];

const policies = {
  additionalPolicies: {
    node: JSON.stringify([{ Effect: "Allow", Action: ["s3:ListAllMyBuckets", "ec2:DescribeTags"], Resource: ["*"] }]),
  },
  externalPolicies: { master: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] },
};

const access = {
  egressProxy: {
    httpProxy: { host: "proxy.example.com", port: 3128 },
    // All that kOps would add: `kops replace`, unlike `kops create`, stores the list as it is.
    excludes: "127.0.0.1,localhost,c.example.com,100.64.0.1,100.64.0.0/10,169.254.169.254,172.20.0.0/16",
  },
  nodePortAccess: ["203.0.113.0/24", "2001:db8::/32"],
  sshKeyName: "own-key",
};

/** Addons of the cluster's DNS, of monitoring, of certificates and of service accounts' roles. */
const monitoring = {
  awsLoadBalancerController: { enabled: true, enableWAF: true, enableShield: true },
  certManager: { enabled: true, hostedZoneIDs: ["Z0987654321", "Z0123456789"] },
  kubeDNS: { nodeLocalDNS: { enabled: true }, upstreamNameservers: ["198.51.100.53"] },
  metricsServer: { enabled: true, insecure: false },
  nodeProblemDetector: { enabled: true },
  podIdentityWebhook: { enabled: true, replicas: 3 },
  snapshotController: { enabled: true, installDefaultClass: true },
};

/** The same in kOps's words and in the component's. */
const settings = {
  kops: [
    "authentication.aws.backendMode=EKSConfigMap",
    "kubeAPIServer.auditLogMaxAge=10",
    "kubeAPIServer.auditLogPath=/var/log/kube-apiserver-audit.log",
    "kubeAPIServer.defaultNotReadyTolerationSeconds=150",
    "kubeControllerManager.terminatedPodGCThreshold=100",
    "kubelet.podPidsLimit=1024",
    "kubelet.serializeImagePulls=false",
    "sysctlParameters=vm.swappiness=1",
    "updatePolicy=external",
    "iam.permissionsBoundary=arn:aws:iam::aws:policy/PowerUserAccess",
  ].map((setting) => `--set=cluster.spec.${setting}`),
  clusterSpec: {
    authentication: { aws: { backendMode: "EKSConfigMap" } },
    kubeAPIServer: {
      auditLogMaxAge: 10,
      auditLogPath: "/var/log/kube-apiserver-audit.log",
      defaultNotReadyTolerationSeconds: 150,
    },
    kubeControllerManager: { terminatedPodGCThreshold: 100 },
    kubelet: { podPidsLimit: 1024, serializeImagePulls: false },
    sysctlParameters: ["vm.swappiness=1"],
    updatePolicy: "external",
    iam: { permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess" },
    ...policies,
  },
};

export const clusters: readonly JudgedCluster[] = [
  {
    title: "one zone with defaults",
    kops: ["--zones=us-east-1a", "--kubernetes-version=1.35.5", controlPlaneSize, ...defaultImage],
    inputs: { clusterName: CLUSTER, zones: ["us-east-1a"] },
  },
  {
    title: "three zones with three control planes, and ranges of its own",
    spec: {
      nonMasqueradeCIDR: "100.64.0.0/11",
      podCIDR: "100.80.0.0/12",
      serviceClusterIPRange: "100.64.0.0/16",
      clusterDNSDomain: "cluster.example",
    },
    kops: [
      "--zones=us-east-1a,us-east-1b,us-east-1c",
      "--control-plane-zones=us-east-1a,us-east-1b,us-east-1c",
      "--kubernetes-version=1.35.5",
      controlPlaneSize,
      ...defaultImage,
    ],
    inputs: {
      clusterName: CLUSTER,
      zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
      controlPlane: { zones: ["us-east-1a", "us-east-1b", "us-east-1c"] },
      network: {
        nonMasqueradeCidr: "100.64.0.0/11",
        podCidr: "100.80.0.0/12",
        serviceCidr: "100.64.0.0/16",
        clusterDomain: "cluster.example",
      },
    },
  },
  {
    title: "three control planes, without Karpenter, and a warm pool",
    kops: [
      "--zones=us-east-1a,us-east-1b,us-east-1c",
      "--control-plane-zones=us-east-1a,us-east-1b,us-east-1c",
      "--instance-manager=cloudgroups",
      "--kubernetes-version=1.35.5",
      controlPlaneSize,
      "--node-size=t3.medium",
    ],
    edits: [
      [
        ...["edit", "instancegroup", "nodes-us-east-1b", "--set=spec.warmPool.minSize=1"],
        "--set=spec.warmPool.enableLifecycleHook=true",
      ],
    ],
    inputs: {
      clusterName: CLUSTER,
      zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
      controlPlane: { zones: ["us-east-1a", "us-east-1b", "us-east-1c"] },
      karpenter: { enabled: false },
      nodeGroups: {
        "nodes-us-east-1a": { minSize: 1, zones: ["us-east-1a"] },
        "nodes-us-east-1b": {
          ...{ minSize: 1, zones: ["us-east-1b"] },
          cloudGroup: { warmPool: { minSize: 1, enableLifecycleHook: true } },
        },
        "nodes-us-east-1c": { minSize: 1, zones: ["us-east-1c"] },
      },
    },
  },
  {
    title: "no pod network, encrypted etcd, own CIDR and tags, node-local DNS, monitoring and certificates",
    spec: monitoring,
    kops: [
      "--zones=us-east-1b",
      "--networking=cni",
      "--encrypt-etcd-storage",
      "--network-cidr=10.10.0.0/16",
      "--cloud-labels=team=platform,cost-center=42",
      "--kubernetes-version=1.34.8",
      controlPlaneSize,
      ...defaultImage,
    ],
    inputs: {
      clusterName: CLUSTER,
      zones: ["us-east-1b"],
      kubernetesVersion: "1.34.8",
      cni: "none",
      network: { cidr: "10.10.0.0/16" },
      controlPlane: { etcdVolume: { encrypted: true } },
      tags: { team: "platform", "cost-center": "42" },
      karpenter: { policy: "kops" },
      clusterSpec: monitoring,
    },
  },
  {
    title: "a private topology with an internal load balancer, and workers in an Auto Scaling group",
    kops: [
      "--zones=us-east-1a,us-east-1b",
      "--topology=private",
      "--api-loadbalancer-type=internal",
      "--kubernetes-version=1.35.5",
      "--node-count=2",
      "--node-size=m5.large,m6i.large",
      controlPlaneSize,
    ],
    edits: [
      [
        ...["edit", "instancegroup", "nodes", "--unset=spec.manager", "--set=spec.maxSize=5"],
        ...["--set=spec.maxPrice=0.05", "--set=spec.mixedInstancesPolicy.onDemandBase=1"],
        "--set=spec.rootVolume.size=60",
      ],
    ],
    inputs: {
      clusterName: CLUSTER,
      zones: ["us-east-1a", "us-east-1b"],
      network: { topology: "private" },
      api: { loadBalancer: "internal" },
      nodeGroups: {
        nodes: {
          manager: "CloudGroup",
          instanceTypes: ["m5.large", "m6i.large"],
          minSize: 2,
          maxSize: 5,
          rootVolume: { size: 60 },
          cloudGroup: { maxPrice: "0.05", mixedInstancesPolicy: { onDemandBase: 1 } },
        },
      },
    },
  },
  {
    title: "a private topology with a bastion, a key pair of the user's own, node ports and a proxy",
    keyPair: access.sshKeyName,
    spec: access,
    kops: [
      "--zones=us-east-1a,us-east-1b",
      "--topology=private",
      "--bastion",
      `--bastion-image=${channelImage}`,
      "--ssh-access=203.0.113.0/24,2001:db8::/32",
      "--kubernetes-version=1.35.5",
      controlPlaneSize,
      ...defaultImage,
    ],
    inputs: {
      clusterName: CLUSTER,
      zones: ["us-east-1a", "us-east-1b"],
      network: { topology: "private", bastion: {} },
      clusterSpec: access,
      sshAccess: ["203.0.113.0/24", "2001:db8::/32"],
    },
  },
  {
    title: "the Amazon VPC CNI, a static group with instance types and a root volume, and settings in kOps's own terms",
    kops: [
      "--zones=us-east-1a",
      "--kubernetes-version=1.36.1",
      "--node-count=3",
      "--node-size=t3.large",
      "--node-volume-size=60",
      controlPlaneSize,
      "--networking=amazonvpc",
      ...settings.kops,
    ],
    spec: policies,
    inputs: {
      clusterName: CLUSTER,
      zones: ["us-east-1a"],
      kubernetesVersion: "1.36.1",
      cni: "amazonvpc",
      network: { nonMasqueradeCidr: "172.20.0.0/16" },
      clusterSpec: settings.clusterSpec,
      nodeGroups: {
        nodes: {
          instanceTypes: ["t3.large"],
          images: [channelImage],
          minSize: 3,
          rootVolume: { size: 60 },
        },
      },
    },
  },
];
