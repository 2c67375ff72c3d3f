import * as pulumi from "@pulumi/pulumi";
import { getNetworkInterfaceOutput } from "@pulumi/aws/ec2/getNetworkInterface";
import { getNetworkInterfacesOutput } from "@pulumi/aws/ec2/getNetworkInterfaces";
import { Listener } from "@pulumi/aws/lb/listener";
import { LoadBalancer } from "@pulumi/aws/lb/loadBalancer";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup";
import { apiLoadBalancerRows } from "../plan/apiLoadBalancer";
import type { ApiLoadBalancerRows, TargetGroupRef, TargetGroupRow } from "../plan/rows";
import type { RuntimeFacts } from "../render/facts";
import { compareCodeUnits } from "../encode/natural";
import type { Firewall } from "./firewall";
import { requireRef } from "./lookup";
import type { Network } from "./network";
import { Part, type ClusterContext } from "./part";

/** The network load balancer of the Kubernetes API and of kops-controller. */
export class ApiLoadBalancer extends Part {
  readonly facts: pulumi.Output<RuntimeFacts["apiLoadBalancer"]>;
  readonly dnsName: pulumi.Output<string>;
  readonly listeners: readonly pulumi.Resource[];
  private readonly targetGroups: Readonly<Record<string, TargetGroup>>;

  constructor(context: ClusterContext, args: { readonly network: Network; readonly firewall: Firewall }) {
    super("api", context);
    const rows = apiLoadBalancerRows(context.cluster);
    const loadBalancer = this.loadBalancer(rows, args);
    this.targetGroups = Object.fromEntries(
      rows.targetGroups.map((row) => [row.ref, this.targetGroup(row, args.network.vpcId)]),
    );
    this.listeners = rows.listeners.map(
      (row) =>
        new Listener(
          this.childName(row.key),
          {
            loadBalancerArn: loadBalancer.arn,
            port: row.port,
            protocol: row.protocol,
            defaultActions: [{ type: "forward", targetGroupArn: this.targetGroupArn(row.targetGroup) }],
          },
          this.child,
        ),
    );
    this.dnsName = loadBalancer.dnsName;
    this.facts = this.addresses(loadBalancer, args.network.vpcId);
    this.registerOutputs({ dnsName: this.dnsName });
  }

  targetGroupArn(ref: TargetGroupRef): pulumi.Output<string> {
    return requireRef(this.targetGroups, ref).arn;
  }

  private loadBalancer(
    { loadBalancer: row }: ApiLoadBalancerRows,
    args: { readonly network: Network; readonly firewall: Firewall },
  ): LoadBalancer {
    return new LoadBalancer(
      this.childName(row.key),
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
      { ...this.child, dependsOn: [...args.network.routes] },
    );
  }

  private targetGroup(row: TargetGroupRow, vpcId: pulumi.Output<string>): TargetGroup {
    const { healthCheck } = row;
    return new TargetGroup(
      this.childName(row.key),
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
      this.child,
    );
  }

  /**
   * With DNS none, nodes find the control plane by the private addresses of the load balancer's network interfaces.
   * AWS makes them, so they are looked up once it exists (kOps v1.36.2 upup/pkg/fi/cloudup/awsup/aws_cloud.go,
   * findELBV2NetworkInterfacesByName).
   */
  private addresses(loadBalancer: LoadBalancer, vpcId: pulumi.Output<string>): ApiLoadBalancer["facts"] {
    const lookup = { parent: this };
    const interfaces = getNetworkInterfacesOutput(
      {
        filters: [
          { name: "vpc-id", values: [vpcId] },
          { name: "interface-type", values: ["network_load_balancer"] },
          // The ARN's last part is net/<name>/<id>; taking the name from it makes the lookup wait for the balancer.
          { name: "description", values: [loadBalancer.arn.apply((arn) => `ELB ${arn.slice(arn.indexOf("net/"))}`)] },
        ],
      },
      lookup,
    );
    const privateAddresses = interfaces.ids.apply((ids) =>
      pulumi.all(ids.map((id) => getNetworkInterfaceOutput({ id }, lookup).privateIp)),
    );
    return pulumi.all([loadBalancer.dnsName, privateAddresses]).apply(([dnsName, addresses]) => ({
      dnsName,
      addresses: addresses.filter((address) => address !== "").sort(compareCodeUnits),
    }));
  }
}
