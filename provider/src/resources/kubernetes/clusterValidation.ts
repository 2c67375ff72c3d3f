/** Whether the instances of Auto Scaling groups, and the cluster, are whole, as kOps judges it (kops v1.36.2 pkg/validation/validate_cluster.go:149). */
import { minorVersion, versionAtLeast } from "../../model/versions";
import type { KubernetesApi, KubernetesNode, KubernetesPod } from "./kubernetesApi";
import type { GroupInstance, GroupState } from "../aws/scalingGroups";

const clusterCritical = "system-cluster-critical";
const nodeCritical = "system-node-critical";
/** What every control-plane node runs; kOps looks for the first three, and etcd-manager is one for each etcd cluster. */
const staticPods = [
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "etcd-manager-main",
  "etcd-manager-events",
] as const;
/**
 * Those that tell whether a node's members of both etcd clusters are healthy. The API server is ready as long as its
 * /healthz is (kops v1.36.2 nodeup/pkg/model/kube_apiserver.go:665), for which it reads from its own member of each, through
 * the quorum (kubernetes v1.34 staging/src/k8s.io/apiserver/pkg/server/options/etcd.go:359).
 */
const memberPods = ["kube-apiserver", "etcd-manager-main", "etcd-manager-events"] as const;

export interface Observed {
  readonly groups: readonly GroupState[];
  readonly nodes: readonly KubernetesNode[];
  readonly pods: readonly KubernetesPod[];
}

/** What an API that is ready says of the cluster. */
export async function nodesAndPods(api: KubernetesApi): Promise<Pick<Observed, "nodes" | "pods">> {
  const [nodes, pods] = await Promise.all([
    api.list<KubernetesNode>("/api/v1/nodes"),
    api.listAll<KubernetesPod>("/api/v1/pods"),
    api.ready(),
  ]);
  return { nodes, pods };
}

/** What is wrong with the instances that are to stay, and with their nodes. Those that leave may be in any condition. */
export function instanceFailures(
  { groups, nodes }: Observed,
  version: string,
  leaving: ReadonlySet<string>,
): readonly string[] {
  return kept(groups, leaving).flatMap((instance) => notJoined(instance, nodeOf(nodes, instance.id), version));
}

/** Of control-plane nodes that are to stay. */
export function controlPlanePodFailures(
  { groups, nodes, pods }: Observed,
  leaving: ReadonlySet<string>,
): readonly string[] {
  return kept(groups, leaving)
    .flatMap(({ id }) => namesOf([nodeOf(nodes, id)]))
    .flatMap((name) => staticPodFailures(name, staticPods, pods));
}

function kept(groups: readonly GroupState[], leaving: ReadonlySet<string>): readonly GroupInstance[] {
  return groups.flatMap(({ instances }) => instances).filter(({ id }) => !leaving.has(id));
}

/** What is wrong with an instance as a server of the API and a member of both etcd clusters, whatever it was started from. */
export function memberFailures(instance: GroupInstance, { nodes, pods }: Observed): readonly string[] {
  const node = nodeOf(nodes, instance.id);
  const unjoined = unready(instance, node);
  return node === undefined || unjoined.length > 0 ? unjoined : staticPodFailures(node.metadata.name, memberPods, pods);
}

/** Why etcd cannot do without an instance now: too few of the others are healthy members. */
export function quorumFailures(leaving: GroupInstance, observed: Observed): readonly string[] {
  const members = observed.groups.length;
  const others = observed.groups.flatMap(({ instances }) => instances).filter(({ id }) => id !== leaving.id);
  const failures = others.map((other) => memberFailures(other, observed));
  const healthy = failures.filter(({ length }) => length === 0).length;
  // In an exchange of zones, a member is in none of the groups; all that are have to be healthy then.
  const needed = Math.min(members - 1, Math.floor(members / 2) + 1);
  return healthy >= needed
    ? []
    : [
        `etcd needs ${String(needed)} healthy members beside ${leaving.id} and has ${String(healthy)}`,
        ...failures.flat(),
      ];
}

/** Critical pods that do not run, of the whole cluster and of the groups' nodes that are to stay. */
export function podFailures({ groups, nodes, pods }: Observed, leaving: ReadonlySet<string>): readonly string[] {
  const instances = groups.flatMap((group) => [...group.instances, ...group.detached]);
  const ofGroups = (isLeaving: boolean): readonly string[] =>
    namesOf(instances.filter(({ id }) => leaving.has(id) === isLeaving).map(({ id }) => nodeOf(nodes, id)));
  const [staying, ignored] = [ofGroups(false), ofGroups(true)];
  const others = namesOf(nodes).filter((name) => !staying.includes(name));
  const concerns = ({ spec }: KubernetesPod): boolean => {
    const { nodeName = "", priorityClassName } = spec ?? {};
    if (ignored.includes(nodeName)) return false;
    // A node-critical pod of another group's node does not concern these.
    return priorityClassName === clusterCritical || (priorityClassName === nodeCritical && !others.includes(nodeName));
  };
  return pods.filter(concerns).flatMap(podFailure);
}

/** What is wrong with the whole cluster: `groups` are the control plane's, `workers` those of workers in Auto Scaling groups. */
export function clusterFailures(
  observed: Observed,
  workers: readonly GroupState[],
  version: string,
): readonly string[] {
  const { nodes, pods } = observed;
  const groups = [...observed.groups, ...workers];
  const isCritical = ({ spec }: KubernetesPod): boolean =>
    spec?.priorityClassName === clusterCritical || spec?.priorityClassName === nodeCritical;
  // A node on its way out has, or gets, another in its place.
  const staying = nodes.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const found = [
    ...groups.flatMap(incomplete),
    ...instanceFailures({ ...observed, groups }, version, new Set()),
    ...controlPlanePodFailures(observed, new Set()),
    ...staying.filter((node) => !isReady(node)).map(notReady),
    ...pods.filter(isCritical).flatMap(podFailure),
  ];
  return [...new Set(found)].sort();
}

/** Of a group without all its instances. */
export function missing({ group: { autoscalingGroup }, instances, desiredCapacity }: GroupState): readonly string[] {
  const of = `${String(instances.length)} of ${String(desiredCapacity)}`;
  return instances.length < desiredCapacity ? [`the group ${autoscalingGroup} has ${of} instances`] : [];
}

/** Of a group that kOps does not find complete, in its words (kops v1.36.2 pkg/validation/validate_cluster.go:350, :418). */
function incomplete({ group: { name }, isFound, instances, desiredCapacity }: GroupState): readonly string[] {
  if (!isFound) return [`InstanceGroup "${name}" is missing from the cloud provider`];
  const sizes = `${String(instances.length)} vs ${String(desiredCapacity)}`;
  return instances.length < desiredCapacity ? [`InstanceGroup "${name}" did not have enough nodes ${sizes}`] : [];
}

/** The first failures, for a message of one line. */
export function shortened(failures: readonly string[], mostShown: number): string {
  const rest = failures.length - mostShown;
  return failures.slice(0, mostShown).join("; ") + (rest > 0 ? `; and ${String(rest)} more` : "");
}

function notReady({ metadata }: KubernetesNode): string {
  return `the node ${metadata.name} is not ready`;
}

/** The node of an instance, by the id in which its provider id ends. */
export function nodeOf(nodes: readonly KubernetesNode[], instanceId: string): KubernetesNode | undefined {
  return nodes.find(({ spec }) => spec?.providerID?.split("/").pop() === instanceId);
}

export function isReady({ status }: KubernetesNode): boolean {
  return status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True") === true;
}

/** What a node's kubelet runs, where that is of an older minor version. */
export function olderVersion({ status }: KubernetesNode, version: string): string | undefined {
  const runs = status?.nodeInfo?.kubeletVersion.replace(/^v/, "");
  return runs === undefined || versionAtLeast(minorVersion(runs), minorVersion(version)) ? undefined : runs;
}

function namesOf(nodes: readonly (KubernetesNode | undefined)[]): readonly string[] {
  return nodes.flatMap((node) => node?.metadata.name ?? []);
}

function notJoined(instance: GroupInstance, node: KubernetesNode | undefined, version: string): readonly string[] {
  const failures = unready(instance, node);
  if (node === undefined || failures.length > 0) return failures;
  const older = olderVersion(node, version);
  return older === undefined ? [] : [`the node ${node.metadata.name} runs ${older}`];
}

function unready({ id, group, lifecycleState }: GroupInstance, node: KubernetesNode | undefined): readonly string[] {
  const said = `${id} (${group.name})`;
  if (lifecycleState !== "InService") return [`${said} is ${lifecycleState}`];
  if (node === undefined) return [`${said} has not joined the cluster`];
  return isReady(node) ? [] : [notReady(node)];
}

/** Of pods that kubelet runs from files: any that is not there, or does not run as it should. */
function staticPodFailures(node: string, apps: readonly string[], pods: readonly KubernetesPod[]): readonly string[] {
  const here = pods.filter(({ metadata, spec }) => metadata.namespace === "kube-system" && spec?.nodeName === node);
  return apps.flatMap((app) => {
    const found = here.filter(({ metadata }) => metadata.labels?.["k8s-app"] === app);
    return found.length === 0 ? [`the node ${node} has no pod of ${app}`] : found.flatMap(podFailure);
  });
}

function podFailure({ metadata, status }: KubernetesPod): readonly string[] {
  // A pod that is on its way out has, or gets, another in its place.
  if (status?.phase === "Succeeded" || metadata.deletionTimestamp !== undefined) return [];
  const said = `the pod ${metadata.namespace}/${metadata.name}`;
  if (status?.phase === "Pending" || status?.phase === "Unknown") return [`${said} is ${status.phase.toLowerCase()}`];
  const notReady = (status?.containerStatuses ?? []).filter(({ ready }) => !ready).map(({ name }) => name);
  return notReady.length === 0 ? [] : [`${said} is not ready (${notReady.join(", ")})`];
}
