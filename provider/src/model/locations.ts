/** Addresses of the two stores and of what is in them. */
import type { SettledCluster } from "./cluster";
import type { StoreLocation } from "./runtime";

/** `s3://bucket/prefix/cluster`: the folder of the cluster's own files. */
export function storeUrl(store: StoreLocation, clusterName: string): string {
  return ["s3:/", store.bucket, store.prefix, clusterName].filter((part) => part !== "").join("/");
}

/**
 * The URL that service-account tokens name as their issuer: the discovery store's folder over HTTPS, on AWS S3 even
 * where another endpoint holds the objects (kops v1.36.2 util/pkg/vfs/s3fs.go:573).
 */
export function issuerUrl(cluster: SettledCluster, store: StoreLocation): string {
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
