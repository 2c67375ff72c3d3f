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

/** A registration that an ended engine leaves behind fails nobody: the update itself has said what went wrong. */
function ofEndedEngine(reason: unknown): void {
  if (!/resource monitor shut down|UNAVAILABLE: Connection dropped/.test(String(reason))) throw reason;
}
