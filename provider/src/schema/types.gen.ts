// Generated from provider/schema.json by `make generate`. Do not edit.

import type { Late } from "./input";

/** A self-managed Kubernetes cluster on AWS, made as kOps 1.36.2 makes it, with workers that Karpenter provisions. It brings up the network, roles, certificate authorities, state store, control plane and load balancer, waits for the Kubernetes API, and installs Karpenter with a node class and node pools for every node group. The kOps CLI reads and accepts the state store. Every mistake in the inputs is reported at preview, each with its path. */
export interface ClusterInputs {
  readonly clusterName: string;
  readonly zones: readonly string[];
  readonly kubernetesVersion?: string | undefined;
  readonly kopsVersion?: string | undefined;
  readonly stateStore?: Late<string> | undefined;
  readonly discoveryStore?: Late<string> | undefined;
  readonly stateStoreAccess?: StateStoreAccess | undefined;
  readonly network?: Network | undefined;
  readonly dns?: Dns | undefined;
  readonly cni?: Cni | undefined;
  readonly api?: Api | undefined;
  readonly controlPlane?: ControlPlane | undefined;
  readonly nodeGroups?: Readonly<Record<string, NodeGroup>> | undefined;
  readonly karpenter?: Karpenter | undefined;
  readonly serviceAccountRoles?: readonly ServiceAccountRole[] | undefined;
  readonly sshPublicKey?: Late<string> | undefined;
  readonly sshAccess?: readonly string[] | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly assets?: Assets | undefined;
  readonly readiness?: Readiness | undefined;
  readonly kubeconfig?: Kubeconfig | undefined;
}

/** How the Kubernetes API is reached. */
export interface Api {
  readonly access?: readonly string[] | undefined;
  readonly loadBalancer?: LoadBalancerType | undefined;
  readonly endpoint?: Late<string> | undefined;
}

/** Mirrors, for air-gapped or rate-limited networks. */
export interface Assets {
  readonly kopsBaseUrl?: string | undefined;
  readonly fileRepository?: string | undefined;
  readonly containerRegistry?: string | undefined;
}

/** A bastion host for SSH into a private cluster, in an Auto Scaling group of one behind a network load balancer. */
export interface Bastion {
  readonly instanceType?: string | undefined;
  readonly image?: string | undefined;
}

/** How many nodes of a pool may be disrupted at once. */
export interface Budget {
  readonly nodes?: string | undefined;
  readonly schedule?: string | undefined;
  readonly duration?: string | undefined;
  readonly reasons?: readonly DisruptionReason[] | undefined;
}

/** Requests and limits of the controller's container. */
export interface ChartResources {
  readonly requests?: Readonly<Record<string, string>> | undefined;
  readonly limits?: Readonly<Record<string, string>> | undefined;
}

/** The control-plane nodes, one Auto Scaling group per zone. */
export interface ControlPlane {
  readonly zones?: readonly string[] | undefined;
  readonly instanceType?: string | undefined;
  readonly image?: string | undefined;
  readonly rootVolume?: RootVolume | undefined;
  readonly etcdVolume?: EtcdVolume | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly taints?: readonly Taint[] | undefined;
  readonly additionalSecurityGroupIds?: readonly Late<string>[] | undefined;
  readonly additionalUserData?: readonly UserData[] | undefined;
}

/** How Karpenter may disrupt the nodes of a pool to save cost or to renew them. */
export interface Disruption {
  readonly consolidationPolicy?: ConsolidationPolicy | undefined;
  readonly consolidateAfter?: string | undefined;
  readonly budgets?: readonly Budget[] | undefined;
}

/** Names of the cluster in Route 53. */
export interface Dns {
  readonly type?: DnsType | undefined;
  readonly zone?: string | undefined;
}

/** The EBS data volumes of etcd, one per member of each of the two etcd clusters. */
export interface EtcdVolume {
  readonly size?: number | undefined;
  readonly type?: string | undefined;
  readonly iops?: number | undefined;
  readonly throughput?: number | undefined;
  readonly encrypted?: boolean | undefined;
  readonly kmsKeyArn?: Late<string> | undefined;
}

/** The Karpenter controller. */
export interface Karpenter {
  readonly install?: boolean | undefined;
  readonly version?: string | undefined;
  readonly chart?: string | undefined;
  readonly crdChart?: string | undefined;
  readonly values?: Readonly<Record<string, Late<unknown>>> | undefined;
  readonly replicas?: number | undefined;
  readonly resources?: ChartResources | undefined;
  readonly logLevel?: LogLevel | undefined;
  readonly featureGates?: Readonly<Record<string, boolean>> | undefined;
  readonly interruptionHandling?: boolean | undefined;
  readonly deleteCrds?: boolean | undefined;
}

/** The admin kubeconfig. */
export interface Kubeconfig {
  readonly lifetimeHours?: number | undefined;
}

/** Settings of the kubelet. Karpenter learns maxPods, systemReserved and kubeReserved too, so that it computes the same allocatable capacity. */
export interface Kubelet {
  readonly maxPods?: number | undefined;
  readonly systemReserved?: Readonly<Record<string, string>> | undefined;
  readonly kubeReserved?: Readonly<Record<string, string>> | undefined;
  readonly evictionHard?: string | undefined;
  readonly evictionSoft?: string | undefined;
  readonly evictionSoftGracePeriod?: string | undefined;
  readonly imageGCHighThresholdPercent?: number | undefined;
  readonly imageGCLowThresholdPercent?: number | undefined;
  readonly cpuCFSQuota?: boolean | undefined;
  readonly cpuManagerPolicy?: string | undefined;
  readonly topologyManagerPolicy?: string | undefined;
  readonly featureGates?: Readonly<Record<string, string>> | undefined;
}

/** Access to instance metadata. */
export interface MetadataOptions {
  readonly httpTokens?: HttpTokens | undefined;
  readonly httpEndpoint?: HttpEndpoint | undefined;
  readonly httpPutResponseHopLimit?: number | undefined;
}

/** The VPC and its subnets. */
export interface Network {
  readonly cidr?: string | undefined;
  readonly topology?: Topology | undefined;
  readonly subnets?: readonly Subnet[] | undefined;
  readonly vpcId?: Late<string> | undefined;
  readonly natGateways?: NatGateways | undefined;
  readonly bastion?: Bastion | undefined;
}

/** A group of worker nodes: one kOps instance group managed by Karpenter, one EC2NodeClass, and its NodePools. */
export interface NodeGroup {
  readonly instanceTypes?: readonly string[] | undefined;
  readonly images?: readonly string[] | undefined;
  readonly minSize?: number | undefined;
  readonly maxSize?: number | undefined;
  readonly zones?: readonly string[] | undefined;
  readonly rootVolume?: RootVolume | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly taints?: readonly Taint[] | undefined;
  readonly kubelet?: Kubelet | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly metadataOptions?: MetadataOptions | undefined;
  readonly associatePublicIp?: boolean | undefined;
  readonly additionalSecurityGroupIds?: readonly Late<string>[] | undefined;
  readonly additionalUserData?: readonly UserData[] | undefined;
  readonly nodeClassName?: string | undefined;
  readonly nodePools?: Readonly<Record<string, NodePool>> | undefined;
}

/** A Karpenter NodePool: which nodes Karpenter may make from a group's node class, and how it treats them. */
export interface NodePool {
  readonly architectures?: readonly Architecture[] | undefined;
  readonly capacityTypes?: readonly CapacityType[] | undefined;
  readonly requirements?: readonly Requirement[] | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly taints?: readonly Taint[] | undefined;
  readonly startupTaints?: readonly Taint[] | undefined;
  readonly limits?: Readonly<Record<string, string>> | undefined;
  readonly weight?: number | undefined;
  readonly disruption?: Disruption | undefined;
  readonly expireAfter?: string | undefined;
  readonly terminationGracePeriod?: string | undefined;
  readonly replicas?: number | undefined;
}

/** Waiting for the Kubernetes API before anything is installed in the cluster, and in an upgrade to another minor version, for every control-plane node to run it before workers change. */
export interface Readiness {
  readonly timeoutSeconds?: number | undefined;
  readonly skip?: boolean | undefined;
}

/** A condition on the label of the nodes that a pool makes. */
export interface Requirement {
  readonly key: string;
  readonly operator: RequirementOperator;
  readonly values?: readonly string[] | undefined;
  readonly minValues?: number | undefined;
}

/** The EBS root volume of an instance. */
export interface RootVolume {
  readonly size?: number | undefined;
  readonly type?: string | undefined;
  readonly iops?: number | undefined;
  readonly throughput?: number | undefined;
  readonly encrypted?: boolean | undefined;
  readonly kmsKeyArn?: Late<string> | undefined;
}

/** Ids of the cluster's security groups. */
export interface SecurityGroupIds {
  readonly controlPlane: Late<string>;
  readonly nodes: Late<string>;
  readonly api: Late<string>;
}

/** An IAM role that a service account of the user's own workloads can assume (IRSA). */
export interface ServiceAccountRole {
  readonly namespace: string;
  readonly name: string;
  readonly policyArns?: readonly Late<string>[] | undefined;
  readonly inlinePolicy?: Late<string> | undefined;
}

/** How nodes and the in-cluster controllers reach a state store that is S3-compatible but not AWS S3. It has the effect of kOps's S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY: the four values are rendered into the bootstrap scripts and into the pods that read the store. */
export interface StateStoreAccess {
  readonly endpoint: Late<string>;
  readonly region?: Late<string> | undefined;
  readonly accessKeyId: Late<string>;
  readonly secretAccessKey: Late<string>;
}

/** One subnet of the cluster. */
export interface Subnet {
  readonly name?: string | undefined;
  readonly zone: string;
  readonly type?: SubnetType | undefined;
  readonly cidr?: string | undefined;
  readonly id?: Late<string> | undefined;
}

/** A taint of a node. */
export interface Taint {
  readonly key: string;
  readonly value?: string | undefined;
  readonly effect: TaintEffect;
}

/** A further part of an instance's multi-part user data, run by cloud-init beside the bootstrap script. */
export interface UserData {
  readonly name: string;
  readonly type: string;
  readonly content: string;
}

/** A processor architecture. */
export type Architecture = "amd64" | "arm64";

/** How an instance is bought. */
export type CapacityType = "on-demand" | "spot" | "reserved";

/** The pod network. */
export type Cni = "cilium" | "none";

/** Which nodes Karpenter may remove or replace to save cost. */
export type ConsolidationPolicy = "WhenEmpty" | "WhenEmptyOrUnderutilized";

/** Why Karpenter disrupts a node. */
export type DisruptionReason = "Underutilized" | "Empty" | "Drifted";

/** How the names of the API and of the cluster's internals are published. */
export type DnsType = "none" | "public" | "private";

/** Whether instance metadata is served at all. */
export type HttpEndpoint = "enabled" | "disabled";

/** Whether instance metadata needs a session token. */
export type HttpTokens = "required" | "optional";

/** Where the API's network load balancer can be reached from. */
export type LoadBalancerType = "public" | "internal";

/** How much the Karpenter controller logs. */
export type LogLevel = "debug" | "info" | "error";

/** How many NAT gateways a private cluster has. */
export type NatGateways = "perZone" | "single";

/** How a node's label is compared with the values of a requirement. */
export type RequirementOperator = "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt" | "Gte" | "Lte";

/** What a subnet is for. */
export type SubnetType = "Public" | "Private" | "Utility";

/** What a taint does to pods that do not tolerate it. */
export type TaintEffect = "NoSchedule" | "PreferNoSchedule" | "NoExecute";

/** Where nodes get their addresses. */
export type Topology = "public" | "private";
