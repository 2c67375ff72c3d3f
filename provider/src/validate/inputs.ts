/** Inputs as they arrive to inputs that everything else can rely on, or all that is wrong with them. */
import type { ClusterInputs } from "../schema/types.gen";
import { checkApi, checkDns, checkSsh, checkTimes } from "./rules/access";
import { checkExistingNetwork } from "./rules/existingNetwork";
import { checkControlPlane, checkNodeGroups } from "./rules/groups";
import { checkKarpenter } from "./rules/karpenter";
import { checkNetwork } from "./rules/network";
import { Problems, type Problem } from "./report/problem";
import { checkClusterName, checkVersions, checkZones } from "./rules/releases";
import { checkServiceAccountRoles } from "./rules/serviceAccounts";
import { checkAssets, checkStores } from "./rules/stores";
import { releaseOf } from "../resolve/release";
import { checkStructure } from "./structure/structure";
import { checkTags } from "./rules/tags";
import { checkTopology } from "./rules/topology";

export type { Problem } from "./report/problem";

export type ReadResult =
  | { readonly ok: ClusterInputs; readonly problems?: undefined }
  | { readonly ok?: undefined; readonly problems: readonly Problem[] };

/** Every problem at once: those of structure in the order of the schema, then those of meaning in the order below. */
export function readInputs(raw: unknown): ReadResult {
  const problems = new Problems();
  const inputs = checkStructure(raw, problems) as Partial<ClusterInputs>;
  checkMeaning(inputs, problems);
  return problems.all.length === 0 ? { ok: inputs as ClusterInputs } : { problems: problems.all };
}

function checkMeaning(inputs: Partial<ClusterInputs>, problems: Problems): void {
  const release = releaseOf(inputs.kopsVersion);
  const zones = checkZones(inputs.zones, problems);
  checkClusterName(inputs.clusterName, zones, problems);
  checkVersions(inputs, problems);
  checkStores(inputs, problems);
  checkNetwork(inputs, zones, release, problems);
  checkTopology(inputs, release, problems);
  checkExistingNetwork(inputs.network, problems);
  checkDns(inputs, problems);
  checkApi(inputs.api, problems);
  checkControlPlane(inputs.controlPlane, zones, release, problems);
  checkNodeGroups(inputs, zones, release, problems);
  checkKarpenter(inputs, problems);
  checkServiceAccountRoles(inputs.serviceAccountRoles, problems);
  checkSsh(inputs, problems);
  checkTags(inputs.tags, "tags", problems);
  checkAssets(inputs.assets, inputs.kopsVersion ?? release.version, problems);
  checkTimes(inputs, problems);
}
