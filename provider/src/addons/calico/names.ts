/** Names, labels and environment that the parts of Calico share. */
import { kubeSystem } from "../objects/containers";
import type { Labels, ObjectMeta } from "../objects/builders";
import type { Container } from "../objects/pods";

export const node = "calico-node";
export const controllers = "calico-kube-controllers";
export const cniPlugin = "calico-cni-plugin";
export const tierGetter = "calico-tier-getter";
export const typha = "calico-typha";
export const config = "calico-config";
/** Where the API server is, if kube-proxy does not say so. */
export const apiServer = "kubernetes-services-endpoint";
export const typhaPort = 5473;

export function namespaced(name: string): ObjectMeta {
  return { name, namespace: kubeSystem };
}

export function labelsOf(name: string): Labels {
  return { "k8s-app": name };
}

/** Of each program that must work before the service network does. */
export const apiServerFrom: NonNullable<Container["envFrom"]> = [{ configMapRef: { name: apiServer, optional: true } }];
