/** The controller's pod. */
import { canonicalQuantity as quantity } from "../../encode/quantity";
import { chosenImage } from "../../model/containerImages";
import type { UnwrappedCluster } from "../../model/cluster";
import type { AddonFacts } from "../addon";
import { tagsFlag } from "../clusterValues";
import { deployment, service, type KubernetesObject } from "../objects/builders";
import { fieldEnv, mount } from "../objects/containers";
import type { Container, PodSpec, Probe } from "../objects/pods";
import { withServiceAccountRole } from "../serviceAccountRole";
import { account, certificateSecret, name, namespaced, selectorLabels, webhookService } from "./names";
import { controllerSettings } from "./settings";

const port = "webhook-server";
const metricsPort = 9442;
const certificates = mount("cert", "/tmp/k8s-webhook-server/serving-certs", { readOnly: true });

export function webhooksService(cluster: UnwrappedCluster): KubernetesObject {
  const { labels, ...metadata } = namespaced(cluster, webhookService.name);
  return service(
    {
      ...metadata,
      labels: { ...labels, "app.kubernetes.io/component": "webhook", "prometheus.io/service-monitor": "false" },
    },
    { ports: [{ name: port, port: 443, targetPort: port }], selector: selectorLabels },
  );
}

export function workload(cluster: UnwrappedCluster, facts: AddonFacts): KubernetesObject {
  const template = {
    metadata: {
      annotations: { "prometheus.io/port": String(metricsPort), "prometheus.io/scrape": "true" },
      labels: { ...selectorLabels, "app.kubernetes.io/instance": name },
    },
    spec: withServiceAccountRole(podSpec(cluster), account, cluster, facts),
  };
  return deployment(namespaced(cluster, name), {
    replicas: 1,
    revisionHistoryLimit: 10,
    selector: { matchLabels: selectorLabels },
    template,
  });
}

function podSpec(cluster: UnwrappedCluster): PodSpec {
  const ofController = { key: "app.kubernetes.io/name", operator: "In", values: [name] } as const;
  return {
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            podAffinityTerm: {
              labelSelector: { matchExpressions: [ofController] },
              topologyKey: "kubernetes.io/hostname",
            },
            weight: 100,
          },
        ],
      },
    },
    containers: [container(cluster)],
    priorityClassName: "system-cluster-critical",
    securityContext: { fsGroup: 65534 },
    serviceAccountName: account.name,
    terminationGracePeriodSeconds: 10,
    volumes: [{ name: certificates.name, secret: { defaultMode: 0o644, secretName: certificateSecret } }],
  };
}

function container(cluster: UnwrappedCluster): Container {
  const settings = controllerSettings(cluster);
  const probe = (path: string, initialDelaySeconds: number): Probe => ({
    failureThreshold: 2,
    httpGet: { path, port: 61779, scheme: "HTTP" },
    initialDelaySeconds,
    timeoutSeconds: 10,
  });
  return {
    args: [
      `--cluster-name=${cluster.name}`,
      "--ingress-class=alb",
      `--aws-region=${cluster.region}`,
      `--metrics-bind-addr=:${metricsPort}`,
      `--enable-waf=${settings.enableWAF ?? false}`,
      `--enable-wafv2=${settings.enableWAFv2 ?? false}`,
      `--enable-shield=${settings.enableShield ?? false}`,
      `--default-tags=${tagsFlag(cluster)}`,
    ],
    env: [fieldEnv("NODENAME", "spec.nodeName", "v1")],
    image: image(cluster, settings.version),
    imagePullPolicy: "IfNotPresent",
    livenessProbe: probe("/healthz", 30),
    name,
    ports: [
      { containerPort: 9443, name: port, protocol: "TCP" },
      { containerPort: metricsPort, name: "metrics-server", protocol: "TCP" },
    ],
    readinessProbe: { ...probe("/readyz", 10), successThreshold: 1 },
    resources: {
      limits: { cpu: quantity(settings.cpuLimit ?? "200m"), memory: quantity(settings.memoryLimit ?? "500Mi") },
      requests: { cpu: quantity(settings.cpuRequest ?? "100m"), memory: quantity(settings.memoryRequest ?? "200Mi") },
    },
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsNonRoot: true },
    volumeMounts: [certificates],
  };
}

/** The user chooses its tag only. */
function image(cluster: UnwrappedCluster, version: string | undefined): string {
  const usual = cluster.release.images.loadBalancerController;
  const chosen = version === undefined || version === "" ? undefined : usual.replace(/:[^:]+$/, `:${version}`);
  return chosenImage(cluster, chosen, "loadBalancerController");
}
