/** EKS's webhook for pods: gives those of a service account with an IAM role its token and its role. */
import { imageOf } from "../../model/containerImages";
import type { UnwrappedCluster } from "../../model/cluster";
import { serviceAccountRoleName } from "../../model/names";
import type { AddonFacts, ChannelAddon } from "../addon";
import {
  configMap,
  deployment,
  type KubernetesObject,
  object,
  podDisruptionBudget,
  service,
  serviceAccount,
  spreadOut,
} from "../objects/builders";
import { kubeSystem, mount } from "../objects/containers";
import type { Container, PodSpec } from "../objects/pods";
import { clusterRole, clusterRoleBinding, role, roleBinding, rule, serviceAccountSubject } from "../objects/rbac";
import { hasPodIdentityWebhook, webhookReplicas } from "./settings";

const name = "pod-identity-webhook";
const addonName = "eks-pod-identity-webhook.addons.k8s.io";
const metadata = { name, namespace: kubeSystem };
const labels = { app: name };
const subject = serviceAccountSubject(name, kubeSystem);
const certificate = "pod-identity-webhook-cert";
const port = 443;

export const podIdentityWebhook: ChannelAddon = {
  name: addonName,
  condition: hasPodIdentityWebhook,
  // Of cert-manager, which the user installs.
  needsPki: () => true,
  needs: () => ["accountId"],
  objects,
};

function objects(cluster: UnwrappedCluster, facts: AddonFacts): readonly KubernetesObject[] {
  const metrics = { "prometheus.io/port": "9999", "prometheus.io/scheme": "http", "prometheus.io/scrape": "true" };
  return [
    serviceAccount(metadata),
    role(metadata, [rule("", "configmaps", "list get watch")]),
    roleBinding(metadata, name, subject),
    clusterRole({ name }, [rule("", "serviceaccounts", "get watch list")]),
    clusterRoleBinding({ name }, name, subject),
    deployment(metadata, {
      replicas: webhookReplicas(cluster),
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: podSpec(cluster) },
    }),
    object("cert-manager.io/v1", "Certificate", metadata, {
      spec: {
        commonName: `${name}.${kubeSystem}.svc`,
        dnsNames: ["", ".kube-system", ".kube-system.svc", ".kube-system.svc.local"].map((end) => `${name}${end}`),
        duration: "2160h",
        issuerRef: { kind: "Issuer", name: addonName },
        renewBefore: "360h",
        secretName: certificate,
      },
    }),
    mutatingWebhook,
    service(
      { ...metadata, annotations: metrics },
      {
        ports: [{ port, protocol: "TCP", targetPort: port }],
        selector: labels,
      },
    ),
    configMap({ ...metadata, annotations: metrics }, { config: roles(cluster, facts) }),
    podDisruptionBudget(metadata, { maxUnavailable: "50%", selector: { matchLabels: labels } }),
  ];
}

/** Pods that kOps installs have their roles already, and the webhook's own must start without it. */
const mutatingWebhook = object(
  "admissionregistration.k8s.io/v1",
  "MutatingWebhookConfiguration",
  { name, annotations: { "cert-manager.io/inject-ca-from": `${kubeSystem}/${name}` } },
  {
    webhooks: [
      {
        admissionReviewVersions: ["v1beta1"],
        clientConfig: { service: { ...metadata, path: "/mutate" } },
        failurePolicy: "Fail",
        name: `${name}.amazonaws.com`,
        objectSelector: {
          matchExpressions: [
            { key: "kops.k8s.io/managed-by", operator: "NotIn", values: ["kops"] },
            { key: "k8s-app", operator: "NotIn", values: ["kube-apiserver"] },
          ],
        },
        rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
        sideEffects: "None",
      },
    ],
  },
);

/** By namespace and name (kops upup/pkg/fi/cloudup/template_functions.go:1338). */
function roles(cluster: UnwrappedCluster, { accountId }: AddonFacts): string {
  const entries = cluster.serviceAccountRoles.map((account): [string, object] => [
    `${account.namespace}/${account.name}`,
    {
      RoleARN: `arn:${cluster.partition}:iam::${accountId}:role/${serviceAccountRoleName(cluster.name, account)}`,
      Audience: "amazonaws.com",
      UseRegionalSTS: true,
      TokenExpiration: 0,
    },
  ]);
  return JSON.stringify(Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1))));
}

function podSpec(cluster: UnwrappedCluster): PodSpec {
  return {
    containers: [container(cluster)],
    priorityClassName: "system-cluster-critical",
    serviceAccountName: name,
    topologySpreadConstraints: spreadOut(labels),
    volumes: [{ name: "cert", secret: { secretName: certificate } }],
  };
}

function container(cluster: UnwrappedCluster): Container {
  return {
    command: [
      "/webhook",
      "--in-cluster=false",
      `--namespace=${kubeSystem}`,
      `--service-name=${name}`,
      "--annotation-prefix=eks.amazonaws.com",
      "--token-audience=amazonaws.com",
      "--logtostderr",
      "--watch-config-map",
      "--sts-regional-endpoint",
      `--aws-default-region=${cluster.region}`,
      "--v=5",
    ],
    image: imageOf(cluster, "podIdentityWebhook"),
    name,
    readinessProbe: {
      failureThreshold: 3,
      httpGet: { path: "/healthz", port, scheme: "HTTPS" },
      initialDelaySeconds: 5,
      periodSeconds: 5,
      successThreshold: 1,
      timeoutSeconds: 1,
    },
    volumeMounts: [mount("cert", "/etc/webhook/certs", { readOnly: true })],
  };
}
