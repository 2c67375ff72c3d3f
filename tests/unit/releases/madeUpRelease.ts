/** A release that nobody made: the real one with other versions, images, hashes and addresses of charts throughout. */
import type { KopsRelease } from "../../../provider/src/releases/release";

const shift = 40;
const version = /(?<![\d.])(\d+)\.(\d+)(?:\.(\d+))?(?!\d*\.?\d)/g;
/** An image with its tag, a chart, or a machine image with its owner's account. */
const imageReference = /^(?:[\w.-]+(?:\/[\w.-]+)+:[\w.-]+|(?:oci:\/\/|\d{12}\/)[\w./-]+)$/;
const hash = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

export function madeUp(release: KopsRelease): KopsRelease {
  return rewritten(release, madeUpText) as KopsRelease;
}

/** Every text of the release that the made-up one has not. */
export function ownTexts(release: KopsRelease): ReadonlySet<string> {
  const own = new Set<string>();
  rewritten(release, (text) => {
    if (madeUpText(text) !== text) own.add(text);
    return text;
  });
  return own;
}

function rewritten(value: unknown, rewrite: (text: string) => string): unknown {
  if (typeof value === "string") return rewrite(value);
  if (Array.isArray(value)) return value.map((each) => rewritten(each, rewrite));
  if (typeof value !== "object" || value === null) return value;
  // Keys too: versions of Kubernetes and addresses of files are keys.
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [rewrite(key), rewritten(each, rewrite)]));
}

function madeUpText(text: string): string {
  if (hash.test(text)) return text.replace(/^.{8}/, "00000000");
  const shifted = text.replace(version, (_, major: string, minor: string, patch: string | undefined) =>
    [major, ...[minor, patch].flatMap((part) => (part === undefined ? [] : String(Number(part) + shift)))].join("."),
  );
  return imageReference.test(text) ? shifted.replace(/([\w-]+)(:[\w.-]+)?$/, "made-up-$1$2") : shifted;
}
