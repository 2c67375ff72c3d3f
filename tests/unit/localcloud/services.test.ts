import { expect } from "chai";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { fileHandler } from "../../../localcloud/services/files";
import { DEFAULT_INSTANCE, metadataHandler } from "../../../localcloud/services/metadata";

async function serving(handler: http.RequestListener, use: (base: string) => Promise<void>): Promise<void> {
  const server = http.createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe("local cloud: file server", () => {
  it("serves each of kOps's binaries and images with its hash, and nothing outside its folder", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "localcloud-files-"));
    fs.writeFileSync(path.join(folder, "own"), "mine");
    await serving(fileHandler("/kops/1.36.2", folder), async (base) => {
      for (const name of ["linux/amd64/nodeup", "linux/arm64/channels", "images/kops-controller-arm64.tar.gz"]) {
        const body = await (await fetch(`${base}/kops/1.36.2/${name}`)).text();
        const hash = await (await fetch(`${base}/kops/1.36.2/${name}.sha256`)).text();
        expect(hash).to.equal(createHash("sha256").update(body).digest("hex"));
      }
      expect(await (await fetch(`${base}/files/own`)).text()).to.equal("mine");
      expect((await fetch(`${base}/files/%2e%2e/%2e%2e/etc/hostname`)).status).to.equal(404);
      expect((await fetch(`${base}/kops/1.36.2/linux/amd64/other`)).status).to.equal(404);
      expect((await fetch(`${base}/kops-source/go.mod`)).status).to.equal(200);
      expect((await fetch(`${base}/kops-source/..%2f..%2fcache`)).status).to.equal(404);
    });
    fs.rmSync(folder, { recursive: true });
  });
});

describe("local cloud: instance metadata", () => {
  it("answers requests with a token only, with documents and listings", async () => {
    await serving(metadataHandler(DEFAULT_INSTANCE), async (base) => {
      expect((await fetch(`${base}/latest/meta-data/instance-id`)).status).to.equal(401);
      const asked = await fetch(`${base}/latest/api/token`, {
        method: "PUT",
        headers: { "X-aws-ec2-metadata-token-ttl-seconds": "60" },
      });
      const headers = { "X-aws-ec2-metadata-token": await asked.text() };
      const text = async (name: string): Promise<string> => (await fetch(`${base}${name}`, { headers })).text();
      expect(await text("/latest/meta-data/instance-id")).to.equal(DEFAULT_INSTANCE.instanceId);
      expect(await text("/latest/meta-data/placement/")).to.equal("availability-zone\nregion");
      expect(JSON.parse(await text("/latest/dynamic/instance-identity/document"))).to.include({
        region: "us-east-1",
        architecture: "x86_64",
      });
    });
  });

  it("hands out keys of the instance's role, and none without a role", async () => {
    const keys = { AccessKeyId: "ASIA1", SecretAccessKey: "s", Token: "t", Expiration: "2030-01-01T00:00:00Z" };
    const answers = async (base: string): Promise<(number | string)[]> => {
      const asked = await fetch(`${base}/latest/api/token`, {
        method: "PUT",
        headers: { "X-aws-ec2-metadata-token-ttl-seconds": "60" },
      });
      const headers = { "X-aws-ec2-metadata-token": await asked.text() };
      const paths = ["", "nodes.c.example.com", "another"];
      const found = await Promise.all(
        paths.map((name) => fetch(`${base}/latest/meta-data/iam/security-credentials/${name}`, { headers })),
      );
      return Promise.all(found.map(async (answer) => (answer.ok ? answer.text() : answer.status)));
    };
    const role = () => Promise.resolve({ role: "nodes.c.example.com", ...keys });
    await serving(metadataHandler(DEFAULT_INSTANCE, role), async (base) => {
      const [name, document, another] = await answers(base);
      expect([name, another]).to.deep.equal(["nodes.c.example.com", 404]);
      expect(JSON.parse(String(document))).to.include({ Code: "Success", Type: "AWS-HMAC", ...keys });
    });
    await serving(metadataHandler(DEFAULT_INSTANCE), async (base) => {
      expect(await answers(base)).to.deep.equal([404, 404, 404]);
    });
  });
});
