import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { bootstrapScript } from "../../provider/src/render/bootstrap/script";
import { FlakyServer, Sandbox, sha256, stubNodeup, type Reply } from "../support/bootstrapSandbox";

const bootConfig = "CloudProvider: aws\nClusterName: c.example.com\nNodeupConfigHash: abc=\n";
const hash = sha256(stubNodeup);

describe("the bootstrap script, compared with kOps's", function () {
  this.timeout(120_000);
  const template = kopsTemplate();

  const weather: Readonly<Record<string, readonly Reply[]>> = {
    "a good server": ["good"],
    "a server that compresses": ["gzip"],
    "a flaky server": ["error", "corrupt", "truncated", "hangup", "corrupt", "good"],
  };
  for (const [name, replies] of Object.entries(weather)) {
    it(`writes the same boot configuration and starts nodeup the same way, with ${name}`, async () => {
      const theirs = await outcome((url) => filledTemplate(template, url), replies);
      const ours = await outcome(ourScript, replies);
      expect(theirs.calls).to.contain("--install-systemd-unit");
      expect(ours).to.deep.equal(theirs);
    });
  }
});

function ourScript(url: string): string {
  const nodeup = { urls: [url], hash };
  return bootstrapScript({
    nodeup: { amd64: nodeup, arm64: nodeup },
    environment: [
      ["AWS_REGION", "us-east-1"],
      ["S3_ENDPOINT", "http://127.0.0.1:1"],
    ],
    proxy: undefined,
    bootConfig,
    keptSettings: "",
  });
}

async function outcome(script: (url: string) => string, replies: readonly Reply[]) {
  const server = new FlakyServer(replies);
  const sandbox = new Sandbox();
  try {
    const { status, calls, output } = await sandbox.run(script(`${await server.start()}/nodeup`));
    expect(status, output).to.equal(0);
    return {
      calls: calls.replaceAll(sandbox.root, ""),
      bootConfig: sandbox.read("opt/kops/conf/kube_env.yaml"),
      settings: sandbox.read("sysctl-calls")?.replaceAll("'", ""),
      setUpMachineId: existsSync(sandbox.path("machine-id-set-up")),
      ranCorruptFile: existsSync(sandbox.path("corrupt-nodeup-ran")),
    };
  } finally {
    await server.stop();
    sandbox.remove();
  }
}

/** The text that kOps 1.36.2 fills in, read from its source where the tools are built from. */
function kopsTemplate(): string {
  const cwd = resolve(__dirname, "../../tools/kops");
  const folder = execFileSync("go", ["list", "-m", "-f", "{{.Dir}}", "k8s.io/kops"], { cwd, encoding: "utf8" }).trim();
  const source = readFileSync(join(folder, "pkg/model/resources/nodeup.go"), "utf8");
  const text = /var nodeUpTemplate = `([^`]*)`/.exec(source)?.[1];
  if (text === undefined) throw new Error("kOps's script is not where it was");
  return text;
}

function filledTemplate(template: string, url: string): string {
  const settings = [
    "net.core.rmem_max=16777216",
    "net.core.wmem_max=16777216",
    "net.ipv4.tcp_rmem='4096 87380 16777216'",
    "net.ipv4.tcp_wmem='4096 87380 16777216'",
  ];
  const values: Readonly<Record<string, string>> = {
    NodeUpSourceAmd64: url,
    NodeUpSourceHashAmd64: hash,
    NodeUpSourceArm64: url,
    NodeUpSourceHashArm64: hash,
    EnvironmentVariables: "export AWS_REGION=us-east-1\nexport S3_ENDPOINT=http://127.0.0.1:1\n",
    ProxyEnv: "",
    SetSysctls: settings.map((setting) => `sysctl -w ${setting} || true\n`).join(""),
    KubeEnv: bootConfig,
  };
  const filled = template
    .replace(/\{\{- if eq GetCloudProvider[^]*?\{\{- end \}\}/, "")
    .replace(/\{\{ if CompressUserData -\}\}[^]*?\{\{- else -\}\}\n/, "")
    .replace(/\n\{\{- end \}\}/, "")
    .replace(/\{\{ (\w+) \}\}/g, (_, name: string) => values[name] ?? `(no ${name})`)
    // The servers here need no patience.
    .replaceAll("--retry-delay 10", "--retry-delay 0")
    .replaceAll("--wait=10", "--wait=0");
  expect(filled).not.to.match(/\{\{|\(no /);
  return filled;
}
