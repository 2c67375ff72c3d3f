// docs/resources.md as text: the resources of the smallest cluster by part, and the order of the parts.
import { type Registered } from "../../tests/component/support/graph";

interface Part {
  readonly name: string;
  /** Number of resources by type token. */
  readonly types: ReadonlyMap<string, number>;
  /** Names of the parts that this part depends on. */
  readonly after: ReadonlySet<string>;
}

/** Compares by code unit, so that the page does not depend on a locale. */
const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function partsOf(resources: readonly Registered[]): readonly Part[] {
  const component = resources.find(({ type }) => type.endsWith(":KopsKarpenterCluster"));
  const byUrn = new Map(resources.map((each) => [each.urn, each]));
  const partOf = (resource: Registered): string => {
    const parent = byUrn.get(resource.parent);
    if (parent === undefined) throw new Error(`${resource.name} belongs to no part`);
    return parent === component ? (resource.type.split(":").pop() ?? "") : partOf(parent);
  };
  const members = resources.filter((each) => each !== component);
  const names = [...new Set(members.map(partOf))].sort(byCodeUnit);
  return names.map((name) => {
    const own = members.filter((each) => partOf(each) === name);
    const types = new Map<string, number>();
    for (const { type, custom } of own) if (custom) types.set(type, (types.get(type) ?? 0) + 1);
    const needed = own
      .flatMap(({ dependencies }) => dependencies)
      .flatMap((urn) => byUrn.get(urn) ?? [])
      .filter((each) => each !== component)
      .map(partOf);
    return { name, types, after: new Set(needed.filter((other) => other !== name)) };
  });
}

/** The direct dependencies of a part, without those that it also reaches through another part. */
function direct(part: Part, parts: readonly Part[]): readonly Part[] {
  const reaches = (from: Part, to: string): boolean =>
    parts.some((each) => from.after.has(each.name) && (each.name === to || reaches(each, to)));
  const before = parts.filter((each) => part.after.has(each.name));
  return before.filter((each) => !before.some((other) => other !== each && reaches(other, each.name)));
}

const sizeOf = ({ types }: Part): number => [...types.values()].reduce((sum, each) => sum + each, 0);

function diagram(parts: readonly Part[]): string {
  const nodes = parts.map((part) => `  ${part.name}["${part.name} (${String(sizeOf(part))})"]`);
  const arrows = parts.flatMap((part) => direct(part, parts).map((before) => `  ${before.name} --> ${part.name}`));
  return ["```mermaid", "flowchart TD", ...nodes, ...arrows, "```"].join("\n");
}

function table(parts: readonly Part[]): string {
  const rows = parts.flatMap(({ name, types }) =>
    [...types]
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(([type, count], index) => `| ${index === 0 ? name : ""} | \`${type}\` | ${String(count)} |`),
  );
  return ["| part | type | number |", "| --- | --- | --- |", ...rows].join("\n");
}

export function emitResources(resources: readonly Registered[]): string {
  const parts = partsOf(resources);
  const total = parts.reduce((sum, part) => sum + sizeOf(part), 0);
  return [
    "<!-- Generated from the graph that the component registers, by `make generate`. Do not edit. -->\n",
    "# Resources of the smallest cluster\n",
    `A cluster with one zone and no other inputs has ${String(total)} resources in ${String(parts.length)} parts. Each part is a child of the
component, and each resource is a child of its part, so every preview lists all of them.\n`,
    "An arrow points from a part to a part that depends on it. `pulumi destroy` follows the arrows backwards.\n",
    `${diagram(parts)}\n`,
    `${table(parts)}\n`,
  ].join("\n");
}
