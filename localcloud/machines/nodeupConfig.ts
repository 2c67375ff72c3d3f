import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { parse, stringify } from "yaml";
import { archive } from "./archive";

/** nodeup's boot configuration, as far as it is read here (kops v1.36.2 pkg/apis/nodeup/config.go). */
export interface BootConfig {
  readonly ClusterName: string;
  readonly ConfigBase?: string;
  readonly InstanceGroupName: string;
  readonly InstanceGroupRole: string;
  readonly NodeupConfigHash: string;
  readonly APIServerIPs?: readonly string[];
}

type Document = Record<string, unknown>;

/** Where stand-ins for the machine's downloads are put, and the address at which machines find them. */
export interface AssetStore {
  readonly folder: string;
  readonly url: string;
}

export function readBootConfig(file: string): BootConfig {
  return parse(fs.readFileSync(file, "utf8")) as BootConfig;
}

export function hashOf(nodeupConfig: string): string {
  return createHash("sha256").update(nodeupConfig).digest("base64");
}

/** Of the kubelet that nodeup installs, as nodes tell it. */
export function kubeletVersion(nodeupConfig: string): string {
  return `v${(parse(nodeupConfig) as { readonly KubernetesVersion: string }).KubernetesVersion}`;
}

/** Where a group's nodeup configuration lies below the cluster's folder of the state store (command.go:150). */
export function configPath(role: string, group: string): string {
  const folder = { ControlPlane: "control-plane", Node: "node" }[role];
  if (folder === undefined) throw new Error(`machines with the role ${role} are not simulated`);
  return `igconfig/${folder}/${group}/nodeupconfig.yaml`;
}

/**
 * A nodeup configuration whose downloads are small stand-ins, and nothing else is changed. The real one is checked
 * first, as nodeup would have: against the hash in the boot configuration.
 */
export function withStandIns(nodeupConfig: string, bootConfig: BootConfig, store: AssetStore): string {
  const hash = hashOf(nodeupConfig);
  if (hash !== bootConfig.NodeupConfigHash) {
    throw new Error(`nodeup config hash mismatch (was "${hash}", expected "${bootConfig.NodeupConfigHash}")`);
  }
  const config = parse(nodeupConfig) as Document;
  const assets = Object.entries((config["Assets"] ?? {}) as Record<string, string[]>);
  const images = Object.entries((config["images"] ?? {}) as Record<string, { hash: string; sources: string[] }[]>);
  const copy: Document = { ...config };
  copy["Assets"] = Object.fromEntries(
    assets.map(([architecture, all]) => [architecture, all.map((asset) => standInAsset(asset, store))]),
  );
  if (images.length > 0) {
    copy["images"] = Object.fromEntries(
      images.map(([architecture, all]) => [architecture, all.map((image) => standInImage(image, store))]),
    );
  }
  return stringify(copy, { lineWidth: 0 });
}

/** `hash@url[,url]` in, the same for the stand-in out. nodeup looks for files by the last part of the URL. */
function standInAsset(asset: string, store: AssetStore): string {
  const url = asset.slice(asset.indexOf("@") + 1).split(",")[0] ?? "";
  const { hash, url: ours } = standIn(url, store);
  return `${hash}@${ours}`;
}

function standInImage(image: { sources: string[] }, store: AssetStore): { hash: string; sources: string[] } {
  const { hash, url } = standIn(image.sources[0] ?? "", store);
  return { hash, sources: [url] };
}

function standIn(url: string, store: AssetStore): { hash: string; url: string } {
  const place = new URL(url).pathname.split("/").slice(-3).join("/");
  const file = path.join(store.folder, place);
  const bytes =
    url.endsWith(".tar.gz") || url.endsWith(".tgz")
      ? archive(entriesOf(url))
      : Buffer.from(`#!/bin/sh\n# stand-in for ${url}\n`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, bytes);
  return { hash: createHash("sha256").update(bytes).digest("hex"), url: `${store.url}/${place}` };
}

/** The files that nodeup looks for in the archives it downloads (kops v1.36.2 nodeup/pkg/model/{containerd,context}.go). */
function entriesOf(url: string): string[] {
  if (url.includes("/containerd-")) return ["bin/containerd", "bin/containerd-shim-runc-v2", "bin/ctr"];
  if (url.includes("cni-plugins"))
    return ["bridge", "host-local", "loopback", "portmap", "ptp", "tuning", "bandwidth", "firewall"].map(
      (name) => `./${name}`,
    );
  return ["file"];
}

/** The boot configuration of the copy. */
export function withHash(bootConfig: string, nodeupConfig: string): string {
  return bootConfig.replace(/^NodeupConfigHash: .*$/m, `NodeupConfigHash: ${hashOf(nodeupConfig)}`);
}

/** Paths of the static manifests that nodeup takes from below ConfigBase (nodeup/pkg/model/kube_apiserver_healthcheck.go:41). */
export function staticManifests(nodeupConfig: string): string[] {
  const { staticManifests: all } = parse(nodeupConfig) as { staticManifests?: readonly { path: string }[] };
  return (all ?? []).map((each) => each.path);
}
