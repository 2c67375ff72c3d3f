import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { requestHandler } from "./cloud";
import type { Kube, KubeObject } from "./kube";
import type { Surroundings } from "./machine";

interface PodSpec {
  readonly serviceAccountName: string;
  readonly containers: readonly { readonly env?: readonly { readonly name: string; readonly value?: string }[] }[];
}

export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** A token of a pod's service account for one audience, as a kubelet gets it for a projected volume. */
export async function podToken(kube: Kube, pod: KubeObject, audience: string | undefined): Promise<string> {
  const { serviceAccountName } = pod["spec"] as PodSpec;
  const { name, namespace = "default", uid } = pod.metadata;
  const spec = {
    audiences: audience === undefined ? [] : [audience],
    // A kubelet would renew it; a day is longer than any local cloud lives.
    expirationSeconds: 86_400,
    boundObjectRef: { kind: "Pod", apiVersion: "v1", name, uid },
  };
  const made = await kube.create(`/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccountName}/token`, {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec,
  });
  return (made["status"] as { token: string }).token;
}

/** The keys of the role that a pod's environment names, had with its service account's token. */
export async function podKeys(kube: Kube, pod: KubeObject, { awsUrl, region }: Surroundings): Promise<AwsKeys> {
  const { containers } = pod["spec"] as PodSpec;
  const RoleArn = containers[0]?.env?.find(({ name }) => name === "AWS_ROLE_ARN")?.value;
  if (RoleArn === undefined) throw new Error(`pod ${pod.metadata.name} has no AWS_ROLE_ARN`);
  const WebIdentityToken = await podToken(kube, pod, "amazonaws.com");
  const sts = new STSClient({ endpoint: awsUrl, region, requestHandler });
  const request = { RoleArn, RoleSessionName: pod.metadata.name, WebIdentityToken };
  const { Credentials } = await sts.send(new AssumeRoleWithWebIdentityCommand(request));
  if (Credentials === undefined) throw new Error(`no keys for pod ${pod.metadata.name}`);
  return {
    accessKeyId: Credentials.AccessKeyId ?? "",
    secretAccessKey: Credentials.SecretAccessKey ?? "",
    sessionToken: Credentials.SessionToken ?? "",
  };
}
