/**
 * What the controller may do, limited to what it made for this cluster. Karpenter puts the tags that the conditions
 * name on everything that it creates, and refuses them in an EC2NodeClass (karpenter-provider-aws v1.14.1
 * pkg/utils/utils.go:116, pkg/apis/v1/labels.go:109), so that nobody can pass them off on something else.
 */
import { ec2Arn, ec2ServicePrincipal } from "../../model/aws";
import { karpenterGroups, type ResolvedCluster, type UnwrappedCluster } from "../../model/cluster";
import { imageQuery } from "../../model/images";
import { tagKeys } from "../../model/kopsKeys";
import { nodeRoleName } from "../../model/names";
import { sortedSet, type Statement } from "../../model/policyDocument";

const nodePoolTag = "karpenter.sh/nodepool";
/** Where AWS keeps the parameters that anybody may read. */
const publicParameters = "aws/service/";

export function scopedStatements(cluster: UnwrappedCluster): readonly Statement[] {
  const { karpenterScopedActions: facts } = cluster.release.iam;
  const { regionalReads, globalReads } = facts;
  return [
    ...launchStatements(cluster),
    ...tagStatements(cluster),
    {
      Effect: "Allow",
      Action: sortedSet(facts.delete),
      Resource: arns(cluster, ["instance", "launch-template"]),
      Condition: ownedBy("ResourceTag", cluster),
    },
    passNodeRole(cluster),
    {
      Effect: "Allow",
      Action: sortedSet(regionalReads),
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": cluster.region } },
    },
    { Effect: "Allow", Action: sortedSet(globalReads), Resource: "*" },
    { Effect: "Allow", Action: facts.parameters, Resource: parameterArns(cluster) },
  ];
}

/** A launch is checked for each resource that it uses and each that it creates. */
function launchStatements(cluster: UnwrappedCluster): readonly Statement[] {
  const { launch, createTemplate, usedResources, usedPublicResources } = cluster.release.iam.karpenterScopedActions;
  const publicArns = usedPublicResources.map((kind) => `arn:${cluster.partition}:ec2:${cluster.region}::${kind}/*`);
  return [
    {
      Effect: "Allow",
      Action: sortedSet(launch),
      Resource: sortedSet([...arns(cluster, usedResources), ...publicArns]),
    },
    // A template that exists gets no tags from the request.
    {
      Effect: "Allow",
      Action: sortedSet(launch),
      Resource: arns(cluster, ["launch-template"]),
      Condition: ownedBy("ResourceTag", cluster),
    },
    {
      Effect: "Allow",
      Action: sortedSet([...launch, createTemplate]),
      Resource: createdArns(cluster),
      Condition: ownedBy("RequestTag", cluster),
    },
  ];
}

/** Tags at creation, and those that the controller adds when it knows an instance's node. */
function tagStatements(cluster: UnwrappedCluster): readonly Statement[] {
  const { launch, createTemplate, instanceTagKeys } = cluster.release.iam.karpenterScopedActions;
  const { StringEquals, StringLike } = ownedBy("RequestTag", cluster);
  const creating = sortedSet([...launch, createTemplate].map((action) => action.replace(/^ec2:/, "")));
  return [
    {
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: createdArns(cluster),
      Condition: { StringEquals: { ...StringEquals, "ec2:CreateAction": creating }, StringLike },
    },
    {
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: arns(cluster, ["instance"]),
      Condition: {
        ...ownedBy("ResourceTag", cluster),
        "ForAllValues:StringEquals": { "aws:TagKeys": sortedSet(instanceTagKeys) },
      },
    },
  ];
}

function passNodeRole(cluster: ResolvedCluster): Statement {
  return {
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: `arn:${cluster.partition}:iam::*:role/${nodeRoleName(cluster.name, "nodes")}`,
    Condition: { StringEquals: { "iam:PassedToService": ec2ServicePrincipal(cluster.partition) } },
  };
}

function ownedBy(tag: "RequestTag" | "ResourceTag", cluster: ResolvedCluster) {
  return {
    StringEquals: { [`aws:${tag}/${tagKeys.ownership(cluster.name)}`]: "owned" },
    StringLike: { [`aws:${tag}/${nodePoolTag}`]: "*" },
  };
}

function arns(cluster: ResolvedCluster, kinds: readonly string[]): readonly string[] {
  return sortedSet(kinds.map((kind) => ec2Arn(cluster.partition, kind, cluster.region)));
}

function createdArns(cluster: ResolvedCluster): readonly string[] {
  return arns(cluster, [...cluster.release.iam.karpenterScopedActions.createdResources, "launch-template"]);
}

/** Parameters hold secrets, too: beside AWS's own, only those that the groups name. */
function parameterArns(cluster: UnwrappedCluster): readonly string[] {
  const arn = (account: string, name: string) =>
    `arn:${cluster.partition}:ssm:${cluster.region}:${account}:parameter/${name}`;
  const named = karpenterGroups(cluster)
    .flatMap(({ images }) => images.map(imageQuery))
    .flatMap((query) => ("parameter" in query ? [query.parameter.replace(/^\//, "")] : []))
    .filter((name) => !name.startsWith(publicParameters));
  return sortedSet([arn("", `${publicParameters}*`), ...named.map((name) => arn("*", name))]);
}
