import type { Aws } from "../clients";
import { pairs, retag, tagMap, type Tags } from "../tags";

export async function tagsOf(aws: Aws, arn: string): Promise<Tags> {
  const answer = await aws.elb.describeTags({ ResourceArns: [arn] });
  return tagMap(answer.TagDescriptions?.[0]?.Tags);
}

export async function retagElb(aws: Aws, arn: string, want: Tags | undefined): Promise<void> {
  await retag(await tagsOf(aws, arn), want, {
    put: (tags) => aws.elb.addTags({ ResourceArns: [arn], Tags: pairs(tags) }),
    drop: (TagKeys) => aws.elb.removeTags({ ResourceArns: [arn], TagKeys }),
  });
}

export function tagList(tags: Tags | undefined): { Tags?: { Key: string; Value: string }[] } {
  return tags === undefined || Object.keys(tags).length === 0 ? {} : { Tags: pairs(tags) };
}
