/** Builders of the Kubernetes objects that the addons consist of. */
import type { LabelSelector, PodSpec, TopologySpreadConstraint } from "./pods";

export type Labels = Readonly<Record<string, string>>;

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  readonly resourceVersion?: string;
}

export interface PodTemplate {
  readonly metadata: {
    readonly annotations?: Labels;
    readonly labels: Labels;
    /** Without meaning, and yet in some manifests of kOps. */
    readonly name?: string;
    readonly namespace?: string;
  };
  readonly spec: PodSpec;
}

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

export interface Workload extends KubernetesObject {
  readonly spec: { readonly template: PodTemplate };
}

export interface DaemonSetSpec {
  readonly revisionHistoryLimit?: number;
  readonly selector: LabelSelector;
  readonly template: PodTemplate;
  readonly updateStrategy?: {
    readonly rollingUpdate?: { readonly maxUnavailable: string | number };
    readonly type: "OnDelete" | "RollingUpdate";
  };
}

export interface DeploymentSpec {
  readonly minReadySeconds?: number;
  readonly replicas?: number;
  readonly revisionHistoryLimit?: number;
  readonly selector: LabelSelector;
  readonly strategy?: {
    readonly rollingUpdate?: { readonly maxSurge?: string | number; readonly maxUnavailable: string | number };
    readonly type: "Recreate" | "RollingUpdate";
  };
  readonly template: PodTemplate;
}

export function daemonSet(metadata: ObjectMeta, spec: DaemonSetSpec): Workload {
  return object("apps/v1", "DaemonSet", metadata, { spec });
}

export function deployment(metadata: ObjectMeta, spec: DeploymentSpec): Workload {
  return object("apps/v1", "Deployment", metadata, { spec });
}

export function isWorkload(candidate: KubernetesObject): candidate is Workload {
  return candidate.apiVersion === "apps/v1" && (candidate.kind === "Deployment" || candidate.kind === "DaemonSet");
}

interface ServiceAccountFields {
  readonly automountServiceAccountToken?: boolean;
}

export function serviceAccount(metadata: ObjectMeta, fields: ServiceAccountFields = {}): KubernetesObject {
  return object("v1", "ServiceAccount", metadata, fields);
}

export function configMap(metadata: ObjectMeta, data: Readonly<Record<string, string>>): KubernetesObject {
  return object("v1", "ConfigMap", metadata, { data });
}

export interface ServiceSpec {
  readonly clusterIP?: string;
  readonly externalTrafficPolicy?: "Cluster";
  readonly internalTrafficPolicy?: "Local";
  readonly ports: readonly {
    readonly appProtocol?: string;
    readonly name?: string;
    readonly port: number;
    readonly protocol?: "TCP" | "UDP";
    readonly targetPort?: number | string;
  }[];
  readonly selector?: Labels;
  readonly type?: "ClusterIP" | "LoadBalancer";
}

export function service(metadata: ObjectMeta, spec: ServiceSpec): KubernetesObject {
  return object("v1", "Service", metadata, { spec });
}

export function podDisruptionBudget(
  metadata: ObjectMeta,
  spec: { readonly selector: LabelSelector } & (
    { readonly maxUnavailable: string | number } | { readonly minAvailable: number }
  ),
): KubernetesObject {
  return object("policy/v1", "PodDisruptionBudget", metadata, { spec });
}

export function object<Fields extends object>(
  apiVersion: string,
  kind: string,
  metadata: ObjectMeta,
  fields: Fields,
): KubernetesObject & Fields {
  return { apiVersion, kind, metadata, ...fields };
}

/** Pods with these labels: each on a node of its own, and rather in different zones. */
export function spreadOut(matchLabels: Labels): readonly TopologySpreadConstraint[] {
  const over = (
    topologyKey: string,
    whenUnsatisfiable: TopologySpreadConstraint["whenUnsatisfiable"],
  ): TopologySpreadConstraint => ({ labelSelector: { matchLabels }, maxSkew: 1, topologyKey, whenUnsatisfiable });
  return [over("topology.kubernetes.io/zone", "ScheduleAnyway"), over("kubernetes.io/hostname", "DoNotSchedule")];
}
