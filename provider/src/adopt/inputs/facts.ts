/** What rendering needs beside the inputs, as kOps's own run left it in the store. */
import { X509Certificate } from "node:crypto";
import { parse, parseAllDocuments } from "yaml";
import { urlSafeHash } from "../../encode/hash";
import type { ResolvedCluster } from "../../model/cluster";
import { keysetPath } from "../../model/keyFiles";
import { inOrderOfIds } from "../../model/keysets";
import { kopsFiles } from "../../model/kopsFiles";
import { filesWithoutHash, type HashedFile } from "../../model/nodeFiles";
import { keysetNames, secretNames, type KeysetKey, type KeysetName, type RuntimeFacts } from "../../model/runtime";
import { AdoptionFailure } from "../failure";
import { fieldsOf, listOf, textOf } from "../fields";
import type { StoredCluster } from "../store/storedCluster";
import { controlPlaneConfigs, environment } from "./storedFiles";

/** A key of a keyset, with its private part where the store has it. */
export interface StoredKey extends KeysetKey {
  readonly privateKey: string | undefined;
}

export interface StoredKeyset {
  readonly primaryId: string;
  /** The oldest first. */
  readonly keys: readonly StoredKey[];
}

export function storedKeyset({ state }: Pick<StoredCluster, "state">, name: KeysetName): StoredKeyset {
  const path = keysetPath(name);
  const text = state.get(path);
  if (text === undefined) throw new AdoptionFailure(`the state store has no file ${path}; kOps writes one`);
  const spec = fieldsOf(fieldsOf(parse(text))["spec"]);
  const keys = listOf(spec["keys"]).map((each) => storedKey(path, fieldsOf(each)));
  const primaryId = String(spec["primaryId"]);
  if (!keys.some(({ id }) => id === primaryId)) {
    throw new AdoptionFailure(`the keyset ${path} has no key ${primaryId}, which is its primary`);
  }
  return { primaryId, keys: inOrderOfIds(keys) as readonly StoredKey[] };
}

function storedKey(path: string, item: Record<string, unknown>): StoredKey {
  const publicMaterial = textOf(item["publicMaterial"]);
  const id = String(item["id"]);
  if (publicMaterial === undefined) throw new AdoptionFailure(`the key ${id} of ${path} has no certificate`);
  const certificate = decoded(publicMaterial);
  const privateMaterial = textOf(item["privateMaterial"]);
  const distrustTimestamp = textOf(item["distrustTimestamp"]);
  return {
    id,
    certificate,
    publicKey: new X509Certificate(certificate).publicKey.export({ type: "spki", format: "pem" }).toString(),
    privateKey: privateMaterial === undefined ? undefined : decoded(privateMaterial),
    ...(distrustTimestamp === undefined ? {} : { distrustTimestamp }),
  };
}

/** kOps upup/pkg/fi/vfs_secretstore.go:146: JSON with the bytes in base64. */
export function storedSecret({ state }: Pick<StoredCluster, "state">, name: string): string | undefined {
  const text = state.get(`secrets/${name}`);
  if (text === undefined) return undefined;
  const data = textOf(fieldsOf(parse(text))["Data"]);
  return data === undefined ? undefined : decoded(data);
}

export function storedFacts(stored: StoredCluster, cluster: ResolvedCluster): RuntimeFacts {
  const keysets = keysetNames.map((name) => [name, storedKeyset(stored, name)] as const);
  const byName = <Part>(part: (keyset: StoredKeyset) => Part): Readonly<Record<KeysetName, Part>> =>
    Object.fromEntries(keysets.map(([name, keyset]) => [name, part(keyset)])) as Record<KeysetName, Part>;
  const encryptionConfig = storedSecret(stored, "encryptionconfig");
  return {
    accountId: accountOf(stored) ?? "",
    stateStore: stored.stateStore,
    discoveryStore: stored.discoveryStore,
    storeAccess: storeAccess(stored),
    apiLoadBalancer: apiLoadBalancer(stored),
    commonNatGatewayId: undefined,
    keysets: byName(({ primaryId, keys }) => ({
      primaryId,
      keys: keys.map(({ privateKey: _secret, ...key }) => key),
    })),
    privateKeys: byName(({ keys }) =>
      Object.fromEntries(keys.flatMap(({ id, privateKey }) => (privateKey === undefined ? [] : [[id, privateKey]]))),
    ),
    secrets: Object.fromEntries(
      secretNames.map((name) => [name, storedSecret(stored, name) ?? ""]),
    ) as RuntimeFacts["secrets"],
    ...(encryptionConfig === undefined
      ? {}
      : { encryptionConfig, encryptionConfigHash: urlSafeHash(encryptionConfig) }),
    creationTimestamp: startOf(storedKeyset(stored, "kubernetes-ca")),
    addonDefinitions: addonDefinitions(stored, cluster),
    kopsFileHashes: hashes(stored, kopsFiles(cluster)),
    nodeFileHashes: hashes(stored, filesWithoutHash(cluster)),
  };
}

/** As the component dates a cluster: by its first authority. */
function startOf({ keys: [first] }: StoredKeyset): string {
  const start = new Date(first === undefined ? 0 : new X509Certificate(first.certificate).validFrom);
  return start.toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** Roles of service accounts are in the manifests of addons by their ARNs. */
export function accountOf({ state }: Pick<StoredCluster, "state">): string | undefined {
  for (const [path, text] of state) {
    if (!path.startsWith("addons/")) continue;
    const found = /\barn:aws[a-z-]*:iam::(\d{12}):role\//.exec(text)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** etcd-manager has it in its environment: kops pkg/wellknownenv. */
export function storeAccess(stored: Pick<StoredCluster, "state">): RuntimeFacts["storeAccess"] {
  const value = environment(stored, "manifests/etcd/");
  const endpoint = value("S3_ENDPOINT");
  if (endpoint === undefined) return undefined;
  return {
    endpoint,
    region: value("S3_REGION") ?? "",
    accessKeyId: value("S3_ACCESS_KEY_ID") ?? "",
    secretAccessKey: value("S3_SECRET_ACCESS_KEY") ?? "",
  };
}

/** What the API server's certificate is for beside the cluster's own names: kops pkg/apis/nodeup/config.go:366. */
function apiLoadBalancer(stored: StoredCluster): RuntimeFacts["apiLoadBalancer"] {
  const [config] = controlPlaneConfigs(stored);
  const names = listOf(config?.["ApiserverAdditionalIPs"]).map(String);
  const isAddress = (name: string): boolean => /^[0-9.]+$|:/.test(name);
  const dnsName = names.find((name) => !isAddress(name) && /\.elb\.|\.amazonaws\./.test(name));
  return { dnsName: dnsName ?? "", addresses: names.filter(isAddress).sort() };
}

/** Those of the manifests that kOps wrote: nothing is downloaded to compare with a store. */
function addonDefinitions({ state }: StoredCluster, cluster: ResolvedCluster): RuntimeFacts["addonDefinitions"] {
  const names = Object.keys(cluster.release.addons.definitions);
  const manifests = [...state].flatMap(([path, text]): [string, string][] => {
    const name = names.find((each) => path.startsWith(`addons/${each}/`));
    if (name === undefined) return [];
    const objects = parseAllDocuments(text).map((document) => fieldsOf(document.toJS()));
    return [[name, JSON.stringify(objects.filter(({ kind }) => kind === "CustomResourceDefinition"))]];
  });
  return Object.fromEntries(manifests);
}

/** Of each file, that which nodes check it by. One that the store does not name has none, and differs. */
function hashes(stored: StoredCluster, files: readonly HashedFile[]): Readonly<Record<string, string>> {
  const byUrl = new Map<string, string>();
  for (const config of controlPlaneConfigs(stored)) {
    for (const asset of Object.values(fieldsOf(config["Assets"])).flatMap(listOf)) {
      const [hash = "", urls = ""] = String(asset).split("@");
      for (const url of urls.split(",")) byUrl.set(url, hash);
    }
    for (const image of Object.values(fieldsOf(config["images"])).flatMap(listOf).map(fieldsOf)) {
      for (const url of listOf(image["sources"])) byUrl.set(String(url), String(image["hash"]));
    }
  }
  return Object.fromEntries(files.map(({ path, urls }) => [path, byUrl.get(urls[0] ?? "") ?? ""]));
}

function decoded(base64: string): string {
  return Buffer.from(base64, "base64").toString();
}
