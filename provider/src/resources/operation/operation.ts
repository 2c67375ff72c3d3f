/** Custom resources that this package's own plugin serves: what must wait for the cluster or act when it goes. */
import type { CheckFailure, CreateResult, DiffResult, UpdateResult } from "@pulumi/pulumi/provider";
import type { Run } from "./run";

export type Properties = Readonly<Record<string, unknown>>;

/** The inputs to keep in the state, or why there must be none. */
export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}

export interface Imported {
  readonly id: string;
  /** Inputs and state. */
  readonly properties: Properties;
}

export interface Operation {
  /** `olds` is empty where the resource is new. */
  check(urn: string, olds: Properties, news: Properties): Checked;
  diff(olds: Properties, news: Properties, run: Run): DiffResult;
  /** What `pulumi import` takes in by what stands as its id; absent where there is nothing to take in. */
  imported?(id: string): Imported;
  /** What a refresh finds; absent where there is nothing to look at. */
  read?(properties: Properties, run: Run): Promise<Properties>;
  create(inputs: Properties, run: Run): Promise<CreateResult>;
  update(olds: Properties, news: Properties, run: Run): Promise<UpdateResult>;
  delete(properties: Properties, run: Run): Promise<void>;
}

/** Inputs of which there is nothing to say. */
export function accepted(_urn: string, _olds: Properties, news: Properties): Checked {
  return { inputs: news, failures: [] };
}

/** Key and value by which the engine marks a secret inside properties (pulumi sdk/v3 go/common/resource/properties.go). */
const signatureKey = "4dabf18193072939515e22adb298388d";
export const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** The value itself, where the engine handed a secret; properties that go back to the engine keep the mark. */
export function revealed(value: unknown): unknown {
  if (typeof value === "object" && value !== null && signatureKey in value) {
    const marked = value as Readonly<Record<string, unknown>>;
    return marked[signatureKey] === secretSignature ? marked["value"] : value;
  }
  return value;
}

export function isSecret(value: unknown): boolean {
  return revealed(value) !== value;
}

/** Stands for a value that a preview does not know (pulumi sdk/v3 go/common/resource/plugin/rpc.go, UnknownStringValue). */
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isUnknown(value: unknown): boolean {
  return value === unknownValue;
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function text(properties: Properties, name: string): string {
  const value = revealed(properties[name]);
  if (typeof value !== "string") {
    throw new Error(`bug: property ${name} is not a string`);
  }
  return value;
}

export function count(properties: Properties, name: string): number {
  const value = revealed(properties[name]);
  if (typeof value !== "number") {
    throw new Error(`bug: property ${name} is not a number`);
  }
  return value;
}
