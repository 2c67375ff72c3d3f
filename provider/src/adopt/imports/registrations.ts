/** Runs the component without an engine, and hands each resource that it registers to a function, which knows AWS. */
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { isSecret, revealed } from "../../resources/operation/operation";

export type Inputs = Readonly<Record<string, unknown>>;

export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Empty for the component itself. */
  readonly parentUrn: string;
  readonly isComponent: boolean;
  /** Of the package that has the type; empty where the registration leaves it open. */
  readonly version: string;
  readonly pluginDownloadUrl: string;
}

/** Without an id, the resource counts as one that is still to be created: what depends on its outputs is unknown. */
export interface Existing {
  readonly id?: string;
  /** Outputs beyond the inputs. */
  readonly outputs?: Inputs;
}

export interface Cloud {
  /** `inputs`: without marks of secrets, and without those that are unknown. `secret`: which of them had such a mark. */
  resource(type: string, name: string, inputs: Inputs, secret: readonly string[]): Promise<Existing>;
  /** A function of a provider. */
  call(token: string, args: Inputs): Promise<Inputs>;
}

type Callback = (error: unknown, response: { getUrn(): string }) => void;
type Monitor = { registerResource(request: RegisterResourceRequest, callback: Callback): unknown };

/** Beyond the public types of Pulumi's runtime. */
const runtime = pulumi.runtime as unknown as {
  /** Waits for every registration, also for those that others lead to. */
  waitForRPCs(): Promise<void>;
  getMonitor(): Monitor;
};

/** In the order of registration: parents first. As in a preview, so that nothing fails for what does not exist yet. */
export async function registrations(program: () => void, cloud: Cloud): Promise<readonly Registration[]> {
  const all: Registration[] = [];
  const mocks: pulumi.runtime.Mocks = {
    newResource: async ({ type, name, inputs, custom }) => {
      const state = inputs as Inputs;
      if (custom === false) return { id: undefined, state };
      const secret = Object.keys(state).filter((key) => isSecret(state[key]));
      const { id, outputs = {} } = await cloud.resource(type, name, plain(state) as Inputs, secret);
      return { id, state: { ...state, ...outputs } };
    },
    call: ({ token, inputs }) => cloud.call(token, plain(inputs) as Inputs),
  };
  await pulumi.runtime.setMocks(mocks, "adopt", "adopt", true);
  const monitor = runtime.getMonitor();
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) =>
    register(request, (error, response) => {
      if (error === null || error === undefined) all.push(registration(request, response.getUrn()));
      callback(error, response);
    });
  program();
  await runtime.waitForRPCs();
  return all;
}

function registration(request: RegisterResourceRequest, urn: string): Registration {
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    parentUrn: request.getParent(),
    isComponent: !request.getCustom(),
    version: request.getVersion(),
    pluginDownloadUrl: request.getPlugindownloadurl(),
  };
}

function plain(value: unknown): unknown {
  const shown = revealed(value);
  if (Array.isArray(shown)) return shown.map(plain);
  if (typeof shown !== "object" || shown === null) return shown;
  return Object.fromEntries(Object.entries(shown).map(([key, each]) => [key, plain(each)]));
}
