import { isDeepStrictEqual } from "node:util";
import type {
  CreateTargetGroupCommandInput,
  IpAddressType,
  LoadBalancerAttribute,
  LoadBalancerTypeEnum,
  ProtocolEnum,
  TargetGroupAttribute,
  TargetTypeEnum,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { LoadBalancer, LoadBalancerArgs } from "@pulumi/aws/lb/loadBalancer";
import type { TargetGroup, TargetGroupArgs } from "@pulumi/aws/lb/targetGroup";
import { object, type Plain, replace, required, type ResourceType, set, unsupported, update } from "../../host/rules";
import { type Aws, found, ignoreGone } from "../clients";
import { hasUnknown } from "../../host/values";
import { awsType, sure } from "../table";
import { retagElb, tagList, tagsOf } from "./elbTags";
import { listener } from "./listener";

function settings(values: Record<string, string | number | boolean | undefined>): { Key: string; Value: string }[] {
  return Object.entries(values).flatMap(([Key, value]) => (value === undefined ? [] : [{ Key, Value: String(value) }]));
}

function named(
  attributes: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
): Record<string, string> {
  return Object.fromEntries((attributes ?? []).map((each) => [each.Key ?? "", each.Value ?? ""]));
}

function balancerAttributes(inputs: Plain<LoadBalancerArgs>): LoadBalancerAttribute[] {
  return settings({
    "deletion_protection.enabled": inputs.enableDeletionProtection,
    "load_balancing.cross_zone.enabled": inputs.enableCrossZoneLoadBalancing,
    "idle_timeout.timeout_seconds": inputs.loadBalancerType === "network" ? undefined : inputs.idleTimeout,
    "dns_record.client_routing_policy": inputs.dnsRecordClientRoutingPolicy,
  });
}

async function setBalancerAttributes(
  aws: Aws,
  LoadBalancerArn: string,
  inputs: Plain<LoadBalancerArgs>,
): Promise<void> {
  const Attributes = balancerAttributes(inputs);
  if (Attributes.length > 0) await aws.elb.modifyLoadBalancerAttributes({ LoadBalancerArn, Attributes });
}

/**
 * Pulumi's plugin changes the subnets of a network load balancer in place only if there are more than before, and its
 * security groups only if it has some before and after. In a preview that does not know them yet, it changes them in place.
 */
function networkReplacements(
  olds: Plain<LoadBalancerArgs>,
  news: Plain<LoadBalancerArgs>,
): readonly (keyof LoadBalancerArgs)[] {
  if (news.loadBalancerType !== "network") return [];
  const isKnown = (name: keyof LoadBalancerArgs): boolean => !hasUnknown(news[name]);
  const count = (list: readonly unknown[] | undefined): number => list?.length ?? 0;
  const isKept = (each: unknown): boolean =>
    (news.subnetMappings ?? []).some((other) => isDeepStrictEqual(other, each));
  const groups = [count(olds.securityGroups), count(news.securityGroups)];
  const forced = [
    ...(count(news.subnets) <= count(olds.subnets) ? (["subnets"] as const) : []),
    ...((olds.subnetMappings ?? []).every(isKept) ? [] : (["subnetMappings"] as const)),
    ...(groups.includes(0) && Math.max(...groups) > 0 ? (["securityGroups"] as const) : []),
  ];
  return forced.filter(isKnown);
}

const loadBalancer = awsType<LoadBalancerArgs, LoadBalancer>({
  inputs: {
    name: replace,
    internal: replace,
    loadBalancerType: replace,
    ipAddressType: update,
    securityGroups: set(update),
    subnets: set(update),
    subnetMappings: set(
      object(update, {
        allocationId: update,
        ipv6Address: unsupported,
        outpostId: unsupported,
        privateIpv4Address: update,
        subnetId: required(update),
      }),
    ),
    enableCrossZoneLoadBalancing: update,
    enableDeletionProtection: update,
    dnsRecordClientRoutingPolicy: update,
    idleTimeout: update,
    tags: update,
    accessLogs: unsupported,
    clientKeepAlive: unsupported,
    connectionLogs: unsupported,
    customerOwnedIpv4Pool: unsupported,
    desyncMitigationMode: unsupported,
    dropInvalidHeaderFields: unsupported,
    enableHttp2: unsupported,
    enablePrefixForIpv6SourceNat: unsupported,
    enableTlsVersionAndCipherSuiteHeaders: unsupported,
    enableWafFailOpen: unsupported,
    enableXffClientPort: unsupported,
    enableZonalShift: unsupported,
    enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: unsupported,
    healthCheckLogs: unsupported,
    ipamPools: unsupported,
    minimumLoadBalancerCapacity: unsupported,
    namePrefix: unsupported,
    preserveHostHeader: unsupported,
    region: replace,
    secondaryIpsAutoAssignedPerSubnet: unsupported,
    xffHeaderProcessingMode: unsupported,
  },
  forces: networkReplacements,
  naming: { property: "name", maxLength: 32 },
  defaults: { internal: false, loadBalancerType: "application", enableDeletionProtection: false },
  create: async (aws, inputs, created) => {
    const mappings = inputs.subnetMappings?.map((each) => ({
      SubnetId: each.subnetId,
      AllocationId: each.allocationId,
      PrivateIPv4Address: each.privateIpv4Address,
    }));
    const answer = await aws.elb.createLoadBalancer({
      Name: inputs.name,
      Type: inputs.loadBalancerType as LoadBalancerTypeEnum,
      Scheme: inputs.internal === true ? "internal" : "internet-facing",
      ...(inputs.subnets === undefined ? {} : { Subnets: inputs.subnets }),
      ...(mappings === undefined ? {} : { SubnetMappings: mappings }),
      ...(inputs.securityGroups === undefined ? {} : { SecurityGroups: inputs.securityGroups }),
      ...(inputs.ipAddressType === undefined ? {} : { IpAddressType: inputs.ipAddressType as IpAddressType }),
      ...tagList(inputs.tags),
    });
    const arn = sure(answer.LoadBalancers?.[0]?.LoadBalancerArn, "a load balancer ARN");
    created(arn);
    await setBalancerAttributes(aws, arn, inputs);
  },
  read: async (aws, id) => {
    const one = (await found(aws.elb.describeLoadBalancers({ LoadBalancerArns: [id] })))?.LoadBalancers?.[0];
    if (one === undefined) return undefined;
    const [answer, tags] = await Promise.all([
      aws.elb.describeLoadBalancerAttributes({ LoadBalancerArn: id }),
      tagsOf(aws, id),
    ]);
    const attributes = named(answer.Attributes);
    const idle = attributes["idle_timeout.timeout_seconds"];
    return {
      arn: id,
      arnSuffix: id.slice(id.indexOf(":loadbalancer/") + ":loadbalancer/".length),
      dnsName: one.DNSName,
      enableCrossZoneLoadBalancing: attributes["load_balancing.cross_zone.enabled"] === "true",
      enableDeletionProtection: attributes["deletion_protection.enabled"] === "true",
      ...(idle === undefined ? {} : { idleTimeout: Number(idle) }),
      internal: one.Scheme === "internal",
      ipAddressType: one.IpAddressType ?? "ipv4",
      loadBalancerType: one.Type,
      name: one.LoadBalancerName,
      securityGroups: one.SecurityGroups ?? [],
      subnets: (one.AvailabilityZones ?? []).map((zone) => zone.SubnetId ?? ""),
      tags,
      vpcId: one.VpcId,
      zoneId: one.CanonicalHostedZoneId,
    };
  },
  update: async (aws, id, inputs, previous) => {
    const before = previous.inputs;
    const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);
    if (differs(inputs.subnets, before.subnets) && inputs.subnets !== undefined)
      await aws.elb.setSubnets({ LoadBalancerArn: id, Subnets: inputs.subnets });
    if (differs(inputs.subnetMappings, before.subnetMappings) && inputs.subnetMappings !== undefined) {
      const SubnetMappings = inputs.subnetMappings.map((each) => ({
        SubnetId: each.subnetId,
        AllocationId: each.allocationId,
      }));
      await aws.elb.setSubnets({ LoadBalancerArn: id, SubnetMappings });
    }
    if (differs(inputs.securityGroups, before.securityGroups)) {
      await aws.elb.setSecurityGroups({ LoadBalancerArn: id, SecurityGroups: inputs.securityGroups ?? [] });
    }
    if (inputs.ipAddressType !== undefined && inputs.ipAddressType !== before.ipAddressType) {
      await aws.elb.setIpAddressType({ LoadBalancerArn: id, IpAddressType: inputs.ipAddressType as IpAddressType });
    }
    await setBalancerAttributes(aws, id, inputs);
    await retagElb(aws, id, inputs.tags);
  },
  remove: (aws, id) => ignoreGone(aws.elb.deleteLoadBalancer({ LoadBalancerArn: id })),
});

function targetAttributes(inputs: Plain<TargetGroupArgs>): TargetGroupAttribute[] {
  return settings({
    "deregistration_delay.timeout_seconds": inputs.deregistrationDelay,
    "deregistration_delay.connection_termination.enabled": inputs.connectionTermination,
    "preserve_client_ip.enabled": inputs.preserveClientIp,
    "proxy_protocol_v2.enabled": inputs.proxyProtocolV2,
    "load_balancing.cross_zone.enabled": inputs.loadBalancingCrossZoneEnabled,
  });
}

type HealthCheck = Pick<
  CreateTargetGroupCommandInput,
  | "HealthCheckEnabled"
  | "HealthCheckIntervalSeconds"
  | "HealthCheckPath"
  | "HealthCheckPort"
  | "HealthCheckProtocol"
  | "HealthCheckTimeoutSeconds"
  | "HealthyThresholdCount"
  | "UnhealthyThresholdCount"
  | "Matcher"
>;

function healthCheck(inputs: Plain<TargetGroupArgs>): HealthCheck {
  const check = inputs.healthCheck;
  if (check === undefined) return {};
  return {
    HealthCheckEnabled: check.enabled,
    HealthCheckIntervalSeconds: check.interval,
    HealthCheckPath: check.path,
    HealthCheckPort: check.port,
    HealthCheckProtocol: check.protocol as ProtocolEnum | undefined,
    HealthCheckTimeoutSeconds: check.timeout,
    HealthyThresholdCount: check.healthyThreshold,
    UnhealthyThresholdCount: check.unhealthyThreshold,
    ...(check.matcher === undefined ? {} : { Matcher: { HttpCode: check.matcher } }),
  };
}

async function setTargetAttributes(aws: Aws, TargetGroupArn: string, inputs: Plain<TargetGroupArgs>): Promise<void> {
  const Attributes = targetAttributes(inputs);
  if (Attributes.length > 0) await aws.elb.modifyTargetGroupAttributes({ TargetGroupArn, Attributes });
}

const targetGroup = awsType<TargetGroupArgs, TargetGroup>({
  inputs: {
    name: replace,
    port: replace,
    protocol: replace,
    protocolVersion: replace,
    vpcId: replace,
    targetType: replace,
    ipAddressType: replace,
    healthCheck: object(update, {
      enabled: update,
      healthyThreshold: update,
      interval: update,
      matcher: update,
      path: update,
      port: update,
      protocol: update,
      timeout: update,
      unhealthyThreshold: update,
    }),
    deregistrationDelay: update,
    connectionTermination: update,
    preserveClientIp: update,
    proxyProtocolV2: update,
    loadBalancingCrossZoneEnabled: update,
    tags: update,
    lambdaMultiValueHeadersEnabled: unsupported,
    loadBalancingAlgorithmType: unsupported,
    loadBalancingAnomalyMitigation: unsupported,
    namePrefix: unsupported,
    region: replace,
    slowStart: unsupported,
    stickiness: unsupported,
    targetControlPort: unsupported,
    targetFailovers: unsupported,
    targetGroupHealth: unsupported,
    targetHealthStates: unsupported,
  },
  naming: { property: "name", maxLength: 32 },
  defaults: { targetType: "instance" },
  create: async (aws, inputs, created) => {
    const answer = await aws.elb.createTargetGroup({
      Name: inputs.name,
      Port: inputs.port,
      Protocol: inputs.protocol as ProtocolEnum | undefined,
      ...(inputs.protocolVersion === undefined ? {} : { ProtocolVersion: inputs.protocolVersion }),
      ...(inputs.ipAddressType === undefined ? {} : { IpAddressType: inputs.ipAddressType as "ipv4" }),
      TargetType: inputs.targetType as TargetTypeEnum | undefined,
      VpcId: inputs.vpcId,
      ...healthCheck(inputs),
      ...tagList(inputs.tags),
    });
    const arn = sure(answer.TargetGroups?.[0]?.TargetGroupArn, "a target group ARN");
    created(arn);
    await setTargetAttributes(aws, arn, inputs);
  },
  read: async (aws, id) => {
    const one = (await found(aws.elb.describeTargetGroups({ TargetGroupArns: [id] })))?.TargetGroups?.[0];
    if (one === undefined) return undefined;
    const [answer, tags] = await Promise.all([
      aws.elb.describeTargetGroupAttributes({ TargetGroupArn: id }),
      tagsOf(aws, id),
    ]);
    const attributes = named(answer.Attributes);
    const termination = attributes["deregistration_delay.connection_termination.enabled"];
    return {
      arn: id,
      arnSuffix: id.slice(id.indexOf("targetgroup/")),
      ...(termination === undefined ? {} : { connectionTermination: termination === "true" }),
      deregistrationDelay: Number(attributes["deregistration_delay.timeout_seconds"] ?? 300),
      healthCheck: {
        enabled: one.HealthCheckEnabled ?? true,
        healthyThreshold: one.HealthyThresholdCount,
        interval: one.HealthCheckIntervalSeconds,
        matcher: one.Matcher?.HttpCode ?? "",
        path: one.HealthCheckPath ?? "",
        port: one.HealthCheckPort ?? "traffic-port",
        protocol: one.HealthCheckProtocol,
        timeout: one.HealthCheckTimeoutSeconds,
        unhealthyThreshold: one.UnhealthyThresholdCount,
      },
      ipAddressType: one.IpAddressType ?? "ipv4",
      loadBalancerArns: one.LoadBalancerArns ?? [],
      name: one.TargetGroupName,
      port: one.Port,
      ...(attributes["preserve_client_ip.enabled"] === undefined
        ? {}
        : { preserveClientIp: attributes["preserve_client_ip.enabled"] }),
      protocol: one.Protocol,
      ...(attributes["proxy_protocol_v2.enabled"] === undefined
        ? {}
        : { proxyProtocolV2: attributes["proxy_protocol_v2.enabled"] === "true" }),
      tags,
      targetType: one.TargetType,
      vpcId: one.VpcId,
    };
  },
  update: async (aws, id, inputs) => {
    if (inputs.healthCheck !== undefined)
      await aws.elb.modifyTargetGroup({ TargetGroupArn: id, ...healthCheck(inputs) });
    await setTargetAttributes(aws, id, inputs);
    await retagElb(aws, id, inputs.tags);
  },
  remove: (aws, id) => ignoreGone(aws.elb.deleteTargetGroup({ TargetGroupArn: id })),
});

export const loadBalancingTypes: Readonly<Record<string, ResourceType<Aws>>> = {
  "aws:lb/loadBalancer:LoadBalancer": loadBalancer,
  "aws:lb/targetGroup:TargetGroup": targetGroup,
  "aws:lb/listener:Listener": listener,
};
