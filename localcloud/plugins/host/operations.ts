import { completed, type Failure, failures, typeProblems } from "./check";
import { type Change, differences, observedInputs } from "./compare";
import type { Provider, ResourceType } from "./rules";
import { hasUnknown, type Properties, UNKNOWN } from "./values";

/** A resource that exists but was not brought to its inputs: the engine keeps it, and the next run updates it. */
export class HalfMade extends Error {
  constructor(
    message: string,
    readonly id: string,
    readonly outputs: Properties,
  ) {
    super(message);
  }
}

export interface CheckResult {
  readonly inputs: Properties;
  readonly failures: readonly Failure[];
}
export interface DiffResult {
  readonly changes: readonly Change[];
  readonly deleteBeforeReplace: boolean;
}

/** What the engine asks of a provider, in plain values; the gRPC server only translates. */
export class Operations<C> {
  constructor(private readonly provider: Provider<C>) {}

  type(token: string): ResourceType<C> {
    const found = this.provider.resources[token] ?? this.provider.open?.(token);
    if (found === undefined)
      throw new Error(`the stand-in ${this.provider.name} provider does not have the resource type ${token}`);
    return found;
  }

  check(token: string, urn: string, olds: Properties, news: Properties, seed: Uint8Array): CheckResult {
    const type = this.type(token);
    const full = completed(news, olds, { naming: type.naming, defaults: type.defaults, urn, seed });
    const inputs = this.provider.adjust?.(type, full) ?? full;
    return { inputs, failures: [...failures(type.rules, inputs), ...typeProblems(type.problems, inputs)] };
  }

  diff(token: string, olds: Properties, news: Properties, ignored: readonly string[]): DiffResult {
    const type = this.type(token);
    const before = olds[IMPORTED] === true ? asImported(type, olds, news) : olds;
    const changed = differences(type.rules, before, news).filter(
      (change) => !ignored.some((path) => isWithin(change.path, path)),
    );
    const forcing = type.forces?.(before, news) ?? [];
    const all = changed.map((each) =>
      forcing.some((path) => isWithin(each.path, path)) ? { ...each, replaces: true } : each,
    );
    const name = type.naming?.property;
    // Two things of the same fixed name cannot exist at once.
    const sameName = name !== undefined && olds[name] !== undefined && olds[name] === news[name];
    return { changes: all, deleteBeforeReplace: type.deleteBeforeReplace === true || sameName };
  }

  async create(token: string, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
    const type = this.type(token);
    const context = this.provider.context(inputs);
    let id: string | undefined;
    try {
      await type.create(context, inputs, (made) => (id = made));
      if (id === undefined) throw new Error(`bug: create of ${token} did not say which id it made`);
      return { id, outputs: await this.outputs(type, context, id, inputs) };
    } catch (error) {
      if (id === undefined) throw error;
      throw new HalfMade(messageOf(error), id, inputs);
    }
  }

  async update(
    token: string,
    id: string,
    news: Properties,
    olds: { inputs: Properties; state: Properties },
  ): Promise<Properties> {
    const type = this.type(token);
    const context = this.provider.context(news);
    if (type.update === undefined) throw new Error(`bug: ${token} cannot be updated, only replaced`);
    await type.update(context, id, news, olds);
    return this.outputs(type, context, id, news, olds.state);
  }

  /** What an update is expected to give: everything stays but the inputs and what follows from them. */
  previewUpdate(token: string, news: Properties, olds: { inputs: Properties; state: Properties }): Properties {
    const type = this.type(token);
    const { inputs, state } = olds;
    const dropped = Object.keys(type.rules).filter((name) => name in inputs && !(name in news));
    const kept = Object.fromEntries(
      Object.entries(state).filter(([name]) => !dropped.includes(name) || type.rules[name]?.change === "unsupported"),
    );
    const unknown = Object.fromEntries(type.volatile.map((name) => [name, UNKNOWN]));
    const tags = "tagsAll" in state && "tags" in type.rules ? { tagsAll: news["tags"] ?? {} } : {};
    return { ...kept, ...unknown, ...tags, ...news };
  }

  async read(
    token: string,
    name: string,
    known: { inputs: Properties; state: Properties },
  ): Promise<{ id: string; inputs: Properties; outputs: Properties } | undefined> {
    const type = this.type(token);
    const context = this.provider.context(known.inputs);
    const isImport = Object.keys(known.inputs).length === 0 && Object.keys(known.state).length === 0;
    const id = isImport && type.imported !== undefined ? await type.imported(context, name) : name;
    if (id === undefined) return undefined;
    const state = (await type.read(context, id, known)) as Properties | undefined;
    if (state === undefined) return undefined;
    const inputs = observedInputs(type.rules, known.inputs, state);
    const idInState = isImport ? (type.idOfImported?.(name) ?? id) : id;
    return {
      id: idInState,
      inputs: isImport ? { ...inputs, [IMPORTED]: true } : inputs,
      outputs: merged(inputs, state),
    };
  }

  async remove(token: string, id: string, olds: { inputs: Properties; state: Properties }): Promise<void> {
    await this.type(token).remove(this.provider.context(olds.inputs), id, olds);
  }

  async invoke(token: string, args: Properties): Promise<{ result: Properties; failures: readonly Failure[] }> {
    const found = this.provider.invokes[token];
    if (found === undefined)
      throw new Error(`the stand-in ${this.provider.name} provider does not have the function ${token}`);
    const problems = failures(found.arguments, args);
    if (problems.length > 0 || hasUnknown(args)) return { result: {}, failures: problems };
    return { result: (await found.call(this.provider.context(args), args)) as Properties, failures: [] };
  }

  private async outputs(
    type: ResourceType<C>,
    context: C,
    id: string,
    inputs: Properties,
    known: Properties = {},
  ): Promise<Properties> {
    const state = (await type.read(context, id, { inputs, state: known })) as Properties | undefined;
    if (state === undefined) throw new Error(`${id} is gone right after it was made`);
    return merged(inputs, state);
  }
}

/** Marks inputs that no program gave. */
const IMPORTED = "__imported";

/** Of what was imported, a program changes only what it speaks about; the rest was the cloud's own choice. */
function asImported<C>(type: ResourceType<C>, olds: Properties, news: Properties): Properties {
  // Of what has no tags, none were recorded.
  const observed = observedInputs(type.rules, news, { tags: {}, ...olds });
  return Object.fromEntries(Object.entries(observed).filter(([name]) => type.unread?.includes(name) !== true));
}

/** Inputs that the cloud does not give back stay as the program gave them. */
function merged(inputs: Properties, state: Properties): Properties {
  const seen = Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined && value !== null));
  return { ...inputs, ...seen };
}

function isWithin(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
