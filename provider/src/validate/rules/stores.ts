/** Where the cluster's files are, and how nodes reach them. */
import type { StoreLocation } from "../../model/runtime";
import { parseStoreUrl } from "../../model/storeUrl";
import { regionOfZone } from "../../model/zones";
import type { Assets, ClusterInputs, StateStoreAccess } from "../../schema/types.gen";
import { show } from "../report/display";
import { plain } from "./entries";
import { isWebUrl } from "./formats";
import type { Problems } from "../report/problem";

export function checkStores(inputs: Partial<ClusterInputs>, problems: Problems): void {
  const state = checkStoreUrl(inputs.stateStore, "stateStore", problems);
  const discovery = checkStoreUrl(inputs.discoveryStore, "discoveryStore", problems);
  if (discovery?.bucket.includes(".") === true) {
    problems.add(
      "discoveryStore",
      `bucket with dots, got ${show(discovery.bucket)}; must be without, so that its host name fits the certificate of S3`,
    );
  }
  if (state !== undefined && discovery !== undefined && sharesFiles(state, discovery)) {
    problems.add(
      "discoveryStore",
      `shares its files with stateStore, got ${show(plain(inputs.discoveryStore))}; must be apart, since it is public`,
    );
  }
  if (inputs.stateStoreAccess !== undefined) {
    checkStoreAccess(inputs.stateStoreAccess, problems);
  }
}

function checkStoreUrl(value: unknown, path: string, problems: Problems): StoreLocation | undefined {
  const url = plain(value);
  if (url === undefined) {
    return undefined;
  }
  const location = parseStoreUrl(url);
  if (location === undefined) {
    problems.add(path, `not a store, got ${show(url)}; must be s3://<bucket> or s3://<bucket>/<prefix>`);
  }
  return location;
}

function sharesFiles(left: StoreLocation, right: StoreLocation): boolean {
  const [inner, outer] = [`${left.prefix}/`, `${right.prefix}/`];
  const nested = left.prefix === "" || right.prefix === "" || inner.startsWith(outer) || outer.startsWith(inner);
  return left.bucket === right.bucket && nested;
}

function checkStoreAccess(access: StateStoreAccess, problems: Problems): void {
  const path = "stateStoreAccess";
  const endpoint = plain(access.endpoint);
  if (endpoint !== undefined && !isWebUrl(endpoint)) {
    problems.add(`${path}.endpoint`, `not a URL, got ${show(endpoint)}; must be http:// or https:// with a host`);
  }
  const region = plain(access.region);
  if (region !== undefined && regionOfZone(`${region}a`) === undefined && !/^[a-z0-9-]+$/.test(region)) {
    problems.add(`${path}.region`, `not a region, got ${show(region)}; must be lower-case letters, digits and -`);
  }
  if (plain(access.accessKeyId)?.trim() === "") {
    problems.add(`${path}.accessKeyId`, 'empty, got ""; must be the id of an access key');
  }
  if (plain(access.secretAccessKey)?.trim() === "") {
    problems.add(`${path}.secretAccessKey`, "empty; must be the secret of the access key");
  }
}

export function checkAssets(assets: Assets | undefined, kopsVersion: string, problems: Problems): void {
  for (const key of ["kopsBaseUrl", "fileRepository"] as const) {
    const url = assets?.[key];
    if (url !== undefined && !isWebUrl(url)) {
      problems.add(`assets.${key}`, `not a URL, got ${show(url)}; must be http:// or https:// with a host`);
    }
  }
  const base = assets?.kopsBaseUrl;
  if (base !== undefined && isWebUrl(base) && !base.replace(/\/+$/, "").endsWith(`/${kopsVersion}`)) {
    // kOps takes the tags of its images from there.
    problems.add("assets.kopsBaseUrl", `other release, got ${show(base)}; must end in /${kopsVersion}`);
  }
  const registry = assets?.containerRegistry;
  if (registry !== undefined && !/^[A-Za-z0-9.-]+(:[0-9]{1,5})?(\/[a-z0-9._-]+)*$/.test(registry)) {
    const rule = "must be a host with an optional port and path, without a scheme or a slash at its end";
    problems.add("assets.containerRegistry", `not a registry, got ${show(registry)}; ${rule}`);
  }
}
