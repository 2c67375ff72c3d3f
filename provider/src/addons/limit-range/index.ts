/** Default resource requests of containers in the default namespace. */
import type { ChannelAddon } from "../addon";
import { object } from "../objects/builders";

const limits = [{ defaultRequest: { cpu: "100m" }, type: "Container" }];

export const limitRange: ChannelAddon = {
  name: "limit-range.addons.k8s.io",
  objects: () => [object("v1", "LimitRange", { name: "limits", namespace: "default" }, { spec: { limits } })],
};
