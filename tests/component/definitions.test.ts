/** Where custom resource definitions of addons are read, and what is not taken for them. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { kopsSource } from "../../localcloud/services/kopsSource";
import { addonDefinitions } from "../../provider/src/components/builders/addonDefinitions";
import type { ClusterInputs } from "../../provider/src/schema/types.gen";
import { sampleCluster } from "../unit/render/sample";
import { failureOf } from "../unit/resources/testRun";

const retries = { pausesMilliseconds: [10], attemptTimeoutMilliseconds: 1500 };
const addon = "snapshot-controller.addons.k8s.io";
const file = `/upup/models/cloudup/resources/addons/${addon}/k8s-1.20.yaml.template`;
const clusterSpec = { certManager: { enabled: true, managed: false }, snapshotController: { enabled: true } };

describe("the definitions of addons", () => {
  let server: Server;
  let base: string;
  let asked: string[];
  let answer: (path: string) => string | Buffer | undefined;

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      asked.push(request.url ?? "");
      const body = answer(request.url ?? "");
      response.writeHead(body === undefined ? 404 : 200).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const read = (assets: ClusterInputs["assets"], spec: ClusterInputs["clusterSpec"] = clusterSpec) =>
    addonDefinitions(sampleCluster({ assets, clusterSpec: spec }), retries);

  it("are not read for a cluster whose addons have none", async () => {
    answer = () => undefined;
    expect(await read({ kopsSourceUrl: base }, {})).to.deep.equal({});
    expect(asked).to.deep.equal([]);
  });

  it("of another file than kOps's are refused, with the address and the input", async () => {
    answer = () => "kind: CustomResourceDefinition\n";
    expect(await failureOf(read({ kopsSourceUrl: `${base}/` }))).to.match(
      new RegExp(
        `^the definitions of the addon ${addon} could not be read \\(${base}${file}: a file with the SHA-256 hash [0-9a-f]{64}; ` +
          "kOps's is [0-9a-f]{64}\\): this machine must reach one of these addresses, or set assets.kopsSourceUrl to a mirror that it reaches$",
      ),
    );
    expect(asked).to.deep.equal([file]);
  });

  it("are read from a file repository that has them, once for all clusters of a process", async () => {
    answer = (path) => kopsSource(path.replace("/files/kubernetes/kops/v1.36.2", ""));
    const found = await read({ fileRepository: `${base}/files` });
    const objects = JSON.parse(found[addon] ?? "[]") as { kind: string; spec: { names: { kind: string } } }[];
    expect(objects.map(({ kind, spec }) => [kind, spec.names.kind])).to.deep.equal([
      ["CustomResourceDefinition", "VolumeSnapshotClass"],
      ["CustomResourceDefinition", "VolumeSnapshotContent"],
      ["CustomResourceDefinition", "VolumeSnapshot"],
    ]);
    expect(await read({ fileRepository: `${base}/files` })).to.deep.equal(found);
    expect(asked).to.deep.equal([`/files/kubernetes/kops/v1.36.2${file}`]);
  });
});
