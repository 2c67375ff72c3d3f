import { paginateDescribeListeners } from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  all,
  count,
  ofNothing,
  oncePer,
  only,
  text,
  unlessAbsent,
  type Finder,
  type Finders,
  type Place,
} from "./found";

export function loadBalancerFinders({ aws: { elb } }: Place): Finders {
  const listeners = oncePer((LoadBalancerArn) =>
    all(paginateDescribeListeners({ client: elb }, { LoadBalancerArn }), ({ Listeners }) => Listeners),
  );

  const loadBalancer: Finder = async (inputs) => {
    const name = text(inputs, "name") ?? "";
    const answer = await unlessAbsent(elb.describeLoadBalancers({ Names: [name] }));
    return only(
      answer?.LoadBalancers ?? [],
      `load balancer ${name}`,
      ({ LoadBalancerArn: arn = "", DNSName: dnsName, CanonicalHostedZoneId: zoneId }) => ({
        id: arn,
        outputs: { arn, dnsName, zoneId },
      }),
    );
  };

  const targetGroup: Finder = async (inputs) => {
    const name = text(inputs, "name") ?? "";
    const answer = await unlessAbsent(elb.describeTargetGroups({ Names: [name] }));
    return only(answer?.TargetGroups ?? [], `target group ${name}`, ({ TargetGroupArn: arn = "" }) => ({
      id: arn,
      outputs: { arn },
    }));
  };

  const listener: Finder = async (inputs) => {
    const balancer = text(inputs, "loadBalancerArn");
    const port = count(inputs, "port");
    if (balancer === undefined) return ofNothing;
    const found = (await listeners(balancer)).filter(({ Port }) => Port === port);
    return only(found, `listener of ${balancer} on port ${String(port)}`, ({ ListenerArn: arn = "" }) => ({
      id: arn,
      outputs: { arn },
    }));
  };

  return {
    "aws:lb/loadBalancer:LoadBalancer": loadBalancer,
    "aws:lb/targetGroup:TargetGroup": targetGroup,
    "aws:lb/listener:Listener": listener,
  };
}
