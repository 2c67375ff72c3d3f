import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { GetRootResourceRequest, LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { unlessCancelled } from "./progress";
import type { Run } from "./run";

/** The engine that started this plugin. pulumi.log works only while a component is being constructed. */
export class Engine {
  private readonly client: EngineClient | undefined;
  private readonly cancelled = new AbortController();

  /** Without an address (a plugin started by hand) nothing is shown, and nobody can be asked. */
  constructor(address: string | undefined) {
    this.client = address === undefined ? undefined : new EngineClient(address, grpc.credentials.createInsecure());
  }

  /** Ends all waits. The engine also says so to a plugin that has nothing more to do. */
  cancel(): void {
    this.cancelled.abort();
  }

  /** Fails as soon as the engine cancels. */
  unlessCancelled<T>(when: string, work: Promise<T>): Promise<T> {
    return unlessCancelled(when, this.cancelled.signal, work);
  }

  /** For an operation on one resource. */
  run(urn: string): Run {
    return {
      report: (text) => {
        this.log(urn, LogSeverity.INFO, text, true);
      },
      inform: (text) => {
        this.log(urn, LogSeverity.INFO, text, false);
      },
      warn: (text) => {
        this.log(urn, LogSeverity.WARNING, text, false);
      },
      stillWanted: (doing) => this.unlessCancelled(`before ${doing}`, this.answers(doing)),
      signal: this.cancelled.signal,
    };
  }

  private log(urn: string, severity: LogSeverity, text: string, ephemeral: boolean): void {
    const line = new LogRequest();
    line.setSeverity(severity);
    line.setUrn(urn);
    line.setMessage(text);
    line.setEphemeral(ephemeral);
    this.client?.log(line, () => {
      // A line that is lost is no reason to fail what it reports.
    });
  }

  /** Any call would do. There is no deadline: an engine that was suspended answers when it goes on. */
  private answers(doing: string): Promise<void> {
    const { client } = this;
    if (client === undefined) {
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      client.getRootResource(new GetRootResourceRequest(), (error) => {
        if (error === null) resolve();
        else reject(new Error(`stopped before ${doing}: the Pulumi engine is gone (${error.message})`));
      });
    });
  }
}
