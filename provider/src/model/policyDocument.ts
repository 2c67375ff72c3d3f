/** IAM policy documents: what they depend on, and kOps's order and bytes (kops pkg/model/iam/iam_builder.go:97, :218). */
import { json, type JsonValue } from "../encode/json";
import { ec2Arn } from "./aws";
import type { ResolvedCluster, UnwrappedCluster } from "./cluster";
import type { StoreLocation } from "./runtime";

/** The facts that policy documents wait for. */
export interface IamFacts {
  readonly accountId: string;
  /** URL of the service-account issuer, with `https://`. */
  readonly issuer: string;
  readonly stateStore: StoreLocation;
  /** Of the DNS zone; undefined with DNS none. */
  readonly hostedZoneId: string | undefined;
  /** ARN of the interruption queue; undefined without interruption handling. */
  readonly interruptionQueueArn: string | undefined;
}

type IamFact = keyof IamFacts;

export interface PolicyDocument {
  /** The facts that the text depends on, so that a component waits for no others. */
  readonly needs: readonly IamFact[];
  render(cluster: UnwrappedCluster, facts: Partial<IamFacts>): string;
}

/** A document whose text depends on some facts, and says which. */
export function documentFrom<Need extends IamFact>(
  needs: readonly Need[],
  render: (facts: { readonly [Name in Need]: NonNullable<IamFacts[Name]> }) => string,
): PolicyDocument {
  return {
    needs,
    render: (_cluster, facts) => {
      const missing = needs.find((need) => facts[need] === undefined);
      if (missing !== undefined) {
        throw new Error(`bug: a policy document was rendered without ${missing}`);
      }
      return render(facts as { readonly [Name in Need]: NonNullable<IamFacts[Name]> });
    },
  };
}

/** A document that grants permissions that depend on no facts. */
export function grant(cluster: ResolvedCluster, permissions: Permissions): PolicyDocument {
  const text = permissionsDocument(cluster, permissions);
  return documentFrom([], () => text);
}

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Conditions;
}

type PolicyScope = Pick<ResolvedCluster, "name" | "partition" | "region">;

/** What a role may do, by what limits it. */
interface Permissions {
  /** Statements that come first, as they are. */
  readonly statements?: readonly Statement[];
  /** Data-plane actions on keys, by way of EC2 and S3 only. */
  readonly kmsDataPlane?: readonly string[];
  readonly unconditional?: readonly string[];
  /** On resources with the cluster's tag. */
  readonly clusterTagged?: readonly string[];
  /** When the new resource gets the cluster's tag. */
  readonly clusterTaggedCreate?: readonly string[];
  /** EC2 actions that create, with the tagging that goes with them. */
  readonly ec2Create?: { readonly actions: readonly string[]; readonly resources: readonly string[] };
}

export function permissionsDocument(scope: PolicyScope, permissions: Permissions): string {
  const { statements = [], kmsDataPlane = [], unconditional = [], clusterTagged = [], ec2Create } = permissions;
  const created = ec2Create?.actions.map((action) => `ec2:${action}`) ?? [];
  const clusterTaggedCreate = [...created, ...(permissions.clusterTaggedCreate ?? [])];
  return policyText([
    ...statements,
    ...(ec2Create === undefined ? [] : taggingStatements(scope, ec2Create)),
    ...allow(kmsDataPlane, { StringLike: { "kms:ViaService": kmsViaServices(scope.region) } }),
    ...allow(unconditional),
    ...allow(clusterTagged, resourceTagIs(scope)),
    ...allow(clusterTaggedCreate, { StringEquals: { "aws:RequestTag/KubernetesCluster": scope.name } }),
    ...(created.includes("ec2:CreateSecurityGroup") ? [securityGroupInAnyVpc(scope)] : []),
  ]);
}

export function resourceTagIs(scope: PolicyScope): Conditions {
  return { StringEquals: { "aws:ResourceTag/KubernetesCluster": scope.name } };
}

/** The `amazonaws.com` suffix holds in every partition: kops pkg/model/iam/iam_builder.go:1295. */
function kmsViaServices(region: string): readonly string[] {
  return [`ec2.${region}.amazonaws.com`, "s3.*.amazonaws.com"];
}

function allow(actions: readonly string[], condition?: Conditions): readonly Statement[] {
  if (actions.length === 0) {
    return [];
  }
  return [{ Effect: "Allow", Action: oneOrMany(actions), Resource: "*", ...(condition && { Condition: condition }) }];
}

/** kops pkg/model/iam/iam_builder.go:60 */
export function taggingStatements(
  scope: PolicyScope,
  { actions, resources }: NonNullable<Permissions["ec2Create"]>,
): readonly Statement[] {
  const arns = sortedSet(resources.map((resource) => ec2Arn(scope.partition, resource)));
  return [
    {
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: arns,
      Condition: {
        StringEquals: { "aws:RequestTag/KubernetesCluster": scope.name, "ec2:CreateAction": actions },
      },
    },
    {
      Effect: "Allow",
      Action: ["ec2:CreateTags", "ec2:DeleteTags"],
      Resource: arns,
      Condition: { Null: { "aws:RequestTag/KubernetesCluster": "true" }, ...resourceTagIs(scope) },
    },
  ];
}

/** A VPC takes no request tags, and an existing one has no tag of the cluster (iam_builder.go:141). */
function securityGroupInAnyVpc(scope: PolicyScope): Statement {
  return { Effect: "Allow", Action: "ec2:CreateSecurityGroup", Resource: ec2Arn(scope.partition, "vpc") };
}

/** A lone value is written as a string: kops pkg/util/stringorset/stringorset.go:105. */
export function oneOrMany(values: readonly string[]): string | readonly string[] {
  const set = sortedSet(values);
  const [only] = set;
  return set.length === 1 && only !== undefined ? only : set;
}

export function sortedSet(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}

export const policyVersion = "2012-10-17";

/** Keys sorted, two spaces of indentation. */
export function policyText(statements: readonly Statement[]): string {
  return json(sorted({ Version: policyVersion, Statement: statements }) as JsonValue, 2);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}
