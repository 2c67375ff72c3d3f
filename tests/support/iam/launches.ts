/** What IAM checks when instances are launched: each resource that a launch uses, and each that it makes. */
import { account, type Authorization, contextOf, ec2Arn, newArn, specifiedTags } from "./authorizations";
import type { KnownResource, RecordedCall, Tags } from "./calls";

/**
 * A fleet is checked as a fleet and as the instances that it starts. Tags that a launch template gives what it makes count as
 * asked for by the call.
 */
export function launchAuthorizations(call: RecordedCall): Authorization[] {
  const templates = Object.entries(call.resources).filter(([id]) => id.startsWith("lt-"));
  const starts = templates.flatMap(([, { starts: started }]) => started ?? []);
  const isFleet = call.operation === "CreateFleet";
  const asked = { ...Object.assign({}, ...starts.map(({ tags }) => tags)), ...specifiedTags(call.params) } as Readonly<
    Record<string, Tags>
  >;
  const used = [
    ...templates.map(([id]) => id),
    ...Object.keys(call.resources).filter((id) => id.startsWith("subnet-")),
  ];
  const ofTemplates = starts.flatMap(({ image, groups }) => [...groups, ...(image === null ? [] : [image])]);
  const made = ["instance", "volume", "network-interface", ...(isSpot(call) ? ["spot-instances-request"] : [])];
  return [
    ...(isFleet ? [about(call, "ec2:CreateFleet", "fleet", asked)] : []),
    ...(isFleet ? [...used].map((id) => using(call, "ec2:CreateFleet", id)) : []),
    ...(isFleet ? [about(call, "ec2:CreateFleet", "instance", asked)] : []),
    ...[...used, ...ofTemplates].map((id) => using(call, "ec2:RunInstances", id)),
    ...made.map((kind) => about(call, "ec2:RunInstances", kind, asked)),
    ...Object.keys(asked)
      .filter((kind) => kind !== "launch-template")
      .map((kind) => tagsOf(call, kind, asked)),
    ...passed(call, starts),
  ];
}

function isSpot({ params }: RecordedCall): boolean {
  return params["TargetCapacitySpecification.DefaultTargetCapacityType"] === "spot";
}

function using(call: RecordedCall, action: string, id: string): Authorization {
  const existing = call.resources[id]?.tags ?? {};
  return { action, resource: ec2Arn(call.region, id), context: contextOf(call, { existing }) };
}

function about(call: RecordedCall, action: string, kind: string, asked: Readonly<Record<string, Tags>>): Authorization {
  return { action, resource: newArn(call.region, kind), context: contextOf(call, { requested: asked[kind] ?? {} }) };
}

function tagsOf(call: RecordedCall, kind: string, asked: Readonly<Record<string, Tags>>): Authorization {
  const tagging = about(call, "ec2:CreateTags", kind, asked);
  return { ...tagging, context: { ...tagging.context, "ec2:CreateAction": call.operation } };
}

function passed(call: RecordedCall, starts: readonly NonNullable<KnownResource["starts"]>[]): Authorization[] {
  const roles = new Set(starts.flatMap(({ role }) => role ?? []));
  return [...roles].map((role) => ({
    action: "iam:PassRole",
    resource: role.startsWith("arn:") ? role : `arn:aws:iam::${account}:role/${role}`,
    context: { "aws:RequestedRegion": call.region, "iam:PassedToService": "ec2.amazonaws.com" },
  }));
}
