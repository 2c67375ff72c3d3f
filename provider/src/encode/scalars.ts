/**
 * How a string is written as one YAML scalar, as go.yaml.in/yaml/v2 (below sigs.k8s.io/yaml, below kOps) decides it:
 * plain where it can be, double quotes where a plain scalar would be read back as something else than a string,
 * single quotes where only syntax forbids a plain one, a literal block for text with newlines.
 */

export type ScalarStyle = "plain" | "single" | "double" | "literal";

const wordsThatAreNotStrings = new Set(
  (
    "y Y yes Yes YES true True TRUE on On ON n N no No NO false False FALSE off Off OFF ~ null Null NULL " +
    ".nan .NaN .NAN .inf .Inf .INF +.inf +.Inf +.INF -.inf -.Inf -.INF"
  ).split(" "),
);

const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const prefixedInteger = /^[-+]?0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)$/;
const timestamp =
  /^[0-9]{4}-([0-9]{1,2})-([0-9]{1,2})(?:[Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:[.,][0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})| [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:[.,][0-9]+)?)?$/;

/** Whether a plain scalar of this text would be read as a string. Bounds are those of Go's 64-bit numbers. */
function readsAsString(text: string): boolean {
  if (text === "") return false;
  const first = text.charCodeAt(0);
  const startsNumber = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d;
  if (!startsNumber) {
    if (wordsThatAreNotStrings.has(text)) return false;
    return !(text.startsWith(".") && float.test(text) && Number.isFinite(Number(text)));
  }
  if (wordsThatAreNotStrings.has(text) || base60.test(text) || isTimestamp(text)) return false;
  const digits = text.includes("_") ? text.replaceAll("_", "") : text;
  if (prefixedInteger.test(digits)) return !fitsSixtyFourBits(digits);
  return !(float.test(digits) && Number.isFinite(Number(digits)));
}

function fitsSixtyFourBits(digits: string): boolean {
  const negative = digits.startsWith("-");
  const magnitude = BigInt(digits.replace(/^[-+]/, "").toLowerCase());
  return magnitude <= (negative ? 2n ** 63n : 2n ** 64n - 1n);
}

function isTimestamp(text: string): boolean {
  const match = timestamp.exec(text);
  if (match === null) return false;
  const month = Number(match[1]);
  const day = Number(match[2]);
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

// Not printable by libyaml's table, which has nothing above the basic plane. The line breaks U+0085, U+2028 and U+2029
// are escaped here; yaml/v2 writes those so that they do not survive.
const special = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]|[\u2028\u2029]/;
const forbiddenFirst = /^[#,[\]{}&*!|>'"%@`]|^[-?:](?:[ \t]|$)|^---|^\.\.\./;
const forbiddenInside = /:(?:[ \t]|$)|[ \t\n]#/;
const safe = /^[A-Za-z/$][A-Za-z0-9/._=@$-]*$/;

export function scalarStyle(text: string): ScalarStyle {
  if (safe.test(text)) return wordsThatAreNotStrings.has(text) ? "double" : "plain";
  const hasSpecial = special.test(text);
  if (text.includes("\n")) {
    const literalAllowed = !hasSpecial && !text.endsWith(" ") && !text.includes(" \n");
    return literalAllowed ? "literal" : "double";
  }
  if (hasSpecial || !readsAsString(text)) return "double";
  const plainForbidden =
    text.startsWith(" ") || text.endsWith(" ") || forbiddenFirst.test(text) || forbiddenInside.test(text);
  return plainForbidden ? "single" : "plain";
}

const maxColumn = 80;

/**
 * Writes the text at the given column, breaking it at the first single space past column 80; `indent` is that of
 * continuation lines. Keys are never broken.
 */
export function foldedScalar(text: string, style: ScalarStyle, column: number, indent: number, isKey: boolean): string {
  const quote = style === "plain" ? "" : style === "single" ? "'" : '"';
  if (isKey || column + text.length <= maxColumn) return quote + escaped(text, style) + quote;
  const points = [...text];
  let out = quote;
  let at = column + quote.length;
  let afterSpace = false;
  for (const [index, point] of points.entries()) {
    if (point !== " ") {
      const written = escaped(point, style);
      out += written;
      at += [...written].length;
      afterSpace = false;
      continue;
    }
    const nextIsSpace = points[index + 1] === " ";
    const inside = style === "plain" || (index > 0 && index < points.length - 1);
    if (!afterSpace && at > maxColumn && inside && (style === "double" || !nextIsSpace)) {
      out += "\n" + " ".repeat(indent) + (nextIsSpace ? "\\" : "");
      at = indent + (nextIsSpace ? 1 : 0);
    } else {
      out += " ";
      at += 1;
    }
    afterSpace = true;
  }
  return out + quote;
}

const shortEscapes: Readonly<Record<string, string>> = {
  "\0": "\\0",
  "\x07": "\\a",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\v": "\\v",
  "\f": "\\f",
  "\r": "\\r",
  "\x1b": "\\e",
  '"': '\\"',
  "\\": "\\\\",
  "\x85": "\\N",
  "\u2028": "\\L",
  "\u2029": "\\P",
};
const needsEscape = /["\\]|[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]|[\u2028\u2029]/gu;

function escaped(text: string, style: ScalarStyle): string {
  if (style === "plain") return text;
  if (style === "single") return text.replaceAll("'", "''");
  return text.replace(needsEscape, (point) => {
    const short = shortEscapes[point];
    if (short !== undefined) return short;
    const hex = (point.codePointAt(0) ?? 0).toString(16).toUpperCase();
    if (hex.length <= 2) return "\\x" + hex.padStart(2, "0");
    return hex.length <= 4 ? "\\u" + hex.padStart(4, "0") : "\\U" + hex.padStart(8, "0");
  });
}

/** Header and body of a literal block, ending in a newline; `indent` is that of its lines. */
export function literalScalar(text: string, indent: number): string {
  const indentHint = text.startsWith(" ") || text.startsWith("\n") ? "2" : "";
  const chomp = !text.endsWith("\n") ? "-" : text === "\n" || text.endsWith("\n\n") ? "+" : "";
  const margin = " ".repeat(indent);
  const lines = text.split("\n");
  if (text.endsWith("\n")) lines.pop();
  const body = lines.map((line) => (line === "" ? "" : margin + line));
  return "|" + indentHint + chomp + "\n" + body.join("\n") + "\n";
}
