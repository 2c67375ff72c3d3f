/** A stack for each base, whose program runs in the test's own process: what an update of it would do, and what it did. */
import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { KopsKarpenterCluster, type KopsKarpenterClusterArgs } from "../../../provider/src";
import type { ProgramInputs } from "../../support/programInputs";
import { inlineStack } from "../../support/inlineStack";
import { type LocalCloud, repository } from "../../support/localCloud";

const run = promisify(execFile);

/** What happens to one resource; nothing happens to the others. */
export interface Step {
  readonly op: string;
  readonly type: string;
  readonly name: string;
  readonly before: ProgramInputs;
  readonly after: ProgramInputs;
}

export class ClusterStack {
  private constructor(
    private readonly stack: Stack,
    private readonly place: { readonly workDir: string; readonly env: Readonly<Record<string, string>> },
    private readonly use: (inputs: ProgramInputs) => void,
  ) {}

  static async create(cloud: LocalCloud, name: string): Promise<ClusterStack> {
    let inputs: ProgramInputs = {};
    const program = (): Promise<void> => {
      new KopsKarpenterCluster("cluster", inputs as unknown as KopsKarpenterClusterArgs);
      return Promise.resolve();
    };
    const workDir = join(cloud.dir, name);
    mkdirSync(workDir);
    const env = { ...cloud.env, PWD: repository };
    const stack = await inlineStack({ projectName: "effects", stackName: name, program }, { workDir, envVars: env });
    return new ClusterStack(stack, { workDir, env }, (next) => {
      inputs = next;
    });
  }

  async steps(inputs: ProgramInputs): Promise<readonly Step[]> {
    this.use(inputs);
    const events: EngineEvent[] = [];
    await this.stack.preview({ onEvent: (event) => events.push(event) });
    return stepsIn(events);
  }

  async up(inputs: ProgramInputs): Promise<readonly Step[]> {
    this.use(inputs);
    const events: EngineEvent[] = [];
    await this.stack.up({ onEvent: (event) => events.push(event) });
    return stepsIn(events);
  }

  /** What the guard says of an update that it stops, a line for each problem. */
  async refusal(inputs: ProgramInputs): Promise<readonly string[]> {
    this.use(inputs);
    const events: EngineEvent[] = [];
    let failure: unknown;
    try {
      await this.stack.up({ onEvent: (event) => events.push(event) });
    } catch (error) {
      failure = error;
    }
    const found = events.flatMap(({ diagnosticEvent }) => {
      const [, problem] =
        /ClusterGuard resource '[^']+' has a problem: (.*)/.exec(diagnosticEvent?.message ?? "") ?? [];
      return problem === undefined ? [] : [problem];
    });
    // Another failure than the guard's, or none, would say nothing.
    if (found.length === 0) throw new Error("the guard stopped nothing", { cause: failure });
    return found.sort();
  }

  /** All of the state but the ciphertexts, which differ each time it is written; a line for each resource. */
  async state(): Promise<readonly string[]> {
    const args = ["stack", "export", "--show-secrets", "--stack", this.stack.name];
    const { workDir, env } = this.place;
    const { stdout } = await run("pulumi", args, { cwd: workDir, env: { ...env, PWD: workDir }, maxBuffer: 2 ** 28 });
    const { deployment } = JSON.parse(stdout) as { deployment: { resources: object[] } };
    return deployment.resources.map((resource) => JSON.stringify(resource)).sort();
  }
}

function stepsIn(events: readonly EngineEvent[]): readonly Step[] {
  return events.flatMap(({ resourcePreEvent }) => {
    if (resourcePreEvent === undefined) return [];
    const { type, urn, old, new: next } = resourcePreEvent.metadata;
    const op: string = resourcePreEvent.metadata.op;
    if (op === "same" || op === "read") return [];
    const name = urn.slice(urn.lastIndexOf("::") + 2);
    return [{ op, type, name, before: inputsOf(old), after: inputsOf(next) }];
  });
}

function inputsOf(state: { readonly inputs: unknown } | undefined): ProgramInputs {
  return (state?.inputs ?? {}) as ProgramInputs;
}
