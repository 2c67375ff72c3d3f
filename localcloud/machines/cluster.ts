import { CloudController } from "./cloudController";
import type { ControlPlane } from "./controlPlane";
import { backupInterval, flag } from "./etcd";
import { EtcdBackups } from "./etcdBackups";
import { EtcdCluster } from "./etcdCluster";
import { KopsController } from "./kopsController";
import type { Kube } from "./kube";
import { LoadBalancer } from "./loadBalancer";
import { clusterSocket, type Surroundings } from "./machine";
import type { StateStore } from "./stateStore";
import type { StaticPod } from "./staticPods";
import type { Tools } from "./tools";
import type { Volumes } from "./volumes";

/** What the control-plane machines of one kOps cluster have in common, while there is one of them. */
export class Cluster {
  /** Leads to one of the API servers: what the addresses of the load balancer lead to. */
  readonly apiSocket: string;
  readonly balancer = new LoadBalancer();
  readonly kopsController = new KopsController(() => this.serving?.machine);
  cloudController: CloudController | undefined;
  private readonly controlPlanes = new Map<string, ControlPlane>();
  private readonly etcd = new Map<string, EtcdCluster>();
  private listening: Promise<void> | undefined;

  constructor(
    readonly name: string,
    private readonly around: Surroundings,
    readonly volumes: Volumes,
    private readonly store: StateStore,
    private readonly tools: Tools,
  ) {
    this.apiSocket = clusterSocket(name);
  }

  open(): Promise<void> {
    return (this.listening ??= this.balancer.listen(this.apiSocket));
  }

  /** A control plane whose API server is ready; undefined where there is none. */
  get serving(): ControlPlane | undefined {
    return this.controlPlanes.values().next().value;
  }

  /** An administrator's client of whichever API server. */
  admin(): Kube {
    if (this.serving === undefined) throw new Error(`nobody serves ${this.name}`);
    return this.serving.admin(this.apiSocket);
  }

  /** The etcd cluster that a static pod's member belongs to. */
  etcdOf(pod: StaticPod): EtcdCluster {
    const known = this.etcd.get(pod.name);
    if (known !== undefined) return known;
    const made = new EtcdCluster({
      backups: new EtcdBackups(this.store, flag(pod, "backup-store")),
      backupInterval: backupInterval(pod),
      etcdutl: () => this.tools.path("etcdutl"),
    });
    this.etcd.set(pod.name, made);
    return made;
  }

  serve(controlPlane: ControlPlane): void {
    this.controlPlanes.set(controlPlane.machine.id, controlPlane);
    this.balancer.add(controlPlane.machine.id, controlPlane.target);
    this.cloudController ??= new CloudController(
      () => this.admin(),
      this.around,
      (text) => this.serving?.machine.say(text),
    );
  }

  /** No new connection goes to this control plane. */
  withdraw({ machine }: ControlPlane): void {
    this.balancer.remove(machine.id);
    this.controlPlanes.delete(machine.id);
  }

  close(): void {
    this.balancer.close();
    this.kopsController.closeAll();
    for (const each of this.etcd.values()) each.close();
  }
}
