// What a change of a property does, in words: of the schema's descriptions and of the reference.
import type { ChangeRow, Effect } from "../../provider/src/validate/changes/effects";
import { changeRows } from "../../provider/src/validate/changes/table";
import type { Component, Model, Property, Type } from "../types/schema";

/** `in place; refused to a smaller size` */
export function effectText(row: ChangeRow): string {
  const ordinary = row.effects.filter((effect) => !isStop(effect));
  const stops = (["refused", "needs acknowledgement"] as const).flatMap((effect) => {
    const when = row.stops.filter((stop) => stop.effect === effect).map((stop) => stop.when);
    if (when.length === 0) return [];
    return when.includes(undefined) ? [effect] : [`${effect} ${when.join(" or ")}`];
  });
  return [...(ordinary.length === 0 ? [] : [joined(row.path, ordinary)]), ...stops].join("; ");
}

function isStop(effect: Effect): boolean {
  return effect === "refused" || effect === "needs acknowledgement";
}

/** Of the cluster's own inputs, the nodes are those of every group. */
function joined(path: string, effects: readonly Effect[]): string {
  const nodes = path.startsWith("nodeGroups.") ? "the group's nodes" : "the worker nodes";
  const texts = effects.map((effect) => effect.replace("the group's nodes", nodes));
  return texts.map((text, index) => (index === 0 ? text : text.replace(/^rolls /, ""))).join(" and ");
}

/** Rows of a property of an object or of the component, by `<object>.<property>`; the component's name is empty. */
export type RowsOfProperties = ReadonlyMap<string, readonly ChangeRow[]>;

export function rowsOfProperties(model: Model, component: Component): RowsOfProperties {
  const byPath = new Map(changeRows.map((row) => [row.path, row]));
  const found = new Map<string, ChangeRow[]>();
  const visit = (owner: string, properties: readonly Property[], prefix: string): void => {
    for (const { name, type } of properties) {
      const path = `${prefix}${name}`;
      const row = byPath.get(path);
      const key = propertyKey(owner, name);
      if (row !== undefined) found.set(key, [...(found.get(key) ?? []), row]);
      const inner = innerObject(type, path);
      const object = model.objects.find((each) => each.name === inner?.name);
      if (inner !== undefined && object !== undefined) visit(object.name, object.properties, `${inner.path}.`);
    }
  };
  visit("", component.inputs, "");
  return found;
}

export function propertyKey(owner: string, property: string): string {
  return `${owner}.${property}`;
}

/** Elements of lists have no rows: the list is one input. */
function innerObject(type: Type, path: string): { readonly name: string; readonly path: string } | undefined {
  switch (type.kind) {
    case "object":
      return { name: type.name, path };
    case "map":
      return innerObject(type.element.type, `${path}.*`);
    case "array":
    case "enum":
    case "scalar":
      return undefined;
  }
}

/** One text where all rows say the same, else each with the object that it is in. */
export function mergedText(rows: readonly ChangeRow[], text: (row: ChangeRow) => string): string {
  const texts = new Map<string, string[]>();
  for (const row of rows) {
    const owner = row.path.slice(0, row.path.lastIndexOf("."));
    texts.set(text(row), [...(texts.get(text(row)) ?? []), owner]);
  }
  if (texts.size < 2) return [...texts.keys()][0] ?? "";
  return [...texts].map(([said, owners]) => `in ${owners.join(" and ")}, ${said}`).join("; ");
}

const sentence = /\s*Effect of a change: .*?\.(?=\s|$)/s;

/** A description with the sentence about a change, before the one about the default. */
export function withEffect(description: string, rows: readonly ChangeRow[]): string {
  const bare = withoutEffect(description);
  if (rows.length === 0) return bare;
  const effect = `Effect of a change: ${mergedText(rows, effectText)}.`;
  const fallback = bare.lastIndexOf("Default: ");
  return fallback < 0 ? `${bare} ${effect}` : `${bare.slice(0, fallback)}${effect} ${bare.slice(fallback)}`;
}

export function withoutEffect(description: string): string {
  return description.replace(sentence, "");
}
