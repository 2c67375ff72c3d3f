/** Names and labels of the three programs of cert-manager. */
import type { UnwrappedCluster } from "../../model/cluster";
import { kubeSystem } from "../objects/containers";
import type { Labels, ObjectMeta } from "../objects/builders";

export const apiGroup = "cert-manager.io";
export const acmeGroup = `acme.${apiGroup}`;

/** Each program: the name of its objects, and what its pods are labelled with. */
export interface Program {
  readonly name: string;
  readonly app: string;
  readonly component: string;
}

const application = "cert-manager";
export const controller: Program = { name: application, app: application, component: "controller" };
export const cainjector: Program = { name: `${application}-cainjector`, app: "cainjector", component: "cainjector" };
export const webhook: Program = { name: `${application}-webhook`, app: "webhook", component: "webhook" };
/** What two of its roles call themselves. */
export const approver: Program = { ...controller, component: application };

export const account = { name: controller.name, namespace: kubeSystem };

export function labelsOf({ release }: UnwrappedCluster, program: Program): Labels {
  return {
    app: program.app,
    ...selectorLabels(program),
    "app.kubernetes.io/version": release.addons.certManager.version,
  };
}

export function selectorLabels({ app, component }: Program): Labels {
  return {
    "app.kubernetes.io/component": component,
    "app.kubernetes.io/instance": application,
    "app.kubernetes.io/name": app,
  };
}

export function clusterScoped(cluster: UnwrappedCluster, program: Program, name = program.name): ObjectMeta {
  return { name, labels: labelsOf(cluster, program) };
}

export function namespaced(cluster: UnwrappedCluster, program: Program, name = program.name): ObjectMeta {
  return { ...clusterScoped(cluster, program, name), namespace: kubeSystem };
}
