import { clusterRoleBinding, userSubject } from "../objects/rbac";
import type { KubernetesObject } from "../objects/objects";

/** Lets the API server's client certificate use the kubelet's API. */
export function kubeletApiRbacObjects(): readonly KubernetesObject[] {
  return [
    clusterRoleBinding(
      { name: "kops:system:kubelet-api-admin" },
      "system:kubelet-api-admin",
      userSubject("kubelet-api"),
    ),
  ];
}
