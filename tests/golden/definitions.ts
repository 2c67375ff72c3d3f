/**
 * Custom resource definitions in kOps's manifests, whose text is upstream's: a golden file has a line with the hash of
 * each in their place. Those that the component writes are put back where they have that hash.
 */
import { createHash } from "node:crypto";
import { parse } from "yaml";
import { addonCatalog } from "../../provider/src/addons/catalog";
import type { ChannelAddon } from "../../provider/src/addons/addon";
import { definitionsOf } from "../../provider/src/addons/definitions";
import { manifestDocument } from "../../provider/src/addons/manifest";
import type { KubernetesObject } from "../../provider/src/addons/objects/builders";
import { definitionsIn } from "../../provider/src/components/builders/addonDefinitions";
import type { RuntimeFacts } from "../../provider/src/model/runtime";
import { yaml } from "../../provider/src/encode/yaml";
import { releaseOf } from "../../provider/src/resolve/release";
import { kopsSource } from "../../localcloud/services/kopsSource";

const separator = "\n---\n";
const line = /^# CustomResourceDefinition \S+ ([0-9a-f]{64})$/;

export function withoutDefinitions(manifest: string): string {
  return manifest
    .split(separator)
    .map((document) => {
      const text = document.trim();
      if (!/^kind: CustomResourceDefinition$/m.test(text)) return document;
      const { metadata } = parse(text) as KubernetesObject;
      return document.replace(text, () => `# CustomResourceDefinition ${metadata.name} ${sha256(text)}`);
    })
    .join(separator);
}

export function withDefinitions(state: ReadonlyMap<string, string>, release: string): ReadonlyMap<string, string> {
  return new Map(
    [...state].map(([path, text]) => {
      const name = /^addons\/([^/]+)\//.exec(path)?.[1] ?? "";
      return [path, addonsWithDefinitions(release).includes(name) ? expanded(text, name, release) : text];
    }),
  );
}

function expanded(manifest: string, name: string, release: string): string {
  const addon = addonCatalog.find((each) => each.name === name) as ChannelAddon;
  const facts = { addonDefinitions: definitionsOfModule([name], release) } as RuntimeFacts;
  const byHash = new Map(
    definitionsOf(addon.name, facts).map((object) => {
      const text = yaml(manifestDocument(addon, object)).trim();
      return [sha256(text), text];
    }),
  );
  return manifest.replace(new RegExp(line, "gm"), (found, hash: string) => byHash.get(hash) ?? found);
}

function addonsWithDefinitions(release: string): readonly string[] {
  return Object.keys(releaseOf(release).addons.definitions);
}

const read = new Map<string, string>();

/** Of those of the given addons that have some, as `RuntimeFacts.addonDefinitions` has them. */
export function definitionsOfModule(addons: readonly string[], release: string): Readonly<Record<string, string>> {
  const { definitions } = releaseOf(release).addons;
  return Object.fromEntries(
    addons.flatMap((name) => {
      const file = definitions[name];
      if (file === undefined) return [];
      const text = read.get(file.sha256) ?? definitionsIn(kopsSource(file.path, release)?.toString() ?? "", parse);
      read.set(file.sha256, text);
      return [[name, text]];
    }),
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
