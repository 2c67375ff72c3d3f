// Renders every file of a cluster with as many node groups as the argument says, with the compiled code, and prints
// the time and the peak of memory. A process of its own for each size: memory is a process's.
import { generateKeyPairSync } from "node:crypto";
import { performance } from "node:perf_hooks";
import { kopsFiles } from "../dist/model/kopsFiles.js";
import { planRows } from "./planRows.mjs";
import { artifacts } from "../dist/render/artifacts.js";
import { controlPlaneUserData, nodeUserData } from "../dist/render/bootstrap/artifacts.js";
import { keysetNames, secretNames } from "../dist/model/runtime.js";
import { nodeClassManifest } from "../dist/addons/karpenter/nodeClass.js";
import { nodePoolManifest } from "../dist/addons/karpenter/nodePool.js";
import { resolveCluster } from "../dist/resolve/cluster.js";

const groups = Number(process.argv[2]);

const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
const every = (names, value) => Object.fromEntries(names.map((name) => [name, value]));

function factsOf(cluster) {
  const certificate = `-----BEGIN CERTIFICATE-----\n${Buffer.alloc(800).toString("base64")}\n-----END CERTIFICATE-----\n`;
  return {
    accountId: "123456789012",
    stateStore: { bucket: "state", prefix: "" },
    discoveryStore: { bucket: "discovery", prefix: "" },
    storeAccess: undefined,
    apiLoadBalancer: { dnsName: "api.elb.us-east-1.amazonaws.com", addresses: ["172.20.0.1"] },
    certificates: every(keysetNames, { serial: "7711749171640454969201987980", certificate, publicKey: pem }),
    privateKeys: every(keysetNames, "key\n"),
    secrets: every(secretNames, "x".repeat(32)),
    creationTimestamp: "2026-01-02T03:04:05Z",
    kopsFileHashes: every(
      kopsFiles(cluster).map(({ path }) => path),
      "0".repeat(64),
    ),
  };
}

function renderAll(inputs) {
  const cluster = resolveCluster(inputs);
  planRows(cluster);
  const facts = factsOf(cluster);
  let bytes = 0;
  const rendered = new Map();
  const render = (text) => {
    const found = rendered.get(text.key) ?? text.render(cluster, facts, ...(text.reads ?? []).map(render));
    rendered.set(text.key, found);
    return found;
  };
  for (const artifact of artifacts(cluster)) bytes += render(artifact).length;
  for (const { name } of cluster.controlPlaneGroups) bytes += render(controlPlaneUserData(name)).length;
  for (const { name } of cluster.nodeGroups) bytes += render(nodeUserData(name)).length;
  for (const group of cluster.nodeGroups) {
    nodeClassManifest(cluster, group, { userData: "", rootDeviceName: "/dev/sda1" });
    for (const pool of group.nodePools) nodePoolManifest(group, pool);
  }
  return bytes;
}

const names = Array.from({ length: groups }, (_, index) => `group-${String(index).padStart(4, "0")}`);
const inputs = {
  clusterName: "c.example.com",
  zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
  nodeGroups: every(names, { instanceTypes: ["m6i.large", "m7g.large"], labels: { team: "a" } }),
};
const began = performance.now();
const bytes = renderAll(inputs);
const milliseconds = performance.now() - began;
console.log(JSON.stringify({ milliseconds, bytes, kibibytes: process.resourceUsage().maxRSS }));
