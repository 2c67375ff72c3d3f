/**
 * Karpenter. kOps would list it in the channel; here it comes from its own charts, so that it can be upgraded apart
 * from kOps. Its service account and role are those of kOps.
 */
import type { CommonAddon } from "../addon";
import { kubeSystem } from "../objects/containers";
import { extraPolicies, karpenterPolicy } from "./policy";

export const karpenter = {
  name: "karpenter.sh",
  condition: ({ karpenter: { enabled } }) => enabled,
  serviceAccount: { name: "karpenter", namespace: kubeSystem, policy: karpenterPolicy, extraPolicies },
} satisfies CommonAddon;
