/** Files of the store that kOps made, as far as they tell what no spec does. */
import { parse, parseAllDocuments } from "yaml";
import { isFields, type Fields } from "../../encode/fields";
import { fieldsOf, textOf } from "../fields";
import type { StoredCluster } from "../store/storedCluster";

type Files = Pick<StoredCluster, "state">;

/** What control-plane nodes are told when they boot. */
export function controlPlaneConfigs({ state }: Files): readonly Fields[] {
  return [...state]
    .filter(([path]) => /^igconfig\/control-plane\/[^/]+\/nodeupconfig\.yaml$/.test(path))
    .map(([, text]) => fieldsOf(parse(text)));
}

/** The environment of the containers in the manifests of a folder. */
export function environment({ state }: Files, folder: string): (name: string) => string | undefined {
  const manifests = [...state].filter(([path]) => path.startsWith(folder));
  const documents = manifests.flatMap(([, text]) => [...parseAllDocuments(text)].map((each): unknown => each.toJS()));
  const variables = documents.flatMap(variablesIn);
  return (name) => textOf(variables.find((each) => each["name"] === name)?.["value"]);
}

function variablesIn(value: unknown): readonly Fields[] {
  if (Array.isArray(value)) return value.flatMap(variablesIn);
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "env" && Array.isArray(inner) ? inner.map(fieldsOf) : variablesIn(inner),
  );
}
