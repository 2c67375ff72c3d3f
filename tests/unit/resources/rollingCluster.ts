/** A cluster as far as the rolling replacement of its instances sees one: its Auto Scaling groups, nodes and pods. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { KubernetesNode, KubernetesPod } from "../../../provider/src/resources/kubernetes/kubernetesApi";
import { ApiServer, cut, items, type Answer, type Answers } from "./apiServer";

export interface SimulatedInstance {
  id: string;
  /** The instance group. */
  group: string;
  version: number;
  lifecycleState: string;
  /** Its Auto Scaling group does not know it any more. */
  isDetached?: boolean;
  /** Undefined until it has joined. */
  node:
    | {
        kubeletVersion: string;
        isReady: boolean;
        isCordoned: boolean;
        isMarked: boolean;
        taints: readonly Taint[];
        labels?: Texts;
        annotations?: Texts;
      }
    | undefined;
}

type Texts = Readonly<Record<string, string>>;

type Taint = NonNullable<NonNullable<KubernetesNode["spec"]>["taints"]>[number];

interface SimulatedPod {
  readonly name: string;
  readonly node: string;
  readonly kind?: "mirror" | "daemon" | "pending";
  isUnready?: boolean;
  /** An instance that it cannot be on as long as it is there. */
  readonly avoids?: string;
  /** Whether a budget lets it go. */
  allowed: boolean;
}

const staticPods = [
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "etcd-manager-main",
  "etcd-manager-events",
];

export class RollingCluster {
  instances: SimulatedInstance[] = [];
  pods: SimulatedPod[] = [];
  /** Nodes that are no control-plane nodes. */
  workers = ["worker"];
  unreadyWorkers: readonly string[] = [];
  /** What was done to it, in order. */
  readonly events: string[] = [];
  /** Of the launch template of every group. */
  latest = 1;
  kubeletVersion = "v1.36.1";
  /** Whether what a group starts now comes up. */
  works = true;
  /** Whether every other request for the nodes gets no answer. */
  isFlaky = false;
  /** How many evictions the API server has no time for. */
  refusals = 0;
  /** Hash of the network addon that the control plane has applied, and whether it applies the wanted one when asked next. */
  applied = "1";
  applies = true;
  wanted = "1";
  /** Instances in warm pools: the version of the launch template by id. */
  warm: Record<string, number> = {};
  /** Whether a group starts anything. */
  starts = true;
  /** Of the group's last attempt to start an instance. */
  scalingActivity = "";
  /** Changes with each change of a node by others: as many of our patches as this are refused. */
  conflicts = 0;
  /** For a test to change what a group has started. */
  onLaunch: ((id: string) => void) | undefined;
  /** Names of the objects of the node termination handler, by the path of their kind. */
  readonly handler: Record<string, string> = {};
  /** Before each answer to who asks for the pods. */
  onPods: (() => void) | undefined;
  api!: ApiServer;
  private autoscaling!: Server;
  private asks = 0;
  private groups: readonly string[] = [];
  /** Of each group, the instances that it wants. */
  readonly sizes: Record<string, number> = {};

  static start(...zones: readonly string[]): Promise<RollingCluster> {
    return RollingCluster.of(Object.fromEntries(zones.map((zone) => [`control-plane-${zone}`, [`i-${zone}`]])));
  }

  /** Ids of instances by instance group. */
  static async of(groups: Readonly<Record<string, readonly string[]>>): Promise<RollingCluster> {
    const cluster = new RollingCluster();
    cluster.groups = Object.keys(groups);
    for (const [group, ids] of Object.entries(groups)) {
      cluster.sizes[group] = ids.length;
      for (const id of ids) cluster.launch(id, group);
    }
    const answers = new Proxy<Answers>({}, { get: (_, path) => () => cluster.answer(String(path)) });
    cluster.api = await ApiServer.start(answers);
    cluster.autoscaling = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        response.writeHead(200, { "content-type": "text/xml", connection: "close" });
        response.end(cluster.scaled(new URLSearchParams(Buffer.concat(chunks).toString())));
      });
    });
    await new Promise<void>((resolve) => cluster.autoscaling.listen(0, "127.0.0.1", resolve));
    return cluster;
  }

  async stop(): Promise<void> {
    this.autoscaling.closeAllConnections();
    this.autoscaling.close();
    await this.api.stop();
  }

  /** The resource's inputs, for the latest version of every launch template. */
  inputs(changes: object = {}, settings: object = {}) {
    const groups = this.groups.map((name) => {
      const group = { autoscalingGroup: `${name}.masters`, launchTemplateId: "lt", launchTemplateVersion: this.latest };
      return [name, group] as const;
    });
    const { port } = this.autoscaling.address() as AddressInfo;
    return {
      ...{ clusterName: "c.example.com", region: "us-east-1", kubernetesVersion: "1.36.1", awaitApi: true },
      kubeconfig: this.api.kubeconfig(),
      aws: {
        ...{ accessKey: "a", secretKey: "s" },
        endpoints: [{ autoscaling: `http://127.0.0.1:${String(port)}`, ec2: `http://127.0.0.1:${String(port)}` }],
      },
      groups: Object.fromEntries(groups),
      addons: { network: this.wanted },
      rollingUpdate: {
        ...{ strategy: "rolling", drainTimeoutSeconds: 1, failOnDrainError: true, postDrainDelaySeconds: 0 },
        ...{ validationTimeoutSeconds: 1, validateCount: 1, controlPlaneIntervalSeconds: 0, nodeIntervalSeconds: 0 },
        ...settings,
      },
      timeoutSeconds: 1,
      ...changes,
    };
  }

  instance(id: string): SimulatedInstance {
    const found = this.instances.find((each) => each.id === id);
    if (found === undefined) throw new Error(`no instance ${id}`);
    return found;
  }

  pod(name: string, node: string): SimulatedPod {
    const found = this.pods.find((each) => each.name === name && each.node === node);
    if (found === undefined) throw new Error(`no pod ${name} on ${node}`);
    return found;
  }

  private launch(id: string, group: string): void {
    const node = { kubeletVersion: this.kubeletVersion, isReady: true, isCordoned: false, isMarked: false, taints: [] };
    const joined = this.works ? node : undefined;
    this.instances.push({ id, group, version: this.latest, lifecycleState: "InService", node: joined });
    if (joined !== undefined && group.startsWith("control-plane-")) {
      this.pods.push(...staticPods.map((app) => ({ name: app, node: id, kind: "mirror", allowed: false }) as const));
      this.onLaunch?.(id);
    }
  }

  private terminate(id: string): void {
    this.events.push(`terminate ${id}`);
    const { group, isDetached } = this.instance(id);
    this.instances = this.instances.filter((each) => each.id !== id);
    this.pods = this.pods.filter(({ node, avoids }) => node !== id && avoids !== id);
    if (this.starts && isDetached !== true) this.launch(`${id}+`, group);
  }

  private detach(id: string): void {
    this.events.push(`detach ${id}`);
    const instance = this.instance(id);
    instance.isDetached = true;
    if (this.starts) this.launch(`${id}+`, instance.group);
  }

  /** EC2 as far as it tells of instances that have left their groups, and ends them. */
  private asked(action: string, asked: URLSearchParams): string | undefined {
    if (action === "CreateTags") {
      this.events.push(
        `tag ${asked.get("ResourceId.1") ?? ""} ${asked.get("Tag.1.Key") ?? ""}=${asked.get("Tag.1.Value") ?? ""}`,
      );
      return "<CreateTagsResponse/>";
    }
    if (action === "TerminateInstances") {
      const id = asked.get("InstanceId.1") ?? "";
      if (id in this.warm) {
        this.events.push(`terminate ${id}`);
        this.warm = Object.fromEntries(Object.entries(this.warm).filter(([each]) => each !== id));
      } else {
        this.terminate(id);
      }
      return "<TerminateInstancesResponse/>";
    }
    if (action !== "DescribeInstances") return undefined;
    const found = this.instances
      .filter(({ isDetached }) => isDetached)
      .map(
        ({ id, group }) =>
          `<item><instancesSet><item><instanceId>${id}</instanceId><tagSet><item><key>kops.k8s.io/detached-from-asg</key>` +
          `<value>${group}.masters</value></item></tagSet></item></instancesSet></item>`,
      );
    return `<DescribeInstancesResponse><reservationSet>${found.join("")}</reservationSet></DescribeInstancesResponse>`;
  }

  private scaled(asked: URLSearchParams): string {
    const action = asked.get("Action") ?? "";
    const ofEc2 = this.asked(action, asked);
    if (ofEc2 !== undefined) return ofEc2;
    if (action === "DescribeWarmPool") {
      const each = Object.entries(this.warm).map(([id, version]) => member(id, version, "Warmed:Stopped"));
      return `<${action}Response><${action}Result><Instances>${each.join("")}</Instances></${action}Result></${action}Response>`;
    }
    if (action === "DeleteLifecycleHook") {
      this.events.push(`end ${asked.get("LifecycleHookName") ?? ""} of ${asked.get("AutoScalingGroupName") ?? ""}`);
      return `<${action}Response><${action}Result/></${action}Response>`;
    }
    if (action === "DetachInstances") {
      if (asked.get("ShouldDecrementDesiredCapacity") !== "false") throw new Error("the group must not shrink");
      this.detach(asked.get("InstanceIds.member.1") ?? "");
      return `<${action}Response><${action}Result/></${action}Response>`;
    }
    if (action === "TerminateInstanceInAutoScalingGroup") {
      if (asked.get("ShouldDecrementDesiredCapacity") !== "false") throw new Error("the group must not shrink");
      this.terminate(asked.get("InstanceId") ?? "");
      return `<${action}Response><${action}Result/></${action}Response>`;
    }
    if (action === "DescribeScalingActivities") {
      return `<${action}Response><${action}Result><Activities>${this.scalingActivity}</Activities></${action}Result></${action}Response>`;
    }
    const names = [...asked].filter(([key]) => key.startsWith("AutoScalingGroupNames.")).map(([, name]) => name);
    const known = names.filter((name) => this.sizes[name.replace(".masters", "")] !== undefined);
    const groups = known.map((name) => {
      const each = this.instances
        .filter(({ group, isDetached }) => `${group}.masters` === name && isDetached !== true)
        .map(({ id, version, lifecycleState }) => member(id, version, lifecycleState));
      return `<member><AutoScalingGroupName>${name}</AutoScalingGroupName><DesiredCapacity>${String(this.sizes[name.replace(".masters", "")] ?? 0)}</DesiredCapacity><Instances>${each.join("")}</Instances></member>`;
    });
    return `<${action}Response><${action}Result><AutoScalingGroups>${groups.join("")}</AutoScalingGroups></${action}Result></${action}Response>`;
  }

  private answer(path: string): Answer {
    const { method, body } = this.api.asked.at(-1) ?? { method: "GET", body: undefined };
    if (this.instances.every(({ node }) => node?.isReady !== true)) return cut;
    const [, nodeName] = /^\/api\/v1\/nodes\/([^/]+)$/.exec(path) ?? [];
    if (method === "PATCH" && nodeName !== undefined) return this.patched(nodeName, body);
    if (nodeName !== undefined)
      return { status: 200, body: this.nodes().find((each) => each.metadata.name === nodeName) };
    const [, podName] = /\/pods\/([^/]+)\/eviction$/.exec(path) ?? [];
    if (podName !== undefined) return this.evicted(podName);
    if (path === "/api/v1/nodes" && this.isFlaky && (this.asks += 1) % 2 === 1) return cut;
    if (path === "/api/v1/nodes") return items(...this.nodes());
    if (path === "/api/v1/namespaces/kube-system") return this.kubeSystem();
    if (path.startsWith("/api/v1/pods")) {
      this.onPods?.();
      const [, node] = /fieldSelector=spec\.nodeName%3D(.*)$/.exec(path) ?? [];
      return items(...this.pods.filter((pod) => node === undefined || pod.node === node).map(podOf));
    }
    return path === "/readyz" ? { status: 200 } : this.ofHandler(method, path);
  }

  private ofHandler(method: string, path: string): Answer {
    const [of, query = ""] = path.split("?");
    const kind = Object.keys(this.handler).find((each) => path.startsWith(each));
    if (kind === undefined) return { status: 404 };
    if (method === "DELETE") {
      this.events.push(`delete ${of?.slice(kind.lastIndexOf("/") + 1) ?? ""}`);
      return { status: 200 };
    }
    const marked = decodeURIComponent(query).includes("k8s-addon=node-termination-handler.aws,");
    return items(...(marked ? [{ metadata: { name: this.handler[kind] ?? "" } }] : []));
  }

  /** As kOps's channels tool leaves it: with the record of what it applied, after it marked the nodes. */
  private kubeSystem(): Answer {
    const annotations = { "addons.k8s.io/network": JSON.stringify({ manifestHash: this.applied }) };
    if (this.applies && this.applied !== this.wanted) {
      this.applied = this.wanted;
      for (const { node } of this.instances) if (node !== undefined) node.isMarked = true;
    }
    return { status: 200, body: { metadata: { name: "kube-system", annotations } } };
  }

  private nodes(): readonly KubernetesNode[] {
    const workers = this.workers.map((name) => ({
      metadata: { name },
      spec: { providerID: `aws:///z/${name}` },
      status: { conditions: [{ type: "Ready", status: this.unreadyWorkers.includes(name) ? "False" : "True" }] },
    }));
    const joined = this.instances.flatMap(({ id, node }) =>
      node === undefined
        ? []
        : [
            {
              metadata: {
                name: id,
                resourceVersion: this.resourceVersion,
                labels: node.labels ?? {},
                annotations: { ...node.annotations, ...(node.isMarked ? { "kops.k8s.io/needs-update": "" } : {}) },
              },
              spec: { providerID: `aws:///z/${id}`, unschedulable: node.isCordoned, taints: node.taints },
              status: {
                nodeInfo: { kubeletVersion: node.kubeletVersion },
                conditions: [{ type: "Ready", status: node.isReady ? "True" : "Unknown" }],
              },
            },
          ],
    );
    return [...workers, ...joined];
  }

  private patched(id: string, body: unknown): Answer {
    const { metadata, spec } = body as {
      readonly metadata: { readonly resourceVersion?: string; readonly labels?: Merged; readonly annotations?: Merged };
      readonly spec: { readonly unschedulable?: boolean | null; readonly taints?: readonly Taint[] };
    };
    const { node } = this.instance(id);
    if (spec.taints !== undefined) {
      if (metadata.resourceVersion !== this.resourceVersion || this.conflicts > 0) {
        this.conflicts -= 1;
        return { status: 409, body: { message: "the object has been modified" } };
      }
      if (node !== undefined) node.taints = spec.taints;
      this.events.push(`taint ${id} ${spec.taints.map(({ key, effect }) => `${key}:${effect}`).join()}`);
      return { status: 200 };
    }
    if (node !== undefined) {
      node.isCordoned = spec.unschedulable === true;
      node.labels = merged(node.labels, metadata.labels);
      node.annotations = merged(node.annotations, metadata.annotations);
    }
    this.events.push(`${spec.unschedulable === true ? "cordon" : "uncordon"} ${id}`);
    return { status: 200 };
  }

  private get resourceVersion(): string {
    return String(this.conflicts);
  }

  private evicted(name: string): Answer {
    const pod = this.pods.find((each) => each.name === name);
    if (pod === undefined) return { status: 404 };
    if ((this.refusals -= 1) >= 0) return { status: 429, body: { message: "too many requests" } };
    if (!pod.allowed) {
      const message = "Cannot evict pod as it would violate the pod's disruption budget.";
      return { status: 429, body: { message, details: { causes: [{ reason: "DisruptionBudget" }] } } };
    }
    this.pods = this.pods.filter((each) => each !== pod);
    this.events.push(`evict ${name}`);
    return { status: 201 };
  }
}

/** Of a JSON merge patch. */
type Merged = Readonly<Record<string, string | null>>;

function merged(before: Texts = {}, changes: Merged = {}): Texts {
  const all = Object.entries({ ...before, ...changes });
  return Object.fromEntries(all.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])));
}

function podOf({ name, node, kind, isUnready = false }: SimulatedPod): KubernetesPod {
  return {
    metadata: {
      ...{ name, namespace: "kube-system", uid: `${node}/${name}`, labels: { "k8s-app": name } },
      ...(kind === "mirror" ? { annotations: { "kubernetes.io/config.mirror": "1" } } : {}),
      ...(kind === "daemon" ? { ownerReferences: [{ kind: "DaemonSet", uid: "daemon-set", controller: true }] } : {}),
    },
    spec: { nodeName: node, priorityClassName: "system-cluster-critical" },
    status:
      kind === "pending"
        ? { phase: "Pending" }
        : { phase: "Running", containerStatuses: [{ name, ready: !isUnready }] },
  };
}

function member(id: string, version: number, lifecycleState: string): string {
  return (
    `<member><InstanceId>${id}</InstanceId><LifecycleState>${lifecycleState}</LifecycleState><LaunchTemplate>` +
    `<LaunchTemplateId>lt</LaunchTemplateId><Version>${String(version)}</Version></LaunchTemplate></member>`
  );
}
