/** What two runs of the same programs in two clouds can have in common: all but the ids and keys that they drew. */
import type { EngineEvent, OpMap, Stack } from "@pulumi/pulumi/automation";

/** A line for each resource with which something is done: its steps in their order, what changes, and what replaces. */
export async function operations(run: (onEvent: (event: EngineEvent) => void) => Promise<unknown>): Promise<string[]> {
  const steps = new Map<string, string[]>();
  await run(({ resourcePreEvent }) => {
    const step = resourcePreEvent?.metadata;
    if (step === undefined || ["same", "read", "refresh"].includes(step.op)) return;
    // Pulumi's plugin also names the outputs that will change: what follows from its own reading of AWS.
    const inputs = { ...step.old?.inputs, ...step.new?.inputs } as Record<string, unknown>;
    // Pulumi's kubernetes plugin names what changes in its detailed difference alone.
    const paths = [step.diffs ?? [], Object.keys(step.detailedDiff ?? {})].find((each) => each.length > 0) ?? [];
    const changes = properties(paths).filter((each) => each in inputs);
    const because = properties(step.keys ?? []);
    const name = `${step.type} ${nameOf(step.urn)}`;
    const text = [step.op, changes.join(), because.length === 0 ? "" : `because of ${because.join()}`];
    steps.set(name, [...(steps.get(name) ?? []), text.filter((each) => each !== "").join(" ")]);
  });
  return [...steps].map(([name, each]) => `${name}: ${each.join("; ")}`).sort();
}

/** Of paths, the properties that they begin with. */
function properties(paths: readonly string[]): string[] {
  return [...new Set(paths.map((path) => path.replace(/^\./, "").replace(/[.[].*/, "")))].sort();
}

/** The lines that only one of the two has, as one text: a failure shows all of them. */
export function difference(ours: readonly string[], theirs: readonly string[]): string {
  const loose = theirs.filter((line) => line.includes(UNNAMED)).map(withoutCause);
  const isIn = (line: string, lines: readonly string[]): boolean =>
    lines.includes(line) ||
    (loose.includes(withoutCause(line)) && lines.map(withoutCause).includes(withoutCause(line)));
  const stand = ours.filter((line) => !isIn(line, theirs)).map((line) => `stand-in: ${line}`);
  const real = theirs.filter((line) => !isIn(line, ours)).map((line) => `Pulumi's: ${line}`);
  return [...stand, ...real].sort(byTheRest).join("\n");
}

/** Where Terraform's own rule replaces a resource, its bridge names no property. */
const UNNAMED = "because of __meta";

function withoutCause(line: string): string {
  return line.replace(/ because of [^;]*/g, "");
}

function byTheRest(one: string, other: string): number {
  const [a, b] = [one, other].map((line) => line.slice(line.indexOf(": ")));
  return (a ?? "") < (b ?? "") ? -1 : 1;
}

/** What a refresh did, by kind of operation. */
export function counts(changes: OpMap = {}): string[] {
  return Object.entries(changes).map(([operation, count]) => `${operation}: ${String(count)}`);
}

/** Each step after the one before it; a step that fails fails those after it too. */
export function inTurn<S, R>(steps: readonly S[], take: (step: S) => Promise<R>): readonly Promise<R>[] {
  const all: Promise<R>[] = [];
  for (const [position, step] of steps.entries()) {
    const after = async (): Promise<R> => {
      await all[position - 1];
      return take(step);
    };
    const result = after();
    // Its test tells.
    result.catch(() => undefined);
    all.push(result);
  }
  return all;
}

interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly outputs?: Outputs;
}

/** Outputs by the names of their properties. */
export type Outputs = Readonly<Record<string, unknown>>;

/** Outputs that differ, and why. The list may only shrink. */
const known: Readonly<Record<string, string>> = {
  content: "keys and certificates are drawn",
  privateDns: "drawn with the address",
  privateIp: "the simulator draws it",
  publicDns: "drawn with the address",
  publicIp: "the simulator draws it",
  uniqueId: "AWS draws it",
  "aws:autoscaling/group:Group availabilityZones": "Pulumi's plugin does not read them again after an update",
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider url": "Pulumi's plugin leaves the scheme out",
  "aws:lb/targetGroup:TargetGroup loadBalancerArns": "the stand-in reads it again after each update",
  "aws:sqs/queue:Queue maxMessageSize": "Terraform AWS 6.34 still sends the maximum that SQS had before 2025",
};

/** The outputs of a stack's aws resources, by type and name. */
export async function outputs(stack: Stack): Promise<ReadonlyMap<string, Outputs>> {
  const { deployment } = await stack.exportStack();
  const { resources: all = [] } = deployment as { readonly resources?: readonly Resource[] };
  // What goes by the id of another, as a bucket's settings do, has the name of the one that was first.
  const names = new Map(
    [...all].reverse().flatMap(({ urn, id }) => (id === undefined || id === "" ? [] : [[id, nameOf(urn)]])),
  );
  const ours = all.filter(({ type, id }) => type.startsWith("aws:") && id !== undefined);
  return new Map(
    ours.map(({ urn, type, outputs = {} }) => {
      const compared = Object.entries(outputs).filter(([key]) => !(key in known) && !(`${type} ${key}` in known));
      return [`${type} ${nameOf(urn)}`, even(Object.fromEntries(compared), names) as Outputs];
    }),
  );
}

/** A line for each output; of Pulumi's, those that the stand-in has as well. */
export function listed(all: ReadonlyMap<string, Outputs>, like: ReadonlyMap<string, Outputs> = all): string[] {
  return [...all].flatMap(([name, each]) =>
    Object.keys(like.get(name) ?? {}).map((key) => `${name} ${key}: ${JSON.stringify(each[key])}`),
  );
}

/** The mark of a secret in a state. */
const SECRET = "4dabf18193072939515e22adb298388d";

/** Ids by the names of their resources; drawn keys, texts that hold them, times and ports as such. No list here has an order. */
function even(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return evenText(value, names);
  if (Array.isArray(value)) return value.map((each) => JSON.stringify(even(each, names))).sort();
  // The bridge writes some numbers as text.
  if (typeof value !== "object" || value === null) return String(value);
  if (SECRET in value) return "SECRET";
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, each]) => !key.startsWith("__") && !isEmpty(each))
      .map(([key, each]) => [key, even(each, names)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** What is not set: the bridge writes it down as null or as empty, the stand-in leaves it out. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === "" || value === false || value === 0) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function evenText(text: string, names: ReadonlyMap<string, string>): string {
  const named = [...names]
    .sort(([a], [b]) => b.length - a.length)
    .reduce((all, [id, name]) => all.replaceAll(id, `<${name}>`), text);
  if (named.startsWith("{")) return JSON.stringify(even(JSON.parse(named), new Map()));
  if (text.includes("\n") || text.length > 4000) return "TEXT";
  return named
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "UUID")
    .replace(/\b[a-z]+-[0-9a-f]{8,17}\b/g, "ID")
    .replace(/\b2400:[0-9a-f:]+/g, "RANGE")
    .replace(/\b[0-9a-f]{16,64}\b/g, "HEX")
    .replace(/\b\d{4}-\d\d-\d\dT[\d:.]+Z?(\+00:00)?/g, "TIME")
    .replace(/\b[0-9A-Z]{20,}\b/g, "ID")
    .replace(/127\.0\.0\.1:\d+/g, "HOST");
}

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}
