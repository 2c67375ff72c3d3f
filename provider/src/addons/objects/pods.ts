/** The parts of pod specifications that the addons use, with the API's own field names. `null` where kOps writes it. */

export interface PodSpec {
  readonly affinity?: Affinity;
  readonly automountServiceAccountToken?: boolean;
  readonly containers: readonly Container[];
  readonly dnsConfig?: { readonly nameservers: readonly string[] };
  readonly dnsPolicy?: "Default" | "None";
  readonly enableServiceLinks?: boolean;
  readonly hostNetwork?: boolean;
  readonly initContainers?: readonly Container[];
  readonly nodeSelector?: Readonly<Record<string, string>> | null;
  readonly priorityClassName?: "system-cluster-critical" | "system-node-critical" | null;
  readonly restartPolicy?: "Always";
  readonly securityContext?: PodSecurityContext;
  /** The old name of serviceAccountName, which kOps's own components still use. */
  readonly serviceAccount?: string;
  readonly serviceAccountName?: string;
  readonly terminationGracePeriodSeconds?: number;
  readonly tolerations?: readonly Toleration[];
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
  readonly volumes?: readonly Volume[];
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy?: "IfNotPresent";
  readonly command?: readonly string[] | null;
  readonly args?: readonly string[];
  readonly env?: readonly EnvVar[];
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string; readonly optional: boolean } }[];
  readonly lifecycle?: { readonly preStop: { readonly exec: { readonly command: readonly string[] } } };
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
  readonly ports?: readonly ContainerPort[] | null;
  readonly resources?: Resources;
  readonly securityContext?: ContainerSecurityContext;
  readonly terminationMessagePolicy?: "FallbackToLogsOnError";
  readonly volumeMounts?: readonly VolumeMount[];
}

export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly fieldRef?: { readonly apiVersion?: "v1"; readonly fieldPath: string };
    readonly resourceFieldRef?: { readonly divisor: string; readonly resource: string };
    readonly configMapKeyRef?: KeyRef;
    readonly secretKeyRef?: KeyRef;
  };
}

interface KeyRef {
  readonly name: string;
  readonly key: string;
  readonly optional?: boolean;
}

export interface Probe {
  readonly exec?: { readonly command: readonly string[] };
  readonly failureThreshold?: number;
  readonly grpc?: { readonly port: number };
  readonly httpGet?: {
    readonly host?: string;
    readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[];
    readonly path: string;
    readonly port: number | string;
    readonly scheme?: "HTTP" | "HTTPS";
  };
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly successThreshold?: number;
  readonly timeoutSeconds?: number;
}

export interface ContainerPort {
  readonly containerPort: number;
  readonly hostPort?: number;
  readonly name?: string;
  readonly protocol?: "TCP" | "UDP";
}

export interface Resources {
  readonly limits?: { readonly cpu?: string; readonly memory?: string };
  readonly requests?: { readonly cpu?: string; readonly memory?: string };
}

export interface ContainerSecurityContext {
  readonly allowPrivilegeEscalation?: boolean;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly privileged?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly seLinuxOptions?: { readonly level: string; readonly type: string };
  readonly seccompProfile?: { readonly type: "RuntimeDefault" | "Unconfined" };
}

export interface PodSecurityContext {
  readonly fsGroup?: number;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly seccompProfile?: { readonly type: "RuntimeDefault" | "Unconfined" };
}

export interface VolumeMount {
  readonly mountPath: string;
  readonly name: string;
  readonly mountPropagation?: "Bidirectional" | "HostToContainer";
  readonly readOnly?: boolean;
}

export interface Volume {
  readonly name: string;
  readonly configMap?: { readonly name: string; readonly items?: readonly KeyPath[]; readonly optional?: boolean };
  readonly emptyDir?: Readonly<Record<string, never>>;
  readonly hostPath?: { readonly path: string; readonly type?: string };
  readonly secret?: { readonly defaultMode?: number; readonly secretName: string };
  readonly projected?: { readonly defaultMode: number; readonly sources: readonly VolumeProjection[] };
}

export interface VolumeProjection {
  readonly serviceAccountToken?: {
    readonly audience: string;
    readonly expirationSeconds: number;
    readonly path: string;
  };
  readonly secret?: {
    readonly name: string;
    readonly items?: readonly KeyPath[];
    readonly optional?: boolean;
  };
}

export interface KeyPath {
  readonly key: string;
  readonly path: string;
}

export interface Toleration {
  readonly key?: string;
  readonly operator?: "Exists";
  readonly value?: string;
  readonly effect?: "NoSchedule" | "NoExecute";
  readonly tolerationSeconds?: number;
}

export interface SelectorRequirement {
  readonly key: string;
  readonly operator: "Exists" | "In" | "NotIn";
  readonly values?: readonly string[];
}

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly SelectorRequirement[];
}

export interface TopologySpreadConstraint {
  readonly labelSelector: LabelSelector;
  readonly maxSkew: number;
  readonly nodeTaintsPolicy?: "Honor";
  readonly topologyKey: string;
  readonly whenUnsatisfiable: "DoNotSchedule" | "ScheduleAnyway";
}

export interface NodeSelectorTerm {
  readonly matchExpressions: readonly SelectorRequirement[];
}

export interface PodAffinityTerm {
  readonly labelSelector: LabelSelector;
  readonly topologyKey: string;
}

export interface Affinity {
  readonly nodeAffinity?: {
    readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
      readonly preference: NodeSelectorTerm;
      readonly weight: number;
    }[];
    readonly requiredDuringSchedulingIgnoredDuringExecution?: {
      readonly nodeSelectorTerms: readonly NodeSelectorTerm[];
    };
  };
  readonly podAffinity?: {
    readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[];
  };
  readonly podAntiAffinity?: {
    readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
      readonly podAffinityTerm: PodAffinityTerm;
      readonly weight: number;
    }[];
    readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[];
  };
}
