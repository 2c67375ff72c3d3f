import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { Cluster } from "../../../localcloud/plugins/kubernetes/cluster";
import { anyKind } from "../../../localcloud/plugins/kubernetes/objects";

const group = "/apis/karpenter.sh/v1";
const pool = { apiVersion: "karpenter.sh/v1", kind: "NodePool", metadata: { name: "default" }, spec: { weight: 1 } };

describe("the kubernetes stand-in right after a chart of definitions", () => {
  let server: Server;
  let requests: string[];
  /** How often the group is asked for before the API server has it. */
  let absent: number;

  beforeEach(async () => {
    requests = [];
    server = createServer(({ method, url = "" }, answer) => {
      const [path = ""] = url.split("?");
      requests.push(`${method ?? ""} ${path}`);
      if (path === group && requests.filter((each) => each === `GET ${group}`).length > absent) {
        const resources = [{ name: "nodepools", kind: "NodePool", namespaced: false, verbs: ["get", "patch"] }];
        json(answer, 200, { kind: "APIResourceList", apiVersion: "v1", groupVersion: "karpenter.sh/v1", resources });
      } else if (method === "PATCH") json(answer, 200, pool);
      else if (path.startsWith(`${group}/`)) json(answer, 404, { kind: "Status", apiVersion: "v1", code: 404 });
      else answer.writeHead(404, { "content-type": "text/plain" }).end("404 page not found\n");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it("waits until the API server serves the kind", async () => {
    absent = 3;
    let id = "";
    await anyKind.create(clusterAt(server), pool, (made) => (id = made));
    expect(id).to.equal("default");
    expect(requests.at(-1)).to.equal(`PATCH ${group}/nodepools/default`);
    expect(requests.filter((each) => each === `GET ${group}`)).to.have.length(4);
  });
});

function json(answer: ServerResponse, status: number, body: object): void {
  answer.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function clusterAt(server: Server): Cluster {
  const { port } = server.address() as AddressInfo;
  const kubeconfig = [
    "apiVersion: v1",
    "kind: Config",
    "current-context: here",
    `clusters: [{name: here, cluster: {server: "http://127.0.0.1:${String(port)}", insecure-skip-tls-verify: true}}]`,
    "users: [{name: here, user: {}}]",
    "contexts: [{name: here, context: {cluster: here, user: here}}]",
    "",
  ].join("\n");
  return new Cluster({ kubeconfig, context: undefined, namespace: "default" });
}
