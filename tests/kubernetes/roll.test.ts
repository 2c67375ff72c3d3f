/** The instances of a control plane of three zones are replaced by an update, while a client writes all the time. */
import { expect } from "chai";
import type { Stack } from "@pulumi/pulumi/automation";
import { clusterStack } from "../support/clusterStack";
import { useLocalCloud } from "../support/localCloud";
import { failureOf } from "../unit/resources/testRun";
import { controlPlanes, etcdOf, Writer } from "./controlPlanes";
import { apiOf, awaitApi, ec2, runningInstances, until } from "./harness";

const MINUTES = 60_000;
const CLUSTER = "roll.example.com";
/** That the local cloud's instances do not boot from. */
const broken = "ami-0bad0000000000000";

describe("the replacement of a control plane of three zones", function () {
  this.timeout(15 * MINUTES);
  const cloud = useLocalCloud({ machines: true });
  const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
  let kubeconfig: string;

  const stackOf = (controlPlane: object, validationTimeoutSeconds = 600): Promise<Stack> =>
    clusterStack(cloud, {
      clusterName: CLUSTER,
      zones,
      controlPlane: { zones, ...controlPlane },
      rollingUpdate: {
        ...{ postDrainDelaySeconds: 0, controlPlaneIntervalSeconds: 1, validateCount: 1, validationTimeoutSeconds },
      },
    });

  before("bring the cluster up", async () => {
    const { outputs } = await (await stackOf({ instanceType: "t3.medium" })).up();
    kubeconfig = outputs["kubeconfig"]?.value as string;
    (await awaitApi(cloud, CLUSTER, kubeconfig)).close();
    await until("three control planes", 300, () => Promise.resolve(controlPlanes(cloud, CLUSTER).length === 3));
  });

  it("takes one at a time; no write is lost, and none waits for ten seconds", async () => {
    const before = controlPlanes(cloud, CLUSTER);
    const places = new Set<string>();
    const writer = new Writer(apiOf(cloud, CLUSTER, kubeconfig));
    const fewest = new Fewest(() => controlPlanes(cloud, CLUSTER).length);
    await (
      await stackOf({ instanceType: "t3.large" })
    ).up({
      onEvent: ({ diagnosticEvent }) => {
        const [place] = /^\d of 3: i-\w+, control-plane-us-east-1[abc]/.exec(diagnosticEvent?.message ?? "") ?? [];
        if (place !== undefined) places.add(place.replace(/i-\w+/, "…"));
      },
    });
    await writer.end();
    expect(fewest.stop()).to.equal(2);
    expect([...places]).to.deep.equal(
      zones.map((zone, index) => `${String(index + 1)} of 3: …, control-plane-${zone}`),
    );
    const after = controlPlanes(cloud, CLUSTER);
    expect(after).to.have.length(3);
    expect(after.filter((id) => before.includes(id))).to.deep.equal([]);
    expect(await instanceTypes()).to.deep.equal(["t3.large", "t3.large", "t3.large"]);
    for (const id of after) {
      for (const etcd of ["main", "events"]) expect(await etcdOf(cloud, id, etcd).isHealthy(), id).to.equal(true);
    }
    expect(writer.longest, `the longest wait for a write: ${writer.reason}`).to.be.lessThan(10_000);
    expect(await stored()).to.include.members(writer.acknowledged);
  });

  it("stops at an instance that does not come up, and goes on once its image is mended", async () => {
    const before = controlPlanes(cloud, CLUSTER);
    const failed = await failureOf((await stackOf({ instanceType: "t3.large", image: broken }, 30)).up());
    expect(failed).to.match(
      /the replacement of the control-plane instance i-\w+ \(control-plane-us-east-1a\) by i-\w+, 1 of 3, stopped: waited 30 s/,
    );
    const serving = controlPlanes(cloud, CLUSTER);
    expect(serving).to.have.length(2);
    expect(before).to.include.members(serving);
    await (await stackOf({ instanceType: "t3.large" })).up();
    const after = controlPlanes(cloud, CLUSTER);
    expect(after).to.have.length(3);
    expect(after.filter((id) => before.includes(id))).to.deep.equal([]);
  });

  async function instanceTypes(): Promise<readonly (string | undefined)[]> {
    const planes = controlPlanes(cloud, CLUSTER);
    return [...(await runningInstances(ec2(cloud)))]
      .filter(([id]) => planes.includes(id))
      .map(([, { InstanceType }]) => InstanceType);
  }

  async function stored(): Promise<readonly string[]> {
    const api = apiOf(cloud, CLUSTER, kubeconfig);
    try {
      return (await api.list(Writer.path)).map(({ metadata }) => metadata.name);
    } finally {
      api.close();
    }
  }
});

/** The smallest of what is counted all the while. */
class Fewest {
  private least = Infinity;
  private readonly timer: NodeJS.Timeout;

  constructor(count: () => number) {
    this.timer = setInterval(() => (this.least = Math.min(this.least, count())), 200);
  }

  stop(): number {
    clearInterval(this.timer);
    return this.least;
  }
}
