/** Pulumi type tokens. Part of every resource's URN: a change replaces what users have. */
export const clusterToken = "kops-karpenter:index:KopsKarpenterCluster";

/** The token of a child component, which groups resources in the tree and has no schema of its own. */
export function childToken(kind: string): string {
  return `kops-karpenter:cluster:${kind}`;
}

export const rollToken = "kops-karpenter:index:ControlPlaneRoll";
export const workerRollToken = "kops-karpenter:index:WorkerRoll";
/** What ControlPlaneRoll was in stacks of earlier releases: only the wait for the API. */
export const formerRollToken = "kops-karpenter:index:ApiReadiness";
export const machinesToken = "kops-karpenter:index:KarpenterMachines";
export const validationToken = "kops-karpenter:index:ClusterValidation";
export const guardToken = "kops-karpenter:index:ClusterGuard";
export const etcdBackupsToken = "kops-karpenter:index:EtcdBackups";
export const deletionProtectionToken = "kops-karpenter:index:DeletionProtection";
