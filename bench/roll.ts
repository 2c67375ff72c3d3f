/**
 * Three control-plane instances replaced by `pulumi up` and by `kops rolling-update`, with the same settings, while a client
 * writes. Needs what simulated instances need; measured only when it is asked for.
 */
import type { Stack } from "@pulumi/pulumi/automation";
import { clusterStack } from "../tests/support/clusterStack";
import { KopsCommand } from "../tests/support/kopsCommand";
import { startLocalCloud, variable } from "../tests/support/localCloud";
import { controlPlanes, Writer } from "../tests/kubernetes/controlPlanes";
import { apiOf, awaitApi, until } from "../tests/kubernetes/harness";
import { figure, heading, seconds } from "./table";

const clusterName = "roll.example.com";
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

export async function measureRoll(): Promise<void> {
  heading("Three control-plane instances replaced, with kOps's defaults, on simulated instances");
  const cloud = startLocalCloud({ machines: true, checkpoints: true });
  try {
    const stackOf = (instanceType: string, strategy: string): Promise<Stack> =>
      clusterStack(cloud, {
        ...{ clusterName, zones, controlPlane: { zones, instanceType }, rollingUpdate: { strategy } },
        karpenter: { install: true },
      });
    const { outputs } = await (await stackOf("t3.medium", "rolling")).up();
    const output = (name: string): string => String(outputs[name]?.value);
    (await awaitApi(cloud, clusterName, output("kubeconfig"))).close();
    await until("three control planes", 300, () => Promise.resolve(controlPlanes(cloud, clusterName).length === 3));

    const whileWriting = async (name: string, roll: () => Promise<unknown>): Promise<void> => {
      const before = controlPlanes(cloud, clusterName);
      const writer = new Writer(apiOf(cloud, clusterName, output("kubeconfig")));
      const began = performance.now();
      await roll();
      const took = performance.now() - began;
      await writer.end();
      const left = controlPlanes(cloud, clusterName).filter((id) => before.includes(id));
      if (left.length > 0) throw new Error(`${name} left ${left.join(", ")}`);
      figure(name, seconds(took));
      figure("  an instance", seconds(took / zones.length));
      figure("  writes acknowledged", String(writer.acknowledged.length));
      figure("  requests that failed", String(writer.failures));
      figure("  longest write with its repetitions", seconds(writer.longest));
    };
    await whileWriting("pulumi up", async () => (await stackOf("t3.large", "rolling")).up());

    // The same change, whose instances somebody else replaces.
    await (await stackOf("t3.xlarge", "manual")).up();
    const stores = { state: output("stateStore"), discovery: output("discoveryStore") };
    const kops = new KopsCommand(cloud, clusterName, stores, 1_800_000);
    const api = `--api-server=${variable(cloud, "LOCALCLOUD_API_ENDPOINT")}`;
    const roles = "--instance-group-roles=control-plane";
    await whileWriting("kops rolling-update", () => kops.run("rolling-update", "cluster", "--yes", roles, api));
    await (await stackOf("t3.xlarge", "manual")).destroy();
  } finally {
    cloud.end();
  }
}
