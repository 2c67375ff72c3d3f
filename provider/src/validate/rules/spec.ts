/** What is given in kOps's own terms: `clusterSpec` and `instanceGroupSpec`. */
import type { Fields } from "../../encode/fields";
import type { ResolvedCluster } from "../../model/cluster";
import type { ClusterSpec, InstanceGroupSpec } from "../../schema/types.gen";
import { minorVersion } from "../../model/versions";
import { SpecCheck } from "../spec/check";
import { clusterVerdicts } from "../spec/clusterVerdicts";
import { controlPlaneVerdicts, nodeGroupVerdicts } from "../spec/groupVerdicts";
import type { Verdicts } from "../spec/verdict";
import type { Checks, Entry } from "../kit/checks";
import { isKnown } from "../kit/fields";
import { at, below } from "../report/report";
import { checkAccessSettings } from "./specAccess";
import { checkAddonSettings } from "./specAddons";
import { checkAuthentication } from "./specAuthentication";
import { checkPolicies } from "./specPolicies";
import { checkKubelet, checkPrograms } from "./specPrograms";

const updatePolicies = ["automatic", "external"];
/** Of a hook both; the configuration of files knows the first name only (kops pkg/apis/kops/v1alpha2/conversion.go:686). */
const roles = ["ControlPlane", "Node"];
const etcdClusters = ["main", "events"];
const filesystems = ["ext4", "xfs"];

export function checkSpecs(cluster: ResolvedCluster, checks: Checks): void {
  const { clusterSpec, declared, nodeGroups, release } = cluster;
  const check = (path: string, given: ClusterSpec | InstanceGroupSpec, name: string, verdicts: Verdicts): void => {
    new SpecCheck(release.spec, verdicts, checks.report).fields(path, "", given as Fields, name);
    checkBoth(path, given, checks);
  };
  check("clusterSpec", clusterSpec, "ClusterSpec", clusterVerdicts);
  checkPrograms(cluster, checks);
  checkKubeApiServer(clusterSpec.kubeAPIServer, checks);
  checkPolicies(cluster, checks);
  checkAccessSettings(cluster, checks);
  checkAddonSettings(cluster, checks);
  checkAuthentication(cluster, checks);
  checkEtcd(cluster, checks);
  const checkGroup = (path: string, fields: InstanceGroupSpec, verdicts: Verdicts): void => {
    check(path, fields, "InstanceGroupSpec", verdicts);
    checkKubelet(`${path}.kubelet`, fields.kubelet, checks);
    checkVolumeMounts(`${path}.volumeMounts`, fields.volumeMounts, checks);
  };
  const controlPlane = declared.controlPlane?.instanceGroupSpec ?? {};
  checkGroup("controlPlane.instanceGroupSpec", controlPlane, controlPlaneVerdicts);
  for (const { name, instanceGroupSpec } of nodeGroups) {
    checkGroup(`${below("nodeGroups", name)}.instanceGroupSpec`, instanceGroupSpec, nodeGroupVerdicts);
  }
}

function checkBoth(path: string, given: ClusterSpec | InstanceGroupSpec, checks: Checks): void {
  checks.oneOf(`${path}.updatePolicy`, given.updatePolicy, updatePolicies);
  const nri = given.containerd?.["nri"];
  if (isKnown(nri) && nri["enabled"] === true) {
    // kops pkg/apis/kops/validation/validation.go:1956, which ends in a panic of kOps.
    const rule = "kOps needs containerd.version beside it, which kopsVersion decides here";
    checks.problem(`${path}.containerd.nri.enabled`, "not available here", true, rule);
  }
  for (const [file, filePath] of objects(`${path}.fileAssets`, given.fileAssets, checks)) {
    // kops pkg/apis/kops/validation/validation.go:769; without a path, the file gets one in a folder of kOps.
    for (const field of ["name", "content"]) required(filePath, file, field, checks);
    checkRoles(filePath, file, roles, checks);
  }
  for (const [hook, hookPath] of objects(`${path}.hooks`, given.hooks, checks)) {
    checkHook(hookPath, hook, checks);
    checkRoles(hookPath, hook, [...roles, "Master"], checks);
  }
  for (const [parameter, parameterPath] of checks.items(`${path}.sysctlParameters`, given.sysctlParameters)) {
    const rule = "must be name=value, as in vm.swappiness=1";
    if (!/^[^=\s]+\s*=.*\S/.test(parameter)) checks.problem(parameterPath, "invalid kernel parameter", parameter, rule);
  }
}

/** kops pkg/apis/kops/validation/instancegroup.go:233; of kOps's three file systems, nodes can make two. */
function checkVolumeMounts(path: string, mounts: InstanceGroupSpec["volumeMounts"], checks: Checks): void {
  for (const [mount, mountPath] of objects(path, mounts, checks)) {
    for (const field of ["device", "filesystem", "path"]) required(mountPath, mount, field, checks);
    const { filesystem } = mount;
    if (typeof filesystem === "string") checks.oneOf(`${mountPath}.filesystem`, filesystem, filesystems);
  }
}

/** kops pkg/apis/kops/validation/validation.go:800 */
function checkHook(path: string, hook: Fields, checks: Checks): void {
  const { execContainer, useRawManifest } = hook;
  const manifest = hook["manifest"] === "" ? undefined : hook["manifest"];
  if (manifest === undefined && execContainer === undefined && hook["disabled"] !== true) {
    checks.report.add(path, "nothing to run; set manifest or execContainer");
  }
  for (const field of ["execContainer", "before", "requires"]) {
    checks.conflictsWith(`${path}.${field}`, hook[field], "useRawManifest", useRawManifest === true);
  }
  if (isKnown(execContainer)) required(`${path}.execContainer`, execContainer, "image", checks);
}

function checkRoles(path: string, item: Fields, allowed: readonly string[], checks: Checks): void {
  if (!Array.isArray(item["roles"])) return;
  item["roles"].forEach((role: unknown, index) => {
    if (typeof role === "string") checks.oneOf(at(`${path}.roles`, index), role, allowed, "unknown role");
  });
}

/** kops pkg/apis/kops/validation/validation.go:845 */
function checkKubeApiServer(given: ClusterSpec["kubeAPIServer"], checks: Checks): void {
  const path = "clusterSpec.kubeAPIServer";
  const settings: Fields = given ?? {};
  const { auditPolicyFile, auditWebhookConfigFile, oidcIssuerURL } = settings;
  const hasWebhook = { holds: auditWebhookConfigFile !== undefined, text: "auditWebhookConfigFile is set" };
  checks.requiredWhen(`${path}.auditPolicyFile`, auditPolicyFile, hasWebhook, "the path of an audit policy");
  if (typeof auditPolicyFile === "string" && typeof auditWebhookConfigFile === "string") {
    const rule = `must be in the folder of auditPolicyFile, ${folderOf(auditPolicyFile)}`;
    if (folderOf(auditPolicyFile) !== folderOf(auditWebhookConfigFile)) {
      checks.problem(`${path}.auditWebhookConfigFile`, "file in another folder", auditWebhookConfigFile, rule);
    }
  }
  const isOidc = { holds: oidcIssuerURL !== undefined, text: "oidcIssuerURL is set" };
  checks.requiredWhen(`${path}.oidcClientID`, settings["oidcClientID"], isOidc, "the client's id at the issuer");
  if (typeof oidcIssuerURL === "string" && !oidcIssuerURL.startsWith("https://")) {
    checks.problem(`${path}.oidcIssuerURL`, "invalid issuer", oidcIssuerURL, "must start with https://");
  }
  const claims = settings["oidcRequiredClaim"];
  if (Array.isArray(claims)) {
    claims.forEach((claim: unknown, index) => {
      if (typeof claim === "string" && !/^[^=]+=/.test(claim)) {
        checks.problem(at(`${path}.oidcRequiredClaim`, index), "invalid claim", claim, "must be claim=value");
      }
    });
  }
  const ofOidc = Object.keys(settings).find((name) => name.startsWith("oidc"));
  const { authenticationConfigFile } = settings;
  checks.conflictsWith(
    `${path}.authenticationConfigFile`,
    authenticationConfigFile,
    ofOidc ?? "",
    ofOidc !== undefined,
  );
  const ports = settings["serviceNodePortRange"];
  if (typeof ports === "string" && !isPortRange(ports)) {
    checks.problem(
      `${path}.serviceNodePortRange`,
      "invalid port range",
      ports,
      "must be first-last, as in 30000-32767",
    );
  }
}

function isPortRange(text: string): boolean {
  const [, first, last] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? [];
  return first !== undefined && Number(first) <= Number(last) && Number(last) <= 65535;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function checkEtcd(cluster: ResolvedCluster, checks: Checks): void {
  const path = "clusterSpec.etcdClusters";
  const list = objects(path, cluster.clusterSpec.etcdClusters, checks);
  const names = list.map(([etcd, etcdPath]): Entry<string> => [String(etcd["name"]), `${etcdPath}.name`]);
  for (const [name, namePath] of names) checks.oneOf(namePath, name, etcdClusters, "unknown etcd cluster");
  checks.unique(names, "etcd cluster");
  for (const [{ version }, etcdPath] of list) {
    if (typeof version === "string") checkEtcdVersion(`${etcdPath}.version`, version, cluster, checks);
  }
  const versions = new Set(cluster.etcdClusters.map(({ name, version }) => versionOf(list, name) ?? version));
  if (versions.size > 1) {
    const rule = "main and events must have the same version";
    checks.problem(path, "different versions", [...versions].join(" and "), rule);
  }
}

function versionOf(list: readonly Entry<Fields>[], name: string): string | undefined {
  const version = list.find(([etcd]) => etcd["name"] === name)?.[0]["version"];
  return typeof version === "string" ? version : undefined;
}

/** Of the line that goes with the Kubernetes version: etcd cannot go back to an earlier line. */
function checkEtcdVersion(path: string, version: string, cluster: ResolvedCluster, checks: Checks): void {
  const newest = cluster.etcdClusters[0]?.version ?? "";
  const [line, patch] = [minorVersion(newest), Number(newest.split(".")[2])];
  const given = /^(\d+\.\d+)\.(\d+)$/.exec(version);
  if (given?.[1] !== line || Number(given[2]) > patch) {
    checks.problem(path, "version that etcd-manager cannot run here", version, `must be ${line}.0 to ${newest}`);
  }
}

function objects(path: string, list: readonly unknown[] | undefined, checks: Checks): readonly Entry<Fields>[] {
  return checks.items(path, list).flatMap(([item, itemPath]) => (isKnown(item) ? [[item, itemPath] as const] : []));
}

/** Empty is the same as left out to kOps. */
function required(path: string, item: Fields, field: string, checks: Checks): void {
  if (item[field] === undefined || item[field] === "")
    checks.report.add(`${path}.${field}`, "required, got nothing; must be a string");
}
