/** What is wrong with a cluster's inputs, as errors: for a program of this process, and for the engine. */
import * as pulumi from "@pulumi/pulumi";
import { confidential } from "../../validate/report/confidential";
import { type Problem, readInputs } from "../../validate/inputs";

const summary = "the inputs of the cluster are not valid";

/** A program of this process is shown the message alone. */
export function inputErrors(problems: readonly Problem[]): pulumi.InputPropertiesError {
  const lines = problems.map(({ path, reason }) => (path === "" ? `- ${reason}` : `- ${path}: ${reason}`));
  return new pulumi.InputPropertiesError({
    message: [summary, ...lines].join("\n"),
    errors: problems.map(({ path, reason }) => ({ propertyPath: path, reason })),
  });
}

/**
 * Fails where something is wrong with the values of outputs that are known by now: with that, and with all that is wrong
 * with the inputs as they came. What is wrong with those alone, the component says itself.
 */
export function refuseInputErrors(inputs: unknown, known: unknown): void {
  const { problems } = readInputs(known);
  if (problems === undefined) {
    return;
  }
  const found = [...(readInputs(inputs).problems ?? []), ...problems];
  throw inputErrors([...new Map(found.map((problem) => [`${problem.path}: ${problem.reason}`, problem])).values()]);
}

/**
 * The engine lists the errors below the message itself, and shows the value that it finds at each path, of secrets as
 * well: at the path that it gets of such a one, it finds none.
 */
export function asEngineShows<T>(inputs: unknown, construct: () => T): T {
  try {
    return construct();
  } catch (error) {
    if (!pulumi.InputPropertiesError.isInstance(error)) {
      throw error;
    }
    const hidden = confidential(inputs);
    const errors = error.errors.map(({ propertyPath, reason }) => ({
      propertyPath: hidden(propertyPath) ? `${propertyPath} (value not shown)` : propertyPath,
      reason,
    }));
    throw new pulumi.InputPropertiesError({ message: summary, errors });
  }
}
