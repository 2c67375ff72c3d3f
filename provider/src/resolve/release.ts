/** The release of a cluster. */
import { defaultRelease, kopsReleases } from "../releases";
import type { KopsRelease } from "../releases/release";

export { oldestKopsVersion } from "../releases";

export const kopsVersions: readonly string[] = Object.keys(kopsReleases);

/** The default release where no version is given, and for an unknown one, which validation reports. */
export function releaseOf(kopsVersion: string | undefined): KopsRelease {
  if (kopsVersion === undefined || !Object.hasOwn(kopsReleases, kopsVersion)) return defaultRelease;
  return kopsReleases[kopsVersion] ?? defaultRelease;
}
