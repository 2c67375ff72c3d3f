import type { ResourceType as TaggedKind } from "@aws-sdk/client-ec2";
import type { Aws } from "./clients";

export type Tags = Record<string, string>;
export interface TagPair {
  Key: string;
  Value: string;
}

export function pairs(tags: Tags | undefined): TagPair[] {
  return Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
}

/** A tag list as a map, without the tags that AWS keeps for itself. */
export function tagMap(tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined): Tags {
  const own = (tags ?? []).filter((tag) => tag.Key !== undefined && !tag.Key.startsWith("aws:"));
  return Object.fromEntries(own.map((tag) => [tag.Key ?? "", tag.Value ?? ""]));
}

/** For the Create calls of EC2. */
export function specification(
  kind: TaggedKind,
  tags: Tags | undefined,
): { ResourceType: TaggedKind; Tags: TagPair[] }[] | undefined {
  return tags === undefined || Object.keys(tags).length === 0 ? undefined : [{ ResourceType: kind, Tags: pairs(tags) }];
}

export interface TagChange {
  readonly put: Tags;
  readonly drop: string[];
}

export function tagChange(have: Tags, want: Tags | undefined): TagChange {
  const wanted = want ?? {};
  return {
    put: Object.fromEntries(Object.entries(wanted).filter(([name, value]) => have[name] !== value)),
    drop: Object.keys(have).filter((name) => !(name in wanted)),
  };
}

/** Brings a resource's tags to what is wanted, with the calls of its service. */
export async function retag(
  have: Tags,
  want: Tags | undefined,
  calls: { put: (tags: Tags) => Promise<unknown>; drop: (names: string[]) => Promise<unknown> },
): Promise<void> {
  const { put, drop } = tagChange(have, want);
  if (drop.length > 0) await calls.drop(drop);
  if (Object.keys(put).length > 0) await calls.put(put);
}

export async function retagEc2(aws: Aws, id: string, want: Tags | undefined): Promise<void> {
  const answer = await aws.ec2.describeTags({ Filters: [{ Name: "resource-id", Values: [id] }] });
  await retag(tagMap(answer.Tags), want, {
    put: (tags) => aws.ec2.createTags({ Resources: [id], Tags: pairs(tags) }),
    drop: (names) => aws.ec2.deleteTags({ Resources: [id], Tags: names.map((Key) => ({ Key })) }),
  });
}
