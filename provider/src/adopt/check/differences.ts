/** What the store holds against what the component would write: every difference, and what it means. */
import { parseAllDocuments } from "yaml";
import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";
import { artifacts } from "../../render/artifacts";
import { registryArtifacts } from "../../render/registry/artifacts";
import type { Artifact } from "../../render/artifact";
import { isFields } from "../../encode/fields";
import { fieldsOf, listOf } from "../fields";
import type { AdoptedCluster } from "../inputs/adoptedInputs";
import type { StoredCluster } from "../store/storedCluster";
import {
  addedFile,
  channelFile,
  judge,
  karpenterAddon,
  karpenterFromChart,
  leftFile,
  type Judgement,
} from "./judgement";
import { renderFile } from "./renderFile";

export interface Difference extends Judgement {
  /** Path in the store. */
  readonly file: string;
  /** Of the document; empty for the file itself. */
  readonly field: string;
  readonly stored: unknown;
  readonly written: unknown;
}

/** In the order of the store's files: those first that people edit. Invalid inputs are compared with those alone. */
export function differences(stored: StoredCluster, adopted: AdoptedCluster): readonly Difference[] {
  if (adopted.problems.length > 0) return specDifferences(stored, adopted);
  return [
    ...differencesOf(stored.state, files(adopted, "state"), adopted.cluster),
    ...differencesOf(stored.discovery, files(adopted, "discovery"), adopted.cluster),
  ];
}

/** Of what people edit: the rest follows from it, and inputs with problems may not render it. */
function specDifferences(stored: StoredCluster, { cluster, facts }: AdoptedCluster): readonly Difference[] {
  const paths = [stored.cluster, ...stored.groups].map(({ path }) => path);
  const written = registryArtifacts(cluster).flatMap((file): readonly (readonly [string, string])[] => {
    const path = paths.find((each) => each === file.path);
    return path === undefined ? [] : [[path, renderFile(file, cluster, facts)]];
  });
  const specs = [...stored.state].filter(([path]) => paths.includes(path));
  return differencesOf(new Map(specs), new Map(written), cluster);
}

function files({ cluster, facts }: AdoptedCluster, store: Artifact["store"]): ReadonlyMap<string, string> {
  const ofStore = artifacts(cluster).filter((each) => each.store === store);
  return new Map(
    ofStore.map((each) => {
      const path = typeof each.path === "string" ? each.path : each.path(cluster as UnwrappedCluster);
      return [path, renderFile(each, cluster, facts)];
    }),
  );
}

function differencesOf(
  stored: ReadonlyMap<string, string>,
  written: ReadonlyMap<string, string>,
  cluster: ResolvedCluster,
): readonly Difference[] {
  const paths = [...new Set([...stored.keys(), ...written.keys()])].sort(byImportance);
  return paths.flatMap((file): readonly Difference[] => {
    const [theirs, ours] = [stored.get(file), written.get(file)];
    if (theirs === undefined) return whole(file, undefined, ours, addedFile(file));
    if (ours === undefined) return whole(file, theirs, undefined, leftFile(file, cluster));
    return theirs === ours ? [] : inside(file, theirs, ours, cluster);
  });
}

function whole(file: string, stored: unknown, written: unknown, judgement: Judgement | undefined) {
  return judgement === undefined ? [] : [{ file, field: "", stored, written, ...judgement }];
}

function byImportance(left: string, right: string): number {
  const rank = (path: string): number => ["config", "instancegroup/"].findIndex((start) => path.startsWith(start)) + 1;
  const [a, b] = [rank(left) || 9, rank(right) || 9];
  return a === b ? (left < right ? -1 : 1) : a - b;
}

/** By fields where both are YAML; another spelling of the same values is one difference of the file. */
function inside(file: string, theirs: string, ours: string, cluster: ResolvedCluster): readonly Difference[] {
  if (file === channelFile && theirs.includes(`name: ${karpenterAddon}`)) {
    return [
      { file, field: "spec.addons", stored: karpenterAddon, written: undefined, ...karpenterFromChart },
      ...changed(file, withoutKarpenter(documents(theirs)), documents(ours), cluster),
    ];
  }
  if (/\.(yaml|spec)$|^config$|^instancegroup\//.test(file)) {
    const fields = changed(file, documents(theirs), documents(ours), cluster);
    if (fields.length > 0) return fields;
  }
  const judgement = judge(file, "", theirs, cluster);
  return [{ file, field: "", stored: theirs, written: ours, ...judgement }];
}

function changed(file: string, theirs: unknown, ours: unknown, cluster: ResolvedCluster): readonly Difference[] {
  return [...changedFields("", theirs, ours)].map((each) => ({
    file,
    ...each,
    ...judge(file, each.field, each.stored, cluster),
  }));
}

/** kOps lists its addon for Karpenter; the component has it from the chart. */
function withoutKarpenter(channel: unknown): unknown {
  const { spec, ...others } = fieldsOf(channel);
  const addons = listOf(fieldsOf(spec)["addons"]).filter((addon) => fieldsOf(addon)["name"] !== karpenterAddon);
  return { ...others, spec: { ...fieldsOf(spec), addons } };
}

function documents(text: string): unknown {
  const all = parseAllDocuments(text);
  const read = "empty" in all ? [] : all.map((each): unknown => (each.errors.length > 0 ? text : each.toJS()));
  return read.length === 1 ? read[0] : read;
}

interface ChangedField {
  readonly field: string;
  readonly stored: unknown;
  readonly written: unknown;
}

function* changedFields(field: string, stored: unknown, written: unknown): Generator<ChangedField> {
  if (isFields(stored) && isFields(written)) {
    for (const key of new Set([...Object.keys(stored), ...Object.keys(written)])) {
      yield* changedFields(field === "" ? key : `${field}.${key}`, stored[key], written[key]);
    }
  } else if (Array.isArray(stored) && Array.isArray(written) && stored.length === written.length) {
    for (const [index, item] of stored.entries()) {
      yield* changedFields(`${field}[${String(index)}]`, item, written[index]);
    }
  } else if (JSON.stringify(stored) !== JSON.stringify(written)) {
    yield { field, stored, written };
  }
}
