/**
 * The guard of a cluster that this stack did not create, as `pulumi import` takes it in: with what it would have recorded of the
 * cluster. Every Pulumi CLI hands over the id of what it imports, and nothing else, so that is in there.
 */
import { takenOverPath } from "../validate/changes/stops/versions";
import type { Imported, Properties } from "./operation/operation";

/** Recorded, and nothing of the cluster itself. */
const others = ["acknowledge", "findings", "aws", "account"];

/** `inputs`: of the guard of the cluster as it is. `secret`: which of them no file may hold. */
export function guardImportId(inputs: Properties, secret: readonly string[]): string {
  const left = Object.entries(inputs).filter(([path]) => !others.includes(path) && !secret.includes(path));
  return JSON.stringify(Object.fromEntries(left));
}

/** A name alone says nothing of the cluster: all that its program says stands. */
export function importedGuard(id: string): Imported {
  const recorded = id.startsWith("{") ? shapeIn(id) : { clusterName: id };
  return { id: recorded.clusterName, properties: { ...recorded, [takenOverPath]: true } };
}

/** What the guard was imported with; empty where that is a name alone. */
export function importedShape(olds: Properties): Properties {
  const { [takenOverPath]: mark, clusterName, ...shape } = olds;
  return Object.keys(shape).length === 0 ? {} : { ...shape, clusterName, [takenOverPath]: mark };
}

function shapeIn(id: string): Properties & { readonly clusterName: string } {
  try {
    const { clusterName, ...shape } = JSON.parse(id) as Properties;
    if (typeof clusterName === "string") return { ...shape, clusterName };
  } catch {
    // Said below.
  }
  throw new Error("the id of the guard is not as kops-karpenter import-file writes it; write the import file again");
}
