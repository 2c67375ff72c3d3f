// The schema with a sentence in each input's description about what a change of it does.
import { type PackageSpec, readModel } from "../types/schema";
import { propertyKey, rowsOfProperties, withEffect } from "./text";

interface Described {
  readonly description?: string;
}

export function stamped(schema: PackageSpec): PackageSpec {
  const model = readModel(schema);
  const component = model.components[0];
  if (component === undefined) throw new Error("the schema has no component");
  const rows = rowsOfProperties(model, component);
  const describe = <P extends Described>(owner: string, properties: Readonly<Record<string, P>>): Record<string, P> =>
    Object.fromEntries(
      Object.entries(properties).map(([name, property]) => {
        const description = withEffect(property.description ?? "", rows.get(propertyKey(owner, name)) ?? []);
        return [name, { ...property, description }];
      }),
    );
  const resources = Object.entries(schema.resources ?? {}).map(
    ([token, resource]) =>
      [token, { ...resource, inputProperties: describe("", resource.inputProperties ?? {}) }] as const,
  );
  const types = Object.entries(schema.types ?? {}).map(([token, type]) => {
    const owner = token.slice(token.lastIndexOf(":") + 1);
    const { properties } = type;
    return [token, properties === undefined ? type : { ...type, properties: describe(owner, properties) }] as const;
  });
  return { ...schema, types: Object.fromEntries(types), resources: Object.fromEntries(resources) };
}
