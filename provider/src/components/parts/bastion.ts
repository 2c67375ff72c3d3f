import type * as pulumi from "@pulumi/pulumi";
import { bastionRows, type BastionRows } from "../../plan/bastion";
import { listener, loadBalancer, targetGroup } from "../builders/loadBalancers";
import { autoscalingGroup, launchTemplate, type InstanceArgs } from "../builders/autoscaling";
import type { HostedZone } from "./hostedZone";
import { ClusterChild, type ClusterContext } from "./clusterChild";

export interface BastionArgs extends InstanceArgs {
  readonly hostedZone: HostedZone | undefined;
  readonly keyName: pulumi.Output<string> | undefined;
}

/** The bastion and its load balancer: the way in by SSH. */
export class Bastion extends ClusterChild {
  readonly groupName: pulumi.Output<string>;

  static ifAny(context: ClusterContext, args: BastionArgs): Bastion | undefined {
    const rows = bastionRows(context.cluster);
    return rows === undefined ? undefined : new Bastion(context, rows, args);
  }

  constructor(context: ClusterContext, rows: BastionRows, args: BastionArgs) {
    super("bastion", context);
    const { network, hostedZone } = args;
    const balancer = loadBalancer(this.scope, rows.loadBalancer, args);
    const target = targetGroup(this.scope, rows.targetGroup, network.vpcId);
    const way = listener(this.scope, rows.listener, balancer, target);
    // It runs nothing of kOps, so there is no user data.
    const template = launchTemplate(this.scope, args, rows.launchTemplate, args.keyName, undefined);
    const group = autoscalingGroup(this.scope, args, rows.autoscalingGroup, template, [target.arn], [way]);
    hostedZone?.bastionRecords(balancer);
    this.groupName = group.name;
    this.registerOutputs({ dnsName: balancer.dnsName });
  }
}
