import type { UnwrappedCluster } from "../model/cluster";
import { egressProxy, proxyVariables } from "../model/egressProxy";
import { env } from "./objects/containers";
import type { EnvVar } from "./objects/pods";

/** Of programs that talk to the outside by the cluster's proxy, where it has one. */
export function proxyEnvironment(cluster: UnwrappedCluster): readonly EnvVar[] {
  const proxy = egressProxy(cluster);
  return (proxy === undefined ? [] : proxyVariables(proxy)).map(([variable, value]) => env(variable, value));
}
