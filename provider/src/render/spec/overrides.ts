/** The user's `clusterSpec` and `instanceGroupSpec`: each section over what kOps and the component say of it. */
import type { YamlObject, YamlValue } from "../../encode/yaml";
import { specFields, specType } from "../../model/spec/types";
import type { UnwrappedCluster, UnwrappedControlPlaneGroup, UnwrappedNodeGroup } from "../../model/cluster";
import type { ClusterSpec, InstanceGroupSpec } from "../../schema/types.gen";
import type { Unwrapped } from "../../schema/input";
import { kopsFields, kopsValue, nodeupFields } from "../../model/spec/values";

type Group = UnwrappedControlPlaneGroup | UnwrappedNodeGroup;
/** The sections that are objects, by the name of their type in kOps. */
const objects = {
  containerd: "ContainerdConfig",
  kubeAPIServer: "KubeAPIServerConfig",
  kubeControllerManager: "KubeControllerManagerConfig",
  kubeProxy: "KubeProxyConfig",
  kubeScheduler: "KubeSchedulerConfig",
  kubelet: "KubeletConfigSpec",
  masterKubelet: "KubeletConfigSpec",
} as const;

type ObjectSection = keyof typeof objects;

/** What the registry holds of the user's sections, beside those that the component writes together with its own. */
export function declaredOverrides(cluster: UnwrappedCluster): YamlObject {
  const { etcdClusters: _merged, egressProxy: _completed, kubeAPIServer, ...sections } = cluster.clusterSpec;
  const written = kopsFields(sections, "ClusterSpec", cluster.release.spec);
  if (kubeAPIServer === undefined) return written;
  const isOidc = Object.keys(kubeAPIServer).some((name) => name.startsWith("oidc"));
  return {
    ...written,
    // Where kOps itself keeps these settings; all that its files show of it.
    authentication: isOidc ? { ...(written["authentication"] as YamlObject | undefined) } : written["authentication"],
    kubeAPIServer: sectionOf(cluster, "kubeAPIServer"),
  };
}

export function sectionOf(cluster: UnwrappedCluster, section: ObjectSection): YamlObject {
  const given = cluster.clusterSpec[section];
  if (given === undefined) return {};
  const fields = kopsFields(given, objects[section], cluster.release.spec);
  const claims = fields["oidcRequiredClaim"];
  // A map in kOps itself (kops pkg/apis/kops/v1alpha2/conversion.go:470).
  return Array.isArray(claims) ? { ...fields, oidcRequiredClaim: [...(claims as readonly string[])].sort() } : fields;
}

/** A default applies where the user says nothing of the field. */
export function overridden(cluster: UnwrappedCluster, section: ObjectSection, defaults: YamlObject): YamlObject {
  return { ...defaults, ...sectionOf(cluster, section) };
}

export function groupOverrides(cluster: UnwrappedCluster, group: Group): YamlObject {
  return kopsFields(group.instanceGroupSpec, "InstanceGroupSpec", cluster.release.spec);
}

export function groupSection(
  cluster: UnwrappedCluster,
  group: Group,
  section: keyof InstanceGroupSpec & ObjectSection,
): YamlObject {
  const given = group.instanceGroupSpec[section];
  return given === undefined ? {} : kopsFields(given, objects[section], cluster.release.spec);
}

/** Fields of a section in nodeup's configuration. */
export function forNodeup(cluster: UnwrappedCluster, section: ObjectSection, fields: YamlObject): YamlObject {
  return nodeupFields(fields, objects[section], cluster.release.spec);
}

/** A list of the cluster's and one of the group's: each as kOps writes it. */
export function listsOf(
  cluster: UnwrappedCluster,
  group: Group,
  section: keyof ClusterSpec & keyof InstanceGroupSpec & ("fileAssets" | "hooks" | "packages" | "sysctlParameters"),
): { readonly ofCluster: readonly YamlValue[]; readonly ofGroup: readonly YamlValue[] } {
  const { spec } = cluster.release;
  const type = specType(specFields(spec, "ClusterSpec")[section] ?? "any");
  const written = (list: readonly unknown[] | undefined): readonly YamlValue[] =>
    list === undefined ? [] : (kopsValue(list, type, spec) as readonly YamlValue[]);
  return { ofCluster: written(cluster.clusterSpec[section]), ofGroup: written(group.instanceGroupSpec[section]) };
}

/** What the user says of one of the two etcd clusters. */
export function etcdOverrides(cluster: UnwrappedCluster, name: string): YamlObject {
  const list = cluster.clusterSpec.etcdClusters as readonly Unwrapped<{ name?: unknown }>[] | undefined;
  const given = list?.find((each) => each.name === name);
  return given === undefined ? {} : kopsFields(given, "EtcdClusterSpec", cluster.release.spec);
}
