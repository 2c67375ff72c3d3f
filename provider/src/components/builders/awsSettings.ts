import * as pulumi from "@pulumi/pulumi";
import { getConfig } from "@pulumi/pulumi/runtime/config";
import type { AwsSettings } from "../../resources/aws/awsSettings";

/** The settings that say who calls AWS, and where; whether their values are text. */
const names: Readonly<Record<keyof AwsSettings, "text" | "value">> = {
  profile: "text",
  accessKey: "text",
  secretKey: "text",
  token: "text",
  stsRegion: "text",
  assumeRoles: "value",
  assumeRoleWithWebIdentity: "value",
  endpoints: "value",
  useDualstackEndpoint: "value",
  useFipsEndpoint: "value",
};

/**
 * The settings of the AWS provider that a resource's children get: an explicit provider's inputs, or what the stack's
 * configuration says of the default one. Undefined where nothing is set, and the environment decides. Secret as a whole.
 */
export function stackAwsSettings(resource: pulumi.Resource): pulumi.Output<AwsSettings | undefined> {
  // Any type of the package will do.
  const provider = resource.getProvider("aws:index/getRegion:getRegion");
  return provider === undefined ? configured() : inputsOf(provider);
}

function configured(): pulumi.Output<AwsSettings | undefined> {
  return selected(Object.fromEntries(Object.keys(names).map((name) => [name, getConfig(`aws:${name}`)])));
}

/** The engine knows them; nothing of the package's own classes does. */
function inputsOf(provider: pulumi.ProviderResource): pulumi.Output<AwsSettings | undefined> {
  const invoke = pulumi.runtime.invokeOutput<{ readonly state?: Readonly<Record<string, unknown>> }>;
  return invoke("pulumi:pulumi:getResource", { urn: provider.urn }).apply(({ state = {} }) => selected(state));
}

function selected(values: Readonly<Record<string, unknown>>): pulumi.Output<AwsSettings | undefined> {
  const found = Object.entries(names).flatMap(([name, kind]) => {
    const value = kind === "text" ? values[name] : decoded(values[name]);
    return value === undefined || value === null || value === "" ? [] : [[name, value] as const];
  });
  // Whatever is set may be secret.
  return found.length === 0 ? pulumi.output(undefined) : pulumi.secret(Object.fromEntries(found) as AwsSettings);
}

/** Configuration, and the inputs of a bridged provider, hold structures as JSON. What is none, the provider itself rejects. */
function decoded(value: unknown): unknown {
  if (typeof value !== "string" || value === "") {
    return value;
  }
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}
