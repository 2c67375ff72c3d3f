/** The EBS CSI driver. */
import { ebsCsi } from "../../releases/1.36/addons";
import { ebsDriverActions, kmsActions } from "../../releases/1.36/iam";
import { minorVersion } from "../../releases/1.36/releases";
import type { ResolvedCluster, SettledCluster } from "../../model/cluster";
import { grant, type PolicyDocument } from "../../model/policyDocument";
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
  return grant(cluster, {
    ...ebsDriverActions,
    kmsDataPlane: kmsActions.dataPlane,
    unconditional: [...ebsDriverActions.unconditional, ...kmsActions.unconditional],
  });
}

function objects(cluster: SettledCluster, facts: AddonFacts): readonly KubernetesObject[] {
  return [
    podDisruptionBudget(namespaced(controller), {
      maxUnavailable: 1,
      selector: { matchLabels: selectorLabels(controller) },
    }),
    ...accounts(),
    ...permissions(),
    ...metricsServices(),
    nodeDaemonSet(cluster),
    controllerDeployment(cluster, facts),
    driver(cluster),
  ];
}

function driver(cluster: SettledCluster): KubernetesObject {
  // From Kubernetes 1.35 on (kops v1.36.2 aws-ebs-csi-driver.addons.k8s.io/k8s-1.17.yaml.template:1150).
  const update = minorVersion(cluster.kubernetesVersion) === "1.34" ? {} : { nodeAllocatableUpdatePeriodSeconds: 10 };
  const spec = { attachRequired: true, ...update, podInfoOnMount: false };
  return object("storage.k8s.io/v1", "CSIDriver", clusterScoped(ebsCsi.driver), { spec });
}
