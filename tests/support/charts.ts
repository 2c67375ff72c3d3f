/** Karpenter's charts as folders, from the Go module that its controller is built from. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { repository } from "./localCloud";

/** Inputs of the component for a machine that cannot reach the charts' registry. */
export function karpenterCharts(): { readonly chart: string; readonly crdChart: string } {
  const module = "github.com/aws/karpenter-provider-aws";
  const cwd = join(repository, "tools", "karpenter");
  const printed = execFileSync("go", ["mod", "download", "-json", module], { cwd, encoding: "utf8" });
  const { Dir } = JSON.parse(printed) as { readonly Dir: string };
  return { chart: join(Dir, "charts", "karpenter"), crdChart: join(Dir, "charts", "karpenter-crd") };
}
