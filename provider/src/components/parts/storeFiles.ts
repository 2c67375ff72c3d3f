import * as pulumi from "@pulumi/pulumi";
import { BucketObjectv2 } from "@pulumi/aws/s3/bucketObjectv2";
import type { SettledCluster } from "../../model/cluster";
import type { Artifact, RuntimeFacts, StoreLocation } from "../../model/runtime";
import { Part, type ClusterContext } from "./part";

/** Every fact as an output of its own, so that a file waits for the facts it needs and is secret only when one is. */
export type PendingFacts = { readonly [Name in keyof RuntimeFacts]: pulumi.Output<RuntimeFacts[Name]> };

export interface StoreFilesArgs {
  readonly artifacts: readonly Artifact[];
  readonly settled: pulumi.Output<SettledCluster>;
  readonly facts: PendingFacts;
  readonly dependsOn: readonly pulumi.Resource[];
}

/** What is in the state store and the discovery store before the control plane is, one object for each file. */
export class StoreFiles extends Part {
  readonly objects: readonly BucketObjectv2[];

  constructor(context: ClusterContext, args: StoreFilesArgs) {
    super("files", context);
    this.objects = storeObjects(context, this.child, args);
    this.registerOutputs({});
  }
}

export function storeObjects(
  { name, cluster }: ClusterContext,
  child: pulumi.CustomResourceOptions,
  { artifacts, settled, facts, dependsOn }: StoreFilesArgs,
): readonly BucketObjectv2[] {
  return artifacts.map((artifact) => {
    const store = artifact.store === "state" ? facts.stateStore : facts.discoveryStore;
    const content = rendered(artifact, settled, facts);
    const path = typeof artifact.path === "string" ? pulumi.output(artifact.path) : settled.apply(artifact.path);
    return new BucketObjectv2(
      `${name}-${artifact.store === "state" ? "file" : "discovery"}-${artifact.key}`,
      {
        bucket: store.bucket,
        key: pulumi.all([store, path]).apply(([location, below]) => objectKey(location, cluster.name, below)),
        content,
        contentType: artifact.contentType,
      },
      { ...child, dependsOn: [...dependsOn] },
    );
  });
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
