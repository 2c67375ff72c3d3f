/** Inputs as they arrive to inputs that everything else can rely on, or all that is wrong with them. */
import { defaultKopsVersion } from "../releases/1.36/releases";
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
  const zones = checkZones(inputs.zones, problems);
  checkClusterName(inputs.clusterName, zones, problems);
  checkVersions(inputs, problems);
  checkStores(inputs, problems);
  checkNetwork(inputs, zones, problems);
  checkTopology(inputs, problems);
  checkExistingNetwork(inputs.network, problems);
  checkDns(inputs, problems);
  checkApi(inputs.api, problems);
  checkControlPlane(inputs.controlPlane, zones, problems);
  checkNodeGroups(inputs, zones, problems);
  checkKarpenter(inputs, problems);
  checkServiceAccountRoles(inputs.serviceAccountRoles, problems);
  checkSsh(inputs, problems);
  checkTags(inputs.tags, "tags", problems);
  checkAssets(inputs.assets, inputs.kopsVersion ?? defaultKopsVersion, problems);
  checkTimes(inputs, problems);
}
