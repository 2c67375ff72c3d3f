/** The environment by which programs on control-plane nodes reach the stores, and what else they call. */
import { compareCodeUnits } from "../encode/natural";
import type { UnwrappedCluster } from "./cluster";
import { egressProxy, proxyVariables } from "./egressProxy";
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

/** With the proxy's variables, as a container's `env` (kops util/pkg/env/standard.go:39). */
export function systemEnvironmentVariables(
  cluster: UnwrappedCluster,
  facts: Pick<RuntimeFacts, "storeAccess">,
): readonly { readonly name: string; readonly value: string }[] {
  const proxy = egressProxy(cluster);
  const variables = [...storeEnvironment(cluster, facts), ...(proxy === undefined ? [] : proxyVariables(proxy))];
  return variables
    .map(([name, value]) => ({ name, value }))
    .sort((left, right) => compareCodeUnits(left.name, right.name));
}
