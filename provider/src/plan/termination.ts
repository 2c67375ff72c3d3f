/** What tells kOps's node termination handler of instances that are about to go (kops pkg/model/awsmodel/nodeterminationhandler.go:78). */
import type { LifecycleHookArgs } from "@pulumi/aws/autoscaling/lifecycleHook";
import type { EventRuleArgs } from "@pulumi/aws/cloudwatch/eventRule";
import type { EventTargetArgs } from "@pulumi/aws/cloudwatch/eventTarget";
import type { QueueArgs } from "@pulumi/aws/sqs/queue";
import type { TerminationEvent } from "../releases/release";
import { cloudGroups, type ResolvedCluster } from "../model/cluster";
import { bastionGroupName, terminationHookName, terminationQueueName, terminationRuleName } from "../model/names";
import { drainsAtRebalance } from "../model/nodeTermination";
import { policyText } from "../model/policyDocument";
import { ownedTags } from "../model/tags";

export function terminationRows(cluster: ResolvedCluster) {
  return { queue: queue(cluster), rules: events(cluster).map((event) => rule(cluster, event)), hooks: hooks(cluster) };
}

function queue(cluster: ResolvedCluster) {
  const name = terminationQueueName(cluster.name);
  return {
    key: "termination-queue",
    policyKey: "termination-queue-policy",
    policy: (queueArn: string) =>
      policyText([
        {
          Effect: "Allow",
          Principal: { Service: ["events.amazonaws.com", "sqs.amazonaws.com"] },
          Action: "sqs:SendMessage",
          Resource: queueArn,
        },
      ]),
    args: {
      name,
      messageRetentionSeconds: cluster.release.termination.retentionSeconds,
      tags: ownedTags(cluster, name),
    } satisfies QueueArgs,
  };
}

const keys: Readonly<Record<TerminationEvent, string>> = {
  ASGLifecycle: "lifecycle",
  SpotInterruption: "spot",
  InstanceStateChange: "instance-state",
  InstanceScheduledChange: "health",
  RebalanceRecommendation: "rebalance",
};

function events(cluster: ResolvedCluster): readonly TerminationEvent[] {
  const all = Object.keys(keys) as readonly TerminationEvent[];
  return all.filter((event) => event !== "RebalanceRecommendation" || drainsAtRebalance(cluster));
}

function rule(cluster: ResolvedCluster, event: TerminationEvent) {
  const name = terminationRuleName(cluster.name, event);
  return {
    key: `termination-rule-${keys[event]}`,
    args: {
      name,
      eventPattern: cluster.release.termination.patterns[event],
      tags: ownedTags(cluster, name),
    } satisfies EventRuleArgs,
    /** Its one target, the queue. */
    target: {
      key: `termination-target-${keys[event]}`,
      args: { targetId: "1" } satisfies Partial<EventTargetArgs>,
    },
  };
}

/** Of every Auto Scaling group: an instance waits for the handler before it is terminated. */
function hooks(cluster: ResolvedCluster) {
  const { bastion } = cluster.network;
  const groups = [
    ...cluster.controlPlaneGroups.map(({ name }) => name),
    ...(bastion === undefined ? [] : [bastionGroupName]),
    ...cloudGroups(cluster).map(({ name }) => name),
  ];
  return groups.map((group) => ({
    key: `termination-hook-${group}`,
    group,
    args: {
      name: terminationHookName(group),
      defaultResult: "CONTINUE",
      heartbeatTimeout: cluster.release.termination.retentionSeconds,
      lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
    } satisfies Partial<LifecycleHookArgs>,
  }));
}
