/** What nodes of each group are configured by. */
import type { ResolvedCluster } from "../../spec/model";
import { artifact, type AnyArtifact } from "../artifact";
import { nodeupScript } from "../bootstrap";
import { controlPlaneConfig, controlPlaneConfigNeeds, nodeConfig, nodeConfigNeeds } from "./config";

export function nodeupArtifacts(cluster: ResolvedCluster): readonly AnyArtifact[] {
  return [
    ...cluster.controlPlaneGroups.map(({ name }, index) =>
      artifact({
        store: "state",
        path: `igconfig/control-plane/${name}/nodeupconfig.yaml`,
        needs: controlPlaneConfigNeeds,
        render: (known, facts) => controlPlaneConfig(known, groupAt(known.controlPlaneGroups, index), facts),
      }),
    ),
    ...cluster.nodeGroups.flatMap(({ name }, index) => [
      artifact({
        store: "state",
        path: `igconfig/node/${name}/nodeupconfig.yaml`,
        needs: nodeConfigNeeds,
        render: (known, facts) => nodeConfig(known, groupAt(known.nodeGroups, index), facts),
      }),
      artifact({ store: "state", path: `igconfig/node/${name}/nodeupscript.sh`, ...nodeupScript(name) }),
    ]),
  ];
}

function groupAt<Group>(groups: readonly Group[], index: number): Group {
  const group = groups[index];
  if (group === undefined) throw new Error(`bug: no group ${String(index)} in the settled cluster`);
  return group;
}
