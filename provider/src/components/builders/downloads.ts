/** Reads small files that a cluster is rendered from, best address first. */
import { setTimeout as sleep } from "node:timers/promises";

/** How the reading is tried again. */
export interface Retries {
  /** Between one round over the addresses and the next. */
  readonly pausesMilliseconds: readonly number[];
  readonly attemptTimeoutMilliseconds: number;
}

export const usualRetries: Retries = {
  pausesMilliseconds: [500, 1000, 2000, 4000],
  attemptTimeoutMilliseconds: 10_000,
};

/** An answer that another attempt would get again. */
export class Refused extends Error {}

/** `isFinal`: every address answered, and another attempt would get the same. */
export class Unread extends Error {
  constructor(
    readonly tried: string,
    readonly isFinal: boolean,
  ) {
    super(tried);
  }
}

/** `read` takes what it needs from the answer, or throws. */
export async function firstAnswer<Value>(
  addresses: readonly string[],
  read: (answer: Response) => Promise<Value>,
  { pausesMilliseconds, attemptTimeoutMilliseconds }: Retries,
): Promise<Value> {
  const problems = new Set<string>();
  let urls = addresses;
  for (const pause of [0, ...pausesMilliseconds]) {
    await sleep(pause);
    for (const url of urls) {
      try {
        return await read(await download(url, attemptTimeoutMilliseconds));
      } catch (error) {
        problems.add(`${url}: ${describe(error)}`);
        // The address works and does not have the file.
        if (error instanceof Refused) urls = urls.filter((each) => each !== url);
      }
    }
    if (urls.length === 0) break;
  }
  throw new Unread([...problems].join("; "), urls.length === 0);
}

async function download(url: string, timeoutMilliseconds: number): Promise<Response> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMilliseconds) });
  if (response.ok) return response;
  const isTemporary = response.status >= 500 || response.status === 408 || response.status === 429;
  throw new (isTemporary ? Error : Refused)(`HTTP ${String(response.status)}`);
}

function describe(error: unknown): string {
  if (error instanceof Error) {
    return error.cause instanceof Error ? error.cause.message : error.message;
  }
  return String(error);
}

/** What a release's files say never changes, and one process may make several clusters. What failed is not kept. */
export class KeptAnswers<Value> {
  private readonly known = new Map<string, Promise<Value>>();

  async get(key: string, read: () => Promise<Value>): Promise<Value> {
    const reading = this.known.get(key) ?? read();
    this.known.set(key, reading);
    try {
      return await reading;
    } catch (error) {
      if (this.known.get(key) === reading) this.known.delete(key);
      throw error;
    }
  }
}

/** By the files' paths. Nothing is still being read when one fails: the next cluster would be told of the same failure. */
export async function byPath<File extends { readonly path: string }, Value>(
  files: readonly File[],
  read: (file: File) => Promise<Value>,
): Promise<Readonly<Record<string, Value>>> {
  const reading = files.map(async (file) => [file.path, await read(file)] as const);
  await Promise.allSettled(reading);
  return Object.fromEntries(await Promise.all(reading));
}
