import { existsSync, statSync } from "node:fs";
import { expect } from "chai";
import { controlPlaneUserData, nodeUserData } from "../../../provider/src/render/bootstrap/artifacts";
import { bootstrapScript, type BootstrapScript } from "../../../provider/src/render/bootstrap/script";
import type { ClusterInputs } from "../../../provider/src/schema/types.gen";
import { checkUserDataSize, userDataLimit, userDataProblem } from "../../../provider/src/model/userDataLimit";
import { corruptNodeup, FlakyServer, Sandbox, sha256, stubNodeup, type Reply } from "../../support/bootstrapSandbox";
import { renderText } from "../../support/renderText";
import { sampleCluster, sampleFacts } from "./sample";

const bootConfig = "CloudProvider: aws\nClusterName: c.example.com\nText: it's $HOME `pwd` \\n\n";

function script(
  urls: readonly string[],
  arm64Urls: readonly string[] = ["http://127.0.0.1:9/nodeup"],
  proxy?: BootstrapScript["proxy"],
): string {
  const hash = sha256(stubNodeup);
  return bootstrapScript({
    nodeup: { amd64: { urls, hash }, arm64: { urls: arm64Urls, hash } },
    environment: [
      ["AWS_REGION", "us-east-1"],
      ["S3_SECRET_ACCESS_KEY", "it's $HOME & more"],
    ],
    proxy,
    bootConfig,
    keptSettings: "",
  });
}

describe("what a node is started from", () => {
  const isOfControlPlane = [true, false];

  /** User data of a control-plane group and of a group of workers. */
  function texts(inputs: Partial<ClusterInputs> = {}): readonly string[] {
    const cluster = sampleCluster(inputs);
    const [ofControlPlane, ofWorkers] = [cluster.controlPlaneGroups[0], cluster.nodeGroups[0]].map(
      (group) => group?.name ?? "",
    ) as [string, string];
    const facts = sampleFacts(cluster);
    return [controlPlaneUserData(ofControlPlane), nodeUserData(ofWorkers)].map((text) =>
      renderText(text, cluster, facts),
    );
  }

  const changesWith = (inputs: Partial<ClusterInputs>): readonly boolean[] => {
    const plain = texts();
    return texts(inputs).map((text, index) => {
      const line = /^# Settings that a running node keeps: [0-9a-f]{64}\n/m;
      expect(text.replace(line, "")).to.equal(plain[index]);
      return text !== plain[index];
    });
  };

  it("changes with the options of Cilium, which a running agent keeps", () => {
    expect(changesWith({ cilium: {} })).to.deep.equal([false, false]);
    expect(changesWith({ cilium: { encryptionType: "wireguard" } })).to.deep.equal([true, true]);
    expect(texts({ cilium: { encryptionType: "wireguard" } })).not.to.deep.equal(
      texts({ cilium: { bpfLBSock: true } }),
    );
  });

  it("changes with the settings of etcd-manager where it runs", () => {
    const etcdClusters = [{ name: "main", manager: { backupInterval: "1h" } }];
    expect(changesWith({ clusterSpec: { etcdClusters } })).to.deep.equal(isOfControlPlane);
    expect(changesWith({ clusterSpec: { etcdClusters: [{ name: "main" }] } })).to.deep.equal([false, false]);
  });
});

describe("the bootstrap script", function () {
  this.timeout(30_000);
  const cleanUp: (() => void | Promise<void>)[] = [];

  afterEach(async () => {
    for (const step of cleanUp.splice(0)) await step();
  });

  async function serve(...replies: Reply[]): Promise<{ url: string; server: FlakyServer }> {
    const server = new FlakyServer(replies);
    cleanUp.push(() => server.stop());
    return { url: `${await server.start()}/linux/amd64/nodeup`, server };
  }

  function sandbox(...parameters: ConstructorParameters<typeof Sandbox>): Sandbox {
    const made = new Sandbox(...parameters);
    cleanUp.push(() => {
      made.remove();
    });
    return made;
  }

  it("writes the boot configuration and starts nodeup as a service", async () => {
    const { url } = await serve("good");
    const machine = sandbox();
    const { status, calls } = await machine.run(script([url]));
    expect(status).to.equal(0);
    expect(machine.read("opt/kops/conf/kube_env.yaml")).to.equal(`${bootConfig}\n`);
    const home = machine.path("opt/kops");
    expect(calls.split("\n")).to.deep.equal([
      `cwd ${home}/bin`,
      "argument ./nodeup",
      "argument --install-systemd-unit",
      `argument --conf=${home}/conf/kube_env.yaml`,
      "argument --v=8",
      "AWS_REGION=us-east-1",
      "S3_SECRET_ACCESS_KEY=it's $HOME & more",
      "",
    ]);
    expect(statSync(machine.path("opt/kops/bin/nodeup")).mode & 0o777).to.equal(0o755);
    expect(machine.read("sysctl-calls")).to.equal(
      [
        "sysctl -w net.core.rmem_max=16777216",
        "sysctl -w net.core.wmem_max=16777216",
        "sysctl -w net.ipv4.tcp_rmem=4096 87380 16777216",
        "sysctl -w net.ipv4.tcp_wmem=4096 87380 16777216",
        "",
      ].join("\n"),
    );
    expect(existsSync(machine.path("machine-id-set-up"))).to.equal(true);
  });

  it("retries until the bytes match, and never runs any others", async () => {
    const { url, server } = await serve("error", "corrupt", "truncated", "hangup", "corrupt", "good");
    const machine = sandbox(["curl"]);
    const { status, calls } = await machine.run(script([url]));
    expect(status).to.equal(0);
    expect(server.requests).to.have.length(6);
    expect(calls.match(/^cwd/gm)).to.have.length(1);
    expect(existsSync(machine.path("corrupt-nodeup-ran"))).to.equal(false);
    expect(machine.read("opt/kops/bin/nodeup")).to.equal(stubNodeup);
    expect(existsSync(machine.path("opt/kops/bin/nodeup.new"))).to.equal(false);
    expect(machine.read("pauses")).to.equal("15\n15\n");
  });

  it("tries the mirrors in order", async () => {
    const first = await serve("corrupt");
    const second = await serve("good");
    const machine = sandbox();
    const { status, output } = await machine.run(script([first.url, second.url]));
    expect(status, output).to.equal(0);
    expect(first.server.requests).to.have.length(4);
    expect(second.server.requests).to.have.length(1);
    expect(output).to.contain(`no good nodeup from ${first.url} by curl-compressed`);
    expect(machine.read("pauses")).to.equal(undefined);
  });

  it("leads all programs of the machine to a proxy, and can run twice with it", async () => {
    const { url } = await serve("good");
    const machine = sandbox();
    const variables = [
      ["NO_PROXY", "127.0.0.1,example.org"],
      ["http_proxy", "http://proxy.example.com:3128"],
      ["no_proxy", "127.0.0.1,example.org"],
    ] as const;
    const text = script([url], undefined, { url: "http://proxy.example.com:3128", variables });
    for (let run = 0; run < 2; run++) {
      const { status, output } = await machine.run(text);
      expect(status, output).to.equal(0);
    }
    const written = variables.map(([name, value]) => `${name}=${value}`);
    expect(machine.read("etc/environment")).to.equal(`${written.join("\n")}\n`);
    expect(machine.read("etc/apt/apt.conf.d/30proxy")).to.equal(
      'Acquire::http::Proxy "http://proxy.example.com:3128";\n',
    );
    expect(machine.read("etc/systemd/system.conf.d/egress-proxy.conf")).to.equal(
      `[Manager]\nDefaultEnvironment=${written.map((each) => `"${each}"`).join(" ")}\n`,
    );
    expect(machine.read("systemctl-calls")).to.equal("systemctl daemon-reload\nsystemctl daemon-reexec\n".repeat(2));
  });

  it("works with wget alone, and with a server that compresses", async () => {
    for (const [tool, reply] of [
      ["wget", "good"],
      ["wget", "gzip"],
      ["curl", "gzip"],
    ] as const) {
      const { url } = await serve(reply);
      const { status, calls } = await sandbox([tool]).run(script([url]));
      expect(status).to.equal(0);
      expect(calls).to.contain("--install-systemd-unit");
    }
  });

  it("can run twice: it keeps a good nodeup and replaces a damaged one", async () => {
    const { url, server } = await serve("good");
    const machine = sandbox();
    const text = script([url]);
    expect((await machine.run(text)).status).to.equal(0);
    expect((await machine.run(text)).status).to.equal(0);
    expect(server.requests).to.have.length(1);
    await machine.run(`printf %s '${corruptNodeup}' > /opt/kops/bin/nodeup`);
    const { status, calls } = await machine.run(text);
    expect(status).to.equal(0);
    expect(server.requests).to.have.length(2);
    expect(calls.match(/^cwd/gm)).to.have.length(3);
    expect(existsSync(machine.path("corrupt-nodeup-ran"))).to.equal(false);
  });

  it("installs below /var/lib/toolbox where that exists", async () => {
    const { url } = await serve("good");
    const machine = sandbox();
    await machine.run("mkdir -p /var/lib/toolbox");
    const { calls } = await machine.run(script([url]));
    expect(calls).to.contain(`cwd ${machine.path("var/lib/toolbox/kops/bin")}\n`);
    expect(existsSync(machine.path("opt"))).to.equal(false);
  });

  it("picks the processor's nodeup, and stops where there is none", async () => {
    const { url, server } = await serve("good");
    const arm = await sandbox(["curl"], "aarch64").run(script(["http://127.0.0.1:9/nodeup"], [url]));
    expect(arm.status).to.equal(0);
    expect(server.requests).to.have.length(1);
    const other = await sandbox(["curl"], "riscv64").run(script([url]));
    expect(other.status).to.equal(1);
    expect(other.output).to.contain("bootstrap: there is no nodeup for the processor riscv64");
  });
});

describe("the size of user data", () => {
  it("is checked from the user's own parts", () => {
    const part = (content: string) => [{ content }];
    expect(userDataProblem(part("x".repeat(7000)), 1)).to.equal(undefined);
    expect(userDataProblem(part("é".repeat(4000)), 0)).to.equal(
      "user data too long, got 8256 bytes; must be at most 8192, because EC2 allows 16384 including the bootstrap script",
    );
  });

  it("never exceeds EC2's limit", () => {
    expect(() => {
      checkUserDataSize("nodes", "x".repeat(userDataLimit));
    }).not.to.throw();
    expect(() => {
      checkUserDataSize("nodes", "x".repeat(userDataLimit + 1));
    }).to.throw("bug: user data of group nodes has 16385 bytes, more than 16384");
  });
});
