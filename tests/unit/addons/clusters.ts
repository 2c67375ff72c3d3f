/** Clusters and facts that addons are rendered for in these tests. */
import { addonArtifacts } from "../../../provider/src/render/addons";
import type { Artifact } from "../../../provider/src/render/artifact";
import type { RuntimeFacts } from "../../../provider/src/model/runtime";
import { renderText } from "../../support/renderText";
import type { ResolvedCluster, UnwrappedCluster } from "../../../provider/src/model/cluster";
import { resolveCluster } from "../../../provider/src/resolve/cluster";
import type { ClusterInputs } from "../../../provider/src/schema/types.gen";

export const access = {
  endpoint: "http://127.0.0.1:18377",
  region: "us-east-1",
  accessKeyId: "test",
  secretAccessKey: "test",
};

const inputs: ClusterInputs = {
  clusterName: "c.example.com",
  zones: ["us-east-1a"],
  kubernetesVersion: "1.35.5",
  stateStoreAccess: access,
  assets: { kopsBaseUrl: "http://127.0.0.1:18081/kops/1.36.2" },
};

export function cluster(changes: Partial<ClusterInputs> = {}): ResolvedCluster {
  return resolveCluster({ ...inputs, ...changes });
}

export const facts: Partial<RuntimeFacts> = {
  accountId: "123456789012",
  stateStore: { bucket: "kops-state", prefix: "" },
  storeAccess: access,
};

/** Text of each addon file by its path below `addons/`, rendered with no more than the facts it asks for. */
export function render(
  resolved: ResolvedCluster,
  known: Partial<RuntimeFacts> = facts,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    addonArtifacts(resolved).map((artifact) => [
      fileOf(artifact),
      renderText(artifact, resolved as UnwrappedCluster, known),
    ]),
  );
}

export function fileOf({ path }: Artifact): string {
  if (typeof path !== "string") throw new Error("an addon's path is fixed");
  return path.replace("addons/", "");
}
