/** The buckets of the state store and of the discovery store, where the component makes them. */
import { storeName } from "../model/names";
import type { Tags } from "../model/tags";
import { s3Arn } from "../model/aws";
import { compactJson } from "../encode/json";
import type { Partition, ResolvedCluster } from "../model/cluster";

/** kOps makes no buckets; these get the user's tags and the cluster's name, and no tag that kOps deletes by. */
export function storeBucketTags(cluster: Pick<ResolvedCluster, "name" | "tags">, store: "state" | "discovery"): Tags {
  return { ...cluster.tags, Name: storeName(cluster.name, store), KubernetesCluster: cluster.name };
}

/** Lets everyone read the two documents of OpenID Connect discovery, as AWS STS must, and nothing else. */
export function discoveryPolicy(partition: Partition, bucket: string, clusterName: string): string {
  const documents = [".well-known/openid-configuration", "openid/v1/jwks"];
  return compactJson({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "PublicDiscovery",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: documents.map((document) => s3Arn(partition, `${bucket}/${clusterName}/${document}`)),
      },
    ],
  });
}
