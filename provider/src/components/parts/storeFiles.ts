import * as pulumi from "@pulumi/pulumi";
import { BucketObjectv2 } from "@pulumi/aws/s3/bucketObjectv2";
import { keyMetadata } from "../../model/keyFiles";
import { objectKey } from "../../model/locations";
import type { Artifact } from "../../render/artifact";
import { clusterArtifacts } from "../../render/artifacts";
import type { Renderer } from "../renderer";
import { ClusterChild, type ClusterContext } from "./clusterChild";

export interface StoreFilesArgs {
  readonly renderer: Renderer;
  readonly dependsOn: readonly pulumi.Resource[];
}

/** What is in the state store and the discovery store before the control plane is, one object for each file. */
export class StoreFiles extends ClusterChild {
  readonly objects: readonly BucketObjectv2[];

  constructor(context: ClusterContext, args: StoreFilesArgs) {
    super("files", context);
    this.objects = storeObjects(context, this.child, args, clusterArtifacts(context.cluster));
    this.registerOutputs({});
  }
}

export function storeObjects(
  { name, cluster, pending, keeping }: ClusterContext,
  child: pulumi.CustomResourceOptions,
  { renderer, dependsOn }: StoreFilesArgs,
  artifacts: readonly Artifact[],
): readonly BucketObjectv2[] {
  const { stateStore, discoveryStore } = renderer.facts;
  return artifacts.map((artifact) => {
    const store = artifact.store === "state" ? stateStore : discoveryStore;
    const path = typeof artifact.path === "string" ? pulumi.output(artifact.path) : pending.apply(artifact.path);
    return new BucketObjectv2(
      `${name}-${artifact.store === "state" ? "file" : "discovery"}-${artifact.key}`,
      {
        bucket: store.bucket,
        key: pulumi.all([store, path]).apply(([location, below]) => objectKey(location, cluster.name, below)),
        content: renderer.text(artifact),
        contentType: artifact.contentType,
        ...(artifact.holds === "keys" ? { metadata: { ...keyMetadata } } : {}),
      },
      // kOps takes a group's file for a group that exists, so it goes with its group.
      { ...child, ...(artifact.holds === "group" ? {} : keeping.store), dependsOn: [...dependsOn] },
    );
  });
}
