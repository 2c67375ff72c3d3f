import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
  inlinePolicyDocument,
  inlinePolicyProblem,
  inlinePolicyStatements,
  policySizeProblem,
} from "../../../provider/src/model/inlinePolicy";
import { karpenterPolicy } from "../../../provider/src/addons/karpenter/policy";
import { iamRows } from "../../../provider/src/plan/iam";
import {
  controlPlanePolicy,
  instanceTrust,
  nodePolicy,
  serviceAccountTrust,
} from "../../../provider/src/plan/policies";
import { policySizeProblems } from "../../../provider/src/plan/policySizes";
import type { IamFacts, PolicyDocument } from "../../../provider/src/model/policyDocument";
import type { ResolvedCluster, UnwrappedCluster } from "../../../provider/src/model/cluster";
import { resolveCluster } from "../../../provider/src/resolve/cluster";
import type { Input } from "../../../provider/src/schema/input";
import type { Calico, NodeGroup } from "../../../provider/src/schema/types.gen";

const cluster = resolveCluster({ clusterName: "c.example.com", zones: ["us-east-1a"] });
const facts: IamFacts = {
  accountId: "123456789012",
  issuer: "https://discovery.s3.us-east-1.amazonaws.com/c.example.com",
  stateStore: { bucket: "state", prefix: "" },
  hostedZoneId: undefined,
  interruptionQueueArn: "arn:aws:sqs:us-east-1:123456789012:queue",
};

interface Parsed {
  readonly Statement: readonly Record<string, unknown>[];
}

function parsed(document: PolicyDocument, of: ResolvedCluster = cluster, known: Partial<IamFacts> = facts): Parsed {
  return JSON.parse(document.render(of as unknown as UnwrappedCluster, known)) as Parsed;
}

describe("policy documents", () => {
  it("let Karpenter use the user's own keys on any volume of a node, and no key where there is none", () => {
    const keyArn = "arn:aws:kms:us-east-1:123456789012:key/1";
    const actionsOf = (group: NodeGroup): readonly unknown[] => {
      const of = resolveCluster({ clusterName: "c.example.com", zones: ["us-east-1a"], nodeGroups: { web: group } });
      return parsed(karpenterPolicy(of), of).Statement.flatMap(({ Action }) => Action);
    };
    for (const group of [
      { rootVolume: { kmsKeyArn: keyArn } },
      { volumes: [{ deviceName: "/dev/sdf", size: 10, kmsKeyArn: keyArn }] },
    ]) {
      expect(actionsOf(group)).to.include.members(["kms:CreateGrant", "kms:Decrypt"]);
    }
    const without = actionsOf({ volumes: [{ deviceName: "/dev/sdf", size: 10 }] });
    expect(without.filter((action) => String(action).startsWith("kms:"))).to.deep.equal([]);
  });

  it("name only the facts that they need", () => {
    const needs = Object.fromEntries(iamRows(cluster).inlinePolicies.map(({ key, document }) => [key, document.needs]));
    expect(needs).to.deep.equal({
      "role-policy-control-plane": ["stateStore"],
      "role-policy-nodes": [],
      "role-policy-kube-system.aws-cloud-controller-manager": [],
      "role-policy-kube-system.ebs-csi-controller-sa": [],
      "role-policy-kube-system.karpenter": [],
      "role-policy-kube-system.karpenter-interruption": ["interruptionQueueArn"],
    });
  });

  it("render from the needed facts alone, and say so when one is missing", () => {
    for (const { assumeRolePolicy } of iamRows(cluster).roles) {
      const given = Object.fromEntries(assumeRolePolicy.needs.map((need) => [need, facts[need]]));
      expect(parsed(assumeRolePolicy, cluster, given).Statement).to.have.length(1);
    }
    expect(() => parsed(controlPlanePolicy(cluster), cluster, {})).to.throw(
      "bug: a policy document was rendered without stateStore",
    );
  });

  it("let Karpenter read its queue by a second policy of its role, and only with interruption handling", () => {
    const policies = iamRows(cluster).inlinePolicies.filter(({ role }) => role === "kube-system/karpenter");
    expect(policies.map(({ args }) => args.name)).to.deep.equal([
      "karpenter.kube-system.sa.c.example.com",
      "karpenter-interruption.c.example.com",
    ]);
    expect(parsed(policies[1]!.document).Statement).to.deep.equal([
      {
        Action: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
        Effect: "Allow",
        Resource: "arn:aws:sqs:us-east-1:123456789012:queue",
      },
    ]);
    const without = resolveCluster({ ...cluster.declared, karpenter: { interruptionHandling: false } });
    expect(iamRows(without).inlinePolicies.filter(({ role }) => role === "kube-system/karpenter")).to.have.length(1);
  });

  it("let Karpenter read the parameters of the groups' images beside AWS's public ones", () => {
    const images = ["ssm:/team/images/node", "ssm:plain", "ssm:/aws/service/canonical/image", "ami-0123456789abcdef0"];
    const own = resolveCluster({ ...cluster.declared, nodeGroups: { one: { images } } });
    expect(resourcesOf("ssm:GetParameter", own)).to.deep.equal([
      "arn:aws:ssm:us-east-1:*:parameter/plain",
      "arn:aws:ssm:us-east-1:*:parameter/team/images/node",
      "arn:aws:ssm:us-east-1::parameter/aws/service/*",
    ]);
    expect(resourcesOf("ssm:GetParameter", cluster)).to.deep.equal(["arn:aws:ssm:us-east-1::parameter/aws/service/*"]);
  });

  it("let Karpenter pass the nodes' role alone, except with kOps's own policy", () => {
    expect(resourcesOf("iam:PassRole", cluster)).to.deep.equal("arn:aws:iam::*:role/nodes.c.example.com");
    const wide = resolveCluster({ ...cluster.declared, karpenter: { policy: "kops" } });
    expect(resourcesOf("iam:PassRole", wide)).to.equal("*");
  });

  /** What Karpenter's own policy says of an action. */
  function resourcesOf(action: string, of: ResolvedCluster): unknown {
    const row = iamRows(of).inlinePolicies.find(({ key }) => key === "role-policy-kube-system.karpenter");
    const statements = parsed(row!.document, of).Statement.filter(({ Action }) => [Action].flat().includes(action));
    expect(statements).to.have.length(1);
    return statements[0]!["Resource"];
  }

  it("keep to the state store's prefix", () => {
    const { Statement } = parsed(controlPlanePolicy(cluster), cluster, {
      stateStore: { bucket: "state", prefix: "team/one" },
    });
    const resources = Statement.map(({ Resource }) => Resource);
    expect(resources).to.include("arn:aws:s3:::state/team/one/c.example.com/*");
    expect(resources).to.include("arn:aws:s3:::state/team/one/c.example.com/backups/etcd/main/*");
    expect(resources).to.deep.include(["arn:aws:s3:::state"]);
  });

  it("name other partitions", () => {
    const china = resolveCluster({ clusterName: "c.example.com", zones: ["cn-north-1a"] });
    expect(parsed(instanceTrust(china), china).Statement[0]!.Principal).to.deep.equal({
      Service: "ec2.amazonaws.com.cn",
    });
    expect(
      parsed(serviceAccountTrust(china, { namespace: "n", name: "a" }), china).Statement[0]!.Principal,
    ).to.deep.equal({
      Federated: "arn:aws-cn:iam::123456789012:oidc-provider/discovery.s3.us-east-1.amazonaws.com/c.example.com",
    });
    const { Statement } = parsed(controlPlanePolicy(china), china);
    expect(JSON.stringify(Statement)).to.include("arn:aws-cn:s3:::state").and.not.include("arn:aws:");
  });

  it("let nodes turn off their source/destination check for Calico, unless it is left as it is", () => {
    const allowed = (calico: Calico): readonly unknown[] => {
      const of = resolveCluster({ clusterName: "c.example.com", zones: ["us-east-1a"], cni: "calico", calico });
      return [nodePolicy(of), controlPlanePolicy(of)].map((policy) =>
        parsed(policy, of)
          .Statement.flatMap(({ Action }) => Action)
          .includes("ec2:ModifyNetworkInterfaceAttribute"),
      );
    };
    expect(allowed({})).to.deep.equal([true, true]);
    expect(allowed({ awsSrcDstCheck: "DoNothing" })).to.deep.equal([false, false]);
  });

  it("give the control plane the hosted zone where there is one, and dns-controller a role", () => {
    const named: ResolvedCluster = { ...cluster, dns: { type: "private", zone: "example.com" } };
    const { Statement } = parsed(controlPlanePolicy(named), named, { ...facts, hostedZoneId: "/hostedzone/Z1" });
    expect(Statement.flatMap(({ Resource }) => Resource)).to.include("arn:aws:route53:::hostedzone/Z1");
    expect(iamRows(named).roles.map(({ ref }) => ref)).to.include("kube-system/dns-controller");
    expect(iamRows(cluster).roles.map(({ ref }) => ref)).not.to.include("kube-system/dns-controller");
  });

  it("give the roles of instances the policies and the boundary that kOps's spec has for them", () => {
    const statement = { Effect: "Allow", Action: ["s3:List*"], Resource: "*" };
    const boundary = "arn:aws:iam::123456789012:policy/boundary";
    const of = resolveCluster({
      clusterName: "c.example.com",
      zones: ["us-east-1a"],
      serviceAccountRoles: [{ namespace: "apps", name: "web", policyArns: [boundary] }],
      clusterSpec: {
        additionalPolicies: { node: JSON.stringify([{ Sid: "Lost", ...statement }]) },
        externalPolicies: { master: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] },
        iam: { permissionsBoundary: boundary },
      },
    });
    const { roles, inlinePolicies, policyAttachments } = iamRows(of);
    expect(roles.map(({ args }) => args.permissionsBoundary)).to.deep.equal(roles.map(() => boundary));
    expect(roles.map(({ ref }) => ref)).to.include("apps/web");
    const added = inlinePolicies.filter(({ key }) => key.endsWith("-additional"));
    expect(added.map(({ role, args }) => [role, args.name])).to.deep.equal([
      ["nodes", "additional.nodes.c.example.com"],
    ]);
    expect(parsed(added[0]!.document, of).Statement).to.deep.equal([statement]);
    expect(policyAttachments.filter(({ role }) => role === "controlPlane")).to.deep.equal([
      {
        key: "role-attachment-control-plane-ReadOnlyAccess",
        role: "controlPlane",
        args: { policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
      },
    ]);
  });

  it("attach policies under names of their own, outputs by their place", () => {
    const pending = { __pulumiOutput: true, apply: () => undefined } as unknown as Input<string>;
    const withRoles = resolveCluster({
      ...cluster.declared,
      serviceAccountRoles: [
        { namespace: "team", name: "app", policyArns: ["arn:aws:iam::aws:policy/service-role/Reader", pending] },
      ],
    });
    expect(iamRows(withRoles).policyAttachments.map(({ key, role }) => [key, role])).to.deep.equal([
      ["role-attachment-team.app-service-role.Reader", "team/app"],
      ["role-attachment-team.app-2", "team/app"],
    ]);
  });
});

describe("a user's inline policy", () => {
  const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
  const document = (content: unknown): string => JSON.stringify({ Version: "2012-10-17", Statement: content });

  it("is written as kOps writes it", () => {
    const text = document({
      Sid: "One",
      Condition: { StringEquals: { "b:tag": "<x>", "a:tag": ["2", "1"] } },
      Effect: "Deny",
      Action: ["s3:PutObject", "s3:GetObject", "s3:GetObject"],
      Resource: ["*"],
    });
    expect(inlinePolicyProblem(text)).to.equal(undefined);
    expect(inlinePolicyDocument(text)).to.equal(
      [
        "{",
        '  "Statement": [',
        "    {",
        '      "Action": [',
        '        "s3:GetObject",',
        '        "s3:PutObject"',
        "      ],",
        '      "Condition": {',
        '        "StringEquals": {',
        '          "a:tag": [',
        '            "2",',
        '            "1"',
        "          ],",
        '          "b:tag": "\\u003cx\\u003e"',
        "        }",
        "      },",
        '      "Effect": "Deny",',
        '      "Resource": [',
        '        "*"',
        "      ]",
        "    }",
        "  ],",
        '  "Version": "2012-10-17"',
        "}",
      ].join("\n"),
    );
  });

  it("is a list of statements in kOps's own object", () => {
    expect(JSON.parse(inlinePolicyStatements(document(statement)))).to.deep.equal([statement]);
  });

  const bad: readonly (readonly [string, string, string])[] = [
    ["no JSON", "{", "must be a policy document in JSON: an object with Version and Statement"],
    [
      "a bare list",
      JSON.stringify([statement]),
      "must be a policy document in JSON: an object with Version and Statement",
    ],
    ["no statement", document([]), "must have at least one statement"],
    ["a statement that is text", document(["x"]), "statement 1 must be an object"],
    [
      "what kOps would drop",
      document([statement, { Effect: "Allow", NotAction: "iam:*", Resource: "*" }]),
      "statement 2 must have only Sid, Effect, Action, Resource, Condition, which is all that kOps keeps; got NotAction",
    ],
    ["another effect", document({ ...statement, Effect: "allow" }), "statement 1 must have the Effect Allow or Deny"],
    [
      "no resource",
      document({ Effect: "Allow", Action: "s3:Get*" }),
      "statement 1 must have Action and Resource, each a string or a list of strings",
    ],
    [
      "too much of it",
      document({ ...statement, Resource: Array.from({ length: 400 }, (_, n) => `arn:aws:s3:::some-bucket-${n}/*`) }),
      "a role's inline policies may have 10240 characters without white space, these have 13184",
    ],
  ];
  for (const [what, text, problem] of bad) {
    it(`is refused with ${what}`, () => {
      expect(inlinePolicyProblem(text)).to.equal(problem);
      if (problem.startsWith("a role's")) return;
      expect(() => inlinePolicyDocument(text)).to.throw(problem);
    });
  }

  it("counts with the other policies of its role", () => {
    const half = document({ ...statement, Resource: "x".repeat(5100) });
    expect(policySizeProblem([half])).to.equal(undefined);
    expect(policySizeProblem([half, half])).to.match(/these have 10\d\d\d$/);
  });

  it("leaves room for the longest names in every role of ours", () => {
    const long = resolveCluster({
      clusterName: `${"a".repeat(60)}.${"b".repeat(60)}.example.com`,
      zones: ["us-east-1a"],
    });
    const { roles, inlinePolicies } = iamRows(long);
    for (const { ref } of roles) {
      const texts = inlinePolicies
        .filter(({ role }) => role === ref)
        .map(({ document: policy }) => policy.render(long as unknown as UnwrappedCluster, facts));
      expect(policySizeProblem(texts)).to.equal(undefined);
    }
  });

  const zones = ["us-east-1a"];
  /** Statements of about so many characters. */
  const additional = (size: number) =>
    JSON.stringify([{ Effect: "Allow", Action: ["s3:GetObject"], Resource: [`arn:aws:s3:::${"x".repeat(size)}`] }]);

  it("count a role's own policy and a further one together", () => {
    const withFurther = (master: Input<string>) =>
      policySizeProblems(
        resolveCluster({ clusterName: "c.example.com", zones, clusterSpec: { additionalPolicies: { master } } }),
      );
    expect(withFurther(additional(7000))).to.deep.equal([]);
    const [problem, ...others] = withFurther(additional(9900));
    expect(others).to.deep.equal([]);
    expect(problem?.path).to.equal("clusterSpec.additionalPolicies.master");
    expect(problem?.reason).to.match(
      /^too much for the role masters\.c\.example\.com: a role's inline policies may have 10240 characters without white space, these have 1\d{4}$/,
    );
    expect(withFurther(pulumi.output(additional(9900)))).to.deep.equal([]);
  });

  it("name the parameters of no more images than AWS takes", () => {
    const groups = (count: number) =>
      policySizeProblems(
        resolveCluster({
          clusterName: "c.example.com",
          zones,
          nodeGroups: Object.fromEntries(
            Array.from({ length: count }, (_, index) => [
              `g${index}`,
              { images: [`ssm:/images/${"x".repeat(50)}/${index}`] },
            ]),
          ),
        }),
      ).map(({ path }) => path);
    expect(groups(20)).to.deep.equal([]);
    expect(groups(120)).to.deep.equal(["nodeGroups"]);
  });
});
