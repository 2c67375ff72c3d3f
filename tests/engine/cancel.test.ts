/** One Ctrl-C at each kind of wait: it ends within two seconds, and the same command goes on afterwards. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import type { Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { machinesToken, rollToken } from "../../provider/src/model/tokens";
import { inlineStack } from "../support/inlineStack";
import { repository, useLocalCloud } from "../support/localCloud";
import { ApiServer, items, type Answers } from "../unit/resources/apiServer";
import { failureOf } from "../unit/resources/testRun";

const nodesPath = "/api/v1/nodes?labelSelector=node-role.kubernetes.io/control-plane";
const claimsPath = "/apis/karpenter.sh/v1/nodeclaims";
const controllerPath = "/apis/apps/v1/namespaces/kube-system/deployments/karpenter";

type Command = "up" | "destroy";
interface Resource {
  readonly type: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

describe("one interrupt", function () {
  this.timeout(120_000);
  const cloud = useLocalCloud({ checkpoints: true });
  /** What the API answers; tests change it. */
  const answers: Answers = {};
  let api: ApiServer;
  let stack: Stack;
  let kubernetesVersion = "1.35.6";

  before(async () => {
    api = await ApiServer.start(answers);
    const workDir = join(cloud.dir, "cancel");
    mkdirSync(workDir);
    // The waits alone, as the component declares them.
    const program = (): Promise<void> => {
      const common = {
        ...{ clusterName: "c.example.com", region: "us-east-1", timeoutSeconds: 900 },
        kubeconfig: pulumi.secret(api.kubeconfig()),
      };
      const roll = { ...common, kubernetesVersion, groups: {}, awaitApi: true, rollingUpdate: { strategy: "manual" } };
      const ready = new Wait(rollToken, "ready", roll);
      new Wait(machinesToken, "machines", common, { dependsOn: ready });
      return Promise.resolve();
    };
    stack = await inlineStack(
      { projectName: "waits", stackName: "test", program },
      { workDir, envVars: { ...cloud.env, PWD: repository } },
    );
  });
  after(() => api.stop());

  it("ends the wait for the API of a new cluster", async () => {
    answers["/readyz"] = { status: 500 };
    expect(await interrupted("up")).to.include(`cancelled while waiting for the Kubernetes API at ${api.url}`);
    expect(await types()).not.to.include(rollToken);
    answers["/readyz"] = { status: 200 };
    await stack.up();
    expect(await types()).to.include(machinesToken);
  });

  it("ends the wait for the version of an upgraded control plane", async () => {
    kubernetesVersion = "1.36.1";
    const node = (version: string) => ({
      metadata: { name: "i-1" },
      status: { nodeInfo: { kubeletVersion: `v${version}` } },
    });
    answers[nodesPath] = items(node("1.35.6"));
    expect(await interrupted("up")).to.include(
      "cancelled while waiting for the control plane of c.example.com to run Kubernetes 1.36.1",
    );
    const before = (await state()).resources.find(({ type }) => type === rollToken);
    expect(before?.inputs?.["kubernetesVersion"]).to.equal("1.35.6");
    answers[nodesPath] = items(node("1.36.1"));
    expect((await stack.up()).summary.resourceChanges).to.deep.equal({ update: 1, same: 2 });
    expect((await stack.refresh()).summary.resourceChanges).to.deep.equal({ same: 3 });
    const refreshed = (await state()).resources.find(({ type }) => type === rollToken);
    // Marked, as a secret is: an export shows secrets.
    expect(refreshed?.outputs?.["kubeconfig"]).to.have.property("plaintext");
  });

  it("ends the drain of a cluster that goes", async () => {
    answers[claimsPath] = items({ metadata: { name: "a" } });
    answers[controllerPath] = { status: 200, body: { metadata: { name: "karpenter" }, spec: { replicas: 2 } } };
    expect(await interrupted("destroy")).to.include("cancelled while waiting for Karpenter to end its machines");
    expect(await types()).to.include(machinesToken);
    answers[claimsPath] = items();
    await stack.destroy();
    expect(await types()).to.deep.equal([]);
  });

  /** Interrupts the command once when it says that it waits; its error. */
  async function interrupted(command: Command): Promise<string> {
    const interrupt = new AbortController();
    let waiting = (): void => undefined;
    const waits = new Promise<void>((resolve) => (waiting = resolve));
    const running = failureOf(
      stack[command]({
        signal: interrupt.signal,
        onEvent: ({ diagnosticEvent }) => {
          if (diagnosticEvent?.message.includes("waiting for") === true) waiting();
        },
      }),
    );
    await Promise.race([waits, running]);
    interrupt.abort();
    const started = Date.now();
    const ended = await Promise.race([running, sleep(10_000, "still running")]);
    expect(Date.now() - started, ended).to.be.lessThan(2000);
    expect(ended).to.include("cancel");
    expect((await state()).pending).to.deep.equal([]);
    return ended;
  }

  async function types(): Promise<readonly string[]> {
    return (await state()).resources.map(({ type }) => type);
  }

  async function state() {
    const { deployment } = (await stack.exportStack()) as {
      deployment: { readonly resources?: readonly Resource[]; readonly pending_operations?: readonly unknown[] };
    };
    return { resources: deployment.resources ?? [], pending: deployment.pending_operations ?? [] };
  }
});

class Wait extends pulumi.CustomResource {
  constructor(token: string, name: string, inputs: pulumi.Inputs, options: pulumi.CustomResourceOptions = {}) {
    super(token, name, inputs, options);
  }
}
