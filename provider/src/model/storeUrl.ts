import type { StoreLocation } from "./runtime";

/** Bucket and prefix of `s3://bucket[/prefix]`; undefined when it is nothing of that form. */
export function parseStoreUrl(url: string): StoreLocation | undefined {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(url);
  const bucket = match?.[1];
  const prefix = (match?.[2] ?? "").replace(/\/$/, "");
  const segments = prefix === "" ? [] : prefix.split("/");
  const isPath = segments.every((segment) => /^[A-Za-z0-9!_.*'()-]+$/.test(segment) && !/^\.+$/.test(segment));
  return bucket === undefined || bucket.includes("..") || !isPath ? undefined : { bucket, prefix };
}
