/** How people reach the cluster: API, SSH, kubeconfig, waiting for it. */
import type { ResolvedApi, ResolvedCluster, ResolvedSsh } from "../../model/cluster";
import { checkAccess } from "../kit/addresses";
import { known, type Checks } from "../kit/checks";
import { apiUrl, isDnsName } from "../kit/formats";
import { show } from "../report/display";

/** Ten years, as long as the certificate authority is valid. */
const longestKubeconfigHours = 87_600;
/** EC2's limit of an imported key. */
const longestSshKey = 4096;

export function checkApi({ access, endpoint }: ResolvedApi, checks: Checks): void {
  checkAccess("api.access", access, checks);
  checks.matches("api.endpoint", endpoint, apiUrl);
}

export function checkDns({ dns: { type, zone }, name }: ResolvedCluster, checks: Checks): void {
  const path = "dns.zone";
  if (!checks.report.isUsable("dns.type", path)) {
    return;
  }
  const usesDns = type !== "none";
  checks.requiredWhen(
    path,
    zone,
    { holds: usesDns, text: `dns.type is "${type}"` },
    "the domain or id of a hosted zone",
  );
  checks.onlyIf(path, zone, { holds: usesDns, text: 'dns.type is "public" or "private"' });
  if (zone === undefined) {
    return;
  }
  const domain = zone.replace(/\.$/, "");
  const isId = /^Z[A-Z0-9]{1,32}$/.test(zone);
  if (usesDns && !isId && !isDnsName(domain)) {
    checks.problem(path, "invalid hosted zone", zone, "must be a domain or the id of a hosted zone");
  }
  const isParent = name === domain || name.endsWith(`.${domain}`);
  if (domain.includes(".") && !isParent && checks.report.isUsable("clusterName")) {
    checks.problem(
      path,
      "not a domain of the cluster",
      zone,
      `must be a parent domain of the cluster name ${show(name)}`,
    );
  }
}

export function checkSsh({ access, publicKey }: ResolvedSsh, checks: Checks): void {
  checkAccess("sshAccess", access, checks);
  const key = known(publicKey)?.trim();
  const isKey = (text: string): boolean =>
    text.length <= longestSshKey && /^(ssh-rsa|ssh-ed25519) [A-Za-z0-9+/]+={0,2}( [^\x00-\x1f\x7f]*)?$/.test(text);
  // Never shown: who gives the wrong file may give a private key.
  if (key !== undefined && !isKey(key)) {
    checks.report.add(
      "sshPublicKey",
      "invalid OpenSSH public key; must be one line that starts with ssh-rsa or ssh-ed25519, as EC2 requires",
    );
  }
}

const execVersions = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];

export function checkTimes({ readiness, rollingUpdate, kubeconfig }: ResolvedCluster, checks: Checks): void {
  checks.atLeast("readiness.timeoutSeconds", readiness.timeoutSeconds, 1);
  checks.atLeast("readiness.validationTimeoutSeconds", readiness.validationTimeoutSeconds, 0);
  for (const name of ["drainTimeoutSeconds", "validationTimeoutSeconds"] as const) {
    checks.atLeast(`rollingUpdate.${name}`, rollingUpdate[name], 1);
  }
  const pauses = ["postDrainDelaySeconds", "controlPlaneIntervalSeconds", "nodeIntervalSeconds"] as const;
  for (const name of [...pauses, "validateCount"] as const) {
    checks.atLeast(`rollingUpdate.${name}`, rollingUpdate[name], 0);
  }
  const hours = { least: 1, most: longestKubeconfigHours, unit: "hours (ten years)" };
  checks.between("kubeconfig.lifetimeHours", kubeconfig.lifetimeHours, hours);
}

/** What kubectl would complain of on each person's machine. */
export function checkExec({ kubeconfig: { exec } }: ResolvedCluster, checks: Checks): void {
  if (exec?.command.trim() === "") {
    checks.problem("kubeconfig.exec.command", "empty", exec.command, "must be a program");
  }
  checks.oneOf("kubeconfig.exec.apiVersion", exec?.apiVersion, execVersions);
}
