import type { ResolvedCluster } from "../model/cluster";
import { isOutput } from "../schema/input";
import type { ClusterInputs } from "../schema/types.gen";

const lifetimeHours = 8760;
const apiVersion = "client.authentication.k8s.io/v1";

type Exec = ResolvedCluster["kubeconfig"]["exec"];
type Fields = Readonly<Record<string, unknown>>;

export function resolveKubeconfig(inputs: ClusterInputs): ResolvedCluster["kubeconfig"] {
  const { kubeconfig, clusterSpec } = inputs;
  const exec = kubeconfig?.exec;
  return {
    lifetimeHours: kubeconfig?.lifetimeHours ?? lifetimeHours,
    exec:
      exec === undefined
        ? (kubelogin(clusterSpec?.kubeAPIServer) ?? awsAuthenticator(inputs))
        : { command: exec.command, args: exec.args ?? [], apiVersion: exec.apiVersion ?? apiVersion },
  };
}

/** For the users of AWS IAM. A config map of the user's own may name the cluster otherwise. */
function awsAuthenticator({ clusterName, clusterSpec }: ClusterInputs): Exec {
  const aws = clusterSpec?.authentication?.["aws"];
  if (typeof aws !== "object" || aws === null || isOutput(aws)) return undefined;
  const { clusterID = clusterName } = aws as Fields;
  if (typeof clusterID !== "string") return undefined;
  return { command: "aws-iam-authenticator", args: ["token", "-i", clusterID], apiVersion };
}

/** For the users of an OIDC issuer (https://github.com/int128/kubelogin/blob/master/docs/usage.md). */
function kubelogin(apiServer: Fields = {}): Exec {
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
