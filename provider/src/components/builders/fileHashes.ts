import { kopsFiles } from "../../model/kopsFiles";
import { filesWithoutHash, type HashedFile } from "../../model/nodeFiles";
import { byPath, firstAnswer, KeptAnswers, Unread, usualRetries, type Retries } from "./downloads";

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

const known = new KeptAnswers<string>();

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

function hashesOf(files: readonly HashedFile[], reader: Reader): Promise<Hashes> {
  return byPath(files, (file) => known.get(file.urls.join(" "), () => readHash(file, reader)));
}

async function readHash(file: HashedFile, reader: Reader): Promise<string> {
  const urls = file.urls.map((url) => `${url}.sha256`);
  try {
    return await firstAnswer(urls, hashIn, reader);
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    const { tried, isFinal } = error;
    const message =
      `the hash of the file ${file.path} could not be read (${tried}): ` +
      `this machine must reach one of these addresses, or set ${reader.mirror} to a mirror that it reaches`;
    throw isFinal ? new HashAbsent(message, tried) : new Error(message);
  }
}

async function hashIn(answer: Response): Promise<string> {
  const hash = /^[0-9a-f]{64}\b/.exec((await answer.text()).trim())?.[0];
  if (hash === undefined) throw new Error("no SHA-256 hash in the answer");
  return hash;
}
