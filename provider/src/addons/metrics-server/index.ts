/** metrics-server: the CPU and memory that pods and nodes use, for autoscaling and `kubectl top`. */
import { chosenImage } from "../../model/containerImages";
import type { UnwrappedCluster } from "../../model/cluster";
import type { ChannelAddon } from "../addon";
import { kubeSystem, linuxOnly, mount } from "../objects/containers";
import {
  deployment,
  type KubernetesObject,
  object,
  podDisruptionBudget,
  service,
  serviceAccount,
  spreadOut,
} from "../objects/builders";
import type { Container, PodSpec, Probe } from "../objects/pods";
import { clusterRole, clusterRoleBinding, roleBinding, rule, serviceAccountSubject } from "../objects/rbac";
import { hasMetricsServer, isSecure, wantsIssuer } from "./settings";

const addonName = "metrics-server.addons.k8s.io";
const name = "metrics-server";
const labels = { "k8s-app": name };
const metadata = { name, namespace: kubeSystem, labels };
const subject = serviceAccountSubject(name, kubeSystem);
const port = { containerPort: 10250, name: "https", protocol: "TCP" } as const;
const aggregateTo = (roleName: string): string => `rbac.authorization.k8s.io/aggregate-to-${roleName}`;

export const metricsServer: ChannelAddon = {
  name: addonName,
  condition: hasMetricsServer,
  selector: labels,
  needsPki: wantsIssuer,
  objects,
};

function objects(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  return [
    serviceAccount(metadata),
    clusterRole(
      {
        name: "system:aggregated-metrics-reader",
        labels: {
          ...labels,
          ...Object.fromEntries(["admin", "edit", "view"].map((each) => [aggregateTo(each), "true"])),
        },
      },
      [rule("metrics.k8s.io", "pods nodes", "get list watch")],
    ),
    clusterRole({ name: "system:metrics-server", labels }, [
      rule("", "nodes/metrics", "get"),
      rule("", "pods nodes", "get list watch"),
    ]),
    roleBinding(
      { name: "metrics-server-auth-reader", namespace: kubeSystem, labels },
      "extension-apiserver-authentication-reader",
      subject,
    ),
    clusterRoleBinding({ name: "metrics-server:system:auth-delegator", labels }, "system:auth-delegator", subject),
    clusterRoleBinding({ name: "system:metrics-server", labels }, "system:metrics-server", subject),
    service(metadata, {
      ports: [{ appProtocol: "https", name: "https", port: 443, protocol: "TCP", targetPort: "https" }],
      selector: labels,
    }),
    deployment(metadata, {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: podSpec(cluster) },
    }),
    object(
      "apiregistration.k8s.io/v1",
      "APIService",
      {
        name: "v1beta1.metrics.k8s.io",
        labels,
        ...(isSecure(cluster) ? { annotations: { "cert-manager.io/inject-ca-from": `${kubeSystem}/${name}` } } : {}),
      },
      {
        spec: {
          group: "metrics.k8s.io",
          groupPriorityMinimum: 100,
          ...(isSecure(cluster) ? {} : { insecureSkipTLSVerify: true }),
          service: { name, namespace: kubeSystem },
          version: "v1beta1",
          versionPriority: 100,
        },
      },
    ),
    podDisruptionBudget({ name, namespace: kubeSystem }, { minAvailable: 1, selector: { matchLabels: labels } }),
    ...(isSecure(cluster) ? [servingCertificate] : []),
  ];
}

const certificate = { volume: "certs", secret: "metrics-server-tls", path: "/srv" };

const servingCertificate = object(
  "cert-manager.io/v1",
  "Certificate",
  { name, namespace: kubeSystem },
  {
    spec: {
      dnsNames: [`${name}.${kubeSystem}.svc`],
      duration: "2160h",
      issuerRef: { kind: "Issuer", name: addonName },
      renewBefore: "360h",
      secretName: certificate.secret,
      usages: ["server auth"],
    },
  },
);

function podSpec(cluster: UnwrappedCluster): PodSpec {
  return {
    containers: [container(cluster)],
    nodeSelector: linuxOnly,
    priorityClassName: "system-cluster-critical",
    serviceAccountName: name,
    topologySpreadConstraints: spreadOut(labels),
    volumes: [
      ...(isSecure(cluster) ? [{ name: certificate.volume, secret: { secretName: certificate.secret } }] : []),
      { emptyDir: {}, name: "tmp-dir" },
    ],
  };
}

function container(cluster: UnwrappedCluster): Container {
  const probe = (path: string): Probe => ({
    failureThreshold: 3,
    httpGet: { path, port: "https", scheme: "HTTPS" },
    periodSeconds: 10,
  });
  return {
    args: [
      "--secure-port=10250",
      "--kubelet-use-node-status-port",
      "--metric-resolution=15s",
      "--kubelet-preferred-address-types=Hostname",
      ...(isSecure(cluster)
        ? [`--tls-cert-file=${certificate.path}/tls.crt`, `--tls-private-key-file=${certificate.path}/tls.key`]
        : ["--cert-dir=/tmp", "--kubelet-insecure-tls"]),
    ],
    image: chosenImage(cluster, cluster.clusterSpec.metricsServer?.["image"], "metricsServer"),
    imagePullPolicy: "IfNotPresent",
    livenessProbe: probe("/livez"),
    name,
    ports: [port],
    readinessProbe: { ...probe("/readyz"), initialDelaySeconds: 20 },
    resources: { requests: { cpu: "100m", memory: "200Mi" } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: "RuntimeDefault" },
    },
    volumeMounts: [
      ...(isSecure(cluster) ? [mount(certificate.volume, certificate.path)] : []),
      mount("tmp-dir", "/tmp"),
    ],
  };
}
