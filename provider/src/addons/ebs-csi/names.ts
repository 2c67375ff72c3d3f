/** Names and labels of the driver's objects. */
import { ebsCsiDriverVersion } from "../../releases/1.36/kubernetes";
import { kubeSystem } from "../objects/containers";
import type { Labels, ObjectMeta } from "../objects/builders";

export const controller = "ebs-csi-controller";
export const controllerAccount = { name: "ebs-csi-controller-sa", namespace: kubeSystem };
export const node = "ebs-csi-node";
export const nodeAccount = { name: "ebs-csi-node-sa", namespace: kubeSystem };

const application = "aws-ebs-csi-driver";

/** What the driver's own chart labels its objects with. */
export const driverLabels: Labels = {
  "app.kubernetes.io/component": "csi-driver",
  "app.kubernetes.io/instance": application,
  "app.kubernetes.io/name": application,
  "app.kubernetes.io/version": ebsCsiDriverVersion,
};

export function selectorLabels(app: string): Labels {
  return { app, "app.kubernetes.io/instance": application, "app.kubernetes.io/name": application };
}

export function clusterScoped(name: string): ObjectMeta {
  return { name, labels: driverLabels };
}

export function namespaced(name: string): ObjectMeta {
  return { name, namespace: kubeSystem, labels: driverLabels };
}
