/** Invalid inputs, through the engine: the whole text that the CLI prints, and that nothing is created. */
import * as pulumi from "@pulumi/pulumi";
import { CommandError } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { type ClusterArguments, clusterStack } from "../support/clusterStack";
import { inventory } from "../support/inventory";
import { useLocalCloud } from "../support/localCloud";

const MINUTES = 60_000;

interface Mistake {
  readonly title: string;
  readonly inputs: ClusterArguments;
  /** A line for each problem. */
  readonly problems: readonly string[];
}

const token = "kops-karpenter:index:KopsKarpenterCluster";
const good = { clusterName: "bad.example.com", zones: ["us-east-1a"] };
/** What another resource would give. */
const output = (value: string): pulumi.Output<string> => pulumi.output(Promise.resolve(value));

const longPolicy = JSON.stringify([
  { Effect: "Allow", Action: ["s3:GetObject"], Resource: [`arn:aws:s3:::${"x".repeat(9900)}`] },
]);

const mistakes: readonly Mistake[] = [
  {
    title: "an unknown key, with the nearest one",
    inputs: { ...good, kubernetesVersoin: "1.35.5", nodeGroups: { nodes: { instanceType: ["t3.large"] } } },
    problems: [
      `property kubernetesVersoin with value '{1.35.5}' has a problem: unknown key "kubernetesVersoin"; did you mean "kubernetesVersion"?`,
      `property nodeGroups.nodes.instanceType with value '{[{t3.large}]}' has a problem: unknown key "instanceType"; did you mean "instanceTypes"?`,
    ],
  },
  {
    title: "an output where a plain value is required",
    inputs: { ...good, zones: [output("us-east-1a")] },
    problems: [
      "property zones[0] with value '{us-east-1a}' has a problem: must be a plain value, not an output: it decides which resources exist",
    ],
  },
  {
    title: "secrets, without their values",
    inputs: {
      ...good,
      clusterName: pulumi.secret("hush"),
      tags: pulumi.secret({ token: "hush" }),
      stateStore: "ftp://me:hush@bucket",
      discoveryStore: pulumi.secret("ftp://hush"),
      sshPublicKey: pulumi.secret("hush"),
      karpenter: { secretAccesKey: "hush", versoin: pulumi.secret("hush") },
    },
    problems: [
      "property clusterName (value not shown) has a problem: must be a plain value, not an output: it decides which resources exist",
      `property discoveryStore (value not shown) has a problem: invalid store URL, got "(value not shown)"; must be s3://<bucket> or s3://<bucket>/<prefix>`,
      `property karpenter.secretAccesKey (value not shown) has a problem: unknown key "secretAccesKey"; must be one of "enabled", "install", "version", "chart", "crdChart", "values", "replicas", "resources", "logLevel", "featureGates", "interruptionHandling", "policy", "deleteCrds"`,
      `property karpenter.versoin (value not shown) has a problem: unknown key "versoin"; did you mean "version"?`,
      "property sshPublicKey (value not shown) has a problem: invalid OpenSSH public key; must be one line that starts with ssh-rsa or ssh-ed25519, as EC2 requires",
      `property stateStore (value not shown) has a problem: invalid store URL, got "ftp://…@bucket"; must be s3://<bucket> or s3://<bucket>/<prefix>`,
      "property tags (value not shown) has a problem: must be a plain value, not an output: it decides which resources exist",
    ],
  },
  {
    title: "a policy for which a role has no room beside its own, without its text",
    inputs: { ...good, clusterSpec: { additionalPolicies: { master: longPolicy } } },
    problems: [
      "property clusterSpec.additionalPolicies.master (value not shown) has a problem: too much for the role masters.bad.example.com: a role's inline policies may have 10240 characters without white space, these have 11395",
    ],
  },
  {
    title: "a legacy Karpenter version",
    inputs: { ...good, karpenter: { version: "0.37.0" } },
    problems: [
      `property karpenter.version with value '{0.37.0}' has a problem: legacy Karpenter, got "0.37.0"; must be 1.0 or later, whose API is karpenter.sh/v1`,
    ],
  },
  {
    title: "several problems at once, each with its path",
    inputs: {
      clusterName: "Bad",
      zones: ["us-east-1a", "us-west-2a"],
      controlPlane: { zones: ["us-east-1a", "us-east-1b"] },
      nodeGroups: { nodes: { minSize: 3, maxSize: 1, nodePools: { spot: { weight: 101 } } } },
    },
    problems: [
      `property clusterName with value '{Bad}' has a problem: invalid DNS name, got "Bad"; must be a DNS name such as prod.example.com: lowercase letters, digits, - and ., starting and ending with a letter or digit`,
      "property controlPlane.zones with value '{[{us-east-1a} {us-east-1b}]}' has a problem: wrong number of control-plane zones, got 2; must be 1, 3, 5 or 7, so that etcd has a majority",
      `property controlPlane.zones[1] with value '{us-east-1b}' has a problem: not a zone of the cluster, got "us-east-1b"; must be one of "us-east-1a", "us-west-2a"`,
      "property nodeGroups.nodes.maxSize with value '{1}' has a problem: below minSize, got 1; must be at least 3",
      "property nodeGroups.nodes.nodePools.spot.weight with value '{101}' has a problem: not allowed for a static pool, got 101; omit it, or omit replicas and minSize",
      "property nodeGroups.nodes.nodePools.spot.weight with value '{101}' has a problem: out of range, got 101; must be between 1 and 100",
      `property zones[1] with value '{us-west-2a}' has a problem: zone of another region, got "us-west-2a"; must be in region us-east-1, like the other zones`,
    ],
  },
  {
    title: "settings that the component owns",
    inputs: { ...good, nodeGroups: { nodes: { amiFamily: "AL2023", instanceStorePolicy: "RAID0" } } },
    problems: [
      "property nodeGroups.nodes.amiFamily with value '{AL2023}' has a problem: amiFamily is always Custom and is not an input",
      "property nodeGroups.nodes.instanceStorePolicy with value '{RAID0}' has a problem: instanceStorePolicy is not available on a node class with amiFamily Custom and is not an input",
    ],
  },
  {
    title: "values of the wrong type",
    inputs: { ...good, nodeGroups: { nodes: { minSize: "three", labels: ["a"] } } },
    problems: [
      "property nodeGroups.nodes.labels with value '{[{a}]}' has a problem: wrong type, got a list; must be a map",
      `property nodeGroups.nodes.minSize with value '{three}' has a problem: wrong type, got "three"; must be an integer`,
    ],
  },
  {
    title: "the value of an output, once it is known",
    inputs: {
      ...good,
      stateStore: output("https://bucket"),
      nodeGroups: { nodes: { additionalSecurityGroupIds: [output("web")] } },
    },
    problems: [
      `property nodeGroups.nodes.additionalSecurityGroupIds[0] with value '{web}' has a problem: invalid security group id, got "web"; must be an id such as sg-0123456789abcdef0`,
      `property stateStore with value '{https://bucket}' has a problem: invalid store URL, got "https://bucket"; must be s3://<bucket> or s3://<bucket>/<prefix>`,
    ],
  },
  {
    title: "a missing input",
    inputs: { clusterName: "bad.example.com" },
    problems: ["property zones has a problem: required, got nothing; must be a list"],
  },
];

describe("invalid inputs", function () {
  this.timeout(4 * MINUTES);
  const cloud = useLocalCloud();
  let empty: unknown;

  before(async () => {
    empty = await inventory(cloud);
  });

  for (const { title, inputs, problems } of mistakes) {
    it(`are reported: ${title}`, async () => {
      const stack = await clusterStack(cloud, inputs);
      expect(printedProblems(await failure(stack.preview()))).to.deep.equal(problems);
    });
  }

  it("create nothing, not even in an update", async () => {
    const stack = await clusterStack(cloud, { ...good, cni: "flannel" });
    expect(printedProblems(await failure(stack.up()))).to.deep.equal([
      `property cni with value '{flannel}' has a problem: unknown value, got "flannel"; must be one of "amazonvpc", "cilium", "calico", "kindnet", "none"`,
    ]);
    expect(await inventory(cloud)).to.deep.equal(empty);
    const { deployment } = (await stack.exportStack()) as { deployment: { resources?: { type: string }[] } };
    expect((deployment.resources ?? []).filter(({ type }) => !type.startsWith("pulumi:"))).to.deep.equal([]);
  });
});

async function failure(run: Promise<unknown>): Promise<string> {
  try {
    await run;
  } catch (error) {
    if (error instanceof CommandError) return error.message;
    throw error;
  }
  throw new Error("the command succeeded");
}

/** What the CLI lists below the line about the cluster. The engine keeps no order among properties. */
function printedProblems(text: string): string[] {
  const lines = text
    .slice(text.indexOf("Diagnostics:"))
    .split("\n")
    .map((line) => line.trim());
  const first = lines.indexOf(
    `error: ${token} resource 'cluster' has a problem: the inputs of the cluster are not valid`,
  );
  const last = lines.findIndex((line, index) => index > first && !line.startsWith("- "));
  return first < 0
    ? [text]
    : lines
        .slice(first + 1, last)
        .map((line) => line.slice(2))
        .sort();
}
