/** The cluster's policies, judged by tools of the field: an evaluator for what they allow, a linter for how they are written. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { iamRows } from "../../provider/src/plan/iam";
import { interruptionRows } from "../../provider/src/plan/interruption";
import { discoveryPolicy } from "../../provider/src/plan/stores";
import { resolveCluster } from "../../provider/src/resolve/cluster";
import type { UnwrappedCluster } from "../../provider/src/model/cluster";
import type { IamFacts } from "../../provider/src/model/policyDocument";
import type { ClusterInputs } from "../../provider/src/schema/types.gen";
import { evaluate, lint, type Question } from "../support/iam/tools";
import { repository } from "../support/localCloud";

const MINUTES = 60_000;
const account = "123456789012";
const name = "c.example.com";
const facts: IamFacts = {
  accountId: account,
  issuer: `https://discovery.s3.us-east-1.amazonaws.com/${name}`,
  stateStore: { bucket: "state", prefix: "" },
  hostedZoneId: "/hostedzone/Z1ABCDEFGHIJKL",
  interruptionQueueArn: `arn:aws:sqs:us-east-1:${account}:queue`,
};
const key = `arn:aws:kms:us-east-1:${account}:key/11111111-2222-3333-4444-555555555555`;
const inputs: ClusterInputs = {
  clusterName: name,
  zones: ["us-east-1a"],
  network: { topology: "private", bastion: {} },
  dns: { type: "private", zone: "example.com" },
  nodeGroups: { nodes: { rootVolume: { kmsKeyArn: key } } },
};

/** The inline policies of every role, by their keys. */
function inlinePolicies(changes: Partial<ClusterInputs> = {}): Record<string, unknown> {
  const cluster = resolveCluster({ ...inputs, ...changes });
  return Object.fromEntries(
    iamRows(cluster).inlinePolicies.map(({ key: row, document }) => [
      row,
      JSON.parse(document.render(cluster as unknown as UnwrappedCluster, facts)),
    ]),
  );
}

const trusted = ["control-plane", "nodes", "bastion"];
const accounts = ["aws-cloud-controller-manager", "dns-controller", "ebs-csi-controller-sa", "karpenter"];
const inline = (...roles: readonly string[]): string[] => roles.map((role) => `role-policy-${role}`);
const trusts = (...roles: readonly string[]): string[] => roles.map((role) => `trust of role-${role}`);
const [controlPlane = "", nodes = "", controller = "", driver = "", karpenter = ""] = inline(
  ...["control-plane", "nodes", "kube-system.aws-cloud-controller-manager", "kube-system.ebs-csi-controller-sa"],
  "kube-system.karpenter",
);
const user = "docs/iam-policy.json";
const wide = "karpenter.policy: kops";

/** The linter's findings that stay: issue, documents, reason. */
const findings: readonly (readonly [string, readonly string[], string])[] = [
  ["RESOURCE_STAR", [user], "what a stack creates has no name or ARN before it exists"],
  [
    "RESOURCE_STAR",
    [controlPlane, nodes, controller, driver],
    "as kOps grants them, with conditions on the cluster's tag",
  ],
  ["RESOURCE_STAR", [karpenter], "reading instance profiles, and KMS keys by way of EC2 only"],
  ["RESOURCE_STAR", [wide], "what the input asks for"],
  [
    "PRIVILEGE_ESCALATION",
    [user, wide],
    "whoever makes roles and passes them can get their rights: docs/getting-started.md says so",
  ],
  [
    "PRIVILEGE_ESCALATION",
    [karpenter],
    "it launches instances with a role, but only with that of the nodes, as the evaluator shows below",
  ],
  ["PERMISSIONS_MANAGEMENT_ACTIONS", [user], "it makes roles and their policies"],
  ["PERMISSIONS_MANAGEMENT_ACTIONS", [karpenter, wide], "iam:PassRole: an instance without a role is no node"],
  ["PERMISSIONS_MANAGEMENT_ACTIONS", [controlPlane], "kms:CreateGrant, as kOps grants it"],
  ["PERMISSIONS_MANAGEMENT_ACTIONS", [controller], "iam:CreateServiceLinkedRole, as kOps grants it"],
  ["CREDENTIALS_EXPOSURE", [controlPlane, nodes], "ecr:GetAuthorizationToken: nodes pull images from ECR"],
  ["RESOURCE_MISMATCH", [controlPlane], "s3:Get* on objects includes actions on other resources, as kOps grants it"],
  [
    "RESOURCE_MISMATCH",
    [controller, karpenter],
    "one call is checked for resources of several kinds, each in a statement of its own",
  ],
  ["UNKNOWN_ACTION", [driver], "ec2:CopyVolumes is younger than the linter; the evaluator knows it"],
  [
    "MALFORMED",
    trusts(...trusted, ...accounts.map((each) => `kube-system.${each}`)),
    "the linter reads a trust policy as one of an identity, which needs Resource",
  ],
  ["UNKNOWN_FEDERATION_SOURCE", trusts(...accounts.map((each) => `kube-system.${each}`)), "the cluster's own issuer"],
];

describe("a linter of IAM policies", function () {
  this.timeout(5 * MINUTES);

  it("finds nothing without a reason in any document of the cluster or in docs/iam-policy.json", () => {
    const cluster = resolveCluster(inputs);
    const roles = iamRows(cluster).roles.map(({ key: row, assumeRolePolicy }) => [
      `trust of ${row}`,
      JSON.parse(assumeRolePolicy.render(cluster as unknown as UnwrappedCluster, facts)) as unknown,
    ]);
    const found = lint({
      [user]: JSON.parse(readFileSync(join(repository, "docs", "iam-policy.json"), "utf8")),
      ...inlinePolicies(),
      [wide]: inlinePolicies({ karpenter: { policy: "kops" } })[karpenter],
      "discovery bucket": JSON.parse(discoveryPolicy("aws", "discovery", name)),
      "interruption queue": JSON.parse(interruptionRows(cluster).queue.policy(facts.interruptionQueueArn ?? "")),
      ...Object.fromEntries(roles),
    });
    const actual = Object.entries(found).flatMap(([document, list]) =>
      list.map(({ issue }) => `${document}: ${issue}`),
    );
    const expected = findings.flatMap(([issue, documents]) => documents.map((document) => `${document}: ${issue}`));
    expect([...new Set(actual)].sort()).to.deep.equal(expected.sort());
  });
});

type Tags = Readonly<Record<string, string>>;

function requestTags(tags: Tags): Question["context"] {
  const pairs = Object.entries(tags).map(([tag, value]) => [`aws:RequestTag/${tag}`, value] as const);
  return { ...Object.fromEntries(pairs), "aws:TagKeys": Object.keys(tags) };
}

function resourceTags(tags: Tags): Question["context"] {
  return Object.fromEntries(Object.entries(tags).map(([tag, value]) => [`aws:ResourceTag/${tag}`, value]));
}

const ec2 = (kind: string): string => `arn:aws:ec2:us-east-1:${account}:${kind}/${kind}-0123456789abcdef0`;
const ours: Tags = {
  KubernetesCluster: name,
  [`kubernetes.io/cluster/${name}`]: "owned",
  "karpenter.sh/nodepool": "default",
};
const others: Tags = {
  KubernetesCluster: "other.example.com",
  "kubernetes.io/cluster/other.example.com": "owned",
  "karpenter.sh/nodepool": "default",
};
const { "karpenter.sh/nodepool": _, ...controlPlaneTags } = ours;
const toEc2 = { "iam:PassedToService": "ec2.amazonaws.com" };
const role = (roleName: string): string => `arn:aws:iam::${account}:role/${roleName}`;
const parameter = (path: string): string => `arn:aws:ssm:us-east-1:${account}:parameter/${path}`;

type Case = readonly [what: string, action: string, resource: string, context: Question["context"], allowed: boolean];

const karpenterCases: readonly Case[] = [
  ["terminate an instance of its own", "ec2:TerminateInstances", ec2("instance"), resourceTags(ours), true],
  ["terminate another cluster's", "ec2:TerminateInstances", ec2("instance"), resourceTags(others), false],
  [
    "terminate a control-plane instance",
    "ec2:TerminateInstances",
    ec2("instance"),
    resourceTags(controlPlaneTags),
    false,
  ],
  ["terminate an instance without tags", "ec2:TerminateInstances", ec2("instance"), {}, false],
  ["delete a launch template of its own", "ec2:DeleteLaunchTemplate", ec2("launch-template"), resourceTags(ours), true],
  [
    "delete the control plane's",
    "ec2:DeleteLaunchTemplate",
    ec2("launch-template"),
    resourceTags(controlPlaneTags),
    false,
  ],
  ["launch with its own template", "ec2:RunInstances", ec2("launch-template"), resourceTags(ours), true],
  ["launch with another's template", "ec2:RunInstances", ec2("launch-template"), resourceTags(others), false],
  ["launch an instance with its tags", "ec2:RunInstances", ec2("instance"), requestTags(ours), true],
  ["launch one with another cluster's tags", "ec2:RunInstances", ec2("instance"), requestTags(others), false],
  ["launch one without tags", "ec2:RunInstances", ec2("instance"), {}, false],
  ["launch a spot instance", "ec2:RunInstances", ec2("spot-instances-request"), requestTags(ours), true],
  ["use a subnet", "ec2:RunInstances", ec2("subnet"), {}, true],
  [
    "name an instance of its own",
    "ec2:CreateTags",
    ec2("instance"),
    { ...resourceTags(ours), ...requestTags({ Name: "n" }) },
    true,
  ],
  [
    "make an instance of its own another's",
    "ec2:CreateTags",
    ec2("instance"),
    { ...resourceTags(ours), ...requestTags({ KubernetesCluster: "x" }) },
    false,
  ],
  [
    "make another's instance its own",
    "ec2:CreateTags",
    ec2("instance"),
    { ...resourceTags(others), ...requestTags(ours) },
    false,
  ],
  ["pass the nodes' role to EC2", "iam:PassRole", role(`nodes.${name}`), toEc2, true],
  ["pass the control plane's role", "iam:PassRole", role(`masters.${name}`), toEc2, false],
  [
    "pass the nodes' role to another service",
    "iam:PassRole",
    role(`nodes.${name}`),
    { "iam:PassedToService": "lambda.amazonaws.com" },
    false,
  ],
  ["read instances in the region", "ec2:DescribeInstances", "*", { "aws:RequestedRegion": "us-east-1" }, true],
  ["read instances elsewhere", "ec2:DescribeInstances", "*", { "aws:RequestedRegion": "eu-west-1" }, false],
  ["read a secret among the parameters", "ssm:GetParameter", parameter("prod/database/password"), {}, false],
];

/** Of kOps's policies, for drivers that do not run in the local cloud. */
const driverCases: readonly Case[] = [
  [
    "create a volume with the cluster's tag",
    "ec2:CreateVolume",
    ec2("volume"),
    requestTags({ KubernetesCluster: name }),
    true,
  ],
  ["create one without", "ec2:CreateVolume", ec2("volume"), {}, false],
  [
    "copy a volume with the cluster's tag",
    "ec2:CopyVolumes",
    ec2("volume"),
    requestTags({ KubernetesCluster: name }),
    true,
  ],
  [
    "tag a volume as it is created",
    "ec2:CreateTags",
    ec2("volume"),
    { ...requestTags({ KubernetesCluster: name }), "ec2:CreateAction": "CreateVolume" },
    true,
  ],
  [
    "attach a volume of the cluster",
    "ec2:AttachVolume",
    ec2("volume"),
    resourceTags({ KubernetesCluster: name }),
    true,
  ],
  ["attach it to an instance of the cluster", "ec2:AttachVolume", ec2("instance"), resourceTags(ours), true],
  ["attach it to another's instance", "ec2:AttachVolume", ec2("instance"), resourceTags(others), false],
  [
    "delete a volume of the cluster",
    "ec2:DeleteVolume",
    ec2("volume"),
    resourceTags({ KubernetesCluster: name }),
    true,
  ],
  ["delete another's volume", "ec2:DeleteVolume", ec2("volume"), resourceTags(others), false],
];
const balancer = (kind: string): string =>
  `arn:aws:elasticloadbalancing:us-east-1:${account}:${kind}/net/a/0123456789abcdef`;
const controllerCases: readonly Case[] = [
  [
    "create a load balancer with the cluster's tag",
    "elasticloadbalancing:CreateLoadBalancer",
    balancer("loadbalancer"),
    requestTags({ KubernetesCluster: name }),
    true,
  ],
  ["create one without", "elasticloadbalancing:CreateLoadBalancer", balancer("loadbalancer"), {}, false],
  [
    "delete one of the cluster",
    "elasticloadbalancing:DeleteLoadBalancer",
    balancer("loadbalancer"),
    resourceTags({ KubernetesCluster: name }),
    true,
  ],
  [
    "delete another's",
    "elasticloadbalancing:DeleteLoadBalancer",
    balancer("loadbalancer"),
    resourceTags(others),
    false,
  ],
  [
    "open a security group of the cluster",
    "ec2:AuthorizeSecurityGroupIngress",
    ec2("security-group"),
    resourceTags(ours),
    true,
  ],
  ["open another's", "ec2:AuthorizeSecurityGroupIngress", ec2("security-group"), resourceTags(others), false],
];
const storeCases: readonly Case[] = [
  ["read a file of the cluster", "s3:GetObject", `arn:aws:s3:::state/${name}/config`, {}, true],
  ["write an etcd backup", "s3:PutObject", `arn:aws:s3:::state/${name}/backups/etcd/main/x`, {}, true],
  ["write another file of the cluster", "s3:PutObject", `arn:aws:s3:::state/${name}/config`, {}, false],
  ["read another cluster's file", "s3:GetObject", "arn:aws:s3:::state/other.example.com/config", {}, false],
];

describe("an evaluator of IAM policies", function () {
  this.timeout(5 * MINUTES);
  for (const [row, subject, cases] of [
    [karpenter, "Karpenter", karpenterCases],
    [driver, "the EBS driver", driverCases],
    [controller, "the cloud controller", controllerCases],
    [controlPlane, "the control plane", storeCases],
  ] as const) {
    it(`lets ${subject} do what it needs, and no more`, () => {
      expect(allowedCases(inlinePolicies()[row], cases)).to.deep.equal(
        cases.map(([what, , , , allowed]) => [what, allowed]),
      );
    });
  }

  it("lets Karpenter do all of it with kOps's own policy", () => {
    const policy = inlinePolicies({ karpenter: { policy: "kops" } })[karpenter];
    expect(allowedCases(policy, karpenterCases)).to.deep.equal(karpenterCases.map(([what]) => [what, true]));
  });
});

function allowedCases(policy: unknown, cases: readonly Case[]): (readonly [string, boolean | string])[] {
  const answers = evaluate(
    cases.map(([, action, resource, context]) => ({
      principal: `arn:aws:sts::${account}:assumed-role/tested/session`,
      policies: [policy],
      action,
      resource,
      context: { "aws:RequestedRegion": "us-east-1", ...context },
    })),
  );
  return cases.map(([what], position) => {
    const answer = answers[position];
    return [what, answer?.result === "error" ? `error: ${answer.reason ?? ""}` : answer?.result === "Allowed"];
  });
}
