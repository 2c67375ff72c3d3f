/** Versions of the form `major.minor.patch`. */

/** Nothing before or after the three numbers. */
export function isVersion(text: string): boolean {
  return /^(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})$/.test(text);
}

/** A patch release of one of the minor versions. */
export function isPatchOf(version: string, minors: Readonly<Record<string, unknown>>): boolean {
  return isVersion(version) && Object.hasOwn(minors, minorVersion(version));
}

/** `1.35` of `1.35.5`. */
export function minorVersion(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

/** From one version to another, neither of which must be of that form; undefined where one of them is not. */
export interface VersionStep {
  /** Up, where they are more than none. Neither Kubernetes, kOps nor Karpenter has had two major versions since 1.0. */
  readonly minors: number;
  /** Whether the version as a whole is earlier. */
  readonly isDown: boolean;
}

export function versionStep(from: unknown, to: unknown): VersionStep | undefined {
  if (!isAnyVersion(from) || !isAnyVersion(to)) return undefined;
  const [before, after] = [minorNumber(from), minorNumber(to)];
  return { minors: after - before, isDown: !versionAtLeast(to, from) };
}

/** `1.36`, after `1.35.5`. */
export function nextMinorVersion(version: string): string {
  return `${version.split(".")[0] ?? ""}.${String(minorNumber(version) + 1)}`;
}

function isAnyVersion(value: unknown): value is string {
  return typeof value === "string" && isVersion(value);
}

function minorNumber(version: string): number {
  return Number(version.split(".")[1]);
}

export function versionAtLeast(version: string, least: string): boolean {
  const [left, right] = [version, least].map((text) => text.split(".").map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
