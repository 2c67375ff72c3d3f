/** The environment by which programs on control-plane nodes reach the stores. */
import type { UnwrappedCluster } from "./cluster";
import type { RuntimeFacts } from "./runtime";

/**
 * Sorted by name. Empty values are left out, as kOps leaves out variables that are not set
 * (kops util/pkg/env/standard.go:41).
 */
export function storeEnvironment(
  cluster: UnwrappedCluster,
  facts: Pick<RuntimeFacts, "storeAccess">,
): readonly (readonly [name: string, value: string])[] {
  const access = facts.storeAccess;
  const variables: readonly (readonly [string, string | undefined])[] = [
    ["AWS_REGION", cluster.region],
    ["S3_ACCESS_KEY_ID", access?.accessKeyId],
    ["S3_ENDPOINT", access?.endpoint],
    ["S3_REGION", access?.region],
    ["S3_SECRET_ACCESS_KEY", access?.secretAccessKey],
  ];
  return variables.flatMap(([name, value]) => (value === undefined || value === "" ? [] : [[name, value] as const]));
}

/** The same as a container's `env`. */
export function storeEnvironmentVariables(
  cluster: UnwrappedCluster,
  facts: Pick<RuntimeFacts, "storeAccess">,
): readonly { readonly name: string; readonly value: string }[] {
  return storeEnvironment(cluster, facts).map(([name, value]) => ({ name, value }));
}
