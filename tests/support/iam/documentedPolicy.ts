/** docs/iam-policy.json is enough for everything that a stack does, and lists little that it does not need. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import { expect } from "chai";
import { publicKey } from "../../unit/plan/fixtures/cases";
import { awsSettings, type LocalCloud, repository, useLocalCloud } from "../localCloud";
import { type Program, yamlProject } from "../pulumiProject";
import { recordedCalls } from "./calls";
import { asUser, createUser } from "./identities";
import { type Document, type Verdict, verdict } from "./verdict";

const MINUTES = 60_000;

export interface Expectation {
  /** What the document lists and this stack never asks for: actions by the reason why they are listed. */
  readonly notAsked: Readonly<Record<string, readonly string[]>>;
  /** What is asked for and refused, and does no harm: by the reason. */
  readonly harmless: Readonly<Record<string, readonly string[]>>;
}

/** What the document lists for changes and circumstances that the stack below does not have. */
export const changesNotMade: Expectation["notAsked"] = {
  "repairs what somebody changed by hand": [
    "autoscaling:AttachLoadBalancerTargetGroups",
    "autoscaling:DetachLoadBalancerTargetGroups",
    "autoscaling:ResumeProcesses",
    "autoscaling:SetInstanceProtection",
    "autoscaling:SuspendProcesses",
    "ec2:ModifySecurityGroupRules",
    "elasticloadbalancing:ModifyListener",
    "elasticloadbalancing:ModifyListenerAttributes",
    "elasticloadbalancing:SetSecurityGroups",
  ],
  "other changes of the network: zones, NAT gateways, topology": [
    "ec2:ReplaceRoute",
    "ec2:ReplaceRouteTableAssociation",
    "elasticloadbalancing:SetSubnets",
  ],
  "further ranges of a VPC that the component creates": ["ec2:AssociateVpcCidrBlock", "ec2:DisassociateVpcCidrBlock"],
  "a permissions boundary that is taken away": ["iam:DeleteRolePermissionsBoundary"],
  "warm pools": ["autoscaling:DeleteWarmPool", "autoscaling:PutWarmPool"],
  "the hooks of a cluster without Karpenter": ["autoscaling:DeleteLifecycleHook", "autoscaling:PutLifecycleHook"],
  "a larger etcd volume": ["ec2:ModifyVolume"],
  "other audiences with another version of this package": [
    "iam:AddClientIDToOpenIDConnectProvider",
    "iam:RemoveClientIDFromOpenIDConnectProvider",
  ],
  "the first group or load balancer of an account": ["iam:CreateServiceLinkedRole"],
  "instances that Karpenter left, which the plugin terminates": ["ec2:TerminateInstances"],
  "network interfaces that the Amazon VPC CNI left": ["ec2:DeleteNetworkInterface"],
  "the replacement of control-plane instances, which takes machines": [
    "autoscaling:DetachInstances",
    "autoscaling:TerminateInstanceInAutoScalingGroup",
  ],
  "volumes with a key of the user's own": ["kms:DescribeKey"],
  "default tags of the aws provider": ["s3:PutObjectTagging"],
};

export const documented = JSON.parse(readFileSync(join(repository, "docs", "iam-policy.json"), "utf8")) as Document;

/** Of every role of the cluster. */
function boundary(policy: string): Program {
  return { clusterSpec: { iam: { permissionsBoundary: `arn:aws:iam::aws:policy/${policy}` } } };
}

/** With as many kinds of resources as one cluster can have. */
function program(changes: Program): Program {
  return {
    resources: {
      cluster: {
        type: "kops-karpenter:KopsKarpenterCluster",
        properties: {
          clusterName: "p.example.com",
          zones: ["us-east-1a", "us-east-1b"],
          network: { topology: "private", bastion: {} },
          dns: { type: "private", zone: "example.com" },
          sshPublicKey: publicKey,
          serviceAccountRoles: [
            { namespace: "apps", name: "web", policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] },
          ],
          ...changes,
        },
      },
    },
  };
}

/**
 * A stack as a user whose calls the simulator writes down: look-ups, up, refresh, preview, an update and destroy. A real
 * evaluator then judges each call by the document, with the further actions that AWS checks for it
 * (authorizations.ts). The simulator itself refuses nothing, so a refused call is seen here and not in the stack.
 */
export function describeDocumentedPolicy(expectation: Expectation): void {
  describe("the documented policy", function () {
    this.timeout(10 * MINUTES);
    const cloud = useLocalCloud();

    before("run a stack as a user of IAM", async () => {
      const vpc = { VPCId: "vpc-00000000", VPCRegion: "us-east-1" } as const;
      const zone = { Name: "example.com", CallerReference: "permissions", VPC: vpc };
      const route53 = new Route53Client(awsSettings(cloud));
      await route53.send(new CreateHostedZoneCommand({ ...zone, HostedZoneConfig: { PrivateZone: true } }));
      const user = asUser(cloud, await createUser(cloud, "deployer"));
      const project = await yamlProject(
        user,
        program({ tags: { team: "a", cost: "b" }, ...boundary("PowerUserAccess") }),
      );
      await project.up();
      await project.refresh();
      await project.unchanged();
      project.write(
        program({
          tags: { team: "b" },
          api: { access: ["10.0.0.0/8"] },
          nodeGroups: { nodes: {}, two: {} },
          ...boundary("AdministratorAccess"),
        }),
      );
      await project.up();
      await project.destroy();
    });

    itIsEnough(() => judge(cloud, "deployer"), expectation);
  });
}

/** The document's verdict on all that a user asked for in a cloud. */
export function judge(cloud: LocalCloud, user: string): Verdict {
  const calls = recordedCalls(cloud).filter(({ principal }) => principal?.endsWith(`:user/${user}`));
  expect(calls).to.have.length.greaterThan(500);
  return verdict(calls, [documented]);
}

/** Tests of that verdict, which is passed once there is one. */
export function itIsEnough(found: () => Verdict, { harmless, notAsked }: Expectation): void {
  let known: Verdict | undefined;
  const once = (): Verdict => (known ??= found());

  it("the documented policy allows every call", () => {
    const tolerated = Object.values(harmless).flat();
    const refused = once().denied.filter((line) => !tolerated.some((action) => line.includes(` ${action} on `)));
    expect(refused).to.deep.equal([]);
  });

  it("it lists nothing that was not asked for, except where there is a reason", () => {
    expect(once().unused).to.deep.equal(Object.values(notAsked).flat().sort());
  });
}
