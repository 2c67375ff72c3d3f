import { EventRule, type EventRuleArgs } from "@pulumi/aws/cloudwatch/eventRule";
import { EventTarget, type EventTargetArgs } from "@pulumi/aws/cloudwatch/eventTarget";
import { Queue, type QueueArgs } from "@pulumi/aws/sqs/queue";
import { QueuePolicy } from "@pulumi/aws/sqs/queuePolicy";
import type { Scope } from "../parts/clusterChild";

export interface EventQueueRows {
  readonly queue: {
    readonly key: string;
    readonly args: QueueArgs;
    readonly policyKey: string;
    readonly policy: (queueArn: string) => string;
  };
  readonly rules: readonly {
    readonly key: string;
    readonly args: EventRuleArgs;
    readonly target: { readonly key: string; readonly args: Partial<EventTargetArgs> };
  }[];
}

/** A queue, and the rules by which EventBridge fills it. */
export function eventQueue({ childName, child }: Scope, { queue: row, rules }: EventQueueRows): Queue {
  const queue = new Queue(childName(row.key), row.args, child);
  const policy = queue.arn.apply((arn) => row.policy(arn));
  new QueuePolicy(childName(row.policyKey), { queueUrl: queue.url, policy }, child);
  for (const { key, args, target } of rules) {
    const rule = new EventRule(childName(key), args, child);
    new EventTarget(childName(target.key), { ...target.args, rule: rule.name, arn: queue.arn }, child);
  }
  return queue;
}
