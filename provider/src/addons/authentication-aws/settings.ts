import type { YamlObject } from "../../encode/yaml";
import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";
import { kopsFields } from "../../model/spec/values";

/** How the API server's users of AWS IAM are told, by kOps's names. */
export type AuthenticatorSettings = Readonly<
  Partial<
    Record<"backendMode" | "clusterID" | "cpuLimit" | "cpuRequest" | "image" | "memoryLimit" | "memoryRequest", string>
  >
> & { readonly identityMappings?: readonly IdentityMapping[] };

export interface IdentityMapping {
  readonly arn: string;
  readonly username: string;
  readonly groups: readonly string[];
}

/** Validation has checked that it is a plain value. */
export function hasAwsAuthenticator({ clusterSpec }: Pick<ResolvedCluster, "clusterSpec">): boolean {
  return clusterSpec.authentication?.["aws"] !== undefined;
}

export function authenticatorSettings({ clusterSpec, release }: UnwrappedCluster): AuthenticatorSettings {
  const fields: YamlObject = kopsFields(
    clusterSpec.authentication?.["aws"] ?? {},
    "AWSAuthenticationSpec",
    release.spec,
  );
  return fields;
}
