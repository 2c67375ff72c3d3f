import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancer } from "@pulumi/aws/lb/loadBalancer";
import { getZoneOutput } from "@pulumi/aws/route53/getZone";
import { Record as DnsRecord } from "@pulumi/aws/route53/record";
import { ZoneAssociation } from "@pulumi/aws/route53/zoneAssociation";
import type { DnsRows, RecordRow } from "../../plan/dns";
import type { Network } from "./network";
import { Part, type ClusterContext } from "./part";

/** The user's hosted zone, and for a private one that the cluster's VPC sees it. */
export class HostedZone extends Part {
  readonly zoneId: pulumi.Output<string>;
  readonly associations: readonly pulumi.Resource[];

  constructor(context: ClusterContext, args: { readonly rows: DnsRows; readonly network: Network }) {
    super("dns", context);
    const { rows, network } = args;
    this.zoneId = getZoneOutput(
      { ...rows.zone, vpcId: rows.isInExistingVpc ? network.vpcId : undefined },
      { parent: this },
    ).zoneId;
    this.associations =
      rows.associationKey === undefined
        ? []
        : [
            new ZoneAssociation(
              this.childName(rows.associationKey),
              { zoneId: this.zoneId, vpcId: network.vpcId, vpcRegion: context.cluster.region },
              this.child,
            ),
          ];
    this.registerOutputs({ zoneId: this.zoneId });
  }

  /** Names in the zone that lead to a load balancer, or are kept for dns-controller. */
  records(rows: readonly RecordRow[], balancer: LoadBalancer): readonly pulumi.Resource[] {
    return rows.map((row) => this.record(row, balancer));
  }

  private record({ key, args, leadsTo }: RecordRow, balancer: LoadBalancer): DnsRecord {
    const record = { ...args, zoneId: this.zoneId };
    if (leadsTo === "placeholder") {
      // dns-controller's own from here on.
      return new DnsRecord(this.childName(key), record, { ...this.child, ignoreChanges: ["records", "ttl"] });
    }
    const alias = { name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: false };
    return new DnsRecord(this.childName(key), { ...record, aliases: [alias] }, this.child);
  }
}
