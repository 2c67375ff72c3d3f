/** Programs in YAML can name only kinds that the schema has: these. Programs in other languages can name any. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  "apiextensions.k8s.io/v1": ["CustomResourceDefinition"],
  "apps/v1": ["DaemonSet", "Deployment", "StatefulSet"],
  "batch/v1": ["CronJob", "Job"],
  "core/v1": ["ConfigMap", "Namespace", "PersistentVolumeClaim", "Pod", "Secret", "Service", "ServiceAccount"],
  "networking.k8s.io/v1": ["Ingress", "NetworkPolicy"],
  "policy/v1": ["PodDisruptionBudget"],
  "rbac.authorization.k8s.io/v1": ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
};

/** By token, what the token says of the object. */
export const kindsForYaml = Object.fromEntries(
  Object.entries(kinds).flatMap(([group, names]) =>
    names.map((kind) => [`kubernetes:${group}:${kind}`, { apiVersion: group.replace(/^core\//, ""), kind }]),
  ),
);
