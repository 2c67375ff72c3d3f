import * as pulumi from "@pulumi/pulumi";
import { Group } from "@pulumi/aws/autoscaling/group";
import type { Metric } from "@pulumi/aws/types/enums/autoscaling";
import { Volume } from "@pulumi/aws/ebs/volume";
import { KeyPair } from "@pulumi/aws/ec2/keyPair";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate";
import { controlPlaneRows } from "../plan/controlPlane";
import { volumeRows } from "../plan/etcd";
import type { AutoscalingGroupRow, KeyPairRow, LaunchTemplateRow, VolumeRow } from "../plan/rows";
import type { ApiLoadBalancer } from "./apiLoadBalancer";
import type { Firewall } from "./firewall";
import type { Iam } from "./iam";
import { resolveImage } from "./images";
import { lateInput, requireRef } from "./lookup";
import type { Network } from "./network";
import { Part, type ClusterContext } from "./part";

export interface ControlPlaneArgs {
  readonly network: Network;
  readonly firewall: Firewall;
  readonly iam: Iam;
  readonly apiLoadBalancer: ApiLoadBalancer;
  /** Text of each group's user data, by group name. */
  readonly userData: (group: string) => pulumi.Output<string>;
  /** What must be there before an instance starts: it reads the state store at once. */
  readonly dependsOn: readonly pulumi.Resource[];
}

/** The control-plane nodes: etcd volumes, launch templates and one Auto Scaling group per zone. */
export class ControlPlane extends Part {
  /** Names of the Auto Scaling groups, by instance group. */
  readonly groupNames: Readonly<Record<string, pulumi.Output<string>>>;
  readonly groups: readonly pulumi.Resource[];

  constructor(
    context: ClusterContext,
    private readonly args: ControlPlaneArgs,
  ) {
    super("control-plane", context);
    const rows = controlPlaneRows(context.cluster);
    const volumes = volumeRows(context.cluster).map((row) => this.volume(row));
    const keyPair = rows.keyPair === undefined ? undefined : this.keyPair(rows.keyPair);
    const templates = Object.fromEntries(
      rows.launchTemplates.map((row) => [row.ref, this.launchTemplate(row, keyPair)]),
    );
    const groups = rows.autoscalingGroups.map(
      (row) => [row.ref, this.autoscalingGroup(row, requireRef(templates, row.ref), volumes)] as const,
    );
    this.groupNames = Object.fromEntries(groups.map(([ref, group]) => [ref, group.name]));
    this.groups = groups.map(([, group]) => group);
    this.registerOutputs({ groupNames: this.groupNames });
  }

  private volume(row: VolumeRow): Volume {
    return new Volume(
      this.childName(row.key),
      {
        availabilityZone: row.availabilityZone,
        size: row.size,
        type: row.type,
        encrypted: row.encrypted,
        ...defined({ iops: row.iops, throughput: row.throughput }),
        ...(row.kmsKeyId === undefined ? {} : { kmsKeyId: lateInput(row.kmsKeyId) }),
        tags: row.tags,
      },
      this.child,
    );
  }

  private keyPair(row: KeyPairRow): KeyPair {
    const publicKey = pulumi.output(lateInput(row.publicKey));
    return new KeyPair(
      this.childName(row.key),
      { keyName: publicKey.apply((key) => row.name(key)), publicKey, tags: row.tags },
      this.child,
    );
  }

  private launchTemplate(row: LaunchTemplateRow, keyPair: KeyPair | undefined): LaunchTemplate {
    const { networkInterface, metadataOptions } = row;
    const image = resolveImage(row.image, { parent: this });
    return new LaunchTemplate(
      this.childName(row.key),
      {
        name: row.name,
        imageId: image.id,
        instanceType: row.instanceType,
        iamInstanceProfile: { name: this.args.iam.profileName(row.instanceProfile) },
        ...(keyPair === undefined ? {} : { keyName: keyPair.keyName }),
        blockDeviceMappings: [{ deviceName: image.rootDeviceName, ebs: rootVolume(row) }],
        metadataOptions: { httpEndpoint: "enabled", ...metadataOptions },
        monitoring: { enabled: row.monitoring },
        networkInterfaces: [
          {
            associatePublicIpAddress: String(networkInterface.associatePublicIpAddress),
            deleteOnTermination: String(networkInterface.deleteOnTermination),
            deviceIndex: networkInterface.deviceIndex,
            ipv6AddressCount: networkInterface.ipv6AddressCount,
            securityGroups: [
              ...networkInterface.securityGroups.map((group) => this.args.firewall.id(group)),
              ...networkInterface.additionalSecurityGroupIds.map(lateInput),
            ],
          },
        ],
        tagSpecifications: row.taggedResourceTypes.map((resourceType) => ({ resourceType, tags: row.instanceTags })),
        userData: this.args.userData(row.ref).apply((text) => Buffer.from(text, "utf8").toString("base64")),
        updateDefaultVersion: false,
        tags: row.tags,
      },
      this.child,
    );
  }

  private autoscalingGroup(row: AutoscalingGroupRow, template: LaunchTemplate, volumes: readonly Volume[]): Group {
    const { args } = this;
    return new Group(
      this.childName(row.key),
      {
        name: row.name,
        minSize: row.minSize,
        maxSize: row.maxSize,
        launchTemplate: { id: template.id, version: row.launchTemplateVersion },
        vpcZoneIdentifiers: row.subnets.map((subnet) => requireRef(args.network.subnetIds, subnet)),
        targetGroupArns: row.targetGroups.map((group) => args.apiLoadBalancer.targetGroupArn(group)),
        enabledMetrics: [...row.enabledMetrics] as Metric[],
        metricsGranularity: row.metricsGranularity,
        suspendedProcesses: [...row.suspendedProcesses],
        protectFromScaleIn: row.protectFromScaleIn,
        tags: Object.entries(row.tags).map(([key, value]) => ({
          key,
          value,
          propagateAtLaunch: row.propagateTagsAtLaunch,
        })),
      },
      {
        ...this.child,
        dependsOn: [
          ...volumes,
          ...args.network.routes,
          ...args.firewall.rules,
          ...args.iam.policies,
          ...args.apiLoadBalancer.listeners,
          ...args.dependsOn,
        ],
      },
    );
  }
}

function rootVolume({ rootVolume: volume }: LaunchTemplateRow) {
  return {
    volumeSize: volume.size,
    volumeType: volume.type,
    encrypted: String(volume.encrypted),
    deleteOnTermination: String(volume.deleteOnTermination),
    ...defined({ iops: volume.iops, throughput: volume.throughput }),
    ...(volume.kmsKeyId === undefined ? {} : { kmsKeyId: lateInput(volume.kmsKeyId) }),
  };
}

/** The entries that have a value; resources tell an absent property from an undefined one in their types. */
function defined<T extends Record<string, number | undefined>>(entries: T): { [Key in keyof T]?: number } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: number;
  };
}
