/** Small values that many containers share. */
import type { EnvVar, SelectorRequirement, Toleration, Volume, VolumeMount } from "./pods";

export const kubeSystem = "kube-system";

export const controlPlaneLabel = "node-role.kubernetes.io/control-plane";
/** The label and taint of clusters before Kubernetes 1.24, which kOps still names. */
export const formerControlPlaneLabel = "node-role.kubernetes.io/master";
/** Taint of a node that the cloud controller has not seen yet. */
export const uninitializedTaint = "node.cloudprovider.kubernetes.io/uninitialized";
export const notReadyTaint = "node.kubernetes.io/not-ready";

export const linuxOnly = { "kubernetes.io/os": "linux" } as const;

/** Pods on a control-plane node talk to the API server beside them. */
export const localApiServer: EnvVar = { name: "KUBERNETES_SERVICE_HOST", value: "127.0.0.1" };

export function exists(key: string): SelectorRequirement {
  return { key, operator: "Exists" };
}

export function tolerate(...keys: readonly string[]): readonly Toleration[] {
  return keys.map((key) => ({ key, operator: "Exists" }));
}

export function env(name: string, value: string): EnvVar {
  return { name, value };
}

/** Of the pod itself. */
export function fieldEnv(name: string, fieldPath: string, apiVersion?: "v1"): EnvVar {
  return { name, valueFrom: { fieldRef: { ...(apiVersion === undefined ? {} : { apiVersion }), fieldPath } } };
}

export function configEnv(name: string, configMap: string, key: string): EnvVar {
  return { name, valueFrom: { configMapKeyRef: { key, name: configMap } } };
}

export function optionalConfigEnv(name: string, configMap: string, key: string): EnvVar {
  return { name, valueFrom: { configMapKeyRef: { key, name: configMap, optional: true } } };
}

export function optionalSecretEnv(name: string, secret: string, key: string): EnvVar {
  return { name, valueFrom: { secretKeyRef: { key, name: secret, optional: true } } };
}

type MountOptions = Omit<VolumeMount, "name" | "mountPath">;

export function mount(name: string, mountPath: string, options: MountOptions = {}): VolumeMount {
  return { name, mountPath, ...options };
}

export function hostPath(name: string, path: string, type?: string): Volume {
  return { name, hostPath: type === undefined ? { path } : { path, type } };
}
