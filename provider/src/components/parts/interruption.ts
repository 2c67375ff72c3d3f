import type * as pulumi from "@pulumi/pulumi";
import { EventRule } from "@pulumi/aws/cloudwatch/eventRule";
import { EventTarget } from "@pulumi/aws/cloudwatch/eventTarget";
import { Queue } from "@pulumi/aws/sqs/queue";
import { QueuePolicy } from "@pulumi/aws/sqs/queuePolicy";
import { interruptionRows } from "../../plan/interruption";
import { ClusterChild, type ClusterContext } from "./clusterChild";

/** The queue that tells Karpenter of instances about to go, and the event rules that feed it. */
export class Interruption extends ClusterChild {
  readonly queueName: pulumi.Output<string>;
  readonly queueArn: pulumi.Output<string>;

  static ifEnabled(context: ClusterContext): Interruption | undefined {
    return context.cluster.karpenter.interruptionHandling ? new Interruption(context) : undefined;
  }

  constructor(context: ClusterContext) {
    super("interruption", context);
    const { queue: row, rules } = interruptionRows(context.cluster);
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
