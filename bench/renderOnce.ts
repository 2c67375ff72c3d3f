/**
 * Renders every file of a cluster with as many node groups as the argument says, and prints the time and the peak of
 * memory. A process of its own for each size: memory is a process's.
 */
import { performance } from "node:perf_hooks";
import { nodeClassManifest } from "../provider/src/addons/karpenter/nodeClass";
import { nodePoolManifest } from "../provider/src/addons/karpenter/nodePool";
import { karpenterGroups } from "../provider/src/model/cluster";
import { apiLoadBalancerRows } from "../provider/src/plan/apiLoadBalancer";
import { controlPlaneRows } from "../provider/src/plan/controlPlane";
import { volumeRows } from "../provider/src/plan/etcd";
import { firewallRows } from "../provider/src/plan/firewall";
import { iamRows } from "../provider/src/plan/iam";
import { interruptionRows } from "../provider/src/plan/interruption";
import { networkRows } from "../provider/src/plan/network";
import type { Text } from "../provider/src/render/artifact";
import { artifacts } from "../provider/src/render/artifacts";
import { controlPlaneUserData, nodeUserData } from "../provider/src/render/bootstrap/artifacts";
import type { ClusterInputs } from "../provider/src/schema/types.gen";
import { sampleCluster, sampleFacts } from "../tests/unit/render/sample";

const plans = [apiLoadBalancerRows, controlPlaneRows, volumeRows, firewallRows, iamRows, interruptionRows, networkRows];

function renderAll(inputs: Partial<ClusterInputs>): number {
  const cluster = sampleCluster(inputs);
  for (const plan of plans) plan(cluster);
  const facts = sampleFacts(cluster);
  const rendered = new Map<string, string>();
  const render = (text: Text): string => {
    const found = rendered.get(text.key) ?? text.render(cluster, facts, ...(text.reads ?? []).map(render));
    rendered.set(text.key, found);
    return found;
  };
  const texts = [
    ...artifacts(cluster),
    ...cluster.controlPlaneGroups.map(({ name }) => controlPlaneUserData(name)),
    ...cluster.nodeGroups.map(({ name }) => nodeUserData(name)),
  ];
  const bytes = texts.reduce((sum, text) => sum + render(text).length, 0);
  for (const group of karpenterGroups(cluster)) {
    nodeClassManifest(cluster, group, "");
    for (const pool of group.nodePools) nodePoolManifest(group, pool);
  }
  return bytes;
}

const names = Array.from({ length: Number(process.argv[2]) }, (_, index) => `group-${String(index).padStart(4, "0")}`);
const group = { instanceTypes: ["m6i.large", "m7g.large"], labels: { team: "a" } };
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
const began = performance.now();
const bytes = renderAll({ zones, nodeGroups: Object.fromEntries(names.map((name) => [name, group])) });
const milliseconds = performance.now() - began;
console.log(JSON.stringify({ milliseconds, bytes, kibibytes: process.resourceUsage().maxRSS }));
