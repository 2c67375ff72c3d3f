import type * as pulumi from "@pulumi/pulumi";
import { Group, type GroupArgs } from "@pulumi/aws/autoscaling/group";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate";
import type { AutoscalingGroupRow, LaunchTemplateRow } from "../../plan/autoscaling";
import type { Firewall } from "../parts/firewall";
import type { Iam } from "../parts/iam";
import { requireRef } from "./references";
import type { Network } from "../parts/network";
import type { Scope } from "../parts/clusterChild";

/** What instances start in. */
export interface InstanceArgs {
  readonly network: Network;
  readonly firewall: Firewall;
  readonly iam: Iam;
}

export function launchTemplate(
  scope: Scope,
  { firewall, iam }: InstanceArgs,
  row: LaunchTemplateRow,
  keyName: pulumi.Output<string> | undefined,
  userData: pulumi.Output<string> | undefined,
): LaunchTemplate {
  const image = scope.answers.image(row.image);
  const securityGroups = [...row.securityGroups.map((group) => firewall.id(group)), ...row.additionalSecurityGroupIds];
  return new LaunchTemplate(
    scope.childName(row.key),
    {
      ...row.args,
      imageId: image.id,
      iamInstanceProfile: { name: iam.profileName(row.instanceProfile) },
      keyName,
      blockDeviceMappings: [{ deviceName: image.rootDeviceName, ebs: row.rootVolume }, ...row.volumes],
      networkInterfaces: [{ ...row.networkInterface, securityGroups }],
      userData: userData?.apply((text) => Buffer.from(text, "utf8").toString("base64")),
    },
    scope.child,
  );
}

export function autoscalingGroup(
  scope: Scope,
  { network, firewall, iam }: InstanceArgs,
  row: AutoscalingGroupRow,
  template: LaunchTemplate,
  targetGroupArns: readonly pulumi.Output<string>[],
  dependsOn: readonly pulumi.Resource[],
): Group {
  return new Group(
    scope.childName(row.key),
    {
      ...row.args,
      ...launched(row, template),
      vpcZoneIdentifiers: row.subnets.map((subnet) => requireRef(network.subnetIds, subnet)),
      targetGroupArns: [...targetGroupArns, ...row.targetGroupArns],
    },
    { ...scope.child, dependsOn: [...network.routes, ...firewall.rules, ...iam.policies, ...dependsOn] },
  );
}

/** What a group launches: instances as the template says, or of other types besides. */
function launched(
  { launchTemplate: { version }, mixedInstances }: AutoscalingGroupRow,
  { id }: LaunchTemplate,
): Pick<GroupArgs, "launchTemplate" | "mixedInstancesPolicy"> {
  if (mixedInstances === undefined) return { launchTemplate: { version, id } };
  const { overrides, instancesDistribution } = mixedInstances;
  return {
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: id, version },
        overrides: [...overrides],
      },
      instancesDistribution,
    },
  };
}
