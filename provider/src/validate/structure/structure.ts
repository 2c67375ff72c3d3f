/**
 * The structural pass: are the keys known and the values of the right kind? Yields a clean copy in which what is wrong
 * is left out, so that the checks of meaning still run on all the rest.
 */
import { show, showKind, showList } from "../report/display";
import { isOutput } from "../../schema/input";
import { misplacedKeys } from "./misplaced";
import { nearest } from "./nearest";
import { at, below, type Problems } from "../report/problem";
import { schemaShape, type ObjectShape, type SlotShape, type TypeShape } from "../../schema/shape.gen";

const typeToken = "kops-karpenter:index:KopsKarpenterCluster";

/** Stands for a value that is not usable. */
const unusable = Symbol("unusable");
type Checked = unknown;

export function checkStructure(raw: unknown, problems: Problems): Readonly<Record<string, unknown>> {
  const shape = schemaShape.components[typeToken]?.inputs;
  if (shape === undefined) {
    throw new Error(`bug: the schema has no component ${typeToken}`);
  }
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    problems.add("", `wrong type, got ${show(raw)}; must be an object`);
    return {};
  }
  return new StructureCheck(problems).properties(raw as Record<string, unknown>, shape, "").value;
}

class StructureCheck {
  constructor(private readonly problems: Problems) {}

  properties(
    raw: Readonly<Record<string, unknown>>,
    shape: ObjectShape,
    path: string,
  ): { readonly value: Readonly<Record<string, unknown>>; readonly complete: boolean } {
    const entries: [string, unknown][] = [];
    let complete = true;
    for (const [key, slot] of Object.entries(shape)) {
      const given: unknown = Object.hasOwn(raw, key) ? raw[key] : undefined;
      if (given === undefined || given === null) {
        if (slot.required) {
          this.problems.add(below(path, key), `required, got ${show(given)}; must be ${nameOfType(slot.type)}`);
          complete = false;
        }
        continue;
      }
      const checked = this.slot(given, slot, below(path, key), slot.secret);
      if (checked === unusable) {
        complete = false;
      } else {
        entries.push([key, checked]);
      }
    }
    for (const key of Object.keys(raw).sort()) {
      if (!Object.hasOwn(shape, key) && raw[key] !== undefined) {
        this.problems.add(below(path, key), unknownKey(key, Object.keys(shape)));
      }
    }
    return { value: Object.fromEntries(entries), complete };
  }

  private slot(value: unknown, slot: SlotShape, path: string, secret: boolean): Checked {
    if (!isOutput(value)) {
      return this.type(value, slot.type, path, secret);
    }
    if (!slot.plain) {
      return value;
    }
    this.problems.add(path, "must be a plain value, not an output: it decides which resources exist");
    return unusable;
  }

  private type(value: unknown, type: TypeShape, path: string, secret: boolean): Checked {
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

  private scalar(
    value: unknown,
    type: "string" | "integer" | "number" | "boolean" | "any",
    path: string,
    secret: boolean,
  ): Checked {
    if (type === "any") {
      return value;
    }
    const wanted = type === "integer" ? "number" : type;
    const shown = secret ? showKind(value) : show(value);
    if (typeof value !== wanted) {
      return this.wrong(path, `wrong type, got ${shown}; must be ${nameOfType(type)}`);
    }
    if (type === "integer" && !Number.isSafeInteger(value)) {
      return this.wrong(path, `not a whole number, got ${shown}; must be an integer`);
    }
    return value;
  }

  private member(value: unknown, allowed: readonly string[], path: string): Checked {
    if (typeof value === "string" && allowed.includes(value)) {
      return value;
    }
    const what = typeof value === "string" ? "unknown value" : "wrong type";
    return this.wrong(path, `${what}, got ${show(value)}; must be one of ${showList(allowed)}`);
  }

  private list(value: unknown, item: SlotShape, path: string): Checked {
    if (!Array.isArray(value)) {
      return this.wrong(path, `wrong type, got ${show(value)}; must be a list`);
    }
    return value.map((element: unknown, index) => {
      const checked = this.slot(element, item, at(path, index), false);
      // Keeps the indices of the others; the checks of meaning pass over it.
      return checked === unusable ? undefined : checked;
    });
  }

  private map(value: unknown, item: SlotShape, path: string): Checked {
    if (!isRecord(value)) {
      return this.wrong(path, `wrong type, got ${show(value)}; must be a map`);
    }
    const entries: [string, unknown][] = [];
    for (const [key, element] of Object.entries(value)) {
      if (element === undefined) {
        continue;
      }
      const checked = this.slot(element, item, below(path, key), false);
      if (checked !== unusable) {
        entries.push([key, checked]);
      } else if (typeof item.type === "object" && "object" in item.type) {
        // The name stays known, so that the map does not look empty.
        entries.push([key, {}]);
      }
    }
    return Object.fromEntries(entries);
  }

  private object(value: unknown, name: string, path: string): Checked {
    const shape = schemaShape.objects[name];
    if (shape === undefined) {
      throw new Error(`bug: the schema has no type ${name}`);
    }
    if (!isRecord(value)) {
      return this.wrong(path, `wrong type, got ${show(value)}; must be an object`);
    }
    const { value: copy, complete } = this.properties(value, shape, path);
    // In a list element, one bad field makes the rest of it meaningless, for example a requirement without its key.
    return complete || !path.endsWith("]") ? copy : unusable;
  }

  private wrong(path: string, reason: string): typeof unusable {
    this.problems.add(path, reason);
    return unusable;
  }
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

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unknownKey(key: string, allowed: readonly string[]): string {
  const misplaced = Object.hasOwn(misplacedKeys, key) ? misplacedKeys[key] : undefined;
  if (misplaced !== undefined) {
    return misplaced;
  }
  const guess = nearest(key, allowed);
  return guess === undefined
    ? `unknown key ${JSON.stringify(key)}; must be one of ${showList(allowed)}`
    : `unknown key ${JSON.stringify(key)}; did you mean ${JSON.stringify(guess)}?`;
}
