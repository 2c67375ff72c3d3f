/** Pulumi type tokens. Part of every resource's URN: a change replaces what users have. */
export const clusterToken = "kops-karpenter:index:KopsKarpenterCluster";

/** The token of a part of the cluster; parts group their resources in the tree and have no schema of their own. */
export function partToken(part: string): string {
  return `kops-karpenter:cluster:${part}`;
}

export const readinessToken = "kops-karpenter:index:ApiReadiness";
export const machinesToken = "kops-karpenter:index:KarpenterMachines";
