/** A small cluster with made-up facts, for tests that look at one thing. */
import { kopsFiles } from "../../../provider/src/model/kopsFiles";
import { filesWithoutHash } from "../../../provider/src/model/nodeFiles";
import { artifacts } from "../../../provider/src/render/artifacts";
import { keysetNames, secretNames, type RuntimeFacts } from "../../../provider/src/model/runtime";
import type { ResolvedCluster, UnwrappedCluster } from "../../../provider/src/model/cluster";
import { resolveCluster } from "../../../provider/src/resolve/cluster";
import { renderText } from "../../support/renderText";
import type { ClusterInputs } from "../../../provider/src/schema/types.gen";

export function sampleCluster(inputs: Partial<ClusterInputs> = {}): UnwrappedCluster {
  return resolveCluster({ clusterName: "c.example.com", zones: ["us-east-1a"], ...inputs }) as UnwrappedCluster;
}

const publicKey = [
  "-----BEGIN PUBLIC KEY-----",
  "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAMq9+GT2S03GmHf1cWoYLHgbvZJfLA5J",
  "xuvXbEi0SJ3ChWn65Wqd9GsCZEJ6XNGXm2LRsWsFH0QrKkIZmx0CAwEAAQ==",
  "-----END PUBLIC KEY-----",
  "",
].join("\n");

export function sampleFacts(cluster: UnwrappedCluster, changes: Partial<RuntimeFacts> = {}): RuntimeFacts {
  const id = "7711749171640454969201987980";
  const authority = (name: string) => {
    const certificate = `-----BEGIN CERTIFICATE-----\n${Buffer.from(name).toString("base64")}\n-----END CERTIFICATE-----\n`;
    return { primaryId: id, keys: [{ id, certificate, publicKey }] };
  };
  const byName = <Name extends string, Value>(names: readonly Name[], value: (name: string) => Value) =>
    Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>;
  return {
    accountId: "123456789012",
    stateStore: { bucket: "state", prefix: "" },
    discoveryStore: { bucket: "discovery", prefix: "" },
    storeAccess: undefined,
    apiLoadBalancer: { dnsName: "api-c.elb.us-east-1.amazonaws.com", addresses: [] },
    commonNatGatewayId: undefined,
    keysets: byName(keysetNames, authority),
    privateKeys: byName(keysetNames, (name) => ({ [id]: `key of ${name}\n` })),
    secrets: byName(secretNames, () => "x".repeat(32)),
    creationTimestamp: "2026-01-02T03:04:05Z",
    addonDefinitions: Object.fromEntries(Object.keys(cluster.release.addons.definitions).map((name) => [name, "[]"])),
    kopsFileHashes: Object.fromEntries(kopsFiles(cluster).map(({ path }) => [path, "0".repeat(64)])),
    nodeFileHashes: Object.fromEntries(filesWithoutHash(cluster).map(({ path }) => [path, "0".repeat(64)])),
    ...changes,
  };
}

/** Text of one file of the state store. */
export function sampleFile(
  path: string,
  inputs: Partial<ClusterInputs> = {},
  changes: Partial<RuntimeFacts> = {},
): string {
  const cluster = sampleCluster(inputs);
  const found = artifacts(cluster as ResolvedCluster).find((each) => each.path === path);
  if (found === undefined) throw new Error(`there is no file ${path}`);
  return renderText(found, cluster, sampleFacts(cluster, changes));
}
