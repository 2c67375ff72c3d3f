import { setTimeout as sleep } from "node:timers/promises";
import { parse } from "yaml";
import { Changes } from "./changes";
import type { Capacity } from "./cloud";
import { type Kube, KubeError, type KubeObject } from "./kube";
import type { Machine } from "./machine";
import { karpenterService, isKarpenter } from "./karpenter";
import type { Service, Supervisor } from "./supervisor";

const KUBELET_CONFIG = "/var/lib/kubelet/kubelet.conf";
const SETTINGS = "/etc/sysconfig/kubelet";
const LEASE_SECONDS = 10;
/** It starts a new pod at once. */
const TURN_MILLISECONDS = 400;
const SHUTDOWN_SECONDS = 3;
/** Set by kubelets that wait for a cloud controller (k8s.io/cloud-provider/api/well_known_taints.go). */
export const UNINITIALIZED = "node.cloudprovider.kubernetes.io/uninitialized";

interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

interface KubeletConfig {
  readonly providerID: string;
  readonly registerWithTaints?: readonly Taint[];
  readonly maxPods?: number;
}

export interface KubeletSettings {
  readonly capacity: Capacity;
  /** That nodeup installed. */
  readonly version: string;
  /** Leads to the API server. */
  readonly apiSocket: string;
  readonly karpenterProgram: () => string;
}

/**
 * Stand-in for the kubelet of a machine, with the name, configuration and certificate that nodeup left for it. It
 * registers its node and keeps it ready. No container runs: pods are said to run, and end at once when they are deleted.
 * The one program it really starts is the Karpenter controller.
 */
export class Kubelet {
  readonly nodeName: string;
  private readonly config: KubeletConfig;
  private readonly flags: string;
  private renewed = 0;
  private readonly seen = new Set<string>();
  private readonly changes: Changes;
  private readonly complaints = new Set<string>();
  private busy = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly machine: Machine,
    private readonly supervisor: Supervisor,
    private readonly kube: Kube,
    private readonly about: KubeletSettings,
  ) {
    this.config = parse(machine.root.read(KUBELET_CONFIG)) as KubeletConfig;
    this.flags = machine.root.read(SETTINGS);
    this.nodeName = /--hostname-override=([^\s"]+)/.exec(this.flags)?.[1] ?? machine.id;
    this.changes = new Changes(kube, this.podsPath);
  }

  async start(): Promise<void> {
    await this.register();
    this.timer = setInterval(() => void this.turn(), TURN_MILLISECONDS);
  }

  stop(): void {
    this.stopTurning();
    this.changes.close();
    this.kube.close();
  }

  /**
   * The node goes down in order: its pods have failed, so that whoever owns them replaces them at once. That shall be
   * elsewhere, so the cloud controller gets the time to delete the node; a kubelet would turn new pods away meanwhile.
   */
  async shutDown(): Promise<void> {
    this.stopTurning();
    const deadline = Date.now() + SHUTDOWN_SECONDS * 1000;
    const isThere = async (): Promise<boolean> =>
      (await this.kube.find(`/api/v1/nodes/${this.nodeName}`).catch(() => undefined)) !== undefined;
    while (Date.now() < deadline && (await isThere())) await sleep(100);
    const failed = {
      phase: "Failed",
      reason: "Terminated",
      message: "Pod was terminated in response to imminent node shutdown.",
    };
    const pods = await this.podsHere().catch(() => []);
    const ended = pods.map(({ metadata: { namespace, name } }) =>
      this.kube.patch(`/api/v1/namespaces/${namespace}/pods/${name}/status`, "merge", { status: failed }),
    );
    await Promise.allSettled(ended);
    this.stop();
  }

  /** As a kubelet does that learns of a shutdown: kOps gives it 30 s (shutdownGracePeriod). Nothing depends on it. */
  async sayShuttingDown(): Promise<void> {
    this.stopTurning();
    const ready = { type: "Ready", status: "False", reason: "KubeletNotReady", message: "node is shutting down" };
    const status = { conditions: [{ ...ready, lastTransitionTime: new Date().toISOString() }] };
    await this.kube.patch(`/api/v1/nodes/${this.nodeName}/status`, "strategic", { status }).catch(() => undefined);
  }

  private stopTurning(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async register(): Promise<void> {
    const external = this.flags.includes("--cloud-provider=external");
    const taints = [
      ...(this.config.registerWithTaints ?? []),
      ...(external ? [{ key: UNINITIALIZED, value: "true", effect: "NoSchedule" }] : []),
    ];
    const labels = {
      "kubernetes.io/hostname": this.nodeName,
      "kubernetes.io/os": "linux",
      "kubernetes.io/arch": this.architecture,
      "beta.kubernetes.io/os": "linux",
      "beta.kubernetes.io/arch": this.architecture,
      ...this.flagLabels(),
    };
    const node = {
      apiVersion: "v1",
      kind: "Node",
      metadata: { name: this.nodeName, labels },
      spec: { providerID: this.config.providerID, taints },
      status: this.status(),
    };
    try {
      await this.kube.create("/api/v1/nodes", node);
      this.machine.say(
        `registered node ${this.nodeName}, ${this.config.providerID}, taints ${taints.map((each) => each.key).join(", ") || "none"}`,
      );
    } catch (error) {
      if (!(error instanceof KubeError && error.status === 409)) throw error;
      this.machine.say(`node ${this.nodeName} is registered already`);
    }
    await this.renew();
  }

  private get architecture(): string {
    return this.machine.facts.architecture === "arm64" ? "arm64" : "amd64";
  }

  private flagLabels(): Record<string, string> {
    const labels = /--node-labels=([^\s"]+)/.exec(this.flags)?.[1] ?? "";
    return Object.fromEntries(
      labels
        .split(",")
        .filter((each) => each !== "")
        .map((each) => [each.split("=")[0] ?? "", each.split("=")[1] ?? ""]),
    );
  }

  private status(): object {
    const now = new Date().toISOString();
    const condition = (type: string, status: string, reason: string): object => ({
      type,
      status,
      reason,
      message: "said by the local cloud",
      lastHeartbeatTime: now,
      lastTransitionTime: now,
    });
    const pods = String(this.config.maxPods ?? 110);
    const whole = {
      cpu: String(this.about.capacity.cpu),
      memory: `${this.about.capacity.memoryMiB}Mi`,
      pods,
      "ephemeral-storage": "20Gi",
    };
    // What a kubelet holds back: the eviction threshold of 100Mi that kOps sets.
    const allocatable = { ...whole, memory: `${this.about.capacity.memoryMiB - 100}Mi` };
    return {
      capacity: whole,
      allocatable,
      addresses: [
        { type: "InternalIP", address: this.machine.facts.privateIp },
        { type: "Hostname", address: this.nodeName },
      ],
      conditions: [
        condition("MemoryPressure", "False", "KubeletHasSufficientMemory"),
        condition("DiskPressure", "False", "KubeletHasNoDiskPressure"),
        condition("PIDPressure", "False", "KubeletHasSufficientPID"),
        condition("Ready", "True", "KubeletReady"),
      ],
      nodeInfo: {
        architecture: this.architecture,
        bootID: "",
        containerRuntimeVersion: "containerd://0.0.0-localcloud",
        kernelVersion: "0.0.0-localcloud",
        kubeProxyVersion: "",
        kubeletVersion: this.about.version,
        machineID: this.machine.id,
        operatingSystem: "linux",
        osImage: "Ubuntu 24.04 LTS",
        systemUUID: this.machine.id,
      },
    };
  }

  /** The lease says that the node is alive; the conditions are written less often, as a kubelet does. */
  private async renew(): Promise<void> {
    const path = `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases`;
    const renewTime = new Date().toISOString().replace("Z", "000Z");
    const spec = { holderIdentity: this.nodeName, leaseDurationSeconds: 40, renewTime };
    const lease = {
      apiVersion: "coordination.k8s.io/v1",
      kind: "Lease",
      metadata: { name: this.nodeName, namespace: "kube-node-lease" },
      spec,
    };
    this.renewed = Date.now();
    try {
      await this.kube.patch(`${path}/${this.nodeName}`, "merge", { spec });
    } catch (error) {
      if (!(error instanceof KubeError && error.status === 404)) throw error;
      await this.kube.create(path, lease);
    }
  }

  private async turn(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      if (Date.now() - this.renewed > LEASE_SECONDS * 1000) {
        await this.renew();
        await this.kube.patch(`/api/v1/nodes/${this.nodeName}/status`, "strategic", { status: this.status() });
      }
      if (this.changes.take()) await this.pods();
    } catch (error) {
      this.changes.keep();
      // The API server may be away for a while, or the node deleted under us; the next turn tries again.
      this.complain((error as Error).message);
    } finally {
      this.busy = false;
    }
  }

  private async pods(): Promise<void> {
    const pods = await this.podsHere();
    for (const pod of pods) {
      // One pod's trouble is not another's.
      await this.attend(pod).catch((error: unknown) => {
        this.changes.keep();
        this.complain(`${pod.metadata.name}: ${(error as Error).message}`);
      });
    }
    const there = new Set(pods.map((pod) => pod.metadata.uid));
    for (const uid of this.seen) {
      if (there.has(uid)) continue;
      this.seen.delete(uid);
      if (this.supervisor.isRunning(serviceName(uid))) await this.supervisor.end(serviceName(uid));
    }
  }

  private get podsPath(): string {
    return `/api/v1/pods?fieldSelector=spec.nodeName%3D${this.nodeName}`;
  }

  private podsHere(): Promise<KubeObject[]> {
    return this.kube.list(this.podsPath);
  }

  private async attend(pod: KubeObject): Promise<void> {
    if (pod.metadata.deletionTimestamp !== undefined) await this.endPod(pod);
    else if (!this.seen.has(pod.metadata.uid ?? "")) await this.startPod(pod);
  }

  /** Each turn tries again, and says so when the reason is another than before. */
  private complain(reason: string): void {
    if (this.timer === undefined || this.complaints.has(reason)) return;
    this.complaints.add(reason);
    this.machine.say(`kubelet: ${reason}`);
  }

  private async startPod(pod: KubeObject): Promise<void> {
    const uid = pod.metadata.uid ?? "";
    const path = `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}`;
    const real = isKarpenter(pod);
    if (real) this.supervisor.start(await this.karpenter(serviceName(uid), pod));
    await this.kube.patch(`${path}/status`, "strategic", {
      status: runningStatus(pod, this.machine.facts.privateIp, real),
    });
    this.seen.add(uid);
  }

  private karpenter(name: string, pod: KubeObject): Promise<Service> {
    const { machine, kube, about } = this;
    return karpenterService(name, pod, {
      machine,
      kube,
      apiSocket: about.apiSocket,
      program: about.karpenterProgram(),
    });
  }

  private async endPod(pod: KubeObject): Promise<void> {
    const uid = pod.metadata.uid ?? "";
    if (this.supervisor.isRunning(serviceName(uid))) await this.supervisor.end(serviceName(uid));
    const path = `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}`;
    await this.kube.delete(path, { gracePeriodSeconds: 0, preconditions: { uid } });
    this.seen.delete(uid);
  }
}

function serviceName(uid: string): string {
  return `karpenter-${uid.slice(0, 8)}`;
}

/** The pod of a job has done its work; any other runs. */
function runningStatus(pod: KubeObject, address: string, real: boolean): object {
  const now = new Date().toISOString();
  const owners = (pod.metadata as { ownerReferences?: { kind: string }[] }).ownerReferences ?? [];
  const done = owners.some((owner) => owner.kind === "Job");
  const { containers, initContainers, hostNetwork } = pod["spec"] as {
    containers: Named[];
    initContainers?: Named[];
    hostNetwork?: boolean;
  };
  const ended = { terminated: { exitCode: 0, reason: "Completed", startedAt: now, finishedAt: now } };
  const statusOf = (state: object, ready: boolean) => (container: Named) => ({
    name: container.name,
    image: container.image,
    imageID: container.image,
    containerID: `localcloud://${pod.metadata.uid}-${container.name}`,
    ready,
    started: ready,
    restartCount: 0,
    state,
  });
  const condition = (type: string, status: string): object => ({ type, status, lastTransitionTime: now });
  return {
    phase: done ? "Succeeded" : "Running",
    message: real ? "the real program runs" : "said by the local cloud: nothing runs",
    startTime: now,
    hostIP: address,
    hostIPs: [{ ip: address }],
    ...(hostNetwork === true ? { podIP: address, podIPs: [{ ip: address }] } : {}),
    conditions: [
      condition("Initialized", "True"),
      condition("ContainersReady", done ? "False" : "True"),
      condition("Ready", done ? "False" : "True"),
    ],
    containerStatuses: containers.map(statusOf(done ? ended : { running: { startedAt: now } }, !done)),
    ...(initContainers === undefined ? {} : { initContainerStatuses: initContainers.map(statusOf(ended, true)) }),
  };
}

interface Named {
  readonly name: string;
  readonly image: string;
}
