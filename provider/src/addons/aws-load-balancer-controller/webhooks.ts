/** The controller's webhooks, and their certificate. */
import type { UnwrappedCluster } from "../../model/cluster";
import { object, type KubernetesObject } from "../objects/builders";
import { kubeSystem } from "../objects/containers";
import type { SelectorRequirement } from "../objects/pods";
import {
  apiGroup,
  certificateSecret,
  clusterScoped,
  name,
  namespaced,
  servingCertificate,
  webhookService,
} from "./names";

const certificates = "cert-manager.io/v1";
const issuer = "aws-load-balancer-selfsigned-issuer";
const created = ["CREATE"];
const written = ["CREATE", "UPDATE"];

export function certificate(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  const host = `${webhookService.name}.${kubeSystem}.svc`;
  return [
    object(certificates, "Certificate", namespaced(cluster, servingCertificate), {
      spec: {
        dnsNames: [host, `${host}.cluster.local`],
        duration: "8760h0m0s",
        issuerRef: { kind: "Issuer", name: issuer },
        renewBefore: "720h0m0s",
        secretName: certificateSecret,
      },
    }),
    object(certificates, "Issuer", namespaced(cluster, issuer), { spec: { selfSigned: {} } }),
  ];
}

export function webhooks(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  const configuration = (kind: string, list: readonly object[]): KubernetesObject =>
    object(
      "admissionregistration.k8s.io/v1",
      kind,
      {
        ...clusterScoped(cluster, "aws-load-balancer-webhook"),
        annotations: { "cert-manager.io/inject-ca-from": `${kubeSystem}/${servingCertificate}` },
      },
      { webhooks: list },
    );
  return [
    configuration("MutatingWebhookConfiguration", mutating),
    configuration("ValidatingWebhookConfiguration", validating),
  ];
}

interface Requirement extends Omit<SelectorRequirement, "operator"> {
  readonly operator: SelectorRequirement["operator"] | "DoesNotExist";
}

interface Call {
  readonly path: string;
  readonly resource: readonly [group: string, version: string, kind: string];
  readonly operations: readonly string[];
  readonly failurePolicy?: "Ignore";
  readonly objects?: readonly Requirement[];
  readonly namespaces?: readonly Requirement[];
}

/** It fails closed unless it says otherwise. */
function call(called: string, { path, resource, operations, failurePolicy, objects, namespaces }: Call): object {
  const [group, version, kind] = resource;
  return {
    admissionReviewVersions: ["v1beta1"],
    clientConfig: { service: { ...webhookService, path } },
    failurePolicy: failurePolicy ?? "Fail",
    name: `${called}.${apiGroup}`,
    ...(namespaces === undefined ? {} : { namespaceSelector: { matchExpressions: namespaces } }),
    ...(objects === undefined ? {} : { objectSelector: { matchExpressions: objects } }),
    rules: [{ apiGroups: [group], apiVersions: [version], operations, resources: [kind] }],
    sideEffects: "None",
  };
}

/** Its own objects, which must be there before it serves. */
const notOwn: Requirement = { key: "app.kubernetes.io/name", operator: "NotIn", values: [name] };
const pods = ["", "v1", "pods"] as const;
const bindings = [apiGroup, "v1beta1", "targetgroupbindings"] as const;

function enabled(feature: string): readonly Requirement[] {
  return [{ key: `${apiGroup}/${feature}`, operator: "In", values: ["enabled"] }];
}

const injection = "alb-target-control-agent-injection";
const injected = `${apiGroup}/alb-target-control-agent-inject`;

const mutating = [
  call("mpod", {
    path: "/mutate-v1-pod",
    resource: pods,
    operations: created,
    failurePolicy: "Ignore",
    namespaces: enabled("pod-readiness-gate-inject"),
    objects: [notOwn],
  }),
  call("quicid", {
    path: "/mutate-v1-pod-server-id",
    resource: pods,
    operations: created,
    namespaces: enabled("quic-server-id-inject"),
    objects: [notOwn],
  }),
  call("mservice", {
    path: "/mutate-v1-service",
    resource: ["", "v1", "services"],
    operations: created,
    namespaces: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: [kubeSystem] }],
    objects: [notOwn],
  }),
  call("alb-target-control.namespace", {
    path: "/mutate-alb-target-control-namespace-v1-pod",
    resource: pods,
    operations: created,
    namespaces: enabled(injection),
    objects: [notOwn, { key: injected, operator: "NotIn", values: ["false"] }],
  }),
  call("alb-target-control.object", {
    path: "/mutate-alb-target-control-object-v1-pod",
    resource: pods,
    operations: created,
    namespaces: [{ key: `${apiGroup}/${injection}`, operator: "DoesNotExist" }],
    objects: [notOwn, { key: injected, operator: "In", values: ["true"] }],
  }),
  call("mtargetgroupbinding", {
    path: "/mutate-elbv2-k8s-aws-v1beta1-targetgroupbinding",
    resource: bindings,
    operations: written,
  }),
];

const validating = [
  call("vingressclassparams", {
    path: "/validate-elbv2-k8s-aws-v1beta1-ingressclassparams",
    resource: [apiGroup, "v1beta1", "ingressclassparams"],
    operations: written,
    objects: [notOwn],
  }),
  call("vtargetgroupbinding", {
    path: "/validate-elbv2-k8s-aws-v1beta1-targetgroupbinding",
    resource: bindings,
    operations: written,
  }),
  {
    ...call("vingress", {
      path: "/validate-networking-v1-ingress",
      resource: ["networking.k8s.io", "v1", "ingresses"],
      operations: written,
    }),
    matchPolicy: "Equivalent",
    namespaceSelector: null,
    objectSelector: null,
  },
];
