import * as grpc from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Failure } from "./check";
import { failures } from "./check";
import { HalfMade, messageOf, Operations } from "./operations";
import type { Provider } from "./rules";
import { schemaOf } from "./schema";
import { fromWire, hasUnknown, type Properties, toWire } from "./values";

/* The definitions for TypeScript leave the service object out. */
const { ResourceProviderService } = require("@pulumi/pulumi/proto/provider_grpc_pb") as {
  ResourceProviderService: grpc.ServiceDefinition;
};

type Handler<Q, A> = (request: Q) => Promise<A> | A;

/** Serves a provider to the Pulumi engine: prints the port, then answers until the engine ends. */
export function serve<C>(provider: Provider<C>): void {
  process.stderr.write(
    `pulumi-resource-${provider.name}: this is the local cloud's stand-in for the real ${provider.name} provider ${provider.version}\n`,
  );
  // Property maps with user data or many files pass gRPC's default limit of 4 MiB.
  const limit = 400 * 1024 * 1024;
  const server = new grpc.Server({ "grpc.max_receive_message_length": limit, "grpc.max_send_message_length": limit });
  server.addService(ResourceProviderService, implementation(provider));
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    process.stdout.write(`${port}\n`);
  });
  // A killed engine cannot tell its plugins, but it holds the other end of their standard input.
  process.stdin.on("end", () => process.exit()).resume();
}

function implementation<C>(provider: Provider<C>): grpc.UntypedServiceImplementation {
  const operations = new Operations(provider);
  return {
    getPluginInfo: unary<Empty, PluginInfo>(() => new PluginInfo().setVersion(provider.version)),
    getSchema: unary<rpc.GetSchemaRequest, rpc.GetSchemaResponse>(() =>
      new rpc.GetSchemaResponse().setSchema(schemaOf(provider)),
    ),
    checkConfig: unary((request: rpc.CheckRequest) => checkConfig(provider, request)),
    diffConfig: unary((request: rpc.DiffRequest) => diffConfig(request)),
    configure: unary((request: rpc.ConfigureRequest) => configure(provider, request)),
    check: unary((request: rpc.CheckRequest) => check(operations, request)),
    diff: unary((request: rpc.DiffRequest) => diff(operations, request)),
    create: unary((request: rpc.CreateRequest) => create(operations, request)),
    update: unary((request: rpc.UpdateRequest) => update(operations, request)),
    read: unary((request: rpc.ReadRequest) => read(operations, request)),
    delete: unary((request: rpc.DeleteRequest) => remove(operations, request)),
    invoke: unary((request: rpc.InvokeRequest) => invoke(operations, request)),
    cancel: unary(() => new Empty()),
  };
}

function unary<Q, A>(handler: Handler<Q, A>): grpc.handleUnaryCall<Q, A> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => handler(call.request))
      .then(
        (answer) => callback(null, answer),
        (error: unknown) => callback(serviceError(error), null),
      );
  };
}

function serviceError(error: unknown): Partial<grpc.StatusObject> {
  if (!(error instanceof HalfMade)) return { code: grpc.status.UNKNOWN, details: messageOf(error) };
  const detail = new rpc.ErrorResourceInitFailed().setId(error.id).setReasonsList([error.message]);
  detail.setProperties(toWire(error.outputs, NONE)).setInputs(toWire(error.outputs, NONE));
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status()
    .setCode(grpc.status.UNKNOWN)
    .setMessage(error.message)
    .addDetails(packed) as unknown as Status;
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details: error.message, metadata };
}

const NONE: ReadonlySet<string> = new Set();

function tokenOf(urn: string): string {
  const kind = urn.split("::")[2] ?? "";
  return kind.slice(kind.lastIndexOf("$") + 1);
}

function checkFailures(response: rpc.CheckResponse, problems: readonly Failure[]): rpc.CheckResponse {
  for (const problem of problems) {
    response.addFailures(new rpc.CheckFailure().setProperty(problem.property).setReason(problem.reason));
  }
  return response;
}

/** Provider settings arrive as JSON texts where they are not strings. */
function settings(values: Properties): Properties {
  const read = (value: unknown): unknown => {
    if (typeof value !== "string" || !/^\s*([[{]|true$|false$)/.test(value)) return value;
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  };
  const entries = Object.entries(values).filter(
    ([name]) => name !== "version" && name !== "pluginDownloadURL" && !name.startsWith("__"),
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, read(value)]));
}

function checkConfig<C>(provider: Provider<C>, request: rpc.CheckRequest): rpc.CheckResponse {
  const { values } = fromWire(request.getNews());
  return checkFailures(
    new rpc.CheckResponse().setInputs(request.getNews()),
    failures(provider.config, settings(values)),
  );
}

/** Provider settings change nothing in the resources that exist. */
function diffConfig(request: rpc.DiffRequest): rpc.DiffResponse {
  const same =
    JSON.stringify(fromWire(request.getOldInputs()).values) === JSON.stringify(fromWire(request.getNews()).values);
  return new rpc.DiffResponse().setChanges(
    same ? rpc.DiffResponse.DiffChanges.DIFF_NONE : rpc.DiffResponse.DiffChanges.DIFF_SOME,
  );
}

function configure<C>(provider: Provider<C>, request: rpc.ConfigureRequest): rpc.ConfigureResponse {
  const config = settings(fromWire(request.getArgs()).values);
  const problems = failures(provider.config, config);
  const [first] = problems;
  if (first !== undefined) throw new Error(`provider setting ${first.property}: ${first.reason}`);
  provider.configure(Object.fromEntries(Object.entries(config).filter(([, value]) => !hasUnknown(value))));
  return new rpc.ConfigureResponse()
    .setAcceptsecrets(true)
    .setSupportspreview(true)
    .setAcceptresources(false)
    .setAcceptoutputs(false);
}

function check<C>(operations: Operations<C>, request: rpc.CheckRequest): rpc.CheckResponse {
  const olds = fromWire(request.getOlds());
  const news = fromWire(request.getNews());
  const result = operations.check(
    tokenOf(request.getUrn()),
    request.getUrn(),
    olds.values,
    news.values,
    request.getRandomseed_asU8(),
  );
  const secrets = new Set([...news.secrets, ...secretInputs(operations, request.getUrn())]);
  return checkFailures(new rpc.CheckResponse().setInputs(toWire(result.inputs, secrets)), result.failures);
}

function secretInputs<C>(operations: Operations<C>, urn: string): string[] {
  const { rules } = operations.type(tokenOf(urn));
  return Object.keys(rules).filter((name) => rules[name]?.secret === true);
}

/** Outputs that must be secret: what was secret as input, and what the type has for one. */
function secretsFor<C>(operations: Operations<C>, urn: string, ...known: ReadonlySet<string>[]): ReadonlySet<string> {
  return new Set([...known.flatMap((each) => [...each]), ...secretInputs(operations, urn)]);
}

function diff<C>(operations: Operations<C>, request: rpc.DiffRequest): rpc.DiffResponse {
  const olds = fromWire(request.getOldInputs() ?? request.getOlds()).values;
  const news = fromWire(request.getNews()).values;
  const token = tokenOf(request.getUrn());
  const { changes, deleteBeforeReplace } = operations.diff(token, olds, news, request.getIgnorechangesList());
  const response = new rpc.DiffResponse();
  const some = changes.length > 0;
  response
    .setChanges(some ? rpc.DiffResponse.DiffChanges.DIFF_SOME : rpc.DiffResponse.DiffChanges.DIFF_NONE)
    .setHasdetaileddiff(some);
  const top = (path: string): string => /^[^.[]+/.exec(path)?.[0] ?? path;
  response.setDiffsList([...new Set(changes.map((change) => top(change.path)))]);
  const replacing = changes.filter((change) => change.replaces);
  response.setReplacesList([...new Set(replacing.map((change) => top(change.path)))]);
  response.setDeletebeforereplace(replacing.length > 0 && deleteBeforeReplace);
  const kinds = rpc.PropertyDiff.Kind;
  const names = {
    add: [kinds.ADD, kinds.ADD_REPLACE],
    delete: [kinds.DELETE, kinds.DELETE_REPLACE],
    update: [kinds.UPDATE, kinds.UPDATE_REPLACE],
  } as const;
  for (const change of changes) {
    const kind = names[change.kind][change.replaces ? 1 : 0];
    response.getDetaileddiffMap().set(change.path, new rpc.PropertyDiff().setKind(kind).setInputdiff(true));
  }
  return response;
}

async function create<C>(operations: Operations<C>, request: rpc.CreateRequest): Promise<rpc.CreateResponse> {
  const inputs = fromWire(request.getProperties());
  const token = tokenOf(request.getUrn());
  const secrets = secretsFor(operations, request.getUrn(), inputs.secrets);
  if (request.getPreview()) return new rpc.CreateResponse().setProperties(toWire(inputs.values, secrets));
  const { id, outputs } = await operations.create(token, inputs.values);
  return new rpc.CreateResponse().setId(id).setProperties(toWire(outputs, secrets));
}

async function update<C>(operations: Operations<C>, request: rpc.UpdateRequest): Promise<rpc.UpdateResponse> {
  const news = fromWire(request.getNews());
  const state = fromWire(request.getOlds());
  const oldInputs = fromWire(request.getOldInputs() ?? request.getOlds());
  const olds = { inputs: oldInputs.values, state: state.values };
  const token = tokenOf(request.getUrn());
  const outputs = request.getPreview()
    ? operations.previewUpdate(token, news.values, olds)
    : await operations.update(token, request.getId(), news.values, olds);
  return new rpc.UpdateResponse().setProperties(
    toWire(outputs, secretsFor(operations, request.getUrn(), news.secrets)),
  );
}

async function read<C>(operations: Operations<C>, request: rpc.ReadRequest): Promise<rpc.ReadResponse> {
  const inputs = fromWire(request.getInputs());
  const state = fromWire(request.getProperties());
  const found = await operations.read(tokenOf(request.getUrn()), request.getId(), {
    inputs: inputs.values,
    state: state.values,
  });
  if (found === undefined) return new rpc.ReadResponse();
  const secrets = secretsFor(operations, request.getUrn(), inputs.secrets, state.secrets);
  const response = new rpc.ReadResponse().setId(found.id).setProperties(toWire(found.outputs, secrets));
  return response.setInputs(toWire(found.inputs, secrets));
}

async function remove<C>(operations: Operations<C>, request: rpc.DeleteRequest): Promise<Empty> {
  const state = fromWire(request.getProperties()).values;
  const inputs = request.hasOldInputs() ? fromWire(request.getOldInputs()).values : state;
  await operations.remove(tokenOf(request.getUrn()), request.getId(), { inputs, state });
  return new Empty();
}

async function invoke<C>(operations: Operations<C>, request: rpc.InvokeRequest): Promise<rpc.InvokeResponse> {
  const { values } = fromWire(request.getArgs());
  const { version: _version, ...args } = values;
  const { result, failures: problems } = await operations.invoke(request.getTok(), args);
  const response = new rpc.InvokeResponse().setReturn(toWire(result, NONE));
  for (const problem of problems)
    response.addFailures(new rpc.CheckFailure().setProperty(problem.property).setReason(problem.reason));
  return response;
}
