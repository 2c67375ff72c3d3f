/** Hubble: the relay, its Services, and the certificates by which it talks to the agents. */
import type { UnwrappedCluster } from "../../model/cluster";
import { linuxOnly, mount } from "../objects/containers";
import {
  configMap,
  deployment,
  object,
  service,
  serviceAccount,
  type KubernetesObject,
  type Labels,
} from "../objects/builders";
import type { Container, ContainerPort, PodSpec, Volume, VolumeMount } from "../objects/pods";
import { agent, issuer, namespaced, partOf } from "./names";
import { ciliumImage, meshName } from "./settings";

const relay = "hubble-relay";
const relayConfig = "hubble-relay-config";
const relayCertificate = "hubble-relay-client-certs";
const serverCertificate = "hubble-server-certs";
const relayTls = "/var/lib/hubble-relay/tls";
/** Of the relay's image. */
const relayUser = 65532;
const agentPods: Labels = { "k8s-app": agent };
const relayPods: Labels = { "k8s-app": relay };

export function hubbleAccount(): KubernetesObject {
  return serviceAccount(namespaced(relay), { automountServiceAccountToken: false });
}

export function hubbleConfigMap(cluster: UnwrappedCluster): KubernetesObject {
  const { hubbleRelay } = cluster.release.addons.cilium.ports;
  const lines = [
    `cluster-name: "${meshName(cluster)}"`,
    'peer-service: "hubble-peer.kube-system.svc.cluster.local.:443"',
    `listen-address: :${hubbleRelay}`,
    "gops: true",
    'gops-port: "9893"',
    "retry-timeout:",
    "sort-buffer-len-max:",
    "sort-buffer-drain-timeout:",
    `tls-hubble-client-cert-file: ${relayTls}/client.crt`,
    `tls-hubble-client-key-file: ${relayTls}/client.key`,
    `tls-hubble-server-ca-files: ${relayTls}/hubble-server-ca.crt`,
    "",
    "disable-server-tls: true",
  ];
  return configMap(namespaced(relayConfig), { "config.yaml": lines.map((line) => `${line}\n`).join("") });
}

export function hubbleServices(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  const { hubbleMetrics, hubblePeer } = cluster.release.addons.cilium.ports;
  const named = (name: string, app: string, labels: Labels) => ({
    ...namespaced(name),
    labels: { ...partOf, "app.kubernetes.io/name": app, ...labels },
  });
  const scraped = { "prometheus.io/port": String(hubbleMetrics), "prometheus.io/scrape": "true" };
  const metrics = service(
    { ...named("hubble-metrics", "hubble", { "k8s-app": "hubble" }), annotations: scraped },
    {
      clusterIP: "None",
      ports: [{ name: "hubble-metrics", port: hubbleMetrics, protocol: "TCP", targetPort: "hubble-metrics" }],
      selector: agentPods,
      type: "ClusterIP",
    },
  );
  return [
    service(named(relay, relay, relayPods), {
      ports: [{ port: 80, protocol: "TCP", targetPort: "grpc" }],
      selector: relayPods,
      type: "ClusterIP",
    }),
    ...(hasMetrics(cluster) ? [metrics] : []),
    service(named("hubble-peer", "hubble-peer", agentPods), {
      internalTrafficPolicy: "Local",
      ports: [{ name: "peer-service", port: 443, protocol: "TCP", targetPort: hubblePeer }],
      selector: agentPods,
    }),
  ];
}

function hasMetrics({ cilium: { hubble } }: UnwrappedCluster): boolean {
  return (hubble?.metrics ?? []).length > 0;
}

/** Ports of the agent. */
export function hubblePorts(cluster: UnwrappedCluster): readonly ContainerPort[] {
  const { hubbleMetrics, hubblePeer } = cluster.release.addons.cilium.ports;
  const port = (name: string, number: number): ContainerPort => ({
    containerPort: number,
    hostPort: number,
    name,
    protocol: "TCP",
  });
  return [port("peer-service", hubblePeer), ...(hasMetrics(cluster) ? [port("hubble-metrics", hubbleMetrics)] : [])];
}

/** The agent's certificate, which is there once cert-manager is. */
export const hubbleVolume: Volume = certificateVolume("hubble-tls", serverCertificate, {
  certificate: "server",
  authority: "client-ca",
  optional: true,
});
export const hubbleMount: VolumeMount = mount("hubble-tls", "/var/lib/cilium/tls/hubble", { readOnly: true });

interface CertificateFiles {
  readonly certificate: string;
  readonly authority: string;
  readonly optional?: true;
}

function certificateVolume(name: string, secret: string, files: CertificateFiles): Volume {
  const items = [
    { key: "tls.crt", path: `${files.certificate}.crt` },
    { key: "tls.key", path: `${files.certificate}.key` },
    { key: "ca.crt", path: `${files.authority}.crt` },
  ];
  const optional = files.optional === true ? { optional: true } : {};
  return { name, projected: { defaultMode: 0o400, sources: [{ secret: { items, name: secret, ...optional } }] } };
}

export function relayDeployment(cluster: UnwrappedCluster): KubernetesObject {
  const labels = { ...partOf, "app.kubernetes.io/name": relay, ...relayPods };
  return deployment(
    { ...namespaced(relay), labels },
    {
      replicas: 2,
      selector: { matchLabels: relayPods },
      strategy: { rollingUpdate: { maxUnavailable: 1 }, type: "RollingUpdate" },
      template: { metadata: { labels }, spec: relayPodSpec(cluster) },
    },
  );
}

function relayPodSpec(cluster: UnwrappedCluster): PodSpec {
  return {
    affinity: {
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchLabels: agentPods }, topologyKey: "kubernetes.io/hostname" },
        ],
      },
    },
    automountServiceAccountToken: false,
    containers: [relayContainer(cluster)],
    nodeSelector: linuxOnly,
    priorityClassName: null,
    restartPolicy: "Always",
    securityContext: { fsGroup: relayUser, seccompProfile: { type: "RuntimeDefault" } },
    serviceAccountName: relay,
    terminationGracePeriodSeconds: 1,
    volumes: [
      { configMap: { items: [{ key: "config.yaml", path: "config.yaml" }], name: relayConfig }, name: "config" },
      certificateVolume("tls", relayCertificate, { certificate: "client", authority: "hubble-server-ca" }),
    ],
  };
}

function relayContainer(cluster: UnwrappedCluster): Container {
  const { hubbleRelay, hubbleRelayHealth } = cluster.release.addons.cilium.ports;
  const grpc = { port: hubbleRelayHealth };
  return {
    args: ["serve"],
    command: [relay],
    image: ciliumImage(cluster, "hubbleRelay"),
    imagePullPolicy: "IfNotPresent",
    livenessProbe: { failureThreshold: 12, grpc, initialDelaySeconds: 10, periodSeconds: 10, timeoutSeconds: 10 },
    name: relay,
    ports: [{ containerPort: hubbleRelay, name: "grpc" }],
    readinessProbe: { grpc, timeoutSeconds: 3 },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      runAsGroup: relayUser,
      runAsNonRoot: true,
      runAsUser: relayUser,
      seccompProfile: { type: "RuntimeDefault" },
    },
    startupProbe: { failureThreshold: 20, grpc, initialDelaySeconds: 10, periodSeconds: 3 },
    terminationMessagePolicy: "FallbackToLogsOnError",
    volumeMounts: [
      mount("config", "/etc/hubble-relay", { readOnly: true }),
      mount("tls", relayTls, { readOnly: true }),
    ],
  };
}

export function hubbleCertificates(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  const servers = `*.${meshName(cluster)}.hubble-grpc.cilium.io`;
  return [
    certificate(relayCertificate, "hubble-relay-client", ["client auth"]),
    certificate(serverCertificate, servers, ["server auth", "client auth"]),
  ];
}

function certificate(name: string, commonName: string, usages: readonly string[]): KubernetesObject {
  return object("cert-manager.io/v1", "Certificate", namespaced(name), {
    spec: {
      commonName,
      dnsNames: [commonName],
      duration: "8760h0m0s",
      isCA: false,
      issuerRef: { kind: "Issuer", name: issuer },
      privateKey: { rotationPolicy: "Always" },
      secretName: name,
      usages: ["signing", "key encipherment", ...usages],
    },
  });
}
