import * as pulumi from "@pulumi/pulumi";
import type { ResolvedCluster, SettledCluster } from "../model/cluster";

/**
 * The cluster with the user's own outputs resolved, as rendering needs it. Its release holds no outputs, and is kept
 * out of Pulumi's hands: each time a value passes through an output, Pulumi copies all of it.
 */
export class PendingCluster {
  private readonly release: SettledCluster["release"];
  private readonly settled: pulumi.Output<unknown>;

  constructor({ release, ...cluster }: ResolvedCluster) {
    this.release = release;
    this.settled = pulumi.output<unknown>(cluster);
  }

  /** What comes of the cluster and further values, once all of them are known. */
  with<Values, Result>(
    values: pulumi.Output<Values>,
    render: (cluster: SettledCluster, values: Values) => Result,
  ): pulumi.Output<Result> {
    const known = pulumi.all([this.settled, values as pulumi.Output<unknown>]);
    return known.apply<Result>(([cluster, given]) =>
      render({ ...(cluster as Omit<SettledCluster, "release">), release: this.release }, given),
    );
  }

  apply<Result>(render: (cluster: SettledCluster) => Result): pulumi.Output<Result> {
    return this.with(pulumi.output(undefined), render);
  }
}
