/** Builders of RBAC objects. */
import { object, type KubernetesObject, type ObjectMeta } from "./builders";

const apiGroup = "rbac.authorization.k8s.io";
const apiVersion = `${apiGroup}/v1`;

export type PolicyRule = ResourceRule | UrlRule;

interface ResourceRule {
  readonly apiGroups: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** For paths of the API that are no resources. */
interface UrlRule {
  readonly nonResourceURLs: readonly string[];
  readonly verbs: readonly string[];
}

export interface Subject {
  readonly apiGroup?: string;
  readonly kind: "ServiceAccount" | "User";
  readonly name: string;
  readonly namespace?: string;
}

/** A rule in one line: each list is written as words with spaces between. `""` is the core group. */
export function rule(groups: string | readonly string[], resources: string, verbs: string, names?: string): PolicyRule {
  return {
    apiGroups: typeof groups === "string" ? [groups] : groups,
    resources: resources.split(" "),
    verbs: verbs.split(" "),
    ...(names === undefined ? {} : { resourceNames: names.split(" ") }),
  };
}

/** As `rule`. */
export function urlRule(urls: string, verbs: string): PolicyRule {
  return { nonResourceURLs: urls.split(" "), verbs: verbs.split(" ") };
}

export function clusterRole(metadata: ObjectMeta, rules: readonly PolicyRule[]): KubernetesObject {
  return object(apiVersion, "ClusterRole", metadata, { rules });
}

export function role(metadata: ObjectMeta, rules: readonly PolicyRule[]): KubernetesObject {
  return object(apiVersion, "Role", metadata, { rules });
}

export function clusterRoleBinding(metadata: ObjectMeta, roleName: string, subject: Subject): KubernetesObject {
  const roleRef = { apiGroup, kind: "ClusterRole", name: roleName };
  return object(apiVersion, "ClusterRoleBinding", metadata, { roleRef, subjects: [subject] });
}

export function roleBinding(metadata: ObjectMeta, roleName: string, subject: Subject): KubernetesObject {
  const roleRef = { apiGroup, kind: "Role", name: roleName };
  return object(apiVersion, "RoleBinding", metadata, { roleRef, subjects: [subject] });
}

export function serviceAccountSubject(name: string, namespace: string): Subject {
  return { kind: "ServiceAccount", name, namespace };
}

export function userSubject(name: string): Subject {
  return { apiGroup, kind: "User", name };
}
