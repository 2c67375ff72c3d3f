/** What `clusterSpec.cloudControllerManager` and kOps's defaults say of the cloud controller (kops pkg/model/components/awscloudcontrollermanager.go:34). */
import type { YamlObject, YamlValue } from "../../encode/yaml";
import { kopsFields } from "../../model/spec/values";
import type { UnwrappedCluster } from "../../model/cluster";

/** As the completed spec has it. */
export function cloudControllerManagerConfig(cluster: UnwrappedCluster): YamlObject {
  const { components, images, spec } = cluster.release;
  return {
    ...components.cloudControllerManager,
    clusterCIDR: cluster.network.podCidr,
    clusterName: cluster.name,
    image: images.awsCloudController,
    ...kopsFields(cluster.clusterSpec.cloudControllerManager ?? {}, "CloudControllerManagerConfig", spec),
  };
}

/** Flags by the fields of the spec that have one (kops pkg/apis/kops/componentconfig.go:759). */
const flagNames: Readonly<Record<string, string>> = {
  allocateNodeCIDRs: "allocate-node-cidrs",
  allowUntaggedCloud: "allow-untagged-cloud",
  cidrAllocatorType: "cidr-allocator-type",
  clusterCIDR: "cluster-cidr",
  clusterName: "cluster-name",
  concurrentNodeSyncs: "concurrent-node-syncs",
  configureCloudRoutes: "configure-cloud-routes",
  controllers: "controllers",
  enableLeaderMigration: "enable-leader-migration",
  logLevel: "v",
  nodeStatusUpdateFrequency: "node-status-update-frequency",
  useServiceAccountCredentials: "use-service-account-credentials",
};

/** Sorted, and after them those that kOps adds (kops upup/pkg/fi/cloudup/template_functions.go:659). */
export function cloudControllerFlags(config: YamlObject, cloudConfig: string): readonly string[] {
  const given = Object.entries(config).flatMap(([field, value]) => {
    const name = flagNames[field];
    return name === undefined || value === undefined ? [] : [`--${name}=${flagValue(value)}`];
  });
  return [
    ...[...given, "--leader-elect=true"].sort(),
    ...(config["logLevel"] === undefined ? ["--v=2"] : []),
    "--cloud-provider=aws",
    ...(config["useServiceAccountCredentials"] === undefined ? ["--use-service-account-credentials=true"] : []),
    `--cloud-config=${cloudConfig}`,
  ];
}

function flagValue(value: YamlValue): string {
  if (typeof value === "string") return value;
  return Array.isArray(value) ? value.join(",") : JSON.stringify(value);
}
