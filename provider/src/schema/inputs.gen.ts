// Generated from provider/schema.json by `make generate`. Do not edit.

import type * as pulumi from "@pulumi/pulumi";
import type { Settled } from "./input";
import type * as types from "./types.gen";

/** A self-managed Kubernetes cluster on AWS, made as kOps 1.36.2 makes it, with workers that Karpenter provisions. It brings up the network, roles, certificate authorities, state store, control plane and load balancer, waits for the Kubernetes API, and installs Karpenter with a node class and node pools for every node group. The kOps CLI reads and accepts the state store. Every mistake in the inputs is reported at preview, each with its path. */
export interface KopsKarpenterClusterArgs {
  /** DNS name of the cluster as in kOps, for example `prod.example.com`: lower case, at least two labels, at most 95 characters in us-east-1, and a few less where zones have longer names (those of launch templates must fit). It need not exist in DNS. Names every AWS resource; changing it makes another cluster. */
  readonly clusterName: string;
  /** Availability zones of the cluster, all of one region, for example [us-east-1a, us-east-1b]. At least one, no duplicates. The region of the aws provider must be theirs. */
  readonly zones: readonly string[];
  /** Kubernetes version without `v`: 1.34.0 to 1.34.8, 1.35.0 to 1.35.5, 1.36.0 or 1.36.1, for which kOps 1.36.2 has the hashes of files. Default: 1.35.5, the newest that the kOps stable channel recommends for kOps 1.36.2. */
  readonly kubernetesVersion?: string | undefined;
  /** kOps release whose clusters are made; one the package has facts for: 1.36.2. Below 1.34 is refused: Karpenter there is the legacy integration. Default: 1.36.2. */
  readonly kopsVersion?: string | undefined;
  /** `s3://bucket[/prefix]` of an existing bucket for the state store. Whether it is given decides whether a bucket is made; the value may be an output. Default: a bucket is created, versioned and encrypted, with all public access blocked. */
  readonly stateStore?: pulumi.Input<string> | undefined;
  /** `s3://bucket[/prefix]` of an existing bucket, readable by the public, for the OIDC discovery documents; no dots in the bucket's name, and apart from the state store. Default: a bucket is created, in which only those two documents are public. */
  readonly discoveryStore?: pulumi.Input<string> | undefined;
  /** How nodes reach an S3-compatible store that is not AWS S3. Default: AWS S3 with the instance's role. */
  readonly stateStoreAccess?: StateStoreAccessArgs | undefined;
  /** The VPC and its subnets. Default: as kOps. */
  readonly network?: NetworkArgs | undefined;
  /** Names of the cluster in Route 53. Default: none. */
  readonly dns?: DnsArgs | undefined;
  /** The pod network. Default: cilium. */
  readonly cni?: types.Cni | undefined;
  /** How the Kubernetes API is reached. Default: a public network load balancer, open to all addresses. */
  readonly api?: ApiArgs | undefined;
  /** The control-plane nodes, one Auto Scaling group per zone. Default: one t3.medium in the first zone. */
  readonly controlPlane?: ControlPlaneArgs | undefined;
  /** Groups of worker nodes by name: DNS names of at most 63 characters. At least one. Default: one group `nodes` with a node class and a pool named `default`. */
  readonly nodeGroups?: Readonly<Record<string, NodeGroupArgs>> | undefined;
  /** The Karpenter controller. Default: Karpenter 1.13.0 with interruption handling. */
  readonly karpenter?: KarpenterArgs | undefined;
  /** IAM roles for service accounts of the user's own workloads (IRSA); their ARNs are in the output serviceAccountRoleArns. Default: none. */
  readonly serviceAccountRoles?: readonly ServiceAccountRoleArgs[] | undefined;
  /** OpenSSH public key (`ssh-rsa …` or `ssh-ed25519 …`, one line) for logging in to nodes as the user of their image. Default: none, and no key pair is made. */
  readonly sshPublicKey?: pulumi.Input<string> | undefined;
  /** IPv4 or IPv6 ranges that may reach port 22 of nodes. Default: 0.0.0.0/0 and ::/0, as kOps. */
  readonly sshAccess?: readonly string[] | undefined;
  /** AWS tags of every resource (kOps cloudLabels), the instances that Karpenter starts included. At most 40, together with those of a node group; keys of kOps and Karpenter (Name, KubernetesCluster, kubernetes.io/cluster/…, k8s.io/role/…, kops.k8s.io/…, karpenter.sh/…) and keys that start with aws: are refused. Default: none beside kOps's own. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Mirrors of binaries and images. Default: the public sites. */
  readonly assets?: AssetsArgs | undefined;
  /** Waiting for the Kubernetes API, before Karpenter is installed. Default: up to 900 seconds. */
  readonly readiness?: ReadinessArgs | undefined;
  /** The admin kubeconfig. Default: its client certificate is valid for a year. */
  readonly kubeconfig?: KubeconfigArgs | undefined;
}

/** What the component's properties hold, each one an output. */
export interface KopsKarpenterClusterOutputs {
  /** DNS name of the cluster. */
  readonly clusterName: pulumi.Output<string>;
  /** AWS region of the cluster: that of its zones. */
  readonly region: pulumi.Output<string>;
  /** Kubeconfig of a cluster administrator, in YAML, with a client certificate that is valid for kubeconfig.lifetimeHours. */
  readonly kubeconfig: pulumi.Output<string>;
  /** URL of the Kubernetes API that the kubeconfig names: the load balancer's, or api.endpoint. */
  readonly apiEndpoint: pulumi.Output<string>;
  /** Certificate of the cluster's certificate authority, in PEM. */
  readonly certificateAuthority: pulumi.Output<string>;
  /** `s3://bucket[/prefix]` of the state store: kOps's --state. */
  readonly stateStore: pulumi.Output<string>;
  /** `s3://bucket[/prefix]` of the discovery store. */
  readonly discoveryStore: pulumi.Output<string>;
  /** URL of the issuer of service-account tokens: that of the discovery store. */
  readonly issuerUrl: pulumi.Output<string>;
  /** ARN of the IAM OIDC provider of that issuer, for roles of one's own that service accounts assume. */
  readonly oidcProviderArn: pulumi.Output<string>;
  /** Id of the VPC, made or given. */
  readonly vpcId: pulumi.Output<string>;
  /** Ids of the subnets by name: the zone, or utility-<zone>, or the name that was given. */
  readonly subnetIds: pulumi.Output<Readonly<Record<string, string>>>;
  /** Ids of the security groups that the component makes. */
  readonly securityGroupIds: pulumi.Output<Settled<types.SecurityGroupIds>>;
  /** ARN of the control-plane nodes' IAM role. */
  readonly controlPlaneRoleArn: pulumi.Output<string>;
  /** ARN of the worker nodes' IAM role. */
  readonly nodeRoleArn: pulumi.Output<string>;
  /** Name of the worker nodes' instance profile. */
  readonly nodeInstanceProfile: pulumi.Output<string>;
  /** ARN of the Karpenter controller's IAM role. */
  readonly karpenterRoleArn: pulumi.Output<string>;
  /** Name of the interruption queue; absent without interruption handling. */
  readonly interruptionQueueName: pulumi.Output<string | undefined>;
  /** Names of the control plane's Auto Scaling groups, by instance group name (control-plane-<zone>). */
  readonly autoscalingGroups: pulumi.Output<Readonly<Record<string, string>>>;
  /** Bootstrap script (user data) of each worker group, by group name. Secret where stateStoreAccess is given, whose key it then holds. */
  readonly nodeupScripts: pulumi.Output<Readonly<Record<string, string>>>;
  /** ARNs of the roles of serviceAccountRoles, by `<namespace>/<name>`. */
  readonly serviceAccountRoleArns: pulumi.Output<Readonly<Record<string, string>>>;
}

/** How the Kubernetes API is reached. */
export interface ApiArgs {
  /** IPv4 or IPv6 ranges (CIDR) that may reach the API. Default: 0.0.0.0/0 and ::/0, as kOps. */
  readonly access?: readonly string[] | undefined;
  /** Where the API's load balancer can be reached from; internal needs network.topology private. Default: public. */
  readonly loadBalancer?: types.LoadBalancerType | undefined;
  /** URL (https://host[:port]) that the kubeconfig uses instead of the load balancer's, for example that of a tunnel or proxy. The TLS server name stays the cluster's. Default: the load balancer's own address. */
  readonly endpoint?: pulumi.Input<string> | undefined;
}

/** Mirrors, for air-gapped or rate-limited networks. */
export interface AssetsArgs {
  /** Base URL of kOps's own binaries and images for the kOps version, as kOps's KOPS_BASE_URL; ends in /<kopsVersion>. The hashes of the files are read from beside them, so the machine that runs Pulumi must reach it. Default: kOps's public sites. */
  readonly kopsBaseUrl?: string | undefined;
  /** URL of a mirror of the Kubernetes, containerd, runc and CNI files, as kOps's spec.assets.fileRepository. Default: the public sites. */
  readonly fileRepository?: string | undefined;
  /** Registry that mirrors every image, as kOps's spec.assets.containerRegistry: a host with an optional port and path, without a scheme. Default: the public registries. */
  readonly containerRegistry?: string | undefined;
}

/** A bastion host for SSH into a private cluster, in an Auto Scaling group of one behind a network load balancer. */
export interface BastionArgs {
  /** EC2 instance type. Default: t3.micro. */
  readonly instanceType?: string | undefined;
  /** AMI, in any of the forms of nodeGroups.*.images. Default: controlPlane.image, else kOps's image for the instance type. */
  readonly image?: string | undefined;
}

/** How many nodes of a pool may be disrupted at once. */
export interface BudgetArgs {
  /** Number or percentage of the pool's nodes that may be disrupted at once, for example 3 or 10%; 0 allows none. Default: 10%. */
  readonly nodes?: string | undefined;
  /** When the budget starts to apply: five cron fields in UTC, or @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually. Needs duration. Default: it always applies. */
  readonly schedule?: string | undefined;
  /** How long it applies after each start, in hours and minutes, for example 8h or 1h30m. Needs schedule. Default: always. */
  readonly duration?: string | undefined;
  /** Reasons it applies to. Default: all. */
  readonly reasons?: readonly types.DisruptionReason[] | undefined;
}

/** Requests and limits of the controller's container. */
export interface ChartResourcesArgs {
  /** Requested resources, for example {cpu: 500m, memory: 1Gi}. Default: cpu 500m, memory 1Gi. */
  readonly requests?: Readonly<Record<string, string>> | undefined;
  /** Resource limits. Default: memory 1Gi. */
  readonly limits?: Readonly<Record<string, string>> | undefined;
}

/** The control-plane nodes, one Auto Scaling group per zone. */
export interface ControlPlaneArgs {
  /** Zones of the control plane: 1, 3, 5 or 7 of the cluster's, one node and one etcd member in each. Default: the first of zones. */
  readonly zones?: readonly string[] | undefined;
  /** EC2 instance type. Default: t3.medium. */
  readonly instanceType?: string | undefined;
  /** AMI, in any of the forms of nodeGroups.*.images, for the architecture of instanceType. Default: the one of the kOps stable channel, Ubuntu 24.04 of 2026-02-18. */
  readonly image?: string | undefined;
  /** The root volume of each node. Default: 64 GiB of gp3, encrypted. */
  readonly rootVolume?: RootVolumeArgs | undefined;
  /** The data volumes of etcd. Default: 20 GiB of gp3 each, encrypted. */
  readonly etcdVolume?: EtcdVolumeArgs | undefined;
  /** Kubernetes labels of the nodes. Keys of kOps and Karpenter (kops.k8s.io, karpenter.sh, karpenter.k8s.aws, node-role.kubernetes.io/…, kubernetes.io/hostname) are refused. Default: none beside kOps's own. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Taints of the nodes beside the control plane's own. Default: none. */
  readonly taints?: readonly TaintArgs[] | undefined;
  /** Ids of further security groups of the nodes (`sg-…`), at most 15. Default: none. */
  readonly additionalSecurityGroupIds?: readonly pulumi.Input<string>[] | undefined;
  /** Further parts of the nodes' user data; EC2 takes 16 KiB with the bootstrap script. Default: none. */
  readonly additionalUserData?: readonly UserDataArgs[] | undefined;
}

/** How Karpenter may disrupt the nodes of a pool to save cost or to renew them. */
export interface DisruptionArgs {
  /** Which nodes it may remove. Default: WhenEmptyOrUnderutilized. */
  readonly consolidationPolicy?: types.ConsolidationPolicy | undefined;
  /** How long a node must be without change before it is considered, for example 5m, or Never. Default: 0s, at once. */
  readonly consolidateAfter?: string | undefined;
  /** How many nodes at once; at most 50 budgets, the strictest that applies wins. Default: one of 10%. */
  readonly budgets?: readonly BudgetArgs[] | undefined;
}

/** Names of the cluster in Route 53. */
export interface DnsArgs {
  /** Which kind of hosted zone, if any. Default: none. */
  readonly type?: types.DnsType | undefined;
  /** Name or id of an existing hosted zone, above the cluster's name. Required unless type is none. A new VPC is added to a private zone; an existing one must see it already. */
  readonly zone?: string | undefined;
}

/** The EBS data volumes of etcd, one per member of each of the two etcd clusters. */
export interface EtcdVolumeArgs {
  /** Size in GiB, 1 to 65536 (16384 for gp2 and io1, which starts at 4 as io2 does). Default: 20. */
  readonly size?: number | undefined;
  /** EBS volume type: gp3, gp2, io1, io2. Default: gp3. */
  readonly type?: string | undefined;
  /** Provisioned operations per second: gp3 3000 to 80000, io1 100 to 64000, io2 100 to 256000, not for gp2; per GiB at most 500, for io1 50. Default: 3000 for gp3, 100 for io1 and io2. */
  readonly iops?: number | undefined;
  /** Provisioned throughput in MiB/s, gp3 only, 125 to 2000 and at most a quarter of iops. Default: 125. */
  readonly throughput?: number | undefined;
  /** Whether the volumes are encrypted. Default: true. */
  readonly encrypted?: boolean | undefined;
  /** ARN of the KMS key of encrypted volumes. Default: the account's default EBS key. */
  readonly kmsKeyArn?: pulumi.Input<string> | undefined;
}

/** The Karpenter controller. */
export interface KarpenterArgs {
  /** Whether the component installs Karpenter: its charts, the node classes and the node pools. With false, something else does, for example GitOps, from the outputs karpenterRoleArn, interruptionQueueName, nodeInstanceProfile and nodeupScripts. Default: true. */
  readonly install?: boolean | undefined;
  /** Version of Karpenter and of its charts, without `v`; at least 1.0, and as new as the Kubernetes version needs (1.34: 1.6, 1.35: 1.9, 1.36: 1.13). Default: 1.13.0, the one of kOps 1.36.2. */
  readonly version?: string | undefined;
  /** Controller chart: an OCI reference without a tag, or a local path. Default: oci://public.ecr.aws/karpenter/karpenter. */
  readonly chart?: string | undefined;
  /** CRD chart: an OCI reference without a tag, or a local path. Default: oci://public.ecr.aws/karpenter/karpenter-crd. */
  readonly crdChart?: string | undefined;
  /** Values merged over those that the component gives to the controller's chart. Default: none. */
  readonly values?: Readonly<Record<string, pulumi.Input<unknown>>> | undefined;
  /** Number of controller pods, 1 or more. Default: 1 with one control-plane node, otherwise 2. */
  readonly replicas?: number | undefined;
  /** Requests and limits of the controller's container. Default: requests of 500m CPU and 1Gi memory, a limit of 1Gi memory. */
  readonly resources?: ChartResourcesArgs | undefined;
  /** How much the controller logs. Default: info. */
  readonly logLevel?: types.LogLevel | undefined;
  /** Karpenter feature gates. Default: those of the chart, with StaticCapacity on where a pool is static. */
  readonly featureGates?: Readonly<Record<string, boolean>> | undefined;
  /** Whether a queue and event rules tell Karpenter of spot interruptions, rebalance recommendations, health events, state changes and capacity-reservation interruptions. Default: true. */
  readonly interruptionHandling?: boolean | undefined;
  /** Whether destroy removes Karpenter's CRDs as well. Default: false, since that deletes every object of theirs. */
  readonly deleteCrds?: boolean | undefined;
}

/** The admin kubeconfig. */
export interface KubeconfigArgs {
  /** Validity of its client certificate in hours, 1 to 87600. It is renewed on an update in the last fifth of that time. Default: 8760 (a year). */
  readonly lifetimeHours?: number | undefined;
}

/** Settings of the kubelet. Karpenter learns maxPods, systemReserved and kubeReserved too, so that it computes the same allocatable capacity. */
export interface KubeletArgs {
  /** Most pods that a node runs, 1 or more. Default: the kubelet's, 110. */
  readonly maxPods?: number | undefined;
  /** Resources kept for the operating system, for example {cpu: 100m, memory: 100Mi}. Keys: cpu, memory, ephemeral-storage, pid. Default: none. */
  readonly systemReserved?: Readonly<Record<string, string>> | undefined;
  /** Resources kept for Kubernetes' own processes. Keys as systemReserved. Default: none. */
  readonly kubeReserved?: Readonly<Record<string, string>> | undefined;
  /** Hard eviction thresholds as the kubelet's flag takes them: signal<quantity or signal<percentage, separated by commas, for example memory.available<100Mi. Signals: memory.available, nodefs.available, nodefs.inodesFree, imagefs.available, imagefs.inodesFree, pid.available. Default: as kOps. */
  readonly evictionHard?: string | undefined;
  /** Soft eviction thresholds, written as evictionHard. Each needs a grace period. Default: none. */
  readonly evictionSoft?: string | undefined;
  /** Grace periods of the soft eviction thresholds: signal=duration, separated by commas, for example memory.available=1m30s. Default: none. */
  readonly evictionSoftGracePeriod?: string | undefined;
  /** Disk use in percent that starts image collection, 0 to 100. Default: the kubelet's, 85. */
  readonly imageGCHighThresholdPercent?: number | undefined;
  /** Disk use in percent that image collection frees to, below the high threshold. Default: the kubelet's, 80. */
  readonly imageGCLowThresholdPercent?: number | undefined;
  /** Whether CPU limits are enforced by CFS quota. Default: the kubelet's, true. */
  readonly cpuCFSQuota?: boolean | undefined;
  /** CPU manager policy: none or static; static needs cpu in systemReserved or kubeReserved. Default: the kubelet's, none. */
  readonly cpuManagerPolicy?: string | undefined;
  /** Topology manager policy: none, best-effort, restricted or single-numa-node. Default: the kubelet's, none. */
  readonly topologyManagerPolicy?: string | undefined;
  /** Kubelet feature gates by name, each "true" or "false". Default: as kOps. */
  readonly featureGates?: Readonly<Record<string, string>> | undefined;
}

/** Access to instance metadata. */
export interface MetadataOptionsArgs {
  /** Whether a session token is needed. Default: required. */
  readonly httpTokens?: types.HttpTokens | undefined;
  /** Whether metadata is served; disabled is refused, since kOps's nodes boot from it. Default: enabled. */
  readonly httpEndpoint?: types.HttpEndpoint | undefined;
  /** Network hops that a token's answer may take, 1 to 64. At 1, pods that are not on the host's network cannot reach it. Default: 1. */
  readonly httpPutResponseHopLimit?: number | undefined;
}

/** The VPC and its subnets. */
export interface NetworkArgs {
  /** IPv4 range of the VPC, /16 to /28, outside 100.64.0.0/10, which pods and services use. Required with network.vpcId. Default: 172.20.0.0/16 (kOps v1.36.2). */
  readonly cidr?: string | undefined;
  /** Where nodes get their addresses. Default: public. */
  readonly topology?: types.Topology | undefined;
  /** Subnets to make or to use, with an id for all or for none; one for nodes in every zone. Default: one per zone (and a utility subnet per zone in a private topology). */
  readonly subnets?: readonly SubnetArgs[] | undefined;
  /** Id of an existing VPC (`vpc-…`) to use instead of making one. network.cidr must then be its range, and it needs an internet gateway where subnets are made in it. */
  readonly vpcId?: pulumi.Input<string> | undefined;
  /** How many NAT gateways a private topology has; not for a public one. To kOps a single one is somebody else's: `kops delete cluster` leaves it and its address. Default: perZone. */
  readonly natGateways?: types.NatGateways | undefined;
  /** A bastion host. Needs a private topology. Default: none. */
  readonly bastion?: BastionArgs | undefined;
}

/** A group of worker nodes: one kOps instance group managed by Karpenter, one EC2NodeClass, and its NodePools. */
export interface NodeGroupArgs {
  /** EC2 instance types that Karpenter may choose from, for example m7g.large. One architecture, and GPU types apart from others, in groups of their own, as kOps wants it. Default: any that the pools allow. */
  readonly instanceTypes?: readonly string[] | undefined;
  /** AMIs: `ami-…`, `ssm:<parameter>`, `<name>` or `<owner>/<name>`, at most 30; AMI aliases are refused. The first is the instance group's. Default: the newest Ubuntu 24.04 for amd64 and arm64 from Canonical's SSM parameters. */
  readonly images?: readonly string[] | undefined;
  /** Constant number of nodes of the group's one pool, which is then static. With several pools, set replicas on each instead. Default: 0, a dynamic pool. */
  readonly minSize?: number | undefined;
  /** Most nodes of the group's one pool; at least minSize. With several pools, set limits.nodes on each instead. Default: none. */
  readonly maxSize?: number | undefined;
  /** Zones of the nodes: of the cluster's, at least one. Default: all of the cluster's. */
  readonly zones?: readonly string[] | undefined;
  /** The root volume of each node, at most 59000 GiB. Default: 128 GiB of gp3, encrypted. */
  readonly rootVolume?: RootVolumeArgs | undefined;
  /** Kubernetes labels of the nodes. Keys of kOps and Karpenter (kops.k8s.io, karpenter.sh, karpenter.k8s.aws, node-role.kubernetes.io/…, kubernetes.io/hostname) are refused. Default: none beside kOps's own. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Taints of the nodes. Default: none. */
  readonly taints?: readonly TaintArgs[] | undefined;
  /** Settings of the kubelet. Default: as kOps. */
  readonly kubelet?: KubeletArgs | undefined;
  /** Further AWS tags of the instances and volumes; at most 40 together with the cluster's, and no keys of kOps or Karpenter. Default: none beside the cluster's. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Access to instance metadata. Default: IMDSv2 only, one hop. */
  readonly metadataOptions?: MetadataOptionsArgs | undefined;
  /** Whether nodes get public addresses. Default: true in a public topology, false in a private one. */
  readonly associatePublicIp?: boolean | undefined;
  /** Ids of further security groups of the nodes (`sg-…`), at most 15. Default: none. */
  readonly additionalSecurityGroupIds?: readonly pulumi.Input<string>[] | undefined;
  /** Further parts of the nodes' user data; EC2 takes 16 KiB with the bootstrap script. Default: none. */
  readonly additionalUserData?: readonly UserDataArgs[] | undefined;
  /** Name of the EC2NodeClass, unique in the cluster. Default: the group's name. */
  readonly nodeClassName?: string | undefined;
  /** NodePools by name, unique in the cluster; at least one. Default: one, named as the group. */
  readonly nodePools?: Readonly<Record<string, NodePoolArgs>> | undefined;
}

/** A Karpenter NodePool: which nodes Karpenter may make from a group's node class, and how it treats them. */
export interface NodePoolArgs {
  /** Processor architectures. Default: amd64 and arm64, or those of the group's images and instance types. */
  readonly architectures?: readonly types.Architecture[] | undefined;
  /** How instances are bought. Default: on-demand and spot; only on-demand in a static pool. */
  readonly capacityTypes?: readonly types.CapacityType[] | undefined;
  /** Further conditions on nodes, for example instance families; keys that the component sets itself are refused. Default: none. */
  readonly requirements?: readonly RequirementArgs[] | undefined;
  /** Labels of the pool's nodes beside the group's. Keys of kOps and Karpenter (kops.k8s.io, karpenter.sh, karpenter.k8s.aws, node-role.kubernetes.io/…, kubernetes.io/hostname) are refused. Default: none. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Taints of the pool's nodes beside the group's, which are not repeated here. Default: none. */
  readonly taints?: readonly TaintArgs[] | undefined;
  /** Taints that nodes start with and that something else removes, for example an agent. Default: none. */
  readonly startupTaints?: readonly TaintArgs[] | undefined;
  /** Most resources of all the pool's nodes together, for example {cpu: "1000", memory: 1000Gi}. A static pool takes only nodes. Default: none. */
  readonly limits?: Readonly<Record<string, string>> | undefined;
  /** Preference among pools, 1 to 100, higher first. Not for a static pool. Default: none, the lowest. */
  readonly weight?: number | undefined;
  /** How Karpenter may disrupt nodes. Default: it consolidates empty and underutilized nodes, 10% of them at once. */
  readonly disruption?: DisruptionArgs | undefined;
  /** Age at which a node is replaced, for example 720h, or Never. Default: 720h. */
  readonly expireAfter?: string | undefined;
  /** Longest time that draining a node may take before it is ended all the same, for example 48h. Default: no limit. */
  readonly terminationGracePeriod?: string | undefined;
  /** Constant number of nodes, 0 or more: makes the pool static. A pool cannot change between static and dynamic: it is replaced. Default: none, dynamic. */
  readonly replicas?: number | undefined;
}

/** Waiting for the Kubernetes API before anything is installed in the cluster, and in an upgrade to another minor version, for every control-plane node to run it before workers change. */
export interface ReadinessArgs {
  /** Longest wait in seconds, 1 or more; after it the update fails, and the next one waits again. Default: 900. */
  readonly timeoutSeconds?: number | undefined;
  /** Whether not to wait at all. Default: false. */
  readonly skip?: boolean | undefined;
}

/** A condition on the label of the nodes that a pool makes. */
export interface RequirementArgs {
  /** Label key, for example karpenter.k8s.aws/instance-category. */
  readonly key: string;
  /** How the label is compared. */
  readonly operator: types.RequirementOperator;
  /** Values to compare with. Required for In and NotIn; one integer for Gt, Lt, Gte and Lte; absent for Exists and DoesNotExist. */
  readonly values?: readonly string[] | undefined;
  /** Least number of different values that must stay possible, 1 to 50. Default: none. */
  readonly minValues?: number | undefined;
}

/** The EBS root volume of an instance. */
export interface RootVolumeArgs {
  /** Size in GiB, 8 to 65536 (59000 for nodes; 16384 for gp2 and io1). Default: 64 for the control plane, 128 for nodes (kOps v1.36.2 pkg/model/defaults/volumes.go). */
  readonly size?: number | undefined;
  /** EBS volume type: gp3, gp2, io1, io2. Default: gp3. */
  readonly type?: string | undefined;
  /** Provisioned operations per second: gp3 3000 to 80000, io1 100 to 64000, io2 100 to 256000, not for gp2; per GiB at most 500, for io1 50. Default: 3000 for gp3, 100 for io1 and io2. */
  readonly iops?: number | undefined;
  /** Provisioned throughput in MiB/s, gp3 only, 125 to 2000 and at most a quarter of iops. Default: 125. */
  readonly throughput?: number | undefined;
  /** Whether the volume is encrypted. Default: true. */
  readonly encrypted?: boolean | undefined;
  /** ARN of the KMS key of an encrypted volume. Default: the account's default EBS key. */
  readonly kmsKeyArn?: pulumi.Input<string> | undefined;
}

/** Ids of the cluster's security groups. */
export interface SecurityGroupIdsArgs {
  /** Of the control-plane nodes. */
  readonly controlPlane: pulumi.Input<string>;
  /** Of the worker nodes. */
  readonly nodes: pulumi.Input<string>;
  /** Of the API's load balancer. */
  readonly api: pulumi.Input<string>;
}

/** An IAM role that a service account of the user's own workloads can assume (IRSA). */
export interface ServiceAccountRoleArgs {
  /** Namespace of the service account. */
  readonly namespace: string;
  /** Name of the service account. Together with the namespace unique in the list, and none of the cluster's own. */
  readonly name: string;
  /** ARNs of managed policies to attach. Exactly one of policyArns and inlinePolicy is required. */
  readonly policyArns?: readonly pulumi.Input<string>[] | undefined;
  /** Policy document in JSON. Its statements may have Effect, Action, Resource and Condition, which is all that kOps keeps. Exactly one of policyArns and inlinePolicy is required. */
  readonly inlinePolicy?: pulumi.Input<string> | undefined;
}

/** How nodes and the in-cluster controllers reach a state store that is S3-compatible but not AWS S3. It has the effect of kOps's S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY: the four values are rendered into the bootstrap scripts and into the pods that read the store. */
export interface StateStoreAccessArgs {
  /** URL of the S3-compatible service, as nodes reach it. */
  readonly endpoint: pulumi.Input<string>;
  /** Region that requests to the service are signed for. Default: the cluster's region. */
  readonly region?: pulumi.Input<string> | undefined;
  /** Access key id that may read and write the store. */
  readonly accessKeyId: pulumi.Input<string>;
  /** Secret of that access key. */
  readonly secretAccessKey: pulumi.Input<string>;
}

/** One subnet of the cluster. */
export interface SubnetArgs {
  /** Name that groups refer to, a DNS name. Unique in the cluster. Default: the zone, prefixed with `utility-` for a utility subnet. */
  readonly name?: string | undefined;
  /** Availability zone, for example `us-east-1a`. One of the cluster's zones. */
  readonly zone: string;
  /** What the subnet is for. Default: `Public` in a public topology, `Private` in a private one. */
  readonly type?: types.SubnetType | undefined;
  /** IPv4 range inside the network's, /16 to /28. Required with an id. Default: allocated from network.cidr as kOps does. */
  readonly cidr?: string | undefined;
  /** Id of an existing subnet to use instead of making one (`subnet-…`). Needs network.vpcId. It gets the tags of kOps, and loses them with the cluster; its routes stay its owner's. */
  readonly id?: pulumi.Input<string> | undefined;
}

/** A taint of a node. */
export interface TaintArgs {
  /** Key, a qualified Kubernetes name. */
  readonly key: string;
  /** Value. Default: empty. */
  readonly value?: string | undefined;
  /** What it does to pods that do not tolerate it. */
  readonly effect: types.TaintEffect;
}

/** A further part of an instance's multi-part user data, run by cloud-init beside the bootstrap script. */
export interface UserDataArgs {
  /** File name of the part: letters, digits, ., _ and -. Unique in the group, and not nodeup.sh. */
  readonly name: string;
  /** MIME type of cloud-init: text/x-shellscript, text/cloud-config, text/cloud-config-archive, text/cloud-boothook, text/part-handler, text/upstart-job, text/x-include-url or text/x-include-once-url. */
  readonly type: string;
  /** Text of the part, not empty. */
  readonly content: string;
}
