/** Charts and objects as the component has them, under Pulumi's kubernetes plugin and under the stand-in, in one cluster. */
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import { Release } from "@pulumi/kubernetes/helm/v3/release";
import { Provider } from "@pulumi/kubernetes/provider";
import type { PulumiFn, Stack } from "@pulumi/pulumi/automation";
import type { Kube } from "../../localcloud/machines/kube";
import { inlineStack } from "../support/inlineStack";
import { type LocalCloud, repository } from "../support/localCloud";
import { counts, operations } from "./compare";

export interface ObjectStep {
  readonly title: string;
  readonly how: "preview" | "update" | "refresh" | "destroy";
  /** What somebody else does before. */
  readonly meanwhile?: "changes" | "deletes" | "makes";
  readonly objects: Wanted;
}

interface Wanted {
  readonly text: string;
  readonly weight: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly pool: string;
  readonly nodeClass: string;
  /** Whether the program's fields hold against those of others, as the component's always do. */
  readonly insists: boolean;
}

const first: Wanted = {
  text: "one",
  weight: 10,
  labels: { team: "a" },
  pool: "compared",
  nodeClass: "default",
  insists: false,
};
const second: Wanted = { ...first, text: "two", weight: 20, labels: { stage: "b" } };
const insisting: Wanted = { ...second, insists: true };
const renamed: Wanted = { ...insisting, pool: "renamed" };

export const objectSteps: readonly ObjectStep[] = [
  { title: "a preview before anything exists", how: "preview", objects: first },
  { title: "create, with a kind that the chart before it defines", how: "update", objects: first },
  { title: "nothing", how: "preview", objects: first },
  { title: "a refresh", how: "refresh", objects: first },
  { title: "other values, fields and labels", how: "update", objects: second },
  { title: "a refresh after somebody else's change", how: "refresh", meanwhile: "changes", objects: second },
  { title: "the program's fields again, which fails", how: "update", objects: second },
  { title: "the same, from a program that insists on its fields", how: "update", objects: insisting },
  { title: "a refresh after somebody else's deletion", how: "refresh", meanwhile: "deletes", objects: insisting },
  {
    title: "what was deleted, and another name, which somebody else has taken",
    how: "update",
    meanwhile: "makes",
    objects: renamed,
  },
  { title: "a field that the program replaces on", how: "preview", objects: { ...renamed, nodeClass: "other" } },
  { title: "destroy", how: "destroy", objects: renamed },
];

/** One of the two plugins. Its name is part of all that it makes, and is taken out of what is compared. */
export interface Side {
  readonly name: string;
  readonly cloud: LocalCloud;
  readonly kubeconfig: string;
  readonly api: Kube;
}

/** The cloud has Pulumi's own plugins; the stand-in is found before them. */
export function bothSides(cloud: LocalCloud, kubeconfig: string, api: Kube): readonly [theirs: Side, ours: Side] {
  const path = [join(repository, "localcloud", "plugins", "standins"), cloud.env["PATH"] ?? ""].join(delimiter);
  return [
    { name: "pulumis", cloud, kubeconfig, api },
    { name: "standin", cloud: { dir: cloud.dir, env: { ...cloud.env, PATH: path } }, kubeconfig, api },
  ];
}

export interface Taken {
  readonly operations: readonly string[];
  /** The ids in the stack's state, and what a release says of itself. */
  readonly state: readonly string[];
  /** What the API server has afterwards. */
  readonly found: readonly string[];
}

export async function taken(step: ObjectStep, side: Side): Promise<Taken> {
  if (step.meanwhile !== undefined) await meanwhile[step.meanwhile](side, step.objects);
  const stack = await stackOf(step, side);
  const ran = await carriedOut(step, stack);
  const even = (lines: readonly string[]): string[] => lines.map((line) => line.replaceAll(side.name, "SIDE")).sort();
  return { operations: even(ran), state: even(await inState(stack)), found: even(await inApi(side)) };
}

async function carriedOut({ how }: ObjectStep, stack: Stack): Promise<string[]> {
  if (how === "refresh") return counts((await stack.refresh()).summary.resourceChanges);
  const failures: string[] = [];
  const ran = await operations(async (onEvent) => {
    if (how === "preview") return stack.preview({ onEvent });
    const run = how === "update" ? stack.up({ onEvent }) : stack.destroy({ onEvent });
    return run.catch((error: unknown) => {
      if (!String(error).includes("Apply failed with 1 conflict")) throw error;
      failures.push("fails with a conflict");
    });
  });
  return [...ran, ...failures];
}

const pools = "/apis/karpenter.sh/v1/nodepools";
const maps = "/api/v1/namespaces/kube-system/configmaps";
const releases = "/api/v1/namespaces/kube-system/secrets?labelSelector=owner%3Dhelm";
const things = (name: string): string => `/apis/${name}.example.com/v1/namespaces/kube-system/things`;

const meanwhile = {
  changes: async ({ name, api }: Side, { pool }: Wanted): Promise<void> => {
    await api.patch(`${pools}/${pool}-${name}`, "merge", {
      metadata: { labels: { foreign: "c" } },
      spec: { weight: 77 },
    });
    await api.patch(`${things(name)}/thing`, "merge", { spec: { list: ["x"] } });
  },
  makes: async ({ name, api }: Side, { pool, nodeClass }: Wanted): Promise<void> => {
    const spec = poolSpec(nodeClass, 5);
    await api.create(pools, {
      apiVersion: "karpenter.sh/v1",
      kind: "NodePool",
      metadata: { name: `${pool}-${name}` },
      spec,
    });
  },
  deletes: ({ name, api }: Side): Promise<unknown> => api.delete(`${things(name)}/thing`),
};

function stackOf({ objects }: ObjectStep, side: Side): Promise<Stack> {
  const workDir = join(side.cloud.dir, "objects", side.name);
  mkdirSync(workDir, { recursive: true });
  return inlineStack(
    { projectName: `objects-${side.name}`, stackName: "test", program: program(objects, side, workDir) },
    { workDir, envVars: { ...side.cloud.env, PWD: repository } },
  );
}

/** With these limits, no pod gets a node from it. */
function poolSpec(nodeClass: string, weight: number): object {
  const requirements = [{ key: "kubernetes.io/arch", operator: "In", values: ["amd64"] }];
  const nodeClassRef = { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: nodeClass };
  return { weight, limits: { cpu: "0" }, template: { spec: { nodeClassRef, requirements } } };
}

function program(wanted: Wanted, { name, kubeconfig }: Side, folder: string): PulumiFn {
  const { text, weight, labels, pool, nodeClass, insists } = wanted;
  const annotations = {
    "pulumi.com/deletionPropagationPolicy": "background",
    ...(insists ? { "pulumi.com/patchForce": "true" } : {}),
  };
  return () => {
    const provider = new Provider("cluster", {
      kubeconfig,
      clusterIdentifier: "c.example.com",
    });
    const common = { namespace: "kube-system", timeout: 120 };
    const definitions = new Release(
      "definitions",
      { ...common, name: `definitions-${name}`, chart: chart(folder, "definitions", definition(name)) },
      { provider },
    );
    const release = new Release(
      "chart",
      {
        ...common,
        name: `compared-${name}`,
        chart: chart(folder, "compared", template),
        skipCrds: true,
        values: { text, labels },
      },
      { provider, dependsOn: definitions },
    );
    const thing = new CustomResource(
      "thing",
      {
        apiVersion: `${name}.example.com/v1`,
        kind: "Thing",
        metadata: { name: "thing", namespace: "kube-system", labels, annotations },
        spec: { list: [text, "last"] },
      },
      { provider, dependsOn: definitions },
    );
    const metadata = { name: `${pool}-${name}`, labels, annotations };
    new CustomResource(
      "pool",
      { apiVersion: "karpenter.sh/v1", kind: "NodePool", metadata, spec: poolSpec(nodeClass, weight) },
      {
        provider,
        dependsOn: [release, thing],
        replaceOnChanges: ["spec.template.spec.nodeClassRef"],
        deleteBeforeReplace: true,
      },
    );
    return Promise.resolve({});
  };
}

const template = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
  labels: {{ .Values.labels | toJson }}
data:
  text: {{ .Values.text }}
`;

const definition = (name: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things.${name}.example.com
spec:
  group: ${name}.example.com
  scope: Namespaced
  names: {kind: Thing, plural: things}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                list: {type: array, items: {type: string}}
                size: {type: integer, default: 3}
`;

function chart(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, "templates"), { recursive: true });
  writeFileSync(join(path, "Chart.yaml"), `apiVersion: v2\nname: ${name}\nversion: 1.2.3\nappVersion: 4.5.6\n`);
  writeFileSync(join(path, "templates", "all.yaml"), text);
  return path;
}

interface Resource {
  readonly urn: string;
  readonly id?: string;
  readonly outputs?: { readonly status?: Readonly<Record<string, unknown>> };
}

/** Of a release's status, what a program can use. */
const told = ["name", "namespace", "revision", "status", "chart", "version", "appVersion"];

async function inState(stack: Stack): Promise<string[]> {
  const { deployment } = await stack.exportStack();
  const { resources = [] } = deployment as { readonly resources?: readonly Resource[] };
  const made = resources.filter(({ urn, id }) => id !== undefined && !urn.includes("pulumi:providers:"));
  return made.map(({ urn, id, outputs }) => {
    const status = urn.includes("helm.sh") ? told.map((key) => `${key} ${String(outputs?.status?.[key])}`) : [];
    return [`${urn.split("::").at(-1) ?? ""}: ${id ?? ""}`, ...status].join(", ");
  });
}

/** Names, labels, annotations and content; what a release's secret holds, and when, is Helm's. */
async function inApi({ name, api }: Side): Promise<string[]> {
  // Before the chart and after it, the API server has no such path.
  const own = await api.list(things(name)).catch(() => []);
  const all = await Promise.all([api.list(pools), api.list(maps), api.list(releases)]);
  const named = all.flat().filter(({ metadata }) => metadata.name.includes(name));
  return [...own, ...named].map(({ metadata, spec, data, type }) => {
    const { labels, annotations } = metadata as KubeMetadata;
    const { modifiedAt: _, ...lasting } = labels ?? {};
    const content = type === undefined ? { annotations, spec, data } : {};
    return JSON.stringify({ name: metadata.name, labels: lasting, ...content });
  });
}

interface KubeMetadata {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}
