/**
 * The resolved cluster: every default filled in, every name settled. `plan/`, `render/` and `components/` read this
 * and nothing else about the user's inputs, save `declared`, which the kOps registry needs because it stores what
 * was asked for and not what came of it.
 */
import type { KopsRelease } from "../releases/release";
import type { Input, Unwrapped } from "../schema/input";
import type { KeysetName } from "./runtime";
import type {
  AmazonVpc,
  Calico,
  Cilium,
  CloudGroup,
  ClusterInputs,
  Cni,
  ControlPlane,
  NodeGroup,
  NodePool,
  Requirement,
  Taint,
  UserData,
  Kubelet,
  Budget,
  CapacityReservationTerm,
  ClusterSpec,
  ConsolidationPolicy,
  InstanceGroupSpec,
  KopsObjectMetadata,
} from "../schema/types.gen";

export type DeclaredCluster = Omit<ClusterInputs, "stateStoreAccess" | "pki" | "encryptionConfig">;

export type Partition = "aws" | "aws-cn" | "aws-us-gov";
export type VolumeType = "gp3" | "gp2" | "io1" | "io2";
/** Types that a volume can have which no instance boots from. */
export type DataVolumeType = VolumeType | "st1" | "sc1" | "standard";

export interface ResolvedCluster {
  /** The inputs as given, without the secret ones: settling a secret would make every file secret. */
  readonly declared: DeclaredCluster;
  readonly name: string;
  readonly region: string;
  readonly partition: Partition;
  /** What its kOps version fixes. */
  readonly release: KopsRelease;
  /** Without `v`. */
  readonly kubernetesVersion: string;
  /** kOps cloudLabels, as given. */
  readonly tags: Readonly<Record<string, string>>;
  readonly stores: ResolvedStores;
  readonly network: ResolvedNetwork;
  readonly dns: ResolvedDns;
  readonly cni: Cni;
  /** Options of each pod network as given; kOps's defaults are in the release. */
  readonly amazonVpc: AmazonVpc;
  readonly cilium: Cilium;
  readonly calico: Calico;
  readonly api: ResolvedApi;
  readonly ssh: ResolvedSsh;
  readonly etcdClusters: readonly ResolvedEtcdCluster[];
  /** One per control-plane zone, in kOps's order: by zone. */
  readonly controlPlaneGroups: readonly ResolvedControlPlaneGroup[];
  /** Sorted by name, by code unit. */
  readonly nodeGroups: readonly ResolvedNodeGroup[];
  readonly karpenter: ResolvedKarpenter;
  readonly keysets: Readonly<Record<KeysetName, ResolvedKeyset>>;
  /** Sections of kOps's spec as the user gave them; they go over what kOps and the component say of them. */
  readonly clusterSpec: ClusterSpec;
  /** Whether the API server encrypts objects in etcd; how is a runtime fact, since it is secret. */
  readonly encryptsObjects: boolean;
  readonly serviceAccountRoles: readonly ResolvedServiceAccountRole[];
  readonly assets: ResolvedAssets;
  /** Looking up in AWS what the inputs name. */
  readonly preflight: { readonly skip: boolean };
  readonly readiness: {
    readonly timeoutSeconds: number;
    readonly skip: boolean;
    readonly validationTimeoutSeconds: number;
  };
  readonly rollingUpdate: ResolvedRollingUpdate;
  /** Of objects in the registry, as given. */
  readonly kopsMetadata: {
    readonly cluster: KopsObjectMetadata;
    readonly instanceGroups: Readonly<Record<string, KopsObjectMetadata>>;
  };
  readonly kubeconfig: { readonly lifetimeHours: number; readonly exec: ResolvedExec | undefined };
  readonly deletionProtection: boolean;
  readonly retain: readonly "stateStore"[];
  /** Paths of inputs whose change needs an acknowledgement and has it. */
  readonly acknowledged: readonly string[];
}

export type UnwrappedCluster = Unwrapped<ResolvedCluster>;

/** How the instances of Auto Scaling groups are replaced. */
export interface ResolvedRollingUpdate {
  readonly strategy: "rolling" | "manual";
  readonly drainTimeoutSeconds: number;
  readonly failOnDrainError: boolean;
  readonly postDrainDelaySeconds: number;
  readonly validationTimeoutSeconds: number;
  readonly validateCount: number;
  readonly controlPlaneIntervalSeconds: number;
  readonly nodeIntervalSeconds: number;
}
export type UnwrappedNodeGroup = Unwrapped<ResolvedNodeGroup>;
export type UnwrappedKarpenterGroup = Unwrapped<ResolvedKarpenterGroup>;
export type UnwrappedCloudGroup = Unwrapped<ResolvedCloudGroup>;
export type UnwrappedControlPlaneGroup = Unwrapped<ResolvedControlPlaneGroup>;

export interface ResolvedStores {
  /** Whether the component makes the bucket; a given one's location is a runtime fact. */
  readonly state: "created" | "given";
  readonly discovery: "created" | "given";
  /** Whether stateStoreAccess was given; its values are a runtime fact, since one of them is secret. */
  readonly s3Compatible: boolean;
}

export interface ResolvedNetwork {
  readonly cidr: string;
  readonly topology: "public" | "private";
  /** Absent: the component makes the VPC. */
  readonly vpcId: Input<string> | undefined;
  /** In kOps's order: as declared, else by zone, utility subnets after the others. */
  readonly subnets: readonly ResolvedSubnet[];
  readonly natGateways: "perZone" | "single";
  /** Further ranges of the VPC. */
  readonly additionalCidrs: readonly string[];
  /** Addresses that keep theirs as a source: those of pods, and as a rule of services. */
  readonly nonMasqueradeCidr: string;
  readonly podCidr: string;
  readonly serviceCidr: string;
  /** Of the cluster's DNS service. */
  readonly dnsAddress: string;
  readonly clusterDomain: string;
  readonly bastion: ResolvedBastion | undefined;
}

export interface ResolvedBastion {
  readonly instanceType: string;
  readonly image: string;
  /** Names of subnets. */
  readonly subnets: readonly string[];
  readonly rootVolume: ResolvedVolume;
  readonly metadata: ResolvedMetadataOptions;
}

export interface ResolvedSubnet {
  /** kOps subnet name, for example `us-east-1a` or `utility-us-east-1a`. */
  readonly name: string;
  readonly zone: string;
  readonly type: "Public" | "Private" | "Utility";
  readonly cidr: string;
  /** Absent: the component makes the subnet. */
  readonly id: Input<string> | undefined;
  /** The transit or NAT gateway by which a private subnet reaches the internet, or the address of its NAT gateway. Absent: both are made. */
  readonly egress: string | undefined;
}

export interface ResolvedDns {
  readonly type: "none" | "public" | "private";
  readonly zone: string | undefined;
}

/** Whether the cluster's own names are records of a hosted zone. */
export function publishesDnsRecords({ dns }: Pick<ResolvedCluster, "dns">): boolean {
  return dns.type !== "none";
}

export interface ResolvedApi {
  readonly access: readonly string[];
  readonly loadBalancer: "public" | "internal";
  readonly endpoint: Input<string> | undefined;
}

export interface ResolvedSsh {
  readonly access: readonly string[];
  readonly publicKey: Input<string> | undefined;
}

export interface ResolvedVolume {
  /** GiB. */
  readonly size: number;
  readonly type: VolumeType;
  readonly iops: number | undefined;
  /** MiB/s. */
  readonly throughput: number | undefined;
  readonly encrypted: boolean;
  readonly kmsKeyArn: Input<string> | undefined;
}

/** A volume of a worker node beside its root volume; where a field is undefined, EC2 decides. */
export interface ResolvedNodeVolume {
  readonly deviceName: string;
  /** GiB. Undefined: that of the snapshot. */
  readonly size: number | undefined;
  readonly type: DataVolumeType;
  readonly iops: number | undefined;
  /** MiB/s. */
  readonly throughput: number | undefined;
  /** Undefined: as the snapshot. */
  readonly encrypted: boolean | undefined;
  readonly kmsKeyArn: Input<string> | undefined;
  readonly snapshotId: Input<string> | undefined;
  /** MiB/s. */
  readonly volumeInitializationRate: number | undefined;
  readonly deleteOnTermination: boolean;
  /** Whether the kubelet's directory is on it. */
  readonly kubeletRoot: boolean;
}

export interface ResolvedEtcdCluster {
  readonly name: "main" | "events";
  readonly version: string;
  readonly cpuRequest: string;
  readonly memoryRequest: string;
  readonly backupRetentionDays: number;
  readonly members: readonly ResolvedEtcdMember[];
}

export interface ResolvedEtcdMember {
  /** kOps member name: the zone's letter, for example `a`. */
  readonly name: string;
  readonly group: string;
  readonly zone: string;
  /** As resolved by kOps's etcd volume defaults (master_volumes.go). */
  readonly volume: ResolvedVolume;
}

interface ResolvedGroup {
  readonly name: string;
  /** Names of subnets. */
  readonly subnets: readonly string[];
  readonly image: string;
  readonly rootVolume: ResolvedVolume;
  /** As given by the user; kOps's own are computed where they are used. */
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly additionalSecurityGroupIds: readonly Input<string>[];
  readonly additionalUserData: readonly UserData[];
  readonly associatePublicIp: boolean;
  readonly metadata: ResolvedMetadataOptions;
  /** Fields of kOps's instance group as the user gave them. */
  readonly instanceGroupSpec: InstanceGroupSpec;
}

export interface ResolvedMetadataOptions {
  readonly httpTokens: "required" | "optional";
  readonly httpEndpoint: "enabled" | "disabled";
  readonly httpPutResponseHopLimit: number;
}

/** What the node class says of an instance as the user said it: nothing follows from these, and none has a default here. */
export type InstanceSettings = Pick<
  NodeGroup,
  | "placementGroupSelector"
  | "networkInterfaces"
  | "ipPrefixCount"
  | "connectionTracking"
  | "detailedMonitoring"
  | "cpuOptions"
  | "enclaveOptions"
  | "context"
>;

export interface ResolvedControlPlaneGroup extends ResolvedGroup {
  readonly role: "ControlPlane";
  readonly declared: ControlPlane;
  readonly zone: string;
  readonly instanceType: string;
}

/** What workers have, whoever launches them. */
interface ResolvedWorkers extends ResolvedGroup {
  readonly role: "Node";
  /** The group as the user gave it; the documented default group when none was given. */
  readonly declared: NodeGroup;
  readonly instanceTypes: readonly string[];
  /** All AMI selectors; the first is `image`. */
  readonly images: readonly string[];
  readonly minSize: number;
  readonly kubelet: Kubelet | undefined;
  readonly volumes: readonly ResolvedNodeVolume[];
  /** Further AWS tags of the group's instances beside the cluster's. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Workers that Karpenter launches. */
export interface ResolvedKarpenterGroup extends ResolvedWorkers {
  readonly manager: "Karpenter";
  readonly maxSize: number | undefined;
  /** Static capacity: the number of nodes is `minSize`. */
  readonly isStatic: boolean;
  /** What the kubelet allows, and Karpenter counts with; undefined where it follows from the instance type. */
  readonly maxPods: number | undefined;
  readonly capacityReservations: readonly CapacityReservationTerm[];
  readonly instanceSettings: InstanceSettings;
  readonly nodeClassName: string;
  /**
   * The group `nodes` with the class `default`, given or not: its objects are those of kOps's page on Karpenter, with the
   * root volume and what the user says beside. It stays so whatever else is set, so that a first customisation changes
   * nothing but itself.
   */
  readonly isDocumented: boolean;
  /** Sorted by name, by code unit; at least one. */
  readonly nodePools: readonly ResolvedNodePool[];
}

/** Workers of an Auto Scaling group. */
export interface ResolvedCloudGroup extends ResolvedWorkers {
  readonly manager: "CloudGroup";
  readonly maxSize: number;
  /** That of the launch template: the first of the group's types. */
  readonly instanceType: string;
  readonly detailedMonitoring: boolean;
  /** As the user gave them: what is left out, Auto Scaling and kOps have defaults for. */
  readonly settings: CloudGroup;
}

export type ResolvedNodeGroup = ResolvedKarpenterGroup | ResolvedCloudGroup;

/** The groups that Karpenter launches the nodes of. */
export function karpenterGroups<Group extends ManagedGroup>(cluster: {
  readonly nodeGroups: readonly Group[];
}): readonly Extract<Group, { readonly manager: "Karpenter" }>[] {
  return cluster.nodeGroups.filter((group) => group.manager === "Karpenter") as Extract<
    Group,
    { manager: "Karpenter" }
  >[];
}

/** The groups whose nodes an Auto Scaling group launches. */
export function cloudGroups<Group extends ManagedGroup>(cluster: {
  readonly nodeGroups: readonly Group[];
}): readonly Extract<Group, { readonly manager: "CloudGroup" }>[] {
  return cluster.nodeGroups.filter((group) => group.manager === "CloudGroup") as Extract<
    Group,
    { manager: "CloudGroup" }
  >[];
}

interface ManagedGroup {
  readonly manager: ResolvedNodeGroup["manager"];
}

export interface ResolvedNodePool {
  readonly name: string;
  readonly declared: NodePool;
  readonly architectures: readonly ("amd64" | "arm64")[];
  readonly capacityTypes: readonly ("on-demand" | "spot" | "reserved")[];
  /** The user's further requirements, with the group's instance types; arch, os and capacity type are not among them. */
  readonly requirements: readonly Requirement[];
  /** Group and pool merged, without kOps's own and without what Karpenter reserves. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly startupTaints: readonly Taint[];
  readonly limits: Readonly<Record<string, string>> | undefined;
  readonly weight: number | undefined;
  readonly disruption:
    | {
        readonly consolidationPolicy: ConsolidationPolicy | undefined;
        readonly consolidateAfter: string | undefined;
        readonly budgets: readonly Budget[] | undefined;
      }
    | undefined;
  readonly expireAfter: string | undefined;
  readonly terminationGracePeriod: string | undefined;
  /** Present: a static pool. */
  readonly replicas: number | undefined;
}

/** Gets a person's credentials, on the person's machine. */
export interface ResolvedExec {
  readonly command: string;
  readonly args: readonly string[];
  readonly apiVersion: string;
}

export interface ResolvedKarpenter {
  /** Without it, Auto Scaling groups launch all workers, and kOps's node termination handler drains them. */
  readonly enabled: boolean;
  /** Whether the component installs the charts and makes the objects. */
  readonly install: boolean;
  readonly version: string;
  readonly chart: string;
  readonly crdChart: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly replicas: number;
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
  readonly logLevel: "debug" | "info" | "error";
  /** Includes StaticCapacity where a pool is static. */
  readonly featureGates: Readonly<Record<string, boolean>>;
  readonly interruptionHandling: boolean;
  readonly policy: "scoped" | "kops";
  readonly deleteCrds: boolean;
}

/** Whether an update works with the API of the new cluster; Karpenter that others install may come much later. */
export function usesApi({ karpenter }: Pick<ResolvedCluster, "karpenter">): boolean {
  return karpenter.install || !karpenter.enabled;
}

export interface ResolvedKeyset {
  /** The name of one of them, unless validation says otherwise. */
  readonly primary: string;
  /** Sorted by name, by code unit. Without the user's own certificates and keys: one secret would make every file secret. */
  readonly keys: readonly ResolvedKey[];
}

export interface ResolvedKey {
  readonly name: string;
  /** As kOps numbers it. Undefined: the number follows from the name and the certificate. */
  readonly id: string | undefined;
  readonly origin: "created" | "given";
  readonly hasPrivateKey: boolean;
  readonly distrustTimestamp: string | undefined;
}

export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

export interface ResolvedServiceAccountRole extends ServiceAccount {
  readonly policyArns: readonly Input<string>[];
  readonly inlinePolicy: Input<string> | undefined;
}

export interface ResolvedAssets {
  readonly kopsBaseUrl: string | undefined;
  readonly kopsSourceUrl: string | undefined;
  readonly fileRepository: string | undefined;
  readonly containerRegistry: string | undefined;
}
