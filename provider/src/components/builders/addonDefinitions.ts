/** Custom resource definitions of kOps's addons, from kOps's source at the release's tag. */
import { createHash } from "node:crypto";
import { definitionFiles, type DefinitionFile } from "../../addons/definitionFiles";
import type { ResolvedCluster } from "../../model/cluster";
import type { RuntimeFacts } from "../../model/runtime";
import { byPath, firstAnswer, KeptAnswers, Refused, Unread, usualRetries, type Retries } from "./downloads";

const known = new KeptAnswers<string>();

/** Nothing is read for a cluster without such an addon. */
export function addonDefinitions(
  cluster: ResolvedCluster,
  retries: Retries = usualRetries,
): Promise<NonNullable<RuntimeFacts["addonDefinitions"]>> {
  return byPath(definitionFiles(cluster), (file) => known.get(file.urls.join(" "), () => read(file, retries)));
}

async function read(file: DefinitionFile, retries: Retries): Promise<string> {
  try {
    const text = await firstAnswer(file.urls, (answer) => verified(answer, file.sha256), retries);
    // Few clusters need the parser, which would slow the start of the plugin.
    const { parse } = await import("yaml");
    return definitionsIn(text, parse);
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    throw new Error(
      `the definitions of the addon ${file.path} could not be read (${error.tried}): ` +
        "this machine must reach one of these addresses, or set assets.kopsSourceUrl to a mirror that it reaches",
      { cause: error },
    );
  }
}

async function verified(answer: Response, sha256: string): Promise<string> {
  const bytes = Buffer.from(await answer.arrayBuffer());
  const hash = createHash("sha256").update(bytes).digest("hex");
  if (hash !== sha256) throw new Refused(`a file with the SHA-256 hash ${hash}; kOps's is ${sha256}`);
  return bytes.toString();
}

/** As JSON. The other documents of the file are templates, and are not read. */
export function definitionsIn(text: string, parse: (document: string) => unknown): string {
  const documents = text.split(/^---$/m).filter((document) => /^kind: CustomResourceDefinition$/m.test(document));
  return JSON.stringify(documents.map((document) => parse(document)));
}
