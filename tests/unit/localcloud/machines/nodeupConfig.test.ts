import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { goldenFolder } from "../../../golden/cases";
import {
  type BootConfig,
  configPath,
  hashOf,
  staticManifests,
  withHash,
  withStandIns,
} from "../../../../localcloud/machines/nodeupConfig";

const golden = join(goldenFolder("default"), "state");
const real = readFileSync(join(golden, "igconfig/control-plane/control-plane-us-east-1a/nodeupconfig.yaml"), "utf8");

interface Assets {
  readonly Assets: Readonly<Record<string, readonly string[]>>;
  readonly images: Readonly<Record<string, readonly { readonly hash: string; readonly sources: readonly string[] }[]>>;
}

describe("a machine's copy of the nodeup configuration", () => {
  const folder = mkdtempSync(join(tmpdir(), "assets-"));
  const store = { folder, url: "http://127.0.0.1:1/files" };
  const boot: BootConfig = {
    ClusterName: "c.example.com",
    InstanceGroupName: "control-plane-us-east-1a",
    InstanceGroupRole: "ControlPlane",
    NodeupConfigHash: hashOf(real),
  };
  after(() => rmSync(folder, { recursive: true }));

  it("differs from the original only in its downloads", () => {
    const { Assets: _assets, images: _images, ...copy } = parse(withStandIns(real, boot, store)) as Assets;
    const { Assets: _realAssets, images: _realImages, ...rest } = parse(real) as Assets;
    expect(copy).to.deep.equal(rest);
  });

  it("names files that exist, with their hashes", () => {
    const { Assets, images } = parse(withStandIns(real, boot, store)) as Assets;
    const assets = Object.values(Assets)
      .flat()
      .map((each) => each.split("@"));
    const all = [
      ...assets,
      ...Object.values(images)
        .flat()
        .map(({ hash, sources }) => [hash, sources[0]]),
    ];
    expect(all).to.have.length.greaterThan(10);
    for (const [hash, url = ""] of all) {
      const bytes = readFileSync(join(folder, url.slice(store.url.length)));
      expect(createHash("sha256").update(bytes).digest("hex"), url).to.equal(hash);
    }
  });

  it("is refused where the original's hash is not that of the boot configuration", () => {
    expect(() => withStandIns(`${real}\n`, boot, store)).to.throw(/^nodeup config hash mismatch/);
  });

  it("gets its own hash into the boot configuration", () => {
    const text = "ClusterName: c\nNodeupConfigHash: abc=\n";
    expect(withHash(text, "x: 1\n")).to.equal(`ClusterName: c\nNodeupConfigHash: ${hashOf("x: 1\n")}\n`);
  });

  it("is written where nodeup looks for it", () => {
    expect(configPath("ControlPlane", "a")).to.equal("igconfig/control-plane/a/nodeupconfig.yaml");
    expect(configPath("Node", "b")).to.equal("igconfig/node/b/nodeupconfig.yaml");
    expect(staticManifests(real)).to.deep.equal(["manifests/static/kube-apiserver-healthcheck.yaml"]);
  });
});
