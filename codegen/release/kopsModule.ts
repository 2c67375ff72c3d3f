/** Reads facts, with the line that each stands on, from a checkout of the Go module k8s.io/kops. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { SourcedFact } from "./sources";

export interface Found {
  readonly value: string;
  /** `pkg/model/components/etcd.go:32` */
  readonly citation: string;
}

export interface FileHash extends Found {
  readonly url: string;
}

interface AssetData {
  readonly filestores: readonly { readonly base: string }[];
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

interface Channel {
  readonly spec: {
    readonly images: readonly {
      readonly name: string;
      readonly providerID: string;
      readonly architectureID: string;
      readonly kubernetesVersion: string;
    }[];
    readonly kopsVersions: readonly { readonly range: string; readonly kubernetesVersion: string }[];
  };
}

const channelFile = "channels/stable";

export class KopsModule {
  private readonly texts = new Map<string, string>();

  constructor(private readonly folder: string) {}

  find(fact: SourcedFact): Found {
    const text = this.text(fact.file);
    const flags = `${fact.pattern.flags.replace("g", "")}gd`;
    const matches = [...text.matchAll(new RegExp(fact.pattern.source, flags))];
    const values = new Set(matches.map((match) => match[1] ?? ""));
    const match = fact.takesLast === true ? matches.at(-1) : matches[0];
    if (match === undefined || (fact.takesLast !== true && values.size > 1)) {
      const found = values.size === 0 ? "nothing" : [...values].join(", ");
      throw new Error(
        `${fact.name}: ${fact.file} has ${found} for ${String(fact.pattern)}; mend codegen/release/sources.ts`,
      );
    }
    return { value: match[1] ?? "", citation: cite(fact.file, text, match.indices?.[1]?.[0] ?? match.index) };
  }

  /** Hashes of the files whose names match, by their canonical URL. */
  hashes(file: string, names: RegExp): readonly FileHash[] {
    const path = `pkg/assets/assetdata/${file}`;
    const text = this.text(path);
    const { filestores, files } = parse(text) as AssetData;
    const [store] = filestores;
    if (store === undefined || filestores.length !== 1) throw new Error(`${path}: exactly one file store is expected`);
    const found = files.filter(({ name }) => names.test(name));
    if (found.length === 0) throw new Error(`${path}: nothing matches ${String(names)}`);
    return found.map(({ name, sha256 }) => ({
      url: `${store.base}${name}`,
      value: sha256,
      citation: cite(path, text, text.indexOf(`- name: ${name}\n`)),
    }));
  }

  /** SHA-256 of a file, in hex. */
  fileHash(file: string): string {
    return createHash("sha256").update(this.text(file)).digest("hex");
  }

  /** The Kubernetes version that the channel recommends for a kOps release: of the first range that holds it. */
  recommendedKubernetes(kopsVersion: string): Found {
    const text = this.text(channelFile);
    const { kopsVersions } = (parse(text) as Channel).spec;
    const entry = kopsVersions.find(({ range }) => isAtLeast(kopsVersion, range));
    if (entry === undefined) throw new Error(`${channelFile}: no range holds kOps ${kopsVersion}`);
    const start = text.indexOf(`- range: "${entry.range}"`, text.indexOf("\n  kopsVersions:"));
    return { value: entry.kubernetesVersion, citation: cite(channelFile, text, start) };
  }

  /** The machine image that the channel names for AWS and every Kubernetes version from the given one on. */
  machineImage(architecture: string, oldestKubernetes: string): Found {
    const text = this.text(channelFile);
    const fitting = (parse(text) as Channel).spec.images.filter(
      ({ providerID, architectureID, kubernetesVersion }) =>
        providerID === "aws" && architectureID === architecture && isAtLeast(oldestKubernetes, kubernetesVersion),
    );
    const [image] = fitting;
    if (image === undefined || fitting.length !== 1) {
      throw new Error(
        `${channelFile}: ${String(fitting.length)} ${architecture} images fit Kubernetes ${oldestKubernetes}`,
      );
    }
    return { value: image.name, citation: cite(channelFile, text, text.indexOf(image.name)) };
  }

  private text(file: string): string {
    const known = this.texts.get(file);
    if (known !== undefined) return known;
    const text = readFileSync(join(this.folder, file), "utf8");
    this.texts.set(file, text);
    return text;
  }
}

/** Only ranges without an end; kOps closes a range once a newer image follows, and then it is not the one meant. */
function isAtLeast(version: string, range: string): boolean {
  const least = /^>=([0-9.]+)(-[\w.]+)?$/.exec(range.trim())?.[1];
  return least !== undefined && compareVersions(version, least) >= 0;
}

export function compareVersions(left: string, right: string): number {
  const [one = [], other = []] = [left, right].map((text) => text.split(".").map(Number));
  const index = one.findIndex((part, position) => part !== other[position]);
  return index === -1 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}

function cite(file: string, text: string, offset: number): string {
  return `${file}:${String(text.slice(0, offset).split("\n").length)}`;
}
