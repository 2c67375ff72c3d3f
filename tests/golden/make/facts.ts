/** RuntimeFacts as kOps's own run settled them. */
import { createHash, X509Certificate } from "node:crypto";
import { DescribeNetworkInterfacesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { parse } from "yaml";
import { urlSafeHash } from "../../../provider/src/encode/hash";
import { inOrderOfIds } from "../../../provider/src/model/keysets";
import {
  type Keyset,
  type KeysetKey,
  type KeysetName,
  keysetNames,
  type RuntimeFacts,
  type SecretName,
  secretNames,
} from "../../../provider/src/model/runtime";
import { minorVersion } from "../../../provider/src/model/versions";
import { releaseOf } from "../../../provider/src/resolve/release";
import { kubernetesFile, standIns } from "../../../localcloud/services/files";
import type { Case } from "./cases";
import { DISCOVERY_BUCKET, clientSettings, hasSimulatedStores, STATE_BUCKET, STORE_ACCESS } from "./kops";
import { ACCOUNT_ID, KOPS_VERSION, type World } from "./world";

interface StoredKeyset {
  readonly spec: {
    readonly primaryId: string;
    readonly keys: readonly {
      readonly id: string;
      readonly distrustTimestamp?: string;
      readonly publicMaterial: string;
      readonly privateMaterial: string;
    }[];
  };
}

/** The keys that kOps made, and when it distrusted them: the component gets both elsewhere. */
export function settleKeysets(read: (file: string) => string): Pick<RuntimeFacts, "keysets" | "privateKeys"> {
  const stored = keysetNames.map((name) => {
    const { spec } = parse(read(`pki/private/${name}/keyset.yaml`)) as StoredKeyset;
    return { name, ...spec };
  });
  const keysets = stored.map(({ name, primaryId, keys }): [KeysetName, Keyset] => [
    name,
    { primaryId, keys: inOrderOfIds(keys.map(keysetKey)) },
  ]);
  const privateKeys = stored.map(({ name, keys }) => [
    name,
    Object.fromEntries(keys.map(({ id, privateMaterial }) => [id, decoded(privateMaterial)])),
  ]);
  return {
    keysets: Object.fromEntries(keysets) as RuntimeFacts["keysets"],
    privateKeys: Object.fromEntries(privateKeys) as RuntimeFacts["privateKeys"],
  };
}

function keysetKey({ id, distrustTimestamp, publicMaterial }: StoredKeyset["spec"]["keys"][number]): KeysetKey {
  const certificate = decoded(publicMaterial);
  const publicKey = new X509Certificate(certificate).publicKey.export({ type: "spki", format: "pem" }).toString();
  return { id, certificate, publicKey, ...(distrustTimestamp === undefined ? {} : { distrustTimestamp }) };
}

export async function settleFacts(each: Case, world: World, state: ReadonlyMap<string, Buffer>): Promise<RuntimeFacts> {
  const secrets = Object.fromEntries(
    secretNames.map((name): [SecretName, string] => {
      const { Data } = JSON.parse(text(state, `secrets/${name}`)) as { Data: string };
      return [name, decoded(Data)];
    }),
  );
  return {
    accountId: ACCOUNT_ID,
    stateStore: { bucket: STATE_BUCKET, prefix: each.statePrefix ?? "" },
    discoveryStore: { bucket: DISCOVERY_BUCKET, prefix: "" },
    storeAccess: hasSimulatedStores(each) ? STORE_ACCESS : undefined,
    apiLoadBalancer: await loadBalancer(world),
    commonNatGatewayId: undefined,
    ...settleKeysets((file) => text(state, file)),
    secrets: secrets as RuntimeFacts["secrets"],
    ...encryption(each),
    creationTimestamp: creationTimestamp(state),
    kopsFileHashes: kopsFileHashes(each),
    nodeFileHashes: nodeFileHashes(each),
  };
}

function encryption({ encryptionConfig }: Case): Pick<RuntimeFacts, "encryptionConfig" | "encryptionConfigHash"> {
  if (encryptionConfig === undefined) return {};
  return { encryptionConfig, encryptionConfigHash: urlSafeHash(encryptionConfig) };
}

/** kOps has those of a version before it itself. */
function nodeFileHashes({ inputs: { kubernetesVersion, kopsVersion } }: Case): Record<string, string> {
  const { versions, defaultVersion } = releaseOf(kopsVersion).kubernetes;
  const version = kubernetesVersion ?? defaultVersion;
  if (versions[minorVersion(version)]?.includes(version) === true) return {};
  const urls = ["amd64", "arm64"].flatMap((architecture) =>
    ["kubelet", "kubectl"].map((name) => `https://dl.k8s.io/release/v${version}/bin/linux/${architecture}/${name}`),
  );
  return Object.fromEntries(urls.map((url) => [url, sha256(kubernetesFile(url) ?? Buffer.alloc(0))]));
}

function kopsFileHashes(each: Case): Record<string, string> {
  const base = hasSimulatedStores(each) ? `/kops/${KOPS_VERSION}` : `/binaries/kops/${KOPS_VERSION}`;
  return Object.fromEntries(
    [...standIns(base)]
      .map(([file, bytes]): [string, string] => [file.slice(base.length + 1), sha256(bytes)])
      // Only the files of a given base URL include images: kOps's own images come from their registry.
      .filter(([file]) => hasSimulatedStores(each) || !file.startsWith("images/"))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function loadBalancer(world: World): Promise<RuntimeFacts["apiLoadBalancer"]> {
  const settings = clientSettings(world);
  const balancers = await new ElasticLoadBalancingV2Client(settings).send(new DescribeLoadBalancersCommand({}));
  const balancer = (balancers.LoadBalancers ?? []).find(({ LoadBalancerName }) => LoadBalancerName?.startsWith("api-"));
  if (balancer?.DNSName === undefined || balancer.LoadBalancerArn === undefined) throw new Error("no load balancer");
  const description = `ELB ${balancer.LoadBalancerArn.split(":loadbalancer/")[1] ?? ""}`;
  const found = await new EC2Client(settings).send(new DescribeNetworkInterfacesCommand({}));
  const addresses = (found.NetworkInterfaces ?? [])
    .filter((each) => each.Description === description)
    .map((each) => each.PrivateIpAddress ?? "")
    .sort();
  if (addresses.length === 0) throw new Error("the load balancer has no network interfaces");
  return { dnsName: balancer.DNSName, addresses };
}

/** kOps takes the time for each registry file anew; the component has one. A run where a second passed in between is no good. */
function creationTimestamp(state: ReadonlyMap<string, Buffer>): string {
  const times = [...state]
    .filter(([file]) => file === "config" || file.startsWith("instancegroup/"))
    .map(([, bytes]) => (parse(bytes.toString()) as { metadata: { creationTimestamp: string } }).metadata)
    .map((metadata) => metadata.creationTimestamp);
  const [time] = times;
  if (time === undefined || times.some((each) => each !== time)) throw new UnevenTimes(times.join(", "));
  return time;
}

export class UnevenTimes extends Error {}

function text(state: ReadonlyMap<string, Buffer>, file: string): string {
  const bytes = state.get(file);
  if (bytes === undefined) throw new Error(`kOps made no ${file}`);
  return bytes.toString();
}

function decoded(base64: string): string {
  return Buffer.from(base64, "base64").toString();
}
