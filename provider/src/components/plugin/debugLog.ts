import * as pulumi from "@pulumi/pulumi";
import { secretSignature } from "../../resources/operation";

/**
 * Pulumi's SDK writes what the engine answers to each registration into the debug log: private keys and tokens in plain
 * text. In this process, it then writes only up to the answer.
 */
export function keepSecretsOutOfDebugLog(): void {
  const { debug } = pulumi.log;
  const safe: typeof debug = (message, ...rest) => debug(withoutSecrets(message), ...rest);
  Object.assign(pulumi.log, { debug: safe });
}

export function withoutSecrets(message: string): string {
  if (!message.includes(secretSignature)) {
    return message;
  }
  const answer = message.indexOf("resp: ");
  return `${answer === -1 ? "" : message.slice(0, answer)}[a message with secrets, not shown]`;
}
