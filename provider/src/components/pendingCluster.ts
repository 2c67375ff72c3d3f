import * as pulumi from "@pulumi/pulumi";
import type { ResolvedCluster, UnwrappedCluster } from "../model/cluster";

/**
 * The cluster with the user's own outputs resolved, as rendering needs it. Each time a value passes through an output,
 * Pulumi walks and copies all of it, but a function: so the cluster passes as one, for each of many texts. Its release,
 * which holds no outputs, is kept out of Pulumi's hands.
 */
export class PendingCluster {
  private readonly output: pulumi.Output<() => UnwrappedCluster>;

  constructor({ release, ...cluster }: ResolvedCluster) {
    const resolved = pulumi.output<unknown>(cluster) as pulumi.Output<Omit<UnwrappedCluster, "release">>;
    this.output = resolved.apply((known) => {
      const unwrapped = { ...known, release };
      return () => unwrapped;
    });
  }

  /** What comes of the cluster and further values, once all of them are known. */
  with<Values, Result>(
    values: pulumi.Output<Values>,
    render: (cluster: UnwrappedCluster, values: Values) => Result,
  ): pulumi.Output<Result> {
    const known = pulumi.all([this.output, values as pulumi.Output<unknown>]);
    return known.apply<Result>(([cluster, given]) => render(cluster(), given));
  }

  apply<Result>(render: (cluster: UnwrappedCluster) => Result): pulumi.Output<Result> {
    return this.with(pulumi.output(undefined), render);
  }
}
