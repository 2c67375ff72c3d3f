/** A program of a stack that has the cluster. */
import type { Fields } from "../../encode/fields";
import { goProgram } from "./goProgram";
import { pythonProgram } from "./pythonProgram";
import type { Files, ProgramSettings } from "./settings";
import { programTree, type ProgramTree } from "./tree";
import { typescriptProgram } from "./typescriptProgram";
import { yamlProgram } from "./yamlProgram";

export { languages, resourceName, type Language } from "./settings";

export interface Program {
  readonly files: Files;
  /** Values of the stack's configuration by their names. No file has them. */
  readonly secrets: ReadonlyMap<string, string>;
}

const writers: Readonly<Record<ProgramSettings["language"], (tree: ProgramTree, settings: ProgramSettings) => Files>> =
  { yaml: yamlProgram, typescript: typescriptProgram, python: pythonProgram, go: goProgram };

/** Pulumi takes letters, digits, `-`, `_` and `.`. */
export function projectName(clusterName: string): string {
  return clusterName.replaceAll(/[^A-Za-z0-9_.-]/g, "-");
}

export function clusterProgram(inputs: Fields, settings: ProgramSettings): Program {
  const tree = programTree(inputs);
  return { files: writers[settings.language](tree, settings), secrets: tree.secrets };
}
