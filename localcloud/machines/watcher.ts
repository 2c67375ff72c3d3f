import * as fs from "node:fs";
import * as path from "node:path";
import type { ApiRouter } from "./apiRouter";
import { Ec2, type SeenInstance } from "./cloud";
import { CloudController } from "./cloudController";
import { ControlPlane } from "./controlPlane";
import { Kube } from "./kube";
import { Kubelet } from "./kubelet";
import { Machine, type Surroundings } from "./machine";
import { type BootConfig, kubeletVersion } from "./nodeupConfig";
import { StateStore } from "./stateStore";
import { Supervisor } from "./supervisor";
import type { Tools } from "./tools";
import { scriptsOf } from "./userData";
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
  cloudController?: CloudController;
  /** Of its kubelet. */
  version?: string;
  kubelet?: Kubelet;
  supervisor?: Supervisor;
  off: boolean;
}

const PAUSE = 500;
/** A worker waits this long for its cluster's control plane. */
const PATIENCE = 300_000;
const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Makes machines of the simulated cloud's instances: switches on what appears, switches off what goes. */
export class Watcher {
  private readonly machines = new Map<string, Running>();
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
    await Promise.all([...this.machines.values()].map((each) => this.switchOff(each)));
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
    fs.rmSync(path.join(folder, "volumes"), { recursive: true, force: true });
  }

  private async turn(instances: readonly SeenInstance[]): Promise<void> {
    const there = new Set(instances.map((each) => each.facts.instanceId));
    for (const [id, running] of this.machines) {
      if (there.has(id)) continue;
      this.machines.delete(id);
      await this.switchOff(running);
    }
    for (const instance of instances) {
      if (!this.machines.has(instance.facts.instanceId)) await this.switchOn(instance);
    }
    for (const { cloudController, machine } of this.machines.values()) {
      await cloudController
        ?.turn()
        .catch((error: unknown) => machine.say(`cloud controller: ${(error as Error).message}`));
    }
  }

  private async switchOn(instance: SeenInstance): Promise<void> {
    const userData = await this.ec2.userData(instance.facts.instanceId);
    const machine = new Machine(instance.facts, instance.profile, this.around);
    const running: Running = { machine, status: { state: "booting" }, off: false };
    this.machines.set(machine.id, running);
    if (scriptsOf(userData).length === 0) {
      running.status = { state: "ignored", detail: "no shell script in its user data" };
      return;
    }
    log(`${machine.id}: switched on (${instance.tags["Name"] ?? "no name"})`);
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
          await connectWorker(machine, config, nodeupConfig, await this.controlPlaneOf(running, config));
      },
    );
    if (running.off) return;
    if (bootConfig.InstanceGroupRole === "ControlPlane") await this.bootControlPlane(running, bootConfig);
    else await this.bootWorker(running, bootConfig);
    const { cluster, group, role } = running.status as Required<MachineStatus>;
    running.status = { cluster, group, role, state: "running" };
    log(`${machine.id}: running, group ${bootConfig.InstanceGroupName} of ${bootConfig.ClusterName}`);
  }

  /** The first machine of a cluster's control plane serves its API; the others only run nodeup. */
  private async bootControlPlane(running: Running, bootConfig: BootConfig): Promise<void> {
    const { machine } = running;
    if (this.servingControlPlane(bootConfig.ClusterName) !== undefined) {
      machine.say("nodeup only: another machine serves this cluster's API");
      return;
    }
    const controlPlane = new ControlPlane(machine, bootConfig, this.tools, this.ec2);
    running.controlPlane = controlPlane;
    await controlPlane.start((detail) => {
      machine.say(detail);
      running.status = { ...running.status, detail };
    });
    this.router.add(bootConfig.ClusterName, controlPlane.apiSocket);
    running.cloudController = new CloudController(controlPlane.admin(), this.around, machine.say);
    // On a control plane the administrator's certificate stands for kubelet's: Node authorization adds nothing to see.
    await this.startKubelet(running, controlPlane, controlPlane.supervisor, controlPlane.admin());
    controlPlane.startChannels();
  }

  private async bootWorker(running: Running, bootConfig: BootConfig): Promise<void> {
    const controlPlane = await this.controlPlaneOf(running, bootConfig);
    const kubeconfig = running.machine.root.read("/var/lib/kubelet/kubeconfig");
    const servername = `api.internal.${bootConfig.ClusterName}`;
    const kube = Kube.fromKubeconfig(kubeconfig, { socketPath: controlPlane.apiSocket, servername });
    await this.startKubelet(running, controlPlane, new Supervisor(running.machine), kube);
  }

  private async startKubelet(
    running: Running,
    { apiSocket }: ControlPlane,
    supervisor: Supervisor,
    kube: Kube,
  ): Promise<void> {
    const { machine } = running;
    const capacity = await this.ec2.capacity(machine.facts.instanceType);
    const karpenterProgram = (): string => this.tools.path("karpenter");
    const { version = "" } = running;
    running.supervisor = supervisor;
    running.kubelet = new Kubelet(machine, supervisor, kube, { capacity, version, apiSocket, karpenterProgram });
    await running.kubelet.start();
  }

  private servingControlPlane(cluster: string): ControlPlane | undefined {
    return [...this.machines.values()].find((each) => each.controlPlane?.clusterName === cluster)?.controlPlane;
  }

  private async controlPlaneOf(running: Running, bootConfig: BootConfig): Promise<ControlPlane> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const serving = this.servingControlPlane(bootConfig.ClusterName);
      if (serving !== undefined) return serving;
      if (running.off) throw new Error("switched off while booting");
      if (Date.now() > deadline) throw new Error(`no control plane of ${bootConfig.ClusterName} answers`);
      await sleep(200);
    }
  }

  private async switchOff(running: Running): Promise<void> {
    running.off = true;
    running.kubelet?.stop();
    running.supervisor?.stop();
    const { controlPlane, machine } = running;
    if (controlPlane !== undefined) {
      this.router.remove(controlPlane.clusterName);
      controlPlane.stop();
    }
    for (const each of this.machines.values()) each.controlPlane?.kopsController.close(machine);
    if (running.status.state !== "ignored") await machine.switchOff();
    log(`${machine.id}: switched off`);
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

function log(text: string): void {
  process.stdout.write(`${new Date().toISOString()} ${text}\n`);
}
