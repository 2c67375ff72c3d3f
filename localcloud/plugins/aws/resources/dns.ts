import { randomUUID } from "node:crypto";
import type { ChangeAction, ResourceRecordSet, RRType, VPCRegion } from "@aws-sdk/client-route-53";
import type { Record as DnsRecord, RecordArgs } from "@pulumi/aws/route53/record";
import type { Zone, ZoneArgs } from "@pulumi/aws/route53/zone";
import type { ZoneAssociation, ZoneAssociationArgs } from "@pulumi/aws/route53/zoneAssociation";
import { object, type Plain, replace, required, type ResourceType, set, unsupported, update } from "../../host/rules";
import { type Aws, found, ignoreGone } from "../clients";
import { awsType, sure } from "../table";
import { pairs, retag, tagMap } from "../tags";

const bareZone = (id: string | undefined): string => (id ?? "").replace(/^\/hostedzone\//, "");

function recordSet(inputs: Plain<RecordArgs>): ResourceRecordSet {
  const alias = inputs.aliases?.[0];
  return {
    Name: inputs.name,
    Type: inputs.type as RRType,
    SetIdentifier: inputs.setIdentifier,
    TTL: inputs.ttl,
    ResourceRecords: inputs.records?.map((Value) => ({ Value: inputs.type === "TXT" ? `"${Value}"` : Value })),
    AliasTarget:
      alias === undefined
        ? undefined
        : { DNSName: alias.name, EvaluateTargetHealth: alias.evaluateTargetHealth, HostedZoneId: alias.zoneId },
  };
}

async function changeRecord(aws: Aws, Action: ChangeAction, inputs: Plain<RecordArgs>): Promise<void> {
  const ChangeBatch = { Changes: [{ Action, ResourceRecordSet: recordSet(inputs) }] };
  await aws.route53.changeResourceRecordSets({ HostedZoneId: inputs.zoneId, ChangeBatch });
}

async function existingRecord(
  aws: Aws,
  HostedZoneId: string,
  name: string,
  type: string,
): Promise<ResourceRecordSet | undefined> {
  const from = { HostedZoneId, StartRecordName: name, StartRecordType: type as RRType };
  const answer = await found(aws.route53.listResourceRecordSets(from));
  return answer?.ResourceRecordSets?.find(
    (each) => each.Name?.replace(/\.$/, "").replaceAll("\\052", "*") === name.replace(/\.$/, "") && each.Type === type,
  );
}

const record = awsType<RecordArgs, DnsRecord>({
  inputs: {
    name: required(replace),
    type: required(replace),
    zoneId: required(replace),
    aliases: object(update, {
      evaluateTargetHealth: required(update),
      name: required(update),
      zoneId: required(update),
    }),
    allowOverwrite: update,
    records: set(update),
    setIdentifier: replace,
    ttl: update,
    cidrRoutingPolicy: unsupported,
    failoverRoutingPolicies: unsupported,
    geolocationRoutingPolicies: unsupported,
    geoproximityRoutingPolicy: unsupported,
    healthCheckId: unsupported,
    latencyRoutingPolicies: unsupported,
    multivalueAnswerRoutingPolicy: unsupported,
    weightedRoutingPolicies: unsupported,
  },
  create: async (aws, inputs, created) => {
    await changeRecord(aws, inputs.allowOverwrite === true ? "UPSERT" : "CREATE", inputs);
    created(
      [inputs.zoneId, inputs.name, inputs.type, inputs.setIdentifier].filter((part) => part !== undefined).join("_"),
    );
  },
  read: async (aws, id, known) => {
    const [importedZone = "", ...rest] = id.split("_");
    const zoneId = known.inputs.zoneId ?? importedZone;
    const type = known.inputs.type ?? rest.at(-1) ?? "";
    const name = known.inputs.name ?? rest.slice(0, -1).join("_");
    const fqdn = name.replace(/\.$/, "");
    const one = await existingRecord(aws, zoneId, name, type);
    if (one === undefined) return undefined;
    const alias = one.AliasTarget;
    return {
      aliases:
        alias === undefined
          ? []
          : [{ evaluateTargetHealth: alias.EvaluateTargetHealth, name: alias.DNSName, zoneId: alias.HostedZoneId }],
      fqdn,
      name,
      records: (one.ResourceRecords ?? []).map(({ Value }) =>
        type === "TXT" ? (Value ?? "").replace(/^"|"$/g, "") : (Value ?? ""),
      ),
      ...(one.TTL === undefined ? {} : { ttl: one.TTL }),
      type: type,
      zoneId,
    };
  },
  update: (aws, _id, inputs) => changeRecord(aws, "UPSERT", inputs),
  // What is there, as the real provider does: a controller may have written it anew.
  remove: async (aws, _id, { inputs }) => {
    const one = await existingRecord(aws, inputs.zoneId, inputs.name, inputs.type);
    if (one === undefined) return;
    const ChangeBatch = { Changes: [{ Action: "DELETE" as const, ResourceRecordSet: one }] };
    await ignoreGone(aws.route53.changeResourceRecordSets({ HostedZoneId: inputs.zoneId, ChangeBatch }));
  },
});

const zone = awsType<ZoneArgs, Zone>({
  inputs: {
    name: replace,
    comment: update,
    forceDestroy: update,
    tags: update,
    vpcs: object(replace, { vpcId: required(replace), vpcRegion: replace }),
    delegationSetId: unsupported,
    enableAcceleratedRecovery: unsupported,
  },
  naming: { property: "name", maxLength: 255 },
  defaults: { comment: "Managed by Pulumi", forceDestroy: false },
  create: async (aws, inputs, created) => {
    const [first, ...others] = inputs.vpcs ?? [];
    const vpc = (one: { vpcId: string; vpcRegion?: string | undefined }) => ({
      VPCId: one.vpcId,
      VPCRegion: (one.vpcRegion ?? aws.region) as VPCRegion,
    });
    const answer = await aws.route53.createHostedZone({
      Name: inputs.name,
      CallerReference: randomUUID(),
      HostedZoneConfig: { Comment: inputs.comment, PrivateZone: first !== undefined },
      ...(first === undefined ? {} : { VPC: vpc(first) }),
    });
    const id = bareZone(sure(answer.HostedZone?.Id, "a zone id"));
    created(id);
    for (const each of others) await aws.route53.associateVPCWithHostedZone({ HostedZoneId: id, VPC: vpc(each) });
    if (Object.keys(inputs.tags ?? {}).length > 0) {
      await aws.route53.changeTagsForResource({
        ResourceType: "hostedzone",
        ResourceId: id,
        AddTags: pairs(inputs.tags),
      });
    }
  },
  read: async (aws, id) => {
    const answer = await found(aws.route53.getHostedZone({ Id: id }));
    const one = answer?.HostedZone;
    if (one === undefined) return undefined;
    const tags = await aws.route53.listTagsForResource({ ResourceType: "hostedzone", ResourceId: id });
    const nameServers = answer?.DelegationSet?.NameServers ?? [];
    return {
      arn: `arn:${aws.partition}:route53:::hostedzone/${id}`,
      comment: one.Config?.Comment ?? "",
      name: one.Name?.replace(/\.$/, ""),
      nameServers,
      primaryNameServer: nameServers[0] ?? "",
      tags: tagMap(tags.ResourceTagSet?.Tags),
      zoneId: id,
    };
  },
  update: async (aws, id, inputs) => {
    await aws.route53.updateHostedZoneComment({ Id: id, Comment: inputs.comment });
    const tags = await aws.route53.listTagsForResource({ ResourceType: "hostedzone", ResourceId: id });
    await retag(tagMap(tags.ResourceTagSet?.Tags), inputs.tags, {
      put: (put) =>
        aws.route53.changeTagsForResource({ ResourceType: "hostedzone", ResourceId: id, AddTags: pairs(put) }),
      drop: (RemoveTagKeys) =>
        aws.route53.changeTagsForResource({ ResourceType: "hostedzone", ResourceId: id, RemoveTagKeys }),
    });
  },
  remove: async (aws, id, previous) => {
    if (previous.inputs.forceDestroy === true) {
      const sets = await found(aws.route53.listResourceRecordSets({ HostedZoneId: id }));
      const own = (sets?.ResourceRecordSets ?? []).filter((each) => each.Type !== "NS" && each.Type !== "SOA");
      const Changes = own.map((each) => ({ Action: "DELETE" as const, ResourceRecordSet: each }));
      if (Changes.length > 0)
        await aws.route53.changeResourceRecordSets({ HostedZoneId: id, ChangeBatch: { Changes } });
    }
    await ignoreGone(aws.route53.deleteHostedZone({ Id: id }));
  },
});

const zoneAssociation = awsType<ZoneAssociationArgs, ZoneAssociation>({
  inputs: { vpcId: required(replace), vpcRegion: replace, zoneId: required(replace) },
  create: async (aws, inputs, created) => {
    const VPCRegion = (inputs.vpcRegion ?? aws.region) as VPCRegion;
    await aws.route53.associateVPCWithHostedZone({
      HostedZoneId: inputs.zoneId,
      VPC: { VPCId: inputs.vpcId, VPCRegion },
    });
    created(`${inputs.zoneId}:${inputs.vpcId}`);
  },
  read: async (aws, id) => {
    const [zoneId = "", vpcId] = id.split(":");
    const answer = await found(aws.route53.getHostedZone({ Id: zoneId }));
    const one = answer?.VPCs?.find((each) => each.VPCId === vpcId);
    return one === undefined
      ? undefined
      : { owningAccount: await aws.account(), vpcId, vpcRegion: one.VPCRegion, zoneId };
  },
  remove: (aws, _id, { inputs }) => {
    const VPCRegion = (inputs.vpcRegion ?? aws.region) as VPCRegion;
    return ignoreGone(
      aws.route53.disassociateVPCFromHostedZone({
        HostedZoneId: inputs.zoneId,
        VPC: { VPCId: inputs.vpcId, VPCRegion },
      }),
    );
  },
});

export const dnsTypes: Readonly<Record<string, ResourceType<Aws>>> = {
  "aws:route53/record:Record": record,
  "aws:route53/zone:Zone": zone,
  "aws:route53/zoneAssociation:ZoneAssociation": zoneAssociation,
};
