import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { GetRootResourceResponse, type LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { expect } from "chai";
import { Engine } from "../../../provider/src/resources/operation/engine";
import { failureOf } from "./testRun";

const urn = "urn:pulumi:s::p::t::n";

describe("the engine, as an operation sees it", () => {
  let server: grpc.Server;
  let address: string;
  let logged: LogRequest.AsObject[];
  /** Called in place of an answer to the question whether it is there. */
  let suspended: ((answer: () => void) => void) | undefined;

  beforeEach(async () => {
    logged = [];
    suspended = undefined;
    server = new grpc.Server();
    server.addService(EngineService, {
      log: ({ request }: { request: LogRequest }, callback: grpc.sendUnaryData<Empty>) => {
        logged.push(request.toObject());
        callback(null, new Empty());
      },
      getRootResource: (_call: unknown, callback: grpc.sendUnaryData<GetRootResourceResponse>) => {
        const answer = (): void => {
          callback(null, new GetRootResourceResponse());
        };
        if (suspended === undefined) answer();
        else suspended(answer);
      },
      // The rest of the service, which nothing here calls.
      setRootResource: () => undefined,
      startDebugging: () => undefined,
      requirePulumiVersion: () => undefined,
    });
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
        if (error === null) resolve(bound);
        else reject(error);
      });
    });
    address = `127.0.0.1:${String(port)}`;
  });
  afterEach(() => {
    server.forceShutdown();
  });

  it("is shown progress in the resource's line, and warnings that stay", async () => {
    const run = new Engine(address).run(urn);
    run.report("waiting");
    run.warn("ending");
    // Calls of one connection arrive in order.
    await run.stillWanted("going on");
    expect(logged.map(({ message, ephemeral, severity, urn: of }) => [message, ephemeral, severity, of])).to.deep.equal(
      [
        ["waiting", true, 1, urn],
        ["ending", false, 2, urn],
      ],
    );
  });

  it("wants a call while it is there, and not when it is gone", async () => {
    const run = new Engine(address).run(urn);
    await run.stillWanted("terminating i-1");
    server.forceShutdown();
    expect(await failureOf(run.stillWanted("terminating i-1"))).to.match(
      /^stopped before terminating i-1: the Pulumi engine is gone \(.*UNAVAILABLE/,
    );
  });

  it("is waited for while it is suspended", async () => {
    suspended = (answer) => setTimeout(answer, 300);
    const started = Date.now();
    await new Engine(address).run(urn).stillWanted("terminating i-1");
    expect(Date.now() - started).to.be.greaterThan(250);
  });

  it("wants nothing more after it has cancelled, even where it does not answer", async () => {
    suspended = () => undefined;
    const engine = new Engine(address);
    const asking = failureOf(engine.run(urn).stillWanted("terminating i-1"));
    engine.cancel();
    expect(await asking).to.equal("cancelled before terminating i-1");
    expect(engine.run(urn).signal.aborted).to.equal(true);
    expect(await failureOf(engine.unlessCancelled("while describing c", Promise.resolve()))).to.equal(
      "cancelled while describing c",
    );
  });

  it("is not asked by a plugin that was started by hand", async () => {
    const run = new Engine(undefined).run(urn);
    run.report("waiting");
    await run.stillWanted("terminating i-1");
    expect(logged).to.deep.equal([]);
  });
});
