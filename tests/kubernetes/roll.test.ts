/** The instances of a control plane of three zones are replaced by an update, while a client writes all the time. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DescribeVolumesCommand } from "@aws-sdk/client-ec2";
import { expect } from "chai";
import type { Stack } from "@pulumi/pulumi/automation";
import { clusterStack } from "../support/clusterStack";
import { useLocalCloud } from "../support/localCloud";
import { expectPluginsToEnd, pluginOf, type Process, processes } from "../support/processes";
import { failureOf } from "../unit/resources/testRun";
import { controlPlanes, etcdOf, healthyMembers, Writer } from "./controlPlanes";
import { apiOf, awaitApi, ec2, machines, runningInstances, until } from "./harness";
import { Fewest } from "./watching";

const MINUTES = 60_000;
const CLUSTER = "roll.example.com";
const ETCDS = ["main", "events"];
/** That the local cloud's instances do not boot from. */
const broken = "ami-0bad0000000000000";

/** An earlier one than the default. */
const image = "ami-0ab60115000000a64";
const changed = { instanceType: "t3.large", image, rootVolume: { size: 100 }, kubeAPIServer: { eventTTL: "2h0m0s" } };

interface Wanted {
  readonly instanceType: string;
  readonly image?: string;
  readonly rootVolume?: object;
  readonly kubeAPIServer?: object;
  readonly validationTimeoutSeconds?: number;
}

describe("the replacement of a control plane of three zones", function () {
  this.timeout(15 * MINUTES);
  const cloud = useLocalCloud({ machines: true, checkpoints: true });
  const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
  let kubeconfig: string;
  /** Instances before the update that stops. */
  let old: readonly string[];

  const stackOf = ({ kubeAPIServer = {}, validationTimeoutSeconds = 600, ...controlPlane }: Wanted): Promise<Stack> =>
    clusterStack(cloud, {
      clusterName: CLUSTER,
      zones,
      controlPlane: { zones, ...controlPlane },
      clusterSpec: { kubeAPIServer },
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

  it("takes one at a time for four changes at once; no write is lost, and none waits for ten seconds", async () => {
    const first = controlPlanes(cloud, CLUSTER);
    const places = new Set<string>();
    const writer = new Writer(apiOf(cloud, CLUSTER, kubeconfig));
    const fewest = [
      () => controlPlanes(cloud, CLUSTER).length,
      ...ETCDS.map((etcd) => () => healthyMembers(cloud, CLUSTER, etcd)),
    ].map((count) => new Fewest(count));
    await (
      await stackOf(changed)
    ).up({
      onEvent: ({ diagnosticEvent }) => {
        const [place] = /^\d of 3: i-\w+, control-plane-us-east-1[abc]/.exec(diagnosticEvent?.message ?? "") ?? [];
        if (place !== undefined) places.add(place.replace(/i-\w+/, "…"));
      },
    });
    await writer.end();
    expect(await Promise.all(fewest.map((each) => each.stop()))).to.deep.equal([2, 2, 2]);
    expect([...places]).to.deep.equal(
      zones.map((zone, index) => `${String(index + 1)} of 3: …, control-plane-${zone}`),
    );
    const after = controlPlanes(cloud, CLUSTER);
    expect(after).to.have.length(3);
    expect(after.filter((id) => first.includes(id))).to.deep.equal([]);
    expect(await started()).to.deep.equal(after.map(() => ["t3.large", image, 100]));
    for (const id of after) {
      expect(apiServerOf(id), id).to.include("--event-ttl=2h0m0s");
      for (const etcd of ETCDS) expect(await etcdOf(cloud, id, etcd).isHealthy(), id).to.equal(true);
    }
    expect(writer.longest, `the longest wait for a write: ${writer.reason}`).to.be.lessThan(10_000);
    expect(await stored()).to.include.members(writer.acknowledged);
  });

  it("stops at an instance that does not come up", async () => {
    old = controlPlanes(cloud, CLUSTER);
    const failed = await failureOf((await stackOf({ ...changed, image: broken, validationTimeoutSeconds: 30 })).up());
    expect(failed).to.match(
      /the replacement of the control-plane instance i-\w+ \(control-plane-us-east-1a\) by i-\w+, 1 of 3, stopped: waited 30 s/,
    );
    const serving = controlPlanes(cloud, CLUSTER);
    expect(serving).to.have.length(2);
    expect(old).to.include.members(serving);
  });

  it("finishes once its image is mended, although first the engine is killed and then the plugin", async () => {
    const stack = await stackOf(changed);
    // All machines, the broken one among them.
    const first = Object.keys(machines(cloud));
    const seen = new Set(first);
    const fewest = new Fewest(() => {
      for (const id of Object.keys(machines(cloud))) seen.add(id);
      return controlPlanes(cloud, CLUSTER).length;
    });
    const writer = new Writer(apiOf(cloud, CLUSTER, kubeconfig));

    // The broken one has been replaced by then, and the second of them is cordoned.
    const children = await killed(stack, / 2 of 3: .*(draining|waiting)/, (engine) => engine);
    await expectPluginsToEnd(children);
    await stack.cancel();
    await killed(stack, / 1 of 2: .*waiting for the replacement to join/, (engine) =>
      pluginOf(engine, "kops-karpenter"),
    );
    await stack.up();

    await writer.end();
    expect(await fewest.stop()).to.equal(2);
    const after = controlPlanes(cloud, CLUSTER);
    expect(after).to.have.length(3);
    expect(after.filter((id) => old.includes(id))).to.deep.equal([]);
    // None was started that is not there now: each was replaced once.
    expect([...seen].sort()).to.deep.equal([...first, ...after].sort());
    expect(await cordoned()).to.deep.equal([]);
    expect(await stored()).to.include.members(writer.acknowledged);
    expect((await stack.preview()).changeSummary).to.have.all.keys("same");
  });

  /** Kills a process of an update when it says something; returns what its engine had started. */
  async function killed(
    stack: Stack,
    moment: RegExp,
    victim: (engine: Process) => Process | undefined,
  ): Promise<readonly Process[]> {
    let children: readonly Process[] | undefined;
    const failed = await failureOf(
      stack.up({
        onEvent: ({ diagnosticEvent }) => {
          if (children !== undefined || !moment.test(` ${diagnosticEvent?.message ?? ""}`)) return;
          const engine = processes().find(({ parent, command }) => parent === process.pid && command.includes(" up "));
          if (engine === undefined) throw new Error("no engine");
          children = processes().filter(({ parent }) => parent === engine.pid);
          const { pid } = victim(engine) ?? {};
          if (pid === undefined)
            throw new Error(`no victim among ${children.map(({ command }) => command).join(", ")}`);
          process.kill(pid, "SIGKILL");
        },
      }),
    );
    expect(children, failed).not.to.equal(undefined);
    expect(failed).not.to.equal("nothing failed");
    return children ?? [];
  }

  async function cordoned(): Promise<readonly string[]> {
    const api = apiOf(cloud, CLUSTER, kubeconfig);
    try {
      const nodes = await api.list("/api/v1/nodes");
      return nodes.filter(({ spec }) => spec?.unschedulable === true).map(({ metadata }) => metadata.name);
    } finally {
      api.close();
    }
  }

  /** What the control planes were started from: type, image, size of the root volume. */
  async function started(): Promise<readonly unknown[]> {
    const client = ec2(cloud);
    const running = await runningInstances(client);
    return Promise.all(
      controlPlanes(cloud, CLUSTER).map(async (id) => {
        const { InstanceType, ImageId, RootDeviceName, BlockDeviceMappings = [] } = running.get(id) ?? {};
        const root = BlockDeviceMappings.find(({ DeviceName }) => DeviceName === RootDeviceName)?.Ebs?.VolumeId ?? "";
        const { Volumes = [] } = await client.send(new DescribeVolumesCommand({ VolumeIds: [root] }));
        return [InstanceType, ImageId, Volumes[0]?.Size];
      }),
    );
  }

  /** The manifest that nodeup wrote. */
  function apiServerOf(id: string): string {
    return readFileSync(
      join(cloud.dir, "machines", id, "root/etc/kubernetes/manifests/kube-apiserver.manifest"),
      "utf8",
    );
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
