/** The command, on stores that kOps made and that were then changed: what it says, and what it writes. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { runCommand } from "../../../provider/src/adopt/command";
import { readInputs } from "../../../provider/src/validate/inputs";
import { goldenCase } from "../../golden/cases";
import { clusterInputs } from "../../support/adoption";
import { MemoryStore } from "../../support/goldenStore";

const NAME = "c.example.com";
const folder = `kops-state/${NAME}`;

interface Run {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

describe("kops-karpenter adopt", () => {
  let scratch: string;
  let store: MemoryStore;
  let out: string;

  beforeEach(() => {
    scratch = mkdtempSync(join(tmpdir(), "adopt-"));
    out = join(scratch, "program");
    store = new MemoryStore();
    stores("default");
  });
  afterEach(() => rmSync(scratch, { recursive: true }));

  function stores(name: string): void {
    const { state, discovery } = goldenCase(name);
    store.objects.clear();
    store.put(folder, state);
    store.put(`kops-discovery/${NAME}`, discovery);
  }

  function edit(path: string, change: (text: string) => string): void {
    const text = store.objects.get(`${folder}/${path}`) ?? "";
    const changed = change(text);
    expect(changed).not.to.equal(text);
    store.objects.set(`${folder}/${path}`, changed);
  }

  async function run(...args: readonly string[]): Promise<Run> {
    const printed = { out: "", errors: "" };
    const code = await runCommand(args, {
      environment: {},
      store: () => Promise.resolve(store),
      print: (text) => (printed.out += text),
      printError: (text) => (printed.errors += text),
    });
    return { code, ...printed };
  }

  const adopt = (...more: readonly string[]): Promise<Run> =>
    run("adopt", "--state", "s3://kops-state", "--name", NAME, "--out", out, ...more);

  async function refusal(): Promise<string> {
    const { code, out: printed, errors } = await adopt();
    expect(errors).to.equal("kops-karpenter: nothing was written: the component cannot express the cluster as it is\n");
    expect(code).to.equal(2);
    expect(existsSync(out)).to.equal(false);
    return printed;
  }

  async function failure(): Promise<string> {
    const { code, errors } = await adopt();
    expect(code).to.equal(1);
    expect(existsSync(out)).to.equal(false);
    return errors;
  }

  it("writes a program with no more than what differs from the defaults, and with references to the secrets", async () => {
    const { code, out: printed } = await adopt();
    expect(code).to.equal(0);
    expect(readdirSync(out)).to.deep.equal(["Pulumi.yaml"]);
    const text = readFileSync(join(out, "Pulumi.yaml"), "utf8");
    const program = parse(text);
    const { pki, kopsMetadata, ...properties } = clusterInputs(program);
    // Pulumi YAML would take the field of a budget for the group of that name.
    expect(program.resources.cluster.properties.nodeGroups).to.equal("${nodeGroups}");
    const ofObject = { creationTimestamp: goldenCase("default").facts.creationTimestamp };
    expect(kopsMetadata).to.deep.equal({
      cluster: ofObject,
      instanceGroups: { "control-plane-us-east-1a": ofObject, nodes: ofObject },
    });
    expect(properties).to.deep.equal({
      clusterName: NAME,
      zones: ["us-east-1a"],
      kubernetesVersion: "1.35.5",
      stateStore: "s3://kops-state",
      discoveryStore: "s3://kops-discovery",
      stateStoreAccess: {
        endpoint: "https://objects.example.com",
        region: "us-east-1",
        accessKeyId: "golden",
        secretAccessKey: "${stateStoreAccessSecretAccessKey}",
      },
      nodeGroups: {
        nodes: {
          images: ["ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id"],
          nodePools: { nodes: { disruption: { budgets: [{ nodes: "0" }] } } },
        },
      },
      assets: { kopsBaseUrl: "https://mirror.example.com/kops/1.36.2" },
      // For the first update.
      rollingUpdate: { strategy: "manual" },
      karpenter: { install: false },
    });
    expect(pki.keysets["kubernetes-ca"].keys.initial.privateKey).to.equal("${kubernetesCaInitialPrivateKey}");
    expect(pki.tokens["system:dns"]).to.equal("${tokensSystemDns}");
    expect(program.config["aws:region"]).to.equal("us-east-1");
    expect(program.config.tokensSystemDns).to.deep.equal({ type: "string", secret: true });
    // 8 private keys, 9 tokens, the key of the store, and the region.
    expect(Object.keys(program.config)).to.have.length(8 + 9 + 1 + 1);
    expect(text + printed).not.to.match(/PRIVATE KEY|golden-secret/);
    expect(printed).to.contain("Karpenter comes from its Helm charts");
  });

  it("writes every input of an edited cluster, and no reference where the store has a `${`", async () => {
    stores("spec-nodes");
    edit("config", (text) => text.replaceAll("Welcome", "Welcome ${USER}"));
    edit("cluster-completed.spec", (text) => text.replaceAll("Welcome", "Welcome ${USER}"));
    for (const path of ["control-plane/control-plane-us-east-1a", "node/nodes"]) {
      edit(`igconfig/${path}/nodeupconfig.yaml`, (text) => text.replaceAll("Welcome", "Welcome ${USER}"));
    }
    expect((await adopt()).code).to.equal(0);
    const properties = clusterInputs(parse(readFileSync(join(out, "Pulumi.yaml"), "utf8")));
    expect(properties["clusterSpec"].fileAssets[0].content).to.equal("Welcome $${USER}\n");
    expect(readInputs({ ...properties, pki: undefined }).problems).to.equal(undefined);
  });

  it("names each field that it cannot express, with both values and the reason, and writes nothing", async () => {
    edit("config", (text) =>
      text
        .replace("  channel: stable\n", "  channel: stable\n  clusterAutoscaler:\n    enabled: true\n")
        .replace("  iam:\n", "  inventedByNobody: true\n  iam:\n"),
    );
    edit("instancegroup/nodes", (text) => text.replace("  role: Node\n", "  role: Node\n  compressUserData: true\n"));
    const lines = (await refusal()).split("\n");
    expect(lines).to.include.members([
      "The component cannot express:",
      '  config: spec.clusterAutoscaler: it needs kOps\'s addon for it, which the component does not render; install it on the cluster yourself (stored {"enabled":true}, component nothing)',
      "  config: spec.inventedByNobody: kOps's API has no such field (stored true, component nothing)",
      "  instancegroup/nodes: spec.compressUserData: the bootstrap script is the component's own (stored true, component nothing)",
    ]);
  });

  it("names what the component's own rules reject", async () => {
    edit("config", (text) => text.replace("kubernetesVersion: 1.35.5", "kubernetesVersion: 1.30.0"));
    expect(await refusal()).to.match(/^ {2}kubernetesVersion: .*"1\.30\.0"/m);
  });

  it("stops at a change that kOps has not applied", async () => {
    edit("cluster-completed.spec", (text) =>
      text.replace("protectKernelDefaults: true", "protectKernelDefaults: false"),
    );
    expect(await refusal()).to.contain(
      "cluster-completed.spec: spec.kubelet.protectKernelDefaults: the component writes it otherwise: kOps has not applied a change yet",
    );
  });

  it("names files that the component does not write, and shows no secret of them", async () => {
    store.objects.set(`${folder}/secrets/dockerconfig`, '{"Data":"c2VjcmV0"}');
    store.objects.set(
      `${folder}/instancegroup/old`,
      store.objects.get(`${folder}/instancegroup/nodes`)!.replace("role: Node", "role: APIServer"),
    );
    store.objects.set(`${folder}/clusteraddons/default`, "kind: ConfigMap\n");
    store.objects.set(`${folder}/backups/etcd/main/2026-11-26T00:00:00Z-000001/_etcd_backup.meta`, "{}");
    const printed = await refusal();
    expect(printed).to.contain("secrets/dockerconfig: the component has no such secret, which nodes or addons read\n");
    expect(printed).to.contain("instancegroup/old: the component has no group of that name and role");
    expect(printed).to.contain("clusteraddons/default: ");
    expect(printed).not.to.match(/c2VjcmV0|backups/);
  });

  it("names the groups of a control plane that has other names", async () => {
    const group = store.objects.get(`${folder}/instancegroup/control-plane-us-east-1a`)!;
    store.objects.delete(`${folder}/instancegroup/control-plane-us-east-1a`);
    store.objects.set(
      `${folder}/instancegroup/masters`,
      group.replaceAll("name: control-plane-us-east-1a", "name: masters"),
    );
    edit("config", (text) => text.replaceAll("instanceGroup: control-plane-us-east-1a", "instanceGroup: masters"));
    const printed = await refusal();
    expect(printed).to.contain(
      "instancegroup/masters: the component has no group of that name and role; those of its control plane are control-plane-us-east-1a, one per zone",
    );
  });

  it("keeps times, labels and annotations of kOps's objects", async () => {
    const labels = "labels:\n    kops.k8s.io/cluster: c.example.com\n  name: nodes";
    edit("instancegroup/nodes", (text) => text.replace("name: nodes", `generation: 3\n  ${labels}`));
    for (const path of ["config", "cluster-completed.spec"]) {
      edit(path, (text) => text.replace("metadata:\n", "metadata:\n  annotations:\n    team: platform\n"));
    }
    const { code, out: printed } = await adopt();
    expect(code).to.equal(0);
    expect(printed).not.to.contain("metadata");
    const { properties } = parse(readFileSync(join(out, "Pulumi.yaml"), "utf8")).resources.cluster;
    const { cluster, instanceGroups } = properties.kopsMetadata;
    expect(cluster.annotations).to.deep.equal({ team: "platform" });
    const { creationTimestamp: _time, ...ofGroup } = instanceGroups.nodes;
    expect(ofGroup).to.deep.equal({ generation: 3, labels: { "kops.k8s.io/cluster": NAME } });
  });

  it("accepts the loss of what only the kOps CLI reads if told to", async () => {
    for (const path of ["config", "cluster-completed.spec"]) {
      edit(path, (text) => text.replace("channel: stable", "channel: alpha"));
    }
    const { code, errors, out: printed } = await adopt();
    expect([code, errors]).to.deep.equal([
      2,
      "kops-karpenter: nothing was written: --accept-notes accepts what is lost\n",
    ]);
    expect(printed).to.contain("config: spec.channel: the kOps CLI alone reads it");
    expect((await adopt("--accept-notes")).code).to.equal(0);
  });

  it("says what is wrong with the store, the cluster and the folder", async () => {
    const other = await run("adopt", "--state", "s3://kops-state", "--name", "d.example.com", "--out", out);
    expect(other.errors).to.equal(
      'kops-karpenter: the state store s3://kops-state has no cluster "d.example.com"; it holds c.example.com\n',
    );
    const bucket = await run("adopt", "--state", "s3://nothing-here", "--name", NAME, "--out", out);
    expect(bucket.errors).to.equal("kops-karpenter: the bucket of s3://nothing-here does not exist\n");

    edit("kops-version.txt", () => "1.33.1");
    expect(await failure()).to.contain(
      "kOps 1.33.1 updated the cluster last; the component is compatible with kOps 1.36.2: upgrade",
    );
    stores("default");
    edit("config", (text) => text.replace("cloudProvider: aws", "cloudProvider: gce"));
    expect(await failure()).to.contain("the cluster is of the cloud gce; the component is for aws");
    stores("default");
    edit("config", (text) => text.replace(/ {2}serviceAccountIssuerDiscovery:\n( {4}.*\n)*/, ""));
    expect(await failure()).to.contain("the cluster has no discovery store");

    writeFileSync(join(scratch, "mine"), "");
    const folderInUse = await run("adopt", "--state", "s3://kops-state", "--name", NAME, "--out", scratch);
    expect(folderInUse.errors).to.equal(`kops-karpenter: the folder ${scratch} is not empty\n`);
  });

  it("says how it is used", async () => {
    expect((await run("--help")).out).to.match(/^Usage:\n {2}kops-karpenter adopt /);
    expect((await run("adpt")).errors).to.equal(
      'kops-karpenter: unknown command "adpt"; must be one of adopt, secrets, import-file, recover\n',
    );
    expect((await run("adopt", "--name", NAME)).errors).to.equal("kops-karpenter: --state is required\n");
    expect((await run("adopt", "--stte", "x")).errors).to.equal(
      'kops-karpenter: unknown option "--stte"; must be one of --state, --name, --out, --language, --accept-notes\n',
    );
  });
});

describe("kops-karpenter recover", () => {
  let scratch: string;

  beforeEach(() => {
    scratch = mkdtempSync(join(tmpdir(), "recover-"));
  });
  afterEach(() => rmSync(scratch, { recursive: true }));

  /** A CLI that answers so, each command by its first word. */
  function pulumi(answers: Readonly<Record<string, { readonly json: unknown; readonly code?: number }>>): void {
    for (const [command, { json }] of Object.entries(answers)) {
      writeFileSync(join(scratch, `${command}.json`), JSON.stringify(json));
    }
    const codes = Object.entries(answers).map(([command, { code = 0 }]) => `${command}) exit ${String(code)};;`);
    const script = `#!/bin/sh\ncat "${scratch}/$1.json"\ncase $1 in ${codes.join(" ")} esac\n`;
    writeFileSync(join(scratch, "pulumi"), script, { mode: 0o755 });
  }

  async function recover(...more: readonly string[]): Promise<Run> {
    const printed = { out: "", errors: "" };
    const code = await runCommand(["recover", "--out", scratch, ...more], {
      environment: { PATH: `${scratch}:/usr/bin:/bin` },
      store: () => Promise.reject(new Error("the state store is not asked")),
      print: (text) => (printed.out += text),
      printError: (text) => (printed.errors += text),
    });
    return { code, ...printed };
  }

  const stack = "urn:pulumi:test::p::pulumi:pulumi:Stack::p-test";
  const guard = (clusterName: string) => {
    const parent = `urn:pulumi:test::p::kops-karpenter:index:KopsKarpenterCluster::${clusterName}`;
    return [
      { urn: parent, type: "kops-karpenter:index:KopsKarpenterCluster", parent: stack },
      { urn: `${parent}-guard`, type: "kops-karpenter:index:ClusterGuard", parent, inputs: { clusterName } },
    ];
  };

  it("needs a cluster, and says which the stack has", async () => {
    pulumi({ stack: { json: { deployment: { resources: guard("other.example.com") } } } });
    expect(await recover("--name", NAME)).to.deep.equal({
      code: 1,
      out: "",
      errors:
        `kops-karpenter: the stack's state has no cluster ${NAME}, only other.example.com; ` +
        "an update records the cluster before it creates anything in AWS\n",
    });
  });

  it("says why the preview fails", async () => {
    const diagnostics = [
      { severity: "warning", message: "using a plugin from $PATH" },
      { severity: "error", message: "zones[0]: unknown zone\n" },
    ];
    pulumi({
      stack: { json: { deployment: { resources: guard(NAME) } } },
      preview: { json: { diagnostics }, code: 255 },
    });
    const { code, errors } = await recover("--name", NAME);
    expect(errors).to.equal("kops-karpenter: the preview of the program failed: zones[0]: unknown zone\n");
    expect(code).to.equal(1);
  });

  it("takes no option of the other commands", async () => {
    const { code, errors } = await recover("--name", NAME, "--state", "s3://kops-state");
    expect(errors).to.equal('kops-karpenter: unknown option "--state"; must be one of --name, --out, --stack\n');
    expect(code).to.equal(1);
  });
});
