/** Which resources a cluster cannot lose, and which can outlive it. */
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedCluster } from "../model/cluster";

/** By the part of their logical names after the component's. */
const irreplaceable =
  /^(guard|(state|discovery)-store|etcd-volume-.*|autoscaling-group-control-plane-.*|(key|certificate)-(?!admin$).*)$/;

/**
 * The buckets with their settings and files. Files of instance groups go with their groups: kOps would take one that stays
 * for a group that exists.
 */
const storeResources = /^(state-store.*|discovery-.*|file-(?!instancegroup-|igconfig-).*)$/;

/** Has the engine keep those resources where the inputs ask for it; without that, options are left as they are. */
export function withProtection(
  name: string,
  { deletionProtection, retain }: Pick<ResolvedCluster, "deletionProtection" | "retain">,
  options: pulumi.ComponentResourceOptions = {},
): pulumi.ComponentResourceOptions {
  const retainsStores = retain.includes("stateStore");
  if (!deletionProtection && !retainsStores) {
    return options;
  }
  const kept: pulumi.ResourceTransformation = ({ name: child, props, opts }) => {
    const role = child.startsWith(`${name}-`) ? child.slice(name.length + 1) : "";
    const protect = deletionProtection && irreplaceable.test(role) ? { protect: true } : {};
    const retainOnDelete = retainsStores && storeResources.test(role) ? { retainOnDelete: true } : {};
    return { props, opts: { ...opts, ...protect, ...retainOnDelete } };
  };
  return { ...options, transformations: [...(options.transformations ?? []), kept] };
}
