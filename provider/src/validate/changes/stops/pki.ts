/** Steps of a key's rotation that nodes must have followed before the next: kops docs/operations/rotate-secrets.md. */
import { initialKey } from "../../../model/keysets";
import type { Input } from "../../../schema/input";
import { show } from "../../report/display";
import { below } from "../../report/report";
import type { Finding, Stop } from "../effects";
import { created, type Recorded } from "../recorded";

export const keysetsPath = "pki.keysets";

export interface RecordedKeyset {
  readonly primary: string;
  readonly keys: Readonly<Record<string, RecordedKey>>;
}

interface RecordedKey {
  readonly isTrusted: boolean;
  /** Absent where it is not known yet. */
  readonly certificate?: Input<string>;
}

/** What clusters had before this package recorded their keysets. */
const firstKeyset: RecordedKeyset = {
  primary: initialKey,
  keys: { [initialKey]: { isTrusted: true, certificate: created } },
};

interface Change {
  readonly path: string;
  readonly before: RecordedKeyset;
  readonly after: RecordedKeyset;
}

function changes(old: Recorded, next: Recorded): readonly Change[] {
  return next.parts(keysetsPath).map(([name, after]) => ({
    path: below(keysetsPath, name),
    before: (old.part(keysetsPath, name) ?? firstKeyset) as RecordedKeyset,
    after: after as unknown as RecordedKeyset,
  }));
}

function isTrusted(keyset: RecordedKeyset, name: string): boolean {
  return keyset.keys[name]?.isTrusted === true;
}

/** The findings of a stop that looks at each key of both sides. */
function ofEachKey(
  find: (change: Change, name: string, keyPath: string) => Omit<Finding, "path"> | undefined,
  input?: keyof RecordedKey | "distrustTimestamp",
): Stop["find"] {
  return (old, next) =>
    changes(old, next).flatMap((change) =>
      Object.keys(change.before.keys)
        .sort()
        .flatMap((name) => {
          const keyPath = below(`${change.path}.keys`, name);
          const found = find(change, name, keyPath);
          return found === undefined ? [] : [{ path: input === undefined ? keyPath : `${keyPath}.${input}`, ...found }];
        }),
    );
}

const rolled = "every node must have been replaced since";

export const keyRemoved: Stop = {
  effect: "refused",
  when: "if a key is removed that is still trusted",
  at: `${keysetsPath}.*.keys.*`,
  find: ofEachKey(({ before, after }, name) =>
    isTrusted(before, name) && after.keys[name] === undefined
      ? {
          change: `key ${show(name)} removed`,
          why: "certificates and tokens that it signed would be refused at once",
          instead: `keep it; promote another key, set its distrustTimestamp in a later update, and remove it after that`,
        }
      : undefined,
  ),
};

export const promotedAtOnce: Stop = {
  effect: "refused",
  when: "if the key was not trusted before the update",
  find: (old, next) =>
    changes(old, next)
      .filter(({ before, after }) => before.primary !== after.primary && !isTrusted(before, after.primary))
      .map(({ path, before, after }) => ({
        path: `${path}.primary`,
        change: `${show(before.primary)} to ${show(after.primary)}`,
        why: "no node trusts the new key yet, so what it signs would be refused",
        instead: `keep the primary key, add the other in this update, and promote it when every node has been replaced`,
      })),
};

export const promoted: Stop = {
  effect: "needs acknowledgement",
  find: (old, next) =>
    changes(old, next)
      .filter(({ before, after }) => before.primary !== after.primary && isTrusted(before, after.primary))
      .map(({ path, before, after }) => ({
        path: `${path}.primary`,
        change: `${show(before.primary)} to ${show(after.primary)}`,
        why: `${rolled} the update that added the key; a node from before does not trust it, and loses the API`,
      })),
};

export const primaryDistrusted: Stop = {
  effect: "refused",
  when: "if the key was the primary before the update",
  at: `${keysetsPath}.*.keys.*.distrustTimestamp`,
  find: ofEachKey(
    ({ before, after }, name) =>
      before.primary === name && after.keys[name]?.isTrusted === false
        ? {
            change: `key ${show(name)} distrusted`,
            why: "all certificates and tokens in use are signed by it",
            instead: "promote another key first, and distrust this one when every node has been replaced",
          }
        : undefined,
    "distrustTimestamp",
  ),
};

export const distrusted: Stop = {
  effect: "needs acknowledgement",
  when: "if the key is distrusted",
  find: ofEachKey(
    ({ before, after }, name) =>
      before.primary !== name && isTrusted(before, name) && after.keys[name]?.isTrusted === false
        ? {
            change: `key ${show(name)} distrusted`,
            why: `${rolled} the update that promoted the other key; certificates, kubeconfigs and tokens that this key signed are refused from now on`,
          }
        : undefined,
    "distrustTimestamp",
  ),
};

export const certificateChanged: Stop = {
  effect: "refused",
  find: ofEachKey(({ before, after }, name) => {
    const [old, next] = [before.keys[name]?.certificate, after.keys[name]?.certificate];
    return old !== undefined && next !== undefined && old !== next
      ? {
          change: `another certificate for key ${show(name)}`,
          why: "no node trusts the new one yet, and the old one would be trusted no longer",
          instead: "give the new certificate as a further key of the keyset",
        }
      : undefined;
  }, "certificate"),
};
