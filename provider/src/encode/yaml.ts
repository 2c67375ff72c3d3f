/** YAML with the bytes that kOps writes (sigs.k8s.io/yaml over go.yaml.in/yaml/v2 2.4.3). No domain knowledge. */
import { compareNaturally } from "./natural";
import { foldedScalar, literalScalar, scalarStyle } from "./scalars";

/** Anything JSON can say. Absent (undefined) fields of an object are left out. */
export type YamlValue =
  string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue | undefined };

export type YamlObject = { readonly [key: string]: YamlValue | undefined };

/** One document: keys in natural order, sequences at their key's column, a final newline. */
export function yaml(value: YamlValue): string {
  const out: string[] = [];
  writeNode(out, value, { indent: -2, column: 0, place: "root" });
  return out.join("");
}

/** Several documents as kOps separates an addon's objects (kops pkg/kubemanifest/manifest.go:108); the addon builder trims the last newline. */
export function yamlDocuments(values: readonly YamlValue[]): string {
  return values.map(yaml).join("\n---\n\n");
}

interface Position {
  /** Column of the mapping or sequence that holds the node. */
  readonly indent: number;
  /** Column the cursor is at. */
  readonly column: number;
  /** After a mapping's colon, or where a collection may begin on the cursor's line. */
  readonly place: "root" | "value" | "inline";
}

/** Writes a node and the newline that ends it. */
function writeNode(out: string[], value: YamlValue, position: Position): void {
  const gap = position.place === "value" ? " " : "";
  if (typeof value === "string") {
    writeString(out, value, gap, position);
  } else if (value === null || typeof value === "boolean") {
    out.push(gap, String(value), "\n");
  } else if (typeof value === "number") {
    out.push(gap, numberText(value), "\n");
  } else if (isSequence(value)) {
    if (value.length === 0) out.push(gap, "[]\n");
    else writeSequence(out, value, position);
  } else {
    writeMapping(out, value, gap, position);
  }
}

function writeString(out: string[], text: string, gap: string, position: Position): void {
  const style = scalarStyle(text);
  const indent = position.place === "root" ? 2 : position.indent + 2;
  if (style === "literal") {
    out.push(gap, literalScalar(text, indent));
  } else {
    out.push(gap, foldedScalar(text, style, position.column + gap.length, indent, false), "\n");
  }
}

function writeSequence(out: string[], items: readonly YamlValue[], position: Position): void {
  // Below a key a sequence keeps the key's column; everywhere else it is indented.
  const indent = position.place === "value" ? position.indent : position.indent + 2;
  const margin = " ".repeat(indent);
  let first = position.place !== "value";
  if (!first) out.push("\n");
  for (const item of items) {
    out.push(first ? "- " : margin + "- ");
    first = false;
    writeNode(out, item, { indent, column: indent + 2, place: "inline" });
  }
}

function writeMapping(out: string[], object: YamlObject, gap: string, position: Position): void {
  const keys = Object.keys(object).filter((key) => object[key] !== undefined);
  if (keys.length === 0) {
    out.push(gap, "{}\n");
    return;
  }
  keys.sort(compareNaturally);
  const indent = position.indent + 2;
  const margin = " ".repeat(indent);
  let first = position.place !== "value";
  if (!first) out.push("\n");
  for (const key of keys) {
    if (!first) out.push(margin);
    first = false;
    writeEntry(out, key, object[key] as YamlValue, indent);
  }
}

// libyaml takes keys of one line and up to 128 bytes as simple ones.
const maxSimpleKeyBytes = 128;

function writeEntry(out: string[], key: string, value: YamlValue, indent: number): void {
  if (/[\n\r]/.test(key) || Buffer.byteLength(key) > maxSimpleKeyBytes) {
    out.push("? ");
    writeString(out, key, "", { indent, column: indent + 2, place: "inline" });
    out.push(" ".repeat(indent), ": ");
    writeNode(out, value, { indent, column: indent + 2, place: "inline" });
    return;
  }
  const written = foldedScalar(key, scalarStyle(key), indent, indent + 2, true);
  out.push(written, ":");
  writeNode(out, value, { indent, column: indent + written.length + 1, place: "value" });
}

function isSequence(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

/** As Go's FormatFloat(f, 'g', -1, 64) for what is no integer. */
function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  if (!Number.isFinite(value) || Number.isInteger(value))
    throw new Error(`bug: no exact YAML number: ${String(value)}`);
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 21) return String(value);
  return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}
