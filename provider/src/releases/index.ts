/** The kOps releases that the package has facts for. Only resolve/ imports this; all else reads the cluster's release. */
import { kops1_36 } from "./1.36";
import type { KopsRelease } from "./release";

/** By version. */
export const kopsReleases: Readonly<Record<string, KopsRelease>> = Object.fromEntries(
  [kops1_36].map((release) => [release.version, release]),
);

export const defaultRelease: KopsRelease = kops1_36;

/** Below this, kOps's Karpenter integration is the legacy one. */
export const oldestKopsVersion = "1.34.0";
