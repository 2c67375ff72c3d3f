import type { UnwrappedCluster } from "../../model/cluster";
import { kubeSystem } from "../objects/containers";
import type { Labels, ObjectMeta } from "../objects/builders";

export const name = "aws-load-balancer-controller";
export const account = { name, namespace: kubeSystem };
export const webhookService = { name: "aws-load-balancer-webhook-service", namespace: kubeSystem };
export const servingCertificate = "aws-load-balancer-serving-cert";
export const certificateSecret = "aws-load-balancer-webhook-tls";
export const apiGroup = "elbv2.k8s.aws";
/** Of the pods that serve the webhooks. */
export const selectorLabels = { "app.kubernetes.io/component": "controller", "app.kubernetes.io/name": name };

/** What the controller's own chart labels its objects with. */
export function chartLabels({ release }: UnwrappedCluster): Labels {
  const { version } = release.addons.loadBalancerController;
  return {
    "app.kubernetes.io/instance": name,
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/version": version,
    "helm.sh/chart": `${name}-${version.replace(/^v/, "")}`,
  };
}

export function clusterScoped(cluster: UnwrappedCluster, of: string): ObjectMeta {
  return { name: of, labels: chartLabels(cluster) };
}

export function namespaced(cluster: UnwrappedCluster, of: string): ObjectMeta {
  return { ...clusterScoped(cluster, of), namespace: kubeSystem };
}
