import type * as pulumi from "@pulumi/pulumi";
import { Listener } from "@pulumi/aws/lb/listener";
import { LoadBalancer } from "@pulumi/aws/lb/loadBalancer";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup";
import type { ListenerRow, LoadBalancerRow, TargetGroupRow } from "../../plan/apiLoadBalancer";
import type { Firewall } from "../parts/firewall";
import { requireRef } from "./references";
import type { Network } from "../parts/network";
import type { Scope } from "../parts/clusterChild";

export interface LoadBalancerArgs {
  readonly network: Network;
  readonly firewall: Firewall;
}

export function loadBalancer(scope: Scope, row: LoadBalancerRow, args: LoadBalancerArgs): LoadBalancer {
  return new LoadBalancer(
    scope.childName(row.key),
    {
      ...row.args,
      subnets: row.subnets.map((subnet) => requireRef(args.network.subnetIds, subnet)),
      securityGroups: [
        ...row.securityGroups.map((group) => args.firewall.id(group)),
        ...row.additionalSecurityGroupIds,
      ],
    },
    // A public load balancer is refused in a VPC without an internet gateway.
    { ...scope.child, dependsOn: [...args.network.routes] },
  );
}

export function targetGroup(scope: Scope, row: TargetGroupRow, vpcId: pulumi.Output<string>): TargetGroup {
  return new TargetGroup(scope.childName(row.key), { ...row.args, vpcId }, scope.child);
}

export function listener(scope: Scope, row: ListenerRow, from: LoadBalancer, to: TargetGroup): Listener {
  const defaultActions = [{ type: "forward", targetGroupArn: to.arn }];
  return new Listener(
    scope.childName(row.key),
    { ...row.args, loadBalancerArn: from.arn, defaultActions },
    scope.child,
  );
}
