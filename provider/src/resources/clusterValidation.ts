/** Whether a cluster's control plane is whole, as kOps judges it (kops v1.36.2 pkg/validation/validate_cluster.go:149). */
import { minorVersion, versionAtLeast } from "../model/versions";
import type { ControlPlaneInstance, GroupState } from "./controlPlaneGroups";
import type { KubernetesNode, KubernetesPod } from "./kubernetesApi";

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

export interface Observed {
  readonly groups: readonly GroupState[];
  readonly nodes: readonly KubernetesNode[];
  readonly pods: readonly KubernetesPod[];
}

/** What is wrong with the instances that are to stay, and with their nodes. Those that leave may be in any condition. */
export function instanceFailures(
  { groups, nodes, pods }: Observed,
  version: string,
  leaving: ReadonlySet<string>,
): readonly string[] {
  const staying = groups.flatMap(({ instances }) => instances).filter(({ id }) => !leaving.has(id));
  return [
    ...staying.flatMap((instance) => notJoined(instance, nodeOf(nodes, instance.id), version)),
    ...staying.flatMap(({ id }) => namesOf([nodeOf(nodes, id)])).flatMap((name) => missingPods(name, pods)),
  ];
}

/** Critical pods that do not run, of the whole cluster and of the control-plane nodes that are to stay. */
export function podFailures({ groups, nodes, pods }: Observed, leaving: ReadonlySet<string>): readonly string[] {
  const instances = groups.flatMap((group) => group.instances);
  const ofControlPlane = (isLeaving: boolean): readonly string[] =>
    namesOf(instances.filter(({ id }) => leaving.has(id) === isLeaving).map(({ id }) => nodeOf(nodes, id)));
  const [staying, ignored] = [ofControlPlane(false), ofControlPlane(true)];
  const others = namesOf(nodes).filter((name) => !staying.includes(name));
  const concerns = ({ spec }: KubernetesPod): boolean => {
    const { nodeName = "", priorityClassName } = spec ?? {};
    if (ignored.includes(nodeName)) return false;
    // A node-critical pod of a worker does not concern the control plane.
    return priorityClassName === clusterCritical || (priorityClassName === nodeCritical && !others.includes(nodeName));
  };
  return pods.filter(concerns).flatMap(podFailure);
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

function notJoined(
  { id, group, lifecycleState }: ControlPlaneInstance,
  node: KubernetesNode | undefined,
  version: string,
): readonly string[] {
  const said = `${id} (${group.name})`;
  if (lifecycleState !== "InService") return [`${said} is ${lifecycleState}`];
  if (node === undefined) return [`${said} has not joined the cluster`];
  if (!isReady(node)) return [`the node ${node.metadata.name} is not ready`];
  const older = olderVersion(node, version);
  return older === undefined ? [] : [`the node ${node.metadata.name} runs ${older}`];
}

function missingPods(node: string, pods: readonly KubernetesPod[]): readonly string[] {
  const there = pods
    .filter(({ metadata, spec }) => metadata.namespace === "kube-system" && spec?.nodeName === node)
    .map(({ metadata }) => metadata.labels?.["k8s-app"]);
  return staticPods.filter((app) => !there.includes(app)).map((app) => `the node ${node} has no pod of ${app}`);
}

function podFailure({ metadata, status }: KubernetesPod): readonly string[] {
  // A pod that is on its way out has, or gets, another in its place.
  if (status?.phase === "Succeeded" || metadata.deletionTimestamp !== undefined) return [];
  const said = `the pod ${metadata.namespace}/${metadata.name}`;
  if (status?.phase === "Pending" || status?.phase === "Unknown") return [`${said} is ${status.phase.toLowerCase()}`];
  const notReady = (status?.containerStatuses ?? []).filter(({ ready }) => !ready).map(({ name }) => name);
  return notReady.length === 0 ? [] : [`${said} is not ready (${notReady.join(", ")})`];
}
