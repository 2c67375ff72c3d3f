/** What tells Karpenter that an instance is about to go. kOps has no part in it; names and tags still let it clean up. */
import { interruptionEventPatterns, interruptionRetentionSeconds } from "../model/aws";
import type { ResolvedCluster } from "../model/cluster";
import {
  interruptionEvents,
  interruptionQueueName,
  interruptionRuleName,
  type InterruptionEvent,
} from "../model/names";
import { policyText } from "../model/policyDocument";
import type { EventRuleRow, InterruptionRows, QueueRow } from "./rows";
import { ownedTags } from "../model/tags";

export function interruptionRows(cluster: ResolvedCluster): InterruptionRows {
  return {
    queue: queue(cluster),
    rules: interruptionEvents.map((event) => rule(cluster, event)),
  };
}

function queue(cluster: ResolvedCluster): QueueRow {
  const name = interruptionQueueName(cluster.name);
  return {
    key: "interruption-queue",
    policyKey: "interruption-queue-policy",
    name,
    messageRetentionSeconds: interruptionRetentionSeconds,
    sqsManagedSseEnabled: true,
    policy: queuePolicy,
    tags: ownedTags(cluster, name),
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

function rule(cluster: ResolvedCluster, event: InterruptionEvent): EventRuleRow {
  const { source, detailType } = interruptionEventPatterns[event];
  const { key, description } = eventNames[event];
  const name = interruptionRuleName(cluster.name, event);
  return {
    key: `interruption-rule-${key}`,
    ref: event,
    name,
    description,
    eventPattern: JSON.stringify({ source: [source], "detail-type": [detailType] }),
    targetKey: `interruption-target-${key}`,
    targetId: "KarpenterInterruptionQueue",
    tags: ownedTags(cluster, name),
  };
}
