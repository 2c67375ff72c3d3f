/** The ranges of pods and services, and those of the VPC, which must not meet. */
import { parseIpv4Range, rangeContains, rangesOverlap, type Ipv4Range } from "../../model/cidr";
import type { ResolvedCluster } from "../../model/cluster";
import { usesVpcAddresses } from "../../model/podNetwork";
import { checkIpv4Range } from "../kit/addresses";
import type { Checks } from "../kit/checks";
import { dnsName } from "../kit/formats";
import { checkVpcAssociations } from "./vpcAssociations";

const cidrPath = "network.cidr";
const wholePath = "network.nonMasqueradeCidr";
const podPath = "network.podCidr";
const servicePath = "network.serviceCidr";

/** A node gets a /24, and kube-controller-manager serves at most 2^16 of them. */
const podPrefixes = { least: 8, most: 24 };
/** kube-apiserver allows 2^20 addresses; the DNS service has the tenth. */
const servicePrefixes = { least: 12, most: 28 };

export function checkAddressRanges(cluster: ResolvedCluster, checks: Checks): void {
  const { network, declared, cilium } = cluster;
  const given = declared.network ?? {};
  const whole = checkRange(wholePath, network.nonMasqueradeCidr, checks);
  const pods = checkRange(podPath, network.podCidr, checks, podPrefixes);
  const services = checkRange(servicePath, network.serviceCidr, checks, servicePrefixes);
  // kops pkg/apis/kops/validation/validation.go:1190
  if (whole !== undefined && pods !== undefined && !rangeContains(whole, pods)) {
    checks.problem(
      podPath,
      "outside the addresses that are not translated",
      network.podCidr,
      `must be inside ${wholePath}`,
    );
  }
  if (pods !== undefined && services !== undefined && rangesOverlap(pods, services)) {
    checks.problem(
      servicePath,
      "overlaps the addresses of pods",
      network.serviceCidr,
      `must be outside ${network.podCidr}`,
    );
  }
  // Pods may have addresses of the VPC (kops pkg/apis/kops/validation/validation.go:1165).
  checkVpcRanges(cluster, [usesVpcAddresses(cluster) ? undefined : whole, services], checks);
  checkVpcAssociations(cluster, checks);
  const isDefault = network.clusterDomain === cluster.release.network.clusterDomain;
  checks.matches("network.clusterDomain", network.clusterDomain, dnsName("domain"));
  // Hubble's peers have certificates for the default domain (kops networking.cilium.io/k8s-1.16-v1.15.yaml.template).
  const hubble = { holds: isDefault || cilium.hubble?.enabled !== true, text: "cilium.hubble is off" };
  checks.onlyIf("network.clusterDomain", given.clusterDomain, hubble);
}

/** Ranges of the VPC: outside those of pods and services, and of one another. */
function checkVpcRanges(
  { network }: ResolvedCluster,
  others: readonly (Ipv4Range | undefined)[],
  checks: Checks,
): void {
  const path = "network.additionalCidrs";
  const further = checks.items(path, network.additionalCidrs);
  const vpc = checks.report.isSound(cidrPath) ? parseIpv4Range(network.cidr) : undefined;
  const placed = [{ text: network.cidr, path: cidrPath, range: vpc }];
  for (const [text, at] of further) {
    const range = checkIpv4Range(at, text, checks);
    if (range !== undefined && !hasVpcSize(range)) checks.problem(at, "wrong size", text, "must be /16 to /28");
    const other = range === undefined ? undefined : placed.find((each) => overlap(each.range, range));
    if (other !== undefined)
      checks.problem(at, "overlaps another range", text, `must not overlap ${other.text} of ${other.path}`);
    placed.push({ text, path: at, range });
  }
  for (const { text, path: at, range } of placed) {
    const other = others.findIndex((each) => overlap(each, range));
    if (other < 0) continue;
    const taken = other === 0 ? network.nonMasqueradeCidr : network.serviceCidr;
    checks.problem(at, "overlaps the addresses of pods and services", text, `must be outside ${taken}`);
  }
}

function overlap(left: Ipv4Range | undefined, right: Ipv4Range | undefined): boolean {
  return left !== undefined && right !== undefined && rangesOverlap(left, right);
}

function checkRange(
  path: string,
  text: string,
  checks: Checks,
  prefixes?: { readonly least: number; readonly most: number },
): Ipv4Range | undefined {
  // The default of pods is empty where the range that it is a part of cannot be read.
  if (text === "" || !checks.report.isUsable(path)) return undefined;
  const range = checkIpv4Range(path, text, checks);
  if (range === undefined || prefixes === undefined) return range;
  const { least, most } = prefixes;
  if (range.prefixLength >= least && range.prefixLength <= most) return range;
  checks.problem(path, "wrong size", text, `must be /${least} to /${most}`);
  return undefined;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
function hasVpcSize({ prefixLength }: Ipv4Range): boolean {
  return prefixLength >= 16 && prefixLength <= 28;
}
