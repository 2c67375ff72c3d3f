/** A cluster with resource options, in TypeScript. */
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { Provider } from "@pulumi/aws/provider";
import { Queue } from "@pulumi/aws/sqs/queue";
import type * as pulumi from "@pulumi/pulumi";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { inlineStack } from "../../support/inlineStack";
import { type LocalCloud, repository } from "../../support/localCloud";
import { type Language, type Settings, stepsOf } from "./languages";

interface Sdk {
  readonly KopsKarpenterCluster: new (name: string, args: object, options: pulumi.ComponentResourceOptions) => object;
}

function program({ KopsKarpenterCluster }: Sdk, settings: Settings): void {
  const transform: pulumi.ResourceTransform = ({ type, props, opts }) => {
    if (type === "aws:ec2/subnet:Subnet" && settings.transformed) {
      return { props: { ...props, tags: { ...(props["tags"] as object), team: "a" } }, opts };
    }
    if (type !== "aws:ec2/vpc:Vpc") return undefined;
    const changed: pulumi.CustomResourceOptions = { ...opts };
    if (settings.transformed) changed.ignoreChanges = ["tags"];
    if (settings.importVpc !== "") changed.import = settings.importVpc;
    return { props, opts: changed };
  };
  const virginia = new Provider("virginia", { region: "us-east-1", defaultTags: { tags: { owner: "platform" } } });
  const first = new Queue("first", {}, { provider: virginia });
  new KopsKarpenterCluster(
    settings.name,
    {
      clusterName: settings.clusterName,
      zones: ["us-east-1a"],
      tags: settings.tags,
      assets: { kopsBaseUrl: settings.kopsBaseUrl },
      karpenter: { install: false },
      readiness: { skip: true },
    },
    {
      ...(settings.single ? { provider: virginia } : { providers: [virginia] }),
      dependsOn: [first],
      protect: settings.protect,
      aliases: settings.aliases.map((name) => ({ name })),
      transforms: [transform],
    },
  );
}

export function typescript(cloud: LocalCloud): Language {
  return async (settings) => {
    execFileSync(join(repository, "scripts", "pack-sdk-nodejs"), { stdio: "pipe" });
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const sdk = require(join(repository, "sdk", "nodejs")) as Sdk;
    const run = async (): Promise<void> => {
      program(sdk, settings);
    };
    const workDir = mkdtempSync(join(cloud.dir, "typescript-"));
    const stack = await inlineStack(
      { projectName: "options", stackName: settings.stack, program: run },
      { workDir, envVars: { ...cloud.env, PWD: repository } },
    );
    const events: EngineEvent[] = [];
    const onEvent = (event: EngineEvent): unknown => events.push(event);
    await (settings.command === "up" ? stack.up({ onEvent }) : stack.preview({ onEvent }));
    return stepsOf(events);
  };
}
