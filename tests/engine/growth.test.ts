/** A cluster that grows and shrinks by zones: what it lives on stays. One cluster takes all steps, in this order. */
import { DescribeSubnetsCommand, DescribeVolumesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { expect } from "chai";
import { awsSettings, useLocalCloud } from "../support/localCloud";
import { yamlProject } from "../support/pulumiProject";

const MINUTES = 60_000;
const clusterName = "grow.example.com";
const zones = ["a", "b", "c", "d", "e"].map((letter) => `us-east-1${letter}`);

interface Step {
  readonly title: string;
  readonly zones: number;
  readonly controlPlane: number;
  /** Of the update: everything else that it does is to create and to update. */
  readonly deletes: readonly string[];
  readonly replaces?: readonly string[];
  readonly acknowledge?: readonly string[];
}

const steps: readonly Step[] = [
  { title: "a second zone", zones: 2, controlPlane: 1, deletes: [] },
  { title: "a third zone, and two more control-plane zones", zones: 3, controlPlane: 3, deletes: [] },
  { title: "a fourth and a fifth zone", zones: 5, controlPlane: 3, deletes: [] },
  {
    title: "two zones less",
    zones: 3,
    controlPlane: 3,
    deletes: ["us-east-1d", "us-east-1e"],
    // The aws plugin takes no subnet from a network load balancer.
    replaces: ["cluster-api-load-balancer", "cluster-listener-3988", "cluster-listener-443"],
    acknowledge: ["zones"],
  },
];

describe("a cluster that grows and shrinks", function () {
  this.timeout(8 * MINUTES);
  const cloud = useLocalCloud();
  let project: Awaited<ReturnType<typeof yamlProject>>;
  let ec2: EC2Client;

  const program = (step: Omit<Step, "title" | "deletes">) => ({
    resources: {
      cluster: {
        type: "kops-karpenter:KopsKarpenterCluster",
        properties: {
          clusterName,
          zones: zones.slice(0, step.zones),
          controlPlane: { zones: zones.slice(0, step.controlPlane) },
          acknowledge: step.acknowledge ?? [],
        },
      },
    },
  });

  /** By name: id, zone and range of a subnet, or id and zone of an etcd volume. */
  const subnets = async (): Promise<Readonly<Record<string, string>>> => {
    const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters: [ofCluster] }));
    return byZone(Subnets, ({ SubnetId, CidrBlock }) => `${String(SubnetId)} ${String(CidrBlock)}`);
  };
  const ofCluster = { Name: "tag:KubernetesCluster", Values: [clusterName] };
  const volumes = async (): Promise<Readonly<Record<string, readonly string[]>>> => {
    const { Volumes = [] } = await ec2.send(
      new DescribeVolumesCommand({ Filters: [ofCluster, { Name: "tag-key", Values: ["k8s.io/role/control-plane"] }] }),
    );
    const etcd = Volumes.filter(({ Tags = [] }) => Tags.some(({ Key }) => Key?.startsWith("k8s.io/etcd/")));
    return Object.fromEntries(
      zones.map((zone) => [
        zone,
        etcd.flatMap(({ AvailabilityZone, VolumeId = "?" }) => (AvailabilityZone === zone ? [VolumeId] : [])).sort(),
      ]),
    );
  };

  before("bring up one zone", async () => {
    ec2 = new EC2Client(awsSettings(cloud));
    project = await yamlProject(cloud, program({ zones: 1, controlPlane: 1 }));
    await project.up();
  });

  for (const step of steps) {
    it(`keeps each subnet and each etcd volume: ${step.title}`, async () => {
      const [subnetsBefore, volumesBefore] = [await subnets(), await volumes()];
      project.write(program(step));
      const planned = await project.steps();
      const deleted = planned.filter((each) => !/^(create|update) /.test(each));
      const others = deleted.filter((each) => !step.deletes.some((zone) => each.endsWith(`-${zone}`)));
      const names = new Set(others.map((each) => each.split(" ").at(-1)));
      expect([...names].sort()).to.deep.equal(step.replaces ?? []);
      await project.up();
      const now = await subnets();
      expect(Object.keys(now)).to.deep.equal(zones.slice(0, step.zones));
      const kept = Object.entries(subnetsBefore).filter(([zone]) => !step.deletes.includes(zone));
      expect(now).to.include(Object.fromEntries(kept));
      const etcd = await volumes();
      for (const [index, zone] of zones.entries()) {
        expect(etcd[zone], zone).to.have.length(index < step.controlPlane ? 2 : 0);
        if (volumesBefore[zone]?.length === 2) expect(etcd[zone], zone).to.deep.equal(volumesBefore[zone]);
      }
    });
  }

  it("has nothing left to change, and destroys cleanly", async () => {
    await project.unchanged();
    await project.destroy();
    expect(await subnets()).to.deep.equal({});
  });
});

function byZone<T extends { readonly AvailabilityZone?: string | undefined }>(
  all: readonly T[],
  shown: (each: T) => string,
): Readonly<Record<string, string>> {
  const entries = all.map((each) => [each.AvailabilityZone ?? "?", shown(each)] as const);
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}
