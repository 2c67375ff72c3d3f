/** What a change of each input does to a running cluster: the one place that says it. */
import type { ChangeRow } from "../effects";
import { calicoRows } from "./calico";
import { ciliumRows } from "./cilium";
import { clusterRows } from "./cluster";
import { controlPlaneRows } from "./controlPlane";
import { karpenterRows } from "./karpenter";
import { networkRows } from "./network";
import { nodeGroupRows } from "./nodeGroups";
import { pkiRows } from "./pki";
import { specRows } from "./spec";

export const changeRows: readonly ChangeRow[] = [
  ...clusterRows,
  ...ciliumRows,
  ...calicoRows,
  ...networkRows,
  ...controlPlaneRows,
  ...nodeGroupRows,
  ...karpenterRows,
  ...pkiRows,
  ...specRows,
];
