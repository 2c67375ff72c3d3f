import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancer } from "@pulumi/aws/lb/loadBalancer";
import type { TargetGroup } from "@pulumi/aws/lb/targetGroup";
import { apiLoadBalancerRows } from "../../plan/apiLoadBalancer";
import type { TargetGroupRef } from "../../plan/rows";
import type { RuntimeFacts } from "../../model/runtime";
import { compareCodeUnits } from "../../encode/natural";
import { listener, loadBalancer, targetGroup, type LoadBalancerArgs } from "../builders/loadBalancers";
import { byRef, requireRef } from "../builders/references";
import { ClusterChild, type ClusterContext } from "./clusterChild";

/** The network load balancer of the Kubernetes API and of kops-controller. */
export class ApiLoadBalancer extends ClusterChild {
  readonly facts: pulumi.Output<RuntimeFacts["apiLoadBalancer"]>;
  readonly balancer: LoadBalancer;
  readonly dnsName: pulumi.Output<string>;
  readonly listeners: readonly pulumi.Resource[];
  private readonly targetGroups: Readonly<Record<string, TargetGroup>>;

  constructor(context: ClusterContext, args: LoadBalancerArgs) {
    super("api", context);
    const rows = apiLoadBalancerRows(context.cluster);
    const balancer = loadBalancer(this.scope, rows.loadBalancer, args);
    this.targetGroups = byRef(rows.targetGroups, (row) => targetGroup(this.scope, row, args.network.vpcId));
    this.listeners = rows.listeners.map((row) =>
      listener(this.scope, row, balancer, requireRef(this.targetGroups, row.targetGroup)),
    );
    this.balancer = balancer;
    this.dnsName = balancer.dnsName;
    this.facts = this.addresses(balancer, args.network.vpcId);
    this.registerOutputs({ dnsName: this.dnsName });
  }

  targetGroupArn(ref: TargetGroupRef): pulumi.Output<string> {
    return requireRef(this.targetGroups, ref).arn;
  }

  /**
   * With DNS none, nodes find the control plane by the private addresses of the load balancer's network interfaces.
   * AWS makes them, so they are looked up once it exists (kOps upup/pkg/fi/cloudup/awsup/aws_cloud.go,
   * findELBV2NetworkInterfacesByName).
   */
  private addresses(balancer: LoadBalancer, vpcId: pulumi.Output<string>): ApiLoadBalancer["facts"] {
    // The ARN's last part is net/<name>/<id>; taking the name from it makes the look-up wait for the balancer.
    const description = balancer.arn.apply((arn) => `ELB ${arn.slice(arn.indexOf("net/"))}`);
    const kind = "network_load_balancer";
    const privateAddresses = this.answers.interfaceAddresses(vpcId, kind, description, balancer.subnets);
    return pulumi.all([balancer.dnsName, privateAddresses]).apply(([dnsName, addresses]) => ({
      dnsName,
      addresses: addresses.filter((address) => address !== "").sort(compareCodeUnits),
    }));
  }
}
