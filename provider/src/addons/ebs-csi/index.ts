/** The EBS CSI driver. */
import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";
import { ec2Arn, ebsDriver } from "../../model/aws";
import {
  grant,
  resourceTagIs,
  taggingStatements,
  type PolicyDocument,
  type Statement,
} from "../../model/policyDocument";
import { versionAtLeast } from "../../model/versions";
import type { AddonFacts, ChannelAddon } from "../addon";
import { hasSnapshotController } from "../snapshot-controller/settings";
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
  const { ebsDriverActions, kmsActions, snapshotActions } = cluster.release.iam;
  const snapshots = hasSnapshotController(cluster) ? snapshotActions : undefined;
  return grant(cluster, {
    statements: snapshots === undefined ? [] : snapshotStatements(cluster),
    ec2Create: ebsDriverActions.ec2Create,
    kmsDataPlane: kmsActions.dataPlane,
    unconditional: [
      ...ebsDriverActions.unconditional,
      ...kmsActions.unconditional,
      ...(snapshots?.unconditional ?? []),
    ],
    clusterTagged: [...ebsDriverActions.clusterTagged, ...(snapshots?.clusterTagged ?? [])],
    clusterTaggedCreate: snapshots?.ec2Create.actions.map((action) => `ec2:${action}`) ?? [],
  });
}

/** Tags new snapshots, and makes volumes of the cluster's (kops pkg/model/iam/iam_builder.go:1161). */
function snapshotStatements(cluster: ResolvedCluster): readonly Statement[] {
  return [
    ...taggingStatements(cluster, cluster.release.iam.snapshotActions.ec2Create),
    {
      Effect: "Allow",
      Action: "ec2:CreateVolume",
      Resource: [ec2Arn(cluster.partition, "snapshot")],
      Condition: resourceTagIs(cluster),
    },
  ];
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
