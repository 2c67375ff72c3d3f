// Generated from provider/schema.json by `make generate`. Do not edit.

import type * as pulumi from "@pulumi/pulumi";
import type { Settled } from "../args/late";
import type * as types from "../types.gen";

/** A self-managed Kubernetes cluster on AWS, made as kOps makes it, with workers that Karpenter provisions. */
export interface KopsKarpenterClusterArgs {
  /** DNS name of the cluster as in kOps, for example `prod.example.com`: lower case, at least two labels. Names every AWS resource; changing it makes another cluster. */
  readonly clusterName: string;
  /** Availability zones of the cluster, one region, for example [us-east-1a, us-east-1b]. At least one, no duplicates. */
  readonly zones: readonly string[];
  /** Kubernetes version without `v`, 1.34 to 1.36. Default: 1.35.5, the newest that the kOps stable channel recommends for kOps 1.36.2. */
  readonly kubernetesVersion?: string | undefined;
  /** kOps release whose clusters are made; one the package has facts for: 1.36.2. Below 1.34 is refused: Karpenter there is the legacy integration. Default: 1.36.2. */
  readonly kopsVersion?: string | undefined;
  /** `s3://bucket[/prefix]` of an existing bucket for the state store. Default: a bucket is created. */
  readonly stateStore?: pulumi.Input<string> | undefined;
  /** `s3://bucket[/prefix]` of an existing bucket, readable by the public, for the OIDC discovery documents; no dots in the bucket's name. Default: a bucket is created. */
  readonly discoveryStore?: pulumi.Input<string> | undefined;
  /** How nodes reach an S3-compatible store that is not AWS S3. Default: AWS S3 with the instance's role. */
  readonly stateStoreAccess?: StateStoreAccessArgs | undefined;
  /** The VPC and its subnets. Default: as kOps. */
  readonly network?: NetworkArgs | undefined;
  /** Names of the cluster in Route 53. Default: none. */
  readonly dns?: DnsArgs | undefined;
  /** The pod network. Default: cilium. */
  readonly cni?: types.Cni | undefined;
  /** How the Kubernetes API is reached. Default: a public load balancer, open to all addresses. */
  readonly api?: ApiArgs | undefined;
  /** The control-plane nodes. Default: one, in the first zone. */
  readonly controlPlane?: ControlPlaneArgs | undefined;
  /** Groups of worker nodes by name. Default: one group `nodes` with a node class and a pool named `default`. */
  readonly nodeGroups?: Readonly<Record<string, NodeGroupArgs>> | undefined;
  /** The Karpenter controller. */
  readonly karpenter?: KarpenterArgs | undefined;
  /** IAM roles for service accounts of the user's own workloads. Default: none. */
  readonly serviceAccountRoles?: readonly ServiceAccountRoleArgs[] | undefined;
  /** OpenSSH public key (`ssh-rsa …`, `ssh-ed25519 …`) for logging in to nodes. Default: none. */
  readonly sshPublicKey?: pulumi.Input<string> | undefined;
  /** IPv4 or IPv6 ranges that may reach port 22 of nodes. Default: 0.0.0.0/0 and ::/0, as kOps. */
  readonly sshAccess?: readonly string[] | undefined;
  /** AWS tags of every resource (kOps cloudLabels). Default: none beside kOps's own. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Mirrors of binaries and images. Default: the public sites. */
  readonly assets?: AssetsArgs | undefined;
  /** Waiting for the Kubernetes API. */
  readonly readiness?: ReadinessArgs | undefined;
  /** The admin kubeconfig. */
  readonly kubeconfig?: KubeconfigArgs | undefined;
}

/** What the component's properties hold, each one an output. */
export interface KopsKarpenterClusterOutputs {
  /** DNS name of the cluster. */
  readonly clusterName: pulumi.Output<string>;
  /** AWS region. */
  readonly region: pulumi.Output<string>;
  /** Kubeconfig of a cluster administrator, with a client certificate. */
  readonly kubeconfig: pulumi.Output<string>;
  /** URL of the Kubernetes API. */
  readonly apiEndpoint: pulumi.Output<string>;
  /** Certificate of the cluster's certificate authority, in PEM. */
  readonly certificateAuthority: pulumi.Output<string>;
  /** `s3://bucket[/prefix]` of the state store: kOps's --state. */
  readonly stateStore: pulumi.Output<string>;
  /** `s3://bucket[/prefix]` of the discovery store. */
  readonly discoveryStore: pulumi.Output<string>;
  /** URL of the service-account token issuer. */
  readonly issuerUrl: pulumi.Output<string>;
  /** ARN of the IAM OIDC provider of that issuer. */
  readonly oidcProviderArn: pulumi.Output<string>;
  /** Id of the VPC. */
  readonly vpcId: pulumi.Output<string>;
  /** Ids of the subnets, by subnet name. */
  readonly subnetIds: pulumi.Output<Readonly<Record<string, string>>>;
  /** Ids of the security groups. */
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
  /** Names of the control plane's Auto Scaling groups, by instance group name. */
  readonly autoscalingGroups: pulumi.Output<Readonly<Record<string, string>>>;
  /** Bootstrap script (user data) of each worker group, by group name. Secret where stateStoreAccess is given, whose key it then holds. */
  readonly nodeupScripts: pulumi.Output<Readonly<Record<string, string>>>;
  /** ARNs of the roles of serviceAccountRoles, by `<namespace>/<name>`. */
  readonly serviceAccountRoleArns: pulumi.Output<Readonly<Record<string, string>>>;
}

/** How the Kubernetes API is reached. */
export interface ApiArgs {
  /** IPv4 or IPv6 ranges that may reach the API. Default: 0.0.0.0/0 and ::/0, as kOps. */
  readonly access?: readonly string[] | undefined;
  /** Where the API's load balancer can be reached from. Default: public. */
  readonly loadBalancer?: types.LoadBalancerType | undefined;
  /** URL that the kubeconfig uses instead of the load balancer's, for example that of a tunnel or proxy. The TLS server name stays the cluster's. */
  readonly endpoint?: pulumi.Input<string> | undefined;
}

/** Mirrors, for air-gapped or rate-limited networks. */
export interface AssetsArgs {
  /** Base URL of kOps's own binaries and images for the kOps version, as kOps's KOPS_BASE_URL. Default: kOps's public sites. */
  readonly kopsBaseUrl?: string | undefined;
  /** URL of a mirror of the Kubernetes, containerd, runc and CNI files, as kOps's spec.assets.fileRepository. Default: the public sites. */
  readonly fileRepository?: string | undefined;
  /** Registry that mirrors every image, as kOps's spec.assets.containerRegistry. Default: the public registries. */
  readonly containerRegistry?: string | undefined;
}

/** A bastion host for SSH into a private cluster. */
export interface BastionArgs {
  /** EC2 instance type. Default: t3.micro. */
  readonly instanceType?: string | undefined;
  /** AMI, in any of the forms of nodeGroups.*.images. Default: the one of the control plane. */
  readonly image?: string | undefined;
}

/** How many nodes of a pool may be disrupted at once. */
export interface BudgetArgs {
  /** Number or percentage of nodes, for example 10% or 3. Default: 10%. */
  readonly nodes?: string | undefined;
  /** When the budget starts to apply, in cron syntax (UTC) or as @daily and the like. Needs duration. Default: always. */
  readonly schedule?: string | undefined;
  /** How long it applies after each start, in hours and minutes, for example 8h. Needs schedule. */
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
  /** Zones of the control plane; an odd number, each with a subnet. Default: the first of zones. */
  readonly zones?: readonly string[] | undefined;
  /** EC2 instance type. Default: t3.medium. */
  readonly instanceType?: string | undefined;
  /** AMI, in any of the forms of nodeGroups.*.images. Default: the one of the kOps stable channel, Ubuntu 24.04. */
  readonly image?: string | undefined;
  /** The root volume of each node. */
  readonly rootVolume?: RootVolumeArgs | undefined;
  /** The data volumes of etcd. */
  readonly etcdVolume?: EtcdVolumeArgs | undefined;
  /** Kubernetes labels of the nodes. Default: none beside kOps's own. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Taints of the nodes beside the control plane's own. Default: none. */
  readonly taints?: readonly TaintArgs[] | undefined;
  /** Ids of further security groups of the nodes (`sg-…`). Default: none. */
  readonly additionalSecurityGroupIds?: readonly pulumi.Input<string>[] | undefined;
  /** Further parts of the nodes' user data. Default: none. */
  readonly additionalUserData?: readonly UserDataArgs[] | undefined;
}

/** How Karpenter may disrupt the nodes of a pool to save cost or to renew them. */
export interface DisruptionArgs {
  /** Which nodes it may remove. Default: WhenEmptyOrUnderutilized. */
  readonly consolidationPolicy?: types.ConsolidationPolicy | undefined;
  /** How long a node must be without change before it is considered, for example 5m, or Never. Default: 0s. */
  readonly consolidateAfter?: string | undefined;
  /** How many nodes at once; at most 50 budgets, the strictest that applies wins. Default: one of 10%. */
  readonly budgets?: readonly BudgetArgs[] | undefined;
}

/** Names of the cluster in Route 53. */
export interface DnsArgs {
  /** Which kind of hosted zone, if any. Default: none. */
  readonly type?: types.DnsType | undefined;
  /** Name or id of the hosted zone. Required unless type is none. */
  readonly zone?: string | undefined;
}

/** The EBS data volumes of etcd, one per member of each of the two etcd clusters. */
export interface EtcdVolumeArgs {
  /** Size in GiB, 1 to 65536. Default: 20. */
  readonly size?: number | undefined;
  /** EBS volume type: gp3, gp2, io1, io2. Default: gp3. */
  readonly type?: string | undefined;
  /** Provisioned operations per second. Default: 3000 for gp3, 100 for io1 and io2; not for gp2. */
  readonly iops?: number | undefined;
  /** Provisioned throughput in MiB/s, gp3 only, 125 to 2000. Default: 125. */
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
  /** Version of Karpenter and of its charts; at least 1.0, and as new as the Kubernetes version needs (1.34: 1.6, 1.35: 1.9, 1.36: 1.13). Default: the one kOps 1.36.2 goes with. */
  readonly version?: string | undefined;
  /** Controller chart: an OCI reference or a local path. Default: oci://public.ecr.aws/karpenter/karpenter. */
  readonly chart?: string | undefined;
  /** CRD chart: an OCI reference or a local path. Default: oci://public.ecr.aws/karpenter/karpenter-crd. */
  readonly crdChart?: string | undefined;
  /** Chart values merged over the component's. Default: none. */
  readonly values?: Readonly<Record<string, pulumi.Input<unknown>>> | undefined;
  /** Number of controller pods, 1 or more. Default: 1 with one control-plane node, otherwise 2. */
  readonly replicas?: number | undefined;
  /** Requests and limits of the controller. */
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
  /** Hard eviction thresholds as the kubelet's flag takes them, for example memory.available<100Mi. Default: as kOps. */
  readonly evictionHard?: string | undefined;
  /** Soft eviction thresholds. Default: none. */
  readonly evictionSoft?: string | undefined;
  /** Grace periods of the soft eviction thresholds. Default: none. */
  readonly evictionSoftGracePeriod?: string | undefined;
  /** Disk use in percent that starts image collection, 0 to 100. Default: the kubelet's, 85. */
  readonly imageGCHighThresholdPercent?: number | undefined;
  /** Disk use in percent that image collection frees to, below the high threshold. Default: the kubelet's, 80. */
  readonly imageGCLowThresholdPercent?: number | undefined;
  /** Whether CPU limits are enforced by CFS quota. Default: the kubelet's, true. */
  readonly cpuCFSQuota?: boolean | undefined;
  /** CPU manager policy: none or static. Default: the kubelet's, none. */
  readonly cpuManagerPolicy?: string | undefined;
  /** Topology manager policy: none, best-effort, restricted or single-numa-node. Default: the kubelet's, none. */
  readonly topologyManagerPolicy?: string | undefined;
  /** Kubelet feature gates, name to true or false. Default: as kOps. */
  readonly featureGates?: Readonly<Record<string, string>> | undefined;
}

/** Access to instance metadata. */
export interface MetadataOptionsArgs {
  /** Whether a session token is needed. Default: required. */
  readonly httpTokens?: types.HttpTokens | undefined;
  /** Whether metadata is served. Default: enabled. */
  readonly httpEndpoint?: types.HttpEndpoint | undefined;
  /** Network hops a token's answer may take, 1 to 64. Default: as kOps (1, or 3 with a pod network of its own on the control plane). */
  readonly httpPutResponseHopLimit?: number | undefined;
}

/** The VPC and its subnets. */
export interface NetworkArgs {
  /** IPv4 range of the VPC, /16 to /28. Default: 172.20.0.0/16 (kOps v1.36.2). */
  readonly cidr?: string | undefined;
  /** Where nodes get their addresses. Default: public. */
  readonly topology?: types.Topology | undefined;
  /** Subnets to make or to use. Default: one per zone (and a utility subnet per zone in a private topology). */
  readonly subnets?: readonly SubnetArgs[] | undefined;
  /** Id of an existing VPC (`vpc-…`) to use instead of making one. network.cidr must then be its range. */
  readonly vpcId?: pulumi.Input<string> | undefined;
  /** How many NAT gateways a private topology has. Default: perZone. */
  readonly natGateways?: types.NatGateways | undefined;
  /** A bastion host. Needs a private topology. Default: none. */
  readonly bastion?: BastionArgs | undefined;
}

/** A group of worker nodes: one kOps instance group managed by Karpenter, one EC2NodeClass, and its NodePools. */
export interface NodeGroupArgs {
  /** EC2 instance types that Karpenter may choose from. Default: any that the pools allow. */
  readonly instanceTypes?: readonly string[] | undefined;
  /** AMIs: `ami-…`, `ssm:<parameter>`, `<name>` or `<owner>/<name>`. The first is the instance group's. Default: Ubuntu 24.04 for amd64 and arm64 from Canonical's SSM parameters. */
  readonly images?: readonly string[] | undefined;
  /** Least number of nodes. Above 0 the group's pool is static with that many nodes. Default: 0. */
  readonly minSize?: number | undefined;
  /** Most nodes of a static group; at least minSize. Default: none. */
  readonly maxSize?: number | undefined;
  /** Zones of the nodes. Default: all of the cluster's. */
  readonly zones?: readonly string[] | undefined;
  /** The root volume of each node. */
  readonly rootVolume?: RootVolumeArgs | undefined;
  /** Kubernetes labels of the nodes. Default: none beside kOps's own. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Taints of the nodes. Default: none. */
  readonly taints?: readonly TaintArgs[] | undefined;
  /** Settings of the kubelet. */
  readonly kubelet?: KubeletArgs | undefined;
  /** Further AWS tags of the instances and volumes. Default: none beside the cluster's. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Access to instance metadata. */
  readonly metadataOptions?: MetadataOptionsArgs | undefined;
  /** Whether nodes get public addresses. Default: true in a public topology, false in a private one. */
  readonly associatePublicIp?: boolean | undefined;
  /** Ids of further security groups of the nodes (`sg-…`). Default: none. */
  readonly additionalSecurityGroupIds?: readonly pulumi.Input<string>[] | undefined;
  /** Further parts of the nodes' user data. Default: none. */
  readonly additionalUserData?: readonly UserDataArgs[] | undefined;
  /** Name of the EC2NodeClass. Default: the group's name. */
  readonly nodeClassName?: string | undefined;
  /** NodePools by name. Default: one, named as the group. */
  readonly nodePools?: Readonly<Record<string, NodePoolArgs>> | undefined;
}

/** A Karpenter NodePool: which nodes Karpenter may make from a group's node class, and how it treats them. */
export interface NodePoolArgs {
  /** Processor architectures. Default: amd64 and arm64, or those of the group's images and instance types. */
  readonly architectures?: readonly types.Architecture[] | undefined;
  /** How instances are bought. Default: on-demand and spot; only on-demand in a static pool. */
  readonly capacityTypes?: readonly types.CapacityType[] | undefined;
  /** Further conditions on nodes, for example instance families. Default: none. */
  readonly requirements?: readonly RequirementArgs[] | undefined;
  /** Labels of the pool's nodes beside the group's. Default: none. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Taints of the pool's nodes beside the group's. Default: none. */
  readonly taints?: readonly TaintArgs[] | undefined;
  /** Taints that nodes start with and that something else removes, for example an agent. Default: none. */
  readonly startupTaints?: readonly TaintArgs[] | undefined;
  /** Most resources of all the pool's nodes together, for example {cpu: "1000", memory: 1000Gi}. A static pool takes only nodes. Default: none. */
  readonly limits?: Readonly<Record<string, string>> | undefined;
  /** Preference among pools, 1 to 100, higher first. Not for a static pool. Default: none, the lowest. */
  readonly weight?: number | undefined;
  /** How Karpenter may disrupt nodes. */
  readonly disruption?: DisruptionArgs | undefined;
  /** Age at which a node is replaced, for example 720h, or Never. Default: 720h. */
  readonly expireAfter?: string | undefined;
  /** Longest time that draining a node may take before it is ended all the same, for example 48h. Default: no limit. */
  readonly terminationGracePeriod?: string | undefined;
  /** Constant number of nodes, 0 or more: makes the pool static. A pool cannot change between static and dynamic: it is replaced. Default: none, dynamic. */
  readonly replicas?: number | undefined;
}

/** Waiting for the Kubernetes API before anything is installed in the cluster. */
export interface ReadinessArgs {
  /** Longest wait in seconds, 1 or more. Default: 900. */
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
  /** Size in GiB, 8 to 65536. Default: 64 for the control plane, 128 for nodes (kOps v1.36.2 pkg/model/defaults/defaults.go). */
  readonly size?: number | undefined;
  /** EBS volume type: gp3, gp2, io1, io2. Default: gp3. */
  readonly type?: string | undefined;
  /** Provisioned operations per second. Default: 3000 for gp3, 100 for io1 and io2; not for gp2. */
  readonly iops?: number | undefined;
  /** Provisioned throughput in MiB/s, gp3 only, 125 to 2000. Default: 125. */
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
  /** Name of the service account. Together with the namespace unique in the list. */
  readonly name: string;
  /** ARNs of managed policies to attach. Default: none. */
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
  /** Name that groups refer to. Unique in the cluster. Default: the zone, prefixed with `utility-` for a utility subnet. */
  readonly name?: string | undefined;
  /** Availability zone, for example `us-east-1a`. One of the cluster's region. */
  readonly zone: string;
  /** What the subnet is for. Default: `Public` in a public topology, `Private` in a private one. */
  readonly type?: types.SubnetType | undefined;
  /** IPv4 range inside the network's, /16 to /28. Default: allocated from network.cidr as kOps does. */
  readonly cidr?: string | undefined;
  /** Id of an existing subnet to use instead of making one (`subnet-…`). Needs network.vpcId. */
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
  /** File name of the part. Unique in the group. */
  readonly name: string;
  /** MIME type that cloud-init understands, for example text/x-shellscript or text/cloud-config. */
  readonly type: string;
  /** Text of the part. */
  readonly content: string;
}
