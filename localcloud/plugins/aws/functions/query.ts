/** How functions of EC2 ask: filters as the provider words them, and its errors for none and for several. */
import type { Filter } from "@aws-sdk/client-ec2";
import { object, required, update } from "../../host/rules";
import { found } from "../clients";
import type { Tags } from "../tags";

export const filterRule = object(update, { name: required(update), values: required(update) });

export interface Query {
  filters?: { name: string; values: string[] }[] | undefined;
  tags?: Tags | undefined;
}

export function filtersOf(query: Query, more: Record<string, string | boolean | undefined> = {}): Filter[] {
  return [
    ...(query.filters ?? []).map((each) => ({ Name: each.name, Values: each.values })),
    ...Object.entries(query.tags ?? {}).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] })),
    ...Object.entries(more).flatMap(([Name, value]) =>
      value === undefined ? [] : [{ Name, Values: [String(value)] }],
    ),
  ];
}

/** Functions that look for one thing fail when there is none, or more than one; an id that AWS does not know is none. */
export async function single<T>(what: string, ask: () => Promise<readonly T[] | undefined>): Promise<T> {
  const [first, second] = (await found(ask())) ?? [];
  if (first === undefined) throw new Error(`no matching ${what} found`);
  if (second !== undefined) {
    throw new Error(`multiple ${what}s matched; use additional constraints to reduce matches to a single ${what}`);
  }
  return first;
}
