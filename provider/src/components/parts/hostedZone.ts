import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancer } from "@pulumi/aws/lb/loadBalancer";
import { Record as DnsRecord } from "@pulumi/aws/route53/record";
import { ZoneAssociation } from "@pulumi/aws/route53/zoneAssociation";
import { dnsRows, type DnsRows, type RecordRow } from "../../plan/dns";
import type { Network } from "./network";
import { ClusterChild, type ClusterContext } from "./clusterChild";

/** The user's hosted zone, and for a private one that the cluster's VPC sees it. */
export class HostedZone extends ClusterChild {
  readonly zoneId: pulumi.Output<string>;
  readonly associations: readonly pulumi.Resource[];

  /** Undefined with DNS none. */
  static ifAny(context: ClusterContext, network: Network): HostedZone | undefined {
    const rows = dnsRows(context.cluster);
    return rows === undefined ? undefined : new HostedZone(context, rows, network);
  }

  constructor(
    context: ClusterContext,
    private readonly rows: DnsRows,
    network: Network,
  ) {
    super("dns", context);
    this.zoneId = this.answers.hostedZoneId(rows.zone, rows.isInExistingVpc ? network.vpcId : undefined);
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

  /** The names of the API, and those that are kept for dns-controller. */
  apiRecords(balancer: LoadBalancer): readonly pulumi.Resource[] {
    return this.rows.records.map((row) => this.record(row, balancer));
  }

  bastionRecords(balancer: LoadBalancer): readonly pulumi.Resource[] {
    return this.rows.bastionRecords.map((row) => this.record(row, balancer));
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
