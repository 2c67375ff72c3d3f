/** Pulumi's runtime with mocks in place of an engine. The one file that reaches beyond its public types. */
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

type Monitor = { registerResource(request: RegisterResourceRequest, callback: unknown): unknown };

const runtime = pulumi.runtime as unknown as {
  /** Waits for every registration, also those that other registrations lead to. */
  waitForRPCs(): Promise<void>;
  getMonitor(): Monitor;
};

export const settled = (): Promise<void> => runtime.waitForRPCs();

export interface Request {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly dependencies: readonly string[];
  readonly provider: string;
  readonly custom: boolean;
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  /** Other names by which it may be known already. */
  readonly aliases: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly retainOnDelete: boolean;
}

/** Shows every registration to `seen` before the mocks answer it. */
export async function useMocks(
  mocks: pulumi.runtime.Mocks,
  preview: boolean,
  seen: (request: Request) => void,
): Promise<void> {
  await pulumi.runtime.setMocks(mocks, "project", "stack", preview);
  const monitor = runtime.getMonitor();
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    seen({
      type: request.getType(),
      name: request.getName(),
      parent: request.getParent(),
      dependencies: request.getDependenciesList(),
      provider: request.getProvider(),
      custom: request.getCustom(),
      protect: request.getProtect() === true,
      ignoreChanges: request.getIgnorechangesList(),
      aliases: request
        .getAliasesList()
        .map((alias) => alias.getSpec()?.getName() ?? "")
        .filter((name) => name !== ""),
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      retainOnDelete: request.getRetainondelete() === true,
    });
    return register(request, callback);
  };
}

/** What an output has come to. */
export interface Settlement {
  readonly known: boolean;
  readonly secret: boolean;
  readonly value: unknown;
}

export async function settlement(output: unknown): Promise<Settlement> {
  const inner = pulumi.output(output) as unknown as {
    promise(): Promise<unknown>;
    readonly isKnown: Promise<boolean>;
    readonly isSecret: Promise<boolean>;
  };
  const value = await inner.promise();
  return { known: await inner.isKnown, secret: await inner.isSecret, value };
}
