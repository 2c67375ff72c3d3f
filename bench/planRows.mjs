// Every row of the plan.
import { apiLoadBalancerRows } from "../dist/plan/apiLoadBalancer.js";
import { controlPlaneRows } from "../dist/plan/controlPlane.js";
import { volumeRows } from "../dist/plan/etcd.js";
import { firewallRows } from "../dist/plan/firewall.js";
import { iamRows } from "../dist/plan/iam.js";
import { interruptionRows } from "../dist/plan/interruption.js";
import { networkRows } from "../dist/plan/network.js";

const plans = [apiLoadBalancerRows, controlPlaneRows, volumeRows, firewallRows, iamRows, interruptionRows, networkRows];

export function planRows(cluster) {
  return plans.map((plan) => plan(cluster));
}
