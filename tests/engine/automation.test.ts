/** The Automation API examples: one protocol, three languages, each driven by requests through a process of its own. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { parse } from "yaml";
import { inventory } from "../support/inventory";
import { type LocalCloud, repository, useLocalCloud, variable } from "../support/localCloud";
import { localInputs } from "../support/pulumiProject";
import { goProgram, pythonWithSdk } from "../support/sdkPrograms";

const MINUTES = 60_000;
const examples = join(repository, "examples", "automation-api");

interface Command {
  readonly language: string;
  /** The program and its arguments; what takes long is made here. */
  readonly command: (cloud: LocalCloud) => readonly string[];
}

const commands: readonly Command[] = [
  {
    language: "TypeScript",
    command: () => {
      const folder = join("examples", "automation-api", "typescript");
      execFileSync("scripts/pack-sdk-nodejs", [folder], { cwd: repository, stdio: "pipe" });
      return ["node", "--import", require.resolve("tsx"), join(repository, folder, "service.ts")];
    },
  },
  { language: "Python", command: () => [pythonWithSdk(), join(examples, "python", "service.py")] },
  { language: "Go", command: (cloud) => [goProgram("automation-api/go", join(cloud.dir, "service"))] },
];

const mistaken = {
  zones: ["us-east-1a", "us-west-2a"],
  kubernetesVersion: "1.33.0",
  nodeGroups: { nodes: { labels: { "a b": "x\ny" }, minSize: 3, nodePools: { spot: { weight: 101 } } } },
};
const problems = [
  [
    "kubernetesVersion",
    `unsupported Kubernetes version with kOps 1.36.2, got "1.33.0"; must be a patch release of 1.34, 1.35, 1.36, such as 1.35.5`,
  ],
  [
    `nodeGroups.nodes.labels["a b"]`,
    `invalid label key, got "a b"; must be a Kubernetes name: at most 63 letters, digits, -, _ and ., with an optional DNS prefix and /`,
  ],
  [
    `nodeGroups.nodes.labels["a b"]`,
    `invalid label value, got "x\\ny"; must be at most 63 letters, digits, -, _ and ., starting and ending with a letter or digit, or empty`,
  ],
  ["nodeGroups.nodes.nodePools.spot.weight", "out of range, got 101; must be between 1 and 100"],
  [
    "nodeGroups.nodes.nodePools.spot.weight",
    "not allowed for a static pool, got 101; omit it, or omit replicas and minSize",
  ],
  ["zones[1]", `zone of another region, got "us-west-2a"; must be in region us-east-1, like the other zones`],
].map(([path, message]) => ({ path, message }));

/** What was done to a resource, or a note with a message. */
interface Step {
  readonly progress: string;
  readonly type?: string;
  readonly name?: string;
  readonly message?: string;
}

interface Reply {
  readonly progress: readonly Step[];
  readonly result: Readonly<Record<string, unknown>>;
}

/** The process of an example, asked one request at a time. */
class Service {
  readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;

  constructor(cloud: LocalCloud, [program = "", ...args]: readonly string[]) {
    this.child = spawn(program, args, { cwd: cloud.dir, env: cloud.env, stdio: ["pipe", "pipe", "inherit"] });
    this.lines = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  async ask(request: unknown): Promise<Reply> {
    this.child.stdin!.write(`${typeof request === "string" ? request : JSON.stringify(request)}\n`);
    const progress: Step[] = [];
    for (;;) {
      const { value, done } = await this.lines.next();
      if (done === true) throw new Error(`the program ended after ${JSON.stringify(request)}`);
      const message = JSON.parse(value) as Step | Reply["result"];
      if ("result" in message) return { progress, result: message };
      progress.push(message as Step);
    }
  }

  /** Ends the input; the exit code. */
  async end(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.child.once("close", resolve));
    this.child.stdin!.end();
    return ended;
  }
}

interface Mirror {
  readonly url: string;
  /** Lets requests wait until the release; no cluster is finished without what they ask for. */
  hold(): { readonly reached: Promise<void>; readonly release: () => void };
  end(): void;
}

/** Passes on what another server has. */
async function mirrorOf(origin: string): Promise<Mirror> {
  let passing: Promise<void> = Promise.resolve();
  let arrived = (): void => undefined;
  const server = createServer((request, response) => {
    arrived();
    void passing
      .then(() => fetch(new URL(request.url ?? "", origin)))
      .then(async (answer) => response.writeHead(answer.status).end(await answer.text()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${new URL(origin).pathname}`,
    hold: () => {
      let release = (): void => undefined;
      const reached = new Promise<void>((resolve) => (arrived = resolve));
      passing = new Promise((resolve) => (release = resolve));
      return { reached, release };
    },
    end: () => server.close(),
  };
}

describe("the Automation API examples", function () {
  this.timeout(5 * MINUTES);
  const cloud = useLocalCloud();
  let mirror: Mirror;

  before(async () => {
    mirror = await mirrorOf(variable(cloud, "KOPS_BASE_URL"));
  });
  after(() => {
    mirror.end();
  });

  for (const { language, command } of commands) {
    describe(`in ${language}`, () => {
      const clusterName = `${language.toLowerCase()}.example.com`;
      let program: readonly string[];
      let service: Service;
      let up: Record<string, unknown>;
      let empty: unknown;
      let made: Step[];

      before(async () => {
        program = command(cloud);
        service = new Service(cloud, program);
        const assets = { kopsBaseUrl: mirror.url };
        up = { action: "up", clusterName, zones: ["us-east-1a"], ...localInputs(cloud), assets };
        empty = await inventory(cloud);
      });
      after(() => {
        service.child.kill();
      });

      it("reports every problem with the inputs", async () => {
        const { result } = await service.ask({ ...up, ...mistaken });
        expect(result).to.have.keys("result", "problems");
        expect(result["result"], JSON.stringify(result)).to.equal("invalid");
        // The engine keeps no order.
        expect(result["problems"]).to.have.deep.members(problems);
        expect(await inventory(cloud)).to.deep.equal(empty);
      });

      it("names an unknown key", async () => {
        const { result } = await service.ask({ ...up, nodeGroups: { nodes: { minSzie: 1 } } });
        // Go's decoder finds it before the component can.
        expect(result["result"], JSON.stringify(result)).to.equal(language === "Go" ? "failed" : "invalid");
        expect(JSON.stringify(result)).to.include("minSzie");
      });

      it("refuses malformed requests", async () => {
        for (const request of ["{", { action: "delete", clusterName }, { action: "up" }]) {
          const { progress, result } = await service.ask(request);
          expect(progress).to.deep.equal([]);
          expect(result).to.have.keys("result", "message");
          expect(result["result"], JSON.stringify(result)).to.equal("failed");
        }
      });

      it("creates the cluster, and tells another process meanwhile that it is busy", async () => {
        const { reached, release } = mirror.hold();
        const asked = service.ask(up);
        await reached;
        const other = new Service(cloud, program);
        try {
          let meanwhile: Reply["result"];
          // The first update goes on as far as it can without the mirror, and a state in a file can be read half written.
          do meanwhile = (await other.ask(up)).result;
          while (String(meanwhile["message"]).includes("failed to load checkpoint"));
          expect(meanwhile).to.deep.equal({ result: "busy" });
          expect(await other.end()).to.equal(0);
        } finally {
          other.child.kill();
          release();
        }
        const { progress, result } = await asked;
        expect(result).to.have.keys("result", "kubeconfig");
        expect(result["result"], JSON.stringify(result)).to.equal("ready");
        made = progress.filter(({ type }) => type?.startsWith("pulumi:") !== true);
        expect(made).to.have.length.greaterThan(100);
        expect(new Set(made.map((step) => step.progress))).to.deep.equal(new Set(["create"]));
        expect(made).to.deep.include({
          progress: "create",
          type: "kops-karpenter:index:KopsKarpenterCluster",
          name: "cluster",
        });
        expectSecret(cloud, clusterName, result["kubeconfig"] as string, progress);
      });

      it("changes nothing when asked again", async () => {
        const { progress, result } = await service.ask(up);
        expect(progress).to.deep.equal([]);
        expect(result["result"], JSON.stringify(result)).to.equal("ready");
      });

      it("reports what it waits for, and the engine's message when that fails", async () => {
        const { karpenter: _, ...withKarpenter } = up;
        // Karpenter needs an API, and no instance boots here.
        const { progress, result } = await service.ask({ ...withKarpenter, readiness: { timeoutSeconds: 1 } });
        const notes = progress.filter((step) => step.progress === "note");
        expect(notes[0]?.message).to.match(/^waiting for the Kubernetes API at https:\/\//);
        expect(result).to.have.keys("result", "message");
        expect(result["result"], JSON.stringify(result)).to.equal("failed");
        expect(result["message"]).to.match(/^the Kubernetes API at https:\/\/\S+ was not ready after 1 s/);
        made.push(...progress.filter((step) => step.progress === "create"));
      });

      it("destroys every resource that it created, and the stack", async () => {
        const { progress, result } = await service.ask({ action: "destroy", clusterName });
        expect(result).to.deep.equal({ result: "gone" });
        const deleted = progress.filter(({ type }) => type?.startsWith("pulumi:") !== true);
        expect(deleted).to.have.deep.members(made.map((step) => ({ ...step, progress: "delete" })));
        expect(await inventory(cloud)).to.deep.equal(empty);
        expect(stacks(cloud)).not.to.include(`${clusterName}.json`);
        expect(await service.end()).to.equal(0);
      });
    });
  }
});

function stackFolder(cloud: LocalCloud): string {
  return join(fileURLToPath(variable(cloud, "PULUMI_BACKEND_URL")), ".pulumi", "stacks", "clusters");
}

function stacks(cloud: LocalCloud): readonly string[] {
  return readdirSync(stackFolder(cloud));
}

/** A kubeconfig for the cluster, whose key is neither in the state nor in the progress. */
function expectSecret(cloud: LocalCloud, name: string, kubeconfig: string, progress: readonly Step[]): void {
  const { users } = parse(kubeconfig) as { users: { user: Record<string, string> }[] };
  const key = users[0]?.user["client-key-data"] ?? "";
  expect(key).to.match(/^[A-Za-z0-9+/]{100,}=*$/);
  const state = readFileSync(join(stackFolder(cloud), `${name}.json`), "utf8");
  expect(state).to.include(name).and.not.to.include(key);
  expect(JSON.stringify(progress)).not.to.include(key);
}
