// Generated from provider/schema.json by `make generate`. Do not edit.

import type { Late } from "./input";

/** Self-managed Kubernetes cluster on AWS, compatible with kOps 1.36.2, with worker nodes provisioned by Karpenter. The component creates the network, IAM roles, certificate authorities, state store, control plane and load balancer, waits for the Kubernetes API, and installs Karpenter with an EC2NodeClass and NodePools for every node group. The kOps CLI accepts the state store. A preview reports every invalid input, each with its property path. */
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

/** Access to the Kubernetes API. */
export interface Api {
  readonly access?: readonly string[] | undefined;
  readonly loadBalancer?: LoadBalancerType | undefined;
  readonly endpoint?: Late<string> | undefined;
}

/** Mirrors for air-gapped or rate-limited networks. */
export interface Assets {
  readonly kopsBaseUrl?: string | undefined;
  readonly fileRepository?: string | undefined;
  readonly containerRegistry?: string | undefined;
}

/** Bastion host for SSH access to a private cluster: one instance in an Auto Scaling group, behind a network load balancer. */
export interface Bastion {
  readonly instanceType?: string | undefined;
  readonly image?: string | undefined;
}

/** Limit on how many nodes of a pool Karpenter may disrupt at once. */
export interface Budget {
  readonly nodes?: string | undefined;
  readonly schedule?: string | undefined;
  readonly duration?: string | undefined;
  readonly reasons?: readonly DisruptionReason[] | undefined;
}

/** Resource requests and limits of the controller container. */
export interface ChartResources {
  readonly requests?: Readonly<Record<string, string>> | undefined;
  readonly limits?: Readonly<Record<string, string>> | undefined;
}

/** Control-plane nodes, with one Auto Scaling group per zone. */
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

/** How Karpenter may disrupt a pool's nodes to reduce cost or to replace outdated nodes. */
export interface Disruption {
  readonly consolidationPolicy?: ConsolidationPolicy | undefined;
  readonly consolidateAfter?: string | undefined;
  readonly budgets?: readonly Budget[] | undefined;
}

/** DNS records of the cluster in Route 53. */
export interface Dns {
  readonly type?: DnsType | undefined;
  readonly zone?: string | undefined;
}

/** EBS data volumes of etcd, one per member of each of the two etcd clusters. */
export interface EtcdVolume {
  readonly size?: number | undefined;
  readonly type?: string | undefined;
  readonly iops?: number | undefined;
  readonly throughput?: number | undefined;
  readonly encrypted?: boolean | undefined;
  readonly kmsKeyArn?: Late<string> | undefined;
}

/** Karpenter controller. */
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

/** Admin kubeconfig. */
export interface Kubeconfig {
  readonly lifetimeHours?: number | undefined;
}

/** Kubelet settings. The component also passes maxPods, systemReserved and kubeReserved to Karpenter, so that Karpenter computes the same allocatable capacity. */
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

/** Instance metadata options. */
export interface MetadataOptions {
  readonly httpTokens?: HttpTokens | undefined;
  readonly httpEndpoint?: HttpEndpoint | undefined;
  readonly httpPutResponseHopLimit?: number | undefined;
}

/** VPC and subnets. */
export interface Network {
  readonly cidr?: string | undefined;
  readonly topology?: Topology | undefined;
  readonly subnets?: readonly Subnet[] | undefined;
  readonly vpcId?: Late<string> | undefined;
  readonly natGateways?: NatGateways | undefined;
  readonly bastion?: Bastion | undefined;
}

/** Group of worker nodes: one kOps instance group that Karpenter manages, one EC2NodeClass, and its NodePools. */
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

/** Karpenter NodePool: which nodes Karpenter may provision from the group's EC2NodeClass, and how it manages them. */
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

/** Readiness checks. The component waits for the Kubernetes API before it installs anything in the cluster. In an upgrade to another minor version, it also waits until every control-plane node runs that version before it changes workers. */
export interface Readiness {
  readonly timeoutSeconds?: number | undefined;
  readonly skip?: boolean | undefined;
}

/** Requirement on a label of the pool's nodes. */
export interface Requirement {
  readonly key: string;
  readonly operator: RequirementOperator;
  readonly values?: readonly string[] | undefined;
  readonly minValues?: number | undefined;
}

/** EBS root volume of an instance. */
export interface RootVolume {
  readonly size?: number | undefined;
  readonly type?: string | undefined;
  readonly iops?: number | undefined;
  readonly throughput?: number | undefined;
  readonly encrypted?: boolean | undefined;
  readonly kmsKeyArn?: Late<string> | undefined;
}

/** IDs of the cluster's security groups. */
export interface SecurityGroupIds {
  readonly controlPlane: Late<string>;
  readonly nodes: Late<string>;
  readonly api: Late<string>;
}

/** IAM role that a service account of your own workload can assume (IRSA). */
export interface ServiceAccountRole {
  readonly namespace: string;
  readonly name: string;
  readonly policyArns?: readonly Late<string>[] | undefined;
  readonly inlinePolicy?: Late<string> | undefined;
}

/** Access of nodes and in-cluster controllers to a state store in an S3-compatible service other than AWS S3. Has the effect of kOps's S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY: the component renders the four values into the bootstrap scripts and into the pods that read the store. */
export interface StateStoreAccess {
  readonly endpoint: Late<string>;
  readonly region?: Late<string> | undefined;
  readonly accessKeyId: Late<string>;
  readonly secretAccessKey: Late<string>;
}

/** Subnet of the cluster. */
export interface Subnet {
  readonly name?: string | undefined;
  readonly zone: string;
  readonly type?: SubnetType | undefined;
  readonly cidr?: string | undefined;
  readonly id?: Late<string> | undefined;
}

/** Node taint. */
export interface Taint {
  readonly key: string;
  readonly value?: string | undefined;
  readonly effect: TaintEffect;
}

/** Additional part of an instance's multi-part user data, which cloud-init runs together with the bootstrap script. */
export interface UserData {
  readonly name: string;
  readonly type: string;
  readonly content: string;
}

/** CPU architecture. */
export type Architecture = "amd64" | "arm64";

/** Purchase option of an instance. */
export type CapacityType = "on-demand" | "spot" | "reserved";

/** Pod network. */
export type Cni = "cilium" | "none";

/** Nodes that Karpenter may remove or replace to reduce cost. */
export type ConsolidationPolicy = "WhenEmpty" | "WhenEmptyOrUnderutilized";

/** Why Karpenter disrupts a node. */
export type DisruptionReason = "Underutilized" | "Empty" | "Drifted";

/** How the API's names and the cluster's internal names are published. */
export type DnsType = "none" | "public" | "private";

/** Whether the instance metadata service is available. */
export type HttpEndpoint = "enabled" | "disabled";

/** Whether requests to instance metadata need a session token. */
export type HttpTokens = "required" | "optional";

/** Scheme of the API's network load balancer. */
export type LoadBalancerType = "public" | "internal";

/** Log level of the Karpenter controller. */
export type LogLevel = "debug" | "info" | "error";

/** Number of NAT gateways in a private topology. */
export type NatGateways = "perZone" | "single";

/** Operator that compares a node's label with the values of a requirement. */
export type RequirementOperator = "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt" | "Gte" | "Lte";

/** Subnet type. */
export type SubnetType = "Public" | "Private" | "Utility";

/** Effect of a taint on pods that do not tolerate it. */
export type TaintEffect = "NoSchedule" | "PreferNoSchedule" | "NoExecute";

/** Network topology of the nodes. */
export type Topology = "public" | "private";
