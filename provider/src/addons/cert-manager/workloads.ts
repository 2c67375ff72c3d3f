/** The programs of cert-manager, one pod each on the control plane. */
import { imageOf } from "../../model/containerImages";
import type { UnwrappedCluster } from "../../model/cluster";
import { deployment, service, type KubernetesObject } from "../objects/builders";
import {
  controlPlaneLabel,
  env,
  exists,
  fieldEnv,
  formerControlPlaneLabel,
  kubeSystem,
  linuxOnly,
  tolerate,
} from "../objects/containers";
import type { Container, ContainerPort, PodSpec, Probe } from "../objects/pods";
import { cainjector, controller, labelsOf, namespaced, selectorLabels, webhook, type Program } from "./names";
import { webhookAuthority } from "./rbac";
import { certManagerSettings } from "./settings";

const metricsPort = 9402;
const ports = { metrics: "http-metrics", controllerHealth: "http-healthz", webhook: "https", health: "healthcheck" };
const metrics: ContainerPort = { containerPort: metricsPort, name: ports.metrics, protocol: "TCP" };
const namespace = fieldEnv("POD_NAMESPACE", "metadata.namespace");
/** As the programs read it from their environment. */
const ownNamespace = "$(POD_NAMESPACE)";
const electedIn = `--leader-election-namespace=${kubeSystem}`;

export function services(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  const of = (program: Program, list: Parameters<typeof service>[1]["ports"]): KubernetesObject =>
    service(namespaced(cluster, program), { ports: list, selector: selectorLabels(program), type: "ClusterIP" });
  const metricsOf = { port: metricsPort, protocol: "TCP" } as const;
  return [
    of(cainjector, [{ name: ports.metrics, ...metricsOf }]),
    of(controller, [{ name: "tcp-prometheus-servicemonitor", ...metricsOf, targetPort: ports.metrics }]),
    of(webhook, [
      { name: ports.webhook, port: 443, protocol: "TCP", targetPort: ports.webhook },
      { name: "metrics", ...metricsOf, targetPort: ports.metrics },
    ]),
  ];
}

/** `more`: of the pod. */
export function workloads(cluster: UnwrappedCluster, more: (spec: PodSpec) => PodSpec): readonly KubernetesObject[] {
  return [
    workload(cluster, cainjector, podSpec(cainjector, cainjectorContainer(cluster))),
    workload(cluster, controller, more({ ...podSpec(controller, controllerContainer(cluster)), ...dns(cluster) })),
    workload(cluster, webhook, podSpec(webhook, webhookContainer(cluster))),
  ];
}

function workload(cluster: UnwrappedCluster, program: Program, spec: PodSpec): KubernetesObject {
  const annotations = {
    "prometheus.io/path": "/metrics",
    "prometheus.io/port": String(metricsPort),
    "prometheus.io/scrape": "true",
  };
  return deployment(namespaced(cluster, program), {
    replicas: 1,
    selector: { matchLabels: selectorLabels(program) },
    template: { metadata: { annotations, labels: labelsOf(cluster, program) }, spec },
  });
}

function podSpec(program: Program, container: Container): PodSpec {
  const controlPlaneLabels = [controlPlaneLabel, formerControlPlaneLabel];
  return {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: controlPlaneLabels.map((label) => ({ matchExpressions: [exists(label)] })),
        },
      },
    },
    containers: [container],
    enableServiceLinks: false,
    nodeSelector: linuxOnly,
    priorityClassName: "system-cluster-critical",
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    serviceAccountName: program.name,
    tolerations: tolerate(...controlPlaneLabels),
  };
}

/** For the DNS challenges: a name server of the cluster may not see what the world sees. */
function dns(cluster: UnwrappedCluster): Partial<PodSpec> {
  const { nameservers = [] } = certManagerSettings(cluster);
  return nameservers.length === 0 ? {} : { dnsConfig: { nameservers }, dnsPolicy: "None" };
}

const common = {
  imagePullPolicy: "IfNotPresent",
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    readOnlyRootFilesystem: true,
  },
} as const;

function cainjectorContainer(cluster: UnwrappedCluster): Container {
  return {
    ...common,
    args: ["--v=2", electedIn],
    env: [namespace],
    image: imageOf(cluster, "certManagerCainjector"),
    name: cainjector.name,
    ports: [metrics],
  };
}

function controllerContainer(cluster: UnwrappedCluster): Container {
  const { defaultIssuer, featureGates = {} } = certManagerSettings(cluster);
  const gates = Object.entries(featureGates).sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    ...common,
    args: [
      "--v=2",
      `--cluster-resource-namespace=${ownNamespace}`,
      electedIn,
      // kOps moves images to a mirror, and not what stands in arguments.
      `--acme-http01-solver-image=${cluster.release.images.certManagerSolver}`,
      "--max-concurrent-challenges=60",
      "--enable-certificate-owner-ref=true",
      ...(defaultIssuer === undefined || defaultIssuer === ""
        ? []
        : [
            `--default-issuer-name=${defaultIssuer}`,
            "--default-issuer-kind=ClusterIssuer",
            "--default-issuer-group=cert-manager.io",
          ]),
      ...gates.map(([name, value]) => `--feature-gates=${name}=${value}`),
    ],
    env: [namespace, env("AWS_REGION", cluster.region)],
    image: imageOf(cluster, "certManagerController"),
    livenessProbe: {
      failureThreshold: 8,
      httpGet: { path: "/livez", port: ports.controllerHealth, scheme: "HTTP" },
      initialDelaySeconds: 10,
      periodSeconds: 10,
      successThreshold: 1,
      timeoutSeconds: 15,
    },
    name: `${controller.name}-controller`,
    ports: [metrics, { containerPort: 9403, name: ports.controllerHealth, protocol: "TCP" }],
  };
}

function webhookContainer(cluster: UnwrappedCluster): Container {
  const names = ["", `.${ownNamespace}`, `.${ownNamespace}.svc`].map((end) => `${webhook.name}${end}`);
  const probe = (path: string, seconds: Pick<Probe, "initialDelaySeconds" | "periodSeconds">): Probe => ({
    failureThreshold: 3,
    httpGet: { path, port: ports.health, scheme: "HTTP" },
    successThreshold: 1,
    timeoutSeconds: 1,
    ...seconds,
  });
  return {
    ...common,
    args: [
      "--v=2",
      "--secure-port=10250",
      `--dynamic-serving-ca-secret-namespace=${ownNamespace}`,
      `--dynamic-serving-ca-secret-name=${webhookAuthority}`,
      ...names.map((name) => `--dynamic-serving-dns-names=${name}`),
    ],
    env: [namespace],
    image: imageOf(cluster, "certManagerWebhook"),
    livenessProbe: probe("/livez", { initialDelaySeconds: 60, periodSeconds: 10 }),
    name: webhook.name,
    ports: [
      { containerPort: 10250, name: ports.webhook, protocol: "TCP" },
      { containerPort: 6080, name: ports.health, protocol: "TCP" },
      metrics,
    ],
    readinessProbe: probe("/healthz", { initialDelaySeconds: 5, periodSeconds: 5 }),
  };
}
