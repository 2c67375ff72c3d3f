import { mkdtempSync, rmSync } from "node:fs";
import * as net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tls from "node:tls";
import { expect } from "chai";
import { ApiRouter } from "../../../../localcloud/machines/apiRouter";
import { keyAndCertificate, newAuthority } from "../../../../localcloud/machines/certificates";
import { serverNameOf } from "../../../../localcloud/machines/clientHello";
import { LoadBalancer } from "../../../../localcloud/machines/loadBalancer";

describe("the router to the API servers", () => {
  const folder = mkdtempSync(join(tmpdir(), "router-"));
  const router = new ApiRouter();
  const servers: tls.Server[] = [];
  let port: number;

  before(async () => {
    const authority = await newAuthority();
    for (const name of ["one", "two"]) {
      const { certificate: cert, key } = await keyAndCertificate(authority, {
        subject: `CN=${name}`,
        uses: ["server"],
      });
      const server = tls.createServer({ cert, key }, (socket) => socket.end(name));
      await new Promise<void>((done) => server.listen(join(folder, name), done));
      servers.push(server);
      const balancer = new LoadBalancer();
      balancer.add(name, { socket: join(folder, name), isHealthy: () => true });
      router.add(`${name}.example.com`, balancer);
    }
    port = await router.listen(0);
  });

  after(() => {
    router.close();
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true });
  });

  /** What answers there; empty where nothing does. */
  function answer(servername?: string): Promise<string> {
    return new Promise((done) => {
      const named = servername === undefined ? {} : { servername };
      const socket = tls.connect({ host: "127.0.0.1", port, rejectUnauthorized: false, ...named });
      let text = "";
      socket.on("data", (data: Buffer) => (text += data.toString("utf8")));
      socket.on("error", () => done(""));
      socket.on("end", () => done(text));
    });
  }

  it("routes a connection to the cluster that it names", async () => {
    expect(await answer("api.internal.one.example.com")).to.equal("one");
    expect(await answer("api.internal.two.example.com")).to.equal("two");
  });

  it("refuses an unknown name, and a connection without a name while there are two clusters", async () => {
    expect(await answer("api.internal.three.example.com")).to.equal("");
    expect(await answer()).to.equal("");
    router.remove("two.example.com");
    expect(await answer()).to.equal("one");
  });

  it("reads a first message that arrives in pieces", async () => {
    const hello = await new Promise<Buffer>((done) => {
      const server = net.createServer((socket) => {
        socket.once("data", (data) => {
          socket.destroy();
          server.close();
          done(data);
        });
      });
      server.listen(0, "127.0.0.1", () => {
        const { port: free } = server.address() as net.AddressInfo;
        tls.connect({ host: "127.0.0.1", port: free, servername: "a.example.com" }).on("error", () => undefined);
      });
    });
    for (let length = 0; length < hello.length; length += 1) {
      expect(serverNameOf(hello.subarray(0, length)), String(length)).to.equal("incomplete");
    }
    expect(serverNameOf(hello)).to.deep.equal({ name: "a.example.com" });
    expect(serverNameOf(Buffer.from("GET / HTTP/1.1\r\n"))).to.equal(undefined);
  });
});
