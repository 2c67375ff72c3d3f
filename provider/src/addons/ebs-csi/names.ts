/** Names and labels of the driver's objects. */
import type { UnwrappedCluster } from "../../model/cluster";
import { kubeSystem } from "../objects/containers";
import type { Labels, ObjectMeta } from "../objects/builders";

export const controller = "ebs-csi-controller";
export const controllerAccount = { name: "ebs-csi-controller-sa", namespace: kubeSystem };
export const node = "ebs-csi-node";
export const nodeAccount = { name: "ebs-csi-node-sa", namespace: kubeSystem };

const application = "aws-ebs-csi-driver";

/** What the driver's own chart labels its objects with. */
export function driverLabels({ release }: UnwrappedCluster): Labels {
  return {
    "app.kubernetes.io/component": "csi-driver",
    "app.kubernetes.io/instance": application,
    "app.kubernetes.io/name": application,
    "app.kubernetes.io/version": release.addons.ebsCsi.version,
  };
}

export function selectorLabels(app: string): Labels {
  return { app, "app.kubernetes.io/instance": application, "app.kubernetes.io/name": application };
}

export function clusterScoped(cluster: UnwrappedCluster, name: string): ObjectMeta {
  return { name, labels: driverLabels(cluster) };
}

export function namespaced(cluster: UnwrappedCluster, name: string): ObjectMeta {
  return { name, namespace: kubeSystem, labels: driverLabels(cluster) };
}
