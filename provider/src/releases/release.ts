/** What a kOps release fixes, as data. A release is a folder beside this file, and index.ts lists them. */
import type { autoscaling } from "@pulumi/aws/types/enums";
import type { Calico, Cni } from "../schema/types.gen";

export type Architecture = "amd64" | "arm64";
type ByArchitecture = Readonly<Record<Architecture, string>>;
/** Keys are Kubernetes minor versions, such as `1.36`. */
type ByKubernetesMinor<Value> = Readonly<Record<string, Value>>;

export interface KopsRelease {
  readonly version: string;
  readonly kubernetes: KubernetesFacts;
  readonly karpenter: KarpenterFacts;
  readonly etcd: EtcdFacts;
  readonly nodeFiles: NodeFileFacts;
  /** Container images, as kOps names them before a mirror is applied. */
  readonly images: Readonly<Record<ImageName, string>>;
  /** What machines boot from: kOps's own choice, and the parameters that a node group's class follows. */
  readonly machineImages: { readonly fixed: ByArchitecture; readonly parameters: ByArchitecture };
  readonly defaults: Defaults;
  readonly network: NetworkFacts;
  readonly ports: Ports;
  /** User ids that containers run as. */
  readonly users: Readonly<
    Record<"awsAuthenticator" | "generic" | "kopsController" | "apiServerHealthcheck" | "kopsChannels", number>
  >;
  readonly components: ComponentSettings;
  readonly addons: AddonFacts;
  readonly iam: IamPermissions;
  readonly interruption: InterruptionFacts;
  readonly termination: TerminationFacts;
  readonly spec: SpecFacts;
}

/** kOps's own API, by the names of its types. */
export interface SpecFacts {
  /**
   * The type of each field: string, bool, int (of 64 bits), int16, int32, uint8, uint32, number, duration, quantity,
   * intOrString or any, or the name of another type after `#`. Before it, `[]` for a list, `{}` for a map, and `?` where a zero is kept: elsewhere it is as if left out.
   */
  readonly types: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Fields that nodeup's configuration calls something else. */
  readonly nodeupNames: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

interface KubernetesFacts {
  readonly defaultVersion: string;
  /** The patch releases whose files the release has hashes for, oldest first. */
  readonly versions: ByKubernetesMinor<readonly string[]>;
  /** Where the kubelet mounts image volumes without a feature gate. */
  readonly imageVolumesOnByDefault: string;
}

interface KarpenterFacts {
  readonly version: string;
  /** The oldest that a Kubernetes version works with. */
  readonly oldestByKubernetes: ByKubernetesMinor<string>;
  readonly charts: { readonly controller: string; readonly crds: string };
  readonly since: KarpenterSince;
}

/** The first Karpenter with a field or value of its objects. What is not listed, every supported version has. */
export interface KarpenterSince {
  /** By the name of the node group's input. */
  readonly groupFields: Readonly<
    Record<
      | "placementGroupSelector"
      | "networkInterfaces"
      | "ipPrefixCount"
      | "connectionTracking"
      | "cpuOptions"
      | "enclaveOptions",
      string
    >
  >;
  readonly replicas: string;
  /** Labels of the domain kubernetes.io on a pool's nodes, among them kOps's own for the role. */
  readonly kubernetesLabels: string;
  readonly consolidationPolicies: Readonly<Record<string, string>>;
  readonly disruptionReasons: Readonly<Record<string, string>>;
  readonly operators: Readonly<Record<string, string>>;
  /** By the key of a requirement. */
  readonly requirementKeys: Readonly<Record<string, string>>;
}

interface EtcdPorts {
  readonly client: number;
  readonly peer: number;
  readonly grpc: number;
  readonly quarantinedClient: number;
}

interface EtcdFacts {
  readonly versions: ByKubernetesMinor<string>;
  /** The newest release of each line that etcd-manager can run. */
  readonly managed: readonly { readonly version: string; readonly image: string }[];
  readonly ports: Readonly<Record<"main" | "events", EtcdPorts>>;
}

interface NodeFileFacts {
  readonly containerd: string;
  readonly runc: string;
  readonly cniPlugins: string;
  readonly ecrCredentialProvider: string;
  /** SHA-256, in hex, by canonical URL. */
  readonly hashes: Readonly<Record<string, string>>;
  /** kOps's own images that control-plane nodes load from files where those come from a mirror. */
  readonly preloadedImages: readonly string[];
}

export type ImageName =
  | "amazonVpcCni"
  | "amazonVpcCniInit"
  | "amazonVpcPolicyAgent"
  | "apiServerHealthcheck"
  | "awsCloudController"
  | "awsIamAuthenticator"
  | "calicoCni"
  | "calicoKubeControllers"
  | "calicoNode"
  | "calicoTypha"
  | "certManagerCainjector"
  | "certManagerController"
  | "certManagerSolver"
  | "certManagerWebhook"
  | "cilium"
  | "ciliumOperator"
  | "clusterProportionalAutoscaler"
  | "coredns"
  | "csiAttacher"
  | "csiNodeDriverRegistrar"
  | "csiProvisioner"
  | "csiResizer"
  | "csiSnapshotter"
  | "dnsController"
  | "ebsCsiDriver"
  | "etcdManager"
  | "hubbleRelay"
  | "karpenter"
  | "kindnet"
  | "kopsChannels"
  | "kopsController"
  | "livenessProbe"
  | "loadBalancerController"
  | "metricsServer"
  | "nodeLocalDns"
  | "nodeProblemDetector"
  | "nodeTerminationHandler"
  | "pause"
  | "podIdentityWebhook"
  | "snapshotController"
  | "snapshotValidation";

export interface VolumeDefaults {
  readonly type: "gp3";
  /** GiB. */
  readonly controlPlaneSize: number;
  readonly nodeSize: number;
  readonly bastionSize: number;
  readonly etcdSize: number;
  readonly provisionedIops: number;
  readonly gp3Iops: number;
  /** MiB/s. */
  readonly gp3Throughput: number;
}

interface Defaults {
  /** Pods that a node takes where nobody says another number. */
  readonly maxPods: number;
  readonly instanceTypes: Readonly<Record<"controlPlane" | "node" | "bastion", string>>;
  /** Of workers in an Auto Scaling group. */
  readonly nodeGroupSize: number;
  readonly volumes: VolumeDefaults;
  readonly metadata: {
    readonly httpTokens: "required";
    readonly httpEndpoint: "enabled";
    readonly httpPutResponseHopLimit: number;
  };
  readonly etcd: {
    readonly cpuRequests: Readonly<Record<"main" | "events", string>>;
    readonly memoryRequest: string;
    readonly backupRetentionDays: number;
  };
  /** Who may reach the API and port 22. */
  readonly access: readonly string[];
  readonly networkCidr: string;
  /** What Auto Scaling groups report. */
  readonly autoscalingMetrics: readonly autoscaling.Metric[];
  readonly warmPools: WarmPoolDefaults;
}

interface WarmPoolDefaults {
  /** What Auto Scaling groups with a warm pool report as well. */
  readonly autoscalingMetrics: readonly string[];
  /** How long nodeup may take. */
  readonly hookTimeoutSeconds: number;
  /** Beginnings of the images that instances pull in advance. */
  readonly images: readonly string[];
}

interface NetworkFacts {
  /** Addresses of pods and services. */
  readonly nonMasqueradeCidr: string;
  readonly serviceClusterIpRange: string;
  /** The upper half of the first. */
  readonly podCidr: string;
  readonly clusterDomain: string;
  /** Of services of type NodePort. */
  readonly nodePorts: { readonly first: number; readonly last: number };
  readonly nodeLocalDnsAddress: string;
  /** What a record holds until dns-controller fills it in. */
  readonly placeholderRecord: { readonly address: string; readonly ttl: number };
  readonly targetGroups: {
    readonly deregistrationDelay: number;
    readonly healthCheckInterval: number;
    readonly healthyThreshold: number;
    readonly unhealthyThreshold: number;
    readonly kopsControllerHealthPath: string;
  };
}

interface Ports {
  readonly ssh: number;
  readonly kubeApiServer: number;
  readonly kopsChannelsHealthCheck: number;
  readonly nodeLocalDnsHealthCheck: number;
  readonly kopsController: number;
  readonly kubeApiServerHealthCheck: number;
  readonly ciliumPrometheus: number;
}

/** Fields of a component in the completed spec, by their names there. */
type Settings = Readonly<
  Record<string, string | number | boolean | readonly string[] | Readonly<Record<string, boolean>>>
>;

/** What the completed spec says of each component whatever the cluster is like. */
type ComponentSettings = Readonly<
  Record<
    | "cloudControllerManager"
    | "karpenter"
    | "kubeApiServer"
    | "kubeControllerManager"
    | "kubeDns"
    | "kubeProxy"
    | "kubeScheduler"
    | "kubelet"
    | "nodeLocalDns",
    Settings
  >
> & {
  readonly cilium: Settings & CiliumDefaults;
  readonly nodeTerminationHandler: Settings & { readonly managedASGTag: string };
};

interface CiliumDefaults {
  readonly agentPrometheusPort: number;
  readonly clusterName: string;
  readonly cpuRequest: string;
  readonly memoryRequest: string;
  readonly tunnel: string;
  readonly version: string;
}

/** The addons of the bootstrap channel. */
export type ChannelAddonName =
  | "authentication.aws"
  | "aws-cloud-controller.addons.k8s.io"
  | "aws-ebs-csi-driver.addons.k8s.io"
  | "aws-load-balancer-controller.addons.k8s.io"
  | "certmanager.io"
  | "coredns.addons.k8s.io"
  | "dns-controller.addons.k8s.io"
  | "eks-pod-identity-webhook.addons.k8s.io"
  | "kops-controller.addons.k8s.io"
  | "kubelet-api.rbac.addons.k8s.io"
  | "limit-range.addons.k8s.io"
  | "metrics-server.addons.k8s.io"
  | "networking.amazon-vpc-routed-eni"
  | "networking.cilium.io"
  | "networking.kindnet"
  | "networking.projectcalico.org"
  | "node-problem-detector.addons.k8s.io"
  | "node-termination-handler.aws"
  | "nodelocaldns.addons.k8s.io"
  | "snapshot-controller.addons.k8s.io"
  | "storage-aws.addons.k8s.io";

interface AddonFacts {
  /** Each addon's id in the bootstrap channel, and its manifest below the folder of its name. */
  readonly manifests: Readonly<Record<ChannelAddonName, { readonly id: string | undefined; readonly file: string }>>;
  /** Files of kOps's source whose custom resource definitions are a part of an addon's manifest, by path in the source. */
  readonly definitions: Readonly<Record<string, { readonly path: string; readonly sha256: string }>>;
  readonly amazonVpc: {
    readonly version: string;
    /** Variables of its daemon, by kOps's defaults. */
    readonly env: Readonly<Record<string, string>>;
    /** Entries of its config map. */
    readonly settings: Readonly<Record<string, string>>;
    readonly ports: Readonly<Record<"metrics" | "agentMetrics" | "agentHealth" | "grpc", number>>;
  };
  readonly certManager: { readonly version: string };
  readonly loadBalancerController: { readonly version: string };
  readonly calico: {
    /** What its options are where nobody says another value. */
    readonly defaults: CalicoDefaults;
    /** Of the CNI specification, in the configuration that the agents install. */
    readonly cniVersion: string;
  };
  readonly cilium: {
    /** Entries of the config map `cilium-config`. */
    readonly config: Readonly<Record<string, string>>;
    /** Those that a field of the cluster spec sets, by the field's name. */
    readonly fields: Readonly<Record<string, string>>;
    /** Those that an option adds, beside the option's own values. */
    readonly features: Readonly<
      Record<
        "hubble" | "hubbleMetrics" | "metrics" | "wireguard" | "envoy" | "gatewayApi" | "ingress",
        Readonly<Record<string, string>>
      >
    >;
    readonly ports: Readonly<
      Record<
        | "agentHealth"
        | "operator"
        | "operatorMetrics"
        | "proxyMetrics"
        | "hubblePeer"
        | "hubbleMetrics"
        | "hubbleRelay"
        | "hubbleRelayHealth",
        number
      >
    >;
  };
  /** Its settings, by their names in the cluster spec. */
  readonly kindnet: { readonly fastPathThreshold: number; readonly logLevel: number; readonly version: string };
  readonly ebsCsi: {
    readonly version: string;
    /** Of each container of the controller. */
    readonly metricsPorts: Readonly<
      Record<
        "controller" | "provisioner" | "attacher" | "resizer" | "livenessProbe" | "snapshotter" | "volumeModifier",
        number
      >
    >;
    readonly healthPort: number;
    readonly registrarHealthPort: number;
    readonly excludedInstanceTypes: readonly string[];
    readonly excludedComputeTypes: readonly string[];
    /** The Kubernetes version from which the driver reports anew how many volumes a node can take. */
    readonly reportsAllocatableFrom: string;
  };
}

/** One has no value of its own: Calico decides. An MTU of 0 is one that Calico detects. */
export type CalicoDefaults = {
  readonly [Name in Exclude<keyof Calico, "nftablesMode">]-?: NonNullable<Calico[Name]>;
};

type Actions = readonly string[];

/** Actions as AWS names them; their order does not matter, since policies list them sorted. */
interface IamPermissions {
  readonly nodeupActions: Actions;
  readonly bastionActions: Actions;
  readonly etcdManagerActions: Actions;
  readonly containerRegistryActions: Actions;
  /** Of the pod network's daemon, which has the role of its instance. */
  readonly podNetworkActions: Readonly<Partial<Record<Cni, Actions>>>;
  /** Kinds of resources that it tags, as in EC2's ARNs. */
  readonly podNetworkTagging: Readonly<Partial<Record<Cni, string>>>;
  readonly kmsActions: { readonly unconditional: Actions; readonly dataPlane: Actions };
  readonly stateStoreActions: { readonly read: Actions; readonly write: Actions; readonly bucket: Actions };
  readonly dnsActions: { readonly zone: Actions; readonly change: Actions; readonly list: Actions };
  readonly cloudControllerActions: {
    readonly unconditional: Actions;
    readonly clusterTagged: Actions;
    readonly clusterTaggedCreate: Actions;
    readonly ec2Create: CreatingActions;
  };
  readonly ebsDriverActions: {
    readonly unconditional: Actions;
    readonly clusterTagged: Actions;
    readonly ec2Create: CreatingActions;
  };
  /** Of the same driver in a cluster with a snapshot controller, besides. */
  readonly snapshotActions: {
    readonly unconditional: Actions;
    readonly clusterTagged: Actions;
    readonly ec2Create: CreatingActions;
  };
  /** Of AWS's load balancer controller; the last three where a setting switches them on. */
  readonly loadBalancerControllerActions: {
    readonly unconditional: Actions;
    readonly clusterTagged: Actions;
    readonly clusterTaggedCreate: Actions;
    readonly ec2Create: CreatingActions;
    readonly waf: Actions;
    readonly wafv2: Actions;
    readonly shield: Actions;
  };
  readonly certManagerActions: Readonly<Record<"listRecords" | "changeRecords" | "changes" | "zones", string>>;
  /** As kOps grants them, without limits. */
  readonly karpenterActions: Actions;
  /** As Karpenter's own template grants them. */
  readonly karpenterScopedActions: ScopedActions;
  readonly interruptionQueueActions: Actions;
  readonly launchHookActions: { readonly unconditional: Actions; readonly clusterTagged: Actions };
  readonly nodeTerminationActions: { readonly unconditional: Actions; readonly clusterTagged: Actions };
  /** SHA-1 of the root certificates that the issuer's S3 host may answer with. */
  readonly oidcThumbprints: readonly string[];
}

/** Kinds of resources are those of EC2's ARNs. */
interface ScopedActions {
  /** Of EC2, for the cluster's region. */
  readonly regionalReads: Actions;
  readonly globalReads: Actions;
  /** Reads an SSM parameter. */
  readonly parameters: string;
  readonly launch: Actions;
  readonly createTemplate: string;
  readonly delete: Actions;
  readonly usedResources: readonly string[];
  /** Those that may be of an account that nobody names. */
  readonly usedPublicResources: readonly string[];
  readonly createdResources: readonly string[];
  readonly instanceTagKeys: readonly string[];
}

/** EC2 actions without their prefix, and the resources that they create. */
interface CreatingActions {
  readonly actions: Actions;
  readonly resources: readonly string[];
}

/** The events that Karpenter's interruption controller listens to. */
export type InterruptionEvent = "health" | "spotInterruption" | "rebalance" | "instanceState" | "capacityReservation";

interface InterruptionFacts {
  readonly events: Readonly<Record<InterruptionEvent, { readonly source: string; readonly detailType: string }>>;
  readonly retentionSeconds: number;
}

/** The events that kOps's node termination handler listens to, by what its rules are called. */
export type TerminationEvent =
  "ASGLifecycle" | "SpotInterruption" | "InstanceStateChange" | "InstanceScheduledChange" | "RebalanceRecommendation";

interface TerminationFacts {
  /** The events' patterns, as kOps writes them. */
  readonly patterns: Readonly<Record<TerminationEvent, string>>;
  /** How long a message waits in the queue, and an instance for the handler. */
  readonly retentionSeconds: number;
}
