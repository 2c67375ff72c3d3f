/** Acknowledgements: paths of inputs whose change the guard lets through when its owner names them. */
import type { ResolvedCluster } from "../../model/cluster";
import { acknowledgeable, isRefused, matchesPath } from "../changes/paths";
import type { Checks } from "../kit/checks";
import { showList } from "../report/display";
import { nearest } from "../structure/nearest";

/** An entry that matches an input but no change is right: it may have been for an earlier update. */
export function checkAcknowledged({ acknowledged }: ResolvedCluster, checks: Checks): void {
  for (const [entry, path] of checks.items("acknowledge", acknowledged)) {
    if (acknowledgeable.some((pattern) => matchesPath(pattern, entry))) continue;
    if (isRefused(entry)) {
      checks.problem(path, "change that is refused", entry, "an acknowledgement does not let it through");
      continue;
    }
    const meant = nearest(entry, acknowledgeable);
    const allowed = meant === undefined ? `must be one of ${showList(acknowledgeable)}` : `did you mean "${meant}"?`;
    checks.problem(path, "not an input whose change needs acknowledgement", entry, allowed);
  }
}
