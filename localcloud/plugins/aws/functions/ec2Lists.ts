/** Functions of EC2 that list what fits, or tell of one thing that the component does not make. */
import type { GetEbsVolumesArgs, GetEbsVolumesResult } from "@pulumi/aws/ebs/getEbsVolumes";
import type {
  GetInstanceTypeOfferingsArgs,
  GetInstanceTypeOfferingsResult,
} from "@pulumi/aws/ec2/getInstanceTypeOfferings";
import type { GetKeyPairArgs, GetKeyPairResult } from "@pulumi/aws/ec2/getKeyPair";
import type { GetSecurityGroupArgs, GetSecurityGroupResult } from "@pulumi/aws/ec2/getSecurityGroup";
import type { GetVpcsArgs, GetVpcsResult } from "@pulumi/aws/ec2/getVpcs";
import type { LocationType } from "@aws-sdk/client-ec2";
import { invoke, type InvokeType, unsupported, update } from "../../host/rules";
import type { Aws } from "../clients";
import { tagMap } from "../tags";
import { filterRule, filtersOf, single } from "./query";

const getInstanceTypeOfferings = invoke<Aws, GetInstanceTypeOfferingsArgs, GetInstanceTypeOfferingsResult>({
  arguments: { filters: filterRule, locationType: update, region: update },
  call: async (aws, args) => {
    const LocationType = args.locationType as LocationType | undefined;
    const answer = await aws.ec2.describeInstanceTypeOfferings({ LocationType, Filters: filtersOf(args) });
    const all = answer.InstanceTypeOfferings ?? [];
    return {
      ...args,
      id: aws.region,
      instanceTypes: all.map((each) => each.InstanceType ?? ""),
      locations: all.map((each) => each.Location ?? ""),
      locationTypes: all.map((each) => each.LocationType ?? ""),
      region: aws.region,
    };
  },
});

const getVpcs = invoke<Aws, GetVpcsArgs, GetVpcsResult>({
  arguments: { filters: filterRule, region: update, tags: update },
  call: async (aws, args) => {
    const answer = await aws.ec2.describeVpcs({ Filters: filtersOf(args) });
    const ids = (answer.Vpcs ?? []).map((each) => each.VpcId ?? "");
    return { ...args, id: aws.region, ids, region: aws.region, tags: args.tags ?? {} };
  },
});

const getEbsVolumes = invoke<Aws, GetEbsVolumesArgs, GetEbsVolumesResult>({
  arguments: { filters: filterRule, region: update, tags: update },
  call: async (aws, args) => {
    const answer = await aws.ec2.describeVolumes({ Filters: filtersOf(args) });
    return {
      ...args,
      id: aws.region,
      ids: (answer.Volumes ?? []).map((each) => each.VolumeId ?? ""),
      region: aws.region,
    };
  },
});

const getSecurityGroup = invoke<Aws, GetSecurityGroupArgs, GetSecurityGroupResult>({
  arguments: { filters: filterRule, id: update, name: update, region: update, tags: update, vpcId: update },
  call: async (aws, args) => {
    const ids = args.id === undefined ? {} : { GroupIds: [args.id] };
    const Filters = filtersOf(args, { "group-name": args.name, "vpc-id": args.vpcId });
    const one = await single("EC2 Security Group", async () => {
      return (await aws.ec2.describeSecurityGroups({ ...ids, Filters })).SecurityGroups;
    });
    const id = one.GroupId ?? "";
    return {
      ...args,
      arn: await aws.arn("ec2", `security-group/${id}`),
      description: one.Description ?? "",
      id,
      name: one.GroupName ?? "",
      region: aws.region,
      tags: tagMap(one.Tags),
      vpcId: one.VpcId ?? "",
    };
  },
});

const getKeyPair = invoke<Aws, GetKeyPairArgs, GetKeyPairResult>({
  arguments: {
    filters: filterRule,
    includePublicKey: unsupported,
    keyName: update,
    keyPairId: unsupported,
    region: update,
    tags: unsupported,
  },
  call: async (aws, args) => {
    const Filters = filtersOf(args, { "key-name": args.keyName });
    const one = await single("EC2 Key Pair", async () => (await aws.ec2.describeKeyPairs({ Filters })).KeyPairs);
    const id = one.KeyPairId ?? "";
    return {
      ...args,
      arn: await aws.arn("ec2", `key-pair/${one.KeyName ?? ""}`),
      createTime: one.CreateTime?.toISOString() ?? "",
      fingerprint: one.KeyFingerprint ?? "",
      id,
      keyPairId: id,
      keyType: one.KeyType ?? "",
      publicKey: one.PublicKey ?? "",
      region: aws.region,
      tags: tagMap(one.Tags),
    };
  },
});

export const ec2ListFunctions: Readonly<Record<string, InvokeType<Aws>>> = {
  "aws:ebs/getEbsVolumes:getEbsVolumes": getEbsVolumes,
  "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": getInstanceTypeOfferings,
  "aws:ec2/getKeyPair:getKeyPair": getKeyPair,
  "aws:ec2/getSecurityGroup:getSecurityGroup": getSecurityGroup,
  "aws:ec2/getVpcs:getVpcs": getVpcs,
};
