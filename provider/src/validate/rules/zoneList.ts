import type { Checks } from "../kit/checks";

/** Zones of a part of the cluster, which are some of the cluster's. */
export function checkZoneList(
  path: string,
  declared: readonly string[] | undefined,
  zones: readonly string[],
  checks: Checks,
): void {
  const entries = checks.items(path, declared);
  for (const [zone, zonePath] of entries) {
    if (zones.length > 0 && checks.report.isUsable("zones")) {
      checks.oneOf(zonePath, zone, zones, "not a zone of the cluster");
    }
  }
  checks.unique(entries);
}
