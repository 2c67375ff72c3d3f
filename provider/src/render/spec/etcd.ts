/** What etcd-manager is told of an etcd cluster: the component's settings, and the user's over them. */
import type { YamlObject } from "../../encode/yaml";
import type { ResolvedEtcdCluster, UnwrappedCluster } from "../../model/cluster";
import type { Unwrapped } from "../../schema/input";
import { etcdOverrides } from "./overrides";

export interface EtcdSettings {
  readonly version: string;
  readonly cpuRequest: string;
  readonly memoryRequest: string;
  readonly backupInterval: string | undefined;
  readonly discoveryPollInterval: string | undefined;
  readonly logLevel: number;
  /** In the order in which kOps writes it (kops pkg/model/components/etcdmanager/model.go:688). */
  readonly environment: readonly YamlObject[];
}

/** Of etcd-manager (kops pkg/model/components/etcdmanager/model.go:498). */
const logLevel = 6;

export function etcdSettings(cluster: UnwrappedCluster, etcd: Unwrapped<ResolvedEtcdCluster>): EtcdSettings {
  const { manager: ofManager, ...given } = etcdOverrides(cluster, etcd.name);
  const manager = (ofManager ?? {}) as YamlObject;
  const { version, cpuRequest, memoryRequest } = { ...etcd, ...given } as Pick<
    EtcdSettings,
    "version" | "cpuRequest" | "memoryRequest"
  >;
  return {
    version,
    cpuRequest,
    memoryRequest,
    backupInterval: manager["backupInterval"] as string | undefined,
    discoveryPollInterval: manager["discoveryPollInterval"] as string | undefined,
    logLevel: (manager["logLevel"] as number | undefined) ?? logLevel,
    environment: environment(manager, etcd.backupRetentionDays),
  };
}

function environment(manager: YamlObject, retentionDays: number): readonly YamlObject[] {
  const days = (manager["backupRetentionDays"] as number | undefined) ?? retentionDays;
  return [
    { name: "ETCD_MANAGER_DAILY_BACKUPS_RETENTION", value: `${days}d` },
    ...urls("ETCD_LISTEN_METRICS_URLS", manager["listenMetricsURLs"]),
    ...urls("ETCD_LISTEN_CLIENT_HTTP_URLS", manager["listenClientHTTPURLs"]),
    ...((manager["env"] ?? []) as readonly YamlObject[]),
  ];
}

function urls(name: string, list: YamlObject[string]): readonly YamlObject[] {
  return Array.isArray(list) ? [{ name, value: list.join(",") }] : [];
}
