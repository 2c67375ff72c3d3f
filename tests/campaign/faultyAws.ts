/** A way to the simulated AWS on which a share of the calls goes wrong, as calls to AWS do on a bad day. */
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { BadDay, passOn } from "./badDay";

/** What can happen to a call; the last two after AWS has done it. */
const faults = ["throttled", "internal error", "cut before", "cut after", "late"] as const;

export class FaultyAws {
  readonly day: BadDay<(typeof faults)[number]>;

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
    random: () => number,
  ) {
    this.day = new BadDay(faults, random);
  }

  static async before(target: string, random: () => number): Promise<FaultyAws> {
    const server = createServer();
    const aws = new FaultyAws(server, new URL(target), random);
    server.on("request", (asked: IncomingMessage, answer: ServerResponse) => {
      aws.serve(asked, answer);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return aws;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  end(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private serve(asked: IncomingMessage, answer: ServerResponse): void {
    const fault = this.day.next();
    if (fault === "throttled") refuse(asked, answer, 503, "Throttling");
    else if (fault === "internal error") refuse(asked, answer, 500, "InternalError");
    else if (fault === "cut before") asked.socket.destroy();
    else this.forward(asked, answer, fault);
  }

  private forward(asked: IncomingMessage, answer: ServerResponse, fault: string): void {
    const { hostname, port } = this.target;
    const onward = request(
      { hostname, port, method: asked.method, path: asked.url, headers: asked.headers },
      (received) => {
        passOn(received, asked, answer, fault);
      },
    );
    onward.on("error", () => asked.socket.destroy());
    asked.pipe(onward);
  }
}

/** In the protocol of the request: JSON for the services that are asked in JSON. */
function refuse(asked: IncomingMessage, answer: ServerResponse, status: number, code: string): void {
  const type = asked.headers["content-type"] ?? "";
  if (type.startsWith("application/x-amz-json")) {
    answer.writeHead(status, { "content-type": type, connection: "close" });
    answer.end(JSON.stringify({ __type: code, message: "of the campaign" }));
    return;
  }
  answer.writeHead(status, { "content-type": "text/xml", connection: "close" });
  const error = `<Error><Code>${code}</Code><Message>of the campaign</Message></Error>`;
  answer.end(`<?xml version="1.0"?><Response><Errors>${error}</Errors>${error}<RequestID>r</RequestID></Response>`);
}
