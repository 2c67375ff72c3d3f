/** etcd-manager, one pod per member of each etcd cluster (kops pkg/model/components/etcdmanager/model.go:249). */
import { json } from "../../encode/json";
import { yaml, type YamlObject } from "../../encode/yaml";
import type { Unwrapped } from "../../schema/input";
import { imageLocation, imageOf } from "../../model/containerImages";
import type { ResolvedCluster, ResolvedEtcdCluster, UnwrappedCluster } from "../../model/cluster";
import { artifact, type Artifact } from "../artifact";
import { named } from "../../model/named";
import { systemEnvironmentVariables } from "../../model/storeEnvironment";
import type { RuntimeFacts } from "../../model/runtime";
import { storeUrl } from "../../model/locations";
import { criticalToleration, hostPathVolume } from "./pod";
import { etcdSettings, type EtcdSettings } from "../spec/etcd";

type EtcdFacts = Pick<RuntimeFacts, "stateStore" | "storeAccess">;
type EtcdCluster = Unwrapped<ResolvedEtcdCluster>;

export function etcdManifestPath(etcdCluster: string, group: string): string {
  return `manifests/etcd/${etcdCluster}-${group}.yaml`;
}

export function etcdArtifacts(cluster: ResolvedCluster): readonly Artifact[] {
  return cluster.etcdClusters.flatMap(({ name, members }) => [
    ...members.map(({ group }) =>
      artifact({
        store: "state",
        path: etcdManifestPath(name, group),
        needs: ["stateStore", "storeAccess"],
        render: (known, facts) => yaml(etcdManagerPod(known, named(known.etcdClusters, name), facts)),
      }),
    ),
    artifact({
      store: "state",
      path: `backups/etcd/${name}/control/etcd-cluster-spec`,
      needs: [],
      render: (known) => clusterSpec(known, named(known.etcdClusters, name)),
    }),
  ]);
}

/** What etcd-manager makes a new cluster of. */
function clusterSpec(cluster: UnwrappedCluster, etcd: EtcdCluster): string {
  return json({ memberCount: etcd.members.length, etcdVersion: etcdSettings(cluster, etcd).version }, 2);
}

function etcdManagerPod(cluster: UnwrappedCluster, etcd: EtcdCluster, facts: EtcdFacts): YamlObject {
  const name = `etcd-manager-${etcd.name}`;
  const logFile = `/var/log/${etcdName(etcd)}.log`;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { labels: { "k8s-app": name }, name, namespace: "kube-system" },
    spec: {
      containers: [etcdManagerContainer(cluster, etcd, facts)],
      hostNetwork: true,
      hostPID: true,
      priorityClassName: "system-cluster-critical",
      tolerations: [criticalToleration],
      volumes: [
        hostPathVolume("rootfs", "/", "Directory"),
        hostPathVolume("run", "/run", "DirectoryOrCreate"),
        hostPathVolume("pki", `/etc/kubernetes/pki/${name}`, "DirectoryOrCreate"),
        { emptyDir: {}, name: "opt" },
        ...cluster.release.etcd.managed.map(({ version, image }) => ({
          image: {
            pullPolicy: "IfNotPresent",
            reference: imageLocation(image, cluster.assets.containerRegistry),
          },
          name: releaseVolume(version),
        })),
        hostPathVolume("varlogetcd", logFile, "FileOrCreate"),
      ],
    },
    status: {},
  };
}

function etcdManagerContainer(cluster: UnwrappedCluster, etcd: EtcdCluster, facts: EtcdFacts): YamlObject {
  const settings = etcdSettings(cluster, etcd);
  return {
    args: [
      "--log-file=/var/log/etcd.log",
      "--also-stdout",
      "/ko-app/etcd-manager",
      ...managerFlags(cluster, etcd, settings, facts),
    ],
    command: ["/go-runner"],
    env: [...systemEnvironmentVariables(cluster, facts), ...settings.environment],
    image: imageOf(cluster, "etcdManager"),
    name: "etcd-manager",
    resources: { requests: { cpu: settings.cpuRequest, memory: settings.memoryRequest } },
    securityContext: { privileged: true },
    volumeMounts: [
      { mountPath: "/rootfs", name: "rootfs" },
      { mountPath: "/run", name: "run" },
      { mountPath: "/etc/kubernetes/pki/etcd-manager", name: "pki" },
      { mountPath: "/opt", name: "opt" },
      ...cluster.release.etcd.managed.flatMap(({ version }) => releaseMounts(version)),
      { mountPath: "/var/log/etcd.log", name: "varlogetcd" },
    ],
  };
}

/** Sorted by name, as kOps writes flags. */
function managerFlags(
  cluster: UnwrappedCluster,
  etcd: EtcdCluster,
  settings: EtcdSettings,
  facts: EtcdFacts,
): readonly string[] {
  const ports = cluster.release.etcd.ports[etcd.name];
  const tag = `k8s.io/etcd/${etcd.name}`;
  const { backupInterval, discoveryPollInterval, logLevel } = settings;
  return [
    ...(backupInterval === undefined ? [] : [`--backup-interval=${backupInterval}`]),
    `--backup-store=${storeUrl(facts.stateStore, cluster.name)}/backups/etcd/${etcd.name}`,
    `--client-urls=https://__name__:${ports.client}`,
    `--cluster-name=${etcdName(etcd)}`,
    "--containerized=true",
    ...(discoveryPollInterval === undefined ? [] : [`--discovery-poll-interval=${discoveryPollInterval}`]),
    `--dns-suffix=.internal.${cluster.name}`,
    `--grpc-port=${ports.grpc}`,
    `--peer-urls=https://__name__:${ports.peer}`,
    `--quarantine-client-urls=https://__name__:${ports.quarantinedClient}`,
    `--v=${logLevel}`,
    `--volume-name-tag=${tag}`,
    "--volume-provider=aws",
    `--volume-tag=${tag}`,
    "--volume-tag=k8s.io/role/control-plane=1",
    `--volume-tag=kubernetes.io/cluster/${cluster.name}=owned`,
  ];
}

function etcdName(etcd: EtcdCluster): string {
  return etcd.name === "main" ? "etcd" : `etcd-${etcd.name}`;
}

function releaseVolume(version: string): string {
  return `etcd-v${version.replaceAll(".", "-")}`;
}

/** Earlier patch releases are served by the newest of their line (kops pkg/model/components/etcdmanager/options.go:95). */
function releaseMounts(latest: string): readonly YamlObject[] {
  const [major, minor, newest] = latest.split(".");
  return Array.from({ length: Number(newest) + 1 }, (_, patch) => ({
    mountPath: `/opt/etcd-v${String(major)}.${String(minor)}.${patch}`,
    name: releaseVolume(latest),
  }));
}
