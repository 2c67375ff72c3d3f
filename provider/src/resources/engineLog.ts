import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import type { Report } from "./operation";

/** Lines for the engine's display. pulumi.log works only while a component is being constructed, and these come later. */
export class EngineLog {
  private readonly client: EngineClient | undefined;

  /** Without an address (a plugin started by hand) nothing is shown. */
  constructor(address: string | undefined) {
    this.client = address === undefined ? undefined : new EngineClient(address, grpc.credentials.createInsecure());
  }

  /** Shows a text in the resource's own line; the engine replaces it by the next one. */
  reporter(urn: string): Report {
    return (text) => {
      const line = new LogRequest();
      line.setSeverity(LogSeverity.INFO);
      line.setUrn(urn);
      line.setMessage(text);
      line.setEphemeral(true);
      this.client?.log(line, () => {
        // A line that is lost is no reason to fail what it reports.
      });
    };
  }
}
