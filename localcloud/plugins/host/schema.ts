import type { Leaf, Provider, ResourceType } from "./rules";

const ANYTHING = { $ref: "pulumi.json#/Any" };

/** A schema for YAML programs: names and required properties; values are checked by the host itself. */
export function schemaOf<C>(provider: Provider<C>): string {
  const properties = (rules: Readonly<Record<string, Leaf>>): object =>
    Object.fromEntries(Object.keys(rules).map((name) => [name, ANYTHING]));
  const needed = (rules: Readonly<Record<string, Leaf>>): string[] =>
    Object.keys(rules).filter((name) => rules[name]?.required === true);
  const resource = (token: string, type: ResourceType<C>) => {
    const said = Object.entries(provider.kinds?.[token] ?? {});
    const constants = Object.fromEntries(said.map(([name, value]) => [name, { type: "string", const: value }]));
    const outputs = Object.fromEntries([...Object.keys(type.rules), "arn", "tagsAll"].map((name) => [name, ANYTHING]));
    const body = {
      inputProperties: { ...properties(type.rules), ...constants },
      requiredInputs: needed(type.rules),
      // From here the YAML host takes what a program need not say.
      properties: { ...outputs, ...constants },
    };
    return [token, body] as const;
  };
  const kinds = Object.keys(provider.kinds ?? {}).flatMap((token) => {
    const type = provider.open?.(token);
    return type === undefined ? [] : [resource(token, type)];
  });
  const resources = [...Object.entries(provider.resources).map(([token, type]) => resource(token, type)), ...kinds];
  const functions = Object.entries(provider.invokes).map(([token, type]) => {
    const inputs = { properties: properties(type.arguments), required: needed(type.arguments) };
    return [token, { inputs, outputs: { properties: {} } }] as const;
  });
  return JSON.stringify({
    name: provider.name,
    version: provider.version,
    meta: { moduleFormat: "(.*)(?:/[^/]*)" },
    config: { variables: properties(provider.config) },
    provider: { inputProperties: properties(provider.config) },
    resources: Object.fromEntries(resources),
    functions: Object.fromEntries(functions),
  });
}
