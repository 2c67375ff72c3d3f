import type * as pulumi from "@pulumi/pulumi";
import { EventRule } from "@pulumi/aws/cloudwatch/eventRule";
import { EventTarget } from "@pulumi/aws/cloudwatch/eventTarget";
import { Queue } from "@pulumi/aws/sqs/queue";
import { QueuePolicy } from "@pulumi/aws/sqs/queuePolicy";
import type { InterruptionRows } from "../../plan/interruption";
import { Part, type ClusterContext } from "./part";

/** The queue that tells Karpenter of instances about to go, and the event rules that feed it. */
export class Interruption extends Part {
  readonly queueName: pulumi.Output<string>;
  readonly queueArn: pulumi.Output<string>;

  constructor(context: ClusterContext, { queue: row, rules }: InterruptionRows) {
    super("interruption", context);
    const queue = new Queue(this.childName(row.key), row.args, this.child);
    this.queueName = queue.name;
    this.queueArn = queue.arn;
    const policy = queue.arn.apply((arn) => row.policy(arn));
    new QueuePolicy(this.childName(row.policyKey), { queueUrl: queue.url, policy }, this.child);
    for (const { key, args, target } of rules) {
      const rule = new EventRule(this.childName(key), args, this.child);
      new EventTarget(this.childName(target.key), { ...target.args, rule: rule.name, arn: queue.arn }, this.child);
    }
    this.registerOutputs({ queueName: this.queueName });
  }
}
