/** The EBS CSI driver. */
import { ebsDriver } from "../../model/aws";
import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";
import { grant, type PolicyDocument } from "../../model/policyDocument";
import { versionAtLeast } from "../../model/versions";
import type { AddonFacts, ChannelAddon } from "../addon";
import { object, podDisruptionBudget, type KubernetesObject } from "../objects/builders";
import { controllerDeployment, metricsServices } from "./controller";
import { clusterScoped, controller, controllerAccount, namespaced, selectorLabels } from "./names";
import { nodeDaemonSet } from "./node";
import { accounts, permissions } from "./rbac";

export const ebsCsiDriver: ChannelAddon = {
  name: "aws-ebs-csi-driver.addons.k8s.io",
  needs: () => ["accountId"],
  objects,
  serviceAccount: { ...controllerAccount, policy },
};

function policy(cluster: ResolvedCluster): PolicyDocument {
  const { ebsDriverActions, kmsActions } = cluster.release.iam;
  return grant(cluster, {
    ...ebsDriverActions,
    kmsDataPlane: kmsActions.dataPlane,
    unconditional: [...ebsDriverActions.unconditional, ...kmsActions.unconditional],
  });
}

function objects(cluster: UnwrappedCluster, facts: AddonFacts): readonly KubernetesObject[] {
  return [
    podDisruptionBudget(namespaced(cluster, controller), {
      maxUnavailable: 1,
      selector: { matchLabels: selectorLabels(controller) },
    }),
    ...accounts(cluster),
    ...permissions(cluster),
    ...metricsServices(cluster),
    nodeDaemonSet(cluster),
    controllerDeployment(cluster, facts),
    driver(cluster),
  ];
}

function driver(cluster: UnwrappedCluster): KubernetesObject {
  const { reportsAllocatableFrom } = cluster.release.addons.ebsCsi;
  const reports = versionAtLeast(cluster.kubernetesVersion, reportsAllocatableFrom);
  const update = reports ? { nodeAllocatableUpdatePeriodSeconds: 10 } : {};
  const spec = { attachRequired: true, ...update, podInfoOnMount: false };
  return object("storage.k8s.io/v1", "CSIDriver", clusterScoped(cluster, ebsDriver), { spec });
}
