/** Asks AWS through the stack's own provider, so that region, profile, role and endpoints are the stack's. */
import * as pulumi from "@pulumi/pulumi";
import { getAmiIds as getScalingGroups } from "@pulumi/aws/autoscaling/getAmiIds";
import { getEbsVolumes } from "@pulumi/aws/ebs/getEbsVolumes";
import { getAmi } from "@pulumi/aws/ec2/getAmi";
import { getElasticIp } from "@pulumi/aws/ec2/getElasticIp";
import { getInstanceTypeOfferings } from "@pulumi/aws/ec2/getInstanceTypeOfferings";
import { getInstanceTypes } from "@pulumi/aws/ec2/getInstanceTypes";
import { getInternetGateway } from "@pulumi/aws/ec2/getInternetGateway";
import { getKeyPair } from "@pulumi/aws/ec2/getKeyPair";
import { getNatGateway } from "@pulumi/aws/ec2/getNatGateway";
import { getNatGateways } from "@pulumi/aws/ec2/getNatGateways";
import { getSecurityGroup } from "@pulumi/aws/ec2/getSecurityGroup";
import { getSubnet } from "@pulumi/aws/ec2/getSubnet";
import { getSubnets } from "@pulumi/aws/ec2/getSubnets";
import { getVpc } from "@pulumi/aws/ec2/getVpc";
import { getVpcs } from "@pulumi/aws/ec2/getVpcs";
import { getTransitGateway } from "@pulumi/aws/ec2transitgateway/getTransitGateway";
import { getAvailabilityZones } from "@pulumi/aws/getAvailabilityZones";
import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import { getRegion } from "@pulumi/aws/getRegion";
import { getKey } from "@pulumi/aws/kms/getKey";
import { getResources } from "@pulumi/aws/resourcegroupstaggingapi/getResources";
import { getZone, type GetZoneArgs } from "@pulumi/aws/route53/getZone";
import { getObject } from "@pulumi/aws/s3/getObject";
import { getParameter } from "@pulumi/aws/ssm/getParameter";
import { tagKeys } from "../../model/kopsKeys";
import type { Architecture } from "../../model/instanceTypes";
import { storeName } from "../../model/names";
import type { Answer, AwsQueries, HostedZoneQuery } from "../../validate/lookups/aws";
import { deniedAction, failureOf } from "../../validate/lookups/failures";
import { reasonOf } from "../../resources/operation/operation";

/** EC2's names of the architectures. */
const machineNames: Readonly<Record<Architecture, string>> = { amd64: "x86_64", arm64: "arm64" };
const longestWarning = 200;

/** Why nothing at all could be asked, for whatever call. */
export interface Unusable {
  readonly failure: "credentials" | "region";
  readonly text: string;
}

type OwnImageQuery = Parameters<AwsQueries["image"]>[0];

export class PulumiQueries implements AwsQueries {
  private unusableFor: Unusable | undefined;
  private readonly warnings = new Set<string>();

  constructor(private readonly options: pulumi.InvokeOptions) {}

  /** Known when the answers are there. */
  get unusable(): Unusable | undefined {
    return this.unusableFor;
  }

  account() {
    const call = () => getCallerIdentity({}, this.options);
    return this.ask("the AWS account", "sts:GetCallerIdentity", call, ({ accountId }) => accountId);
  }

  region(input: string) {
    const call = () => getRegion({}, this.options);
    return this.ask(input, "sts:GetCallerIdentity", call, ({ region }) => region);
  }

  openZones(input: string) {
    const call = () => getAvailabilityZones({ state: "available" }, this.options);
    return this.ask(input, "ec2:DescribeAvailabilityZones", call, ({ names }) => names);
  }

  offerings(instanceTypes: readonly string[], input: string) {
    const args = { locationType: "availability-zone", filters: [filter("instance-type", instanceTypes)] };
    const call = () => getInstanceTypeOfferings(args, this.options);
    return this.ask(input, "ec2:DescribeInstanceTypeOfferings", call, (found) =>
      found.instanceTypes.map((instanceType, index) => ({ instanceType, zone: found.locations[index] ?? "" })),
    );
  }

  typesOfArchitecture(architecture: Architecture, instanceTypes: readonly string[], input: string) {
    const ofArchitecture = filter("processor-info.supported-architecture", [machineNames[architecture]]);
    const filters = [filter("instance-type", instanceTypes), ofArchitecture];
    const call = () => getInstanceTypes({ filters }, this.options);
    return this.ask(input, "ec2:DescribeInstanceTypes", call, (found) => found.instanceTypes);
  }

  parameter(name: string, input: string) {
    return this.ask(
      input,
      "ssm:GetParameter",
      () => getParameter({ name }, this.options),
      ({ value }) => value,
    );
  }

  image(query: OwnImageQuery, input: string) {
    const args =
      "id" in query
        ? { filters: [filter("image-id", [query.id])] }
        : { owners: [query.owner], filters: [filter("name", [query.name])], mostRecent: true };
    const call = () => getAmi(args, this.options);
    return this.ask(input, "ec2:DescribeImages", call, (found) => {
      const { id, architecture, rootDeviceType, rootDeviceName, state } = found;
      const root = found.blockDeviceMappings.find(({ deviceName }) => deviceName === rootDeviceName);
      // A map of Terraform's: its keys are not those of Pulumi's documentation.
      const rootSize = Number(root?.ebs["volume_size"] ?? 0);
      return { id, architecture, rootDeviceType, rootDeviceName, rootSize, state };
    });
  }

  hostedZone(query: HostedZoneQuery, input: string) {
    const call = () => getZone(zoneArguments(query), this.options);
    return this.ask(input, "route53:ListHostedZones", call, ({ name, privateZone }) => ({
      name,
      isPrivate: privateZone === true,
    }));
  }

  vpc(id: string, input: string) {
    const call = () => getVpc({ id }, this.options);
    return this.ask(input, "ec2:DescribeVpcs", call, (vpc) => ({
      ranges: [...new Set([vpc.cidrBlock, ...vpc.cidrBlockAssociations.map(({ cidrBlock }) => cidrBlock)])],
      dnsSupport: vpc.enableDnsSupport,
      dnsHostnames: vpc.enableDnsHostnames,
    }));
  }

  internetGateway(vpcId: string, input: string) {
    const call = () => getInternetGateway({ filters: [filter("attachment.vpc-id", [vpcId])] }, this.options);
    return this.ask(input, "ec2:DescribeInternetGateways", call, ({ internetGatewayId }) => internetGatewayId);
  }

  subnetsOf(vpcId: string, input: string) {
    const call = () => getSubnets({ filters: [filter("vpc-id", [vpcId])] }, this.options);
    return this.ask(input, "ec2:DescribeSubnets", call, ({ ids }) => ids);
  }

  subnet(id: string, input: string) {
    const call = () => getSubnet({ id }, this.options);
    return this.ask(input, "ec2:DescribeSubnets", call, (subnet) => ({
      vpcId: subnet.vpcId,
      zone: subnet.availabilityZone,
      cidr: subnet.cidrBlock,
      freeAddresses: subnet.availableIpAddressCount,
      tags: Object.keys(subnet.tags),
      cluster: subnet.tags[tagKeys.cluster],
    }));
  }

  transitGateway(id: string, input: string) {
    // A deleted one stays listed for a while.
    const filters = [filter("transit-gateway-id", [id]), filter("state", ["pending", "available", "modifying"])];
    return this.ask(
      input,
      "ec2:DescribeTransitGateways",
      () => getTransitGateway({ filters }, this.options),
      (gateway) => gateway.id,
    );
  }

  natGateway(id: string, input: string) {
    const call = () => getNatGateway({ id }, this.options);
    return this.ask(input, "ec2:DescribeNatGateways", call, ({ vpcId, state, allocationId }) => ({
      vpcId,
      state,
      allocationId,
    }));
  }

  elasticIp(allocationId: string, input: string) {
    const call = () => getElasticIp({ filters: [filter("allocation-id", [allocationId])] }, this.options);
    return this.ask(input, "ec2:DescribeAddresses", call, ({ associationId, networkInterfaceId }) => ({
      associated: [associationId, networkInterfaceId].some((id: string | undefined) => id !== undefined && id !== ""),
    }));
  }

  key(arn: string, input: string) {
    const call = () => getKey({ keyId: arn }, this.options);
    return this.ask(input, "kms:DescribeKey", call, ({ enabled, keyState }) => ({ enabled, state: keyState }));
  }

  keyPair(name: string, input: string) {
    const call = () => getKeyPair({ keyName: name }, this.options);
    return this.ask(input, "ec2:DescribeKeyPairs", call, ({ fingerprint }) => fingerprint);
  }

  securityGroup(id: string, input: string) {
    const call = () => getSecurityGroup({ id }, this.options);
    return this.ask(input, "ec2:DescribeSecurityGroups", call, ({ vpcId }) => ({ vpcId }));
  }

  vpcsOf(cluster: string, input: string) {
    const call = () => getVpcs({ filters: [ofCluster(cluster)] }, this.options);
    return this.ask(input, "ec2:DescribeVpcs", call, ({ ids }) => ids);
  }

  natGatewaysOf(cluster: string, input: string) {
    const call = () => getNatGateways({ filters: [ofCluster(cluster)] }, this.options);
    return this.ask(input, "ec2:DescribeNatGateways", call, ({ ids }) => ids);
  }

  etcdVolumesOf(cluster: string, input: string) {
    // Volumes of workloads carry the cluster's tag too, and may be meant to outlive it.
    const filters = [
      ofCluster(cluster),
      filter("tag-key", [tagKeys.etcdCluster("main"), tagKeys.etcdCluster("events")]),
    ];
    const call = () => getEbsVolumes({ filters }, this.options);
    return this.ask(input, "ec2:DescribeVolumes", call, ({ ids }) => ids);
  }

  scalingGroupsOf(cluster: string, input: string) {
    const call = () => getScalingGroups({ filters: [ofCluster(cluster)] }, this.options);
    return this.ask(input, "autoscaling:DescribeAutoScalingGroups", call, ({ names }) => names);
  }

  stateStoresOf(cluster: string, input: string) {
    const tagFilters = [
      { key: tagKeys.cluster, values: [cluster] },
      { key: "Name", values: [storeName(cluster, "state")] },
    ];
    const call = () => getResources({ resourceTypeFilters: ["s3:bucket"], tagFilters }, this.options);
    return this.ask(input, "tag:GetResources", call, ({ resourceTagMappingLists }) =>
      resourceTagMappingLists.map(({ resourceArn }) => resourceArn.slice(resourceArn.lastIndexOf(":") + 1)),
    );
  }

  objectMetadata({ bucket, key }: { readonly bucket: string; readonly key: string }, input: string) {
    // Without the body: nothing of a key passes through here.
    const call = () => getObject({ bucket, key, downloadBody: "false" }, this.options);
    return this.ask(input, "s3:GetObject", call, ({ metadata, lastModified }) => ({ metadata, lastModified }));
  }

  private async ask<Result extends object, T>(
    input: string,
    action: string,
    call: () => Promise<Result>,
    read: (result: Result) => T,
  ): Promise<Answer<T>> {
    try {
      const result = await call();
      // A provider whose own settings are not known yet answers with nothing.
      return Object.keys(result).length === 0 ? "unanswered" : { found: read(result) };
    } catch (error) {
      return this.failed(reasonOf(error), input, action);
    }
  }

  private failed(text: string, input: string, action: string): "none" | "several" | "unanswered" {
    const failure = failureOf(text);
    switch (failure) {
      case "none":
      case "several":
        return failure;
      case "credentials":
      case "region":
        this.unusableFor ??= { failure, text };
        return "unanswered";
      case "denied":
        this.warn(`${input} was not looked up: not permitted to call ${deniedAction(text) ?? action}`);
        return "unanswered";
      case "other":
        this.warn(`${input} was not looked up: ${action} failed: ${shortened(text)}`);
        return "unanswered";
    }
  }

  /** Once, where several calls fail in the same way. */
  private warn(message: string): void {
    if (!this.warnings.has(message)) {
      this.warnings.add(message);
      void pulumi.log.warn(message);
    }
  }
}

function zoneArguments(query: HostedZoneQuery): GetZoneArgs {
  if ("id" in query) {
    return { zoneId: query.id };
  }
  const { name, isPrivate, vpcId } = query;
  return { name, privateZone: isPrivate, ...(vpcId === undefined ? {} : { vpcId }) };
}

function filter(name: string, values: readonly string[]): { name: string; values: string[] } {
  return { name, values: [...values] };
}

function ofCluster(name: string): { name: string; values: string[] } {
  return filter(`tag:${tagKeys.cluster}`, [name]);
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > longestWarning ? `${line.slice(0, longestWarning)}…` : line;
}
