/** Who is trusted while keys are rotated: clients by their certificates, pods by the tokens of their service accounts. */
import { createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { type Kube, KubeError } from "../../localcloud/machines/kube";
import { awsSettings, type LocalCloud } from "../support/localCloud";

/** How a client fares: it gets an answer, the API does not know it, or it does not trust the API. */
export type Fate = "served" | "refused" | "does not trust the server";

export async function fateOf(client: Kube): Promise<Fate> {
  try {
    await client.list("/api/v1/namespaces");
    return "served";
  } catch (error) {
    if (error instanceof KubeError && error.status === 401) return "refused";
    if ((error as Error).message.includes("certificate")) return "does not trust the server";
    throw error;
  } finally {
    client.close();
  }
}

/** Of the service account "default", for AWS, as a pod has one beside its role. */
export async function webIdentityToken(api: Kube): Promise<string> {
  const made = await api.create("/api/v1/namespaces/default/serviceaccounts/default/token", {
    ...{ apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest" },
    spec: { audiences: ["amazonaws.com"], expirationSeconds: 3600 },
  });
  return (made["status"] as { token: string }).token;
}

/** Whether the API server accepts the token. */
export async function isAuthenticated(api: Kube, token: string): Promise<boolean> {
  const review = await api.create("/apis/authentication.k8s.io/v1/tokenreviews", {
    ...{ apiVersion: "authentication.k8s.io/v1", kind: "TokenReview" },
    spec: { token, audiences: ["amazonaws.com"] },
  });
  return (review["status"] as { authenticated?: boolean }).authenticated === true;
}

/**
 * Whether AWS would accept the token: STS looks for the key that it names among those that its issuer publishes. The
 * simulated STS accepts any.
 */
export async function isVerifiable(cloud: LocalCloud, token: string): Promise<boolean> {
  const [header = "", claims = "", signature = ""] = token.split(".");
  const { kid } = decoded(header) as { kid: string };
  const { hostname, pathname } = new URL((decoded(claims) as { iss: string }).iss);
  const s3 = new S3Client({ ...awsSettings(cloud), forcePathStyle: true });
  const place = { Bucket: hostname.split(".")[0], Key: `${pathname.slice(1)}/openid/v1/jwks` };
  const { Body } = await s3.send(new GetObjectCommand(place));
  const { keys } = JSON.parse((await Body?.transformToString()) ?? "") as { keys: (JsonWebKey & { kid: string })[] };
  const key = keys.find((each) => each.kid === kid);
  if (key === undefined) return false;
  const signed = Buffer.from(`${header}.${claims}`);
  return verify("sha256", signed, createPublicKey({ key, format: "jwk" }), Buffer.from(signature, "base64url"));
}

function decoded(part: string): unknown {
  return JSON.parse(Buffer.from(part, "base64url").toString());
}
