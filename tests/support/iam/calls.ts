/** The calls that IAM's users and roles made in a local cloud, as its simulator wrote them down (localcloud/aws/calls.py). */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LocalCloud } from "../localCloud";

export type Tags = Readonly<Record<string, string>>;

export interface RecordedCall {
  /** ARN of the user or of the role's session; null where a call is not signed. */
  readonly principal: string | null;
  readonly region: string;
  readonly service: string;
  readonly operation: string;
  /** Flat, as a query has it. */
  readonly params: Readonly<Record<string, string>>;
  /** Of EC2, by id: what the call named, before it was carried out. */
  readonly resources: Readonly<Record<string, KnownResource>>;
  /** Of a service account's token. */
  readonly claims?: { readonly iss: string; readonly sub: string; readonly aud: string | readonly string[] };
  readonly status: number;
}

export interface KnownResource {
  readonly tags: Tags;
  /** What a launch template starts. */
  readonly starts?: {
    readonly image: string | null;
    readonly groups: readonly string[];
    readonly role: string | null;
    readonly tags: Readonly<Record<string, Tags>>;
  };
}

export function recordedCalls(cloud: LocalCloud): RecordedCall[] {
  const file = join(cloud.dir, "logs", "calls.jsonl");
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as RecordedCall);
}
