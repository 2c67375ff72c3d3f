/** Stacks whose program runs in the test's own process. */
import {
  type InlineProgramArgs,
  LocalWorkspace,
  type LocalWorkspaceOptions,
  type Stack,
} from "@pulumi/pulumi/automation";
import * as settings from "@pulumi/pulumi/runtime/settings";

// Each update has an engine of its own at a free port. gRPC shares connections by address within a process, failed ones
// as well: an engine that got the port of an ended one would be taken for dead. The settings are not in the types.
const { grpcClientOptions } = settings as unknown as { readonly grpcClientOptions: Record<string, unknown> };
Object.assign(grpcClientOptions, { "grpc.use_local_subchannel_pool": 1 });

export function inlineStack(program: InlineProgramArgs, options: LocalWorkspaceOptions): Promise<Stack> {
  // Mocha's workers drop all listeners after each file, and a program may learn later that its engine was ended.
  if (!process.listeners("unhandledRejection").includes(ofEndedEngine)) {
    process.on("unhandledRejection", ofEndedEngine);
  }
  return LocalWorkspace.createOrSelectStack(program, options);
}

/**
 * A registration that an ended engine leaves behind fails nobody: the update itself has said what went wrong. Pulumi gives
 * some of these errors another message, and the stack keeps the first one.
 */
function ofEndedEngine(reason: unknown): void {
  const { message, stack } = reason instanceof Error ? reason : new Error(String(reason));
  if (!/resource monitor (shut down|is terminating)|(UNAVAILABLE|CANCELLED):/i.test(`${message}\n${stack ?? ""}`)) {
    throw reason;
  }
}
