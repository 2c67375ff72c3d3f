import { setTimeout as sleep } from "node:timers/promises";
import { PatchStrategy, type KubernetesObject } from "@kubernetes/client-node";
import { type Leaf, replace, type ResourceType, update } from "../host/rules";
import { isObject, type Properties } from "../host/values";
import { type Cluster, isStatus, reason } from "./cluster";

type Identified = KubernetesObject & {
  readonly apiVersion: string;
  readonly kind: string;
  metadata: { name: string; namespace?: string };
};

const FIELD_MANAGER = "pulumi-kubernetes-stand-in";
const DELETE_SECONDS = 600;
const ESTABLISH_SECONDS = 60;
/** As long as Pulumi's plugin tries. */
const NOT_SERVED_SECONDS = 31;

/** Top-level fields of the kinds at hand. Others are taken as well: the API server knows a kind's fields, not this plugin. */
const FIELDS: Readonly<Record<string, Leaf>> = {
  apiVersion: replace,
  kind: replace,
  metadata: { ...update, fields: open({ name: replace, namespace: replace }) },
  spec: update,
  data: update,
  stringData: update,
  type: update,
  rules: update,
  roleRef: replace,
  subjects: update,
};
const openRules = open(FIELDS);

/** Any other property is taken, and updated in place. */
function open(known: Readonly<Record<string, Leaf>>): Readonly<Record<string, Leaf>> {
  return new Proxy(known, { get: (fields, name: string) => fields[name] ?? update, has: () => true });
}

/** Any kind of the API server by server-side apply, as the real provider does; workloads are not waited for, since no kubelet runs them. */
export const anyKind: ResourceType<Cluster> = {
  rules: openRules,
  volatile: [],
  // Of an object that exists already, Pulumi's plugin takes the fields, unless they are somebody else's.
  create: async (cluster, inputs, created) => {
    const wanted = placed(cluster, inputs as Properties);
    await firstApplied(cluster, wanted);
    created(nameOf(wanted));
    await established(cluster, wanted);
  },
  read: async (cluster, id, known) => {
    const about = Object.keys(known.inputs).length > 0 ? known.inputs : known.state;
    const wanted = placed(cluster, about);
    const found = await live(cluster, wanted);
    if (found === undefined) return undefined;
    return { ...about, ...onto(about, found), id };
  },
  update: async (cluster, _id, inputs) => {
    await apply(cluster, placed(cluster, inputs as Properties));
  },
  remove: async (cluster, _id, previous) => {
    try {
      await removed(cluster, placed(cluster, previous.inputs as Properties));
    } catch (error) {
      throw reason(error);
    }
  },
};

function nameOf({ metadata }: Identified): string {
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}

/** Kinds of these groups live in no namespace; the API server tells for the rest when asked with one. */
const WITHOUT_NAMESPACE = new Set([
  "karpenter.sh/v1",
  "karpenter.k8s.aws/v1",
  "apiextensions.k8s.io/v1",
  "storage.k8s.io/v1",
]);
const CLUSTER_KINDS = new Set([
  "Namespace",
  "Node",
  "PersistentVolume",
  "ClusterRole",
  "ClusterRoleBinding",
  "PriorityClass",
]);

function placed(cluster: Cluster, inputs: Properties): Identified {
  const wanted = structuredClone(inputs) as unknown as Identified;
  const metadata = wanted.metadata as { name?: string; namespace?: string } | undefined;
  if (metadata?.name === undefined) throw new Error("metadata.name is missing: the stand-in makes up no names");
  if (!WITHOUT_NAMESPACE.has(wanted.apiVersion) && !CLUSTER_KINDS.has(wanted.kind))
    metadata.namespace ??= cluster.settings.namespace;
  return wanted;
}

/** What the API server has no path for, be it the group, the kind, the namespace or the object. */
function isAbsent(error: unknown): boolean {
  return isStatus(error, 404) || String(error).includes("Unrecognized API version and kind");
}

async function live(
  cluster: Cluster,
  { apiVersion, kind, metadata }: Identified,
): Promise<KubernetesObject | undefined> {
  const wanted = {
    apiVersion,
    kind,
    metadata: { name: metadata.name, ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }) },
  };
  try {
    return await patiently(isBusy, () => cluster.api.read(wanted));
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw reason(error);
  }
}

/** Kinds that have just come or gone make an API server say that it is busy; clients ask again. */
function isBusy(error: unknown): boolean {
  return isStatus(error, 429) || isStatus(error, 503);
}

/** Tries again for a while where it fails for a reason that passes. */
async function patiently<T>(passes: (error: unknown) => boolean, attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + NOT_SERVED_SECONDS * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!passes(error) || Date.now() > deadline) throw error;
      await sleep(250);
    }
  }
}

async function apply(cluster: Cluster, wanted: Identified): Promise<void> {
  try {
    await patched(cluster, wanted);
  } catch (error) {
    throw reason(error);
  }
}

/** A chart's definitions are not waited for: for a while after it, an API server may not serve their kinds yet. */
async function firstApplied(cluster: Cluster, wanted: Identified): Promise<void> {
  try {
    await patiently(
      (error) => isAbsent(error) || isBusy(error),
      () => patched(cluster, wanted),
    );
  } catch (error) {
    throw reason(error);
  }
}

/** A field that somebody else has set otherwise is a conflict, unless the object says that it insists on its own. */
async function patched(cluster: Cluster, wanted: Identified): Promise<void> {
  const force = annotation(wanted, "patchForce") === "true";
  await cluster.api.patch(wanted, undefined, undefined, FIELD_MANAGER, force, PatchStrategy.ServerSideApply);
}

/** A custom resource definition is of use only once the API server serves its kind. */
async function established(cluster: Cluster, wanted: Identified): Promise<void> {
  if (wanted.kind !== "CustomResourceDefinition") return;
  for (let second = 0; second < ESTABLISH_SECONDS * 4; second += 1) {
    const found = (await live(cluster, wanted)) as
      { status?: { conditions?: { type: string; status: string }[] } } | undefined;
    if (found?.status?.conditions?.some(({ type, status }) => type === "Established" && status === "True") === true)
      return;
    await sleep(250);
  }
  throw new Error(`the definition ${nameOf(wanted)} was not established in ${ESTABLISH_SECONDS} s`);
}

function annotation({ metadata }: Identified, name: string): string | undefined {
  const { annotations } = metadata as { readonly annotations?: Readonly<Record<string, string>> };
  return annotations?.[`pulumi.com/${name}`];
}

async function removed(cluster: Cluster, wanted: Identified): Promise<void> {
  const policy = annotation(wanted, "deletionPropagationPolicy") ?? "foreground";
  const propagation = policy.slice(0, 1).toUpperCase() + policy.slice(1);
  try {
    await cluster.api.delete(wanted, undefined, undefined, undefined, undefined, propagation);
  } catch (error) {
    if (isAbsent(error)) return;
    throw error;
  }
  if (annotation(wanted, "skipAwait") === "true") return;
  for (let waited = 0; waited < DELETE_SECONDS * 2; waited += 1) {
    if ((await live(cluster, wanted)) === undefined) return;
    await sleep(500);
  }
  throw new Error(
    `${wanted.kind} ${nameOf(wanted)} was not gone ${DELETE_SECONDS} s after its deletion: look at its finalizers`,
  );
}

/** Of what is really there, the parts that the program spoke of; the rest is defaults and status. */
function onto(about: unknown, found: unknown): Properties {
  return projected(about, found) as Properties;
}

function projected(about: unknown, found: unknown): unknown {
  if (Array.isArray(about) && Array.isArray(found)) {
    return about.length === found.length ? about.map((each, index) => projected(each, found[index])) : found;
  }
  if (isObject(about) && isObject(found)) {
    return Object.fromEntries(
      Object.keys(about).flatMap((name) => (name in found ? [[name, projected(about[name], found[name])]] : [])),
    );
  }
  return found;
}
