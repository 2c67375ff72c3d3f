/** What AWS's answers mean for the inputs: whole messages, and what is asked for them. */
import { expect } from "chai";
import { resolveCluster } from "../../../../provider/src/resolve/cluster";
import type { AwsQueries } from "../../../../provider/src/validate/lookups/aws";
import { lookUp, type LookupProblem } from "../../../../provider/src/validate/lookups";
import { subnetTagProblems } from "../../../../provider/src/validate/rules/subnetTags";
import { readInputs } from "../../../../provider/src/validate/inputs";
import { randomInput } from "../../../campaign/generate";
import { account, asked, type Account, type Calls } from "./account";

const smallest = { clusterName: "c.example.com", zones: ["us-east-1a"] };
const ownNetwork = {
  vpcId: "vpc-1",
  cidr: "10.0.0.0/16",
  subnets: [{ zone: "us-east-1a", id: "subnet-1", cidr: "10.0.1.0/24" }],
};
const key = "arn:aws:kms:us-east-1:123456789012:key/1";

function resolved(inputs: object) {
  // The rules refuse some of what the look-ups judge as well.
  return resolveCluster({ ...smallest, ...inputs });
}

async function calls(inputs: object, state: Partial<Account> = {}): Promise<Calls> {
  const aws = asked({ ...account, ...state });
  await lookUp(resolved(inputs), aws);
  return aws;
}

async function problems(
  inputs: object,
  state: Partial<Account> = {},
  refuse: readonly (keyof AwsQueries)[] = [],
): Promise<readonly LookupProblem[]> {
  return lookUp(resolved(inputs), asked({ ...account, ...state }, refuse));
}

/** `path: reason`; those that count only for a new cluster say so. */
async function lines(...args: Parameters<typeof problems>): Promise<readonly string[]> {
  return (await problems(...args)).map(
    ({ path, reason, whenNew }) => `${whenNew === true ? "when new, " : ""}${path}: ${reason}`,
  );
}

describe("look-ups", () => {
  it("find nothing wrong with the smallest cluster, nor with one in a network of the user's", async () => {
    expect(await lines({})).to.deep.equal([]);
    const more = {
      network: ownNetwork,
      dns: { type: "public", zone: "example.com" },
      nodeGroups: {
        web: {
          instanceTypes: ["t3.medium"],
          rootVolume: { encrypted: true, kmsKeyArn: key },
          additionalSecurityGroupIds: ["sg-1"],
        },
      },
    };
    expect(await lines(more)).to.deep.equal([]);
  });

  it("ask for each distinct fact once", async () => {
    const group = { instanceTypes: ["t3.medium"], images: ["ami-0a"], additionalSecurityGroupIds: ["sg-1"] };
    const { made } = await calls({ nodeGroups: { a: group, b: group, c: group } });
    expect([...made].sort()).to.deep.equal([
      "etcdVolumesOf c.example.com",
      "image 099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260218",
      "image ami-0a",
      "offerings t3.medium",
      "openZones",
      "region",
      "scalingGroupsOf c.example.com",
      "securityGroup sg-1",
      "typesOfArchitecture amd64 t3.medium",
      "typesOfArchitecture arm64 t3.medium",
      "vpcsOf c.example.com",
    ]);
  });

  it("ask for no more instance types at once than a filter of EC2 accepts", async () => {
    const instanceTypes = Array.from({ length: 250 }, (_, index) => `t3.x${index}`);
    const { made } = await calls({ nodeGroups: { nodes: { instanceTypes } } });
    const sizes = made.filter((call) => call.startsWith("offerings")).map((call) => call.split(" ").length - 1);
    expect(sizes).to.deep.equal([200, 51]);
  });

  it("conclude nothing from what AWS does not answer", async () => {
    const inputs = {
      network: {
        ...ownNetwork,
        vpcId: "vpc-9",
        subnets: [{ zone: "us-east-1a", id: "subnet-9", cidr: "10.0.1.0/24" }],
      },
      controlPlane: { instanceType: "t3.enormous", image: "ami-none" },
      dns: { type: "public", zone: "example.com" },
    };
    const all = Object.keys(asked(account)).filter((name) => name !== "made") as (keyof AwsQueries)[];
    expect(await lines(inputs, { region: "eu-west-1" }, all)).to.deep.equal([]);
  });
});

describe("look-ups of whatever inputs", () => {
  it("never throw, and tell of each mistake once", async () => {
    for (let index = 0; index < 300; index++) {
      const reading = readInputs(randomInput(7, index));
      const found = await lookUp(reading.cluster ?? reading.attempt, asked(account));
      const told = found.map(({ path, reason }) => `${path}: ${reason}`);
      expect([...new Set(told)], `input ${index}`).to.deep.equal(told);
    }
  });
});

describe("look-ups of the region", () => {
  it("leave it at one problem where the provider's is another", async () => {
    expect(await lines({ controlPlane: { image: "ami-none" } }, { region: "eu-west-1" })).to.deep.equal([
      'zones: in another region than the AWS provider, got "us-east-1a"; must be in eu-west-1, or the provider\'s region must be us-east-1',
    ]);
  });

  it("know the zones that the account can use", async () => {
    const unknown = 'not a zone that this account can use, got "us-east-1z"; must be one of "us-east-1a", "us-east-1b"';
    expect(await lines({ zones: ["us-east-1a", "us-east-1z"] })).to.deep.equal([`zones[1]: ${unknown}`]);
    // Nor is it told that no instance type is offered there.
    expect(await lines({ zones: ["us-east-1z"] })).to.deep.equal([`zones[0]: ${unknown}`]);
  });
});

describe("look-ups of instance types", () => {
  it("tell of those that do not exist, wherever they are named", async () => {
    const requirements = [
      { key: "node.kubernetes.io/instance-type", operator: "In", values: ["t3.medium", "t9.tiny"] },
    ];
    const inputs = {
      controlPlane: { instanceType: "m5.larg" },
      nodeGroups: { web: { instanceTypes: ["m5.larg"] }, pools: { nodePools: { spot: { requirements } } } },
    };
    expect(await lines(inputs)).to.deep.equal([
      'controlPlane.instanceType: unknown instance type, got "m5.larg"; must be one that us-east-1 offers',
      'nodeGroups.pools.nodePools.spot.requirements[0].values[1]: unknown instance type, got "t9.tiny"; must be one that us-east-1 offers',
      'nodeGroups.web.instanceTypes[0]: unknown instance type, got "m5.larg"; must be one that us-east-1 offers',
    ]);
  });

  it("want a control plane's in each of its zones, and a node group's in one of them", async () => {
    const types = { ...account.types, "t3.medium": { zones: ["us-east-1b"], architecture: "amd64" } };
    const three = ["us-east-1a", "us-east-1b", "us-east-1c"];
    const state = { types, zones: three };
    const group = (zones: string[]) => ({ instanceTypes: ["t3.medium"], zones });
    const inputs = {
      zones: three,
      controlPlane: { zones: three },
      nodeGroups: { a: group(["us-east-1a"]), b: group(["us-east-1a", "us-east-1b"]) },
    };
    expect(await lines(inputs, state)).to.deep.equal([
      'controlPlane.instanceType: not offered in "us-east-1a", "us-east-1c", got "t3.medium"; must be one that is offered there, and this one is in "us-east-1b"',
      'nodeGroups.a.instanceTypes[0]: not offered in "us-east-1a", got "t3.medium"; must be one that is offered there, and this one is in "us-east-1b"',
    ]);
  });
});

describe("look-ups of images", () => {
  it("tell of those that do not exist: by id, by parameter, by name", async () => {
    const images = ["ami-none", "ssm:/none", "ubuntu/none", "own"];
    expect(await lines({ nodeGroups: { web: { images } } })).to.deep.equal(
      images.map(
        (image, index) =>
          `nodeGroups.web.images[${index}]: no such image in us-east-1, got "${image}"; must be one that the account can use there`,
      ),
    );
  });

  it("tell of one that is for another architecture than the instance types", async () => {
    const inputs = {
      controlPlane: { image: "ami-0b" },
      nodeGroups: {
        // kOps looks at the first; Karpenter chooses the one that fits.
        both: { instanceTypes: ["t3.medium"], images: ["ami-0a", "ami-0b"] },
        web: { instanceTypes: ["t3.medium"], images: ["ami-0b"] },
      },
    };
    expect(await lines(inputs)).to.deep.equal([
      'controlPlane.image: image for arm64, got "ami-0b"; must be for amd64, as "t3.medium"',
      'nodeGroups.web.images[0]: image for arm64, got "ami-0b"; must be for amd64, as "t3.medium"',
    ]);
  });

  it("tell of a pool's architecture that no image has", async () => {
    const nodeGroups = { web: { images: ["ami-0a"], nodePools: { all: { architectures: ["amd64", "arm64"] } } } };
    expect(await lines({ nodeGroups })).to.deep.equal([
      'nodeGroups.web.nodePools.all.architectures[1]: no image of the group for it, got "arm64"; must be an architecture of "ami-0a"',
    ]);
  });

  it("tell of one without a root device on EBS, and of one that is not available", async () => {
    const images = {
      ...account.images,
      "ami-store": { ...account.images["ami-0a"]!, id: "ami-store", rootDeviceType: "instance-store" },
      "ami-bad": { ...account.images["ami-0a"]!, id: "ami-bad", state: "failed" },
    };
    expect(await lines({ nodeGroups: { web: { images: ["ami-store", "ami-bad"] } } }, { images })).to.deep.equal([
      'nodeGroups.web.images[0]: image with a root device of type "instance-store", got "ami-store"; ami-store must have one of type "ebs"',
      'nodeGroups.web.images[1]: image in state "failed", got "ami-bad"; ami-bad must be available',
    ]);
  });
});

describe("look-ups of an image's size", () => {
  const images = {
    ...account.images,
    "ami-30": { ...account.images["ami-0a"]!, id: "ami-30", rootSize: 30 },
    "ami-200": { ...account.images["ami-0a"]!, id: "ami-200", rootSize: 200 },
    "ami-other": { ...account.images["ami-0a"]!, id: "ami-other", rootSize: 300, rootDeviceName: "/dev/xvda" },
    "ami-unknown": { ...account.images["ami-0a"]!, id: "ami-unknown", rootSize: 0 },
  };
  const pool = (size: number, ...selectors: string[]) => ({ images: selectors, rootVolume: { size } });

  it("tell of root volumes that it does not fit in, given or by default, whoever launches the instances", async () => {
    const inputs = {
      controlPlane: { image: "ami-200" },
      network: { topology: "private", bastion: { image: "ami-200" } },
      nodeGroups: {
        byDefault: { images: ["ami-200"] },
        cloud: { ...pool(29, "ami-30"), manager: "CloudGroup", minSize: 1, maxSize: 2 },
        largest: pool(20, "ami-30", "ami-200"),
      },
    };
    expect(await lines(inputs, { images })).to.deep.equal([
      'controlPlane.rootVolume.size: smaller than the image, got the default, 64; must be at least 200 GiB, the size of "ami-200" (ami-200)',
      'network.bastion.image: larger than a bastion\'s root volume, got "ami-200", 200 GiB (ami-200); must be at most 32 GiB',
      'nodeGroups.byDefault.rootVolume.size: smaller than the image, got the default, 128; must be at least 200 GiB, the size of "ami-200" (ami-200)',
      'nodeGroups.cloud.rootVolume.size: smaller than the image, got 29; must be at least 30 GiB, the size of "ami-30" (ami-30)',
      'nodeGroups.largest.rootVolume.size: smaller than the image, got 20; must be at least 200 GiB, the size of "ami-200" (ami-200)',
    ]);
  });

  it("say nothing of one that fits, has another root device than the first, or is of unknown size", async () => {
    const nodeGroups = {
      fits: pool(30, "ami-30"),
      other: pool(30, "ami-30", "ami-other"),
      unknown: pool(8, "ami-unknown"),
    };
    expect(await lines({ nodeGroups }, { images })).to.deep.equal([]);
  });
});

describe("look-ups of the network", () => {
  it("tell of a VPC that does not exist", async () => {
    expect(await lines({ network: { vpcId: "vpc-9", cidr: "10.0.0.0/16" } })).to.deep.equal([
      'network.vpcId: no such VPC in us-east-1, got "vpc-9"; must be a VPC of the account',
    ]);
  });

  it("tell of a VPC's range, DNS settings and internet gateway", async () => {
    const vpcs = {
      "vpc-1": { ranges: ["172.31.0.0/16"], dnsSupport: false, dnsHostnames: false, internetGateway: false },
    };
    const network = { vpcId: "vpc-1", cidr: "10.0.0.0/16", additionalCidrs: ["172.31.0.0/16", "10.9.0.0/16"] };
    const inputs = { network, dns: { type: "private", zone: "Z2" } };
    const hostedZones = { Z2: { name: "example.com.", isPrivate: true } };
    expect(await lines(inputs, { vpcs, hostedZones })).to.deep.equal([
      'network.cidr: not a range of the VPC, got "10.0.0.0/16"; must be one of "172.31.0.0/16"',
      'network.additionalCidrs[1]: not a range of the VPC, got "10.9.0.0/16"; must be one of "172.31.0.0/16"',
      'network.vpcId: VPC without DNS support, got "vpc-1"; must have enableDnsSupport switched on',
      'network.vpcId: VPC without DNS hostnames, got "vpc-1"; must have enableDnsHostnames switched on, which a private hosted zone requires',
      'network.vpcId: VPC without an internet gateway, got "vpc-1"; must have one attached, for the subnets that are created or the public load balancer',
    ]);
  });

  it("tell of subnets that are not what the inputs say", async () => {
    const subnets = {
      "subnet-1": { vpcId: "vpc-2", zone: "us-east-1b", cidr: "10.0.2.0/24", freeAddresses: 3, tags: [] },
    };
    expect(await lines({ network: ownNetwork }, { subnets })).to.deep.equal([
      'network.subnets[0].id: in another VPC, vpc-2, got "subnet-1"; must be in vpc-1',
      'network.subnets[0].zone: not the subnet\'s zone, got "us-east-1a"; must be "us-east-1b", where subnet-1 is',
      'network.subnets[0].cidr: not the subnet\'s range, got "10.0.1.0/24"; must be "10.0.2.0/24", that of subnet-1',
      'when new, network.subnets[0].id: 3 free addresses, got "subnet-1"; must have at least 8',
    ]);
    expect(await lines({ network: ownNetwork }, { subnets: {} })).to.deep.equal([
      'network.subnets[0].id: no such subnet in us-east-1, got "subnet-1"; must be a subnet of network.vpcId',
    ]);
  });

  it("refuse ways out of private subnets that are not there, elsewhere, deleted or taken", async () => {
    const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
    const network = (...egress: readonly string[]) => ({
      zones,
      network: {
        ...{ topology: "private", vpcId: "vpc-1", cidr: "10.0.0.0/16" },
        subnets: egress.map((each, index) => ({ zone: zones[index], cidr: `10.0.${16 + index}.0/24`, egress: each })),
      },
    });
    const egress = async (...args: Parameters<typeof problems>) =>
      (await lines(...args)).filter((line) => line.includes("egress"));

    expect(await egress(network("tgw-1", "nat-1", "eipalloc-1"))).to.deep.equal([]);
    expect(await egress(network("tgw-2", "nat-2", "eipalloc-3"))).to.deep.equal([
      'network.subnets[0].egress: no such transit gateway in us-east-1, got "tgw-2"; must be one that the account has or shares',
      'network.subnets[1].egress: no such NAT gateway in us-east-1, got "nat-2"; must be one of network.vpcId',
      'network.subnets[2].egress: no such elastic IP in us-east-1, got "eipalloc-3"; must be the allocation id of one of the account',
    ]);

    const gateway = { vpcId: "vpc-1", state: "available", allocationId: "eipalloc-2" };
    const natGateways = {
      "nat-1": { ...gateway, vpcId: "vpc-2" },
      "nat-2": { ...gateway, state: "deleted" },
    };
    const taken =
      'network.subnets[2].egress: elastic IP that is associated already, got "eipalloc-2"; must be free, since a NAT gateway of the cluster takes it';
    const wrong = network("nat-1", "nat-2", "eipalloc-2");
    expect(await egress(wrong, { natGateways })).to.deep.equal([
      'network.subnets[0].egress: in another VPC, vpc-2, got "nat-1"; must be in vpc-1',
      'network.subnets[1].egress: NAT gateway in state "deleted", got "nat-2"; must be available',
      taken,
    ]);
    // By another cluster's gateway, and by this one's.
    const of = (cluster: string) => ({ natGateways: { "nat-3": { ...gateway, cluster } } });
    const address = network("tgw-1", "tgw-1", "eipalloc-2");
    expect(await egress(address, of("other.example.com"))).to.deep.equal([taken]);
    expect(await egress(address, of("c.example.com"))).to.deep.equal([]);
    expect(await egress(address, {}, ["natGatewaysOf"])).to.deep.equal([]);
    expect(await egress(wrong, { natGateways }, ["natGateway", "elasticIp"])).to.deep.equal([]);
  });

  it("tell of new subnets that overlap others of the VPC, save the cluster's own", async () => {
    const other = { ...account.subnets["subnet-1"]!, cidr: "10.0.32.0/20" };
    const subnets = { "subnet-2": other, "subnet-3": { ...other, cidr: "10.0.96.0/24", cluster: "c.example.com" } };
    const vpc = { vpcId: "vpc-1", cidr: "10.0.0.0/16" };
    const rule = '"us-east-1a" must have a range that no other subnet of vpc-1 uses';
    expect(await lines({ network: vpc }, { subnets })).to.deep.equal([
      `network.subnets: overlaps subnet-2 (10.0.32.0/20), got "10.0.32.0/19"; ${rule}`,
    ]);
    const listed = (cidr: string) => ({ network: { ...vpc, subnets: [{ zone: "us-east-1a", cidr }] } });
    expect(await lines(listed("10.0.40.0/24"), { subnets })).to.deep.equal([
      `network.subnets[0].cidr: overlaps subnet-2 (10.0.32.0/20), got "10.0.40.0/24"; ${rule}`,
    ]);
    expect(await lines(listed("10.0.48.0/20"), { subnets })).to.deep.equal([]);
    expect(await lines(listed("10.0.96.0/20"), { subnets })).to.deep.equal([]);
    // Existing subnets are compared with what they are, not with each other.
    expect((await calls({ network: ownNetwork })).made.filter((call) => call.startsWith("subnetsOf"))).to.deep.equal(
      [],
    );
  });

  it("tell of security groups that do not exist or are in another VPC", async () => {
    const inputs = {
      network: ownNetwork,
      controlPlane: { additionalSecurityGroupIds: ["sg-9"] },
      nodeGroups: { web: { additionalSecurityGroupIds: ["sg-1", "sg-2"] } },
    };
    const securityGroups = { ...account.securityGroups, "sg-2": { vpcId: "vpc-2" } };
    expect(await lines(inputs, { securityGroups })).to.deep.equal([
      'controlPlane.additionalSecurityGroupIds[0]: no such security group in us-east-1, got "sg-9"; must be one of the cluster\'s VPC',
      'nodeGroups.web.additionalSecurityGroupIds[1]: in another VPC, vpc-2, got "sg-2"; must be in vpc-1',
    ]);
  });

  it("tell of a key pair that does not exist", async () => {
    expect(await lines({ clusterSpec: { sshKeyName: "own-key" } })).to.deep.equal([]);
    expect(await lines({ clusterSpec: { sshKeyName: "other" } })).to.deep.equal([
      'clusterSpec.sshKeyName: no such key pair in us-east-1, got "other"; must be the name of an EC2 key pair there',
    ]);
  });

  it("tell of a hosted zone that does not exist, is of another kind, or of another domain", async () => {
    const zone = (type: string, id: string) => lines({ dns: { type, zone: id } });
    expect(await zone("public", "Z9")).to.deep.equal([
      'dns.zone: no such hosted zone, got "Z9"; must be a public hosted zone of the account',
    ]);
    expect(await zone("private", "Z1")).to.deep.equal([
      'dns.zone: public hosted zone, got "Z1"; must be private, or dns.type must be "public"',
    ]);
    expect(await zone("private", "Z2")).to.deep.equal([
      'dns.zone: hosted zone of another domain, other.org, got "Z2"; must be a parent domain of the cluster name',
    ]);
  });

  it("want a private hosted zone that an existing VPC sees", async () => {
    const inputs = { network: ownNetwork, dns: { type: "private", zone: "example.com" } };
    const { made } = await calls(inputs);
    expect(made).to.include("hostedZone example.com true vpc-1");
    expect(await lines(inputs, { hostedZones: {} })).to.deep.equal([
      'dns.zone: no such hosted zone, got "example.com"; must be a private hosted zone of the account that network.vpcId is associated with',
    ]);
  });
});

describe("look-ups of KMS keys", () => {
  it("tell of those that do not exist or are not enabled", async () => {
    const inputs = {
      controlPlane: { etcdVolume: { encrypted: true, kmsKeyArn: key } },
      nodeGroups: {
        web: {
          rootVolume: { encrypted: true, kmsKeyArn: key },
          volumes: [{ deviceName: "/dev/sdf", size: 10, kmsKeyArn: key }],
        },
      },
    };
    expect(await lines(inputs, { keys: {} })).to.deep.equal([
      `controlPlane.etcdVolume.kmsKeyArn: no such KMS key in us-east-1, got "${key}"; must be the ARN of a key there`,
      `nodeGroups.web.rootVolume.kmsKeyArn: no such KMS key in us-east-1, got "${key}"; must be the ARN of a key there`,
      `nodeGroups.web.volumes[0].kmsKeyArn: no such KMS key in us-east-1, got "${key}"; must be the ARN of a key there`,
    ]);
    expect(await lines(inputs, { keys: { [key]: { enabled: false, state: "PendingDeletion" } } })).to.deep.equal([
      `controlPlane.etcdVolume.kmsKeyArn: KMS key in state "PendingDeletion", got "${key}"; must be enabled`,
      `nodeGroups.web.rootVolume.kmsKeyArn: KMS key in state "PendingDeletion", got "${key}"; must be enabled`,
      `nodeGroups.web.volumes[0].kmsKeyArn: KMS key in state "PendingDeletion", got "${key}"; must be enabled`,
    ]);
  });
});

describe("look-ups of a cluster of the same name", () => {
  it("tell of its resources, where the cluster is new", async () => {
    const clusters = { "c.example.com": { vpcs: ["vpc-1"], volumes: ["vol-2", "vol-1"], groups: ["a.c.example.com"] } };
    expect(await lines({}, { clusters })).to.deep.equal([
      'when new, clusterName: resources of a cluster of that name exist (VPC vpc-1, etcd volume vol-1, etcd volume vol-2 and 1 more), got "c.example.com"; must be a name that nothing in the account carries',
    ]);
  });
});

describe("tags of subnets", () => {
  const groups = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`g${index}`, {}]));

  it("are at most AWS's 50, which needs no look-up", () => {
    expect(subnetTagProblems(resolved({ nodeGroups: groups(44) }))).to.deep.equal([]);
    expect(subnetTagProblems(resolved({ nodeGroups: groups(60) }))).to.deep.equal([
      {
        path: "nodeGroups",
        reason:
          'too many groups in subnet "us-east-1a", got 60; must be at most 44, since AWS allows 50 tags on a subnet and each group needs one',
      },
    ]);
  });

  it("count those that a subnet of the user's has", async () => {
    const tags = Array.from({ length: 45 }, (_, index) => `team/${index}`);
    const subnets = { "subnet-1": { ...account.subnets["subnet-1"]!, tags } };
    expect(await lines({ network: ownNetwork, nodeGroups: groups(3) }, { subnets })).to.deep.equal([
      'nodeGroups: too many groups in subnet "us-east-1a", got 3; must be at most 1, since AWS allows 50 tags on a subnet and each group needs one',
    ]);
  });
});
