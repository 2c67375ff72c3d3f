/** What the command is told. */
import { AdoptionFailure } from "./failure";
import { languages, type Language } from "./program/program";

export interface AdoptOptions {
  readonly state: string;
  readonly name: string;
  readonly out: string;
  readonly language: Language;
  readonly acceptNotes: boolean;
}

export interface SecretsOptions {
  readonly state: string;
  readonly name: string;
  readonly out: string;
  readonly stack: string | undefined;
}

export type ImportFileOptions = Omit<SecretsOptions, "stack">;

export type Command =
  | { readonly kind: "adopt"; readonly options: AdoptOptions }
  | { readonly kind: "secrets"; readonly options: SecretsOptions }
  | { readonly kind: "import-file"; readonly options: ImportFileOptions }
  | { readonly kind: "help" };

export const usage = `Usage:
  kops-karpenter adopt   --state s3://BUCKET[/PREFIX] --name CLUSTER --out DIR [--language LANGUAGE] [--accept-notes]
  kops-karpenter secrets --state s3://BUCKET[/PREFIX] --name CLUSTER --out DIR [--stack STACK]
  kops-karpenter import-file --state s3://BUCKET[/PREFIX] --name CLUSTER --out DIR

adopt reads a cluster that kOps created from its state store and its discovery store, and writes a Pulumi program of the
component KopsKarpenterCluster for it. It changes nothing in AWS. It first lists what would change or be lost, and writes
nothing if the component cannot express something.

secrets sets the private keys and tokens of the cluster as secret configuration of a stack of that program, by
\`pulumi config set --secret\`. They are in no file in plain text.

import-file finds the cluster's resources in AWS and writes DIR/import.json for \`pulumi import --file\`. It changes nothing in
AWS, and writes nothing if a resource is missing or the first update would break something.

Options:
  --state          the state store, as for kops; default $KOPS_STATE_STORE
  --name           the name of the cluster; default $KOPS_CLUSTER_NAME
  --out            the folder of the program; adopt creates it, or accepts an empty one
  --language       ${languages.join(", ")}; default yaml
  --accept-notes   write the program although something is lost that only the kOps CLI reads
  --stack          the stack; default the selected one

AWS credentials and region come from the environment and the AWS configuration files, as for kops; S3_ENDPOINT, S3_REGION,
S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY name a store other than AWS S3.
`;

const flags = ["--accept-notes"];
const optionsOf: Readonly<Record<"adopt" | "secrets" | "import-file", readonly string[]>> = {
  adopt: ["--state", "--name", "--out", "--language", ...flags],
  secrets: ["--state", "--name", "--out", "--stack"],
  "import-file": ["--state", "--name", "--out"],
};

export function parseCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Command {
  const [command, ...rest] = args;
  if (command === undefined || ["help", "--help", "-h"].includes(command) || rest.includes("--help")) {
    return { kind: "help" };
  }
  if (command !== "adopt" && command !== "secrets" && command !== "import-file") {
    throw new AdoptionFailure(`unknown command ${JSON.stringify(command)}; must be adopt, secrets or import-file`);
  }
  const given = readOptions(rest, optionsOf[command]);
  const common = {
    state: required(given, "--state", environment["KOPS_STATE_STORE"]),
    name: required(given, "--name", environment["KOPS_CLUSTER_NAME"]),
    out: required(given, "--out", undefined),
  };
  if (command === "import-file") return { kind: "import-file", options: common };
  if (command === "secrets") return { kind: "secrets", options: { ...common, stack: given.get("--stack") } };
  const language = languages.find((each) => each === (given.get("--language") ?? "yaml"));
  if (language === undefined) {
    throw new AdoptionFailure(
      `unknown language ${JSON.stringify(given.get("--language"))}; must be one of ${languages.join(", ")}`,
    );
  }
  return { kind: "adopt", options: { ...common, language, acceptNotes: given.has("--accept-notes") } };
}

/** `--name value` and `--name=value`. */
function readOptions(args: readonly string[], known: readonly string[]): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (let at = 0; at < args.length; at++) {
    const [, name = "", inline] = /^(--[^=]*)(?:=(.*))?$/s.exec(args[at] ?? "") ?? [];
    if (!known.includes(name)) {
      throw new AdoptionFailure(`unknown option ${JSON.stringify(args[at])}; must be one of ${known.join(", ")}`);
    }
    const value = flags.includes(name) ? "" : (inline ?? args[++at]);
    if (value === undefined) throw new AdoptionFailure(`${name} requires a value`);
    given.set(name, value);
  }
  return given;
}

function required(given: ReadonlyMap<string, string>, name: string, fallback: string | undefined): string {
  const value = given.get(name) ?? fallback;
  if (value === undefined || value === "") throw new AdoptionFailure(`${name} is required`);
  return value;
}
