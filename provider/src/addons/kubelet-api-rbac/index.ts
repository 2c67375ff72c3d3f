/** Lets the API server's client certificate use the kubelet's API. */
import type { ChannelAddon } from "../addon";
import { clusterRoleBinding, userSubject } from "../objects/rbac";

export const kubeletApiRbac: ChannelAddon = {
  name: "kubelet-api.rbac.addons.k8s.io",
  objects: () => [
    clusterRoleBinding(
      { name: "kops:system:kubelet-api-admin" },
      "system:kubelet-api-admin",
      userSubject("kubelet-api"),
    ),
  ],
};
