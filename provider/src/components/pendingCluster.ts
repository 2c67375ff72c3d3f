import * as pulumi from "@pulumi/pulumi";
import type { ResolvedCluster, UnwrappedCluster } from "../model/cluster";

/**
 * The cluster with the user's own outputs resolved, as rendering needs it. Its release holds no outputs, and is kept
 * out of Pulumi's hands: each time a value passes through an output, Pulumi copies all of it.
 */
export class PendingCluster {
  private readonly release: UnwrappedCluster["release"];
  private readonly output: pulumi.Output<unknown>;

  constructor({ release, ...cluster }: ResolvedCluster) {
    this.release = release;
    this.output = pulumi.output<unknown>(cluster);
  }

  /** What comes of the cluster and further values, once all of them are known. */
  with<Values, Result>(
    values: pulumi.Output<Values>,
    render: (cluster: UnwrappedCluster, values: Values) => Result,
  ): pulumi.Output<Result> {
    const known = pulumi.all([this.output, values as pulumi.Output<unknown>]);
    return known.apply<Result>(([cluster, given]) =>
      render({ ...(cluster as Omit<UnwrappedCluster, "release">), release: this.release }, given),
    );
  }

  apply<Result>(render: (cluster: UnwrappedCluster) => Result): pulumi.Output<Result> {
    return this.with(pulumi.output(undefined), render);
  }
}
