import { mkdtempSync, rmSync } from "node:fs";
import type * as http from "node:http";
import * as https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { keyAndCertificate, newAuthority } from "../../../../localcloud/machines/certificates";
import { Changes } from "../../../../localcloud/machines/changes";
import { Kube } from "../../../../localcloud/machines/kube";

describe("changes of a list that a controller of the local cloud attends to", () => {
  const folder = mkdtempSync(join(tmpdir(), "changes-"));
  const socketPath = join(folder, "api");
  /** Watches that are open, with what was asked for. */
  const watches = new Map<http.ServerResponse, string>();
  /** What the server says to a watch. */
  let status = 200;
  let server: https.Server;
  let kube: Kube;

  before(async () => {
    const authority = await newAuthority();
    const { certificate, key } = await keyAndCertificate(authority, {
      subject: "CN=api",
      uses: ["server"],
      names: ["api"],
    });
    server = https.createServer({ cert: certificate, key }, (request, response) => {
      response.writeHead(status, { "content-type": "application/json" });
      if (status !== 200) return void response.end("{}");
      response.flushHeaders();
      watches.set(response, request.url ?? "");
      response.on("close", () => watches.delete(response));
    });
    await new Promise<void>((done) => server.listen(socketPath, done));
    kube = new Kube({ ca: authority.certificate, cert: certificate, key, servername: "api", socketPath });
  });

  after(() => {
    kube.close();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });

  async function watched(count: number): Promise<void> {
    while (watches.size !== count) await sleep(5);
  }

  const say = (text: string): void => {
    for (const response of watches.keys()) response.write(text);
  };

  it("are there at the beginning, and then with each event", async () => {
    const changes = new Changes(kube, "/api/v1/pods?fieldSelector=a");
    expect(changes.take()).to.equal(true);
    await watched(1);
    expect([...watches.values()]).to.deep.equal(["/api/v1/pods?fieldSelector=a&watch=true"]);
    expect(changes.take()).to.equal(false);
    say("{}\n");
    while (!changes.take()) await sleep(5);
    expect(changes.take()).to.equal(false);
    changes.close();
    await watched(0);
  });

  it("are there again where what was taken could not be attended to", async () => {
    const changes = new Changes(kube, "/api/v1/nodes");
    changes.take();
    await watched(1);
    expect(changes.take()).to.equal(false);
    changes.keep();
    expect(changes.take()).to.equal(true);
    changes.close();
    await watched(0);
    changes.keep();
    expect(changes.take()).to.equal(false);
  });

  it("may be there whenever nobody watches: each time while the server refuses, once more when it has ended a watch", async () => {
    const changes = new Changes(kube, "/api/v1/nodes");
    status = 403;
    for (let turn = 0; turn < 3; turn += 1) {
      expect(changes.take()).to.equal(true);
      await sleep(50);
    }
    status = 200;
    expect(changes.take()).to.equal(true);
    await watched(1);
    expect(changes.take()).to.equal(false);
    for (const response of watches.keys()) response.destroy();
    while (!changes.take()) await sleep(5);
    await watched(1);
    expect(changes.take()).to.equal(false);
    changes.close();
    await watched(0);
  });
});
