import { ReadRequest } from "@pulumi/pulumi/proto/provider_pb";

type Struct = NonNullable<ReturnType<ReadRequest["getProperties"]>>;

/**
 * Lets the plugin's resources be imported: the engine's request to read one has no properties then, and Pulumi's server for
 * providers in Node.js fails on that before it asks the provider (@pulumi/pulumi 3.270.0 provider/server.js, `read`).
 */
export function acceptImports(): void {
  const requests = ReadRequest.prototype as unknown as { getProperties: (this: ReadRequest) => Struct | undefined };
  const { getProperties } = requests;
  // All that the server does with it.
  const none = { toJavaScript: () => ({}) } as unknown as Struct;
  requests.getProperties = function () {
    return getProperties.call(this) ?? none;
  };
}
