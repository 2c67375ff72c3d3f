import * as pulumi from "@pulumi/pulumi";
import { getEngine, rpcKeepAlive } from "@pulumi/pulumi/runtime/settings";
import { secretSignature } from "../../resources/operation/operation";

type Debug = typeof pulumi.log.debug;

/**
 * Changes two things in the debug log of this process:
 * - Pulumi's SDK writes what the engine answers to each registration into it: private keys and tokens in plain text. Here,
 *   it then writes only up to the answer.
 * - The SDK sends its messages one after the other, several for each resource, whether the engine shows them or not, and a
 *   component is not finished before the last one is answered. Here, messages that wait for an earlier one share a call.
 */
export function keepDebugLogSafeAndShort(): void {
  Object.assign(pulumi.log, { debug: bundling(pulumi.log.debug) });
}

/** The messages for one engine that no call has taken yet. */
interface Waiting {
  messages: string[];
  sending: Promise<void> | undefined;
}

export function bundling(debug: Debug, currentEngine: () => object | undefined = getEngine): Debug {
  const engines = new WeakMap<object, Waiting>();
  return (message, resource, streamId, ephemeral) => {
    const safe = withoutSecrets(message);
    const engine = currentEngine();
    if (engine === undefined || resource !== undefined) {
      return debug(safe, resource, streamId, ephemeral);
    }
    const waiting = engines.get(engine) ?? { messages: [], sending: undefined };
    engines.set(engine, waiting);
    waiting.messages.push(safe);
    waiting.sending ??= send(waiting, debug);
    return waiting.sending;
  };
}

/** Sends what waits, and what comes meanwhile. The engine of these messages is that of the calling context. */
async function send(waiting: Waiting, debug: Debug): Promise<void> {
  const sent = rpcKeepAlive();
  try {
    // Whatever is written in one go waits for the first of these.
    await new Promise(setImmediate);
    while (waiting.messages.length > 0) {
      const messages = waiting.messages.splice(0);
      await debug(messages.join("\n"));
    }
  } finally {
    waiting.sending = undefined;
    sent();
  }
}

export function withoutSecrets(message: string): string {
  if (!message.includes(secretSignature)) {
    return message;
  }
  const answer = message.indexOf("resp: ");
  return `${answer === -1 ? "" : message.slice(0, answer)}[a message with secrets, not shown]`;
}
