/** What AWS would hold if each row were made as it stands: the planned side of the comparison with kOps. */
import type { Tags } from "../../../provider/src/model/tags";
import { apiLoadBalancerRows } from "../../../provider/src/plan/apiLoadBalancer";
import { bastionRows } from "../../../provider/src/plan/bastion";
import { controlPlaneRows } from "../../../provider/src/plan/controlPlane";
import { volumeRows } from "../../../provider/src/plan/etcd";
import { firewallRows } from "../../../provider/src/plan/firewall";
import { iamRows } from "../../../provider/src/plan/iam";
import { networkRows } from "../../../provider/src/plan/network";
import type { IamFacts } from "../../../provider/src/model/policyDocument";
import type { LaunchTemplateRow, SecurityGroupRef, SecurityGroupRuleRow } from "../../../provider/src/plan/rows";
import type { ResolvedCluster, SettledCluster } from "../../../provider/src/model/cluster";
import { sortedList, sortedRecord, type AwsState, type LaunchTemplateState } from "./fixtures/awsState";

const sorted = (tags: Tags | undefined): Tags => sortedRecord(Object.entries(tags ?? {}));

/** Nothing in these clusters is an output, so the resolved cluster is the settled one too. */
const settled = (cluster: ResolvedCluster): SettledCluster => cluster as unknown as SettledCluster;

export function awsStateOfRows(cluster: ResolvedCluster, facts: IamFacts): AwsState {
  return {
    ...networkState(cluster),
    ...firewallState(cluster),
    ...iamState(cluster, facts),
    volumes: sortedList(
      volumeRows(cluster).map((row) => ({
        zone: row.availabilityZone,
        size: row.size,
        type: row.type,
        iops: row.iops,
        throughput: row.throughput,
        encrypted: row.encrypted,
        tags: sorted(row.tags),
      })),
    ),
    ...loadBalancerState(cluster),
    ...controlPlaneState(cluster),
  };
}

const subnetName = (cluster: ResolvedCluster, subnet: string): string => `${subnet}.${cluster.name}`;

function networkState(cluster: ResolvedCluster) {
  const rows = networkRows(cluster);
  const nats = new Map(rows.natGateways.map((row) => [row.ref, `nat ${row.tags.Name ?? ""}`]));
  const addresses = new Map(rows.elasticIps.map((row) => [row.ref, row.tags.Name ?? ""]));
  return {
    vpc: {
      cidrBlock: rows.vpc.cidrBlock,
      dnsSupport: rows.vpc.enableDnsSupport,
      dnsHostnames: rows.vpc.enableDnsHostnames,
      hasIpv6Block: rows.vpc.assignGeneratedIpv6CidrBlock,
      tags: sorted(rows.vpc.tags),
    },
    dhcpOptions: {
      configuration: {
        "domain-name": [rows.dhcpOptions?.domainName ?? ""],
        "domain-name-servers": rows.dhcpOptions?.domainNameServers ?? [],
      },
      tags: sorted(rows.dhcpOptions?.tags),
    },
    subnets: sortedList(
      rows.subnets.map((row) => ({ zone: row.availabilityZone, cidrBlock: row.cidrBlock, tags: sorted(row.tags) })),
    ),
    internetGateways: [{ tags: sorted(rows.internetGateway?.tags) }],
    elasticIps: sortedList(rows.elasticIps.map((row) => ({ tags: sorted(row.tags) }))),
    natGateways: sortedList(
      rows.natGateways.map((row) => ({
        subnet: subnetName(cluster, row.subnet),
        elasticIp: addresses.get(row.elasticIp) ?? "",
        tags: sorted(row.tags),
      })),
    ),
    routeTables: sortedList(
      rows.routeTables.map((table) => ({
        routes: sortedList(
          rows.routes
            .filter((route) => route.routeTable === table.ref)
            .map(({ destination, target }) => ({
              destination: "cidrBlock" in destination ? destination.cidrBlock : destination.ipv6CidrBlock,
              target: target === "internetGateway" ? "internet gateway" : (nats.get(target.natGateway) ?? ""),
            })),
        ),
        subnets: sortedList(
          rows.routeTableAssociations
            .filter(({ routeTable }) => routeTable === table.ref)
            .map(({ subnet }) => subnetName(cluster, subnet)),
        ),
        tags: sorted(table.tags),
      })),
    ),
  };
}

function groupNames(cluster: ResolvedCluster): (ref: SecurityGroupRef) => string {
  const names = new Map(firewallRows(cluster).securityGroups.map((row) => [row.ref, row.name]));
  return (ref) => names.get(ref) ?? `no group ${ref}`;
}

function firewallState(cluster: ResolvedCluster) {
  const rows = firewallRows(cluster);
  const nameOf = groupNames(cluster);
  const rule = (isEgress: boolean) => (row: SecurityGroupRuleRow) => ({
    group: nameOf(row.securityGroup),
    isEgress,
    protocol: row.ipProtocol,
    fromPort: row.fromPort ?? -1,
    toPort: row.toPort ?? -1,
    peer: peerName(row.peer, nameOf),
    tags: sorted(row.tags),
  });
  return {
    securityGroups: sortedList(
      rows.securityGroups.map(({ name, description, tags }) => ({ name, description, tags: sorted(tags) })),
    ),
    rules: sortedList([...rows.ingressRules.map(rule(false)), ...rows.egressRules.map(rule(true))]),
  };
}

function peerName(peer: SecurityGroupRuleRow["peer"], nameOf: (ref: SecurityGroupRef) => string): string {
  if ("securityGroup" in peer) return nameOf(peer.securityGroup);
  if ("cidrIpv4" in peer) return peer.cidrIpv4;
  return "cidrIpv6" in peer ? peer.cidrIpv6 : peer.prefixListId;
}

function iamState(cluster: ResolvedCluster, facts: IamFacts) {
  const rows = iamRows(cluster);
  const roleNames = new Map(rows.roles.map((row) => [row.ref, row.name]));
  return {
    roles: sortedList(
      rows.roles.map((role) => ({
        name: role.name,
        trust: role.assumeRolePolicy.render(settled(cluster), facts),
        policies: sortedRecord(
          rows.inlinePolicies
            .filter((policy) => policy.role === role.ref)
            .map((policy) => [policy.name, policy.document.render(settled(cluster), facts)] as const),
        ),
        attached: sortedList(
          rows.policyAttachments.filter((row) => row.role === role.ref).map(({ policyArn }) => policyArn as string),
        ),
        tags: sorted(role.tags),
      })),
    ),
    instanceProfiles: sortedList(
      rows.instanceProfiles.map((row) => ({
        name: row.name,
        role: roleNames.get(row.ref) ?? "",
        tags: sorted(row.tags),
      })),
    ),
    oidcProvider: {
      url: facts.issuer.replace("https://", ""),
      clientIds: rows.oidcProvider.clientIds,
      thumbprints: rows.oidcProvider.thumbprints,
      tags: sorted(rows.oidcProvider.tags),
    },
  };
}

function loadBalancerState(cluster: ResolvedCluster) {
  const { loadBalancer, targetGroups, listeners } = apiLoadBalancerRows(cluster);
  const nameOf = groupNames(cluster);
  const targetNames = new Map(targetGroups.map((row) => [row.ref, row.name]));
  return {
    loadBalancer: {
      name: loadBalancer.name,
      type: loadBalancer.loadBalancerType,
      scheme: loadBalancer.internal ? "internal" : "internet-facing",
      ipAddressType: loadBalancer.ipAddressType,
      crossZone: String(loadBalancer.enableCrossZoneLoadBalancing),
      subnets: sortedList(loadBalancer.subnets.map((subnet) => subnetName(cluster, subnet))),
      securityGroups: sortedList(loadBalancer.securityGroups.map(nameOf)),
      tags: sorted(loadBalancer.tags),
    },
    targetGroups: sortedList(
      targetGroups.map((row) => ({
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
        port: row.port,
        protocol: row.protocol,
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
  const targetNames = new Map(targetGroups.map((row) => [row.ref, row.name]));
  const keyName = rows.keyPair?.name(rows.keyPair.publicKey as string);
  return {
    launchTemplates: sortedList(launchTemplates.map((row) => launchTemplateState(cluster, row, keyName))),
    autoscalingGroups: sortedList(
      autoscalingGroups.map((row) => ({
        name: row.name,
        launchTemplate: launchTemplates.find(({ ref }) => ref === row.ref)?.name ?? "",
        version: row.launchTemplateVersion,
        minSize: row.minSize,
        maxSize: row.maxSize,
        subnets: sortedList(row.subnets.map((subnet) => subnetName(cluster, subnet))),
        targetGroups: sortedList(row.targetGroups.map((ref) => targetNames.get(ref) ?? "")),
        metrics: sortedList(row.enabledMetrics),
        suspendedProcesses: row.suspendedProcesses,
        protectFromScaleIn: row.protectFromScaleIn,
        propagatedTags: sorted(row.propagateTagsAtLaunch ? row.tags : {}),
        otherTags: sorted(row.propagateTagsAtLaunch ? {} : row.tags),
      })),
    ),
    keyPairs: keyName === undefined ? [] : [{ name: keyName, tags: sorted(rows.keyPair?.tags) }],
  };
}

function launchTemplateState(
  cluster: ResolvedCluster,
  row: LaunchTemplateRow,
  keyName: string | undefined,
): LaunchTemplateState {
  const { networkInterface } = row;
  return {
    name: row.name,
    image: row.image,
    instanceType: row.instanceType,
    instanceProfile: iamRows(cluster).instanceProfiles.find(({ ref }) => ref === row.instanceProfile)?.name ?? "",
    keyName,
    rootVolume: { ...row.rootVolume, kmsKeyId: row.rootVolume.kmsKeyId as string | undefined },
    metadataOptions: { ...row.metadataOptions },
    networkInterface: {
      associatePublicIp: networkInterface.associatePublicIpAddress,
      deleteOnTermination: networkInterface.deleteOnTermination,
      deviceIndex: networkInterface.deviceIndex,
      ipv6AddressCount: networkInterface.ipv6AddressCount,
      groups: sortedList([
        ...networkInterface.securityGroups.map(groupNames(cluster)),
        ...(networkInterface.additionalSecurityGroupIds as readonly string[]),
      ]),
    },
    monitoring: row.monitoring,
    disableApiTermination: row.disableApiTermination,
    tags: sorted(row.tags),
    tagSpecifications: sortedRecord(row.taggedResourceTypes.map((type) => [type, sorted(row.instanceTags)] as const)),
  };
}
