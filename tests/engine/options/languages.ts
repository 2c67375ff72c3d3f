/** The same cluster with resource options, as a program in each language. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { LocalCloud } from "../../support/localCloud";
import { type Program, type yamlProject } from "../../support/pulumiProject";
import { answerOf, goProgram, pythonWithSdk } from "../../support/sdkPrograms";

export interface Settings {
  readonly command: "up" | "preview";
  readonly stack: string;
  /** The component's name, and those that it had. */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly protect: boolean;
  /** Of the cluster. */
  readonly tags: Readonly<Record<string, string>>;
  /** Whether transforms give the subnet another tag, and have changes of the VPC's tags ignored. */
  readonly transformed: boolean;
  /** The VPC that a transform imports; empty for none. */
  readonly importVpc: string;
  readonly clusterName: string;
  /** Whether the option that gives the provider is `provider`, not `providers`. */
  readonly single: boolean;
  readonly kopsBaseUrl: string;
}

/** What a run does, or would do, to a resource. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly provider: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export type Language = (settings: Settings) => Promise<readonly Step[]>;

export function stepsOf(events: readonly EngineEvent[]): readonly Step[] {
  return events.flatMap(({ resourcePreEvent }) => {
    if (resourcePreEvent === undefined) return [];
    const { op, urn, new: next } = resourcePreEvent.metadata;
    return [{ op, urn, provider: next?.provider ?? "", inputs: next?.inputs ?? {} }];
  });
}

async function printed(cloud: LocalCloud, command: string, ...args: readonly string[]): Promise<readonly Step[]> {
  return (await answerOf(cloud, cloud.dir, command, ...args)) as Step[];
}

export function python(cloud: LocalCloud): Language {
  return (settings) => printed(cloud, pythonWithSdk(), join(__dirname, "program.py"), JSON.stringify(settings));
}

export function go(cloud: LocalCloud): Language {
  let program: string | undefined;
  return (settings) => {
    const options = readFileSync(join(__dirname, "program.go.txt"), "utf8");
    program ??= goProgram("go", join(cloud.dir, "go-options"), { "options.go": options });
    return printed(cloud, program, JSON.stringify(settings));
  };
}

/** Without transforms, which YAML does not have. */
export function yaml(project: Awaited<ReturnType<typeof yamlProject>>): Language {
  return async (settings) => {
    project.write(yamlProgram(settings));
    const log = join(project.folder, "events");
    await project.run(
      settings.command,
      ...(settings.command === "up" ? ["--yes", "--skip-preview"] : []),
      "--event-log",
      log,
    );
    const lines = readFileSync(log, "utf8").trim().split("\n");
    return stepsOf(lines.map((line) => JSON.parse(line) as EngineEvent));
  };
}

export function yamlProgram(settings: Omit<Settings, "kopsBaseUrl">): Program {
  const { name, clusterName, aliases, protect, tags, single } = settings;
  return {
    name: "options",
    resources: {
      virginia: {
        type: "pulumi:providers:aws",
        properties: { region: "us-east-1", defaultTags: { tags: { owner: "platform" } } },
      },
      first: { type: "aws:sqs:Queue", options: { provider: "${virginia}" } },
      [name]: {
        type: "kops-karpenter:KopsKarpenterCluster",
        properties: { clusterName, zones: ["us-east-1a"], tags },
        options: {
          ...(single ? { provider: "${virginia}" } : { providers: ["${virginia}"] }),
          dependsOn: ["${first}"],
          protect,
          aliases: aliases.map((former) => ({ name: former })),
          ignoreChanges: ["tags"],
        },
      },
    },
  };
}
