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

export function versionAtLeast(version: string, least: string): boolean {
  const [left, right] = [version, least].map((text) => text.split(".").map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
