/** Settings of the API server in kOps's own terms, and what a running one shows of them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { Kube } from "../../localcloud/machines/kube";
import { type LocalCloud, variable } from "../support/localCloud";
import { controlPlanes, etcdOf } from "./controlPlanes";
import { until } from "./harness";

/** The folder that kOps shows the API server's pod. */
const folder = "/srv/kubernetes/kube-apiserver";
const encryptionKey = Buffer.from("a key of 32 bytes, for this test").toString("base64");
const token = "a-token-of-somebody";

const roles = ["ControlPlane"];
const auditPolicy = { apiVersion: "audit.k8s.io/v1", kind: "Policy", rules: [{ level: "Metadata" }] };

const encryptionConfig = JSON.stringify({
  apiVersion: "apiserver.config.k8s.io/v1",
  kind: "EncryptionConfiguration",
  resources: [
    {
      resources: ["secrets"],
      providers: [{ secretbox: { keys: [{ name: "first", secret: encryptionKey }] } }, { identity: {} }],
    },
  ],
});

export const settings = {
  // As an SDK passes it on; the stack of these tests has none.
  encryptionConfig: pulumi.secret(encryptionConfig),
  clusterSpec: {
    kubeAPIServer: {
      // Beside its other output, which the simulated machine keeps.
      auditLogPath: "-",
      auditPolicyFile: `${folder}/audit.yaml`,
      featureGates: { WatchList: "false" },
      oidcClientID: "kubernetes",
      oidcIssuerURL: "https://issuer.example.com",
      serviceNodePortRange: "30100-30200",
      tokenAuthFile: `${folder}/tokens.csv`,
    },
    fileAssets: [
      { name: "audit", path: `${folder}/audit.yaml`, roles, content: JSON.stringify(auditPolicy) },
      { name: "tokens", path: `${folder}/tokens.csv`, roles, content: `${token},somebody,1,"system:masters"\n` },
    ],
  },
};

/** Of a cluster that was created with the settings. */
export function testSettings(cloud: LocalCloud, cluster: string, api: () => Kube): void {
  const secrets = "/api/v1/namespaces/default/secrets";

  it("encrypts Secrets in etcd", async () => {
    await api().create(secrets, {
      metadata: { name: "hidden" },
      data: { text: Buffer.from("hidden").toString("base64") },
    });
    const [id = ""] = controlPlanes(cloud, cluster);
    const stored = await etcdOf(cloud, id, "main").value("/registry/secrets/default/hidden");
    expect(stored?.toString("latin1")).to.match(/^k8s:enc:secretbox:v1:first:/);
    expect((await api().get(`${secrets}/hidden`))["data"]).to.deep.equal({ text: "aGlkZGVu" });
  });

  it("writes an audit log by the policy", async () => {
    const [id = ""] = controlPlanes(cloud, cluster);
    const file = join(cloud.dir, "machines", id, "kube-apiserver.log");
    const event = await until("an audit event", 30, () => {
      const events = readFileSync(file, "utf8").trim().split("\n");
      const found = events.find(
        (line) => line.includes('"verb":"create"') && line.includes(`"requestURI":"${secrets}"`),
      );
      return Promise.resolve(found);
    });
    expect(JSON.parse(event)).to.include({ kind: "Event", level: "Metadata" });
  });

  it("accepts a token from a file of the user's own, and no other", async () => {
    expect(await api().withToken(token).get("/api/v1/namespaces/default")).to.have.nested.property("metadata.name");
    const refused = await api()
      .withToken("another")
      .get("/api/v1/namespaces/default")
      .then(
        () => "accepted",
        (error: unknown) => String(error),
      );
    expect(refused).to.include("Unauthorized");
  });

  it("gives services ports of the range", async () => {
    const spec = { type: "NodePort", ports: [{ port: 80 }], selector: { app: "none" } };
    const made = await api().create("/api/v1/namespaces/default/services", { metadata: { name: "ranged" }, spec });
    const { ports } = made["spec"] as { ports: readonly { readonly nodePort: number }[] };
    expect(ports[0]?.nodePort).to.be.within(30100, 30200);
  });

  it("keeps the key out of the state's plain text", () => {
    const backend = variable(cloud, "PULUMI_BACKEND_URL").replace(/^file:\/\//, "");
    const state = readFileSync(join(backend, ".pulumi/stacks/cluster/test.json"), "utf8");
    expect(state).to.include("secrets-encryptionconfig");
    expect(state).not.to.include(encryptionKey);
    expect(state).not.to.include(Buffer.from(encryptionConfig).toString("base64").slice(0, 100));
  });
}
