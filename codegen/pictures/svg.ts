// Drawing in SVG, as text: the few shapes that the pictures need. Numbers are whole, so that the same picture is the same bytes.

export const ink = {
  text: "#1f2933",
  quiet: "#5f6c7b",
  line: "#7b8794",
  frame: "#cbd2d9",
  fill: "#ffffff",
  page: "#f8fafc",
};
const font = "ui-sans-serif, system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif";

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

interface TextStyle {
  readonly size?: number;
  readonly color?: string;
  readonly bold?: boolean;
  readonly anchor?: "start" | "middle" | "end";
  /** The colour behind the letters, where lines may cross them. */
  readonly halo?: string;
}

export function text(x: number, y: number, content: string, style: TextStyle = {}): string {
  const { size = 12, color = ink.text, bold = false, anchor = "start", halo } = style;
  const weight = bold ? ' font-weight="600"' : "";
  const around =
    halo === undefined ? "" : ` paint-order="stroke" stroke="${halo}" stroke-width="4" stroke-linejoin="round"`;
  const at = `x="${String(Math.round(x))}" y="${String(Math.round(y))}"`;
  return `<text ${at} font-size="${String(size)}" fill="${color}" text-anchor="${anchor}"${weight}${around}>${escape(content)}</text>`;
}

export function box(
  area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  style: { readonly fill?: string; readonly stroke?: string; readonly radius?: number } = {},
): string {
  const { fill = ink.fill, stroke = ink.frame, radius = 8 } = style;
  const [x, y, width, height] = [area.x, area.y, area.width, area.height].map((n) => String(Math.round(n)));
  return `<rect x="${x ?? ""}" y="${y ?? ""}" width="${width ?? ""}" height="${height ?? ""}" rx="${String(radius)}" fill="${fill}" stroke="${stroke}"/>`;
}

export function dot(x: number, y: number, color: string): string {
  return `<circle cx="${String(Math.round(x))}" cy="${String(Math.round(y))}" r="4" fill="${color}"/>`;
}

export function line(
  path: string,
  style: { readonly arrow?: boolean; readonly dashed?: boolean; readonly color?: string } = {},
): string {
  const { arrow = true, dashed = false, color = ink.line } = style;
  const end = arrow ? ' marker-end="url(#arrow)"' : "";
  return `<path d="${path}" fill="none" stroke="${color}" stroke-width="1.5"${dashed ? ' stroke-dasharray="4 4"' : ""}${end}/>`;
}

/** `description` is what people hear who do not see the picture. */
export function picture(
  size: { readonly width: number; readonly height: number },
  names: { readonly title: string; readonly description: string },
  parts: readonly string[],
): string {
  const [width, height] = [Math.round(size.width), Math.round(size.height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(height)}" width="${String(width)}" height="${String(height)}" role="img" font-family="${font}">`,
    "<!-- Drawn by `make generate`. Do not edit. -->",
    `<title>${escape(names.title)}</title>`,
    `<desc>${escape(names.description)}</desc>`,
    `<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 1 L9 5 L0 9 z" fill="${ink.line}"/></marker></defs>`,
    box({ x: 0, y: 0, width, height }, { fill: ink.page, stroke: "none", radius: 12 }),
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}
