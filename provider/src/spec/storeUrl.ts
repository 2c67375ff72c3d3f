import type { StoreLocation } from "../render/facts";

/** Bucket and prefix of `s3://bucket[/prefix]`; undefined when it is nothing of that form. */
export function parseStoreUrl(url: string): StoreLocation | undefined {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(url);
  const bucket = match?.[1];
  if (bucket === undefined) {
    return undefined;
  }
  const prefix = (match?.[2] ?? "").replace(/^\/+|\/+$/g, "");
  return prefix.includes("//") ? undefined : { bucket, prefix };
}
