/** Real nodeup, run whole in a machine's root of its own, on kOps's control-plane configuration and on ours. */
import "reflect-metadata";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, relative } from "node:path";
import { DescribeLaunchTemplatesCommand, DescribeLaunchTemplateVersionsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import * as x509 from "@peculiar/x509";
import { expect } from "chai";
import { boot } from "../../localcloud/machines/boot";
import { Root } from "../../localcloud/machines/root";
import { makeBuckets } from "../support/buckets";
import { clusterStack } from "../support/clusterStack";
import { KopsCommand, type KopsStores } from "../support/kopsCommand";
import { awsSettings, type LocalCloud, useLocalCloud, variable } from "../support/localCloud";
import { subnetArguments } from "../support/subnetArguments";
import { CLUSTER, clusters } from "./clusters";

const MINUTES = 60_000;
/** Its settings are all in kOps's command line, as far as nodes see them. */
const cluster = clusters.find(({ kops }) => kops.some((flag) => flag.startsWith("--set=cluster.spec.kubelet.")));

describe("nodeup on a control-plane node", function () {
  this.timeout(6 * MINUTES);
  const folder = mkdtempSync(join(tmpdir(), "nodeup-"));
  const kopsCloud = useLocalCloud();
  const ourCloud = useLocalCloud();
  let theirs: Machine;
  let mine: Machine;

  before("bring up both clusters", async () => {
    if (cluster === undefined) throw new Error("there is no cluster");
    await makeBuckets(kopsCloud, ["kops-state", "kops-discovery"]);
    const kops = new KopsCommand(kopsCloud, CLUSTER, { state: "s3://kops-state", discovery: "s3://kops-discovery" });
    const stack = await clusterStack(ourCloud, cluster.inputs);
    const [{ outputs }] = await Promise.all([
      stack.up(),
      kops.create([...cluster.kops, ...subnetArguments(cluster.inputs)]),
    ]);
    theirs = new Machine(kopsCloud, join(folder, "theirs"), kops.stores);
    const stores = {
      state: outputs["stateStore"]?.value as string,
      discovery: outputs["discoveryStore"]?.value as string,
    };
    mine = new Machine(ourCloud, join(folder, "ours"), stores);
  });

  after("remove the machines", () => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("succeeds with kOps's configuration", async () => {
    await theirs.boot();
    expect(theirs.log("nodeup.log")).to.include("success");
  });

  it("succeeds with the component's configuration", async () => {
    await mine.boot();
    expect(mine.log("nodeup.log")).to.include("success");
  });

  it("writes the same files for both", () => {
    expect(mine.files().filter((file) => file.includes("manifests"))).not.to.be.empty;
    expect(mine.files()).to.deep.equal(theirs.files());
  });

  for (const [what, pattern] of [
    ["manifests", /^\/etc\/kubernetes\/manifests\//],
    ["kubelet configuration", /^\/(etc\/sysconfig|var\/lib\/kubelet)\//],
    ["containerd configuration", /^\/etc\/(containerd|sysconfig\/containerd|crictl)/],
    ["units", /^\/(lib|usr\/lib|etc)\/systemd\/system\//],
  ] as const) {
    it(`writes the same ${what} for both`, () => {
      const files = theirs.files().filter((file) => pattern.test(file) && !isKeyMaterial(theirs.read(file)));
      expect(files, `no ${what}`).not.to.be.empty;
      for (const file of files) expect(mine.read(file), file).to.equal(theirs.read(file));
    });
  }

  it("lets the kubelet run as many pods as the interfaces of the instance type have addresses for", () => {
    // A t3.medium has 3 interfaces of 6 addresses.
    expect(mine.read("/var/lib/kubelet/kubelet.conf")).to.include("\nmaxPods: 17\n");
  });

  it("issues certificates with the same subjects, names and usages for both", () => {
    const described = theirs.certificates();
    expect(described.length).to.be.greaterThan(5);
    expect(mine.certificates()).to.deep.equal(described);
  });

  it("refuses a configuration whose bytes do not match their hash", async () => {
    const other = new Machine(ourCloud, join(folder, "changed"), mine.stores);
    const failure = await other
      .boot((text) => text.replace("logLevel: 2", "logLevel: 3"))
      .then(
        () => "it booted",
        (error: unknown) => (error as Error).message,
      );
    expect(failure).to.match(/hash mismatch/);
  });
});

/** What a key, a certificate or a kubeconfig is: different in each cluster. */
function isKeyMaterial(text: string): boolean {
  return /-----BEGIN |certificate-authority-data|client-key-data/.test(text);
}

class Machine {
  private readonly root: Root;

  constructor(
    private readonly cloud: LocalCloud,
    private readonly folder: string,
    readonly stores: KopsStores,
  ) {
    mkdirSync(folder, { recursive: true });
    this.root = new Root(folder, []);
  }

  async boot(change: (nodeupConfig: string) => string = (text) => text): Promise<void> {
    const { cloud } = this;
    const names = [
      "AWS_ENDPOINT_URL",
      "AWS_ACCESS_KEY_ID",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_REGION",
      "AWS_EC2_METADATA_SERVICE_ENDPOINT",
    ];
    await boot(this.root, {
      userData: await controlPlaneUserData(cloud),
      folder: this.folder,
      nodeup: nodeupProgram(cloud),
      environment: Object.fromEntries(names.map((name) => [name, variable(cloud, name)])),
      assets: { folder: join(cloud.dir, "files"), url: `${variable(cloud, "LOCALCLOUD_FILES_URL")}/files` },
      readConfig: async ({ ConfigBase }, path) => {
        const text = await readStore(cloud, `${ConfigBase ?? ""}/${path}`);
        return path.endsWith("/nodeupconfig.yaml") ? change(text) : text;
      },
      say: () => undefined,
    });
  }

  /** Everything that nodeup left, by its path in the machine. What only the simulation leaves does not count. */
  files(): string[] {
    return readdirSync(this.root.files, { recursive: true, encoding: "utf8" })
      .map((name) => join(this.root.files, name))
      .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
      .map((file) => `/${relative(this.root.files, file)}`)
      .filter((file) => !/^\/(opt\/localcloud|var\/log|var\/lib\/cloud|var\/cache|run|tmp)\//.test(file))
      .sort();
  }

  /** Without what tells one cloud from the other. */
  read(file: string): string {
    const text = this.root
      .read(file)
      .replaceAll(this.stores.state.slice("s3://".length), "STATE-BUCKET")
      .replaceAll(this.stores.discovery.slice("s3://".length), "DISCOVERY-BUCKET")
      .replaceAll(variable(this.cloud, "AWS_ENDPOINT_URL"), "AWS-URL")
      .replaceAll(variable(this.cloud, "LOCALCLOUD_FILES_URL"), "FILES-URL");
    // nodeup writes its own environment in the order of a Go map.
    return file === "/etc/sysconfig/kops-configuration" ? text.split("\n").sort().join("\n") : text;
  }

  log(name: string): string {
    const file = join(this.folder, name);
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  /** The properties of every certificate that was issued, a line each. */
  certificates(): string[] {
    return this.files()
      .filter((file) => file.endsWith(".crt"))
      .map((file) => {
        const certificate = new x509.X509Certificate(this.root.read(file));
        const names = certificate.getExtension(x509.SubjectAlternativeNameExtension)?.names.items ?? [];
        const usages = certificate.getExtension(x509.KeyUsagesExtension)?.usages;
        const purposes = certificate.getExtension(x509.ExtendedKeyUsageExtension)?.usages ?? [];
        const isAuthority = certificate.getExtension(x509.BasicConstraintsExtension)?.ca;
        return JSON.stringify({
          file,
          subject: certificate.subject,
          issuer: certificate.issuer,
          names: names.map(({ type, value }) => `${type} ${value}`).sort(),
          usages,
          purposes,
          isAuthority,
        });
      });
  }
}

async function controlPlaneUserData(cloud: LocalCloud): Promise<Buffer> {
  const client = new EC2Client(awsSettings(cloud));
  const { LaunchTemplates } = await client.send(new DescribeLaunchTemplatesCommand({}));
  const id = LaunchTemplates?.find((each) => each.LaunchTemplateName?.startsWith("control-plane-"))?.LaunchTemplateId;
  if (id === undefined) throw new Error("there is no launch template of the control plane");
  const versions = await client.send(
    new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: ["$Latest"] }),
  );
  return Buffer.from(versions.LaunchTemplateVersions?.[0]?.LaunchTemplateData?.UserData ?? "", "base64");
}

async function readStore(cloud: LocalCloud, url: string): Promise<string> {
  const client = new S3Client({ ...awsSettings(cloud), forcePathStyle: true });
  const [, Bucket = "", Key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(url) ?? [];
  const object = await client.send(new GetObjectCommand({ Bucket, Key }));
  return (await object.Body?.transformToString()) ?? "";
}

function nodeupProgram(cloud: LocalCloud): string {
  const found = variable(cloud, "PATH")
    .split(delimiter)
    .map((folder) => join(folder, "nodeup"))
    .find((file) => existsSync(file));
  if (found === undefined) throw new Error("nodeup is not on PATH: run 'make tools-kops'");
  return found;
}
