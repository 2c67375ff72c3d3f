import type { Output, OutputInstance } from "@pulumi/pulumi";

/*
 * A provider is a table of resource types. A type's `inputs` must name every property of the pinned package's *Args type, and no
 * other, so that a misspelt or missing property does not compile; nested objects the same. A property that the stand-in does not
 * implement is written down as `unsupported`, and using it is an error.
 */

/** How two values of a property are compared. */
export type Comparison = "value" | "set" | "json";

export interface Leaf {
  /** What a change of the value does to the resource. */
  readonly change: "update" | "replace" | "unsupported";
  readonly compare: Comparison;
  readonly required: boolean;
  readonly secret: boolean;
  /** The provider's own choice where it is not set: an import does not take it for an input. */
  readonly implied?: boolean;
  readonly fields?: Readonly<Record<string, Leaf>>;
}
export type Unsupported = Leaf & { readonly change: "unsupported" };
export type Nested<F> = Leaf & { readonly fields: F };
type Needed = { readonly required: true };

/** An input type as it arrives: no outputs, no promises. */
export type Plain<T> = T extends Promise<unknown> | OutputInstance<unknown>
  ? never
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer E)[]
      ? Plain<E>[]
      : T extends object
        ? { [K in keyof T]: Plain<T[K]> }
        : T;

type Element<T> = T extends readonly (infer E)[] ? E : T;
/** The object type inside a property, unless it may also be a string (an ARN, a policy text) or is a map. */
type ObjectIn<T> = [Extract<Element<T>, string | number | boolean>] extends [never]
  ? Element<T> extends object
    ? string extends keyof Element<T>
      ? never
      : Element<T>
    : never
  : never;

type RuleFor<T> = Unsupported | ([ObjectIn<T>] extends [never] ? Leaf : Nested<RulesOf<ObjectIn<T>>>);
type RulesOf<P> = {
  readonly [K in keyof P]-?: Partial<Pick<P, K>> extends Pick<P, K>
    ? RuleFor<NonNullable<P[K]>>
    : RuleFor<NonNullable<P[K]>> & Needed;
};
/** The table's rules for an *Args type: every property of it, and none besides. */
export type Rules<A> = RulesOf<Plain<A>>;

export const update: Leaf = { change: "update", compare: "value", required: false, secret: false };
export const replace: Leaf = { change: "replace", compare: "value", required: false, secret: false };
export const unsupported: Unsupported = { change: "unsupported", compare: "value", required: false, secret: false };

export function required<L extends Leaf>(rule: L): L & Needed {
  return { ...rule, required: true };
}
/** The order of the elements means nothing. */
export function set<L extends Leaf>(rule: L): L {
  return { ...rule, compare: "set" };
}
/** A JSON text, compared by what it says. */
export function json<L extends Leaf>(rule: L): L {
  return { ...rule, compare: "json" };
}
export function secret<L extends Leaf>(rule: L): L {
  return { ...rule, secret: true };
}
export function object<F>(rule: Leaf, fields: F): Nested<F> {
  return { ...rule, fields } as Nested<F>;
}

/** The properties of a resource class that are outputs, as plain values. */
type OutputKeys<R> = { [K in keyof R]-?: R[K] extends Output<infer _U> ? K : never }[keyof R];
export type State<R> = {
  [K in Exclude<OutputKeys<R>, "urn" | "id">]?: R[K] extends Output<infer U> ? Partly<U> | undefined : never;
};
/** Nested outputs may leave out what the cloud did not say; a misspelt one still does not compile. */
type Partly<T> = T extends string | number | boolean | null | undefined
  ? T | undefined
  : T extends readonly (infer E)[]
    ? Partly<E>[]
    : T extends object
      ? { [K in keyof T]?: Partly<T[K]> | undefined }
      : T;

/** Computed outputs that an update may change, and that are therefore unknown in its preview. */
type Volatile<R> = readonly Exclude<OutputKeys<R>, "urn" | "id">[];

export interface Naming {
  readonly property: string;
  readonly maxLength: number;
  /** Kinds that allow no upper-case letters. */
  readonly lowerCase?: boolean;
  readonly suffix?: string;
}

export interface Previous<I, S> {
  readonly inputs: I;
  readonly state: S;
}

/** One resource type: rules for the engine's checks, and the five things that can be done to a resource. */
export interface ResourceType<C, I = unknown, S = unknown> {
  readonly rules: Readonly<Record<string, Leaf>>;
  readonly naming?: Naming;
  readonly defaults?: Partial<I>;
  /** Two such resources cannot exist at the same time, so a replacement deletes first. */
  readonly deleteBeforeReplace?: boolean;
  readonly volatile: readonly string[];
  /** Changed properties that replace the resource in this case, and are changed in place in others. */
  readonly forces?: (olds: I, news: I) => readonly string[];
  /** Problems that no single property shows, for Check. */
  readonly problems?: (inputs: I) => readonly { property: string; reason: string }[];
  /** Calls `created` as soon as the resource exists: a failure after that leaves a resource that the next run finishes. */
  readonly create: (context: C, inputs: I, created: (id: string) => void) => Promise<void>;
  /** The id of a resource that `pulumi import` names in another way; undefined when there is no such resource. */
  readonly imported?: (context: C, name: string) => Promise<string | undefined>;
  /** The id that it then has, where only `read` can tell the parts of that name. */
  readonly idOfImported?: (name: string) => string;
  /** Properties that the provider does not read back: the update after an import writes them. */
  readonly unread?: readonly string[];
  /** The resource as it is, or undefined when it is gone. `known` is what the last state said; empty on import. */
  readonly read: (context: C, id: string, known: Previous<Partial<I>, Partial<S>>) => Promise<S | undefined>;
  /** Brings the resource to the wanted inputs, whatever it was like before: it also finishes an interrupted create. */
  readonly update?: (context: C, id: string, inputs: I, previous: Previous<I, S>) => Promise<void>;
  readonly remove: (context: C, id: string, previous: Previous<I, S>) => Promise<void>;
}

/** A table entry, with its functions typed by the package's own *Args and resource class. */
export interface Entry<C, A, R> {
  readonly inputs: Rules<A>;
  readonly naming?: Naming & { readonly property: keyof A & string };
  readonly defaults?: Partial<Plain<A>>;
  readonly deleteBeforeReplace?: boolean;
  readonly volatile?: Volatile<R>;
  readonly forces?: (olds: Plain<A>, news: Plain<A>) => readonly (keyof A & string)[];
  readonly problems?: (inputs: Plain<A>) => readonly { property: string; reason: string }[];
  readonly create: (context: C, inputs: Plain<A>, created: (id: string) => void) => Promise<void>;
  readonly imported?: (context: C, name: string) => Promise<string | undefined>;
  readonly idOfImported?: (name: string) => string;
  readonly unread?: readonly (keyof A & string)[];
  readonly read: (
    context: C,
    id: string,
    known: Previous<Partial<Plain<A>>, Partial<State<R>>>,
  ) => Promise<State<R> | undefined>;
  readonly update?: (context: C, id: string, inputs: Plain<A>, previous: Previous<Plain<A>, State<R>>) => Promise<void>;
  readonly remove: (context: C, id: string, previous: Previous<Plain<A>, State<R>>) => Promise<void>;
}

/** Checks an entry against the package's types and forgets them, so that all entries fit into one table. */
export function resource<C, A, R>(entry: Entry<C, A, R>): ResourceType<C> {
  return { volatile: [], ...entry, rules: entry.inputs } as unknown as ResourceType<C>;
}

/** A function of the provider (an invoke). */
export interface InvokeType<C> {
  readonly arguments: Readonly<Record<string, Leaf>>;
  readonly call: (context: C, args: unknown) => Promise<object>;
}

export function invoke<C, A, R extends object>(entry: {
  readonly arguments: Rules<A>;
  readonly call: (context: C, args: Plain<A>) => Promise<R>;
}): InvokeType<C> {
  return entry as unknown as InvokeType<C>;
}

/** A provider plugin: what the host serves. `C` is what its functions work with. */
export interface Provider<C> {
  readonly name: string;
  readonly version: string;
  readonly resources: Readonly<Record<string, ResourceType<C>>>;
  /** Types whose tokens are not known beforehand: Kubernetes kinds, custom resources among them. */
  readonly open?: (token: string) => ResourceType<C>;
  /** Those of them that YAML programs can name, each with the properties that the token itself says. */
  readonly kinds?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly invokes: Readonly<Record<string, InvokeType<C>>>;
  /** Names of the provider's own settings; any other is an error. */
  readonly config: Readonly<Record<string, Leaf>>;
  readonly configure: (config: Readonly<Record<string, unknown>>) => void;
  /** Defaults that come from the provider's settings (default tags). */
  readonly adjust?: (type: ResourceType<C>, inputs: Record<string, unknown>) => Record<string, unknown>;
  readonly context: (inputs: Readonly<Record<string, unknown>>) => C;
}
