/** Addresses of the two stores and of what is in them. */
import type { UnwrappedCluster } from "./cluster";
import type { StoreLocation } from "./runtime";

/** S3 keys have 1024 bytes; the longest paths below the prefix and the cluster's name need less than half of that. */
const longestPrefix = 512;

/** Bucket and prefix of `s3://bucket[/prefix]`; undefined when it is nothing of that form. */
export function parseStoreUrl(url: string): StoreLocation | undefined {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(url);
  const bucket = match?.[1];
  const prefix = (match?.[2] ?? "").replace(/\/$/, "");
  const segments = prefix === "" ? [] : prefix.split("/");
  const isPath =
    prefix.length <= longestPrefix &&
    segments.every((segment) => /^[A-Za-z0-9!_.*'()-]+$/.test(segment) && !/^\.+$/.test(segment));
  return bucket === undefined || bucket.includes("..") || !isPath ? undefined : { bucket, prefix };
}

/** `s3://bucket/prefix/cluster`: the folder of the cluster's own files, or without a cluster the store itself. */
export function storeUrl(store: StoreLocation, clusterName = ""): string {
  return ["s3:/", store.bucket, store.prefix, clusterName].filter((part) => part !== "").join("/");
}

/** The key of a cluster's file in a bucket. */
export function objectKey(store: StoreLocation, clusterName: string, path: string): string {
  return [store.prefix, clusterName, path].filter((part) => part !== "").join("/");
}

/**
 * The URL that service-account tokens name as their issuer: the discovery store's folder over HTTPS, on AWS S3 even
 * where another endpoint holds the objects (kops util/pkg/vfs/s3fs.go:573).
 */
export function issuerUrl(cluster: UnwrappedCluster, store: StoreLocation): string {
  const suffix = cluster.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const host = `s3.${cluster.region}.${suffix}`;
  // A bucket's name is part of the host name where a certificate can cover it.
  const site = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(store.bucket)
    ? `https://${store.bucket}.${host}`
    : `https://${host}/${store.bucket}`;
  return [site, store.prefix, cluster.name].filter((part) => part !== "").join("/");
}

export function jwksUrl(issuer: string): string {
  return `${issuer}/openid/v1/jwks`;
}
