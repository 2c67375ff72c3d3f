/** Names, labels and environment that the agent and the operator share. */
import type { UnwrappedCluster } from "../../model/cluster";
import { dnsNames } from "../../model/names";
import { env, fieldEnv, kubeSystem } from "../objects/containers";
import type { Labels, ObjectMeta } from "../objects/builders";
import type { EnvVar } from "../objects/pods";

export const agent = "cilium";
export const operator = "cilium-operator";
export const configName = "cilium-config";
/** The addon, by whose name the channels tool calls the issuer that it creates. */
export const issuer = "networking.cilium.io";

export const partOf: Labels = { "app.kubernetes.io/part-of": "cilium" };
export const agentSelector: Labels = { "k8s-app": "cilium", "kubernetes.io/cluster-service": "true" };
export const agentLabels: Labels = { ...partOf, ...agentSelector, "app.kubernetes.io/name": "cilium-agent" };
export const operatorSelector: Labels = { "io.cilium/app": "operator", name: operator };
export const operatorLabels: Labels = { ...partOf, ...operatorSelector, "app.kubernetes.io/name": operator };

export function namespaced(name: string): ObjectMeta {
  return { name, namespace: kubeSystem };
}

/** Cilium replaces the service network, so it must reach the API server by its own name. */
export function apiServer(cluster: UnwrappedCluster): readonly EnvVar[] {
  return [env("KUBERNETES_SERVICE_HOST", dnsNames(cluster.name).apiInternal), env("KUBERNETES_SERVICE_PORT", "443")];
}

export const podIdentity: readonly EnvVar[] = [
  fieldEnv("K8S_NODE_NAME", "spec.nodeName", "v1"),
  fieldEnv("CILIUM_K8S_NAMESPACE", "metadata.namespace", "v1"),
];
