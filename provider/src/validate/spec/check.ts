/** Fields that are given in kOps's own terms, against the API of the kOps release: names, types, and what becomes of each. */
import { isDuration } from "../../encode/duration";
import { isFields } from "../../encode/fields";
import { isQuantity } from "../../encode/quantity";
import { specFields, specType, type SpecScalar, type SpecType } from "../../model/spec/types";
import type { SpecFacts } from "../../releases/release";
import { isOutput } from "../../schema/input";
import { show } from "../report/display";
import { at, below, type Report } from "../report/report";
import { unknownKey } from "../structure/unknownKey";
import { notAvailable } from "./answers";
import { objection, verdictOf, type Verdicts } from "./verdict";

/** What Go reads into each type of less than 64 bits. */
const integers: Partial<Record<SpecScalar, readonly [least: number, most: number]>> = {
  int16: [-(2 ** 15), 2 ** 15 - 1],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  intOrString: [-(2 ** 31), 2 ** 31 - 1],
  uint8: [0, 2 ** 8 - 1],
  uint32: [0, 2 ** 32 - 1],
};

/** What each scalar must be, in words. */
const rules: Readonly<Record<SpecScalar, string>> = {
  string: "a string",
  bool: "a boolean",
  int: "an integer",
  int16: "an integer",
  int32: "an integer",
  uint8: "an integer",
  uint32: "an integer",
  number: "a number",
  duration: 'a duration, as in "1h30m"',
  quantity: 'a quantity, as in "100m" or "2Gi"',
  intOrString: "an integer or a string",
  any: "an object",
};

export class SpecCheck {
  constructor(
    private readonly facts: SpecFacts,
    private readonly verdicts: Verdicts,
    private readonly report: Report,
  ) {}

  /** `path`: of the input; `place`: in the spec. */
  fields(path: string, place: string, fields: Readonly<Record<string, unknown>>, name: string): void {
    const types = specFields(this.facts, name);
    for (const key of Object.keys(fields).sort()) {
      const value = fields[key];
      if (value === undefined) continue;
      const type = Object.hasOwn(types, key) ? types[key] : undefined;
      const where = below(path, key);
      const inSpec = place === "" ? key : `${place}.${key}`;
      if (type === undefined) this.report.add(where, unknownKey(key, this.carriedFields(types, place)));
      else this.field(where, inSpec, value, specType(type));
    }
  }

  private field(path: string, place: string, value: unknown, type: SpecType): void {
    const reason = notAvailable(value, verdictOf(place, this.verdicts));
    if (reason === undefined) this.value(path, place, value, type);
    else this.report.add(path, reason);
  }

  private value(path: string, place: string, value: unknown, type: SpecType): void {
    if (isOutput(value)) return;
    switch (type.kind) {
      case "scalar":
        if (!isScalar(value, type.name)) this.wrong(path, value, rules[type.name]);
        else this.range(path, value, type.name);
        return;
      case "list":
        if (!Array.isArray(value)) this.wrong(path, value, "a list");
        else value.forEach((item, index) => this.value(at(path, index), place, item, type.element));
        return;
      case "map":
        if (!isFields(value)) this.wrong(path, value, "a map");
        else for (const [key, item] of Object.entries(value)) this.value(below(path, key), place, item, type.element);
        return;
      case "object":
        if (!isFields(value)) this.wrong(path, value, "an object");
        else this.fields(path, place, value, type.name);
    }
  }

  private range(path: string, value: unknown, name: SpecScalar): void {
    const limits = integers[name];
    if (limits === undefined || typeof value !== "number") return;
    const [least, most] = limits;
    if (value >= least && value <= most) return;
    this.report.add(path, `out of range, got ${value}; must be between ${least} and ${most}`);
  }

  private carriedFields(types: Readonly<Record<string, string>>, place: string): readonly string[] {
    const inSpec = (key: string): string => (place === "" ? key : `${place}.${key}`);
    return Object.keys(types).filter((key) => objection(verdictOf(inSpec(key), this.verdicts)) === undefined);
  }

  private wrong(path: string, value: unknown, rule: string): void {
    this.report.add(path, `wrong type, got ${show(value)}; must be ${rule}`);
  }
}

function isScalar(value: unknown, name: SpecScalar): boolean {
  switch (name) {
    case "string":
      return typeof value === "string";
    case "bool":
      return typeof value === "boolean";
    case "int":
    case "int16":
    case "int32":
    case "uint8":
    case "uint32":
      return Number.isSafeInteger(value);
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "duration":
      return typeof value === "string" && isDuration(value);
    case "quantity":
      return typeof value === "string" && isQuantity(value);
    case "intOrString":
      return typeof value === "string" || Number.isSafeInteger(value);
    case "any":
      return isFields(value);
  }
}
