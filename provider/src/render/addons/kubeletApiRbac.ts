import { clusterRoleBinding, userSubject } from "./kubernetes/rbac";
import type { KubernetesObject } from "./kubernetes/objects";

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
