/** The cluster's names in Route 53 (kops v1.36.2 pkg/model/awsmodel/dns.go:73). The hosted zone itself is the user's. */
import { placeholderRecord } from "../releases/1.36/network";
import type { ResolvedCluster } from "../model/cluster";
import { dnsNames } from "../model/names";
import type { DnsRows, RecordRow } from "./rows";

export function dnsRows(cluster: ResolvedCluster): DnsRows | undefined {
  const { type, zone } = cluster.dns;
  if (type === "none" || zone === undefined) {
    return undefined;
  }
  const names = dnsNames(cluster.name);
  const isPrivate = type === "private";
  return {
    // As kOps tells an id from a name (dns.go:60).
    zone: zone.includes(".") ? { name: zone, isPrivate } : { id: zone },
    // An existing VPC is expected to see the zone already.
    associationKey: isPrivate && cluster.network.vpcId === undefined ? "hosted-zone-association" : undefined,
    isInExistingVpc: isPrivate && cluster.network.vpcId !== undefined,
    records: [
      ...aliases("api", names.api),
      placeholder("api-internal", names.apiInternal),
      placeholder("kops-controller", names.kopsController),
    ],
    bastionRecords: cluster.network.bastion === undefined ? [] : aliases("bastion", names.bastion),
  };
}

function aliases(key: string, name: string): readonly RecordRow[] {
  const target = "loadBalancer";
  return (["A", "AAAA"] as const).map((type) => ({ key: `record-${key}-${type.toLowerCase()}`, name, type, target }));
}

/**
 * Filled in by dns-controller later; there from the start, so that nobody caches that the name does not exist
 * (kops v1.36.2 upup/pkg/fi/cloudup/dns.go:131), and gone with the cluster.
 */
function placeholder(key: string, name: string): RecordRow {
  return { key: `record-${key}`, name, type: "A", target: placeholderRecord };
}
