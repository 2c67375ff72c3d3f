import type * as pulumi from "@pulumi/pulumi";
import { EventRule } from "@pulumi/aws/cloudwatch/eventRule";
import { EventTarget } from "@pulumi/aws/cloudwatch/eventTarget";
import { Queue } from "@pulumi/aws/sqs/queue";
import { QueuePolicy } from "@pulumi/aws/sqs/queuePolicy";
import type { EventRuleRow, InterruptionRows, QueueRow } from "../../plan/rows";
import { Part, type ClusterContext } from "./part";

/** The queue that tells Karpenter of instances about to go, and the event rules that feed it. */
export class Interruption extends Part {
  readonly queueName: pulumi.Output<string>;
  readonly queueArn: pulumi.Output<string>;

  constructor(context: ClusterContext, rows: InterruptionRows) {
    super("interruption", context);
    const queue = this.queue(rows.queue);
    this.queueName = queue.name;
    this.queueArn = queue.arn;
    for (const row of rows.rules) {
      this.rule(row, queue);
    }
    this.registerOutputs({ queueName: this.queueName });
  }

  private queue(row: QueueRow): Queue {
    const queue = new Queue(
      this.childName(row.key),
      {
        name: row.name,
        messageRetentionSeconds: row.messageRetentionSeconds,
        sqsManagedSseEnabled: row.sqsManagedSseEnabled,
        tags: row.tags,
      },
      this.child,
    );
    new QueuePolicy(
      this.childName(row.policyKey),
      { queueUrl: queue.url, policy: queue.arn.apply((arn) => row.policy(arn)) },
      this.child,
    );
    return queue;
  }

  private rule(row: EventRuleRow, queue: Queue): void {
    const rule = new EventRule(
      this.childName(row.key),
      { name: row.name, description: row.description, eventPattern: row.eventPattern, tags: row.tags },
      this.child,
    );
    new EventTarget(
      this.childName(row.targetKey),
      { rule: rule.name, targetId: row.targetId, arn: queue.arn },
      this.child,
    );
  }
}
