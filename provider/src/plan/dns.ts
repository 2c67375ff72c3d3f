/** The cluster's names in Route 53 (kops pkg/model/awsmodel/dns.go:73). The hosted zone itself is the user's. */
import type { GetZoneOutputArgs } from "@pulumi/aws/route53/getZone";
import type { RecordArgs } from "@pulumi/aws/route53/record";
import type { ResolvedCluster } from "../model/cluster";
import { dnsNames } from "../model/names";

export type DnsRows = NonNullable<ReturnType<typeof dnsRows>>;

export interface RecordRow {
  readonly key: string;
  /** A placeholder stands until dns-controller writes its own record. */
  readonly leadsTo: "loadBalancer" | "placeholder";
  readonly args: Omit<RecordArgs, "zoneId">;
}

export function dnsRows(cluster: ResolvedCluster) {
  const { type, zone } = cluster.dns;
  if (type === "none" || zone === undefined) {
    return undefined;
  }
  const names = dnsNames(cluster.name);
  const isPrivate = type === "private";
  return {
    // As kOps tells an id from a name (dns.go:60).
    zone: (zone.includes(".") ? { name: zone, privateZone: isPrivate } : { zoneId: zone }) satisfies GetZoneOutputArgs,
    /** Present: a private zone that our VPC must be made to see; an existing VPC is expected to see it already. */
    associationKey: isPrivate && cluster.network.vpcId === undefined ? "hosted-zone-association" : undefined,
    isInExistingVpc: isPrivate && cluster.network.vpcId !== undefined,
    records: [
      ...aliases("api", names.api),
      placeholder(cluster, "api-internal", names.apiInternal),
      placeholder(cluster, "kops-controller", names.kopsController),
    ],
    bastionRecords: cluster.network.bastion === undefined ? [] : aliases("bastion", names.bastion),
  };
}

function aliases(key: string, name: string): readonly RecordRow[] {
  return (["A", "AAAA"] as const).map((type) => ({
    key: `record-${key}-${type.toLowerCase()}`,
    leadsTo: "loadBalancer",
    args: { name, type },
  }));
}

/**
 * Filled in by dns-controller later; there from the start, so that nobody caches that the name does not exist
 * (kops upup/pkg/fi/cloudup/dns.go:131), and gone with the cluster.
 */
function placeholder(cluster: ResolvedCluster, key: string, name: string): RecordRow {
  const { address, ttl } = cluster.release.network.placeholderRecord;
  return { key: `record-${key}`, leadsTo: "placeholder", args: { name, type: "A", records: [address], ttl } };
}
