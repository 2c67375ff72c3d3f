import type * as pulumi from "@pulumi/pulumi";
import { interruptionRows } from "../../plan/interruption";
import { eventQueue } from "../builders/eventQueue";
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
    const queue = eventQueue(this.scope, interruptionRows(context.cluster));
    this.queueName = queue.name;
    this.queueArn = queue.arn;
    this.registerOutputs({ queueName: this.queueName });
  }
}
