import type * as pulumi from "@pulumi/pulumi";
import { Group } from "@pulumi/aws/autoscaling/group";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate";
import type { Metric } from "@pulumi/aws/types/enums/autoscaling";
import type { AutoscalingGroupRow, LaunchTemplateRow } from "../../plan/rows";
import type { Firewall } from "../parts/firewall";
import type { Iam } from "../parts/iam";
import { resolveImage } from "./images";
import { defined, requireRef } from "./lookup";
import type { Network } from "../parts/network";
import type { Scope } from "../parts/part";

/** What machines are made from. */
export interface MachineArgs {
  readonly network: Network;
  readonly firewall: Firewall;
  readonly iam: Iam;
}

export function launchTemplate(
  scope: Scope,
  { firewall, iam }: MachineArgs,
  row: LaunchTemplateRow,
  keyName: pulumi.Output<string> | undefined,
  userData: pulumi.Output<string> | undefined,
): LaunchTemplate {
  const { networkInterface, metadataOptions } = row;
  const image = resolveImage(row.image, scope.child);
  return new LaunchTemplate(
    scope.childName(row.key),
    {
      name: row.name,
      imageId: image.id,
      instanceType: row.instanceType,
      iamInstanceProfile: { name: iam.profileName(row.instanceProfile) },
      ...(keyName === undefined ? {} : { keyName }),
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
            ...networkInterface.securityGroups.map((group) => firewall.id(group)),
            ...networkInterface.additionalSecurityGroupIds,
          ],
        },
      ],
      tagSpecifications: row.taggedResourceTypes.map((resourceType) => ({ resourceType, tags: row.instanceTags })),
      ...(userData === undefined
        ? {}
        : { userData: userData.apply((text) => Buffer.from(text, "utf8").toString("base64")) }),
      updateDefaultVersion: false,
      tags: row.tags,
    },
    scope.child,
  );
}

export function autoscalingGroup(
  scope: Scope,
  { network, firewall, iam }: MachineArgs,
  row: AutoscalingGroupRow,
  template: LaunchTemplate,
  targetGroupArns: readonly pulumi.Output<string>[],
  dependsOn: readonly pulumi.Resource[],
): Group {
  return new Group(
    scope.childName(row.key),
    {
      name: row.name,
      minSize: row.minSize,
      maxSize: row.maxSize,
      launchTemplate: { id: template.id, version: row.launchTemplateVersion },
      vpcZoneIdentifiers: row.subnets.map((subnet) => requireRef(network.subnetIds, subnet)),
      targetGroupArns: [...targetGroupArns],
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
    { ...scope.child, dependsOn: [...network.routes, ...firewall.rules, ...iam.policies, ...dependsOn] },
  );
}

function rootVolume({ rootVolume: volume }: LaunchTemplateRow) {
  return {
    volumeSize: volume.size,
    volumeType: volume.type,
    encrypted: String(volume.encrypted),
    deleteOnTermination: String(volume.deleteOnTermination),
    ...defined({ iops: volume.iops, throughput: volume.throughput }),
    ...(volume.kmsKeyId === undefined ? {} : { kmsKeyId: volume.kmsKeyId }),
  };
}
