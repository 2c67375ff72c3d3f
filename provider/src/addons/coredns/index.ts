/** CoreDNS, and what scales it. */
import type { ChannelAddon } from "../addon";
import { corednsAutoscaler } from "./autoscaler";
import { corednsServer } from "./server";

export const coredns: ChannelAddon = {
  name: "coredns.addons.k8s.io",
  objects: (cluster) => [...corednsServer(cluster), ...corednsAutoscaler(cluster)],
};
