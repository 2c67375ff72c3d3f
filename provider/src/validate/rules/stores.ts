/** Where the cluster's files are, and how nodes reach them. */
import type { ResolvedCluster } from "../../model/cluster";
import type { StoreLocation } from "../../model/runtime";
import { parseStoreUrl } from "../../model/locations";
import type { Input } from "../../schema/input";
import type { ClusterInputs, StateStoreAccess } from "../../schema/types.gen";
import { known, type Checks } from "../kit/checks";
import { pattern, registry, webUrl } from "../kit/formats";

/** Long enough for every S3-compatible store, and short enough for the user data of nodes, which holds all four. */
const longestAccessPart = 512;

const storeUrl = {
  name: "store URL",
  test: (text: string) => parseStoreUrl(text) !== undefined,
  rule: "s3://<bucket> or s3://<bucket>/<prefix>",
};
const regionName = pattern("region", /^[a-z0-9-]{1,64}$/, "at most 64 lowercase letters, digits and -");

export function checkStores(inputs: ClusterInputs, checks: Checks): void {
  const path = "discoveryStore";
  const state = checkStoreUrl("stateStore", inputs.stateStore, checks);
  const discovery = checkStoreUrl(path, inputs.discoveryStore, checks);
  if (discovery?.bucket.includes(".") === true) {
    const rule = "must have no dots, so that its host name matches the certificate of S3";
    checks.problem(path, "bucket with dots", discovery.bucket, rule);
  }
  if (state !== undefined && discovery !== undefined && sharesFiles(state, discovery)) {
    const rule = "must be another bucket or prefix, because it is public";
    checks.problem(path, "shares its files with stateStore", known(inputs.discoveryStore), rule);
  }
  if (inputs.stateStoreAccess !== undefined) {
    checkStoreAccess(inputs.stateStoreAccess, checks);
  }
}

function checkStoreUrl(path: string, value: Input<string> | undefined, checks: Checks): StoreLocation | undefined {
  const url = known(value);
  checks.matches(path, url, storeUrl);
  return url === undefined ? undefined : parseStoreUrl(url);
}

function sharesFiles(left: StoreLocation, right: StoreLocation): boolean {
  const [inner, outer] = [`${left.prefix}/`, `${right.prefix}/`];
  const nested = left.prefix === "" || right.prefix === "" || inner.startsWith(outer) || outer.startsWith(inner);
  return left.bucket === right.bucket && nested;
}

function checkStoreAccess(access: StateStoreAccess, checks: Checks): void {
  const path = "stateStoreAccess";
  checks.matches(`${path}.endpoint`, access.endpoint, webUrl);
  checks.matches(`${path}.region`, access.region, regionName);
  if (known(access.accessKeyId)?.trim() === "") {
    checks.report.add(`${path}.accessKeyId`, "must not be empty; must be the id of an access key");
  }
  if (known(access.secretAccessKey)?.trim() === "") {
    checks.report.add(`${path}.secretAccessKey`, "must not be empty; must be the secret of the access key");
  }
  for (const key of ["endpoint", "accessKeyId", "secretAccessKey"] as const) {
    const value = known(access[key]);
    checks.fewerThan(`${path}.${key}`, value?.length ?? 0, longestAccessPart, "characters");
    // Both end up in shell variables and environment files.
    if (key !== "endpoint" && value !== undefined && /[\x00-\x1f\x7f]/.test(value)) {
      checks.report.add(`${path}.${key}`, "has control characters; must be the key alone, on one line");
    }
  }
}

export function checkAssets({ declared, release, assets }: ResolvedCluster, checks: Checks): void {
  checks.matches("assets.kopsBaseUrl", assets.kopsBaseUrl, webUrl);
  checks.matches("assets.kopsSourceUrl", assets.kopsSourceUrl, webUrl);
  checks.matches("assets.fileRepository", assets.fileRepository, webUrl);
  const base = assets.kopsBaseUrl;
  const version = declared.kopsVersion ?? release.version;
  const isSound = checks.report.isSound("assets.kopsBaseUrl", "kopsVersion");
  if (base !== undefined && isSound && !base.replace(/\/+$/, "").endsWith(`/${version}`)) {
    // kOps derives the tags of its images from it.
    checks.problem("assets.kopsBaseUrl", "files of another kOps release", base, `must end in /${version}`);
  }
  checks.matches("assets.containerRegistry", assets.containerRegistry, registry);
}
