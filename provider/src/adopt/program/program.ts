/** A program of a stack that has the cluster: its files by their paths in the program's folder. */
import type { Fields } from "../fields";
import { programTree } from "./tree";
import { yamlProgram } from "./yamlProgram";

export const languages = ["yaml"] as const;
export type Language = (typeof languages)[number];

export interface ProgramSettings {
  readonly language: Language;
  readonly project: string;
  readonly region: string;
}

export interface Program {
  readonly files: ReadonlyMap<string, string>;
  /** Values of the stack's configuration by their names. No file has them. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** The name of the component in its stack. Other resources have names that begin with it. */
export const resourceName = "cluster";

/** Pulumi takes letters, digits, `-`, `_` and `.`. */
export function projectName(clusterName: string): string {
  return clusterName.replaceAll(/[^A-Za-z0-9_.-]/g, "-");
}

export function clusterProgram(inputs: Fields, settings: ProgramSettings): Program {
  const tree = programTree(inputs);
  return { files: yamlProgram(tree, settings), secrets: tree.secrets };
}
