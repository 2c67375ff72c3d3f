/** Pods that assume an IAM role with their service account's token (kops pkg/model/iam/subject.go:120). */
import type { ServiceAccount, UnwrappedCluster } from "../model/cluster";
import { serviceAccountRoleName } from "../model/names";
import type { AddonFacts } from "./addon";
import { env, mount } from "./objects/containers";
import type { Container, PodSpec, Volume } from "./objects/pods";

export const tokenDirectory = "/var/run/secrets/amazonaws.com";
const tokenFile = "token";
export const tokenPath = `${tokenDirectory}/${tokenFile}`;
export const tokenVolume = {
  name: "token-amazonaws-com",
  projected: {
    defaultMode: 0o644,
    sources: [{ serviceAccountToken: { audience: "amazonaws.com", expirationSeconds: 86400, path: tokenFile } }],
  },
} satisfies Volume;

export function withServiceAccountRole(
  spec: PodSpec,
  account: ServiceAccount,
  cluster: UnwrappedCluster,
  facts: AddonFacts,
): PodSpec {
  const role = serviceAccountRoleName(cluster.name, account);
  const arn = `arn:${cluster.partition}:iam::${facts.accountId}:role/${role}`;
  return {
    ...spec,
    containers: spec.containers.map((container) => withToken(container, arn)),
    volumes: [...(spec.volumes ?? []), tokenVolume],
    securityContext: { fsGroup: cluster.release.users.generic, ...spec.securityContext },
  };
}

function withToken(container: Container, roleArn: string): Container {
  return {
    ...container,
    // kOps writes these pods from the API's own types.
    resources: container.resources ?? {},
    env: [...(container.env ?? []), env("AWS_ROLE_ARN", roleArn), env("AWS_WEB_IDENTITY_TOKEN_FILE", tokenPath)],
    volumeMounts: [
      ...(container.volumeMounts ?? []),
      mount(tokenVolume.name, `${tokenDirectory}/`, { readOnly: true }),
    ],
  };
}
