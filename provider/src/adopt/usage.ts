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
export type RecoverOptions = Omit<SecretsOptions, "state">;

export type Command =
  | { readonly kind: "adopt"; readonly options: AdoptOptions }
  | { readonly kind: "secrets"; readonly options: SecretsOptions }
  | { readonly kind: "import-file"; readonly options: ImportFileOptions }
  | { readonly kind: "recover"; readonly options: RecoverOptions }
  | { readonly kind: "help" };

export const usage = `Usage:
  kops-karpenter adopt   --state s3://BUCKET[/PREFIX] --name CLUSTER --out DIR [--language LANGUAGE] [--accept-notes]
  kops-karpenter secrets --state s3://BUCKET[/PREFIX] --name CLUSTER --out DIR [--stack STACK]
  kops-karpenter import-file --state s3://BUCKET[/PREFIX] --name CLUSTER --out DIR
  kops-karpenter recover --name CLUSTER --out DIR [--stack STACK]

adopt reads a cluster that kOps created from its state store and its discovery store, and writes a Pulumi program of the
component KopsKarpenterCluster for it. It changes nothing in AWS. It first lists what would change or be lost, and writes
nothing if the component cannot express something.

secrets sets the private keys and tokens of the cluster as secret configuration of a stack of that program, by
\`pulumi config set --secret\`. They are in no file in plain text.

import-file finds the cluster's resources in AWS and writes DIR/import.json for \`pulumi import --file\`. It changes nothing in
AWS, and writes nothing if a resource is missing or the first update would break something.

recover is for a stack of this component after a killed update. It runs a preview of the program in DIR, finds in AWS what the
update created but did not record in the stack's state, and writes DIR/recover.json for \`pulumi import --file\`. It changes
nothing in AWS.

Options:
  --state          the state store, as for kops; default $KOPS_STATE_STORE
  --name           the name of the cluster; default $KOPS_CLUSTER_NAME
  --out            the folder of the program; adopt creates it, or accepts an empty one
  --language       ${languages.join(", ")}; default yaml
  --accept-notes   write the program although something is lost that only the kOps CLI reads
  --stack          the stack, for secrets and recover; default the selected one

AWS credentials and region come from the environment and the AWS configuration files, as for kops; S3_ENDPOINT, S3_REGION,
S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY name a store other than AWS S3.
`;

const flags = ["--accept-notes"];
const optionsOf = {
  adopt: ["--state", "--name", "--out", "--language", ...flags],
  secrets: ["--state", "--name", "--out", "--stack"],
  "import-file": ["--state", "--name", "--out"],
  recover: ["--name", "--out", "--stack"],
} as const;

type Name = keyof typeof optionsOf;
const names = Object.keys(optionsOf) as readonly Name[];

export function parseCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Command {
  const [command, ...rest] = args;
  if (command === undefined || ["help", "--help", "-h"].includes(command) || rest.includes("--help")) {
    return { kind: "help" };
  }
  const name = names.find((each) => each === command);
  if (name === undefined) {
    throw new AdoptionFailure(`unknown command ${JSON.stringify(command)}; must be one of ${names.join(", ")}`);
  }
  const given = readOptions(rest, optionsOf[name]);
  const stack = given.get("--stack");
  const common = () => ({
    name: required(given, "--name", environment["KOPS_CLUSTER_NAME"]),
    out: required(given, "--out", undefined),
  });
  if (name === "recover") return { kind: name, options: { ...common(), stack } };
  const ofStore = { state: required(given, "--state", environment["KOPS_STATE_STORE"]), ...common() };
  if (name === "import-file") return { kind: name, options: ofStore };
  if (name === "secrets") return { kind: name, options: { ...ofStore, stack } };
  const language = languages.find((each) => each === (given.get("--language") ?? "yaml"));
  if (language === undefined) {
    throw new AdoptionFailure(
      `unknown language ${JSON.stringify(given.get("--language"))}; must be one of ${languages.join(", ")}`,
    );
  }
  return { kind: "adopt", options: { ...ofStore, language, acceptNotes: given.has("--accept-notes") } };
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
