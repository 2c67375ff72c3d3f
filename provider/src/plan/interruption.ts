/** What tells Karpenter that an instance is about to go. kOps has no part in it; names and tags still let it clean up. */
import type { EventRuleArgs } from "@pulumi/aws/cloudwatch/eventRule";
import type { EventTargetArgs } from "@pulumi/aws/cloudwatch/eventTarget";
import type { QueueArgs } from "@pulumi/aws/sqs/queue";
import type { InterruptionEvent } from "../releases/release";
import type { ResolvedCluster } from "../model/cluster";
import { interruptionEvents, interruptionQueueName, interruptionRuleName } from "../model/names";
import { policyText } from "../model/policyDocument";
import { ownedTags } from "../model/tags";

export function interruptionRows(cluster: ResolvedCluster) {
  return {
    queue: queue(cluster),
    rules: interruptionEvents.map((event) => rule(cluster, event)),
  };
}

function queue(cluster: ResolvedCluster) {
  const name = interruptionQueueName(cluster.name);
  return {
    key: "interruption-queue",
    policyKey: "interruption-queue-policy",
    policy: queuePolicy,
    args: {
      name,
      messageRetentionSeconds: cluster.release.interruption.retentionSeconds,
      sqsManagedSseEnabled: true,
      tags: ownedTags(cluster, name),
    } satisfies QueueArgs,
  };
}

/** As in Karpenter's reference: EventBridge may send, and nobody without TLS may do anything. */
function queuePolicy(queueArn: string): string {
  return policyText([
    {
      Effect: "Allow",
      Principal: { Service: ["events.amazonaws.com", "sqs.amazonaws.com"] },
      Action: "sqs:SendMessage",
      Resource: queueArn,
    },
    {
      Effect: "Deny",
      Principal: "*",
      Action: "sqs:*",
      Resource: queueArn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
}

const eventNames: Readonly<Record<InterruptionEvent, { readonly key: string; readonly description: string }>> = {
  health: { key: "health", description: "Scheduled changes to EC2 instances, for Karpenter" },
  spotInterruption: { key: "spot", description: "Interruption warnings of spot instances, for Karpenter" },
  rebalance: { key: "rebalance", description: "Rebalance recommendations of spot instances, for Karpenter" },
  instanceState: { key: "instance-state", description: "State changes of EC2 instances, for Karpenter" },
  capacityReservation: {
    key: "capacity-reservation",
    description: "Interruption warnings of capacity reservations, for Karpenter",
  },
};

function rule(cluster: ResolvedCluster, event: InterruptionEvent) {
  const { source, detailType } = cluster.release.interruption.events[event];
  const { key, description } = eventNames[event];
  const name = interruptionRuleName(cluster.name, event);
  return {
    key: `interruption-rule-${key}`,
    args: {
      name,
      description,
      eventPattern: JSON.stringify({ source: [source], "detail-type": [detailType] }),
      tags: ownedTags(cluster, name),
    } satisfies EventRuleArgs,
    /** Its one target, the queue. */
    target: {
      key: `interruption-target-${key}`,
      args: { targetId: "KarpenterInterruptionQueue" } satisfies Partial<EventTargetArgs>,
    },
  };
}
