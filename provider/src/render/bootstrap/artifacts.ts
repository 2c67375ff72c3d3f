/** Bootstrap scripts and user data of the groups. */
import { sha256 } from "../../encode/hash";
import { multipartUserData } from "../../encode/mime";
import { yaml, type YamlObject } from "../../encode/yaml";
import { architectures, type Architecture } from "../../model/nodeFiles";
import { kopsBinary } from "../../model/kopsFiles";
import { named } from "../../model/named";
import type { UnwrappedCluster, UnwrappedControlPlaneGroup, UnwrappedNodeGroup } from "../../model/cluster";
import { artifact, text, type Artifact, type Text } from "../artifact";
import { egressProxy, proxyVariables } from "../../model/egressProxy";
import { storeEnvironment } from "../../model/storeEnvironment";
import type { RuntimeFacts } from "../../model/runtime";
import { kopsFileHash } from "../nodeup/assets";
import { controlPlaneBootConfig, nodeBootConfig } from "../nodeup/boot";
import { controlPlaneConfigFile, nodeConfigFile } from "../nodeup/artifacts";
import { etcdOverrides } from "../spec/overrides";
import { checkUserDataSize } from "../../model/userDataLimit";
import { bootstrapScript, type BootstrapScript, type NodeupDownload } from "./script";

/**
 * Settings of the user's that a running node keeps until it is replaced, although its configuration does not name them: kOps
 * leaves that to its user. A hash, so that a change of them is one of what nodes are started from; empty where there are none.
 */
function keptSettings(key: string, settings: (cluster: UnwrappedCluster) => YamlObject): Text {
  return text({
    key,
    needs: [],
    render: (cluster) => {
      const given = Object.entries(settings(cluster)).filter(
        ([, value]) => Object.keys(value as YamlObject).length > 0,
      );
      return given.length === 0 ? "" : sha256(yaml(Object.fromEntries(given)), "hex");
    },
  });
}

const agentSettings = ({ cni, amazonVpc, cilium }: UnwrappedCluster): YamlObject => ({
  amazonVPC: cni === "amazonvpc" ? amazonVpc : {},
  cilium: cni === "cilium" ? cilium : {},
});

const nodeSettings = keptSettings("kept-settings-node", agentSettings);

const controlPlaneSettings = keptSettings("kept-settings-control-plane", (cluster) => {
  const etcd = cluster.etcdClusters.map(({ name }) => {
    const { name: _name, ...settings } = etcdOverrides(cluster, name);
    return [`etcd ${name}`, settings] as const;
  });
  return { ...agentSettings(cluster), ...Object.fromEntries(etcd) };
});

/** User data of a control-plane group's launch template, not yet in base64. */
export function controlPlaneUserData(groupName: string): Text {
  return text({
    key: `user-data-${groupName}`,
    needs: ["stateStore", "storeAccess", "kopsFileHashes"],
    reads: [controlPlaneConfigFile(groupName), controlPlaneSettings],
    render: (cluster, facts, config, settings) => {
      const group = named(cluster.controlPlaneGroups, groupName);
      const script = bootstrapScript({
        nodeup: nodeupDownloads(cluster, facts.kopsFileHashes),
        environment: storeEnvironment(cluster, facts),
        proxy: proxyOf(cluster),
        bootConfig: controlPlaneBootConfig(cluster, group, config, facts),
        keptSettings: settings,
      });
      return userData(group, script);
    },
  });
}

/** The bootstrap script of a group of workers. */
export function nodeupScriptFile(groupName: string): Artifact {
  return artifact({
    store: "state",
    holds: "group",
    path: `igconfig/node/${groupName}/nodeupscript.sh`,
    needs: ["keysets", "apiLoadBalancer", "kopsFileHashes"],
    reads: [nodeConfigFile(groupName), nodeSettings],
    render: (cluster, facts, config, settings) =>
      bootstrapScript({
        nodeup: nodeupDownloads(cluster, facts.kopsFileHashes),
        // Workers never read the stores.
        environment: storeEnvironment(cluster, { storeAccess: undefined }),
        proxy: proxyOf(cluster),
        bootConfig: nodeBootConfig(cluster, named(cluster.nodeGroups, groupName), config, facts),
        keptSettings: settings,
      }),
  });
}

function proxyOf(cluster: UnwrappedCluster): BootstrapScript["proxy"] {
  const proxy = egressProxy(cluster);
  return proxy === undefined ? undefined : { url: proxy.url, variables: proxyVariables(proxy) };
}

/** User data of a group's EC2NodeClass: the script, with the user's own parts where there are any. */
export function nodeUserData(groupName: string): Text {
  return text({
    key: `user-data-${groupName}`,
    needs: [],
    reads: [nodeupScriptFile(groupName)],
    render: (cluster, _facts, script) => userData(named(cluster.nodeGroups, groupName), script),
  });
}

function nodeupDownloads(
  cluster: UnwrappedCluster,
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

/** kops pkg/model/resources/nodeup.go:305 */
function userData(group: UnwrappedControlPlaneGroup | UnwrappedNodeGroup, script: string): string {
  const { additionalUserData } = group;
  const whole =
    additionalUserData.length === 0
      ? script
      : multipartUserData([{ name: "nodeup.sh", type: "text/x-shellscript", content: script }, ...additionalUserData]);
  checkUserDataSize(group.name, whole);
  return whole;
}
