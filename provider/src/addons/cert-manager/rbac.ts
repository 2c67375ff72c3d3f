/** Accounts of cert-manager's programs and what they may do. */
import type { UnwrappedCluster } from "../../model/cluster";
import { serviceAccount, type KubernetesObject } from "../objects/builders";
import { kubeSystem } from "../objects/containers";
import {
  clusterRole,
  clusterRoleBinding,
  role,
  roleBinding,
  rule,
  serviceAccountSubject,
  type PolicyRule,
} from "../objects/rbac";
import {
  acmeGroup,
  apiGroup,
  approver,
  cainjector,
  clusterScoped,
  controller,
  namespaced,
  webhook,
  type Program,
} from "./names";

export const webhookAuthority = `${webhook.name}-ca`;

const gateways = "gateway.networking.k8s.io";
const ingresses = "networking.k8s.io";
const events = rule("", "events", "create patch");
const readSecrets = rule("", "secrets", "get list watch");
const issuerSecrets = rule("", "secrets", "get list watch create update delete");
const signers = "issuers.cert-manager.io/* clusterissuers.cert-manager.io/*";

export function accounts(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  return [cainjector, controller, webhook].map((program) =>
    serviceAccount(namespaced(cluster, program), { automountServiceAccountToken: true }),
  );
}

const cainjectorRules: readonly PolicyRule[] = [
  rule(apiGroup, "certificates", "get list watch"),
  readSecrets,
  rule("", "events", "get create update patch"),
  rule(
    "admissionregistration.k8s.io",
    "validatingwebhookconfigurations mutatingwebhookconfigurations",
    "get list watch update patch",
  ),
  rule("apiregistration.k8s.io", "apiservices", "get list watch update patch"),
  rule("apiextensions.k8s.io", "customresourcedefinitions", "get list watch update patch"),
];

const certificateRules: readonly PolicyRule[] = [
  rule(apiGroup, "certificates certificates/status certificaterequests certificaterequests/status", "update patch"),
  rule(apiGroup, "certificates certificaterequests clusterissuers issuers", "get list watch"),
  rule(apiGroup, "certificates/finalizers certificaterequests/finalizers", "update"),
  rule(acmeGroup, "orders", "create delete get list watch"),
  rule("", "secrets", "get list watch create update delete patch"),
  events,
];

const orderRules: readonly PolicyRule[] = [
  rule(acmeGroup, "orders orders/status", "update patch"),
  rule(acmeGroup, "orders challenges", "get list watch"),
  rule(apiGroup, "clusterissuers issuers", "get list watch"),
  rule(acmeGroup, "challenges", "create delete"),
  rule(acmeGroup, "orders/finalizers", "update"),
  readSecrets,
  events,
];

const challengeRules: readonly PolicyRule[] = [
  rule(acmeGroup, "challenges challenges/status", "update patch"),
  rule(acmeGroup, "challenges", "get list watch"),
  rule(apiGroup, "issuers clusterissuers", "get list watch"),
  readSecrets,
  events,
  rule("", "pods services", "get list watch create delete"),
  rule(ingresses, "ingresses", "get list watch create delete update"),
  rule(gateways, "httproutes", "get list watch create delete update"),
  rule("route.openshift.io", "routes/custom-host", "create"),
  rule(acmeGroup, "challenges/finalizers", "update"),
  // Of the DNS challenges; kOps has it twice.
  readSecrets,
];

const ingressRules: readonly PolicyRule[] = [
  rule(apiGroup, "certificates certificaterequests", "create update delete"),
  rule(apiGroup, "certificates certificaterequests issuers clusterissuers", "get list watch"),
  rule(ingresses, "ingresses", "get list watch"),
  rule(ingresses, "ingresses/finalizers", "update"),
  rule(gateways, "gateways httproutes", "get list watch"),
  rule(gateways, "gateways/finalizers httproutes/finalizers", "update"),
  events,
];

const signingRules: readonly PolicyRule[] = [
  rule("certificates.k8s.io", "certificatesigningrequests", "get list watch update"),
  rule("certificates.k8s.io", "certificatesigningrequests/status", "update patch"),
  rule("certificates.k8s.io", "signers", "sign", signers),
  rule("authorization.k8s.io", "subjectaccessreviews", "create"),
];

/** What users may do with cert-manager's objects, as a part of Kubernetes's own roles. */
const viewRules: readonly PolicyRule[] = [
  rule(apiGroup, "certificates certificaterequests issuers", "get list watch"),
  rule(acmeGroup, "challenges orders", "get list watch"),
];
const editing = "create delete deletecollection patch update";
const editRules: readonly PolicyRule[] = [
  rule(apiGroup, "certificates certificaterequests issuers", editing),
  rule(apiGroup, "certificates/status", "update"),
  rule(acmeGroup, "challenges orders", editing),
];

interface Permission {
  readonly name: string;
  readonly rules: readonly PolicyRule[];
  /** Whose labels it has. */
  readonly program: Program;
  /** Of Kubernetes, that get its rules; nobody is bound to it. */
  readonly partOf?: readonly string[];
}

function issuerRules(kind: "issuers" | "clusterissuers"): readonly PolicyRule[] {
  return [
    rule(apiGroup, `${kind} ${kind}/status`, "update patch"),
    rule(apiGroup, kind, "get list watch"),
    issuerSecrets,
    events,
  ];
}

const ofController = (name: string, rules: readonly PolicyRule[], program = controller): Permission => ({
  name: `${controller.name}-controller-${name}`,
  rules,
  program,
});

const permissions: readonly Permission[] = [
  { name: cainjector.name, rules: cainjectorRules, program: cainjector },
  ofController("issuers", issuerRules("issuers")),
  ofController("clusterissuers", issuerRules("clusterissuers")),
  ofController("certificates", certificateRules),
  ofController("orders", orderRules),
  ofController("challenges", challengeRules),
  ofController("ingress-shim", ingressRules),
  {
    name: `${controller.name}-cluster-view`,
    rules: [rule(apiGroup, "clusterissuers", "get list watch")],
    program: controller,
    partOf: ["cluster-reader"],
  },
  {
    name: `${controller.name}-view`,
    rules: viewRules,
    program: controller,
    partOf: ["view", "edit", "admin", "cluster-reader"],
  },
  { name: `${controller.name}-edit`, rules: editRules, program: controller, partOf: ["edit", "admin"] },
  ofController("approve:cert-manager-io", [rule(apiGroup, "signers", "approve", signers)], approver),
  ofController("certificatesigningrequests", signingRules, approver),
  {
    name: `${webhook.name}:subjectaccessreviews`,
    rules: [rule("authorization.k8s.io", "subjectaccessreviews", "create")],
    program: webhook,
  },
];

export function clusterPermissions(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  return [
    ...permissions.map(({ name, rules, program, partOf = [] }) => {
      const { labels, ...metadata } = clusterScoped(cluster, program, name);
      const aggregated = partOf.map((each): [string, string] => [
        `rbac.authorization.k8s.io/aggregate-to-${each}`,
        "true",
      ]);
      return clusterRole({ ...metadata, labels: { ...labels, ...Object.fromEntries(aggregated) } }, rules);
    }),
    ...permissions.flatMap(({ name, program, partOf }) => {
      const subject = serviceAccountSubject(program.name, kubeSystem);
      return partOf === undefined ? [clusterRoleBinding(clusterScoped(cluster, program, name), name, subject)] : [];
    }),
  ];
}

/** In the namespace of its pods. */
const local: readonly Permission[] = [
  {
    name: `${cainjector.name}:leaderelection`,
    rules: leases(`${cainjector.name}-leader-election ${cainjector.name}-leader-election-core`),
    program: cainjector,
  },
  { name: `${controller.name}:leaderelection`, rules: leases(`${controller.name}-controller`), program: controller },
  {
    name: `${controller.name}-tokenrequest`,
    rules: [rule("", "serviceaccounts/token", "create", controller.name)],
    program: controller,
  },
  {
    name: `${webhook.name}:dynamic-serving`,
    rules: [rule("", "secrets", "get list watch update", webhookAuthority), rule("", "secrets", "create")],
    program: webhook,
  },
];

function leases(names: string): readonly PolicyRule[] {
  const group = "coordination.k8s.io";
  return [rule(group, "leases", "get update patch", names), rule(group, "leases", "create")];
}

export function localPermissions(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  return [
    ...local.map(({ name, rules, program }) => role(namespaced(cluster, program, name), rules)),
    ...local.map(({ name, program }) =>
      roleBinding(namespaced(cluster, program, name), name, serviceAccountSubject(program.name, kubeSystem)),
    ),
  ];
}
