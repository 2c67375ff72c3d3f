import * as pulumi from "@pulumi/pulumi";
import { BucketObjectv2 } from "@pulumi/aws/s3/bucketObjectv2";
import type { SettledCluster } from "../spec/model";
import type { Artifact, RuntimeFacts, StoreLocation } from "../render/facts";
import { Part, type ClusterContext } from "./part";

/** Every fact as an output of its own, so that a file waits for the facts it needs and is secret only when one is. */
export type PendingFacts = { readonly [Name in keyof RuntimeFacts]: pulumi.Output<RuntimeFacts[Name]> };

export interface StoreFilesArgs {
  readonly artifacts: readonly Artifact[];
  readonly settled: pulumi.Output<SettledCluster>;
  readonly facts: PendingFacts;
  readonly dependsOn: readonly pulumi.Resource[];
}

/** The files of the state store and of the discovery store, one object each. */
export class StoreFiles extends Part {
  readonly objects: readonly BucketObjectv2[];

  constructor(context: ClusterContext, args: StoreFilesArgs) {
    super("files", context);
    this.objects = args.artifacts.map((artifact) => this.object(context.cluster.name, artifact, args));
    this.registerOutputs({});
  }

  private object(clusterName: string, artifact: Artifact, args: StoreFilesArgs): BucketObjectv2 {
    const store = artifact.store === "state" ? args.facts.stateStore : args.facts.discoveryStore;
    const content = rendered(artifact, args.settled, args.facts);
    const path = typeof artifact.path === "string" ? pulumi.output(artifact.path) : args.settled.apply(artifact.path);
    return new BucketObjectv2(
      this.childName(artifact.store === "state" ? "file" : "discovery", artifact.key),
      {
        bucket: store.bucket,
        key: pulumi.all([store, path]).apply(([location, below]) => objectKey(location, clusterName, below)),
        content,
        ...(artifact.contentType === undefined ? {} : { contentType: artifact.contentType }),
      },
      { ...this.child, dependsOn: [...args.dependsOn] },
    );
  }
}

/** The text of a file, once the facts that it needs are there. */
export function rendered<Need extends keyof RuntimeFacts>(
  artifact: Pick<Artifact<Need>, "needs" | "render">,
  settled: pulumi.Output<SettledCluster>,
  facts: PendingFacts,
): pulumi.Output<string> {
  const needed: pulumi.Inputs = Object.fromEntries(artifact.needs.map((name) => [name, facts[name]]));
  return pulumi
    .all([settled, pulumi.output(needed)])
    .apply(([cluster, values]) => artifact.render(cluster, values as Pick<RuntimeFacts, Need>));
}

function objectKey(location: StoreLocation, clusterName: string, path: string): string {
  return [location.prefix, clusterName, path].filter((part) => part !== "").join("/");
}
