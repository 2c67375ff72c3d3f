/** What is not a cluster's, wherever a cluster's things are: a destroy leaves it alone. */
import * as ec2 from "@aws-sdk/client-ec2";
import { CreateHostedZoneCommand, ListHostedZonesCommand, Route53Client } from "@aws-sdk/client-route-53";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { objects } from "../support/buckets";
import { inventory, type Inventory } from "../support/inventory";
import { awsSettings, type LocalCloud } from "../support/localCloud";

export class Strangers {
  private readonly client: ec2.EC2Client;
  private readonly files: readonly string[];
  private ids: readonly string[] = [];

  /** `folder`: of the cluster, in its state store. */
  constructor(
    private readonly cloud: LocalCloud,
    private readonly cluster: string,
    private readonly store: { readonly bucket: string; readonly folder: string },
  ) {
    this.client = new ec2.EC2Client(awsSettings(cloud));
    this.files = [`${store.folder}/notes.txt`, "notes.txt"];
  }

  async make(): Promise<void> {
    const store = new S3Client({ ...awsSettings(this.cloud), forcePathStyle: true });
    for (const Key of this.files) {
      await store.send(new PutObjectCommand({ Bucket: this.store.bucket, Key, Body: "of somebody" }));
    }
    await new Route53Client(awsSettings(this.cloud)).send(
      new CreateHostedZoneCommand({ Name: "example.com", CallerReference: "strangers" }),
    );
    await this.client.send(new ec2.CreateKeyPairCommand({ KeyName: "strangers" }));
    const group = await this.client.send(
      new ec2.CreateSecurityGroupCommand({ GroupName: "strangers", Description: "of somebody" }),
    );
    // The name of the cluster is a part of this one.
    const tags = { KubernetesCluster: `not-${this.cluster}`, "karpenter.sh/nodepool": "nodes" };
    this.ids = [group.GroupId ?? "", await this.instance(tags)];
  }

  /** An instance as Karpenter launches one for the cluster. */
  provisioned(): Promise<string> {
    return this.instance({
      KubernetesCluster: this.cluster,
      [`kubernetes.io/cluster/${this.cluster}`]: "owned",
      "karpenter.sh/nodepool": "nodes",
    });
  }

  /** What stands in the way of the cluster's deletion: a group that lets the cluster's nodes in, and an interface among them. */
  async obstruct(): Promise<() => Promise<void>> {
    const [nodes] = (await this.client.send(new ec2.DescribeSecurityGroupsCommand({ Filters: this.named("nodes") })))
      .SecurityGroups!;
    const group = { GroupName: "database", Description: "of somebody" };
    const { GroupId } = await this.client.send(new ec2.CreateSecurityGroupCommand(group));
    const IpPermissions = [{ IpProtocol: "-1", UserIdGroupPairs: [{ GroupId: nodes?.GroupId }] }];
    await this.client.send(new ec2.AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    const [subnet] = (await this.client.send(new ec2.DescribeSubnetsCommand({ Filters: this.named("us-east-1a") })))
      .Subnets!;
    const { NetworkInterface } = await this.client.send(
      new ec2.CreateNetworkInterfaceCommand({ SubnetId: subnet?.SubnetId }),
    );
    return async () => {
      await this.client.send(new ec2.RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
      const { NetworkInterfaceId } = NetworkInterface ?? {};
      await this.client.send(new ec2.DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
      await this.client.send(new ec2.DeleteSecurityGroupCommand({ GroupId }));
    };
  }

  /** Those that are there, and what other clusters have. */
  async left(): Promise<Inventory> {
    const [all, files, { HostedZones = [] }, { Tags = [] }] = await Promise.all([
      inventory(this.cloud),
      objects(this.cloud),
      new Route53Client(awsSettings(this.cloud)).send(new ListHostedZonesCommand({})),
      this.client.send(new ec2.DescribeTagsCommand({ Filters: [{ Name: "key", Values: ["KubernetesCluster"] }] })),
    ]);
    const own = this.files.map((file) => `${this.store.bucket}/${file} `);
    const { buckets = [], instances = [], "security groups": groups = [], "key pairs": keys = [] } = all;
    const named = [...(all["roles"] ?? []), ...(all["Auto Scaling groups"] ?? []), ...(all["queues"] ?? [])];
    return {
      buckets,
      keys: keys.filter((name) => !name.includes(`.${this.cluster}-`)),
      files: files.filter((file) => own.some((start) => file.startsWith(start))),
      zones: HostedZones.map(({ Name }) => Name ?? ""),
      ids: this.ids.filter((id) => instances.includes(id) || groups.includes(id)),
      tagged: Tags.filter(({ Value }) => Value !== this.cluster).map(({ ResourceId }) => ResourceId ?? ""),
      named: named.filter((name) => !name.includes(this.cluster) && !name.includes(this.cluster.replaceAll(".", "-"))),
    };
  }

  private async instance(tags: Readonly<Record<string, string>>): Promise<string> {
    const { Images = [] } = await this.client.send(new ec2.DescribeImagesCommand({ Owners: ["099720109477"] }));
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const { Instances = [] } = await this.client.send(
      new ec2.RunInstancesCommand({
        ImageId: Images[0]?.ImageId,
        MinCount: 1,
        MaxCount: 1,
        TagSpecifications: [{ ResourceType: "instance", Tags }],
      }),
    );
    return Instances[0]?.InstanceId ?? "";
  }

  private named(part: string): ec2.Filter[] {
    return [{ Name: "tag:Name", Values: [`${part}.${this.cluster}`] }];
  }
}
