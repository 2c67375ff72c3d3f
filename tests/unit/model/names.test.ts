import { expect } from "chai";

import { hashName, truncateName } from "../../../provider/src/encode/truncate";
import * as names from "../../../provider/src/model/names";

const short = "c.example.com";
const long = "a-cluster-with-quite-a-long-name.of-a-department.example.com";

/** Seen in the simulated AWS after kOps 1.36.2 had made these two clusters. */
describe("physical names, as kOps 1.36.2 gives them", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["load balancer, short", names.loadBalancerName(short), "api-c-example-com-veftvb"],
    ["load balancer, long", names.loadBalancerName(long), "api-a-cluster-with-quite--h7g8rs"],
    ["target group, short", names.targetGroupName(short, "tcp"), "tcp-c-example-com-6d89ko"],
    ["target group, long", names.targetGroupName(long, "tcp"), "tcp-a-cluster-with-quite--p860jf"],
    ["kops-controller, short", names.targetGroupName(short, "kops-controller"), "kops-controller-c-example-sdi0cc"],
    ["kops-controller, long", names.targetGroupName(long, "kops-controller"), "kops-controller-a-cluster-cuvo37"],
    ["control-plane role, short", names.nodeRoleName(short, "controlPlane"), "masters.c.example.com"],
    [
      "control-plane role, long",
      names.nodeRoleName(long, "controlPlane"),
      "masters.a-cluster-with-quite-a-long-name.of-a-department.-vq4tgj",
    ],
    ["node role, short", names.nodeRoleName(short, "nodes"), "nodes.c.example.com"],
    [
      "node role, long",
      names.nodeRoleName(long, "nodes"),
      "nodes.a-cluster-with-quite-a-long-name.of-a-department.ex-5nj9c5",
    ],
    [
      "service-account role, short",
      names.serviceAccountRoleName(short, { namespace: "kube-system", name: "karpenter" }),
      "karpenter.kube-system.sa.c.example.com",
    ],
    [
      "service-account role, long",
      names.serviceAccountRoleName(long, { namespace: "kube-system", name: "karpenter" }),
      "karpenter.kube-system.sa.a-cluster-with-quite-a-long-name-5uem74",
    ],
    [
      "service-account role with a long account name",
      names.serviceAccountRoleName(long, { namespace: "kube-system", name: "aws-cloud-controller-manager" }),
      "aws-cloud-controller-manager.kube-system.sa.a-cluster-wit-g7me8n",
    ],
    ["API security group", names.securityGroupName(short, "api"), "api-elb.c.example.com"],
    ["control-plane security group", names.securityGroupName(short, "controlPlane"), "masters.c.example.com"],
    ["node security group", names.securityGroupName(short, "nodes"), "nodes.c.example.com"],
    [
      "Auto Scaling group",
      names.controlPlaneScalingGroupName(short, names.controlPlaneGroupName("us-east-1a")),
      "control-plane-us-east-1a.masters.c.example.com",
    ],
    ["subnet", names.subnetTagName(short, "us-east-1a"), "us-east-1a.c.example.com"],
    ["etcd volume", names.etcdVolumeName(short, "main", "a"), "a.etcd-main.c.example.com"],
    [
      "key pair",
      names.sshKeyName(short, "fc:d8:19:05:bc:40:7c:04:19:9d:36:a3:91:3d:0a:0c"),
      "kubernetes.c.example.com-fc:d8:19:05:bc:40:7c:04:19:9d:36:a3:91:3d:0a:0c",
    ],
  ];
  for (const [what, actual, expected] of cases) {
    it(what, () => {
      expect(actual).to.equal(expected);
    });
  }
});

describe("names of what kOps does not have", () => {
  const longest = `${"a".repeat(47)}.${"b".repeat(47)}`;

  it("fit the limits of AWS for the longest cluster name", () => {
    expect(names.interruptionQueueName(longest).length).to.be.at.most(80);
    for (const event of names.interruptionEvents) {
      expect(names.interruptionRuleName(longest, event).length).to.be.at.most(64);
    }
    // Pulumi adds 26 characters to a prefix, and S3 takes 63.
    expect(names.bucketPrefix(longest, "discovery").length + 26).to.be.at.most(63);
    expect(names.interruptionPolicyName(longest).length).to.be.at.most(128);
  });

  it("start with what kOps looks up, so that its delete finds them", () => {
    expect(names.interruptionQueueName(short)).to.equal("c-example-com-krp");
    expect(names.interruptionRuleName(short, "health")).to.equal("c.example.com-KarpenterHealth");
  });

  it("have no dots in buckets and queues", () => {
    expect(names.bucketPrefix(short, "state")).to.equal("c-example-com-state-");
    expect(names.interruptionQueueName(longest)).to.not.contain(".");
  });

  it("differ between events", () => {
    const rules = names.interruptionEvents.map((event) => names.interruptionRuleName(short, event));
    expect(new Set(rules).size).to.equal(5);
  });
});

describe("truncation", () => {
  it("leaves a name that fits, and hashes one that does not", () => {
    expect(truncateName("a".repeat(32), { maxLength: 32 })).to.equal("a".repeat(32));
    const shortened = truncateName("a".repeat(33), { maxLength: 32 });
    expect(shortened).to.have.lengthOf(32);
    expect(shortened).to.equal(`${"a".repeat(25)}-${hashName("a".repeat(33))}`);
  });

  it("keeps names distinct that differ only beyond the limit", () => {
    const name = "x".repeat(80);
    expect(truncateName(`${name}a`, { maxLength: 64 })).to.not.equal(truncateName(`${name}b`, { maxLength: 64 }));
  });
});
