import type { EC2Client, Instance } from "@aws-sdk/client-ec2";
import { failure, isGone } from "./ec2Failures";

/** kOps finds an instance by it that it detached, and the group that it was in (kops v1.36.2 upup/pkg/fi/cloudup/awsup/aws_cloud.go:111). */
const detachedFrom = "kops.k8s.io/detached-from-asg";

/** Instances that a roll has detached from their groups, and that run until they are drained. */
export class DetachedInstances {
  constructor(
    private readonly client: EC2Client,
    private readonly clusterName: string,
  ) {}

  /** Ids, by the name of the Auto Scaling group. */
  async find(groups: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const { paginateDescribeInstances } = await import("@aws-sdk/client-ec2");
    const Filters = [
      { Name: "tag:KubernetesCluster", Values: [this.clusterName] },
      { Name: "tag-key", Values: [detachedFrom] },
      { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] },
    ];
    const found: Instance[] = [];
    await call("DescribeInstances", async () => {
      for await (const { Reservations = [] } of paginateDescribeInstances({ client: this.client }, { Filters })) {
        found.push(...Reservations.flatMap(({ Instances = [] }) => Instances));
      }
    });
    const idsOf = (group: string): readonly string[] =>
      found
        .filter(({ Tags = [] }) => Tags.some(({ Key, Value }) => Key === detachedFrom && Value === group))
        .flatMap(({ InstanceId: id }) => id ?? []);
    return new Map(groups.map((group) => [group, idsOf(group)]));
  }

  async mark(id: string, group: string): Promise<void> {
    const { CreateTagsCommand } = await import("@aws-sdk/client-ec2");
    const command = new CreateTagsCommand({ Resources: [id], Tags: [{ Key: detachedFrom, Value: group }] });
    await call("CreateTags", () => this.client.send(command));
  }

  async terminate(ids: readonly string[]): Promise<void> {
    const { TerminateInstancesCommand } = await import("@aws-sdk/client-ec2");
    for (const id of ids) {
      await call("TerminateInstances", async () => {
        try {
          await this.client.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
        } catch (error) {
          if (!isGone(error)) throw error;
        }
      });
    }
  }
}

async function call(operation: string, send: () => Promise<unknown>): Promise<void> {
  try {
    await send();
  } catch (error) {
    throw failure(operation, error);
  }
}
