/** Encryption of objects in etcd that ends, or whose keys change: an API server reads only what one of its keys encrypted. */
import { sha256 } from "../../../encode/hash";
import { isFields } from "../../../encode/fields";
import type { Finding, Stop } from "../effects";
import { texts, without, type Recorded } from "../recorded";

export const encryptionPath = "encryptionConfig";

const zones = "controlPlane.zones";

/** Instances are replaced one at a time: those that are not yet know no key. */
export const encryptionAdded: Stop = {
  effect: "needs acknowledgement",
  when: "if added to a control plane of several zones",
  find: (old, next) =>
    old.value(encryptionPath) !== undefined || next.value(encryptionPath) === undefined || old.list(zones).length < 2
      ? []
      : [
          {
            path: encryptionPath,
            change: "none to given",
            why: "while instances are replaced one at a time, those without the key cannot read what the others encrypt; in this update, the provider identity must come first",
          },
        ],
};

/** Recorded only where there is one: that it is gone says that it was taken out. */
export const encryptionRemoved: Stop = {
  effect: "needs acknowledgement",
  when: "if taken out",
  find: (old, next) =>
    old.value(encryptionPath) === undefined || next.value(encryptionPath) !== undefined
      ? []
      : [
          {
            path: encryptionPath,
            change: "given to none",
            why: "the API server cannot read what it encrypted; first let the provider identity encrypt, and write every Secret anew",
          },
        ],
};

/** Not an input: what tells the keys of the configuration, without any of them. */
export const encryptionKeysPath = "encryptionConfig.keys";

/** By resource, in the order of the configuration: the first encrypts, and all decrypt. */
export type EncryptionKeys = Readonly<Record<string, readonly string[]>>;

/** Of a configuration that was read. A key is known by its provider, its name and its hash: the first two are in what it encrypted. */
export function encryptionKeys(configuration: unknown): EncryptionKeys {
  const keys: Record<string, readonly string[]> = {};
  for (const { resources, providers } of objectsIn(fieldOf(configuration, "resources"))) {
    const listed = objectsIn(providers).flatMap((provider) => Object.entries(provider).flatMap(keysOf));
    // The first entry that has a resource decides.
    for (const resource of texts(resources)) keys[resource] ??= listed;
  }
  return keys;
}

function keysOf([provider, settings]: readonly [string, unknown]): readonly string[] {
  const keys = objectsIn(fieldOf(settings, "keys"));
  const names = [provider, fieldOf(settings, "apiVersion"), fieldOf(settings, "name")];
  return keys.length === 0
    ? [names.filter((part) => typeof part === "string").join("/")]
    : keys.map((key) => `${provider}/${String(key["name"])}/${sha256(String(key["secret"]), "hex")}`);
}

function fieldOf(value: unknown, name: string): unknown {
  return isFields(value) ? value[name] : undefined;
}

function objectsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter((each) => isFields(each)) : [];
}

/** What decrypts a resource: its own entry, or one of several resources (https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data). */
function keysFor(side: Recorded, resource: string): readonly string[] {
  const group = resource.includes(".") ? resource.slice(resource.indexOf(".") + 1) : "";
  const found = [resource, `*.${group}`, "*.*"].map((each) => side.part(encryptionKeysPath, each));
  return texts(found.find((each) => each !== undefined));
}

function keyChanges(
  old: Recorded,
  next: Recorded,
  isStopped: (before: readonly string[], after: readonly string[]) => boolean,
): boolean {
  // An earlier release recorded no keys, and a preview may not know them.
  if (next.value(encryptionKeysPath) === undefined) return false;
  return old.parts(encryptionKeysPath).some(([resource, keys]) => isStopped(texts(keys), keysFor(next, resource)));
}

function keyFinding(change: string, why: string): readonly Finding[] {
  return [{ path: encryptionPath, change, why }];
}

export const encryptionKeyRemoved: Stop = {
  effect: "needs acknowledgement",
  when: "if a key or provider is removed",
  find: (old, next) =>
    keyChanges(old, next, (before, after) => without(before, after).length > 0)
      ? keyFinding(
          "a key or provider removed",
          "the API server cannot read what it encrypted, and what was written without encryption cannot be read without the provider identity; first let another key encrypt, and write every object anew",
        )
      : [],
};

/** Instances are replaced one at a time: those that are not yet do not know the key. */
export const encryptionKeyFirst: Stop = {
  effect: "needs acknowledgement",
  when: "if a new key comes first on a control plane of several zones",
  find: (old, next) =>
    old.list(zones).length > 1 &&
    keyChanges(old, next, (before, after) => after[0] !== undefined && !before.includes(after[0]))
      ? keyFinding(
          "a new key first",
          "while instances are replaced one at a time, those without the key cannot read what the others encrypt; in this update, the new key must come after the others",
        )
      : [],
};
