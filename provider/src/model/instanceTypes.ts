/**
 * What the name of an instance type or image tells without asking AWS. Undefined where it tells nothing; nothing is
 * refused or narrowed on a guess.
 */
import type { Architecture, KopsRelease } from "../releases/release";

export type { Architecture };

export const instanceTypePattern = /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/;
const familyPattern = /^([a-z]+)([0-9]+)([a-z]*)(-[a-z0-9]+)?$/;

/** Graviton families are a1 and those with a `g` behind the generation, as in m7g, c6gn, im4gn, is4gen or x2gd. */
export function architectureOfType(instanceType: string): Architecture | undefined {
  const family = familyPattern.exec(instanceType.split(".")[0] ?? "");
  if (family === null) {
    return undefined;
  }
  const [, series = "", generation = "", attributes = "", variant = ""] = family;
  if (series === "mac") {
    return undefined;
  }
  const isArm = (series === "a" && generation === "1") || attributes.includes("g") || variant.startsWith("-gb");
  return isArm ? "arm64" : "amd64";
}

/** kOps's image for a type, where none is given. */
export function defaultImage(instanceType: string, release: KopsRelease): string {
  return release.machineImages.fixed[architectureOfType(instanceType) ?? "amd64"];
}

/** The accelerated families with a GPU: p, g and gr. Those with other accelerators (inf, trn, dl, vt) are not GPU types to AWS. */
export function isGpuType(instanceType: string): boolean {
  return /^(p|g|gr)[0-9]/.test(instanceType);
}

/** From the architecture that publishers put into image names and parameter paths; an AMI id tells nothing. */
export function architectureOfImage(image: string): Architecture | undefined {
  const amd64 = /(^|[^a-z0-9])(amd64|x86_64|x86-64)([^a-z0-9]|$)/.test(image);
  const arm64 = /(^|[^a-z0-9])(arm64|aarch64)([^a-z0-9]|$)/.test(image);
  return amd64 === arm64 ? undefined : amd64 ? "amd64" : "arm64";
}

/** The architectures of all of them, sorted; undefined where one of them is not known or there are none. */
export function knownArchitectures(
  items: readonly string[],
  architectureOf: (item: string) => Architecture | undefined,
): readonly Architecture[] | undefined {
  if (items.length === 0) {
    return undefined;
  }
  const found = new Set<Architecture>();
  for (const item of items) {
    const architecture = architectureOf(item);
    if (architecture === undefined) {
      return undefined;
    }
    found.add(architecture);
  }
  return [...found].sort();
}
