/** Effects of changes on the Karpenter controller. Nodes run on while it restarts. */
import { type ChangeRow, rollsAll, row, type Stop } from "../effects";
import { karpenterDisabled, karpenterPath, karpenterRemoved } from "../stops/nodeGroups";
import { karpenterMinorDown } from "../stops/versions";

const upgraded = (input: string, why = "the Helm release is upgraded", ...stops: readonly Stop[]): ChangeRow =>
  row(`karpenter.${input}`, "in place", why, ...stops);

export const karpenterRows: readonly ChangeRow[] = [
  row(
    karpenterPath,
    rollsAll,
    "instances get the tag by which kOps's node termination handler knows them, or lose it",
    karpenterDisabled,
  ),
  row("karpenter.install", "in place", "turning it on installs the charts, node classes and pools", karpenterRemoved),
  upgraded("version", "the CRDs are upgraded first, then the controller", karpenterMinorDown),
  upgraded("chart"),
  upgraded("crdChart"),
  upgraded("values"),
  upgraded("replicas"),
  upgraded("resources.requests"),
  upgraded("resources.limits"),
  upgraded("logLevel"),
  upgraded("featureGates"),
  upgraded("interruptionHandling", "the queue and its rules are created or deleted"),
  row("karpenter.policy", "in place", "the inline policy of the controller's role is written anew"),
  row("karpenter.deleteCrds", "none", "it only decides what a destroy deletes"),
];
