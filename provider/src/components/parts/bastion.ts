import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancer } from "@pulumi/aws/lb/loadBalancer";
import type { BastionRows } from "../../plan/bastion";
import { listener, loadBalancer, targetGroup } from "../builders/loadBalancers";
import { autoscalingGroup, launchTemplate, type MachineArgs } from "../builders/autoscaling";
import { Part, type ClusterContext } from "./part";

export interface BastionArgs extends MachineArgs {
  readonly rows: BastionRows;
  readonly keyName: pulumi.Output<string> | undefined;
}

/** The bastion and its load balancer: the way in by SSH. */
export class Bastion extends Part {
  readonly balancer: LoadBalancer;
  readonly dnsName: pulumi.Output<string>;
  readonly groupName: pulumi.Output<string>;

  constructor(context: ClusterContext, args: BastionArgs) {
    super("bastion", context);
    const { rows, network } = args;
    const balancer = loadBalancer(this.scope, rows.loadBalancer, args);
    const target = targetGroup(this.scope, rows.targetGroup, network.vpcId);
    const way = listener(this.scope, rows.listener, balancer, target);
    // It runs nothing of kOps, so there is no user data.
    const template = launchTemplate(this.scope, args, rows.launchTemplate, args.keyName, undefined);
    const group = autoscalingGroup(this.scope, args, rows.autoscalingGroup, template, [target.arn], [way]);
    this.balancer = balancer;
    this.dnsName = balancer.dnsName;
    this.groupName = group.name;
    this.registerOutputs({ dnsName: this.dnsName });
  }
}
