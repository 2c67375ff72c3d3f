/** A cluster with a workload on its workers, and what must not happen to either, whatever is killed or fails. */
import {
  CreateVolumeCommand,
  DescribeInstancesCommand,
  DescribeVolumesCommand,
  RunInstancesCommand,
  type Tag,
} from "@aws-sdk/client-ec2";
import type { Kube, KubeObject } from "../../localcloud/machines/kube";
import { apiOf, conditionOf, deployment, ec2, machines, until } from "../kubernetes/harness";
import { Fewest } from "../kubernetes/watching";
import { karpenterCharts } from "../support/charts";
import type { LocalCloud } from "../support/localCloud";
import type { Program } from "../support/pulumiProject";

const claimsPath = "/apis/karpenter.sh/v1/nodeclaims";
const marker = "/api/v1/namespaces/default/configmaps";
const replicas = 2;
/** Karpenter's, and of an Auto Scaling group. */
const groups = ["web", "fleet"] as const;
/** Of kOps, for an instance that left its group. */
const detachedFrom = "kops.k8s.io/detached-from-asg";

export interface Wanted {
  readonly clusterName: string;
  readonly zones: readonly string[];
  /** The address of its API. */
  readonly endpoint: string;
  readonly stateStore: string;
  readonly discoveryStore: string;
  /** Another one replaces the control plane. */
  readonly instanceType: string;
  /** Another one replaces all workers. */
  readonly revision: string;
}

export function program(wanted: Wanted): Program {
  const { clusterName, zones, endpoint, stateStore, discoveryStore, instanceType, revision } = wanted;
  const labels = { revision };
  const fleet = { manager: "CloudGroup", minSize: replicas, maxSize: replicas + 1, instanceTypes: ["t3.large"] };
  const properties = {
    ...{ clusterName, zones, stateStore, discoveryStore },
    api: { endpoint },
    controlPlane: { zones, instanceType },
    karpenter: karpenterCharts(),
    nodeGroups: { web: { labels, nodePools: { web: { replicas } } }, fleet: { ...fleet, labels } },
    rollingUpdate: {
      ...{ postDrainDelaySeconds: 1, controlPlaneIntervalSeconds: 1, nodeIntervalSeconds: 1, validateCount: 1 },
    },
  };
  const cluster = { type: "kops-karpenter:KopsKarpenterCluster", properties };
  return { resources: { cluster }, outputs: { kubeconfig: "${cluster.kubeconfig}" } };
}

/** Things of others in the account, and in the state store's bucket: a name like the cluster's, the tags of another. */
export async function foreignThings(cloud: LocalCloud, clusterName: string): Promise<readonly string[]> {
  const client = ec2(cloud);
  const other = `other-${clusterName}`;
  const Tags: Tag[] = [
    { Key: "KubernetesCluster", Value: other },
    { Key: `kubernetes.io/cluster/${other}`, Value: "owned" },
    { Key: "karpenter.sh/nodepool", Value: "web" },
    { Key: detachedFrom, Value: `fleet.${clusterName}` },
  ];
  const { Instances = [] } = await client.send(
    new RunInstancesCommand({
      ...{ ImageId: "ami-0ab60218000000a64", MinCount: 1, MaxCount: 1, InstanceType: "t3.small" },
      TagSpecifications: [{ ResourceType: "instance", Tags }],
    }),
  );
  const volume = await client.send(
    new CreateVolumeCommand({
      ...{ AvailabilityZone: "us-east-1a", Size: 1 },
      TagSpecifications: [{ ResourceType: "volume", Tags }],
    }),
  );
  return [Instances[0]?.InstanceId ?? "", volume.VolumeId ?? ""];
}

/** What is wrong, in words; nothing where nothing is. */
export type Verdict = readonly string[];

export class RunningCluster {
  readonly api: Kube;
  private volumes: readonly string[] = [];
  private mark = "";
  private watched: Watched | undefined;

  private constructor(
    private readonly cloud: LocalCloud,
    private readonly name: string,
    kubeconfig: string,
  ) {
    this.api = apiOf(cloud, name, kubeconfig);
  }

  /** Once it is up: its workload runs on each of its workers, and a mark is in etcd. */
  static async open(cloud: LocalCloud, name: string, kubeconfig: string): Promise<RunningCluster> {
    const cluster = new RunningCluster(cloud, name, kubeconfig);
    const { api } = cluster;
    for (const group of groups) {
      await api.create("/apis/policy/v1/namespaces/default/poddisruptionbudgets", budget(group));
      await api.create("/api/v1/namespaces/default/services", service(group));
      await api.create("/apis/apps/v1/namespaces/default/deployments", served(group));
    }
    const { metadata } = await api.create(marker, { metadata: { name: "kept" } });
    cluster.mark = metadata.uid ?? "";
    cluster.volumes = await cluster.etcdVolumes();
    await until("endpoints on all workers", 300, async () => (await cluster.endpoints()) === replicas);
    cluster.watch();
    return cluster;
  }

  /** What happened since it was looked at last, and how the cluster is when it has come to rest. */
  async verdict(): Promise<Verdict> {
    const unsettled = await until("the cluster to settle", 300, () => this.isSettled()).then(
      () => [],
      (error: unknown) => [(error as Error).message],
    );
    const seen = (await this.watched?.end()) ?? [];
    this.watch();
    const kept = await this.api.find(`${marker}/kept`);
    const volumes = await this.etcdVolumes();
    return [
      ...unsettled,
      ...seen,
      ...(kept?.metadata.uid === this.mark ? [] : ["what was in etcd is not there"]),
      ...(String(volumes) === String(this.volumes) ? [] : [`etcd volumes ${volumes.join(", ")}`]),
      ...(await this.strayInstances()),
    ];
  }

  /** Before a destroy, in which all workers go: a budget would keep the last one for as long as Karpenter is waited for. */
  async leave(): Promise<void> {
    await this.watched?.end();
    for (const group of groups) {
      await this.api.delete(`/apis/policy/v1/namespaces/default/poddisruptionbudgets/${group}`);
    }
    this.api.close();
  }

  private watch(): void {
    this.watched = new Watched(
      () => this.endpoints(),
      () => this.api.list("/api/v1/nodes"),
      () => this.running(),
    );
  }

  /** Ids of the cluster's machines that run. */
  private running(): readonly string[] {
    const all = Object.entries(machines(this.cloud));
    return all.filter(([, { cluster, state }]) => cluster === this.name && state === "running").map(([id]) => id);
  }

  /** Every node ready and free for pods, nothing drifted, and the workload everywhere. */
  private async isSettled(): Promise<boolean> {
    const nodes = await this.api.list("/api/v1/nodes");
    const troubles = nodes.flatMap(troublesOf);
    if (troubles.length > 0) throw new Error(troubles.join("; "));
    const claims = await this.api.list(claimsPath);
    const restless = claims.filter(
      (claim) =>
        claim.metadata.deletionTimestamp !== undefined ||
        conditionOf(claim, "Ready")?.status !== "True" ||
        conditionOf(claim, "Drifted")?.status === "True",
    );
    if (claims.length !== replicas || restless.length > 0) {
      throw new Error(`${String(claims.length)} claims, ${String(restless.length)} of them not at rest`);
    }
    const workers = nodes.filter(({ metadata }) => metadata.labels?.["node-role.kubernetes.io/node"] !== undefined);
    if (workers.length !== 2 * replicas) throw new Error(`${String(workers.length)} workers`);
    const served = await this.endpoints();
    if (served !== replicas) throw new Error(`${String(served)} endpoints`);
    return true;
  }

  /** Of the workload that has fewer. */
  private async endpoints(): Promise<number> {
    const slices = (await this.api.list("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices")) as unknown as {
      readonly metadata: KubeObject["metadata"];
      readonly endpoints?: readonly { readonly conditions: { readonly ready?: boolean } }[];
    }[];
    const of = groups.map((group) =>
      slices
        .filter(({ metadata }) => metadata.labels?.["kubernetes.io/service-name"] === group)
        .flatMap(({ endpoints = [] }) => endpoints)
        .filter(({ conditions }) => conditions.ready === true),
    );
    return Math.min(...of.map(({ length }) => length));
  }

  private async etcdVolumes(): Promise<readonly string[]> {
    const Filters = [
      { Name: "tag:KubernetesCluster", Values: [this.name] },
      { Name: "tag-key", Values: ["k8s.io/etcd/main", "k8s.io/etcd/events"] },
    ];
    const { Volumes = [] } = await ec2(this.cloud).send(new DescribeVolumesCommand({ Filters }));
    return Volumes.map(({ VolumeId = "" }) => VolumeId).sort();
  }

  /** Instances of the cluster that are no nodes, or that no group and no claim has. */
  private async strayInstances(): Promise<Verdict> {
    const Filters = [
      { Name: "tag:KubernetesCluster", Values: [this.name] },
      { Name: "instance-state-name", Values: ["pending", "running"] },
    ];
    const { Reservations = [] } = await ec2(this.cloud).send(new DescribeInstancesCommand({ Filters }));
    const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
    const nodes = (await this.api.list("/api/v1/nodes")).map(({ metadata }) => metadata.name);
    return instances.flatMap(({ InstanceId = "", Tags = [] }) => [
      ...(nodes.includes(InstanceId) ? [] : [`${InstanceId} is no node`]),
      ...(Tags.some(({ Key }) => Key === detachedFrom) ? [`${InstanceId} is detached`] : []),
    ]);
  }
}

/** What a rolled or drained node leaves if somebody stops half-way. */
function troublesOf(node: KubeObject): readonly string[] {
  const { unschedulable, taints = [] } = (node.spec ?? {}) as {
    readonly unschedulable?: boolean;
    readonly taints?: readonly { readonly key: string }[];
  };
  const { name } = node.metadata;
  const marks = taints.filter(
    ({ key }) => key === "kops.k8s.io/scheduled-for-update" || key.startsWith("karpenter.sh/"),
  );
  return [
    ...(unschedulable === true ? [`${name} is cordoned`] : []),
    ...marks.map(({ key }) => `${name} has the taint ${key}`),
    ...(conditionOf(node, "Ready")?.status === "True" ? [] : [`${name} is not ready`]),
  ];
}

/** Looks at workload and nodes all the while, as far as the API answers. */
class Watched {
  private readonly fewest: Fewest;
  private readonly leaving = new Set<string>();
  private before: readonly string[] = [];
  private readonly undrained: string[] = [];

  constructor(
    endpoints: () => Promise<number>,
    private readonly nodes: () => Promise<readonly KubeObject[]>,
    private readonly running: () => readonly string[],
  ) {
    this.fewest = new Fewest(async () => {
      await this.look().catch(() => undefined);
      return endpoints().catch(() => Infinity);
    });
  }

  async end(): Promise<Verdict> {
    const served = await this.fewest.stop();
    return [
      ...(served >= 1 ? [] : ["the workload was away: its budget was broken"]),
      ...this.undrained.map((id) => `${id} ended without a drain`),
    ];
  }

  /** An instance that ends must have been cordoned, or given up by Karpenter, before. */
  private async look(): Promise<void> {
    const now = this.running();
    this.undrained.push(...this.before.filter((id) => !now.includes(id) && !this.leaving.has(id)));
    this.before = now;
    for (const { metadata, spec } of await this.nodes()) {
      const { unschedulable, taints = [] } = (spec ?? {}) as {
        readonly unschedulable?: boolean;
        readonly taints?: readonly { readonly key: string }[];
      };
      if (unschedulable === true || taints.some(({ key }) => key === "karpenter.sh/disrupted")) {
        this.leaving.add(metadata.name);
      } else {
        this.leaving.delete(metadata.name);
      }
    }
  }
}

function budget(name: string): object {
  const spec = { minAvailable: 1, selector: { matchLabels: { app: name } } };
  return { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: { name, namespace: "default" }, spec };
}

function service(name: string): object {
  const spec = { selector: { app: name }, ports: [{ port: 80 }] };
  return { apiVersion: "v1", kind: "Service", metadata: { name, namespace: "default" }, spec };
}

/** A pod on each node of the group. */
function served(name: string): object {
  const { spec, ...app } = deployment(name) as { spec: { template: { spec: object } } };
  const apart = { labelSelector: { matchLabels: { app: name } }, topologyKey: "kubernetes.io/hostname" };
  const pod = {
    ...spec.template.spec,
    // The pods have their node's address, so that the service has endpoints.
    hostNetwork: true,
    nodeSelector: { "kops.k8s.io/instancegroup": name },
    affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [apart] } },
  };
  return { ...app, spec: { ...spec, replicas, template: { ...spec.template, spec: pod } } };
}
