/** Reads a cluster from the two stores, and stops at what cannot be adopted at all. */
import { clusterFile } from "../../model/keyFiles";
import { objectKey, parseStoreUrl, storeUrl } from "../../model/locations";
import type { StoreLocation } from "../../model/runtime";
import { versionAtLeast } from "../../model/versions";
import { kopsVersions, oldestKopsVersion } from "../../resolve/release";
import { AdoptionFailure } from "../failure";
import type { Fields } from "../../encode/fields";
import { fieldsOf, textOf } from "../fields";
import type { StoreClient } from "./client";
import { groupFolder, storedObject, type StoredCluster } from "./storedCluster";

/** etcd-manager's own, of which there may be thousands; kOps writes no more than what it is to make. */
const backup = /^backups\/etcd\/[^/]+\/(?!control\/etcd-cluster-spec$)/;
const requestsAtOnce = 16;

export async function readCluster(client: StoreClient, stateUrl: string, name: string): Promise<StoredCluster> {
  const stateStore = locationOf(stateUrl, "--state");
  const state = await answered(stateUrl, () => readFolder(client, stateStore, name));
  const text = state.get(clusterFile);
  if (text === undefined) throw await noCluster(client, stateStore, stateUrl, name);
  const cluster = storedObject(clusterFile, text);
  checkKind(name, cluster.spec, state, storeUrl(stateStore, name));
  const discoveryUrl = discoveryStoreOf(cluster.spec, name);
  const discoveryStore = locationOf(discoveryUrl, "serviceAccountIssuerDiscovery.discoveryStore");
  return {
    name,
    stateStore,
    discoveryStore,
    state,
    discovery: await answered(discoveryUrl, () => readFolder(client, discoveryStore, name)),
    cluster,
    groups: [...state]
      .filter(([path]) => path.startsWith(groupFolder))
      .map(([path, group]) => storedObject(path, group)),
  };
}

function locationOf(url: string, what: string): StoreLocation {
  const location = parseStoreUrl(url);
  if (location === undefined) {
    throw new AdoptionFailure(`${what} must be s3://<bucket> or s3://<bucket>/<prefix>, got ${JSON.stringify(url)}`);
  }
  return location;
}

async function readFolder(client: StoreClient, store: StoreLocation, name: string): Promise<Map<string, string>> {
  const folder = objectKey(store, name, "");
  const keys = await client.list(store.bucket, `${folder}/`);
  const paths = keys.map((key) => key.slice(folder.length + 1)).filter((path) => path !== "" && !backup.test(path));
  const files = new Map<string, string>();
  for (let start = 0; start < paths.length; start += requestsAtOnce) {
    const some = paths.slice(start, start + requestsAtOnce);
    const texts = await Promise.all(some.map((path) => client.read(store.bucket, `${folder}/${path}`)));
    some.forEach((path, index) => files.set(path, texts[index] ?? ""));
  }
  return files;
}

async function noCluster(client: StoreClient, store: StoreLocation, url: string, name: string): Promise<Error> {
  const prefix = store.prefix === "" ? "" : `${store.prefix}/`;
  const folders = await client.folders(store.bucket, prefix);
  const others = folders.map((folder) => folder.slice(prefix.length, -1)).filter((folder) => folder.includes("."));
  const known = others.length === 0 ? "it holds no cluster" : `it holds ${others.join(", ")}`;
  return new AdoptionFailure(`the state store ${url} has no cluster ${JSON.stringify(name)}; ${known}`);
}

/** What S3 answers, in the user's terms. */
async function answered<T>(url: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const { name, message } = error as Error;
    const status = (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (name === "NoSuchBucket") throw new AdoptionFailure(`the bucket of ${url} does not exist`);
    if (status === 403) {
      throw new AdoptionFailure(
        `no permission to list and read ${url}: it needs s3:ListBucket and s3:GetObject (${name})`,
      );
    }
    if (name === "CredentialsProviderError") {
      throw new AdoptionFailure(`no AWS credentials to read ${url}: ${message}`);
    }
    throw new AdoptionFailure(`${url} could not be read: ${message === "" ? name : message}`);
  }
}

function checkKind(name: string, spec: Fields, state: ReadonlyMap<string, string>, folder: string): void {
  if (spec["cloudProvider"] !== "aws") {
    throw new AdoptionFailure(`the cluster is of the cloud ${String(spec["cloudProvider"])}; the component is for aws`);
  }
  if (name.endsWith(".k8s.local")) {
    throw new AdoptionFailure("the cluster finds its nodes by gossip (.k8s.local), which the component does not have");
  }
  checkVersion(state.get("kops-version.txt")?.trim());
  const base = textOf(spec["configBase"]) ?? folder;
  if (base !== folder) {
    throw new AdoptionFailure(`the cluster's configBase is ${base}; the component writes to ${folder}`);
  }
}

/** The files of one release are compared with what kOps wrote; another's differ everywhere. */
function checkVersion(version: string | undefined): void {
  const supported = kopsVersions.join(", ");
  if (version === undefined) {
    throw new AdoptionFailure(
      "the state store does not say which kOps updated the cluster last (kops-version.txt): " +
        `run kops update cluster --yes with kOps ${supported} first`,
    );
  }
  if (kopsVersions.includes(version)) return;
  const old = !versionAtLeast(version, oldestKopsVersion);
  throw new AdoptionFailure(
    `kOps ${version} updated the cluster last; the component is compatible with kOps ${supported}: upgrade the cluster with ` +
      `that kOps first${old ? `. Before ${oldestKopsVersion}, Karpenter is the legacy integration, which has to be removed` : ""}`,
  );
}

function discoveryStoreOf(spec: Fields, name: string): string {
  const url = textOf(fieldsOf(spec["serviceAccountIssuerDiscovery"])["discoveryStore"]);
  if (url === undefined) {
    throw new AdoptionFailure(
      "the cluster has no discovery store for IAM roles for service accounts, which the component always has: " +
        "set spec.serviceAccountIssuerDiscovery.discoveryStore with kOps first",
    );
  }
  if (!url.endsWith(`/${name}`)) {
    throw new AdoptionFailure(`the discovery store is ${url}; the component writes to a folder of the cluster's name`);
  }
  return url.slice(0, -name.length - 1);
}
