import { setTimeout as sleep } from "node:timers/promises";
import { kopsFiles } from "../../model/kopsFiles";
import { filesWithoutHash, type HashedFile } from "../../model/nodeFiles";

/** How the reading of a hash is tried again. */
export interface Retries {
  /** Between one round over the mirrors and the next. */
  readonly pausesMilliseconds: readonly number[];
  readonly attemptTimeoutMilliseconds: number;
}

const usualRetries: Retries = { pausesMilliseconds: [500, 1000, 2000, 4000], attemptTimeoutMilliseconds: 10_000 };

type Hashes = Readonly<Record<string, string>>;

interface Reader extends Retries {
  /** The input that leads elsewhere. */
  readonly mirror: string;
}

/** The addresses answer, and none has the hash. */
export class HashAbsent extends Error {
  constructor(
    message: string,
    readonly tried: string,
  ) {
    super(message);
  }
}

/** A release's hashes never change, and one process may make several clusters. What failed is not kept. */
const known = new Map<string, Promise<string>>();

/**
 * SHA-256 hashes of kOps's own files. They are not part of kOps's source: kOps reads each from beside the file when it
 * renders a cluster, and so does this, from the mirrors that nodes will use.
 */
export function kopsFileHashes(
  cluster: Parameters<typeof kopsFiles>[0],
  retries: Retries = usualRetries,
): Promise<Hashes> {
  return hashesOf(kopsFiles(cluster), { ...retries, mirror: "assets.kopsBaseUrl" });
}

/**
 * SHA-256 hashes of what a node of this Kubernetes version runs and the release has none for, by canonical URL. Those of
 * the versions that came before the release are in its source, and nothing is read.
 */
export function nodeFileHashes(
  cluster: Parameters<typeof filesWithoutHash>[0],
  retries: Retries = usualRetries,
): Promise<Hashes> {
  return hashesOf(filesWithoutHash(cluster), { ...retries, mirror: "assets.fileRepository" });
}

async function hashesOf(files: readonly HashedFile[], reader: Reader): Promise<Hashes> {
  const reading = files.map((file) => fileHash(file, reader));
  // Nothing is still being read when this fails: the next cluster would be told of the same failure.
  await Promise.allSettled(reading);
  const hashes = await Promise.all(reading);
  return Object.fromEntries(files.map((file, index) => [file.path, hashes[index] ?? ""]));
}

async function fileHash(file: HashedFile, reader: Reader): Promise<string> {
  const key = file.urls.join(" ");
  const reading = known.get(key) ?? readHash(file, reader);
  known.set(key, reading);
  try {
    return await reading;
  } catch (error) {
    if (known.get(key) === reading) known.delete(key);
    throw error;
  }
}

async function readHash(file: HashedFile, reader: Reader): Promise<string> {
  const { pausesMilliseconds, attemptTimeoutMilliseconds, mirror } = reader;
  const problems = new Set<string>();
  let urls = file.urls.map((url) => `${url}.sha256`);
  for (const pause of [0, ...pausesMilliseconds]) {
    await sleep(pause);
    for (const url of urls) {
      try {
        return await download(url, attemptTimeoutMilliseconds);
      } catch (error) {
        problems.add(`${url}: ${describe(error)}`);
        // The mirror works and does not have the file.
        if (error instanceof Refused) urls = urls.filter((each) => each !== url);
      }
    }
    if (urls.length === 0) break;
  }
  const tried = [...problems].join("; ");
  const message =
    `the hash of the file ${file.path} could not be read (${tried}): ` +
    `this machine must reach one of these addresses, or set ${mirror} to a mirror that it reaches`;
  throw urls.length === 0 ? new HashAbsent(message, tried) : new Error(message);
}

/** An answer that another attempt would get again. */
class Refused extends Error {}

async function download(url: string, timeoutMilliseconds: number): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMilliseconds) });
  if (!response.ok) {
    const isTemporary = response.status >= 500 || response.status === 408 || response.status === 429;
    throw new (isTemporary ? Error : Refused)(`HTTP ${String(response.status)}`);
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
