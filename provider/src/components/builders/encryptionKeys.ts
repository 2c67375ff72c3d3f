import * as pulumi from "@pulumi/pulumi";
import { encryptionKeys, encryptionKeysPath } from "../../validate/changes/stops/encryption";

/** What the guard records of the configuration's keys. Secret, although no key can be told from its hash. */
export function recordedEncryptionKeys(configuration: pulumi.Input<string> | undefined): pulumi.Inputs {
  if (configuration === undefined) return {};
  const keys = pulumi.output(configuration).apply(async (text) => {
    // Loaded where there is something to read: few clusters have it.
    const { parse } = await import("yaml");
    try {
      return encryptionKeys(parse(text));
    } catch {
      // The API server rejects it.
      return undefined;
    }
  });
  return { [encryptionKeysPath]: pulumi.secret(keys) };
}
