import * as fs from "node:fs";
import * as path from "node:path";
import type { Ec2 } from "./cloud";
import { etcdService, volumeTags } from "./etcd";
import { Kube } from "./kube";
import { KopsController } from "./kopsController";
import { clusterSocket, type Machine } from "./machine";
import type { BootConfig } from "./nodeupConfig";
import { type StaticPod, staticPods } from "./staticPods";
import { type Service, Supervisor } from "./supervisor";
import type { MachineTool, Tools } from "./tools";

/** An administrator's kubeconfig, which nodeup leaves for kubectl on the machine. */
const ADMIN_KUBECONFIG = "/var/lib/kubectl/kubeconfig";
const READY_SECONDS = 120;

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A control plane: the programs of the static pods that nodeup left, with their flags and files, on one machine. */
export class ControlPlane {
  readonly supervisor: Supervisor;
  readonly kopsController: KopsController;
  /** Leads to the API server from outside the machine, and to that of the machine that replaces it. */
  readonly apiSocket: string;
  private stopped = false;

  constructor(
    readonly machine: Machine,
    readonly bootConfig: BootConfig,
    private readonly tools: Tools,
    private readonly ec2: Ec2,
  ) {
    this.supervisor = new Supervisor(machine);
    this.kopsController = new KopsController(machine);
    this.apiSocket = clusterSocket(bootConfig.ClusterName);
  }

  get clusterName(): string {
    return this.bootConfig.ClusterName;
  }

  get configBase(): string {
    if (this.bootConfig.ConfigBase === undefined) throw new Error("bug: a control plane without ConfigBase");
    return this.bootConfig.ConfigBase;
  }

  /** An administrator's client. */
  admin(): Kube {
    return Kube.fromKubeconfig(this.machine.root.read(ADMIN_KUBECONFIG), {
      socketPath: this.apiSocket,
      servername: `api.internal.${this.clusterName}`,
    });
  }

  /** Starts everything; returns when the API server is ready. */
  async start(waits: (text: string) => void): Promise<void> {
    const { machine, supervisor } = this;
    await this.tools.ready(["etcd", "kube-apiserver"], waits);
    const pods = staticPods(machine.root, machine.id);
    for (const pod of pods.values()) {
      if (!pod.name.startsWith("etcd-manager")) continue;
      supervisor.start(await etcdService(machine, pod, this.tools.path("etcd"), await this.dataFolder(pod)));
    }
    // The machine before this one left it behind.
    fs.rmSync(path.join(machine.around.folder, this.apiSocket), { force: true });
    await machine.network.outlet({ socket: this.apiSocket, host: "127.0.0.1", port: 443 });
    supervisor.start(this.service(pods, "kube-apiserver", "kube-apiserver"));
    await this.ready();
    machine.say("the API server is ready");
    await this.tools.ready(["channels"], waits);
    // The API is of use without these; a build that is still going on shall not hold it up.
    for (const name of ["kube-controller-manager", "kube-scheduler"] as const) {
      void this.tools.ready([name], machine.say).then(() => {
        if (!this.stopped) supervisor.start(this.service(pods, name, name));
      });
    }
  }

  /** kOps's channels, as its static pod runs it: it applies the bootstrap channel's addons and looks again each minute. */
  startChannels(): void {
    const pods = staticPods(this.machine.root, this.machine.id);
    const pod = required(pods, "kops-channels");
    const service = {
      name: "kops-channels",
      command: ["/localcloud-channels", ...pod.command],
      env: { ...this.machine.environment, ...pod.env },
    };
    this.supervisor.start({ ...service, binds: [[this.tools.path("channels"), "/localcloud-channels"]] });
  }

  stop(): void {
    this.stopped = true;
    this.supervisor.stop();
    this.kopsController.closeAll();
  }

  /** Image paths are those of Kubernetes' own images; the program there is the one that was built here. */
  private service(pods: ReadonlyMap<string, StaticPod>, name: string, tool: MachineTool): Service {
    const { command, env } = required(pods, name);
    return { name, command, env, binds: [[this.tools.path(tool), command[0] ?? ""]] };
  }

  /** etcd's data stays with its volume, as on AWS: a machine that replaces this one finds it. */
  private async dataFolder(pod: StaticPod): Promise<string> {
    const volume = await this.ec2.volume(this.machine.facts.zone, volumeTags(pod));
    if (volume === undefined) throw new Error(`no volume for ${pod.name} in ${this.machine.facts.zone}`);
    return path.join(this.machine.around.folder, "machines", "volumes", volume);
  }

  private async ready(): Promise<void> {
    const admin = this.admin();
    const deadline = Date.now() + READY_SECONDS * 1000;
    try {
      while (!(await admin.isReady())) {
        if (this.stopped) throw new Error("switched off while starting");
        if (Date.now() > deadline)
          throw new Error(
            `the API server is not ready after ${READY_SECONDS} s: see ${this.machine.log("kube-apiserver")}`,
          );
        await sleep(100);
      }
    } finally {
      admin.close();
    }
  }
}

function required(pods: ReadonlyMap<string, StaticPod>, name: string): StaticPod {
  const pod = pods.get(name);
  if (pod === undefined)
    throw new Error(`nodeup has not left a static pod ${name}; there are: ${[...pods.keys()].join(", ")}`);
  return pod;
}
