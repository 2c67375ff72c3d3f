/** What is said of a field of kOps's spec that is no input: of those at the top, which the schema leaves out. */
import { show } from "../report/display";
import { clusterVerdicts } from "./clusterVerdicts";
import { controlPlaneVerdicts, nodeGroupVerdicts } from "./groupVerdicts";
import { objection, type Verdict, type Verdicts } from "./verdict";

/** `object`: the type in the schema. Undefined where kOps has no such field. */
export function specAnswer(object: string | undefined, path: string, key: string, value: unknown): string | undefined {
  const verdicts = verdictsOf(object, path);
  const verdict = verdicts !== undefined && Object.hasOwn(verdicts, key) ? verdicts[key] : undefined;
  return verdict === undefined ? undefined : notAvailable(value, verdict);
}

/** Undefined where the field is available. */
export function notAvailable(value: unknown, verdict: Verdict): string | undefined {
  const reason = objection(verdict);
  return reason === undefined ? undefined : `not available here, got ${show(value)}; ${reason}`;
}

function verdictsOf(object: string | undefined, path: string): Verdicts | undefined {
  if (object === "ClusterSpec") return clusterVerdicts;
  if (object !== "InstanceGroupSpec") return undefined;
  return path.startsWith("controlPlane.") ? controlPlaneVerdicts : nodeGroupVerdicts;
}
