import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** Marks of the Pulumi wire format (pulumi sdk/v3/go/common/resource/plugin/rpc.go, resource/properties.go). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT_VALUE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE_REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";

export type Properties = Record<string, unknown>;

/** Property values without their secret marks, and the names of the top-level properties that had one anywhere inside. */
export interface Unwrapped {
  readonly values: Properties;
  readonly secrets: ReadonlySet<string>;
}

export function fromWire(struct: Struct | undefined): Unwrapped {
  const values: Properties = {};
  const secrets = new Set<string>();
  for (const [name, value] of Object.entries((struct?.toJavaScript() ?? {}) as Properties)) {
    const plain = strip(value, () => secrets.add(name));
    if (plain !== undefined) values[name] = plain;
  }
  return { values, secrets };
}

/** Removes marks and nulls: to a provider, null and absent are the same. */
function strip(value: unknown, onSecret: () => void): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.map((each) => strip(each, onSecret) ?? null);
  if (typeof value !== "object") return value;
  const object = value as Properties;
  switch (object[SIGNATURE]) {
    case SECRET:
      onSecret();
      return strip(object["value"], onSecret);
    case OUTPUT_VALUE:
      if (object["secret"] === true) onSecret();
      return "value" in object ? strip(object["value"], onSecret) : UNKNOWN;
    case RESOURCE_REFERENCE:
      return object["id"] ?? object["urn"];
  }
  const entries = Object.entries(object).map(([name, each]) => [name, strip(each, onSecret)] as const);
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
}

export function toWire(values: Properties, secrets: ReadonlySet<string>): Struct {
  const marked = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        [name, secrets.has(name) ? { [SIGNATURE]: SECRET, value: clean(value) } : clean(value)] as const,
    );
  return Struct.fromJavaScript(Object.fromEntries(marked) as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** Absent properties and what the wire cannot carry (dates, bytes) become what a provider would say. */
function clean(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([name, each]) => [name, clean(each)]),
  );
}

export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

export function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
