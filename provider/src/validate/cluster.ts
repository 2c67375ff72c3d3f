/** The rules, in the order in which their problems are reported. */
import type { ResolvedCluster } from "../model/cluster";
import type { ClusterInputs } from "../schema/types.gen";
import { Checks } from "./kit/checks";
import type { Report } from "./report/report";
import { checkAcknowledged } from "./rules/acknowledgement";
import { checkAmazonVpc } from "./rules/amazonVpc";
import { checkApi, checkDns, checkExec, checkSsh, checkTimes } from "./rules/access";
import { checkCalico } from "./rules/calico";
import { checkCilium } from "./rules/cilium";
import { checkClusterName, checkVersions, checkZones } from "./rules/cluster";
import { checkControlPlane } from "./rules/controlPlane";
import { checkEncryption } from "./rules/encryption";
import { checkEgress } from "./rules/egress";
import { checkExistingNetwork } from "./rules/existingNetwork";
import { checkKarpenter } from "./rules/karpenter";
import { checkKarpenterSince } from "./rules/karpenterSince";
import { checkKopsMetadata } from "./rules/kopsMetadata";
import { checkNetwork } from "./rules/network";
import { checkNodeGroups } from "./rules/nodeGroups";
import { checkPki } from "./rules/pki";
import { checkPodNetwork } from "./rules/podNetwork";
import { checkServiceAccountRoles } from "./rules/serviceAccounts";
import { checkAssets, checkStores } from "./rules/stores";
import { checkSpecs } from "./rules/spec";
import { subnetTagProblems } from "./rules/subnetTags";
import { checkTags } from "./rules/tags";
import { checkTopology } from "./rules/topology";

/** `inputs` are those that the cluster was resolved from: the resolved cluster holds no secrets. */
export function validateCluster(cluster: ResolvedCluster, inputs: ClusterInputs, report: Report): void {
  const checks = new Checks(report);
  checkZones(cluster, checks);
  checkClusterName(cluster, checks);
  checkVersions(cluster, checks);
  checkStores(inputs, checks);
  checkNetwork(cluster, checks);
  checkTopology(cluster, checks);
  checkExistingNetwork(cluster.declared.network, checks);
  checkEgress(cluster, checks);
  checkDns(cluster, checks);
  checkApi(cluster.api, checks);
  checkControlPlane(cluster, checks);
  checkNodeGroups(cluster, checks);
  checkPodNetwork(cluster, checks);
  checkAmazonVpc(cluster, checks);
  checkCilium(cluster, checks);
  checkCalico(cluster, checks);
  for (const { path, reason } of subnetTagProblems(cluster)) {
    report.add(path, reason);
  }
  checkKarpenter(cluster, checks);
  checkKarpenterSince(cluster, checks);
  checkSpecs(cluster, checks);
  checkEncryption(inputs, checks);
  checkPki(cluster, inputs, checks);
  checkServiceAccountRoles(cluster, checks);
  checkSsh(cluster.ssh, checks);
  checkTags("tags", cluster.tags, checks);
  checkAssets(cluster, checks);
  checkKopsMetadata(cluster, checks);
  checkTimes(cluster, checks);
  checkExec(cluster, checks);
  checkAcknowledged(cluster, checks);
}
