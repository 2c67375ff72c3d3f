/** Formats of Kubernetes and AWS that several inputs share. */

const dnsLabel = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const qualifiedName = /^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/;
const quantity = /^(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE][+-]?[0-9]+))?$/;

export const dnsNameRule = "must be lower-case letters, digits, - and ., starting and ending with a letter or digit";
export const labelKeyRule =
  "must be a Kubernetes name, at most 63 letters, digits, -, _ and ., with an optional DNS prefix and /";
export const labelValueRule =
  "must be at most 63 letters, digits, -, _ and ., starting and ending with a letter or digit, or empty";
export const quantityRule = "must be a Kubernetes quantity such as 500m, 2 or 1Gi";

export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && dnsLabel.test(text);
}

export function isDnsName(text: string): boolean {
  return text.length <= 253 && text.split(".").every(isDnsLabel);
}

/** A label or taint key: `name` or `prefix/name`. */
export function isLabelKey(text: string): boolean {
  const [first = "", second, ...more] = text.split("/");
  if (more.length > 0) {
    return false;
  }
  const name = second ?? first;
  return name.length <= 63 && qualifiedName.test(name) && (second === undefined || isDnsName(first));
}

export function isLabelValue(text: string): boolean {
  return text === "" || (text.length <= 63 && qualifiedName.test(text));
}

export function isQuantity(text: string): boolean {
  return quantity.test(text);
}

/** Whether a key's prefix is the domain or below it. */
export function inDomain(key: string, domain: string): boolean {
  const slash = key.indexOf("/");
  const prefix = slash < 0 ? "" : key.slice(0, slash);
  return prefix === domain || prefix.endsWith(`.${domain}`);
}

export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** `major.minor.patch`, nothing before or behind. */
export function parseVersion(text: string): Version | undefined {
  const match = /^(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})$/.exec(text);
  if (match === null) {
    return undefined;
  }
  const [major = 0, minor = 0, patch = 0] = match.slice(1).map(Number);
  return { major, minor, patch };
}

export function compareVersions(left: Version, right: Version): number {
  return left.major - right.major || left.minor - right.minor || left.patch - right.patch;
}

/** An http or https URL with a host and nothing but a path behind it. */
export function isWebUrl(text: string, schemes: readonly string[] = ["http", "https"]): boolean {
  const match = /^([a-z]+):\/\/(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?(\/[^\s?#]*)?$/.exec(text);
  return match !== null && schemes.includes(match[1] ?? "");
}
