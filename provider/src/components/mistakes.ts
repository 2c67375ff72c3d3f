/** What is wrong with a cluster's inputs, as errors: for a program of this process, and for the engine. */
import * as pulumi from "@pulumi/pulumi";
import { confidential } from "../args/confidential";
import type { Problem } from "../args/problem";

const summary = "the inputs of the cluster are not valid";

/** A program of this process is shown the message alone. */
export function mistakes(problems: readonly Problem[]): pulumi.InputPropertiesError {
  const lines = problems.map(({ path, reason }) => (path === "" ? `- ${reason}` : `- ${path}: ${reason}`));
  return new pulumi.InputPropertiesError({
    message: [summary, ...lines].join("\n"),
    errors: problems.map(({ path, reason }) => ({ propertyPath: path, reason })),
  });
}

/**
 * The engine lists the errors below the message itself, and shows the value that it finds at each path, of secrets as
 * well: at the path that it gets of such a one, it finds none.
 */
export function asEngineShows<T>(inputs: pulumi.Inputs, construct: () => T): T {
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
