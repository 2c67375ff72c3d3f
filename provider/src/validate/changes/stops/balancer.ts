/** Changes that move the API load balancer, whose addresses nodes and kubeconfigs hold. */
import { fitsBalancer } from "../../../model/balancerSubnets";
import { differs, type Stop } from "../effects";
import { showSome, without, type Recorded } from "../recorded";
import { balancerReplaced } from "./network";

/** Not an input: recorded where a zone has several subnets that the load balancer could have. */
export const balancerSubnetsPath = "api.loadBalancer.subnets";

/** The aws provider replaces a network load balancer that loses a subnet. A new subnet of a zone can take the place of another. */
export const balancerMoved: Stop = {
  effect: "needs acknowledgement",
  when: "if the API load balancer gets another subnet in a zone",
  find: (old, next) => {
    if (["region", "api.loadBalancer", "network.topology", "network.vpcId"].some((path) => differs(old, next, path))) {
      return [];
    }
    // Those that are removed have a message of their own.
    const lost = without(subnetsOf(old), subnetsOf(next)).filter((name) => next.part("network.subnets", name));
    return lost.length === 0
      ? []
      : [
          {
            path: "network.subnets",
            change: `API load balancer moved out of ${showSome(lost)}`,
            why: `kOps gives it one subnet in each zone: a utility subnet, else that of the control plane, else the first by name; ${balancerReplaced}`,
          },
        ];
  },
};

function subnetsOf(side: Recorded): readonly string[] {
  const chosen = side.list(balancerSubnetsPath);
  if (chosen.length > 0) return chosen;
  const scheme = side.text("api.loadBalancer") === "internal" ? "internal" : "public";
  return side
    .parts("network.subnets")
    .filter(([, { type }]) => fitsBalancer({ type: type as "Public" | "Private" | "Utility" }, scheme))
    .map(([name]) => name);
}
