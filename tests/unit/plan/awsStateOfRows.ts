/** What AWS would hold if each row were made as it stands: the planned side of the comparison with kOps. */
import type { Tags } from "../../../provider/src/model/tags";
import { apiLoadBalancerRows, type TargetGroupRow } from "../../../provider/src/plan/apiLoadBalancer";
import { bastionRows } from "../../../provider/src/plan/bastion";
import { controlPlaneRows } from "../../../provider/src/plan/controlPlane";
import { volumeRows } from "../../../provider/src/plan/etcd";
import { firewallRows } from "../../../provider/src/plan/firewall";
import { iamRows } from "../../../provider/src/plan/iam";
import { networkRows, type RouteRow } from "../../../provider/src/plan/network";
import type { IamFacts } from "../../../provider/src/model/policyDocument";
import type { AutoscalingGroupRow, LaunchTemplateRow } from "../../../provider/src/plan/autoscaling";
import type { SecurityGroupRuleRow } from "../../../provider/src/plan/firewallRules";
import type { SecurityGroupRef, TargetGroupRef } from "../../../provider/src/plan/rows";
import type { ResolvedCluster, UnwrappedCluster } from "../../../provider/src/model/cluster";
import { sortedList, sortedRecord, type AwsState, type LaunchTemplateState } from "./fixtures/awsState";

const sorted = (tags: Tags | undefined): Tags => sortedRecord(Object.entries(tags ?? {}));

/** Nothing in these clusters is an output, so the resolved cluster is the settled one too. */
const settled = (cluster: ResolvedCluster): UnwrappedCluster => cluster as unknown as UnwrappedCluster;

export function awsStateOfRows(cluster: ResolvedCluster, facts: IamFacts): AwsState {
  return {
    ...networkState(cluster),
    ...firewallState(cluster),
    ...iamState(cluster, facts),
    volumes: sortedList(
      volumeRows(cluster).map(({ args }) => ({
        zone: args.availabilityZone,
        size: args.size,
        type: args.type,
        iops: args.iops,
        throughput: args.throughput,
        encrypted: args.encrypted,
        tags: sorted(args.tags),
      })),
    ),
    ...loadBalancerState(cluster),
    ...controlPlaneState(cluster),
  };
}

const subnetName = (cluster: ResolvedCluster, subnet: string): string => `${subnet}.${cluster.name}`;

function networkState(cluster: ResolvedCluster) {
  const rows = networkRows(cluster);
  const { internetGateway: gateway } = rows;
  if (
    rows.vpc.args === undefined ||
    rows.dhcpOptions === undefined ||
    gateway === undefined ||
    gateway === "existing"
  ) {
    throw new Error("kOps's clusters of these tests make their own VPC");
  }
  const [vpc, dhcpOptions, internetGateway] = [rows.vpc.args, rows.dhcpOptions.args, gateway.args];
  const nats = new Map(rows.natGateways.map((row) => [row.ref, `nat ${row.args.tags["Name"] ?? ""}`]));
  const addresses = new Map(rows.elasticIps.map((row) => [row.ref, row.args.tags["Name"] ?? ""]));
  return {
    vpc: {
      cidrBlock: vpc.cidrBlock,
      dnsSupport: vpc.enableDnsSupport,
      dnsHostnames: vpc.enableDnsHostnames,
      hasIpv6Block: vpc.assignGeneratedIpv6CidrBlock,
      tags: sorted(vpc.tags),
    },
    dhcpOptions: {
      configuration: {
        "domain-name": [dhcpOptions.domainName],
        "domain-name-servers": dhcpOptions.domainNameServers,
      },
      tags: sorted(dhcpOptions.tags),
    },
    subnets: sortedList(
      rows.subnets.map(({ args }) => ({
        zone: args.availabilityZone,
        cidrBlock: args.cidrBlock,
        tags: sorted(args.tags),
      })),
    ),
    internetGateways: [{ tags: sorted(internetGateway.tags) }],
    elasticIps: sortedList(rows.elasticIps.map(({ args }) => ({ tags: sorted(args.tags) }))),
    natGateways: sortedList(
      rows.natGateways.map((row) => ({
        subnet: subnetName(cluster, row.subnet),
        elasticIp: typeof row.elasticIp === "string" ? (addresses.get(row.elasticIp) ?? "") : row.elasticIp.existingId,
        tags: sorted(row.args.tags),
      })),
    ),
    routeTables: sortedList(
      rows.routeTables.map((table) => ({
        routes: sortedList(
          rows.routes
            .filter((route) => route.routeTable === table.ref)
            .map(({ args, target }) => ({
              destination: (args.destinationCidrBlock ?? args.destinationIpv6CidrBlock) as string,
              target: targetName(target, nats),
            })),
        ),
        subnets: sortedList(
          rows.routeTableAssociations
            .filter(({ routeTable }) => routeTable === table.ref)
            .map(({ subnet }) => subnetName(cluster, subnet)),
        ),
        tags: sorted(table.args.tags),
      })),
    ),
  };
}

function groupNames(cluster: ResolvedCluster): (ref: SecurityGroupRef) => string {
  const names = new Map(firewallRows(cluster).securityGroups.map((row) => [row.ref, row.args.name]));
  return (ref) => names.get(ref) ?? `no group ${ref}`;
}

function firewallState(cluster: ResolvedCluster) {
  const rows = firewallRows(cluster);
  const nameOf = groupNames(cluster);
  const rule = (isEgress: boolean) => (row: SecurityGroupRuleRow) => ({
    group: nameOf(row.securityGroup),
    isEgress,
    protocol: row.args.ipProtocol,
    fromPort: row.args.fromPort ?? -1,
    toPort: row.args.toPort ?? -1,
    peer: row.peer === undefined ? address(row) : nameOf(row.peer),
    tags: sorted(row.args.tags),
  });
  return {
    securityGroups: sortedList(
      rows.securityGroups.map(({ args: { name, description, tags } }) => ({ name, description, tags: sorted(tags) })),
    ),
    rules: sortedList([...rows.ingressRules.map(rule(false)), ...rows.egressRules.map(rule(true))]),
  };
}

function address({ args }: SecurityGroupRuleRow): string {
  if ("cidrIpv4" in args) return args.cidrIpv4;
  if ("cidrIpv6" in args) return args.cidrIpv6;
  return "prefixListId" in args ? args.prefixListId : "no address";
}

function iamState(cluster: ResolvedCluster, facts: IamFacts) {
  const rows = iamRows(cluster);
  const roleNames = new Map<string, string>(rows.roles.map((row) => [row.ref, row.args.name]));
  return {
    roles: sortedList(
      rows.roles.map((role) => ({
        name: role.args.name,
        trust: role.assumeRolePolicy.render(settled(cluster), facts),
        policies: sortedRecord(
          rows.inlinePolicies
            .filter((policy) => policy.role === role.ref)
            .map((policy) => [policy.args.name, policy.document.render(settled(cluster), facts)] as const),
        ),
        attached: sortedList(
          rows.policyAttachments.filter((row) => row.role === role.ref).map(({ args }) => args.policyArn as string),
        ),
        tags: sorted(role.args.tags),
      })),
    ),
    instanceProfiles: sortedList(
      rows.instanceProfiles.map((row) => ({
        name: row.args.name,
        role: roleNames.get(row.ref) ?? "",
        tags: sorted(row.args.tags),
      })),
    ),
    oidcProvider: {
      url: facts.issuer.replace("https://", ""),
      clientIds: rows.oidcProvider.args.clientIdLists,
      thumbprints: rows.oidcProvider.args.thumbprintLists,
      tags: sorted(rows.oidcProvider.args.tags),
    },
  };
}

function loadBalancerState(cluster: ResolvedCluster) {
  const { loadBalancer, targetGroups, listeners } = apiLoadBalancerRows(cluster);
  const nameOf = groupNames(cluster);
  const targetNames = targetGroupNames(targetGroups);
  const { args } = loadBalancer;
  return {
    loadBalancer: {
      name: args.name,
      type: args.loadBalancerType,
      scheme: args.internal ? "internal" : "internet-facing",
      ipAddressType: args.ipAddressType,
      crossZone: args.enableCrossZoneLoadBalancing === true ? "true" : "false",
      subnets: sortedList(loadBalancer.subnets.map((subnet) => subnetName(cluster, subnet))),
      securityGroups: sortedList(loadBalancer.securityGroups.map(nameOf)),
      tags: sorted(args.tags),
    },
    targetGroups: sortedList(
      targetGroups.map(({ args: row }) => ({
        name: row.name,
        protocol: row.protocol,
        port: row.port,
        healthCheck: { ...row.healthCheck },
        deregistrationDelay: String(row.deregistrationDelay),
        connectionTermination: String(row.connectionTermination),
        tags: sorted(row.tags),
      })),
    ),
    listeners: sortedList(
      listeners.map((row) => ({
        port: row.args.port,
        protocol: row.args.protocol,
        targetGroup: targetNames.get(row.targetGroup) ?? "",
        tags: {},
      })),
    ),
  };
}

function controlPlaneState(cluster: ResolvedCluster) {
  const rows = controlPlaneRows(cluster);
  const bastion = bastionRows(cluster);
  const launchTemplates = [...rows.launchTemplates, ...(bastion === undefined ? [] : [bastion.launchTemplate])];
  const autoscalingGroups = [...rows.autoscalingGroups, ...(bastion === undefined ? [] : [bastion.autoscalingGroup])];
  const targetGroups = [
    ...apiLoadBalancerRows(cluster).targetGroups,
    ...(bastion === undefined ? [] : [bastion.targetGroup]),
  ];
  const targetNames = targetGroupNames(targetGroups);
  const keyName = rows.keyPair?.name(rows.keyPair.args.publicKey as string);
  return {
    launchTemplates: sortedList(launchTemplates.map((row) => launchTemplateState(cluster, row, keyName))),
    autoscalingGroups: sortedList(
      autoscalingGroups.map((row) => ({
        name: row.args.name,
        launchTemplate: launchTemplates.find(({ ref }) => ref === row.ref)?.args.name ?? "",
        version: row.launchTemplate.version,
        minSize: row.args.minSize,
        maxSize: row.args.maxSize,
        subnets: sortedList(row.subnets.map((subnet) => subnetName(cluster, subnet))),
        targetGroups: sortedList(row.targetGroups.map((ref) => targetNames.get(ref) ?? "")),
        metrics: sortedList(row.args.enabledMetrics),
        suspendedProcesses: row.args.suspendedProcesses,
        protectFromScaleIn: row.args.protectFromScaleIn,
        propagatedTags: groupTags(row, true),
        otherTags: groupTags(row, false),
      })),
    ),
    keyPairs: keyName === undefined ? [] : [{ name: keyName, tags: sorted(rows.keyPair?.args.tags) }],
  };
}

function targetGroupNames(rows: readonly TargetGroupRow[]): ReadonlyMap<TargetGroupRef, string> {
  return new Map(rows.map((row) => [row.ref, row.args.name]));
}

function groupTags({ args }: AutoscalingGroupRow, propagated: boolean): Tags {
  const tags = args.tags.filter(({ propagateAtLaunch }) => propagateAtLaunch === propagated);
  return sortedRecord(tags.map(({ key, value }) => [key, value] as const));
}

function launchTemplateState(
  cluster: ResolvedCluster,
  row: LaunchTemplateRow,
  keyName: string | undefined,
): LaunchTemplateState {
  const { networkInterface, rootVolume } = row;
  const { httpTokens, httpPutResponseHopLimit, httpProtocolIpv6 } = row.args.metadataOptions;
  return {
    name: row.args.name,
    image: row.image,
    instanceType: row.args.instanceType,
    instanceProfile: iamRows(cluster).instanceProfiles.find(({ ref }) => ref === row.instanceProfile)?.args.name ?? "",
    keyName,
    rootVolume: {
      size: rootVolume.volumeSize,
      type: rootVolume.volumeType,
      iops: rootVolume.iops,
      throughput: rootVolume.throughput,
      encrypted: rootVolume.encrypted === "true",
      kmsKeyId: rootVolume.kmsKeyId as string | undefined,
      deleteOnTermination: rootVolume.deleteOnTermination === "true",
    },
    metadataOptions: { httpTokens, httpPutResponseHopLimit, httpProtocolIpv6 },
    networkInterface: {
      associatePublicIp: networkInterface.associatePublicIpAddress === "true",
      deleteOnTermination: networkInterface.deleteOnTermination === "true",
      deviceIndex: networkInterface.deviceIndex,
      ipv6AddressCount: networkInterface.ipv6AddressCount,
      groups: sortedList([
        ...row.securityGroups.map(groupNames(cluster)),
        ...(row.additionalSecurityGroupIds as readonly string[]),
      ]),
    },
    monitoring: row.args.monitoring.enabled,
    // Not among the args: off unless asked for.
    disableApiTermination: "disableApiTermination" in row.args,
    tags: sorted(row.args.tags),
    tagSpecifications: sortedRecord(
      row.args.tagSpecifications.map(({ resourceType, tags }) => [resourceType, sorted(tags)] as const),
    ),
  };
}

/** By the Name of a NAT gateway. */
function targetName(target: RouteRow["target"], nats: ReadonlyMap<string, string>): string {
  if (target === "internetGateway") return "internet gateway";
  if ("natGateway" in target) return nats.get(target.natGateway) ?? "";
  return "transitGateway" in target ? target.transitGateway : target.existingNatGateway;
}
