import { paginateDescribeAutoScalingGroups } from "@aws-sdk/client-auto-scaling";
import { all, ofNothing, only, text, unlessAbsent, type Finder, type Finders, type Place } from "./found";

/** What instances are started by. All have names. */
export function instanceFinders({ aws: { autoscaling, ec2 } }: Place): Finders {
  const launchTemplate: Finder = async (inputs) => {
    const name = text(inputs, "name") ?? "";
    const answer = await unlessAbsent(ec2.describeLaunchTemplates({ LaunchTemplateNames: [name] }));
    return only(answer?.LaunchTemplates ?? [], `launch template ${name}`, ({ LaunchTemplateId = "" }) => ({
      id: LaunchTemplateId,
    }));
  };

  const group: Finder = async (inputs) => {
    const name = text(inputs, "name") ?? "";
    const pages = paginateDescribeAutoScalingGroups({ client: autoscaling }, { AutoScalingGroupNames: [name] });
    const found = await all(pages, ({ AutoScalingGroups }) => AutoScalingGroups);
    return only(found, `Auto Scaling group ${name}`, ({ AutoScalingGroupARN: arn }) => ({
      id: name,
      outputs: { arn },
    }));
  };

  const lifecycleHook: Finder = async (inputs) => {
    const name = text(inputs, "name") ?? "";
    const AutoScalingGroupName = text(inputs, "autoscalingGroupName");
    if (AutoScalingGroupName === undefined) return ofNothing;
    const asked = { AutoScalingGroupName, LifecycleHookNames: [name] };
    const { LifecycleHooks = [] } = await autoscaling.describeLifecycleHooks(asked);
    return only(LifecycleHooks, `lifecycle hook ${name} of ${AutoScalingGroupName}`, () => ({
      id: name,
      importId: `${AutoScalingGroupName}/${name}`,
    }));
  };

  return {
    "aws:ec2/launchTemplate:LaunchTemplate": launchTemplate,
    "aws:autoscaling/group:Group": group,
    "aws:autoscaling/lifecycleHook:LifecycleHook": lifecycleHook,
  };
}
