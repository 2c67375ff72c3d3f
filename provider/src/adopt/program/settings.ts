/** What a program is made for. */

export const languages = ["yaml", "typescript", "python", "go"] as const;
export type Language = (typeof languages)[number];

export interface ProgramSettings {
  readonly language: Language;
  readonly project: string;
  readonly region: string;
}

/** By their paths in the program's folder. */
export type Files = ReadonlyMap<string, string>;

/** The name of the component in its stack. Other resources have names that begin with it. */
export const resourceName = "cluster";

export const description = "A cluster that kOps created";
/** Outputs of the stack, by the component's names. */
export const outputNames = ["apiEndpoint", "kubeconfig"] as const;
