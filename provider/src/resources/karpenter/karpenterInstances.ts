import type { EC2Client } from "@aws-sdk/client-ec2";
import { described, failure, isAboutRequest, isGone } from "../aws/ec2Failures";
import type { Run } from "../operation/run";

/**
 * What Karpenter made in EC2 for one cluster: the instances that it launched, found by exact tags: the cluster's own and those that
 * Karpenter puts on everything it launches. A name that merely contains the cluster's never matches.
 */
export class KarpenterInstances {
  constructor(
    private readonly client: EC2Client,
    private readonly clusterName: string,
    private readonly run: Run,
  ) {}

  /** Ids of those that are not on their way out, and of those that are. */
  async find(): Promise<{ readonly alive: readonly string[]; readonly ending: readonly string[] }> {
    const { paginateDescribeInstances } = await import("@aws-sdk/client-ec2");
    const Filters = [
      ...this.ownTags,
      { Name: "tag-key", Values: ["karpenter.sh/nodepool"] },
      { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped", "shutting-down"] },
    ];
    const pages = await this.all("DescribeInstances", paginateDescribeInstances(this.config, { Filters }));
    const instances = pages.flatMap(({ Reservations = [] }) => Reservations.flatMap(({ Instances = [] }) => Instances));
    const ids = (isEnding: boolean): readonly string[] =>
      instances
        .filter(({ State }) => (State?.Name === "shutting-down") === isEnding)
        .flatMap(({ InstanceId: id }) => (id === undefined ? [] : [id]));
    return { alive: ids(false), ending: ids(true) };
  }

  /** Those that are gone by now count as terminated. */
  async terminate(ids: readonly string[]): Promise<void> {
    const { TerminateInstancesCommand } = await import("@aws-sdk/client-ec2");
    const send = (...InstanceIds: string[]) => this.client.send(new TerminateInstancesCommand({ InstanceIds }));
    await this.run.stillWanted(`terminating ${ids.join(", ")}`);
    try {
      await send(...ids);
    } catch (error) {
      if (!isAboutRequest(error)) {
        throw failure("TerminateInstances", error);
      }
      // EC2 terminates all of them or none, and one of them may be gone or protected.
      await this.each("TerminateInstances", ids, send);
    }
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
    const pages = await this.all("DescribeLaunchTemplates", paginateDescribeLaunchTemplates(this.config, { Filters }));
    const ids = pages.flatMap(({ LaunchTemplates = [] }) =>
      LaunchTemplates.flatMap(({ LaunchTemplateId: id }) => (id === undefined ? [] : [id])),
    );
    const send = (LaunchTemplateId: string) => this.client.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId }));
    await this.each("DeleteLaunchTemplate", ids, send);
    return ids.length;
  }

  /**
   * Deletes the network interfaces that the Amazon VPC CNI made and that no instance has, and says how many. kOps has it tag
   * them (addons/amazon-vpc/settings.ts).
   */
  async deleteInterfaces(): Promise<number> {
    const { DeleteNetworkInterfaceCommand, paginateDescribeNetworkInterfaces } = await import("@aws-sdk/client-ec2");
    const Filters = [...this.ownTags, { Name: "status", Values: ["available"] }];
    const pages = await this.all(
      "DescribeNetworkInterfaces",
      paginateDescribeNetworkInterfaces(this.config, { Filters }),
    );
    const ids = pages.flatMap(({ NetworkInterfaces = [] }) =>
      NetworkInterfaces.flatMap(({ NetworkInterfaceId: id }) => (id === undefined ? [] : [id])),
    );
    const send = (NetworkInterfaceId: string) =>
      this.client.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
    await this.each("DeleteNetworkInterface", ids, send);
    return ids.length;
  }

  private get ownTags() {
    return [
      { Name: "tag:KubernetesCluster", Values: [this.clusterName] },
      { Name: `tag:kubernetes.io/cluster/${this.clusterName}`, Values: ["owned"] },
    ];
  }

  private get config() {
    return { client: this.client };
  }

  private async all<Page>(operation: string, pages: AsyncIterable<Page>): Promise<readonly Page[]> {
    const all: Page[] = [];
    try {
      for await (const page of pages) all.push(page);
    } catch (error) {
      throw failure(operation, error);
    }
    return all;
  }

  /** Does all that can be done; fails with what could not. */
  private async each(operation: string, ids: readonly string[], send: (id: string) => Promise<unknown>): Promise<void> {
    const failures: string[] = [];
    for (const id of ids) {
      await this.run.stillWanted(`${operation} of ${id}`);
      try {
        await send(id);
      } catch (error) {
        if (!isGone(error)) failures.push(`${id}: ${described(error)}`);
      }
    }
    if (failures.length > 0) {
      const share = `${String(failures.length)} of ${String(ids.length)}`;
      throw new Error(`EC2 ${operation} failed for ${share}: ${failures.join("; ")}`);
    }
  }
}
