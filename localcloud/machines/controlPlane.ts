import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster } from "./cluster";
import { EtcdMember, volumeTags } from "./etcd";
import type { EtcdCluster } from "./etcdCluster";
import { Kube } from "./kube";
import type { Target } from "./loadBalancer";
import type { Machine } from "./machine";
import type { BootConfig } from "./nodeupConfig";
import { type StaticPod, staticPods } from "./staticPods";
import { type Service, Supervisor } from "./supervisor";
import type { MachineTool, Tools } from "./tools";

/** An administrator's kubeconfig, which nodeup leaves for kubectl on the machine. */
const ADMIN_KUBECONFIG = "/var/lib/kubectl/kubeconfig";
const API_PORT = 443;
const READY_SECONDS = 300;

/** A control plane: the programs of the static pods that nodeup left, with their flags and files, on one machine. */
export class ControlPlane {
  readonly supervisor: Supervisor;
  /** Leads to this machine's API server. */
  readonly apiSocket: string;
  private readonly members = new Map<EtcdMember, EtcdCluster>();
  private stopped = false;

  constructor(
    readonly machine: Machine,
    readonly bootConfig: BootConfig,
    private readonly tools: Tools,
    readonly cluster: Cluster,
  ) {
    this.supervisor = new Supervisor(machine);
    this.apiSocket = machine.socket("api");
  }

  get configBase(): string {
    if (this.bootConfig.ConfigBase === undefined) throw new Error("bug: a control plane without ConfigBase");
    return this.bootConfig.ConfigBase;
  }

  /** As the load balancer sees it. */
  get target(): Target {
    return { socket: this.apiSocket, isHealthy: () => this.machine.network.listens(API_PORT) };
  }

  /** An administrator's client: of this machine's API server, or of what another socket file leads to. */
  admin(socketPath = this.apiSocket): Kube {
    const servername = `api.internal.${this.cluster.name}`;
    return Kube.fromKubeconfig(this.machine.root.read(ADMIN_KUBECONFIG), { socketPath, servername });
  }

  /** Starts everything; returns when the API server is ready. */
  async start(waits: (text: string) => void): Promise<void> {
    const { machine, supervisor } = this;
    await this.cluster.open();
    // The stand-in for the kubernetes plugin calls helm as soon as there is an API server.
    await this.tools.ready(["etcd", "helm", "kube-apiserver"], waits);
    const pods = staticPods(machine.root, machine.id);
    for (const pod of pods.values()) if (pod.name.startsWith("etcd-manager")) await this.startEtcd(pod);
    waits("waiting for etcd");
    for (const [member, etcd] of this.members) await this.until(() => etcd.serves(member));
    await machine.network.outlet({ socket: this.apiSocket, host: "127.0.0.1", port: API_PORT });
    supervisor.start(this.service(pods, "kube-apiserver", "kube-apiserver"));
    await this.ready();
    machine.say("the API server is ready");
    this.cluster.serve(this);
    await this.tools.ready(["channels"], waits);
    // The API is of use without these; a build that is still going on shall not hold it up.
    for (const name of ["kube-controller-manager", "kube-scheduler"] as const) {
      void this.tools.ready([name], machine.say).then(() => {
        if (!this.stopped) supervisor.start(this.service(pods, name, name));
      });
    }
  }

  /**
   * kOps's channels, as its static pod runs it: it applies the bootstrap channel's addons and looks again, each minute in a
   * cluster on AWS. Here, whoever waits for a changed addon waits less.
   */
  startChannels(): void {
    const pods = staticPods(this.machine.root, this.machine.id);
    const pod = required(pods, "kops-channels");
    const service = {
      name: "kops-channels",
      command: ["/localcloud-channels", ...pod.command.map((each) => each.replace(/^(--interval)=.*/, "$1=10s"))],
      env: { ...this.machine.environment, ...pod.env },
    };
    this.supervisor.start({ ...service, binds: [[this.tools.path("channels"), "/localcloud-channels"]] });
  }

  /**
   * Ends everything. `orderly`: as an instance does that is terminated, whose kubelet ends the pods first: the API server
   * answers what it has begun, and a leader of etcd hands over.
   */
  async stop(orderly: boolean): Promise<void> {
    this.stopped = true;
    this.cluster.withdraw(this);
    if (orderly) {
      await this.supervisor.endAll((name) => !name.startsWith("etcd"));
      await Promise.all([...this.members.keys()].map((member) => member.end()));
    }
    for (const [member, etcd] of this.members) etcd.leave(member);
    this.supervisor.stop();
  }

  /** Image paths are those of Kubernetes' own images; the program there is the one that was built here. */
  private service(pods: ReadonlyMap<string, StaticPod>, name: string, tool: MachineTool): Service {
    const { command, env } = required(pods, name);
    return { name, command, env, binds: [[this.tools.path(tool), command[0] ?? ""]] };
  }

  private async startEtcd(pod: StaticPod): Promise<void> {
    const { machine, supervisor, cluster } = this;
    const volume = await cluster.volumes.attach(machine, volumeTags(pod), () => this.stopped);
    const member = await EtcdMember.prepare(machine, supervisor, pod, this.tools.path("etcd"), volume);
    const etcd = cluster.etcdOf(pod);
    this.members.set(member, etcd);
    etcd.join(member);
  }

  private async ready(): Promise<void> {
    const admin = this.admin();
    const deadline = Date.now() + READY_SECONDS * 1000;
    try {
      await this.until(async () => {
        if (await admin.isReady()) return true;
        if (Date.now() <= deadline) return false;
        const log = this.machine.log("kube-apiserver");
        throw new Error(`the API server is not ready after ${READY_SECONDS} s: see ${log}`);
      });
    } finally {
      admin.close();
    }
  }

  private async until(attempt: () => Promise<boolean>): Promise<void> {
    while (!(await attempt())) {
      if (this.stopped) throw new Error("switched off while starting");
      await sleep(200);
    }
  }
}

function required(pods: ReadonlyMap<string, StaticPod>, name: string): StaticPod {
  const pod = pods.get(name);
  if (pod === undefined)
    throw new Error(`nodeup has not left a static pod ${name}; there are: ${[...pods.keys()].join(", ")}`);
  return pod;
}
