import { EventRule } from "@pulumi/aws/cloudwatch/eventRule";
import { EventTarget } from "@pulumi/aws/cloudwatch/eventTarget";
import { Queue } from "@pulumi/aws/sqs/queue";
import { QueuePolicy } from "@pulumi/aws/sqs/queuePolicy";
import { tags } from "./tags";

/** A queue, and a rule that feeds it. */
export function interruption() {
  const queue = new Queue("interruption", {
    name: "c-example-com",
    messageRetentionSeconds: 300,
    sqsManagedSseEnabled: true,
    tags: tags("queue"),
  });
  new QueuePolicy("interruption", {
    queueUrl: queue.url,
    policy: queue.arn.apply((arn) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: ["events.amazonaws.com", "sqs.amazonaws.com"] },
            Action: "sqs:SendMessage",
            Resource: arn,
          },
        ],
      }),
    ),
  });
  const rule = new EventRule("spot", {
    name: "c.example.com-SpotInterruption",
    eventPattern: JSON.stringify({ source: ["aws.ec2"], "detail-type": ["EC2 Spot Instance Interruption Warning"] }),
    tags: tags("spot"),
  });
  new EventTarget("spot", { rule: rule.name, arn: queue.arn, targetId: "1" });
}
