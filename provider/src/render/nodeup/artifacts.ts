/** The nodeup configuration of each group. */
import { named } from "../../model/named";
import { artifact, type Artifact } from "../artifact";
import { controlPlaneConfig, nodeConfig } from "./config";

export function controlPlaneConfigFile(group: string): Artifact {
  return artifact({
    store: "state",
    holds: "group",
    path: `igconfig/control-plane/${group}/nodeupconfig.yaml`,
    needs: [
      ...(["stateStore", "discoveryStore", "apiLoadBalancer", "keysets", "kopsFileHashes", "nodeFileHashes"] as const),
      "encryptionConfigHash",
    ],
    render: (cluster, facts) => controlPlaneConfig(cluster, named(cluster.controlPlaneGroups, group), facts),
  });
}

export function nodeConfigFile(group: string): Artifact {
  return artifact({
    store: "state",
    holds: "group",
    path: `igconfig/node/${group}/nodeupconfig.yaml`,
    needs: ["keysets", "nodeFileHashes"],
    render: (cluster, facts) => nodeConfig(cluster, named(cluster.nodeGroups, group), facts),
  });
}
