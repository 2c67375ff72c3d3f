/** User data in several parts, with kOps's bytes (kops pkg/model/resources/nodeup.go:305). */

export interface MimePart {
  readonly name: string;
  readonly type: string;
  readonly content: string;
}

const boundary = "MIMEBOUNDARY";

export function multipartUserData(parts: readonly MimePart[]): string {
  const head = `Content-Type: multipart/mixed; boundary="${boundary}"\r\nMIME-Version: 1.0\r\n\r\n`;
  const body = parts.map((part, index) => (index === 0 ? "" : "\r\n") + writePart(part));
  // kOps writes the closing boundary and does not flush the one that Go's writer adds after it.
  return `${head}${body.join("")}\r\n--${boundary}--\r\n`;
}

// Go writes the header names of a part in its canonical case, sorted.
function writePart({ name, type, content }: MimePart): string {
  const headers = [
    `Content-Disposition: attachment; filename="${name}"`,
    "Content-Transfer-Encoding: 7bit",
    `Content-Type: ${type}`,
    "Mime-Version: 1.0",
  ];
  return `--${boundary}\r\n${headers.map((header) => `${header}\r\n`).join("")}\r\n${content}`;
}
