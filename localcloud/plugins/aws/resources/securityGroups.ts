import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { IpPermission, SecurityGroupRuleRequest } from "@aws-sdk/client-ec2";
import type { SecurityGroup, SecurityGroupArgs } from "@pulumi/aws/ec2/securityGroup";
import type { SecurityGroupRule, SecurityGroupRuleArgs } from "@pulumi/aws/ec2/securityGroupRule";
import type { SecurityGroupEgressRule, SecurityGroupEgressRuleArgs } from "@pulumi/aws/vpc/securityGroupEgressRule";
import type { SecurityGroupIngressRule, SecurityGroupIngressRuleArgs } from "@pulumi/aws/vpc/securityGroupIngressRule";
import { type Plain, replace, required, type ResourceType, set, unsupported, update } from "../../host/rules";
import { type Aws, found, ignoreGone } from "../clients";
import { awsType, sure } from "../table";
import { retagEc2, specification, tagMap } from "../tags";
import { filter } from "./network";

const EVERYTHING = [
  { IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] },
  { IpProtocol: "-1", Ipv6Ranges: [{ CidrIpv6: "::/0" }] },
];

const securityGroup = awsType<SecurityGroupArgs, SecurityGroup>({
  inputs: {
    name: replace,
    description: replace,
    vpcId: replace,
    revokeRulesOnDelete: update,
    tags: update,
    namePrefix: unsupported,
    ingress: unsupported,
    egress: unsupported,
    region: replace,
  },
  naming: { property: "name", maxLength: 255 },
  defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
  create: async (aws, inputs, created) => {
    const answer = await aws.ec2.createSecurityGroup({
      GroupName: inputs.name,
      Description: inputs.description,
      VpcId: inputs.vpcId,
      TagSpecifications: specification("security-group", inputs.tags),
    });
    const GroupId = sure(answer.GroupId, "a security group id");
    created(GroupId);
    // The real provider takes away the rules that AWS adds to each new group; the second is there only with IPv6.
    for (const rule of EVERYTHING)
      await ignoreGone(aws.ec2.revokeSecurityGroupEgress({ GroupId, IpPermissions: [rule] }));
  },
  read: async (aws, id) => {
    const one = (await found(aws.ec2.describeSecurityGroups({ GroupIds: [id] })))?.SecurityGroups?.[0];
    if (one === undefined) return undefined;
    return {
      arn: await aws.arn("ec2", `security-group/${id}`),
      description: one.Description,
      name: one.GroupName,
      ownerId: one.OwnerId,
      vpcId: one.VpcId,
      tags: tagMap(one.Tags),
    };
  },
  update: (aws, id, inputs) => retagEc2(aws, id, inputs.tags),
  remove: async (aws, id, previous) => {
    if (previous.inputs.revokeRulesOnDelete === true) {
      const one = (await found(aws.ec2.describeSecurityGroups({ GroupIds: [id] })))?.SecurityGroups?.[0];
      if ((one?.IpPermissions ?? []).length > 0)
        await aws.ec2.revokeSecurityGroupIngress({ GroupId: id, IpPermissions: one?.IpPermissions });
      if ((one?.IpPermissionsEgress ?? []).length > 0)
        await aws.ec2.revokeSecurityGroupEgress({ GroupId: id, IpPermissions: one?.IpPermissionsEgress });
    }
    await ignoreGone(aws.ec2.deleteSecurityGroup({ GroupId: id }));
  },
});

type RuleInputs = Plain<SecurityGroupRuleArgs>;

/** AWS has names for these protocols and numbers for the others. */
function protocolOf(given: string): string {
  const lower = given.toLowerCase();
  const names: Record<string, string> = { all: "-1", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6" };
  return names[lower] ?? lower;
}

/** Ports mean nothing for "all protocols", and for protocols without ports. */
function portsOf(
  protocol: string,
  from: number | undefined,
  to: number | undefined,
): { FromPort?: number; ToPort?: number } {
  if (!["tcp", "udp", "icmp", "icmpv6"].includes(protocol)) return {};
  return { ...(from === undefined ? {} : { FromPort: from }), ...(to === undefined ? {} : { ToPort: to }) };
}

function permission(inputs: RuleInputs): IpPermission {
  const IpProtocol = protocolOf(inputs.protocol);
  const described = inputs.description === undefined ? {} : { Description: inputs.description };
  const groups = [inputs.sourceSecurityGroupId, inputs.self === true ? inputs.securityGroupId : undefined].filter(
    (id) => id !== undefined,
  );
  return {
    IpProtocol,
    ...portsOf(IpProtocol, inputs.fromPort, inputs.toPort),
    ...(inputs.cidrBlocks === undefined
      ? {}
      : { IpRanges: inputs.cidrBlocks.map((CidrIp) => ({ CidrIp, ...described })) }),
    ...(inputs.ipv6CidrBlocks === undefined
      ? {}
      : { Ipv6Ranges: inputs.ipv6CidrBlocks.map((CidrIpv6) => ({ CidrIpv6, ...described })) }),
    ...(inputs.prefixListIds === undefined
      ? {}
      : { PrefixListIds: inputs.prefixListIds.map((PrefixListId) => ({ PrefixListId, ...described })) }),
    ...(groups.length === 0 ? {} : { UserIdGroupPairs: groups.map((GroupId) => ({ GroupId, ...described })) }),
  };
}

async function permissionsNow(aws: Aws, inputs: RuleInputs): Promise<IpPermission[]> {
  const answer = await found(aws.ec2.describeSecurityGroups({ GroupIds: [inputs.securityGroupId] }));
  const one = answer?.SecurityGroups?.[0];
  const all = (inputs.type === "egress" ? one?.IpPermissionsEgress : one?.IpPermissions) ?? [];
  const wanted = permission(inputs);
  return all.filter(
    (each) =>
      each.IpProtocol === wanted.IpProtocol && each.FromPort === wanted.FromPort && each.ToPort === wanted.ToPort,
  );
}

/** Fields of a rule that can be read back; a rule of which nothing is left is gone. */
function observed(inputs: RuleInputs, now: readonly IpPermission[]): Partial<RuleInputs> | undefined {
  const have = {
    cidrs: now.flatMap((each) => each.IpRanges ?? []),
    ipv6: now.flatMap((each) => each.Ipv6Ranges ?? []),
    lists: now.flatMap((each) => each.PrefixListIds ?? []),
    groups: now.flatMap((each) => each.UserIdGroupPairs ?? []),
  };
  const cidrs = have.cidrs.filter((each) => inputs.cidrBlocks?.includes(each.CidrIp ?? "") === true);
  const ipv6 = have.ipv6.filter((each) => inputs.ipv6CidrBlocks?.includes(each.CidrIpv6 ?? "") === true);
  const lists = have.lists.filter((each) => inputs.prefixListIds?.includes(each.PrefixListId ?? "") === true);
  const source = have.groups.find((each) => each.GroupId === inputs.sourceSecurityGroupId);
  const self = inputs.self === true && have.groups.some((each) => each.GroupId === inputs.securityGroupId);
  const left = [...cidrs, ...ipv6, ...lists, ...(source === undefined ? [] : [source])];
  if (left.length === 0 && !self) return undefined;
  const texts = left.map((each) => each.Description).filter((each) => each !== undefined && each !== "");
  return {
    ...(inputs.cidrBlocks === undefined ? {} : { cidrBlocks: cidrs.map((each) => each.CidrIp ?? "") }),
    ...(inputs.ipv6CidrBlocks === undefined ? {} : { ipv6CidrBlocks: ipv6.map((each) => each.CidrIpv6 ?? "") }),
    ...(inputs.prefixListIds === undefined ? {} : { prefixListIds: lists.map((each) => each.PrefixListId ?? "") }),
    ...(texts[0] === undefined ? {} : { description: texts[0] }),
    self,
  };
}

const securityGroupRule = awsType<SecurityGroupRuleArgs, SecurityGroupRule>({
  inputs: {
    type: required(replace),
    securityGroupId: required(replace),
    protocol: required(replace),
    fromPort: required(replace),
    toPort: required(replace),
    cidrBlocks: set(replace),
    ipv6CidrBlocks: set(replace),
    prefixListIds: set(replace),
    sourceSecurityGroupId: replace,
    self: replace,
    description: replace,
    region: replace,
  },
  // AWS refuses a rule that it has already.
  deleteBeforeReplace: true,
  problems: ({ type, cidrBlocks, ipv6CidrBlocks, prefixListIds, sourceSecurityGroupId, self }) => [
    ...(type === "ingress" || type === "egress"
      ? []
      : [{ property: "type", reason: `must be ingress or egress, not ${type}` }]),
    ...([cidrBlocks, ipv6CidrBlocks, prefixListIds, sourceSecurityGroupId].every((each) => each === undefined) &&
    self !== true
      ? [{ property: "cidrBlocks", reason: "a rule needs a source or destination" }]
      : []),
  ],
  create: async (aws, inputs, created) => {
    const request = { GroupId: inputs.securityGroupId, IpPermissions: [permission(inputs)] };
    if (inputs.type === "egress") await aws.ec2.authorizeSecurityGroupEgress(request);
    else await aws.ec2.authorizeSecurityGroupIngress(request);
    created(
      `sgrule-${createHash("sha256")
        .update(JSON.stringify(request) + inputs.type)
        .digest("hex")
        .slice(0, 12)}`,
    );
  },
  read: async (aws, _id, known) => {
    const inputs = known.inputs as RuleInputs;
    if ((inputs.securityGroupId as string | undefined) === undefined)
      throw new Error("the stand-in cannot import a SecurityGroupRule: its id does not say what it is");
    const now = observed(inputs, await permissionsNow(aws, inputs));
    return now === undefined ? undefined : { ...inputs, protocol: inputs.protocol, ...now, securityGroupRuleId: "" };
  },
  remove: async (aws, _id, { inputs }) => {
    const request = { GroupId: inputs.securityGroupId, IpPermissions: [permission(inputs)] };
    await ignoreGone(
      inputs.type === "egress"
        ? aws.ec2.revokeSecurityGroupEgress(request)
        : aws.ec2.revokeSecurityGroupIngress(request),
    );
  },
});

type SingleInputs = Plain<SecurityGroupIngressRuleArgs>;

function singlePermission(inputs: SingleInputs): IpPermission {
  const IpProtocol = protocolOf(inputs.ipProtocol);
  const described = inputs.description === undefined ? {} : { Description: inputs.description };
  const { cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId } = inputs;
  return {
    IpProtocol,
    ...portsOf(IpProtocol, inputs.fromPort, inputs.toPort),
    ...(cidrIpv4 === undefined ? {} : { IpRanges: [{ CidrIp: cidrIpv4, ...described }] }),
    ...(cidrIpv6 === undefined ? {} : { Ipv6Ranges: [{ CidrIpv6: cidrIpv6, ...described }] }),
    ...(prefixListId === undefined ? {} : { PrefixListIds: [{ PrefixListId: prefixListId, ...described }] }),
    ...(referencedSecurityGroupId === undefined
      ? {}
      : { UserIdGroupPairs: [{ GroupId: referencedSecurityGroupId, ...described }] }),
  };
}

function singleRequest(inputs: SingleInputs): SecurityGroupRuleRequest {
  const IpProtocol = protocolOf(inputs.ipProtocol);
  return {
    IpProtocol,
    ...portsOf(IpProtocol, inputs.fromPort, inputs.toPort),
    CidrIpv4: inputs.cidrIpv4,
    CidrIpv6: inputs.cidrIpv6,
    PrefixListId: inputs.prefixListId,
    ReferencedGroupId: inputs.referencedSecurityGroupId,
    Description: inputs.description,
  };
}

async function modifySingle(aws: Aws, id: string, inputs: SingleInputs, before: SingleInputs): Promise<void> {
  const SecurityGroupRule = singleRequest(inputs);
  if (isDeepStrictEqual(SecurityGroupRule, singleRequest(before))) return;
  const SecurityGroupRules = [{ SecurityGroupRuleId: id, SecurityGroupRule }];
  await aws.ec2.modifySecurityGroupRules({ GroupId: inputs.securityGroupId, SecurityGroupRules });
}

/** The two newer rule types differ in direction only. */
function singleRule(egress: boolean): ResourceType<Aws> {
  return awsType<
    SecurityGroupIngressRuleArgs & SecurityGroupEgressRuleArgs,
    SecurityGroupIngressRule & SecurityGroupEgressRule
  >({
    inputs: {
      securityGroupId: required(replace),
      ipProtocol: required(update),
      fromPort: update,
      toPort: update,
      cidrIpv4: update,
      cidrIpv6: update,
      prefixListId: update,
      referencedSecurityGroupId: update,
      description: update,
      region: replace,
      tags: update,
    },
    create: async (aws, inputs, created) => {
      const request = {
        GroupId: inputs.securityGroupId,
        IpPermissions: [singlePermission(inputs)],
        TagSpecifications: specification("security-group-rule", inputs.tags),
      };
      const answer = egress
        ? await aws.ec2.authorizeSecurityGroupEgress(request)
        : await aws.ec2.authorizeSecurityGroupIngress(request);
      created(sure(answer.SecurityGroupRules?.[0]?.SecurityGroupRuleId, "a rule id"));
    },
    read: async (aws, id) => {
      const answer = await found(aws.ec2.describeSecurityGroupRules({ Filters: filter("security-group-rule-id", id) }));
      const one = answer?.SecurityGroupRules?.find((each) => each.SecurityGroupRuleId === id);
      if (one === undefined) return undefined;
      return {
        arn: await aws.arn("ec2", `security-group-rule/${id}`),
        securityGroupRuleId: id,
        securityGroupId: one.GroupId,
        ipProtocol: one.IpProtocol,
        // Absent ports are answered as -1.
        ...(one.FromPort === undefined || one.FromPort === -1 ? {} : { fromPort: one.FromPort }),
        ...(one.ToPort === undefined || one.ToPort === -1 ? {} : { toPort: one.ToPort }),
        cidrIpv4: one.CidrIpv4,
        cidrIpv6: one.CidrIpv6,
        prefixListId: one.PrefixListId,
        referencedSecurityGroupId: one.ReferencedGroupInfo?.GroupId,
        description: one.Description,
        tags: tagMap(one.Tags),
      };
    },
    update: async (aws, id, inputs, previous) => {
      await modifySingle(aws, id, inputs, previous.inputs);
      await retagEc2(aws, id, inputs.tags);
    },
    remove: async (aws, _id, { inputs }) => {
      const request = { GroupId: inputs.securityGroupId, IpPermissions: [singlePermission(inputs)] };
      await ignoreGone(
        egress ? aws.ec2.revokeSecurityGroupEgress(request) : aws.ec2.revokeSecurityGroupIngress(request),
      );
    },
  });
}

export const securityGroupTypes: Readonly<Record<string, ResourceType<Aws>>> = {
  "aws:ec2/securityGroup:SecurityGroup": securityGroup,
  "aws:ec2/securityGroupRule:SecurityGroupRule": securityGroupRule,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": singleRule(false),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": singleRule(true),
};
