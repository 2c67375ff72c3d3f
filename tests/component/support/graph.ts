/** The graph that the component registers for some inputs. */
import type * as pulumi from "@pulumi/pulumi";
import { kopsSource } from "../../../localcloud/services/kopsSource";
import { KopsKarpenterCluster } from "../../../provider/src/components/cluster";
import { clusterToken } from "../../../provider/src/model/tokens";
import { revealed } from "../../../provider/src/resources/operation/operation";
import { computed, lookedUp } from "./answers";
import { settled, settlement, useMocks, type Request, type Settlement } from "./runtime";

export interface Registered extends Request {
  readonly urn: string;
  /** Undefined where a value was not known. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface Graph {
  readonly resources: readonly Registered[];
  readonly outputs: Readonly<Record<string, Settlement>>;
  /** The only resource of that logical name. */
  named(name: string): Registered;
  ofType(type: string): readonly Registered[];
  /** Whether it waits for the other, be it through others. */
  waitsFor(resource: Registered, other: Registered): boolean;
}

export const smallest = { clusterName: "c.example.com", zones: ["us-east-1a"] };

export interface GraphOptions {
  readonly name?: string;
  readonly preview?: boolean;
  /** What AWS answers to a look-up, in the place of what it usually does. */
  readonly answer?: (token: string) => object | undefined;
  /** Runs in the program, before the cluster: makes what its inputs and options refer to. */
  readonly program?: () => { readonly args?: object; readonly options?: pulumi.ComponentResourceOptions };
  /** The rest of the program, after the cluster. */
  readonly use?: (cluster: KopsKarpenterCluster) => pulumi.Resource;
}

export async function graphOf(args: object = {}, options: GraphOptions = {}): Promise<Graph> {
  const { preview = false, name = "cluster" } = options;
  const resources: Registered[] = [];
  const requests = new Map<string, Request>();
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ type, name: logical, inputs }) => {
      const request = requests.get(`${type} ${logical}`);
      if (request === undefined) throw new Error(`${type} ${logical} was not asked for`);
      resources.push({ ...request, urn: urnOf(request), inputs: plainInputs(inputs) });
      const more = preview ? {} : computed(type, logical, plainInputs(inputs));
      return Promise.resolve({
        id: preview || !request.custom ? undefined : `${logical}-id`,
        state: { ...inputs, ...more },
      });
    },
    call: ({ token, inputs }) => options.answer?.(token) ?? lookedUp(token, inputs),
  };
  await useMocks(mocks, preview, (request) => {
    const key = `${request.type} ${request.name}`;
    if (requests.has(key)) throw new Error(`${key} is registered twice`);
    requests.set(key, request);
  });
  const made = options.program?.() ?? {};
  const outputs = await withoutNetwork(async () => {
    const cluster = new KopsKarpenterCluster(name, { ...smallest, ...args, ...made.args }, made.options, {
      problems: [],
      changedKeys: [],
    });
    options.use?.(cluster);
    await settled();
    const entries = Object.entries(cluster.outputs).map(
      async ([key, value]) => [key, await settlement(value)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  });
  return graph(resources, outputs);
}

function graph(resources: readonly Registered[], outputs: Graph["outputs"]): Graph {
  const byUrn = new Map(resources.map((each) => [each.urn, each]));
  const reach = (from: Registered, to: string, seen: Set<string>): boolean =>
    from.dependencies.some((urn) => {
      const next = byUrn.get(urn);
      if (urn === to) return true;
      if (next === undefined || seen.has(urn)) return false;
      seen.add(urn);
      return reach(next, to, seen);
    });
  return {
    resources,
    outputs,
    named: (name) => {
      const found = resources.filter((each) => each.name === name);
      if (found[0] === undefined || found.length > 1)
        throw new Error(`${String(found.length)} resources are named ${name}`);
      return found[0];
    },
    ofType: (type) => resources.filter((each) => each.type === type),
    waitsFor: (resource, other) => reach(resource, other.urn, new Set()),
  };
}

/** The component, and everything below it. */
export function belowComponent({ resources }: Graph): readonly Registered[] {
  const component = resources.find(({ type }) => type === clusterToken);
  const byUrn = new Map(resources.map((each) => [each.urn, each]));
  const isBelow = (each: Registered | undefined): boolean =>
    each !== undefined && (each === component || isBelow(byUrn.get(each.parent)));
  return resources.filter(isBelow);
}

function urnOf({ parent, type, name }: Request): string {
  const above = parent === "" ? "" : `${parent.split("::")[2]?.split("$").pop() ?? ""}$`;
  return `urn:pulumi:stack::project::${above}${type}::${name}`;
}

/** Without the marks of secrets. */
function plainInputs(inputs: unknown): Registered["inputs"] {
  return plain(inputs) as Registered["inputs"];
}

function plain(value: unknown): unknown {
  const shown = revealed(value);
  if (Array.isArray(shown)) return shown.map(plain);
  if (typeof shown !== "object" || shown === null) return shown;
  return Object.fromEntries(Object.entries(shown).map(([key, each]) => [key, plain(each)]));
}

/** kOps's own site is out of a test's reach: a hash for its files, and its source from the Go module. */
function answerTo(address: string): string | Uint8Array<ArrayBuffer> {
  const source = /\/upup\/models\/.*$/.exec(address)?.[0];
  const bytes = source === undefined ? undefined : kopsSource(source);
  return bytes === undefined ? `${"0".repeat(64)}\n` : new Uint8Array(bytes);
}

export async function withoutNetwork<T>(run: () => Promise<T>, status = 200): Promise<T> {
  const { fetch } = globalThis;
  const { stackTraceLimit } = Error;
  globalThis.fetch = (address) => Promise.resolve(new Response(answerTo(address as string), { status }));
  // Pulumi takes a stack trace for each promise, and with source maps those are most of what a graph costs.
  Error.stackTraceLimit = 0;
  try {
    return await run();
  } finally {
    globalThis.fetch = fetch;
    Error.stackTraceLimit = stackTraceLimit;
  }
}
