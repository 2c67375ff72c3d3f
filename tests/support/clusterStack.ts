/** A stack of one cluster, registered by its type token alone, as a program without an SDK does it. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Stack } from "@pulumi/pulumi/automation";
import { inlineStack } from "./inlineStack";
import { type LocalCloud, repository, storeAccess, variable } from "./localCloud";

const token = "kops-karpenter:index:KopsKarpenterCluster";

/** A roll without the time that a real cluster gets to settle. */
export const quickRoll = {
  ...{ postDrainDelaySeconds: 0, controlPlaneIntervalSeconds: 1, nodeIntervalSeconds: 1, validateCount: 1 },
};

/** Inputs as a program passes them: outputs are welcome where the schema takes them. */
export type ClusterArguments = Readonly<Record<string, unknown>>;

class Cluster extends pulumi.ComponentResource {
  constructor(name: string, args: ClusterArguments) {
    const read = ["kubeconfig", "certificateAuthority", "stateStore", "discoveryStore"];
    const outputs = Object.fromEntries(read.map((output) => [output, undefined]));
    super(token, name, { ...outputs, ...args }, {}, true);
  }
}

export async function clusterStack(cloud: LocalCloud, args: ClusterArguments, stackName = "test"): Promise<Stack> {
  const access = storeAccess(cloud);
  const workDir = join(cloud.dir, "program", stackName);
  mkdirSync(workDir, { recursive: true });
  return inlineStack(
    {
      projectName: "cluster",
      stackName,
      program: () => {
        const assets = {
          ...(args["assets"] as object | undefined),
          kopsBaseUrl: variable(cloud, "KOPS_BASE_URL"),
          kopsSourceUrl: variable(cloud, "LOCALCLOUD_KOPS_SOURCE"),
        };
        const cluster = new Cluster("cluster", {
          ...reachableApi(cloud),
          ...args,
          assets,
          // These tests judge the AWS side and the state store; the tier "kubernetes" has a cluster to install into.
          karpenter: notInstalled(args["karpenter"] as KarpenterArguments | undefined),
          stateStoreAccess: { ...access, secretAccessKey: pulumi.secret(access.secretAccessKey) },
        });
        return Promise.resolve({ ...cluster });
      },
    },
    // The engine finds the plugin and the stand-ins on the cloud's PATH.
    { workDir, envVars: { ...cloud.env, PWD: repository } },
  );
}

interface KarpenterArguments {
  readonly enabled?: boolean;
}

function notInstalled(given: KarpenterArguments = {}): object {
  return given.enabled === false ? given : { install: false, ...given };
}

/** Where machines are simulated, their API server; elsewhere there is none to install Karpenter in, or to drain nodes by. */
function reachableApi({ env }: LocalCloud): ClusterArguments {
  const endpoint = env["LOCALCLOUD_API_ENDPOINT"];
  return endpoint === undefined ? { karpenter: { install: false }, readiness: { skip: true } } : { api: { endpoint } };
}
