/**
 * Resources that an update created in AWS, and that the stack's state does not have: the engine or the aws plugin was killed,
 * or AWS's answer was lost, between the call and the write of the state. They are what a preview would create and AWS has.
 */
import { reasonOf } from "../../resources/operation/operation";
import { finders } from "../imports/find";
import type { Found, Place } from "../imports/find/found";
import { taggedLists, twins } from "../imports/find/tagged";
import type { Inputs } from "../imports/registrations";
import type { StackOfCluster } from "./stack";

/** A file for `pulumi import`. Its table names what is in the state (pulumi v3.259.0 pkg/cmd/pulumi/operations/import.go:189). */
export interface RecoveryFile {
  readonly nameTable: Readonly<Record<string, string>>;
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly id: string;
    readonly parent: string;
    readonly provider: string;
    readonly inputs?: Inputs;
    readonly outputs?: Inputs;
  }[];
}

export interface Unrecorded {
  readonly file: RecoveryFile;
  /** What may be there, and was not found for another reason than that it is not. */
  readonly problems: readonly string[];
  /** Of what AWS gives ids to, an update makes another one, and the first one stays: which, and whose tags it has. */
  readonly leftBehind: readonly string[];
}

/** The engine's stand-in for a value that is not known before an update (pulumi v3.259.0 sdk/go/common/resource/plugin/rpc.go:45). */
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** An update writes it again, whoever wrote it before. */
const isOverwritten = (type: string): boolean => type.startsWith("aws:s3/");

export async function unrecorded(
  { recorded, toCreate }: Pick<StackOfCluster, "recorded" | "toCreate">,
  place: Place,
): Promise<Unrecorded> {
  const tagged = taggedLists(place);
  const byType = finders(place, tagged);
  const known = new Set(recorded.map(keyOf));
  const nameTable: Record<string, string> = {};
  const resources: RecoveryFile["resources"][number][] = [];
  const problems: string[] = [];
  for (const { urn, type, parent = "", provider = "", inputs = {} } of toCreate) {
    if (isOverwritten(type)) continue;
    const found = await byType[type]?.(withoutUnknown(inputs)).catch(failed);
    if (found === undefined) continue;
    const name = nameOf(urn);
    if (!("id" in found)) {
      if (found.isAbsent !== true) problems.push(`${name} (${type}): ${found.reason}`);
      continue;
    }
    // Of a resource that the state has under another name.
    if (known.has(keyOf({ type, id: found.id }))) continue;
    const providerUrn = provider.replace(/::[^:]*$/, "");
    nameTable[parent] = parent;
    nameTable[providerUrn] = providerUrn;
    const id = found.importId ?? found.id;
    resources.push({ type, name, id, parent, provider: providerUrn, ...found.state });
  }
  const leftBehind = [...(await twins(tagged, recorded))].map(([urn, ids]) => `${ids.join(", ")}: as ${nameOf(urn)}`);
  return { file: { nameTable, resources }, problems, leftBehind };
}

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}

function keyOf({ type, id = "" }: { readonly type: string; readonly id?: string }): string {
  return `${type} ${id}`;
}

function withoutUnknown(inputs: Inputs): Inputs {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== unknownValue));
}

function failed(error: unknown): Found {
  return { reason: `could not be looked up: ${reasonOf(error)}` };
}
