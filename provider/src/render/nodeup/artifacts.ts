/** What nodes of each group are configured by. */
import type { ResolvedCluster } from "../../model/cluster";
import { artifact, elementAt, type AnyArtifact } from "../artifact";
import { nodeupScript } from "../bootstrap";
import { controlPlaneConfig, controlPlaneConfigNeeds, nodeConfig, nodeConfigNeeds } from "./config";

export function controlPlaneArtifacts(cluster: ResolvedCluster): readonly AnyArtifact[] {
  return cluster.controlPlaneGroups.map(({ name }, index) =>
    artifact({
      store: "state",
      path: `igconfig/control-plane/${name}/nodeupconfig.yaml`,
      needs: controlPlaneConfigNeeds,
      render: (known, facts) => controlPlaneConfig(known, elementAt(known.controlPlaneGroups, index), facts),
    }),
  );
}

export function workerArtifacts(cluster: ResolvedCluster): readonly AnyArtifact[] {
  return cluster.nodeGroups.flatMap(({ name }, index) => [
    artifact({
      store: "state",
      path: `igconfig/node/${name}/nodeupconfig.yaml`,
      needs: nodeConfigNeeds,
      render: (known, facts) => nodeConfig(known, elementAt(known.nodeGroups, index), facts),
    }),
    artifact({ store: "state", path: `igconfig/node/${name}/nodeupscript.sh`, ...nodeupScript(name) }),
  ]);
}
