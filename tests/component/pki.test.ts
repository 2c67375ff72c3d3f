/** Keysets as they are registered: which keys are created, who signs, and what is told to whom. */
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { parse } from "yaml";
import { adoptedInputs } from "../../provider/src/adopt/inputs/adoptedInputs";
import { goldenCase } from "../golden/cases";
import { selfSigned, type Pair } from "../support/certificates";
import { storedCluster } from "../support/goldenStore";
import { graphOf, type Graph } from "./support/graph";

const distrustTimestamp = "2027-03-01T12:00:00Z";
const authorityFile = "cluster-file-pki-private-kubernetes-ca-keyset.yaml";

interface KeysetFile {
  readonly keys: readonly {
    readonly id: string;
    readonly publicMaterial: string;
    readonly privateMaterial?: string;
    readonly distrustTimestamp?: string;
  }[];
  readonly primaryId: string;
}

function keyset(graph: Graph): KeysetFile {
  return (parse(String(graph.named(authorityFile).inputs["content"])) as { spec: KeysetFile }).spec;
}

const withKeys = (primary: string, keys: object) => ({ pki: { keysets: { "kubernetes-ca": { primary, keys } } } });
const decoded = (base64: string | undefined): string => Buffer.from(base64 ?? "", "base64").toString();
const keysOf = (graph: Graph): readonly string[] =>
  graph
    .ofType("tls:index/privateKey:PrivateKey")
    .map(({ name }) => name)
    .filter((name) => name.includes("kubernetes-ca"));

describe("the keysets of a cluster", function () {
  this.timeout(60_000);
  let own: Pair;
  let old: Pair;
  let older: Pair;
  before(async () => {
    own = await selfSigned("corp-ca");
    old = await selfSigned("old-ca");
    older = await selfSigned("older-ca");
  });

  it("keep the names of their first keys, and name later ones after themselves", async () => {
    const graph = await graphOf(withKeys("initial", { initial: {}, "2027": {} }), { preview: true });
    expect(keysOf(graph)).to.have.members(["cluster-key-kubernetes-ca", "cluster-key-kubernetes-ca-2027"]);
    const subject = (name: string) => graph.named(name).inputs["subject"];
    expect(subject("cluster-certificate-kubernetes-ca")).to.deep.equal({ commonName: "kubernetes-ca" });
    expect(subject("cluster-certificate-kubernetes-ca-2027")).to.deep.equal({
      commonName: "kubernetes-ca",
      serialNumber: "2027",
    });
  });

  it("protect the keys that are trusted, and let go of those that are not", async () => {
    const inputs = { deletionProtection: true, ...withKeys("2027", { initial: { distrustTimestamp }, "2027": {} }) };
    const graph = await graphOf(inputs, { preview: true });
    expect(graph.named("cluster-key-kubernetes-ca").protect).to.equal(false);
    expect(graph.named("cluster-certificate-kubernetes-ca").protect).to.equal(false);
    expect(graph.named("cluster-key-kubernetes-ca-2027").protect).to.equal(true);
  });

  it("take the user's own, secret or not, and create no key beside them", async () => {
    const keys = () => ({
      initial: {
        certificate: pulumi.secret(own.certificate.replaceAll("\n", "\r\n")),
        privateKey: pulumi.secret(own.key),
      },
      old: { certificate: old.certificate },
      older: { certificate: older.certificate, privateKey: older.key, distrustTimestamp },
    });
    const graph = await graphOf({}, { program: () => ({ args: withKeys("initial", keys()) }) });
    expect(keysOf(graph)).to.deep.equal([]);
    const admin = graph.named("cluster-certificate-admin").inputs;
    expect([admin["caCertPem"], admin["caPrivateKeyPem"]]).to.deep.equal([own.certificate, own.key]);
    // Certificates are public, whatever the program says: user data and the authority stay readable.
    expect(graph.outputs["certificateAuthority"]).to.deep.equal({
      known: true,
      secret: false,
      value: own.certificate + old.certificate,
    });
    const { keys: written, primaryId } = keyset(graph);
    expect(
      written.map((key) => [decoded(key.publicMaterial), decoded(key.privateMaterial), key.distrustTimestamp]),
    ).to.have.deep.members([
      [own.certificate, own.key, undefined],
      [old.certificate, "", undefined],
      [older.certificate, older.key, distrustTimestamp],
    ]);
    expect(written.find(({ id }) => id === primaryId)?.publicMaterial).to.equal(
      Buffer.from(own.certificate).toString("base64"),
    );
  });

  it("are those that kOps created, by its numbers and with its tokens, in the same bytes", async () => {
    const golden = goldenCase("rotated-keys");
    const { pki } = adoptedInputs(storedCluster(golden)).inputs;
    const graph = await graphOf({}, { program: () => ({ args: { pki } }) });
    const paths = [...golden.state.keys()].filter((path) => /^(pki\/private|secrets)\//.test(path));
    expect(paths).to.have.length(8 + 9);
    for (const path of paths) {
      const name = `cluster-file-${path.replace(/[^A-Za-z0-9.]/g, "-")}`;
      expect(graph.named(name).inputs["content"], path).to.equal(golden.state.get(path));
    }
    expect(keysOf(graph)).to.deep.equal([]);
  });
});
