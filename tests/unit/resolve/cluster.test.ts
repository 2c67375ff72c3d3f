import { expect } from "chai";

import { readInputs } from "../../../provider/src/validate/inputs";
import { etcdMemberNames } from "../../../provider/src/resolve/etcd";
import { architectureOfImage, architectureOfType, isGpuType } from "../../../provider/src/model/instanceTypes";
import {
  karpenterGroups,
  type ResolvedCluster,
  type ResolvedKarpenterGroup,
} from "../../../provider/src/model/cluster";
import { partitionOfRegion, regionOfZone } from "../../../provider/src/model/zones";

function resolve(input: Record<string, unknown> = {}): ResolvedCluster {
  const { cluster, problems } = readInputs({ clusterName: "c.example.com", zones: ["us-east-1a"], ...input });
  expect(problems).to.equal(undefined);
  return cluster!;
}

/** The groups that Karpenter launches the nodes of. */
function groupsOf(input: Record<string, unknown>): readonly ResolvedKarpenterGroup[] {
  return karpenterGroups(resolve(input));
}

const amd64Parameter = "ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id";
const arm64Parameter = "ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id";

describe("the smallest cluster", () => {
  const cluster = resolve();

  it("has the defaults of kOps 1.36.2", () => {
    expect(cluster.region).to.equal("us-east-1");
    expect(cluster.partition).to.equal("aws");
    expect(cluster.release.version).to.equal("1.36.2");
    expect(cluster.kubernetesVersion).to.equal("1.35.5");
    expect(cluster.cni).to.equal("cilium");
    expect(cluster.api.access).to.deep.equal(["0.0.0.0/0", "::/0"]);
    expect(cluster.ssh).to.deep.equal({ access: ["0.0.0.0/0", "::/0"], publicKey: undefined });
    expect(cluster.stores).to.deep.equal({ state: "created", discovery: "created", s3Compatible: false });
  });

  it("has one control-plane node with both etcd clusters", () => {
    expect(
      cluster.controlPlaneGroups.map(({ name, instanceType, subnets }) => [name, instanceType, subnets]),
    ).to.deep.equal([["control-plane-us-east-1a", "t3.medium", ["us-east-1a"]]]);
    const group = cluster.controlPlaneGroups[0]!;
    expect(group.image).to.equal("099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260218");
    expect(group.rootVolume).to.include({ size: 64, type: "gp3", iops: 3000, throughput: 125, encrypted: true });
    expect(cluster.etcdClusters.map(({ name, version, cpuRequest }) => [name, version, cpuRequest])).to.deep.equal([
      ["main", "3.6.12", "200m"],
      ["events", "3.6.12", "100m"],
    ]);
    expect(cluster.etcdClusters[0]?.members[0]?.volume).to.include({
      size: 20,
      type: "gp3",
      iops: 3000,
      throughput: 125,
    });
  });

  it("has the documented default group", () => {
    expect(cluster.nodeGroups).to.have.lengthOf(1);
    const group = karpenterGroups(cluster)[0]!;
    expect([group.name, group.nodeClassName, group.image]).to.deep.equal(["nodes", "default", amd64Parameter]);
    expect(group.images).to.deep.equal([amd64Parameter, arm64Parameter]);
    expect(group.associatePublicIp).to.equal(true);
    expect(group.nodePools).to.have.lengthOf(1);
    expect(group.nodePools[0]).to.include({
      name: "default",
      replicas: undefined,
      weight: undefined,
      limits: undefined,
    });
    expect(group.nodePools[0]?.architectures).to.deep.equal(["amd64", "arm64"]);
    expect(group.nodePools[0]?.capacityTypes).to.deep.equal(["on-demand", "spot"]);
    expect(group.nodePools[0]?.requirements).to.deep.equal([]);
  });

  it("has one Karpenter of the version that kOps 1.36.2 goes with", () => {
    expect(cluster.karpenter).to.include({
      version: "1.13.0",
      replicas: 1,
      logLevel: "info",
      interruptionHandling: true,
    });
    expect(cluster.karpenter.featureGates).to.deep.equal({});
    expect(cluster.release.images.karpenter).to.equal(
      `public.ecr.aws/karpenter/controller:${cluster.karpenter.version}`,
    );
  });
});

describe("the control plane", () => {
  it("has its groups by zone, and its etcd members in the order given, as kOps", () => {
    const zones = ["us-east-1c", "us-east-1a", "us-east-1b"];
    const cluster = resolve({ zones, controlPlane: { zones } });
    expect(cluster.controlPlaneGroups.map(({ zone }) => zone)).to.deep.equal([
      "us-east-1a",
      "us-east-1b",
      "us-east-1c",
    ]);
    expect(cluster.etcdClusters[0]?.members.map(({ name, group }) => `${name} ${group}`)).to.deep.equal([
      "c control-plane-us-east-1c",
      "a control-plane-us-east-1a",
      "b control-plane-us-east-1b",
    ]);
    expect(cluster.karpenter.replicas).to.equal(2);
  });

  it("is in the first zone given, not the first by name", () => {
    expect(resolve({ zones: ["us-east-1b", "us-east-1a"] }).controlPlaneGroups[0]?.zone).to.equal("us-east-1b");
  });

  it("takes the image of its instance type's architecture", () => {
    const image = resolve({ controlPlane: { instanceType: "t4g.medium" } }).controlPlaneGroups[0]?.image;
    expect(image).to.contain("noble-24.04-arm64-server");
  });

  it("names etcd members by what sets the zones apart", () => {
    expect(etcdMemberNames(["us-east-1a"])).to.deep.equal(["a"]);
    expect(etcdMemberNames(["us-east-1a", "us-east-1b", "us-east-1c"])).to.deep.equal(["a", "b", "c"]);
    expect(etcdMemberNames(["us-east-1a", "us-east-2b"])).to.deep.equal(["etcd-1a", "etcd-2b"]);
  });
});

describe("node groups", () => {
  it("that are given have a class and a pool of their name, sorted by name", () => {
    const nodeGroups = groupsOf({ nodeGroups: { web: {}, batch: {} } });
    const shape = nodeGroups.map((group) => [group.name, group.nodeClassName, group.nodePools.map(({ name }) => name)]);
    expect(shape).to.deep.equal([
      ["batch", "batch", ["batch"]],
      ["web", "web", ["web"]],
    ]);
  });

  it("with minSize have one static pool of that size and its gate", () => {
    const cluster = resolve({ nodeGroups: { fixed: { minSize: 3, maxSize: 5 } } });
    const { karpenter } = cluster;
    const group = karpenterGroups(cluster)[0]!;
    expect(group).to.include({ isStatic: true, minSize: 3, maxSize: 5 });
    expect(group.nodePools[0]).to.include({ replicas: 3 });
    expect(group.nodePools[0]?.limits).to.deep.equal({ nodes: "5" });
    expect(group.nodePools[0]?.capacityTypes).to.deep.equal(["on-demand"]);
    expect(karpenter.featureGates).to.deep.equal({ StaticCapacity: true });
  });

  it("with a static pool switch the gate on beside the user's", () => {
    const { nodeGroups, karpenter } = resolve({
      karpenter: { featureGates: { NodeRepair: true } },
      nodeGroups: { a: { nodePools: { fixed: { replicas: 0 }, free: {} } } },
    });
    expect(nodeGroups[0]).to.include({ isStatic: false });
    expect(karpenter.featureGates).to.deep.equal({ NodeRepair: true, StaticCapacity: true });
  });

  it("take images and architectures from their instance types", () => {
    const group = groupsOf({ nodeGroups: { arm: { instanceTypes: ["m7g.large", "c7g.large"] } } })[0]!;
    expect(group.images).to.deep.equal([arm64Parameter]);
    expect(group.image).to.equal(arm64Parameter);
    expect(group.nodePools[0]?.architectures).to.deep.equal(["arm64"]);
    expect(group.nodePools[0]?.requirements).to.deep.equal([
      { key: "node.kubernetes.io/instance-type", operator: "In", values: ["c7g.large", "m7g.large"] },
    ]);
  });

  it("pass labels and taints on to their pools, whose own win or follow", () => {
    const pool = groupsOf({
      nodeGroups: {
        a: {
          labels: { team: "web", tier: "1" },
          taints: [{ key: "x", effect: "NoSchedule" }],
          nodePools: { a: { labels: { tier: "2" }, taints: [{ key: "y", effect: "NoExecute" }] } },
        },
      },
    })[0]!.nodePools[0]!;
    expect(pool.labels).to.deep.equal({ team: "web", tier: "2" });
    expect(pool.taints.map(({ key }) => key)).to.deep.equal(["x", "y"]);
  });

  it("are in the subnets of their zones", () => {
    const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
    const { nodeGroups } = resolve({ zones, nodeGroups: { a: { zones: ["us-east-1c", "us-east-1a"] }, b: {} } });
    expect(nodeGroups.map(({ subnets }) => subnets)).to.deep.equal([["us-east-1a", "us-east-1c"], zones]);
  });

  it("of Auto Scaling groups have kOps's size, type and image", () => {
    const groupOf = (group: object) =>
      resolve({ nodeGroups: { a: { manager: "CloudGroup", ...group } } }).nodeGroups[0]!;
    expect(groupOf({})).to.deep.include({ minSize: 2, maxSize: 2, instanceTypes: ["t3.medium"] });
    expect(groupOf({}).image).to.contain("noble-24.04-amd64-server");
    expect(groupOf({ instanceTypes: ["m7g.large"] }).image).to.contain("noble-24.04-arm64-server");
    expect(groupOf({ minSize: 4 })).to.include({ minSize: 4, maxSize: 4 });
    expect(groupOf({ maxSize: 9 })).to.include({ minSize: 2, maxSize: 9 });
    expect(groupOf({ maxSize: 1 })).to.include({ minSize: 1, maxSize: 1 });
  });

  it("are in Auto Scaling groups without Karpenter, by default one a zone", () => {
    const zones = ["us-east-1a", "us-east-1b"];
    const sizes = ({ nodeGroups }: ResolvedCluster) =>
      nodeGroups.map(({ name, manager, minSize, maxSize, subnets }) => [name, manager, minSize, maxSize, subnets]);
    const karpenter = { enabled: false };
    expect(sizes(resolve({ zones, karpenter }))).to.deep.equal([
      ["nodes-us-east-1a", "CloudGroup", 1, 1, ["us-east-1a"]],
      ["nodes-us-east-1b", "CloudGroup", 1, 1, ["us-east-1b"]],
    ]);
    expect(sizes(resolve({ zones, karpenter, nodeGroups: { web: {} } }))).to.deep.equal([
      ["web", "CloudGroup", 2, 2, zones],
    ]);
    expect(resolve({ karpenter }).karpenter).to.include({ install: false, interruptionHandling: false });
  });

  it("fill volumes with what their type needs", () => {
    const volumeOf = (rootVolume: object): unknown =>
      resolve({ nodeGroups: { a: { rootVolume } } }).nodeGroups[0]?.rootVolume;
    expect(volumeOf({})).to.include({ size: 128, type: "gp3", iops: 3000, throughput: 125, encrypted: true });
    expect(volumeOf({ type: "io2" })).to.include({ iops: 100, throughput: undefined });
    expect(volumeOf({ type: "gp2", encrypted: false })).to.include({
      iops: undefined,
      throughput: undefined,
      encrypted: false,
    });
  });
});

describe("a resolved cluster", () => {
  const secretAccessKey = "not-for-files";
  const input = {
    stateStoreAccess: { endpoint: "http://127.0.0.1:5000", accessKeyId: "id", secretAccessKey },
    nodeGroups: { b: { nodePools: { z: {}, y: {} } }, a: {} },
    tags: { team: "web" },
  };

  it("holds no secret", () => {
    const cluster = resolve(input);
    expect(JSON.stringify(cluster)).to.not.contain(secretAccessKey);
    expect(cluster.stores.s3Compatible).to.equal(true);
  });

  it("is the same for the same inputs, whatever the order of their keys, and leaves them alone", () => {
    const frozen = deepFreeze(structuredClone(input));
    const reordered = {
      tags: input.tags,
      nodeGroups: { a: {}, b: { nodePools: { y: {}, z: {} } } },
      stateStoreAccess: input.stateStoreAccess,
    };
    const groups = (cluster: ResolvedCluster): unknown =>
      karpenterGroups(cluster).map(({ name, nodePools }) => [name, nodePools]);
    expect(resolve(frozen)).to.deep.equal(resolve(input));
    expect(groups(resolve(reordered))).to.deep.equal(groups(resolve(input)));
  });
});

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value) as unknown[]) {
    if (typeof inner === "object" && inner !== null) {
      deepFreeze(inner);
    }
  }
  return Object.freeze(value);
}

describe("what names tell", () => {
  it("knows Graviton families", () => {
    for (const type of [
      "t4g.large",
      "m7g.large",
      "c6gn.large",
      "im4gn.large",
      "is4gen.large",
      "x2gd.large",
      "a1.large",
      "g5g.xlarge",
    ]) {
      expect(architectureOfType(type), type).to.equal("arm64");
    }
    for (const type of [
      "t3.medium",
      "m7i-flex.large",
      "g4dn.xlarge",
      "g5.xlarge",
      "p5.48xlarge",
      "inf2.xlarge",
      "c7a.large",
    ]) {
      expect(architectureOfType(type), type).to.equal("amd64");
    }
    expect(architectureOfType("u-6tb1.metal")).to.equal(undefined);
    expect(architectureOfType("mac2.metal")).to.equal(undefined);
  });

  it("knows GPU families", () => {
    expect(["g5.xlarge", "p4d.24xlarge", "gr6.4xlarge"].every(isGpuType)).to.equal(true);
    expect(["m5.large", "inf2.xlarge", "trn1.2xlarge"].some(isGpuType)).to.equal(false);
  });

  it("reads an image's architecture where it is written", () => {
    expect(architectureOfImage(arm64Parameter)).to.equal("arm64");
    expect(architectureOfImage("al2023-ami-2023.6-kernel-6.1-x86_64")).to.equal("amd64");
    expect(architectureOfImage("ami-0123456789abcdef0")).to.equal(undefined);
  });

  it("reads regions and partitions", () => {
    expect(regionOfZone("us-gov-west-1a")).to.equal("us-gov-west-1");
    expect(regionOfZone("us-west-2-lax-1a")).to.equal(undefined);
    expect(["eu-west-1", "cn-north-1", "us-gov-west-1", "us-iso-east-1"].map(partitionOfRegion)).to.deep.equal([
      "aws",
      "aws-cn",
      "aws-us-gov",
      undefined,
    ]);
  });
});
