import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedCluster } from "../../model/cluster";

/** Options by which the engine keeps resources, where the inputs ask for it; each part gives them to its own. */
export class Keeping {
  /** Of what a cluster cannot lose: its data, its keys, and what runs its control plane. */
  readonly irreplaceable: Pick<pulumi.CustomResourceOptions, "protect">;
  /** Of the stores, which can outlive the cluster. */
  readonly store: Pick<pulumi.CustomResourceOptions, "retainOnDelete">;

  constructor({ deletionProtection, retain }: Pick<ResolvedCluster, "deletionProtection" | "retain">) {
    this.irreplaceable = deletionProtection ? { protect: true } : {};
    this.store = retain.includes("stateStore") ? { retainOnDelete: true } : {};
  }
}
