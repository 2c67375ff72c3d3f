import type { ResolvedCluster } from "../model/cluster";
import type { ClusterInputs } from "../schema/types.gen";

const lifetimeHours = 8760;
const apiVersion = "client.authentication.k8s.io/v1";

export function resolveKubeconfig({ kubeconfig, clusterSpec }: ClusterInputs): ResolvedCluster["kubeconfig"] {
  const exec = kubeconfig?.exec;
  return {
    lifetimeHours: kubeconfig?.lifetimeHours ?? lifetimeHours,
    exec:
      exec === undefined
        ? kubelogin(clusterSpec?.kubeAPIServer)
        : { command: exec.command, args: exec.args ?? [], apiVersion: exec.apiVersion ?? apiVersion },
  };
}

/** For the users of an OIDC issuer (https://github.com/int128/kubelogin/blob/master/docs/usage.md). */
function kubelogin(apiServer: Readonly<Record<string, unknown>> = {}): ResolvedCluster["kubeconfig"]["exec"] {
  const { oidcIssuerURL: issuer, oidcClientID: client, oidcUsernameClaim: claim } = apiServer;
  if (typeof issuer !== "string" || typeof client !== "string") return undefined;
  const args = ["oidc-login", "get-token", `--oidc-issuer-url=${issuer}`, `--oidc-client-id=${client}`];
  // A token has this claim only if it was asked for.
  return {
    command: "kubectl",
    args: [...args, ...(claim === "email" ? ["--oidc-extra-scope=email"] : [])],
    apiVersion,
  };
}
