/** What is wrong with a cluster's inputs, as errors: for a program of this process, and for the engine. */
import * as pulumi from "@pulumi/pulumi";
import type { Findings } from "../../validate/lookups";
import { hiddenPaths } from "../../validate/report/hidden";
import { keyMaterialProblems } from "../builders/keyMaterial";
import { preflight } from "../lookups/preflight";
import { type Problem, readInputs } from "../../validate/inputs";
import { everySecret, withKnownValues } from "./knownInputs";
import { secretProblems } from "./secretInputs";

const summary = "the inputs of the cluster are not valid";

/** A program of this process is shown the message alone. */
export function inputErrors(problems: readonly Problem[]): pulumi.InputPropertiesError {
  const lines = problems.map(({ path, reason }) => (path === "" ? `- ${reason}` : `- ${path}: ${reason}`));
  return new pulumi.InputPropertiesError({
    message: [summary, ...lines].join("\n"),
    errors: problems.map(({ path, reason }) => ({ propertyPath: path, reason })),
  });
}

/** What is said of a cluster's inputs. */
export interface Judgement {
  /** Whether nothing is wrong with them by themselves, so that a cluster can be described. */
  readonly isSound: boolean;
  /**
   * Fails with all that is wrong: with the inputs as they came, with the values of outputs that are known by now, and with
   * what AWS says of both. Otherwise what only the guard can judge, which knows the cluster as it was.
   */
  readonly findings: Promise<Findings>;
}

/** AWS is being asked when this returns. */
export async function judgeInputs(inputs: unknown, known: unknown, aws: pulumi.InvokeOptions): Promise<Judgement> {
  const reading = readInputs(known);
  // Secret ones too: no message about a key shows any of it.
  const pki = await withKnownValues((inputs as { readonly pki?: unknown }).pki, everySecret);
  const withoutSecrets = [...(readInputs(inputs).problems ?? []), ...(reading.problems ?? [])];
  const apart = [...withoutSecrets, ...keyMaterialProblems(pki, new Date())];
  const wrong = distinct([...apart, ...(await secretProblems(inputs, apart))]);
  const isSound = wrong.length === 0;
  const lookUps = preflight(reading.cluster ?? reading.attempt, aws, isSound);
  return { isSound, findings: lookUps.then((found) => forGuard(wrong, found)) };
}

function forGuard(sighted: readonly Problem[], { problems: found, ...others }: Findings): Findings {
  const wrong = sighted.filter(
    ({ path, unlessLookedUp }) => unlessLookedUp !== true || found.every((problem) => problem.path !== path),
  );
  // One mistake is one problem: what is wrong by itself was looked up in vain.
  const alone = (path: string): boolean => wrong.every((problem) => problem.path !== path);
  const always = found.filter(
    ({ path, whenNew }) => whenNew !== true && alone(path) && (path !== "" || wrong.length === 0),
  );
  if (wrong.length > 0 || always.length > 0) {
    throw inputErrors([...wrong, ...always]);
  }
  return { problems: found.filter(({ whenNew }) => whenNew === true), ...others };
}

function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.path}: ${problem.reason}`, problem])).values()];
}

/**
 * The engine lists the errors below the message itself, and shows the value that it finds at each path, however long
 * or secret: for such a value it gets a path at which it finds none.
 */
export async function asEngineShows<T>(inputs: unknown, checked: Promise<T> | (() => T)): Promise<T> {
  try {
    return await (typeof checked === "function" ? checked() : checked);
  } catch (error) {
    if (!pulumi.InputPropertiesError.isInstance(error)) {
      throw error;
    }
    // What is not about an input stands in the message: at the empty path the engine would show all inputs.
    const general = error.errors.find(({ propertyPath }) => propertyPath === "");
    if (general !== undefined) {
      throw new pulumi.InputPropertiesError({ message: general.reason, errors: [] });
    }
    const hidden = hiddenPaths(inputs);
    const errors = error.errors.map(({ propertyPath, reason }) => ({
      propertyPath: hidden(propertyPath) ? `${propertyPath} (value not shown)` : propertyPath,
      reason,
    }));
    throw new pulumi.InputPropertiesError({ message: summary, errors });
  }
}
