/** What an update does to what a cluster lives on, from the engine's own steps. */
import { isDeepStrictEqual } from "node:util";
import type { Effect } from "../../../provider/src/validate/changes/effects";
import type { ProgramInputs } from "../../support/programInputs";
import type { Step } from "./clusters";

/** What instances, volumes, keys and addresses are bound to: no change that goes through replaces or deletes one. */
const lifelines = [
  ...["aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet", "aws:ec2/securityGroup:SecurityGroup", "aws:ebs/volume:Volume"],
  ...["aws:autoscaling/group:Group", "aws:ec2/launchTemplate:LaunchTemplate", "aws:lb/loadBalancer:LoadBalancer"],
  ...["aws:lb/targetGroup:TargetGroup", "aws:s3/bucket:Bucket", "aws:iam/role:Role"],
  ...["aws:iam/instanceProfile:InstanceProfile", "aws:iam/openIdConnectProvider:OpenIdConnectProvider"],
  ...["tls:index/privateKey:PrivateKey", "tls:index/selfSignedCert:SelfSignedCert"],
  ...["kubernetes:helm.sh/v3:Release", "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass"],
  ...["kubernetes:karpenter.sh/v1:NodePool"],
];

const destructive = /^(delete|replace|create-replacement|delete-replaced|discard.*)$/;

export function lostLifelines(steps: readonly Step[]): readonly string[] {
  return steps
    .filter(({ op, type }) => destructive.test(op) && lifelines.includes(type))
    .map(({ op, type, name }) => `${op} ${type} ${name}`);
}

/** Effects that end instances or nodes in the end. */
export function rolledBy(steps: readonly Step[]): readonly Effect[] {
  return [
    ...(steps.some(rollsControlPlane) ? (["rolls the control plane"] as const) : []),
    ...(steps.some(rollsNodes) ? (["rolls the group's nodes"] as const) : []),
  ];
}

/** An instance is started from a version of its launch template. */
function rollsControlPlane(step: Step): boolean {
  return changesTemplate(step) && step.name.includes("-launch-template-control-plane-");
}

function changesTemplate({ op, type }: Step): boolean {
  return op !== "create" && type === "aws:ec2/launchTemplate:LaunchTemplate";
}

/**
 * Karpenter compares a node with its class, with the template in its pool, and with the subnets that the class selects. A
 * class that somebody else wrote, where Karpenter is not the component's, has the script from the state store.
 */
function rollsNodes(step: Step): boolean {
  const { op, type, name, before, after } = step;
  if (op === "create") return false;
  if (changesTemplate(step) && !/-launch-template-(control-plane-|bastions$)/.test(name)) return true;
  if (/-file-igconfig-node-.*-nodeupscript\.sh$/.test(name)) return true;
  if (type.endsWith(":EC2NodeClass")) return !isDeepStrictEqual(hashed(before), hashed(after));
  if (type.endsWith(":NodePool")) return !isDeepStrictEqual(templateOf(before), templateOf(after));
  return type === "aws:ec2/subnet:Subnet" && groupTags(before).some((tag) => !groupTags(after).includes(tag));
}

/** Karpenter leaves this field out of the hash (karpenter-provider-aws v1.14.1 pkg/apis/v1/ec2nodeclass.go:67). */
function hashed({ spec }: ProgramInputs): unknown {
  return { ...(spec as ProgramInputs | undefined), ipPrefixCount: undefined };
}

function templateOf({ spec }: ProgramInputs): unknown {
  return (spec as ProgramInputs | undefined)?.["template"];
}

/** One for each group that may have nodes in a subnet. */
export function groupTags({ tags }: ProgramInputs): readonly string[] {
  return Object.keys(tags ?? {}).filter((tag) => tag.startsWith("kops.k8s.io/instance-group/"));
}
