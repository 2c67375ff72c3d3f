import { gunzipSync } from "node:zlib";

/** The shell scripts in an instance's user data, in order, as cloud-init finds them. Other parts are not for a shell. */
export function scriptsOf(userData: Buffer): string[] {
  const text = (isGzip(userData) ? gunzipSync(userData) : userData).toString("utf8");
  if (text.startsWith("#!")) return [text];
  return /^(content-type|mime-version):/im.test(text.slice(0, 200)) ? partsOf(text) : [];
}

function isGzip(data: Buffer): boolean {
  return data.length > 2 && data[0] === 0x1f && data[1] === 0x8b;
}

/** An entity of a MIME text: its headers, lower-case, and its body. */
function entity(text: string): { headers: Map<string, string>; body: string } {
  const normal = text.replaceAll("\r\n", "\n").replace(/^\n+/, "");
  const end = normal.indexOf("\n\n");
  const head = end < 0 ? normal : normal.slice(0, end);
  const lines = head.replaceAll(/\n[ \t]+/g, " ").split("\n");
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  return { headers, body: end < 0 ? "" : normal.slice(end + 2) };
}

function partsOf(text: string): string[] {
  const { headers, body } = entity(text);
  const type = headers.get("content-type") ?? "";
  if (type.startsWith("multipart/")) {
    const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
    if (boundary === undefined) throw new Error("user data: a multipart text without a boundary");
    const [inside] = `\n${body}`.split(`\n--${boundary}--`);
    return (inside ?? "").split(`\n--${boundary}`).slice(1).flatMap(partsOf);
  }
  if (!type.startsWith("text/x-shellscript")) return [];
  const base64 = headers.get("content-transfer-encoding")?.toLowerCase() === "base64";
  return [base64 ? Buffer.from(body, "base64").toString("utf8") : body];
}
