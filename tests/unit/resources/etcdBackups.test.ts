/** The end of etcd's backups in a given store: of what S3 answers, and whether anybody still wants it. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { etcdBackups } from "../../../provider/src/resources/etcdBackups";
import { TestRun } from "./testRun";

const folder = "s3://mine/a/c.example.com/backups/etcd";

describe("etcd's backups at destroy", () => {
  let server: Server;
  let calls: string[];
  let keys: string[];
  /** The error of each answer to a deletion. */
  let failing: string;
  let missing: boolean;

  beforeEach("start an S3", async () => {
    [calls, keys, failing, missing] = [[], ["one", "two"], "", false];
    server = createServer((request, response) => {
      const url = new URL(request.url ?? "", "http://s3");
      calls.push(`${request.method ?? ""} ${url.pathname} ${url.searchParams.get("prefix") ?? ""}`.trim());
      request.resume();
      request.on("end", () => {
        response.writeHead(missing ? 404 : 200, { "content-type": "application/xml", connection: "close" });
        if (missing) response.end("<Error><Code>NoSuchBucket</Code><Message>gone</Message></Error>");
        else if (request.method === "GET") response.end(listing(keys));
        else if (failing !== "")
          response.end(`<DeleteResult><Error><Key>one</Key><Message>${failing}</Message></Error></DeleteResult>`);
        else {
          keys = [];
          response.end("<DeleteResult/>");
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });

  afterEach("end it", () => {
    server.close();
  });

  it("are deleted, and nothing beside their folder is looked at", async () => {
    const run = new TestRun();
    await remove(run);
    expect(calls).to.deep.equal([
      "GET /mine/ a/c.example.com/backups/etcd/",
      "POST /mine/",
      "GET /mine/ a/c.example.com/backups/etcd/",
    ]);
    expect(run.asked).to.deep.equal([`deleting etcd's backups in ${folder}`]);
    expect(run.lines).to.deep.equal([`deleted 2 objects of etcd's backups in ${folder}`]);
  });

  it("stay when the engine no longer wants it", async () => {
    const run = new TestRun();
    run.onAsk = () => {
      throw new Error("cancelled");
    };
    expect(await failure(remove(run))).to.equal(`deleting etcd's backups in ${folder}: cancelled`);
    expect(calls).to.deep.equal(["GET /mine/ a/c.example.com/backups/etcd/"]);
  });

  it("are gone with their bucket", async () => {
    missing = true;
    await remove(new TestRun());
    expect(calls).to.have.length(1);
  });

  it("fail the destroy with the object that S3 keeps", async () => {
    failing = "Access Denied";
    expect(await failure(remove(new TestRun()))).to.equal(`deleting etcd's backups in ${folder}: one: Access Denied`);
  });

  function remove(run: TestRun): Promise<void> {
    const { port } = server.address() as AddressInfo;
    const aws = { accessKey: "key", secretKey: "secret", endpoints: [{ s3: `http://127.0.0.1:${String(port)}` }] };
    return etcdBackups.delete({ folder, region: "us-east-1", aws }, run);
  }
});

function listing(keys: readonly string[]): string {
  const contents = keys.map((key) => `<Contents><Key>${key}</Key></Contents>`).join("");
  return `<ListBucketResult><KeyCount>${String(keys.length)}</KeyCount>${contents}</ListBucketResult>`;
}

function failure(attempt: Promise<void>): Promise<string> {
  return attempt.then(
    () => "nothing failed",
    (error: unknown) => (error as Error).message,
  );
}
