import {
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypesCommand,
  DescribeVolumesCommand,
  EC2Client,
  type EC2ClientConfig,
  type Filter,
  type Instance,
} from "@aws-sdk/client-ec2";
import type { InstanceFacts } from "../services/metadata";
import type { Surroundings } from "./machine";

/** What EC2 says of an instance now. */
export interface SeenInstance {
  readonly facts: InstanceFacts;
  readonly tags: Readonly<Record<string, string>>;
  /** `spot`, where it is one. */
  readonly lifecycle?: string;
  /** ARN of its instance profile. */
  readonly profile?: string;
}

export interface Capacity {
  readonly cpu: number;
  readonly memoryMiB: number;
}

/** The simulated EC2. */
export class Ec2 {
  private readonly client: EC2Client;

  constructor(
    private readonly around: Pick<Surroundings, "awsUrl" | "region">,
    credentials: EC2ClientConfig["credentials"] & object,
  ) {
    this.client = new EC2Client({ endpoint: around.awsUrl, region: around.region, credentials, maxAttempts: 2 });
  }

  /** Instances that are switched on. */
  async instances(): Promise<SeenInstance[]> {
    const found: SeenInstance[] = [];
    let token: string | undefined;
    do {
      const page = await this.client.send(new DescribeInstancesCommand({ NextToken: token }));
      for (const reservation of page.Reservations ?? []) {
        for (const instance of reservation.Instances ?? []) {
          const state = instance.State?.Name;
          if (state === "running" || state === "pending")
            found.push(this.seen(instance, reservation.OwnerId ?? "123456789012"));
        }
      }
      token = page.NextToken;
    } while (token !== undefined);
    return found;
  }

  private seen(instance: Instance, accountId: string): SeenInstance {
    const facts: InstanceFacts = {
      instanceId: instance.InstanceId ?? "",
      accountId,
      region: this.around.region,
      zone: instance.Placement?.AvailabilityZone ?? "",
      instanceType: instance.InstanceType ?? "",
      imageId: instance.ImageId ?? "",
      architecture: instance.Architecture === "arm64" ? "arm64" : "x86_64",
      privateIp: instance.PrivateIpAddress ?? "",
      mac: instance.NetworkInterfaces?.[0]?.MacAddress ?? "02:00:00:00:00:02",
    };
    const tags = Object.fromEntries((instance.Tags ?? []).map((tag) => [tag.Key ?? "", tag.Value ?? ""]));
    return {
      facts,
      tags,
      ...(instance.IamInstanceProfile?.Arn === undefined ? {} : { profile: instance.IamInstanceProfile.Arn }),
      ...(instance.InstanceLifecycle === undefined ? {} : { lifecycle: instance.InstanceLifecycle }),
    };
  }

  async userData(instanceId: string): Promise<Buffer> {
    const asked = await this.client.send(
      new DescribeInstanceAttributeCommand({ InstanceId: instanceId, Attribute: "userData" }),
    );
    return Buffer.from(asked.UserData?.Value ?? "", "base64");
  }

  async capacity(instanceType: string): Promise<Capacity> {
    const asked = await this.client.send(new DescribeInstanceTypesCommand({ InstanceTypes: [instanceType as never] }));
    const [type] = asked.InstanceTypes ?? [];
    return { cpu: type?.VCpuInfo?.DefaultVCpus ?? 2, memoryMiB: type?.MemoryInfo?.SizeInMiB ?? 4096 };
  }

  /** The first volume of a zone with these tags. */
  async volume(
    zone: string,
    tags: readonly { readonly name: string; readonly value?: string }[],
  ): Promise<string | undefined> {
    const byTag = tags.map(({ name, value }): Filter =>
      value === undefined ? { Name: "tag-key", Values: [name] } : { Name: `tag:${name}`, Values: [value] },
    );
    const asked = await this.client.send(
      new DescribeVolumesCommand({ Filters: [{ Name: "availability-zone", Values: [zone] }, ...byTag] }),
    );
    return (asked.Volumes ?? []).map((each) => each.VolumeId ?? "").sort()[0];
  }
}
