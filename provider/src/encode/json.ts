/** JSON with the bytes of Go's json.MarshalIndent: fields as given, one per line. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** `indent`: spaces per level; none still breaks the lines. */
export function json(value: JsonValue, indent: number): string {
  return write(value, "\n", " ".repeat(indent));
}

/** On one line, without spaces. */
export function compactJson(value: JsonValue): string {
  return escapeAsGo(JSON.stringify(value));
}

function write(value: JsonValue, newline: string, step: string): string {
  if (value === null || typeof value !== "object") return escapeAsGo(JSON.stringify(value));
  const deeper = newline + step;
  const parts = isArray(value)
    ? value.map((item) => write(item, deeper, step))
    : Object.entries(value).map(([key, field]) => `${escapeAsGo(JSON.stringify(key))}: ${write(field, deeper, step)}`);
  const [open, close] = isArray(value) ? "[]" : "{}";
  return parts.length === 0 ? `${open}${close}` : `${open}${deeper}${parts.join(`,${deeper}`)}${newline}${close}`;
}

/** Go escapes what could end a script element, and the line separators. */
function escapeAsGo(text: string): string {
  return text.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
