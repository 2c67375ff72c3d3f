/** What the guard records of a cluster, as the rules of change read it. */
import { show, showList } from "../report/display";

/** Stands for a bucket, VPC or subnet that the component creates. */
export const created = "created";

/** A part of the cluster that has a name: a node group, a subnet. */
export type RecordedPart = Readonly<Record<string, unknown>>;

/** One side of a change. Values that are not known yet are left out; those of secrets are compared, never shown. */
export class Recorded {
  constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    private readonly secrets: ReadonlySet<string> = new Set(),
  ) {}

  get isEmpty(): boolean {
    return Object.keys(this.values).length === 0;
  }

  value(path: string): unknown {
    return this.values[path];
  }

  text(path: string): string | undefined {
    const value = this.values[path];
    return typeof value === "string" ? value : undefined;
  }

  list(path: string): readonly string[] {
    return texts(this.values[path]);
  }

  /** The parts of a map, such as the node groups, in the order of their names. */
  parts(path: string): readonly (readonly [name: string, part: RecordedPart])[] {
    const value = this.values[path];
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
    const entries = Object.entries(value as Readonly<Record<string, RecordedPart>>);
    return entries.sort(([left], [right]) => (left < right ? -1 : 1));
  }

  part(path: string, name: string): RecordedPart | undefined {
    return this.parts(path).find(([each]) => each === name)?.[1];
  }

  /** As messages show it, on less than a line. */
  shown(path: string): string {
    if (this.secrets.has(path)) return "a secret";
    const value = this.values[path];
    if (value === created) return "created by the component";
    return Array.isArray(value) ? showSome(texts(value)) : show(value);
  }
}

/** A list of texts that was recorded; nothing else is. */
export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((element) => typeof element === "string") : [];
}

const mostShown = 5;

/** `"a", "b"`, and how many more there are. */
export function showSome(values: readonly string[]): string {
  if (values.length === 0) return "none";
  const rest = values.length - mostShown;
  const shown = showList(values.slice(0, mostShown));
  return rest > 0 ? `${shown} and ${String(rest)} more` : shown;
}

/** What is in the first list and not in the second. */
export function without(values: readonly string[], others: readonly string[]): readonly string[] {
  return values.filter((value) => !others.includes(value));
}
