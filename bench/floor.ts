/** The engine's floor: a flat program with the resources of a cluster, of the same types, with constant inputs. */
import * as pulumi from "@pulumi/pulumi";
import type { Deployment } from "@pulumi/pulumi/automation";

interface Recorded {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** Made by the engine itself, not by a program. */
const providerPrefix = "pulumi:providers:";
/** What else names a resource in the inputs of others. */
const handles = ["arn", "name", "url", "bucket", "dnsName", "privateKeyPem", "certPem", "certRequestPem", "keyName"];

export function recordedResources(state: Deployment): readonly Recorded[] {
  const { resources } = state.deployment as { readonly resources: readonly Recorded[] };
  return resources.filter(({ type, custom }) => custom && !type.startsWith(providerPrefix));
}

class Flat extends pulumi.CustomResource {
  constructor({ type, urn, inputs = {} }: Recorded, values: Record<string, unknown>, outputs: readonly string[]) {
    const properties = Object.fromEntries(outputs.map((name) => [name, undefined]));
    super(type, urn.split("::")[3] ?? urn, { ...properties, ...inputs, ...values });
  }
}

/** Every resource with the inputs it had: with nothing for the engine to wait for. */
export function constantProgram(resources: readonly Recorded[]): () => Promise<void> {
  return () => {
    for (const resource of resources) {
      new Flat(resource, {}, []);
    }
    return Promise.resolve();
  };
}

/** The same, but with the ids and names that AWS gave before as outputs of the resources that have them now. */
export function linkedProgram(resources: readonly Recorded[]): () => Promise<void> {
  return () => {
    const known = new Map<string, pulumi.Output<unknown>>();
    for (const resource of resources) {
      const { id, outputs = {} } = resource;
      const own = handles.filter((name) => typeof outputs[name] === "string");
      const values = linked(withoutMarks(resource.inputs ?? {}), known) as Record<string, unknown>;
      const made = new Flat(resource, values, own) as unknown as Record<string, pulumi.Output<unknown>> & Flat;
      for (const name of own) {
        remember(known, outputs[name], made[name]);
      }
      remember(known, id, made.id);
    }
    return Promise.resolve();
  };
}

/** Short words, such as a key name or a zone, stand for themselves. */
function remember(
  known: Map<string, pulumi.Output<unknown>>,
  value: unknown,
  output: pulumi.Output<unknown> | undefined,
) {
  if (typeof value === "string" && value.length > 12 && output !== undefined) {
    known.set(value, output);
  }
}

function linked(value: unknown, known: ReadonlyMap<string, pulumi.Output<unknown>>): unknown {
  if (typeof value === "string") {
    return known.get(value) ?? value;
  }
  if (Array.isArray(value)) {
    return value.map((each) => linked(each, known));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, linked(each, known)]));
}

const signatureKey = "4dabf18193072939515e22adb298388d";

/** The exported state marks secrets; their values are JSON. */
function withoutMarks(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutMarks);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (signatureKey in value && "plaintext" in value) {
    return JSON.parse(value.plaintext as string) as unknown;
  }
  const kept = Object.entries(value).filter(([key]) => key !== "__defaults");
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutMarks(each)]));
}

/** The inputs as a program would write them. */
export function asWritten(resources: readonly Recorded[]): readonly Recorded[] {
  return resources.map((each) => ({
    ...each,
    inputs: withoutMarks(each.inputs ?? {}) as Record<string, unknown>,
    outputs: withoutMarks(each.outputs ?? {}) as Record<string, unknown>,
  }));
}
