import * as fs from "node:fs";
import * as path from "node:path";
import {
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypesCommand,
  DescribeVolumesCommand,
  EC2Client,
  type EC2ClientConfig,
  type Filter,
  type Instance,
  type Tag,
} from "@aws-sdk/client-ec2";
import type { InstanceFacts } from "../services/metadata";
import type { Surroundings } from "./machine";

/** What EC2 says of an instance now. */
export interface SeenInstance {
  readonly facts: InstanceFacts;
  readonly tags: Readonly<Record<string, string>>;
  readonly vpcId: string;
  /** `spot`, where it is one. */
  readonly lifecycle?: string;
  /** ARN of its instance profile. */
  readonly profile?: string;
}

export interface SeenVolume {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A tag to look for; without a value, any. */
export interface VolumeTag {
  readonly name: string;
  readonly value?: string;
}

export interface Capacity {
  readonly cpu: number;
  readonly memoryMiB: number;
}

/** Whoever waits for an answer for ever stops the whole local cloud. */
export const requestHandler = { connectionTimeout: 5000, requestTimeout: 30_000, throwOnRequestTimeout: true };

/** A change that no call has made, if there is one, is seen after this time, in milliseconds. */
const LOOK_AGAIN = 10_000;

/** The simulated EC2. */
export class Ec2 {
  private readonly client: EC2Client;
  private last:
    { readonly changes: number; readonly at: number; readonly instances: readonly SeenInstance[] } | undefined;

  constructor(
    private readonly around: Pick<Surroundings, "awsUrl" | "region" | "folder">,
    credentials: EC2ClientConfig["credentials"] & object,
  ) {
    const { awsUrl: endpoint, region } = around;
    this.client = new EC2Client({ endpoint, region, credentials, maxAttempts: 2, requestHandler });
  }

  /** Instances that are switched on. EC2 is asked only where a call may have changed something since the last time. */
  async instances(): Promise<readonly SeenInstance[]> {
    const [changes, at] = [this.changes(), Date.now()];
    if (this.last?.changes !== changes || at - this.last.at > LOOK_AGAIN) {
      this.last = { changes, at, instances: await this.switchedOn() };
    }
    return this.last.instances;
  }

  /** How many calls may have changed something (aws/changes.py). */
  private changes(): number {
    return fs.statSync(path.join(this.around.folder, "run", "aws.changes")).size;
  }

  private async switchedOn(): Promise<SeenInstance[]> {
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
    return {
      facts,
      tags: tagMap(instance.Tags),
      vpcId: instance.VpcId ?? "",
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

  /** Volumes with these tags, by id; of one zone or of all. */
  async volumes(tags: readonly VolumeTag[], zone?: string): Promise<SeenVolume[]> {
    const byTag = tags.map(({ name, value }): Filter =>
      value === undefined ? { Name: "tag-key", Values: [name] } : { Name: `tag:${name}`, Values: [value] },
    );
    const byZone = zone === undefined ? [] : [{ Name: "availability-zone", Values: [zone] }];
    const asked = await this.client.send(new DescribeVolumesCommand({ Filters: [...byZone, ...byTag] }));
    const found = (asked.Volumes ?? []).map(({ VolumeId, Tags }) => ({ id: VolumeId ?? "", tags: tagMap(Tags) }));
    return found.sort((one, other) => (one.id < other.id ? -1 : 1));
  }
}

function tagMap(tags: readonly Tag[] | undefined): Record<string, string> {
  return Object.fromEntries((tags ?? []).map((tag) => [tag.Key ?? "", tag.Value ?? ""]));
}
