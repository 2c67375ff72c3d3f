import type { GetAvailabilityZonesArgs, GetAvailabilityZonesResult } from "@pulumi/aws/getAvailabilityZones";
import type { GetCallerIdentityArgs, GetCallerIdentityResult } from "@pulumi/aws/getCallerIdentity";
import type { GetPartitionArgs, GetPartitionResult } from "@pulumi/aws/getPartition";
import type { GetRegionArgs, GetRegionResult } from "@pulumi/aws/getRegion";
import { invoke, type InvokeType, object, required, update } from "../../host/rules";
import type { Aws } from "../clients";

const getCallerIdentity = invoke<Aws, GetCallerIdentityArgs, GetCallerIdentityResult>({
  arguments: { id: update },
  call: async (aws) => {
    const answer = await aws.sts.getCallerIdentity({});
    const accountId = answer.Account ?? "";
    return { accountId, arn: answer.Arn ?? "", id: accountId, userId: answer.UserId ?? "" };
  },
});

const getPartition = invoke<Aws, GetPartitionArgs, GetPartitionResult>({
  arguments: { id: update },
  call: (aws) =>
    Promise.resolve({
      dnsSuffix: "amazonaws.com",
      id: aws.partition,
      partition: aws.partition,
      reverseDnsPrefix: "com.amazonaws",
    }),
});

const getRegion = invoke<Aws, GetRegionArgs, GetRegionResult>({
  arguments: { endpoint: update, id: update, name: update, region: update },
  call: (aws, args) => {
    const name = args.region ?? args.name ?? aws.region;
    return Promise.resolve({ description: name, endpoint: `ec2.${name}.amazonaws.com`, id: name, name, region: name });
  },
});

const getAvailabilityZones = invoke<Aws, GetAvailabilityZonesArgs, GetAvailabilityZonesResult>({
  arguments: {
    allAvailabilityZones: update,
    excludeNames: update,
    excludeZoneIds: update,
    filters: object(update, { name: required(update), values: required(update) }),
    region: update,
    state: update,
  },
  call: async (aws, args) => {
    const Filters = (args.filters ?? []).map((each) => ({ Name: each.name, Values: each.values }));
    const answer = await aws.ec2.describeAvailabilityZones({ Filters });
    const zones = (answer.AvailabilityZones ?? [])
      .map((zone) => ({
        name: zone.ZoneName ?? "",
        id: zone.ZoneId ?? "",
        state: zone.State,
        group: zone.GroupName ?? zone.RegionName ?? "",
      }))
      .filter((zone) => args.state === undefined || zone.state === args.state)
      .filter(
        (zone) => args.excludeNames?.includes(zone.name) !== true && args.excludeZoneIds?.includes(zone.id) !== true,
      )
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return {
      ...args,
      groupNames: [...new Set(zones.map((zone) => zone.group))],
      id: aws.region,
      names: zones.map((zone) => zone.name),
      region: aws.region,
      zoneIds: zones.map((zone) => zone.id),
    };
  },
});

export const accountFunctions: Readonly<Record<string, InvokeType<Aws>>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
  "aws:index/getPartition:getPartition": getPartition,
  "aws:index/getRegion:getRegion": getRegion,
  "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones,
};
