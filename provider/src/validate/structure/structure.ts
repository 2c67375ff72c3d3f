/**
 * The structure of the inputs: known keys, and values of the right kind. Yields inputs that are structurally sound: an
 * optional value that is not is left out, and a stand-in takes the place of a required one, so that all the rest can
 * still be resolved and judged.
 */
import { isFields, type Fields } from "../../encode/fields";
import { show, showKind, showList } from "../report/display";
import { isOutput } from "../../schema/input";
import { specAnswer } from "../spec/answers";
import { nearest } from "./nearest";
import { unknownKey } from "./unknownKey";
import { at, below, type Report } from "../report/report";
import { schemaShape, type ObjectShape, type SlotShape, type TypeShape } from "../../schema/shape.gen";
import type { ClusterInputs } from "../../schema/types.gen";
import { clusterToken } from "../../model/tokens";

/** Stands for a value that is not usable. */
const unusable = Symbol("unusable");

type Scalar = Extract<TypeShape, string>;

export function checkStructure(raw: unknown, report: Report): ClusterInputs {
  const shape = schemaShape.components[clusterToken]?.inputs;
  if (shape === undefined) {
    throw new Error(`bug: the schema has no component ${clusterToken}`);
  }
  if (!isFields(raw)) {
    report.addUnusable("", `wrong type, got ${show(raw)}; must be an object`);
    return standInFields(shape) as unknown as ClusterInputs;
  }
  return new StructureCheck(report).properties(raw, shape, "") as unknown as ClusterInputs;
}

class StructureCheck {
  constructor(private readonly report: Report) {}

  /** `name`: of the type, where the schema has it under one. */
  properties(raw: Fields, shape: ObjectShape, path: string, name?: string): Fields {
    const entries: [string, unknown][] = [];
    const unknown = Object.keys(raw)
      .filter((key) => !Object.hasOwn(shape, key) && raw[key] !== undefined)
      .sort();
    const misspelt = new Set(unknown.map((key) => nearest(key, Object.keys(shape))));
    for (const [key, slot] of Object.entries(shape)) {
      const given: unknown = Object.hasOwn(raw, key) ? raw[key] : undefined;
      const isAbsent = given === undefined || given === null;
      if (isAbsent && slot.required) {
        this.missing(below(path, key), given, slot.type, misspelt.has(key));
      }
      const checked = isAbsent ? unusable : this.slot(given, slot, below(path, key), slot.secret);
      if (checked !== unusable) {
        entries.push([key, checked]);
      } else if (slot.required) {
        entries.push([key, standIn(slot.type)]);
      }
    }
    for (const key of unknown) {
      const where = below(path, key);
      this.report.add(where, specAnswer(name, where, key, raw[key]) ?? unknownKey(key, Object.keys(shape)));
    }
    return Object.fromEntries(entries);
  }

  /** A key that was meant to be this one is a problem already. */
  private missing(path: string, given: unknown, type: TypeShape, isMisspelt: boolean): void {
    if (isMisspelt) {
      this.report.setUnusable(path);
    } else {
      this.report.addUnusable(path, `required, got ${show(given)}; must be ${nameOfType(type)}`);
    }
  }

  private slot(value: unknown, slot: SlotShape, path: string, secret: boolean): unknown {
    if (!isOutput(value)) {
      return this.type(value, slot.type, path, secret);
    }
    return slot.plain
      ? this.wrong(path, "must be a plain value, not an output: it decides which resources exist")
      : value;
  }

  private type(value: unknown, type: TypeShape, path: string, secret: boolean): unknown {
    if (typeof type === "string") {
      return this.scalar(value, type, path, secret);
    }
    if ("enum" in type) {
      return this.member(value, schemaShape.enums[type.enum] ?? [], path);
    }
    if ("array" in type) {
      return this.list(value, type.array, path);
    }
    return "map" in type ? this.map(value, type.map, path) : this.object(value, type.object, path);
  }

  private scalar(value: unknown, type: Scalar, path: string, secret: boolean): unknown {
    if (type === "any") {
      return value === null ? this.wrong(path, "wrong type, got null; must be a value, or omit the key") : value;
    }
    const wanted = type === "integer" ? "number" : type;
    const shown = secret ? showKind(value) : show(value);
    if (typeof value !== wanted) {
      return this.wrong(path, `wrong type, got ${shown}; must be ${nameOfType(type)}`);
    }
    if (typeof value === "number" && !(type === "integer" ? Number.isSafeInteger(value) : Number.isFinite(value))) {
      return this.wrong(path, `not a whole number, got ${shown}; must be an integer`);
    }
    return value;
  }

  private member(value: unknown, allowed: readonly string[], path: string): unknown {
    if (typeof value === "string" && allowed.includes(value)) {
      return value;
    }
    const what = typeof value === "string" ? "unknown value" : "wrong type";
    return this.wrong(path, `${what}, got ${show(value)}; must be one of ${showList(allowed)}`);
  }

  private list(value: unknown, item: SlotShape, path: string): unknown {
    if (!Array.isArray(value)) {
      return this.wrong(path, `wrong type, got ${show(value)}; must be a list`);
    }
    // Holes count as elements: a stand-in keeps the indices of the others.
    return Array.from(value, (element: unknown, index) => {
      const checked = this.slot(element, item, at(path, index), false);
      return checked === unusable ? standIn(item.type) : checked;
    });
  }

  /** A null entry is not an absent one: in YAML it is a key that somebody wrote with nothing behind it. */
  private map(value: unknown, item: SlotShape, path: string): unknown {
    if (!isFields(value)) {
      return this.wrong(path, `wrong type, got ${show(value)}; must be a map`);
    }
    const entries: [string, unknown][] = [];
    for (const [key, element] of Object.entries(value)) {
      if (element === undefined) {
        continue;
      }
      const checked = this.slot(element, item, below(path, key), false);
      // The name stays known, so that the map does not look empty.
      entries.push([key, checked === unusable ? standIn(item.type) : checked]);
    }
    return Object.fromEntries(entries);
  }

  private object(value: unknown, name: string, path: string): unknown {
    const shape = objectShape(name);
    return isFields(value)
      ? this.properties(value, shape, path, name)
      : this.wrong(path, `wrong type, got ${show(value)}; must be an object`);
  }

  private wrong(path: string, reason: string): typeof unusable {
    this.report.addUnusable(path, reason);
    return unusable;
  }
}

/** The smallest value of a type. No rule is held against it. */
function standIn(type: TypeShape): unknown {
  if (typeof type === "string") {
    return { string: "", integer: 0, number: 0, boolean: false, any: "" }[type];
  }
  if ("enum" in type) {
    return schemaShape.enums[type.enum]?.[0] ?? "";
  }
  if ("array" in type) {
    return [];
  }
  return "map" in type ? {} : standInFields(objectShape(type.object));
}

function standInFields(shape: ObjectShape): Fields {
  const required = Object.entries(shape).filter(([, slot]) => slot.required);
  return Object.fromEntries(required.map(([key, slot]) => [key, standIn(slot.type)]));
}

function objectShape(name: string): ObjectShape {
  const shape = schemaShape.objects[name];
  if (shape === undefined) {
    throw new Error(`bug: the schema has no type ${name}`);
  }
  return shape;
}

function nameOfType(type: TypeShape): string {
  if (typeof type === "string") {
    return type === "any" ? "a value" : `${type === "integer" ? "an" : "a"} ${type}`;
  }
  if ("enum" in type) {
    return `one of ${showList(schemaShape.enums[type.enum] ?? [])}`;
  }
  return "array" in type ? "a list" : "map" in type ? "a map" : "an object";
}
