import { etcdPorts } from "./ports";

/** What workers may not reach on the control plane: kops v1.36.2 pkg/model/awsmodel/firewall.go:112. */
export const controlPlaneOnlyTcpPorts: readonly number[] = [
  etcdPorts.main.peer,
  etcdPorts.events.peer,
  etcdPorts.main.client,
  etcdPorts.events.client,
];

export const anyIpv4 = "0.0.0.0/0";
export const anyIpv6 = "::/0";

/** Path-MTU discovery: ICMP type 3 (unreachable), code 4; for ICMPv6 kOps opens every type. */
export const pmtu = { icmpType: 3, icmpCode: 4, icmpv6: -1 } as const;

/** From TEST-NET-3: kops v1.36.2 upup/pkg/fi/cloudup/dns.go:35. */
export const placeholderRecord = { address: "203.0.113.123", ttl: 10 } as const;

/** The API's network load balancer: kops v1.36.2 pkg/model/awsmodel/api_loadbalancer.go:331. */
export const targetGroupSettings = {
  deregistrationDelay: 30,
  healthCheckInterval: 10,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
  kopsControllerHealthPath: "/healthz",
} as const;
