import type * as pulumi from "@pulumi/pulumi";
import { LifecycleHook } from "@pulumi/aws/autoscaling/lifecycleHook";
import { hasNodeTerminationHandler } from "../../model/nodeTermination";
import { terminationRows } from "../../plan/termination";
import { eventQueue } from "../builders/eventQueue";
import { requireRef } from "../builders/references";
import { ClusterChild, type ClusterContext } from "./clusterChild";

/** By instance group. */
type GroupNames = Readonly<Record<string, pulumi.Output<string>>>;

/** What kOps's node termination handler works with: its queue, and the hooks for which terminations wait. */
export class Termination extends ClusterChild {
  static ifAny(context: ClusterContext, groupNames: GroupNames): Termination | undefined {
    return hasNodeTerminationHandler(context.cluster) ? new Termination(context, groupNames) : undefined;
  }

  constructor(context: ClusterContext, groupNames: GroupNames) {
    super("termination", context);
    const { hooks, ...rows } = terminationRows(context.cluster);
    const queue = eventQueue(this.scope, rows);
    for (const { key, group, args } of hooks) {
      new LifecycleHook(
        this.childName(key),
        { ...args, autoscalingGroupName: requireRef(groupNames, group) },
        this.child,
      );
    }
    this.registerOutputs({ queueName: queue.name });
  }
}
