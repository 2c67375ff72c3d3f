/** Whether a running cluster may become what its program now describes. */
import type { Problem } from "../report/report";
import type { Finding, Stop } from "./effects";
import type { Recorded } from "./recorded";
import { changeRows } from "./table";

const page = `see the how-to "Safe change"`;

/** All changes that are refused, or that need an acknowledgement and have none, in the order of the table. */
export function judgeChanges(old: Recorded, next: Recorded, acknowledged: readonly string[]): readonly Problem[] {
  // A cluster that was never recorded has nothing to lose.
  if (old.isEmpty) return [];
  return changeRows.flatMap(({ stops }) =>
    stops.flatMap((stop) =>
      stop
        .find(old, next)
        .filter(({ path }) => stop.effect === "refused" || !acknowledged.includes(path))
        .map((finding) => ({ path: finding.path, reason: reason(stop, finding) })),
    ),
  );
}

function reason({ effect }: Stop, { path, change, why, instead }: Finding): string {
  const [verdict, way] =
    effect === "refused"
      ? ["is refused", instead]
      : ["needs acknowledgement", `to go ahead, add ${JSON.stringify(path)} to acknowledge`];
  return [`${change} ${verdict}: ${why}`, way, page].filter((part) => part !== undefined).join("; ");
}
