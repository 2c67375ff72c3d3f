import type * as pulumi from "@pulumi/pulumi";
import { Listener } from "@pulumi/aws/lb/listener";
import { LoadBalancer } from "@pulumi/aws/lb/loadBalancer";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup";
import type { ListenerRow, LoadBalancerRow, TargetGroupRow } from "../../plan/rows";
import type { Firewall } from "../parts/firewall";
import { requireRef } from "./lookup";
import type { Network } from "../parts/network";
import type { Scope } from "../parts/part";

export interface LoadBalancerArgs {
  readonly network: Network;
  readonly firewall: Firewall;
}

export function loadBalancer(scope: Scope, row: LoadBalancerRow, args: LoadBalancerArgs): LoadBalancer {
  return new LoadBalancer(
    scope.childName(row.key),
    {
      name: row.name,
      loadBalancerType: row.loadBalancerType,
      internal: row.internal,
      ipAddressType: row.ipAddressType,
      enableCrossZoneLoadBalancing: row.enableCrossZoneLoadBalancing,
      subnets: row.subnets.map((subnet) => requireRef(args.network.subnetIds, subnet)),
      securityGroups: row.securityGroups.map((group) => args.firewall.id(group)),
      tags: row.tags,
    },
    // A public load balancer is refused in a VPC without an internet gateway.
    { ...scope.child, dependsOn: [...args.network.routes] },
  );
}

export function targetGroup(scope: Scope, row: TargetGroupRow, vpcId: pulumi.Output<string>): TargetGroup {
  const { healthCheck } = row;
  return new TargetGroup(
    scope.childName(row.key),
    {
      name: row.name,
      vpcId,
      protocol: row.protocol,
      port: row.port,
      connectionTermination: row.connectionTermination,
      deregistrationDelay: row.deregistrationDelay,
      healthCheck: {
        protocol: healthCheck.protocol,
        ...(healthCheck.path === undefined ? {} : { path: healthCheck.path }),
        interval: healthCheck.interval,
        healthyThreshold: healthCheck.healthyThreshold,
        unhealthyThreshold: healthCheck.unhealthyThreshold,
      },
      tags: row.tags,
    },
    scope.child,
  );
}

export function listener(scope: Scope, row: ListenerRow, from: LoadBalancer, to: TargetGroup): Listener {
  return new Listener(
    scope.childName(row.key),
    {
      loadBalancerArn: from.arn,
      port: row.port,
      protocol: row.protocol,
      defaultActions: [{ type: "forward", targetGroupArn: to.arn }],
    },
    scope.child,
  );
}
