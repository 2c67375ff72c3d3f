/** How people reach the cluster: API, SSH, kubeconfig, waiting for it. */
import type { ClusterInputs } from "../../schema/types.gen";
import { checkAccess } from "./addresses";
import { show } from "../report/display";
import { plain } from "./entries";
import { isDnsName, isWebUrl } from "./formats";
import type { Problems } from "../report/problem";

/** Ten years, as long as the certificate authority lives. */
const longestKubeconfigHours = 87_600;

export function checkApi(api: ClusterInputs["api"], problems: Problems): void {
  checkAccess(api?.access, "api.access", problems);
  const endpoint = plain(api?.endpoint);
  if (endpoint !== undefined && !isWebUrl(endpoint, ["https"])) {
    problems.add(
      "api.endpoint",
      `not an API address, got ${show(endpoint)}; must be https:// with a host, and perhaps a port`,
    );
  }
}

export function checkDns({ dns, clusterName }: Partial<ClusterInputs>, problems: Problems): void {
  if (dns?.zone === undefined) {
    if ((dns?.type ?? "none") !== "none") {
      problems.add("dns.zone", `missing beside dns.type, got none; must be the domain or the id of a hosted zone`);
    }
    return;
  }
  checkZone(dns, dns.zone, problems);
  const domain = dns.zone.replace(/\.$/, "");
  if (
    domain.includes(".") &&
    clusterName !== undefined &&
    clusterName !== domain &&
    !clusterName.endsWith(`.${domain}`)
  ) {
    problems.add(
      "dns.zone",
      `not above the cluster's name, got ${show(dns.zone)}; must be a domain of ${show(clusterName)}`,
    );
  }
}

function checkZone(dns: NonNullable<ClusterInputs["dns"]>, zone: string, problems: Problems): void {
  if ((dns.type ?? "none") === "none") {
    problems.add("dns.zone", `hosted zone without DNS, got ${show(zone)}; leave it out, or set dns.type`);
  } else if (!isDnsName(zone.replace(/\.$/, "")) && !/^Z[A-Z0-9]+$/.test(zone)) {
    problems.add("dns.zone", `not a hosted zone, got ${show(zone)}; must be a domain or the id of a zone`);
  }
}

export function checkSsh(inputs: Partial<ClusterInputs>, problems: Problems): void {
  checkAccess(inputs.sshAccess, "sshAccess", problems);
  const key = plain(inputs.sshPublicKey)?.trim();
  // Never shown: who gives the wrong file may give a private key.
  if (key !== undefined && !/^(ssh-rsa|ssh-ed25519) [A-Za-z0-9+/]+={0,2}( [^\r\n]*)?$/.test(key)) {
    problems.add(
      "sshPublicKey",
      "not an OpenSSH public key; must be one line that starts with ssh-rsa or ssh-ed25519, as EC2 takes it",
    );
  }
}

export function checkTimes(inputs: Partial<ClusterInputs>, problems: Problems): void {
  const timeout = inputs.readiness?.timeoutSeconds;
  if (timeout !== undefined && timeout < 1) {
    problems.add("readiness.timeoutSeconds", `out of range, got ${timeout}; must be 1 or more`);
  }
  const hours = inputs.kubeconfig?.lifetimeHours;
  if (hours !== undefined && (hours < 1 || hours > longestKubeconfigHours)) {
    problems.add(
      "kubeconfig.lifetimeHours",
      `out of range, got ${hours}; must be 1 to ${longestKubeconfigHours}, ten years`,
    );
  }
}
