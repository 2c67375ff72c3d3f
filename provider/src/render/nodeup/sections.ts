/** What the user says in kOps's own terms, as nodeup's configuration has it (kops pkg/apis/nodeup/config.go:209). */
import { hasAwsAuthenticator } from "../../addons/authentication-aws/settings";
import type { YamlObject, YamlValue } from "../../encode/yaml";
import type { UnwrappedCluster, UnwrappedControlPlaneGroup, UnwrappedNodeGroup } from "../../model/cluster";
import { containerdConfig } from "../clusterSpec/completed";
import { presentList } from "../clusterSpec/fields";
import { forNodeup, groupOverrides, groupSection, listsOf } from "../spec/overrides";
import { merged } from "../../model/spec/values";

type Group = UnwrappedControlPlaneGroup | UnwrappedNodeGroup;
type Fields = Readonly<Record<string, YamlValue>>;

export function groupSections(cluster: UnwrappedCluster, group: Group): YamlObject {
  const { clusterSpec } = cluster;
  const packages = listsOf(cluster, group, "packages");
  return {
    Hooks: hooks(cluster, group),
    NTPUnmanaged: clusterSpec.ntp?.["managed"] === false ? true : undefined,
    SysctlParameters: sysctlParameters(cluster, group),
    UpdatePolicy: group.instanceGroupSpec.updatePolicy ?? clusterSpec.updatePolicy ?? "automatic",
    VolumeMounts: groupOverrides(cluster, group)["volumeMounts"],
    containerdConfig: merged(containerdConfig(cluster), groupSection(cluster, group, "containerd")),
    packages: presentList([...packages.ofCluster, ...packages.ofGroup]),
  };
}

/** Files of the group, then of the cluster. */
export function fileAssets(cluster: UnwrappedCluster, group: Group): readonly YamlObject[] {
  const { ofCluster, ofGroup } = listsOf(cluster, group, "fileAssets");
  return [...forRole(ofGroup, group), ...forRole(ofCluster, group)];
}

/** Those of the group and of the cluster: a list each, or null. */
function hooks(cluster: UnwrappedCluster, group: Group): YamlValue {
  const { ofCluster, ofGroup } = listsOf(cluster, group, "hooks");
  const listOrNull = (list: readonly Fields[]): YamlValue => (list.length === 0 ? null : list);
  // kOps turns the field around for those of the cluster alone (pkg/apis/kops/v1alpha2/conversion.go:349).
  const clusterHooks = forRole(ofCluster, group).map(({ disabled, ...hook }) =>
    disabled === undefined ? hook : { ...hook, enabled: disabled !== true },
  );
  return [listOrNull(forRole(ofGroup, group)), listOrNull(clusterHooks)];
}

/** What names no role is for all; a configuration does not repeat its role. */
function forRole(list: readonly YamlValue[], { role }: Group): readonly Fields[] {
  const names = role === "ControlPlane" ? ["ControlPlane", "Master"] : [role];
  return (list as readonly Fields[]).flatMap(({ roles, ...item }) =>
    roles === undefined || (roles as readonly string[]).some((each) => names.includes(each)) ? [item] : [],
  );
}

function sysctlParameters(cluster: UnwrappedCluster, group: Group): YamlValue | undefined {
  const { ofCluster, ofGroup } = listsOf(cluster, group, "sysctlParameters");
  const block = (list: readonly YamlValue[], owner: string): readonly YamlValue[] =>
    list.length === 0 ? [] : [`# Custom sysctl parameters from ${owner} spec`, "", ...list];
  return presentList([...block(ofGroup, "instance group"), ...block(ofCluster, "cluster")]);
}

/** Flags of OpenID Connect are the API server's in a spec, and not in this configuration (conversion.go:151). */
const oidcNames = {
  oidcClientID: "clientID",
  oidcGroupsClaim: "groupsClaims",
  oidcGroupsPrefix: "groupsPrefix",
  oidcIssuerURL: "issuerURL",
  oidcRequiredClaim: "requiredClaims",
  oidcUsernameClaim: "usernameClaim",
  oidcUsernamePrefix: "usernamePrefix",
} as const;

/** The API server's settings, and how it knows users. */
export function apiServerSections(cluster: UnwrappedCluster, config: YamlObject): YamlObject {
  const isOidc = (name: string): name is keyof typeof oidcNames => Object.hasOwn(oidcNames, name);
  const flags = Object.entries(config).filter(([name]) => !isOidc(name));
  const oidc = Object.entries(config).flatMap(([name, value]) =>
    isOidc(name) ? [[oidcNames[name], oidcValue(oidcNames[name], value)] as const] : [],
  );
  return {
    Authentication: authentication(cluster, oidc.length === 0 ? undefined : Object.fromEntries(oidc)),
    KubeAPIServer: forNodeup(cluster, "kubeAPIServer", Object.fromEntries(flags)),
  };
}

/** Of AWS IAM, nodes only know that it is there (kops pkg/apis/nodeup/config.go:379). */
function authentication(cluster: UnwrappedCluster, oidc: YamlObject | undefined): YamlObject | undefined {
  if (oidc === undefined && cluster.clusterSpec.authentication === undefined) return undefined;
  return { aws: hasAwsAuthenticator(cluster) ? {} : undefined, oidc };
}

function oidcValue(name: string, value: YamlValue | undefined): YamlValue | undefined {
  if (name === "groupsClaims") return (value as string).split(",");
  if (name !== "requiredClaims") return value;
  return Object.fromEntries((value as readonly string[]).map(splitClaim));
}

/** `claim=value`; a value may hold further signs. */
function splitClaim(text: string): readonly [string, string] {
  const sign = text.indexOf("=");
  return [text.slice(0, sign), text.slice(sign + 1)];
}
