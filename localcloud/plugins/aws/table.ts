import { type Entry, resource, type ResourceType } from "../host/rules";
import type { Aws } from "./clients";

/** An AWS resource type: what is the same for all of them (region, tagsAll) is added here. */
export function awsType<A, R>(entry: Entry<Aws, A, R>): ResourceType<Aws> {
  const type = resource<Aws, A, R>(entry);
  const { region } = type.rules;
  return {
    ...type,
    rules: region === undefined ? type.rules : { ...type.rules, region: { ...region, implied: true } },
    read: async (aws, id, known) => {
      const state = (await type.read(aws, id, known)) as Record<string, unknown> | undefined;
      if (state === undefined) return undefined;
      const place = region === undefined ? {} : { region: aws.region };
      const tags = "tags" in state && type.rules["tags"]?.fields === undefined ? { tagsAll: state["tags"] } : {};
      return { ...place, ...tags, ...state };
    },
  };
}

export function bug(what: string): never {
  throw new Error(`bug: ${what}`);
}

/** A value that AWS always answers with. */
export function sure<T>(value: T | undefined, what: string): T {
  return value ?? bug(`the simulated AWS did not answer with ${what}`);
}
