import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Karpenter's public registry, which the local cloud stands in for with the charts of the Go module that its controller is built from. */
const REGISTRY = "oci://public.ecr.aws/karpenter/";
const MODULE = "github.com/aws/karpenter-provider-aws";

let folder: Promise<string> | undefined;

/** What helm can install here: a chart of Karpenter's registry is taken from the module cache, anything else is left as it is. */
export async function reachableChart(
  chart: string,
  version: string | undefined,
): Promise<{ readonly chart: string; readonly version: string | undefined }> {
  if (!chart.startsWith(REGISTRY)) return { chart, version };
  folder ??= moduleFolder();
  const local = join(await folder, "charts", chart.slice(REGISTRY.length));
  const there = /^version: *(\S+)/m.exec(await readFile(join(local, "Chart.yaml"), "utf8"))?.[1];
  if (version !== undefined && version !== there)
    throw new Error(`the local cloud has version ${there ?? "?"} of the chart ${chart} only, not ${version}`);
  return { chart: local, version: undefined };
}

async function moduleFolder(): Promise<string> {
  // From dist/localcloud/plugins/kubernetes to the repository.
  const cwd = resolve(__dirname, "../../../../tools/karpenter");
  const { stdout } = await run("go", ["mod", "download", "-json", MODULE], { cwd });
  return (JSON.parse(stdout) as { readonly Dir: string }).Dir;
}
