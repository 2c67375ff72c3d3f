import type { EC2Client } from "@aws-sdk/client-ec2";

/**
 * The EC2 instances that Karpenter launched for one cluster, found by exact tags: the cluster's own and those that
 * Karpenter puts on everything it launches. A name that merely contains the cluster's never matches.
 */
export class KarpenterInstances {
  constructor(
    private readonly client: EC2Client,
    private readonly clusterName: string,
  ) {}

  static async of(clusterName: string, region: string): Promise<KarpenterInstances> {
    // Loaded when a cluster goes, not when the plugin starts.
    const { EC2Client } = await import("@aws-sdk/client-ec2");
    return new KarpenterInstances(new EC2Client({ region, maxAttempts: 5 }), clusterName);
  }

  /** Ids of those that are not on their way out, and of those that are. */
  async find(): Promise<{ readonly alive: readonly string[]; readonly ending: readonly string[] }> {
    const { paginateDescribeInstances } = await import("@aws-sdk/client-ec2");
    const alive: string[] = [];
    const ending: string[] = [];
    const pages = paginateDescribeInstances(
      { client: this.client },
      {
        Filters: [
          { Name: "tag:KubernetesCluster", Values: [this.clusterName] },
          { Name: `tag:kubernetes.io/cluster/${this.clusterName}`, Values: ["owned"] },
          { Name: "tag-key", Values: ["karpenter.sh/nodepool"] },
          { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped", "shutting-down"] },
        ],
      },
    );
    for await (const page of pages) {
      for (const { InstanceId: id, State: state } of (page.Reservations ?? []).flatMap(
        ({ Instances }) => Instances ?? [],
      )) {
        if (id !== undefined) {
          (state?.Name === "shutting-down" ? ending : alive).push(id);
        }
      }
    }
    return { alive, ending };
  }

  async terminate(ids: readonly string[]): Promise<void> {
    const { TerminateInstancesCommand } = await import("@aws-sdk/client-ec2");
    await this.client.send(new TerminateInstancesCommand({ InstanceIds: [...ids] }));
  }
}
