import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { HashAbsent, kopsFileHashes, nodeFileHashes } from "../../provider/src/components/builders/fileHashes";
import { sampleCluster } from "../unit/render/sample";
import { failureOf } from "../unit/resources/testRun";

const hash = "ab".repeat(32);
const retries = { pausesMilliseconds: [10, 20, 40, 80], attemptTimeoutMilliseconds: 1500 };

describe("the hashes of kOps's files", () => {
  let server: Server;
  let base: string;
  /** By path, how often it was asked for. */
  let asked: Map<string, number>;
  /** The status of the answer to the given try of a path; 0 is a connection that is cut, undefined no answer at all. */
  let answer: (path: string, attempt: number) => number | undefined;

  beforeEach(async () => {
    asked = new Map();
    server = createServer((request, response) => {
      const path = request.url ?? "";
      const attempt = (asked.get(path) ?? 0) + 1;
      asked.set(path, attempt);
      const status = answer(path, attempt);
      if (status === 0) request.socket.destroy();
      else if (status !== undefined) response.writeHead(status).end(status === 200 ? `${hash}  file\n` : "no");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const read = () => kopsFileHashes(sampleCluster({ assets: { kopsBaseUrl: base } }), retries);
  const counts = () => [...new Set(asked.values())];

  it("are read once for all clusters of a process", async () => {
    answer = () => 200;
    const hashes = await read();
    expect([...new Set(Object.values(hashes))]).to.deep.equal([hash]);
    expect(await read()).to.deep.equal(hashes);
    expect(counts()).to.deep.equal([1]);
  });

  for (const [what, status] of Object.entries({ "HTTP 503": 503, "a cut connection": 0, "no answer": undefined })) {
    it(`are read again after ${what}, with longer and longer pauses`, async () => {
      answer = (_path, attempt) => (attempt <= 2 ? status : 200);
      await read();
      expect(counts()).to.deep.equal([3]);
    });
  }

  it("are not asked for again where the file does not exist", async () => {
    answer = () => 404;
    expect(await failureOf(read())).to.match(
      /^the hash of the file \S+ could not be read \(\S+\.sha256: HTTP 404\): this machine must reach/,
    );
    expect(counts()).to.deep.equal([1]);
  });

  it("are asked for again by the next cluster after a failure", async () => {
    answer = () => 500;
    expect(await failureOf(read())).to.include("HTTP 500");
    expect(counts()).to.deep.equal([5]);
    answer = () => 200;
    await read();
    expect(counts()).to.deep.equal([6]);
  });

  describe("of a Kubernetes version that came after the release", () => {
    const ofNodes = (kubernetesVersion: string) =>
      nodeFileHashes(sampleCluster({ kubernetesVersion, assets: { fileRepository: base } }), retries);

    it("are read from the mirror, for kubelet and kubectl of each architecture", async () => {
      answer = () => 200;
      const files = ["amd64", "arm64"].flatMap((architecture) =>
        ["kubelet", "kubectl"].map((name) => `/release/v1.36.9/bin/linux/${architecture}/${name}`),
      );
      expect(await ofNodes("1.36.9")).to.deep.equal(
        Object.fromEntries(files.map((file) => [`https://dl.k8s.io${file}`, hash])),
      );
      expect([...asked.keys()].sort()).to.deep.equal(files.map((file) => `${file}.sha256`).sort());
    });

    it("are absent where it does not exist", async () => {
      answer = () => 404;
      const error: unknown = await ofNodes("1.36.98").catch((failure: unknown) => failure);
      expect(error).to.be.instanceOf(HashAbsent);
      expect((error as HashAbsent).tried).to.match(
        /^http:\S+\/v1\.36\.98\/bin\/linux\/amd64\/kubelet\.sha256: HTTP 404$/,
      );
    });
  });

  it("of the versions before it are not asked for", async () => {
    answer = () => 404;
    const before = sampleCluster({ kubernetesVersion: "1.36.1", assets: { fileRepository: base } });
    expect(await nodeFileHashes(before, retries)).to.deep.equal({});
    expect(asked.size).to.equal(0);
  });
});
