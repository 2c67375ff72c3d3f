// The resources of the smallest cluster, by the part of the component that makes them, as it registers them.
import { belowComponent, graphOf, type Registered } from "../../tests/component/support/graph";
import { box, dot, ink, line, picture, text } from "./svg";

interface Part {
  readonly name: string;
  /** Number of resources by type. */
  readonly types: ReadonlyMap<string, number>;
  /** Parts whose resources are there before those of this one. */
  readonly after: ReadonlySet<string>;
}

/** Where a part stands: column and row. A part that is not here is an error: give it a place. */
const places: Readonly<Record<string, { readonly title: string; readonly column: number; readonly row: number }>> = {
  interruption: { title: "Interruption handling", column: 0, row: 0 },
  stores: { title: "Stores", column: 1, row: 0 },
  pki: { title: "Keys and certificates", column: 2, row: 0 },
  network: { title: "Network", column: 3, row: 0 },
  iam: { title: "Roles", column: 0, row: 1 },
  firewall: { title: "Security groups", column: 3, row: 1 },
  api: { title: "API load balancer", column: 3, row: 2 },
  files: { title: "Files of the stores", column: 2, row: 3 },
  "control-plane": { title: "Control plane", column: 1, row: 4 },
  workers: { title: "What workers are told", column: 1, row: 5 },
  karpenter: { title: "Karpenter", column: 1, row: 6 },
};

const providers = [
  { name: "AWS", color: "#d9822b", of: (type: string) => type.startsWith("aws:") },
  { name: "TLS", color: "#2f855a", of: (type: string) => type.startsWith("tls:") },
  { name: "Kubernetes and Helm", color: "#2b6cb0", of: (type: string) => /^(kubernetes|pulumi:providers):/.test(type) },
  { name: "this plugin's own", color: "#805ad5", of: (type: string) => type.startsWith("kops-karpenter:") },
];

const size = { margin: 28, width: 240, columnGap: 22, rowGap: 54, head: 36, line: 18, foot: 10, top: 92 };

function partsOf(resources: readonly Registered[]): readonly Part[] {
  const component = resources[0];
  const byUrn = new Map(resources.map((each) => [each.urn, each]));
  const partOf = (resource: Registered): string => {
    const parent = byUrn.get(resource.parent);
    if (parent === undefined) throw new Error(`${resource.name} is in no part`);
    return parent === component ? (resource.type.split(":").pop() ?? "") : partOf(parent);
  };
  const members = resources.filter((each) => each !== component);
  // Sorted, since the order of registering is no part of the picture.
  const names = [...new Set(members.map(partOf))].sort();
  return names.map((name) => {
    const own = members.filter((each) => partOf(each) === name);
    const types = new Map<string, number>();
    const made = own.filter(({ custom }) => custom).map(({ type }) => type);
    for (const type of made.sort()) types.set(type, (types.get(type) ?? 0) + 1);
    const needed = own
      .flatMap(({ dependencies }) => dependencies)
      .flatMap((urn) => byUrn.get(urn) ?? [])
      .filter((each) => each !== component)
      .map(partOf);
    return { name, types, after: new Set(needed.filter((other) => other !== name)) };
  });
}

/** What a part waits for directly: not what it waits for through another part as well. */
function direct(part: Part, parts: readonly Part[]): readonly Part[] {
  const reaches = (from: Part, to: string): boolean =>
    parts.some((each) => from.after.has(each.name) && (each.name === to || reaches(each, to)));
  const before = parts.filter((each) => part.after.has(each.name));
  return before.filter((each) => !before.some((other) => other !== each && reaches(other, each.name)));
}

interface Placed extends Part {
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

function place(parts: readonly Part[]): readonly Placed[] {
  const height = ({ types }: Part): number => size.head + types.size * size.line + size.foot;
  const placeOf = ({ name }: Part) => {
    const found = places[name];
    if (found === undefined) throw new Error(`the picture has no place for the part ${name}`);
    return found;
  };
  const rows = [...new Set(parts.map((part) => placeOf(part).row))].sort((a, b) => a - b);
  const tops = new Map<number, number>();
  let top = size.top;
  for (const row of rows) {
    tops.set(row, top);
    top += Math.max(...parts.filter((part) => placeOf(part).row === row).map(height)) + size.rowGap;
  }
  return parts.map((part) => {
    const { title, column, row } = placeOf(part);
    const x = size.margin + column * (size.width + size.columnGap);
    return { ...part, title, x, y: tops.get(row) ?? 0, height: height(part) };
  });
}

function typeName(type: string): string {
  const name = type.split(":").pop() ?? type;
  if (type.startsWith("pulumi:providers:")) return "Provider";
  if (type === "aws:autoscaling/group:Group") return "AutoScalingGroup";
  return type === "kubernetes:helm.sh/v3:Release" ? "Helm Release" : name;
}

function drawPart({ title, types, x, y, height }: Placed): readonly string[] {
  const count = [...types.values()].reduce((sum, each) => sum + each, 0);
  const entries = [...types].sort(([a], [b]) => (typeName(a) < typeName(b) ? -1 : 1));
  return [
    box({ x, y, width: size.width, height }),
    text(x + 12, y + 23, title, { bold: true, size: 13 }),
    text(x + size.width - 12, y + 23, String(count), { anchor: "end", color: ink.quiet }),
    ...entries.flatMap(([type, number], index) => {
      const baseline = y + size.head + 12 + index * size.line;
      const color = providers.find(({ of }) => of(type))?.color;
      if (color === undefined) throw new Error(`no colour for ${type}`);
      const times = number === 1 ? [] : [text(x + size.width - 12, baseline, `× ${String(number)}`, { anchor: "end" })];
      return [dot(x + 16, baseline - 4, color), text(x + 28, baseline, shortened(typeName(type))), ...times];
    }),
  ];
}

/** One name of AWS's is wider than a box. */
function shortened(name: string): string {
  return name.replace("ServerSideEncryptionConfiguration", "Encryption…");
}

/** Arrows spread over the edges of a box in the order of what is at their other ends. */
function drawArrows(placed: readonly Placed[]): readonly string[] {
  const arrows = placed.flatMap((to) => direct(to, placed).map((from) => ({ from: from as Placed, to })));
  const port = (at: Placed, other: Placed, others: readonly Placed[]): number => {
    const order = [...others].sort((a, b) => a.x - b.x || a.y - b.y);
    return at.x + (size.width * (order.indexOf(other) + 1)) / (order.length + 1);
  };
  return arrows.map(({ from, to }) => {
    const x1 = Math.round(
      port(
        from,
        to,
        arrows.filter((each) => each.from === from).map((each) => each.to),
      ),
    );
    const x2 = Math.round(
      port(
        to,
        from,
        arrows.filter((each) => each.to === to).map((each) => each.from),
      ),
    );
    const [y1, y2] = [Math.round(from.y + from.height), Math.round(to.y - 2)];
    const bend = Math.round(Math.min(size.rowGap * 1.6, (y2 - y1) * 0.6));
    return line(
      `M${String(x1)} ${String(y1)} C${String(x1)} ${String(y1 + bend)} ${String(x2)} ${String(y2 - bend)} ${String(x2)} ${String(y2)}`,
    );
  });
}

function legend(y: number): readonly string[] {
  let x = size.margin;
  return providers.flatMap(({ name, color }) => {
    const at = x;
    x += 40 + name.length * 7;
    return [dot(at + 5, y - 4, color), text(at + 16, y, name, { color: ink.quiet })];
  });
}

export async function drawResources(): Promise<string> {
  const resources = belowComponent(await graphOf({}, { name: "quickstart" }));
  const ordered = [...resources].sort(
    (a, b) => Number(b.type.endsWith("KopsKarpenterCluster")) - Number(a.type.endsWith("KopsKarpenterCluster")),
  );
  const placed = place(partsOf(ordered));
  const total = placed.flatMap(({ types }) => [...types.values()]).reduce((sum, each) => sum + each, 0);
  const width = Math.max(...placed.map(({ x }) => x)) + size.width + size.margin;
  const bottom = Math.max(...placed.map(({ y, height }) => y + height));
  return picture(
    { width, height: bottom + 56 },
    {
      title: "The resources of the smallest cluster",
      description: placed
        .map(
          ({ title, types }) =>
            `${title}: ${[...types].map(([type, n]) => `${String(n)} ${typeName(type)}`).join(", ")}`,
        )
        .join(". "),
    },
    [
      text(size.margin, 40, `The smallest cluster: ${String(total)} resources in ${String(placed.length)} parts`, {
        bold: true,
        size: 17,
      }),
      text(size.margin, 62, "An arrow leads from what is made first to what needs it. Destroying goes the other way.", {
        color: ink.quiet,
        size: 13,
      }),
      ...drawArrows(placed),
      ...placed.flatMap(drawPart),
      ...legend(bottom + 34),
    ],
  );
}
