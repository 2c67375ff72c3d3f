/** Own keys, and the rotation of others step by step: what real kOps and Pulumi's tls plugin make of it. */
import { X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { selfSigned, type Pair } from "../support/certificates";
import { parseDryRun, unexpected } from "../support/dryRun";
import { KopsCommand } from "../support/kopsCommand";
import { storeAccess, useLocalCloud } from "../support/localCloud";
import { type Program, yamlProject } from "../support/pulumiProject";

const MINUTES = 60_000;
const CLUSTER = "keys.example.com";
const DISTRUSTED = "2026-11-01T12:00:00Z";
const rotated = ["kubernetes-ca", "service-account"];
const adminCertificate = "cluster-certificate-admin";

interface KubeConfig {
  readonly clusters: readonly { readonly cluster: { readonly "certificate-authority-data": string } }[];
  readonly users: readonly { readonly user: { readonly "client-certificate-data": string } }[];
}

describe("the keys of a cluster", function () {
  this.timeout(6 * MINUTES);
  const cloud = useLocalCloud();
  let project: Awaited<ReturnType<typeof yamlProject>>;
  let kops: KopsCommand;
  let own: Pair;

  /** The rotated keysets in one state, beside a keyset of the user's own. */
  function program(keys?: Program, primary = "initial", acknowledge: readonly string[] = []): Program {
    const keysets =
      keys === undefined
        ? {}
        : Object.fromEntries(rotated.map((name) => [name, { primary, keys: structuredClone(keys) }]));
    const initial = { certificate: own.certificate, privateKey: { "fn::secret": own.key } };
    return {
      resources: {
        cluster: {
          type: "kops-karpenter:KopsKarpenterCluster",
          properties: {
            clusterName: CLUSTER,
            zones: ["us-east-1a"],
            stateStoreAccess: storeAccess(cloud),
            pki: { keysets: { "etcd-clients-ca": { keys: { initial } }, ...keysets } },
            acknowledge,
          },
        },
      },
      outputs: {
        kubeconfig: "${cluster.kubeconfig}",
        store: "${cluster.stateStore}",
        discovery: "${cluster.discoveryStore}",
      },
    };
  }

  async function kubeconfig() {
    const config = parse(await project.output("kubeconfig")) as KubeConfig;
    const authorities = decoded(config.clusters[0]?.cluster["certificate-authority-data"]);
    return {
      authorities: (authorities.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----\n/g) ?? []).map(
        (pem) => new X509Certificate(pem),
      ),
      admin: new X509Certificate(decoded(config.users[0]?.user["client-certificate-data"])),
    };
  }

  /** What an update would do to keys, certificates and to what nodes are started with. */
  async function steps(): Promise<readonly string[]> {
    return (await project.steps()).filter((step) => /tls:|LaunchTemplate|nodeupscript/.test(step));
  }

  before(async () => {
    own = await selfSigned("corp-etcd", [], { signsOnly: true, hours: [-1, 100] });
    project = await yamlProject(cloud, program());
    await project.up();
    kops = new KopsCommand(cloud, CLUSTER, {
      state: (await project.output("store")).trim(),
      discovery: (await project.output("discovery")).trim(),
    });
  });

  it("may be the user's own: kOps knows them, and has nothing to change", async () => {
    expect(await kops.keypairs("etcd-clients-ca")).to.deep.equal(["CN=corp-etcd primary"]);
    expect(unexpected(parseDryRun(await kops.dryRun()))).to.deep.equal([]);
    await project.unchanged();
    const line = own.key.split("\n")[3] ?? "no line";
    expect(await project.exported()).not.to.include(line);
  });

  it("are refused before anything changes where certificate and key do not belong together, and never shown", async () => {
    const next = program();
    const other = await selfSigned("other");
    const { initial } = next["resources"].cluster.properties.pki.keysets["etcd-clients-ca"].keys;
    Object.assign(initial, { privateKey: { "fn::secret": other.key } });
    project.write(next);
    const { code, output } = await project.attempt("up", "--yes", "--skip-preview");
    expect(code).not.to.equal(0);
    expect(output).to.include("not the key of the certificate; must be its private key");
    expect(output).not.to.include(other.key.split("\n")[1]);
  });

  it("get a key beside them, which nodes are told to trust; the admin certificate renews itself near its end", async () => {
    project.write(program({ initial: {}, "2027": {} }));
    // As if it were about to end: the plugin looks at the time in the state.
    const state = JSON.parse(await project.exported("--show-secrets"));
    const admin = state.deployment.resources.find(({ urn }: { urn: string }) => urn.endsWith(`::${adminCertificate}`));
    admin.outputs.validityEndTime = new Date(Date.now() + 60 * MINUTES).toISOString().replace(/\.\d+Z$/, "Z");
    const file = join(project.folder, "state.json");
    writeFileSync(file, JSON.stringify(state));
    await project.run("stack", "import", "--file", file);
    const before = await kubeconfig();
    expect(await steps()).to.deep.equal([
      "create tls:index/privateKey:PrivateKey cluster-key-kubernetes-ca-2027",
      "create tls:index/privateKey:PrivateKey cluster-key-service-account-2027",
      "create tls:index/selfSignedCert:SelfSignedCert cluster-certificate-kubernetes-ca-2027",
      "create tls:index/selfSignedCert:SelfSignedCert cluster-certificate-service-account-2027",
      `replace tls:index/locallySignedCert:LocallySignedCert ${adminCertificate}`,
      "update aws:ec2/launchTemplate:LaunchTemplate cluster-launch-template-control-plane-us-east-1a",
      "update aws:s3/bucketObjectv2:BucketObjectv2 cluster-file-igconfig-node-nodes-nodeupscript.sh",
    ]);
    await project.up();
    for (const name of rotated) {
      expect(await kops.keypairs(name)).to.deep.equal([`CN=${name} primary`, `SERIALNUMBER=2027,CN=${name}`]);
    }
    const after = await kubeconfig();
    expect(after.admin.serialNumber).not.to.equal(before.admin.serialNumber);
    expect(after.authorities.map(({ subject }) => subject)).to.deep.equal([
      "CN=kubernetes-ca",
      "CN=kubernetes-ca\nserialNumber=2027",
    ]);
    expect(after.admin.checkIssued(after.authorities[0]!)).to.equal(true);
    await project.unchanged();
  });

  it("are promoted with an acknowledgement; the admin certificate comes from the primary then", async () => {
    project.write(program({ initial: {}, "2027": {} }, "2027"));
    const { output } = await project.attempt("preview");
    expect(output).to.include('pki.keysets.kubernetes-ca.primary: "initial" to "2027" needs acknowledgement');
    project.write(
      program(
        { initial: {}, "2027": {} },
        "2027",
        rotated.map((name) => `pki.keysets.${name}.primary`),
      ),
    );
    await project.up();
    for (const name of rotated) {
      expect(await kops.keypairs(name)).to.deep.equal([`CN=${name}`, `SERIALNUMBER=2027,CN=${name} primary`]);
    }
    const { admin, authorities } = await kubeconfig();
    expect(authorities).to.have.length(2);
    expect(admin.checkIssued(authorities[1]!) && admin.verify(authorities[1]!.publicKey)).to.equal(true);
    // kOps takes the component's later keys for newer ones.
    expect(await kops.run("promote", "keypair", "kubernetes-ca")).to.match(/No kubernetes-ca keypair newer/);
    expect(unexpected(parseDryRun(await kops.dryRun()))).to.deep.equal([]);
  });

  it("are distrusted, and then removed", async () => {
    const keys = { initial: { distrustTimestamp: DISTRUSTED }, "2027": {} };
    const acknowledge = rotated.map((name) => `pki.keysets.${name}.keys.initial.distrustTimestamp`);
    project.write(program(keys, "2027", acknowledge));
    await project.up();
    for (const name of rotated) {
      expect(await kops.keypairs(name)).to.deep.equal([
        `CN=${name} distrusted`,
        `SERIALNUMBER=2027,CN=${name} primary`,
      ]);
    }
    expect((await kubeconfig()).authorities).to.have.length(1);
    expect(unexpected(parseDryRun(await kops.dryRun()))).to.deep.equal([]);

    project.write(program({ "2027": {} }, "2027"));
    expect(await steps()).to.deep.equal([
      "delete tls:index/privateKey:PrivateKey cluster-key-kubernetes-ca",
      "delete tls:index/privateKey:PrivateKey cluster-key-service-account",
      "delete tls:index/selfSignedCert:SelfSignedCert cluster-certificate-kubernetes-ca",
      "delete tls:index/selfSignedCert:SelfSignedCert cluster-certificate-service-account",
    ]);
    await project.up();
    expect(await kops.keypairs("kubernetes-ca")).to.deep.equal(["SERIALNUMBER=2027,CN=kubernetes-ca primary"]);
    await project.unchanged();
  });
});

function decoded(base64: string | undefined): string {
  return Buffer.from(base64 ?? "", "base64").toString();
}
