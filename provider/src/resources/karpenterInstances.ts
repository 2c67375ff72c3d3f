import type { EC2Client } from "@aws-sdk/client-ec2";

/**
 * What Karpenter made in EC2 for one cluster: the instances that it launched, found by exact tags: the cluster's own and those that
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
  /**
   * Deletes the launch templates that Karpenter made, by its own tags on them, and says how many. A controller that works
   * does this when a node class goes (Karpenter v1.14.1 pkg/providers/launchtemplate/launchtemplate.go:500).
   */
  async deleteTemplates(): Promise<number> {
    const { DeleteLaunchTemplateCommand, paginateDescribeLaunchTemplates } = await import("@aws-sdk/client-ec2");
    const Filters = [
      { Name: "tag:eks:eks-cluster-name", Values: [this.clusterName] },
      { Name: "tag-key", Values: ["karpenter.k8s.aws/ec2nodeclass"] },
    ];
    const ids: string[] = [];
    for await (const page of paginateDescribeLaunchTemplates({ client: this.client }, { Filters })) {
      ids.push(...(page.LaunchTemplates ?? []).flatMap(({ LaunchTemplateId: id }) => (id === undefined ? [] : [id])));
    }
    for (const LaunchTemplateId of ids) {
      await this.client.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId }));
    }
    return ids.length;
  }
}
