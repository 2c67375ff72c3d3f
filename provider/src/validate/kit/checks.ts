/** The vocabulary of the rules: each kind of rule, worded once. Absent values and outputs pass. */
import { isOutput, type Input } from "../../schema/input";
import { show, showList } from "../report/display";
import { at, below, type Report } from "../report/report";
import type { Format } from "./formats";

/** What Kubernetes, EC2 and the plugin protocol count with. */
const largestInteger = 2 ** 31 - 1;

/** A value and its path. */
export type Entry<T> = readonly [value: T, path: string];

interface Limits {
  readonly least: number;
  readonly most: number;
  readonly unit?: string;
  /** Where the limits hold, for example `for type gp3`. */
  readonly scope?: string;
}

interface Condition {
  readonly holds: boolean;
  /** In words, for example `network.topology is "private"`. */
  readonly text: string;
}

export class Checks {
  constructor(readonly report: Report) {}

  /** For a rule that is worded nowhere else. */
  problem(path: string, what: string, value: unknown, rule: string): void {
    this.report.add(path, `${what}, got ${show(value)}; ${rule}`);
  }

  between(path: string, value: number | undefined, { least, most, unit, scope }: Limits): void {
    if (value !== undefined && (value < least || value > most)) {
      const range =
        most < largestInteger
          ? `between ${least} and ${most}`
          : least > value
            ? `at least ${least}`
            : `at most ${most}`;
      const words = [range, unit, scope].filter((word) => word !== undefined);
      this.report.add(path, `out of range, got ${value}; must be ${words.join(" ")}`);
    }
  }

  atLeast(path: string, value: number | undefined, least: number): void {
    this.between(path, value, { least, most: largestInteger });
  }

  oneOf(path: string, value: string | undefined, allowed: readonly string[], what = "unknown value"): void {
    if (value !== undefined && !allowed.includes(value)) {
      this.report.add(path, `${what}, got ${show(value)}; must be one of ${showList(allowed)}`);
    }
  }

  matches(path: string, value: Input<string> | undefined, format: Format): void {
    if (typeof value === "string" && !format.test(value)) {
      this.report.add(path, `invalid ${format.name}, got ${show(value)}; must be ${format.rule}`);
    }
  }

  matchAll(entries: readonly Entry<Input<string>>[], format: Format): void {
    for (const [value, path] of entries) {
      this.matches(path, value, format);
    }
  }

  unique(entries: readonly Entry<Input<string>>[], what = "value"): void {
    const first = new Map<string, string>();
    for (const [value, path] of entries) {
      if (typeof value !== "string") {
        continue;
      }
      const earlier = first.get(value);
      if (earlier === undefined) {
        first.set(value, path);
      } else {
        this.report.add(path, `duplicate ${what} ${show(value)}; first used at ${earlier}`);
      }
    }
  }

  /** `rule` names what is due, for example `list at least one zone, or omit it`. */
  notEmpty(path: string, list: readonly unknown[] | undefined, rule: string): void {
    if (list?.length === 0) {
      this.report.add(path, `must not be empty; ${rule}`);
    }
  }

  fewerThan(path: string, count: number, most: number, what: string, reason?: string): void {
    if (count > most) {
      const because = reason === undefined ? "" : `, ${reason}`;
      this.report.add(path, `too many ${what}, got ${count}; must be at most ${most}${because}`);
    }
  }

  onlyIf(path: string, value: unknown, { holds, text }: Condition, rule = "omit it"): void {
    if (value !== undefined && !holds) {
      this.report.add(path, `allowed only when ${text}, got ${show(value)}; ${rule}`);
    }
  }

  requiredWhen(path: string, value: unknown, { holds, text }: Condition, rule: string): void {
    if (value === undefined && holds) {
      this.report.add(path, `required when ${text}; must be ${rule}`);
    }
  }

  /** Two inputs that say the same thing; `other` is the one that was given as well. */
  conflictsWith(path: string, value: unknown, other: string, holds: boolean): void {
    if (value !== undefined && holds) {
      this.report.add(path, `conflicts with ${other}, got ${show(value)}; set only one`);
    }
  }

  /** Elements of a list with their paths, without those that structure could not use. */
  items<T>(path: string, list: readonly T[] | undefined): readonly Entry<T>[] {
    return (list ?? [])
      .map((item, index) => [item, at(path, index)] as const)
      .filter(([, itemPath]) => this.report.isUsable(itemPath));
  }
}

/** Entries of a map with their paths, sorted by key, so that problems come in a stable order. */
export function fields<T>(
  path: string,
  map: Readonly<Record<string, T>> | undefined,
): readonly (readonly [key: string, value: T, path: string])[] {
  return Object.entries(map ?? {})
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, value]) => [key, value, below(path, key)] as const);
}

/** The value if it is known now. */
export function known(value: Input<string> | undefined): string | undefined {
  return isOutput(value) ? undefined : value;
}
