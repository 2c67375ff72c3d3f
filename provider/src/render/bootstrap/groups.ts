/** Bootstrap scripts and user data of the groups. */
import { multipartUserData } from "../../encode/mime";
import { architectures, type Architecture } from "../../model/nodeFiles";
import { kopsBinary } from "../../model/kopsFiles";
import type { SettledCluster, SettledControlPlaneGroup, SettledNodeGroup } from "../../model/cluster";
import { renderedText, type RenderedText } from "../artifact";
import { storeEnvironment } from "../../model/storeEnvironment";
import type { RuntimeFacts } from "../../model/runtime";
import { kopsFileHash } from "../nodeup/assets";
import { controlPlaneBootConfig, nodeBootConfig } from "../nodeup/boot";
import {
  controlPlaneConfig,
  controlPlaneConfigNeeds,
  nodeConfig,
  nodeConfigNeeds,
  type ControlPlaneConfigFacts,
} from "../nodeup/config";
import { checkUserDataSize } from "../../model/userDataLimit";
import { bootstrapScript, type NodeupDownload } from "./script";

type ControlPlaneFacts = ControlPlaneConfigFacts & Pick<RuntimeFacts, "storeAccess">;
type NodeFacts = Pick<RuntimeFacts, "certificates" | "apiLoadBalancer" | "kopsFileHashes">;

/** User data of a control-plane group's launch template, not yet in base64. */
export function controlPlaneUserData(groupName: string): RenderedText {
  return renderedText({
    needs: [...controlPlaneConfigNeeds, "storeAccess"],
    render: (cluster, facts) => {
      const group = cluster.controlPlaneGroups.find(({ name }) => name === groupName);
      if (group === undefined) throw new Error(`bug: there is no control-plane group ${groupName}`);
      return userData(group, controlPlaneScript(cluster, group, facts));
    },
  });
}

const nodeScriptNeeds = [...nodeConfigNeeds, "apiLoadBalancer", "kopsFileHashes"] as const;

/** The bootstrap script of a group of workers. */
export function nodeupScript(groupName: string): RenderedText {
  return renderedText({
    needs: nodeScriptNeeds,
    render: (cluster, facts) => nodeScript(cluster, nodeGroup(cluster, groupName), facts),
  });
}

/** User data of a group's EC2NodeClass: the script, with the user's own parts where there are any. */
export function nodeUserData(groupName: string): RenderedText {
  return renderedText({
    needs: nodeScriptNeeds,
    render: (cluster, facts) => {
      const group = nodeGroup(cluster, groupName);
      return userData(group, nodeScript(cluster, group, facts));
    },
  });
}

function nodeGroup(cluster: SettledCluster, name: string): SettledNodeGroup {
  const group = cluster.nodeGroups.find((each) => each.name === name);
  if (group === undefined) throw new Error(`bug: there is no node group ${name}`);
  return group;
}

function controlPlaneScript(
  cluster: SettledCluster,
  group: SettledControlPlaneGroup,
  facts: ControlPlaneFacts,
): string {
  return bootstrapScript({
    nodeup: nodeupDownloads(cluster, facts.kopsFileHashes),
    environment: storeEnvironment(cluster, facts),
    bootConfig: controlPlaneBootConfig(cluster, group, controlPlaneConfig(cluster, group, facts), facts),
  });
}

function nodeScript(cluster: SettledCluster, group: SettledNodeGroup, facts: NodeFacts): string {
  return bootstrapScript({
    nodeup: nodeupDownloads(cluster, facts.kopsFileHashes),
    // Workers never read the stores.
    environment: storeEnvironment(cluster, { storeAccess: undefined }),
    bootConfig: nodeBootConfig(cluster, group, nodeConfig(cluster, group, facts), facts),
  });
}

function nodeupDownloads(
  cluster: SettledCluster,
  hashes: RuntimeFacts["kopsFileHashes"],
): Readonly<Record<Architecture, NodeupDownload>> {
  const download = (architecture: Architecture): NodeupDownload => {
    const file = kopsBinary(cluster, "nodeup", architecture);
    return { urls: file.urls, hash: kopsFileHash(file, hashes) };
  };
  return Object.fromEntries(architectures.map((each) => [each, download(each)])) as Record<
    Architecture,
    NodeupDownload
  >;
}

/** kops v1.36.2 pkg/model/resources/nodeup.go:305 */
function userData(group: SettledControlPlaneGroup | SettledNodeGroup, script: string): string {
  const { additionalUserData } = group;
  const text =
    additionalUserData.length === 0
      ? script
      : multipartUserData([{ name: "nodeup.sh", type: "text/x-shellscript", content: script }, ...additionalUserData]);
  checkUserDataSize(group.name, text);
  return text;
}
