import { kopsFiles, type KopsFile } from "../../model/kopsFiles";
import type { ResolvedCluster } from "../../model/cluster";

const attempts = 3;
const attemptTimeoutMilliseconds = 20_000;

/** A release's hashes never change, and one process may make several clusters. */
const known = new Map<string, Promise<string>>();

/**
 * SHA-256 hashes of kOps's own files. They are not part of kOps's source: kOps reads each from beside the file when it
 * renders a cluster, and so does this, from the mirrors that nodes will use.
 */
export async function kopsFileHashes(cluster: ResolvedCluster): Promise<Readonly<Record<string, string>>> {
  const files = kopsFiles(cluster);
  const hashes = await Promise.all(files.map((file) => fileHash(file)));
  return Object.fromEntries(files.map((file, index) => [file.path, hashes[index] ?? ""]));
}

function fileHash(file: KopsFile): Promise<string> {
  const key = file.urls.join(" ");
  const found = known.get(key) ?? readHash(file);
  known.set(key, found);
  return found;
}

async function readHash(file: KopsFile): Promise<string> {
  const problems: string[] = [];
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    for (const url of file.urls) {
      try {
        return await download(`${url}.sha256`);
      } catch (error) {
        problems.push(`${url}.sha256: ${describe(error)}`);
      }
    }
  }
  const tried = [...new Set(problems)].join("; ");
  throw new Error(
    `the hash of kOps's file ${file.path} could not be read (${tried}): ` +
      `this machine must reach one of these addresses, or set assets.kopsBaseUrl to a mirror that it reaches`,
  );
}

async function download(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(attemptTimeoutMilliseconds) });
  if (!response.ok) {
    throw new Error(`HTTP ${String(response.status)}`);
  }
  const hash = /^[0-9a-f]{64}\b/.exec((await response.text()).trim())?.[0];
  if (hash === undefined) {
    throw new Error("no SHA-256 hash in the answer");
  }
  return hash;
}

function describe(error: unknown): string {
  if (error instanceof Error) {
    return error.cause instanceof Error ? error.cause.message : error.message;
  }
  return String(error);
}
