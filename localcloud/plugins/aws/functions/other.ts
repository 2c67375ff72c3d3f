import type { GetAmiIdsArgs, GetAmiIdsResult } from "@pulumi/aws/autoscaling/getAmiIds";
import type { GetKeyArgs, GetKeyResult } from "@pulumi/aws/kms/getKey";
import type { GetZoneArgs, GetZoneResult } from "@pulumi/aws/route53/getZone";
import type { GetResourcesArgs, GetResourcesResult } from "@pulumi/aws/resourcegroupstaggingapi/getResources";
import type { GetBucketArgs, GetBucketResult } from "@pulumi/aws/s3/getBucket";
import type { GetObjectArgs, GetObjectResult } from "@pulumi/aws/s3/getObject";
import type { GetParameterArgs, GetParameterResult } from "@pulumi/aws/ssm/getParameter";
import { invoke, type InvokeType, object, required, unsupported, update } from "../../host/rules";
import { type Aws, found } from "../clients";
import { tagMap } from "../tags";
import { filterRule, filtersOf } from "./query";

const getParameter = invoke<Aws, GetParameterArgs, GetParameterResult>({
  arguments: { name: required(update), region: update, withDecryption: update },
  call: async (aws, args) => {
    const answer = await found(aws.ssm.getParameter({ Name: args.name, WithDecryption: args.withDecryption ?? true }));
    if (answer === undefined) throw new Error(`reading SSM Parameter (${args.name}): couldn't find resource`);
    const one = answer.Parameter;
    const type = one?.Type ?? "String";
    return {
      ...(args.withDecryption === undefined ? {} : { withDecryption: args.withDecryption }),
      arn: one?.ARN ?? "",
      id: args.name,
      insecureValue: type === "SecureString" ? "" : (one?.Value ?? ""),
      name: args.name,
      region: aws.region,
      type,
      value: one?.Value ?? "",
      version: one?.Version ?? 1,
    };
  },
});

const getBucket = invoke<Aws, GetBucketArgs, Partial<GetBucketResult>>({
  arguments: { bucket: required(update), region: update },
  call: async (aws, { bucket }) => {
    await aws.s3.headBucket({ Bucket: bucket });
    return {
      arn: `arn:${aws.partition}:s3:::${bucket}`,
      bucket,
      bucketDomainName: `${bucket}.s3.amazonaws.com`,
      bucketRegion: aws.region,
      bucketRegionalDomainName: `${bucket}.s3.${aws.region}.amazonaws.com`,
      hostedZoneId: "Z3AQBSTGFYJSTF",
      id: bucket,
      region: aws.region,
    };
  },
});

/** Without the content, which only some types of content have. */
const getObject = invoke<Aws, GetObjectArgs, Partial<GetObjectResult>>({
  arguments: {
    bucket: required(update),
    checksumMode: unsupported,
    downloadBody: update,
    key: required(update),
    range: unsupported,
    region: update,
    tags: unsupported,
    versionId: update,
  },
  call: async (aws, { bucket, key, downloadBody, versionId }) => {
    if (downloadBody !== "false") throw new Error("the stand-in never downloads an object: downloadBody must be false");
    const head = await found(aws.s3.headObject({ Bucket: bucket, Key: key, VersionId: versionId }));
    if (head === undefined) throw new Error(`reading S3 Bucket (${bucket}) Object (${key}): couldn't find resource`);
    return {
      arn: `arn:${aws.partition}:s3:::${bucket}/${key}`,
      bucket,
      contentLength: head.ContentLength ?? 0,
      contentType: head.ContentType ?? "",
      downloadBody,
      etag: (head.ETag ?? "").replaceAll('"', ""),
      id: `${bucket}/${key}`,
      key,
      lastModified: head.LastModified?.toUTCString() ?? "",
      metadata: head.Metadata ?? {},
      region: aws.region,
      versionId: head.VersionId ?? "",
    };
  },
});

const getResources = invoke<Aws, GetResourcesArgs, GetResourcesResult>({
  arguments: {
    excludeCompliantResources: unsupported,
    includeComplianceDetails: unsupported,
    region: update,
    resourceArnLists: unsupported,
    resourceTypeFilters: update,
    tagFilters: object(update, { key: required(update), values: update }),
  },
  call: async (aws, args) => {
    const resources = await aws.taggedResources({
      ...(args.resourceTypeFilters === undefined ? {} : { ResourceTypeFilters: args.resourceTypeFilters }),
      TagFilters: (args.tagFilters ?? []).map(({ key, values }) => ({ Key: key, Values: values ?? [] })),
    });
    return {
      ...args,
      id: aws.region,
      region: aws.region,
      resourceTagMappingLists: resources.map(({ ResourceARN, Tags }) => ({
        complianceDetails: [],
        resourceArn: ResourceARN,
        tags: tagMap([...Tags]),
      })),
    };
  },
});

const getZone = invoke<Aws, GetZoneArgs, Partial<GetZoneResult>>({
  arguments: {
    enableAcceleratedRecovery: unsupported,
    name: update,
    privateZone: update,
    tags: unsupported,
    vpcId: update,
    zoneId: update,
  },
  call: async (aws, args) => {
    const wanted = args.name?.replace(/\.$/, "");
    const all = (await aws.route53.listHostedZones({})).HostedZones ?? [];
    const bare = (id: string | undefined): string => (id ?? "").replace("/hostedzone/", "");
    const matching = all.filter(
      (zone) =>
        (args.zoneId === undefined || bare(zone.Id) === args.zoneId) &&
        (wanted === undefined || zone.Name?.replace(/\.$/, "") === wanted) &&
        (args.zoneId !== undefined ||
          (zone.Config?.PrivateZone ?? false) === (args.privateZone ?? args.vpcId !== undefined)),
    );
    const [one, other] = matching;
    if (one === undefined) throw new Error("no matching Route 53 Hosted Zone found");
    if (other !== undefined)
      throw new Error(
        "multiple Route 53 Hosted Zones matched; use additional constraints to reduce matches to a single Route 53 Hosted Zone",
      );
    const details = await aws.route53.getHostedZone({ Id: bare(one.Id) });
    const nameServers = details.DelegationSet?.NameServers ?? [];
    return {
      ...args,
      arn: `arn:${aws.partition}:route53:::hostedzone/${bare(one.Id)}`,
      callerReference: one.CallerReference ?? "",
      comment: one.Config?.Comment ?? "",
      id: bare(one.Id),
      name: one.Name?.replace(/\.$/, "") ?? "",
      nameServers,
      primaryNameServer: nameServers[0] ?? "",
      privateZone: one.Config?.PrivateZone ?? false,
      resourceRecordSetCount: one.ResourceRecordSetCount ?? 0,
      zoneId: bare(one.Id),
    };
  },
});

/** The provider's name for its list of Auto Scaling groups. */
const getAmiIds = invoke<Aws, GetAmiIdsArgs, GetAmiIdsResult>({
  arguments: { filters: filterRule, names: update, region: update },
  call: async (aws, args) => {
    const answer = await aws.autoscaling.describeAutoScalingGroups({
      AutoScalingGroupNames: args.names,
      Filters: filtersOf(args),
    });
    const groups = answer.AutoScalingGroups ?? [];
    return {
      ...args,
      arns: groups.map((each) => each.AutoScalingGroupARN ?? ""),
      id: aws.region,
      names: groups.map((each) => each.AutoScalingGroupName ?? "").sort(),
      region: aws.region,
    };
  },
});

const getKey = invoke<Aws, GetKeyArgs, Partial<GetKeyResult>>({
  arguments: { grantTokens: unsupported, keyId: required(update), region: update },
  call: async (aws, { keyId }) => {
    const key = await found(aws.describeKey(keyId));
    if (key === undefined) throw new Error(`reading KMS Key (${keyId}): couldn't find resource`);
    return {
      arn: key.Arn,
      awsAccountId: key.AWSAccountId,
      description: key.Description,
      enabled: key.Enabled,
      id: key.KeyId,
      keyId,
      keyManager: key.KeyManager,
      keySpec: key.KeySpec,
      keyState: key.KeyState,
      keyUsage: key.KeyUsage,
      multiRegion: key.MultiRegion,
      origin: key.Origin,
      region: aws.region,
    };
  },
});

export const otherFunctions: Readonly<Record<string, InvokeType<Aws>>> = {
  "aws:autoscaling/getAmiIds:getAmiIds": getAmiIds,
  "aws:kms/getKey:getKey": getKey,
  "aws:ssm/getParameter:getParameter": getParameter,
  "aws:resourcegroupstaggingapi/getResources:getResources": getResources,
  "aws:s3/getBucket:getBucket": getBucket,
  "aws:s3/getObject:getObject": getObject,
  "aws:route53/getZone:getZone": getZone,
};
