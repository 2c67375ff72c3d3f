import * as fs from "node:fs";
import * as path from "node:path";
import type { ApiRouter } from "./apiRouter";
import { Ec2, type SeenInstance } from "./cloud";
import { Cluster } from "./cluster";
import { ControlPlane } from "./controlPlane";
import { Kube } from "./kube";
import { Kubelet } from "./kubelet";
import { Machine, type Surroundings } from "./machine";
import { mirrorStaticPods } from "./mirrorPods";
import { type BootConfig, kubeletVersion } from "./nodeupConfig";
import { StateStore } from "./stateStore";
import { Supervisor } from "./supervisor";
import type { Tools } from "./tools";
import { scriptsOf } from "./userData";
import { Volumes } from "./volumes";
import { Vpc } from "./vpc";
import { connectWorker } from "./worker";

/** What `DIR/machines/status.json` says of a machine. */
export interface MachineStatus {
  readonly cluster?: string;
  readonly group?: string;
  readonly role?: string;
  readonly state: "booting" | "running" | "failed" | "ignored";
  readonly detail?: string;
}

interface Running {
  readonly machine: Machine;
  status: MachineStatus;
  controlPlane?: ControlPlane;
  /** Of its kubelet. */
  version?: string;
  kubelet?: Kubelet;
  supervisor?: Supervisor;
  off: boolean;
}

/** An instance of this image never gets as far as its user data (aws/images.py). */
const BROKEN_IMAGE = "ami-0bad0000000000000";
const PAUSE = 500;
/** A worker waits this long for its cluster's control plane, a kubelet for the API server. */
const PATIENCE = 300_000;
const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Makes machines of the simulated cloud's instances: switches on what appears, switches off what goes. */
export class Watcher {
  private readonly machines = new Map<string, Running>();
  /** Those with a control-plane machine, by name. */
  private readonly clusters = new Map<string, Cluster>();
  private readonly vpcs = new Map<string, Promise<Vpc | undefined>>();
  /** What is being switched off, by address: EC2 may give that to another already. */
  private readonly leaving = new Map<string, Promise<void>>();
  private readonly volumes: Volumes;
  private readonly ec2: Ec2;
  private readonly store: StateStore;
  private stopped = false;
  private written = "";

  constructor(
    private readonly around: Surroundings,
    private readonly tools: Tools,
    private readonly router: ApiRouter,
  ) {
    const { accessKeyId, secretAccessKey } = around;
    this.ec2 = new Ec2(around, { accessKeyId, secretAccessKey });
    this.store = new StateStore(around);
    this.volumes = new Volumes(path.join(around.folder, "machines", "volumes"), this.ec2);
  }

  async run(): Promise<void> {
    // What an earlier local cloud in this folder left.
    fs.rmSync(path.join(this.around.folder, "machines"), { recursive: true, force: true });
    this.writeStatus();
    while (!this.stopped) {
      try {
        await this.turn(await this.ec2.instances());
      } catch (error) {
        log(`cannot see the instances: ${(error as Error).message}`);
      }
      this.writeStatus();
      await sleep(PAUSE);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.machines.values()].map((each) => this.switchOff(each, false)));
    await Promise.all(this.leaving.values());
    for (const vpc of this.vpcs.values()) (await vpc)?.close();
    // Logs stay; what machines wrote, keys among it, does not.
    const folder = path.join(this.around.folder, "machines");
    // A boot that was cut off may be writing for a moment yet.
    await sleep(100);
    for (const id of fs.readdirSync(folder).filter((name) => name.startsWith("i-"))) {
      const folders = fs
        .readdirSync(path.join(folder, id), { withFileTypes: true })
        .filter((each) => each.isDirectory());
      for (const { name } of folders) fs.rmSync(path.join(folder, id, name), { recursive: true, force: true });
    }
    this.volumes.removeAll();
  }

  private async turn(instances: readonly SeenInstance[]): Promise<void> {
    const there = new Set(instances.map((each) => each.facts.instanceId));
    for (const [id, running] of this.machines) {
      if (there.has(id)) continue;
      this.machines.delete(id);
      this.startSwitchingOff(running);
    }
    for (const instance of instances) {
      if (!this.machines.has(instance.facts.instanceId)) await this.switchOn(instance);
    }
    for (const { cloudController } of this.clusters.values()) void cloudController?.turn();
  }

  private async switchOn(instance: SeenInstance): Promise<void> {
    const userData = await this.ec2.userData(instance.facts.instanceId);
    const machine = new Machine(instance.facts, instance.profile, this.around, await this.vpc(instance.vpcId));
    const running: Running = { machine, status: { state: "booting" }, off: false };
    this.machines.set(machine.id, running);
    if (scriptsOf(userData).length === 0) {
      running.status = { state: "ignored", detail: "no shell script in its user data" };
      return;
    }
    log(`${machine.id}: switched on (${instance.tags["Name"] ?? "no name"})`);
    if (instance.facts.imageId === BROKEN_IMAGE) {
      running.status = { state: "failed", detail: "its image does not boot" };
      return;
    }
    this.boot(running, userData).catch((error: unknown) => {
      if (running.off) return;
      const detail = (error as Error).message;
      running.status = { ...running.status, state: "failed", detail };
      machine.say(`failed: ${(error as Error).stack ?? detail}`);
      log(`${machine.id}: ${detail}`);
    });
  }

  private async boot(running: Running, userData: Buffer): Promise<void> {
    const { machine } = running;
    const waits = (text: string): void => {
      machine.say(text);
      running.status = { ...running.status, detail: text };
    };
    await this.tools.ready(["nodeup"], waits);
    await this.leaving.get(machine.facts.privateIp);
    await machine.switchOn();
    const knows = (bootConfig: BootConfig): void => {
      const { ClusterName: cluster, InstanceGroupName: group, InstanceGroupRole: role } = bootConfig;
      running.status = { cluster, group, role, state: "booting" };
    };
    const bootConfig = await machine.boot(
      userData,
      async (config, name) => {
        knows(config);
        return this.store.read(config.ConfigBase ?? (await this.controlPlaneOf(running, config)).configBase, name);
      },
      async (config, nodeupConfig) => {
        running.version = kubeletVersion(nodeupConfig);
        if (config.InstanceGroupRole !== "ControlPlane")
          await connectWorker(machine, config, nodeupConfig, (await this.controlPlaneOf(running, config)).cluster);
      },
    );
    if (running.off) return;
    if (bootConfig.InstanceGroupRole === "ControlPlane") await this.bootControlPlane(running, bootConfig);
    else await this.bootWorker(running, bootConfig);
    const { cluster, group, role } = running.status as Required<MachineStatus>;
    running.status = { cluster, group, role, state: "running" };
    log(`${machine.id}: running, group ${bootConfig.InstanceGroupName} of ${bootConfig.ClusterName}`);
  }

  private async bootControlPlane(running: Running, bootConfig: BootConfig): Promise<void> {
    const { machine } = running;
    const cluster = this.cluster(bootConfig.ClusterName);
    const controlPlane = new ControlPlane(machine, bootConfig, this.tools, cluster);
    running.controlPlane = controlPlane;
    await controlPlane.start((detail) => {
      machine.say(detail);
      running.status = { ...running.status, detail };
    });
    this.router.add(cluster.name, cluster.balancer);
    // On a control plane the administrator's certificate stands for kubelet's: Node authorization adds nothing to see.
    const kubelet = await this.startKubelet(running, cluster, controlPlane.supervisor, controlPlane.admin());
    await persist(running, () => mirrorStaticPods(controlPlane.admin(), machine.root, kubelet.nodeName));
    controlPlane.startChannels();
  }

  private async bootWorker(running: Running, bootConfig: BootConfig): Promise<void> {
    const { cluster } = await this.controlPlaneOf(running, bootConfig);
    const kubeconfig = running.machine.root.read("/var/lib/kubelet/kubeconfig");
    const servername = `api.internal.${bootConfig.ClusterName}`;
    const kube = Kube.fromKubeconfig(kubeconfig, { socketPath: cluster.apiSocket, servername });
    await this.startKubelet(running, cluster, new Supervisor(running.machine), kube);
  }

  private async startKubelet(
    running: Running,
    { apiSocket }: Cluster,
    supervisor: Supervisor,
    kube: Kube,
  ): Promise<Kubelet> {
    const { machine } = running;
    const capacity = await this.ec2.capacity(machine.facts.instanceType);
    const karpenterProgram = (): string => this.tools.path("karpenter");
    const { version = "" } = running;
    running.supervisor = supervisor;
    const kubelet = new Kubelet(machine, supervisor, kube, { capacity, version, apiSocket, karpenterProgram });
    running.kubelet = kubelet;
    await persist(running, () => kubelet.start());
    return kubelet;
  }

  /** A control plane that serves a worker's cluster; waits for one. */
  private async controlPlaneOf(running: Running, bootConfig: BootConfig): Promise<ControlPlane> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const serving = this.clusters.get(bootConfig.ClusterName)?.serving;
      if (serving !== undefined) return serving;
      if (running.off) throw new Error("switched off while booting");
      if (Date.now() > deadline) throw new Error(`no control plane of ${bootConfig.ClusterName} answers`);
      await sleep(200);
    }
  }

  private cluster(name: string): Cluster {
    const cluster = this.clusters.get(name) ?? new Cluster(name, this.around, this.volumes, this.store, this.tools);
    this.clusters.set(name, cluster);
    return cluster;
  }

  private vpc(id: string): Promise<Vpc | undefined> {
    const vpc = this.vpcs.get(id) ?? Vpc.open(this.around.folder, path.join(this.around.folder, "machines", "vpc.log"));
    this.vpcs.set(id, vpc);
    return vpc;
  }

  /** In its own time: an orderly end takes seconds. */
  private startSwitchingOff(running: Running): void {
    const { id, facts } = running.machine;
    const left = this.switchOff(running, true).catch((error: unknown) => log(`${id}: ${(error as Error).message}`));
    this.leaving.set(facts.privateIp, left);
    void left.then(() => {
      if (this.leaving.get(facts.privateIp) === left) this.leaving.delete(facts.privateIp);
    });
  }

  private async switchOff(running: Running, orderly: boolean): Promise<void> {
    running.off = true;
    const { controlPlane, machine } = running;
    if (controlPlane === undefined) {
      if (orderly) await running.kubelet?.sayShuttingDown();
      running.kubelet?.stop();
      running.supervisor?.stop();
    } else {
      if (orderly) await running.kubelet?.shutDown();
      else running.kubelet?.stop();
      await controlPlane.stop(orderly);
    }
    for (const { kopsController } of this.clusters.values()) kopsController.close(machine);
    if (running.status.state !== "ignored") await machine.switchOff();
    this.volumes.detachAll(machine);
    if (controlPlane !== undefined) this.leave(controlPlane.cluster);
    log(`${machine.id}: switched off`);
  }

  /** A cluster whose last control plane is off is none. */
  private leave(cluster: Cluster): void {
    if ([...this.machines.values()].some(({ controlPlane }) => controlPlane?.cluster === cluster)) return;
    this.clusters.delete(cluster.name);
    this.router.remove(cluster.name);
    cluster.close();
  }

  private writeStatus(): void {
    const text = JSON.stringify(
      Object.fromEntries([...this.machines].map(([id, { status }]) => [id, status])),
      undefined,
      2,
    );
    if (text === this.written) return;
    this.written = text;
    const file = path.join(this.around.folder, "machines", "status.json");
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(`${file}.new`, `${text}\n`);
    fs.renameSync(`${file}.new`, file);
  }
}

/** A kubelet tries again when the API server is away for a moment; not for ever here, so that it comes out what is wrong. */
async function persist(running: Running, step: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    try {
      await step();
      return;
    } catch (error) {
      if (running.off || Date.now() > deadline) throw error;
      running.machine.say(`kubelet: ${(error as Error).message}`);
      await sleep(PAUSE);
    }
  }
}

function log(text: string): void {
  process.stdout.write(`${new Date().toISOString()} ${text}\n`);
}
