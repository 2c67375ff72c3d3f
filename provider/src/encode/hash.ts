/** Hashes, and the only import of Node's crypto in pure code. */
import { createHash } from "node:crypto";

export type HashEncoding = "hex" | "base64" | "base64url";

export function sha256(data: string | Uint8Array, encoding: HashEncoding): string {
  return createHash("sha256").update(data).digest(encoding);
}

/** For fingerprints only. */
export function md5Hex(data: string | Uint8Array): string {
  return createHash("md5").update(data).digest("hex");
}

/** SHA-256 as Go's base64.URLEncoding writes it: with its padding. */
export function urlSafeHash(data: string): string {
  return sha256(data, "base64").replaceAll("+", "-").replaceAll("/", "_");
}
