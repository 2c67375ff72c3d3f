import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Release, ReleaseArgs } from "@pulumi/kubernetes/helm/v3/release";
import { object, replace, required, resource, type ResourceType, type Plain, unsupported, update } from "../host/rules";
import { reachableChart } from "./charts";
import type { Cluster } from "./cluster";

const run = promisify(execFile);

/** What Helm says of a release, by the names that Pulumi's plugin has for it too. */
interface HelmMetadata {
  readonly name: string;
  readonly namespace: string;
  readonly revision: number;
  readonly status: string;
  readonly chart: string;
  readonly version: string;
  readonly appVersion: string;
}

/** helm.sh/v3:Release through the helm program. It waits for nothing in the cluster, since no kubelet runs workloads here. */
export const release: ResourceType<Cluster> = resource<Cluster, ReleaseArgs, Release>({
  inputs: {
    name: replace,
    namespace: replace,
    chart: required(update),
    version: update,
    values: update,
    skipCrds: update,
    timeout: update,
    skipAwait: update,
    createNamespace: update,
    repositoryOpts: object(update, {
      repo: update,
      caFile: unsupported,
      certFile: unsupported,
      keyFile: unsupported,
      password: unsupported,
      username: unsupported,
    }),
    compat: update,
    allowNullValues: unsupported,
    atomic: unsupported,
    cleanupOnFail: unsupported,
    dependencyUpdate: unsupported,
    description: unsupported,
    devel: unsupported,
    disableCRDHooks: unsupported,
    disableOpenapiValidation: unsupported,
    disableWebhooks: unsupported,
    forceUpdate: unsupported,
    keyring: unsupported,
    lint: unsupported,
    manifest: unsupported,
    maxHistory: unsupported,
    postrender: unsupported,
    recreatePods: unsupported,
    renderSubchartNotes: unsupported,
    replace: unsupported,
    resetValues: unsupported,
    resourceNames: unsupported,
    reuseValues: unsupported,
    takeOwnership: unsupported,
    valueYamlFiles: unsupported,
    verify: unsupported,
    waitForJobs: unsupported,
  },
  naming: { property: "name", maxLength: 53, lowerCase: true },
  defaults: { namespace: "default" },
  volatile: ["status"],
  create: async (cluster, inputs, created) => {
    await install(cluster, inputs);
    created(`${inputs.namespace ?? "default"}/${inputs.name ?? ""}`);
  },
  read: async (cluster, id) => {
    const [namespace = "default", name = ""] = id.split("/");
    const found = await metadataOf(cluster, namespace, name);
    if (found === undefined) return undefined;
    const { revision, status, chart, version, appVersion } = found;
    return { name, namespace, status: { name, namespace, revision, status, chart, version, appVersion } };
  },
  update: (cluster, _id, inputs) => install(cluster, inputs),
  remove: async (cluster, id) => {
    const [namespace = "default", name = ""] = id.split("/");
    await helm(cluster, ["uninstall", name, "--namespace", namespace, "--ignore-not-found", "--timeout", "60s"]);
  },
});

async function install(cluster: Cluster, inputs: Plain<ReleaseArgs>): Promise<void> {
  const { name = "", namespace = "default", values, skipCrds, timeout, createNamespace, repositoryOpts } = inputs;
  const { chart, version } = await reachableChart(inputs.chart, inputs.version);
  await inFolder(async (folder) => {
    const file = join(folder, "values.json");
    await writeFile(file, JSON.stringify(values ?? {}));
    await helm(cluster, [
      ...["upgrade", name, chart, "--install", "--namespace", namespace, "--values", file],
      ...(version === undefined ? [] : ["--version", version]),
      ...(skipCrds === true ? ["--skip-crds"] : []),
      ...(createNamespace === true ? ["--create-namespace"] : []),
      ...(repositoryOpts?.repo === undefined ? [] : ["--repo", repositoryOpts.repo]),
      ...["--timeout", `${timeout ?? 300}s`],
    ]);
  });
}

async function metadataOf(cluster: Cluster, namespace: string, name: string): Promise<HelmMetadata | undefined> {
  try {
    const printed = await helm(cluster, ["get", "metadata", name, "--namespace", namespace, "--output", "json"]);
    return JSON.parse(printed) as HelmMetadata;
  } catch (error) {
    if (String(error).includes("release: not found")) return undefined;
    throw error;
  }
}

async function helm(cluster: Cluster, args: readonly string[]): Promise<string> {
  return inFolder(async (folder) => {
    const kubeconfig = join(folder, "kubeconfig");
    await writeFile(kubeconfig, cluster.kubeconfig, { mode: 0o600 });
    try {
      const { stdout } = await run("helm", [...args], {
        env: { ...process.env, KUBECONFIG: kubeconfig },
        maxBuffer: 256 * 1024 * 1024,
      });
      return stdout;
    } catch (error) {
      const { code, stderr } = error as { readonly code?: unknown; readonly stderr?: string };
      if (code === "ENOENT")
        throw new Error("the helm program is not on PATH: run 'tools/build helm' in the repository", { cause: error });
      throw new Error(`helm ${args.slice(0, 2).join(" ")}: ${(stderr ?? String(error)).trim()}`, { cause: error });
    }
  });
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "helm-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
