import type * as pulumi from "@pulumi/pulumi";
import type * as provider from "@pulumi/pulumi/provider";
import { guard } from "../../resources/clusterGuard";
import { deletionProtection } from "../../resources/deletionProtection";
import { etcdBackups } from "../../resources/etcdBackups";
import { Engine } from "../../resources/operation/engine";
import { karpenterMachines } from "../../resources/karpenter/karpenterMachines";
import type { Operation, Properties } from "../../resources/operation/operation";
import { controlPlaneRoll } from "../../resources/rolls/controlPlaneRoll";
import { recordedValidation } from "../../resources/recordedValidation";
import { workerRoll } from "../../resources/rolls/workerRoll";
import type { KopsKarpenterClusterArgs } from "../../schema/inputs.gen";
import { withKnownValues } from "./knownInputs";
import { asEngineShows, judgeInputs } from "./inputErrors";
import {
  clusterToken,
  deletionProtectionToken,
  etcdBackupsToken,
  guardToken,
  machinesToken,
  rollToken,
  validationToken,
  workerRollToken,
} from "../../model/tokens";

const operations: Readonly<Record<string, Operation>> = {
  [rollToken]: controlPlaneRoll(),
  [workerRollToken]: workerRoll(),
  [machinesToken]: karpenterMachines(),
  [guardToken]: guard,
  [deletionProtectionToken]: deletionProtection,
  [etcdBackupsToken]: etcdBackups,
  [validationToken]: recordedValidation(),
};

type ClusterModule = typeof import("../cluster");

/** Maps the type tokens of this package to what serves them. */
export class KopsKarpenterProvider implements provider.Provider {
  private readonly engine: Engine;

  constructor(
    readonly version: string,
    readonly schema: string,
    engineAddress: string | undefined,
  ) {
    this.engine = new Engine(engineAddress);
  }

  /** Called when the user interrupts the engine, and by every engine when it is done. */
  cancel(): Promise<void> {
    this.engine.cancel();
    return Promise.resolve();
  }

  construct(
    name: string,
    type: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
  ): Promise<provider.ConstructResult> {
    return this.engine.unlessCancelled(`while describing ${name}`, this.constructed(name, type, inputs, options));
  }

  private async constructed(
    name: string,
    type: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
  ): Promise<provider.ConstructResult> {
    if (type !== clusterToken) {
      throw new Error(`unknown component type ${type}; this package has ${clusterToken}`);
    }
    const known = await withKnownValues(inputs);
    const aws = awsOptions(options);
    const { isSound, findings } = await judgeInputs(inputs, known, aws);
    const judged = asEngineShows(known, findings);
    if (!isSound) {
      await judged;
    }
    // AWS's provider starts, and answers, while the cluster is described.
    const accepted = ifAny(judged);
    const { KopsKarpenterCluster } = await loadCluster();
    const described = () =>
      withShortStacks(
        () =>
          new KopsKarpenterCluster(
            name,
            inputs as unknown as KopsKarpenterClusterArgs,
            registeredAfter(accepted, options),
            accepted,
          ),
      );
    // What takes the plans to be judged is judged there.
    const cluster = await asEngineShows(known, described);
    await judged;
    return { urn: cluster.urn, state: cluster.outputs };
  }

  check(urn: pulumi.URN, olds: Properties, news: Properties): Promise<provider.CheckResult> {
    const { inputs, failures } = operation(urn).check(urn, olds, news);
    return Promise.resolve({ inputs, failures: [...failures] });
  }

  diff(_id: pulumi.ID, urn: pulumi.URN, olds: Properties, news: Properties): Promise<provider.DiffResult> {
    return Promise.resolve(operation(urn).diff(olds, news, this.engine.run(urn)));
  }

  /** Without properties for a resource of which the engine has only the id: `pulumi import`. */
  async read(id: pulumi.ID, urn: pulumi.URN, properties: Properties): Promise<provider.ReadResult> {
    const found = operation(urn);
    if (Object.keys(properties).length === 0) {
      const imported = found.imported?.(id);
      return { id: imported?.id ?? id, props: imported?.properties ?? {}, inputs: imported?.properties };
    }
    return { id, props: (await found.read?.(properties, this.engine.run(urn))) ?? properties };
  }

  create(urn: pulumi.URN, inputs: Properties): Promise<provider.CreateResult> {
    return operation(urn).create(inputs, this.engine.run(urn));
  }

  update(_id: pulumi.ID, urn: pulumi.URN, olds: Properties, news: Properties): Promise<provider.UpdateResult> {
    return operation(urn).update(olds, news, this.engine.run(urn));
  }

  delete(_id: pulumi.ID, urn: pulumi.URN, properties: Properties): Promise<void> {
    return operation(urn).delete(properties, this.engine.run(urn));
  }
}

/** The AWS provider that the component's children get: the engine hands over those of its parents too. */
function awsOptions({ providers }: pulumi.ComponentResourceOptions): pulumi.InvokeOptions {
  const provider = (providers as Readonly<Record<string, pulumi.ProviderResource>> | undefined)?.["aws"];
  return provider === undefined ? {} : { provider };
}

/** Most of the plugin's code, which nothing needs until the first look-ups are on their way. */
async function loadCluster(): Promise<ClusterModule> {
  await new Promise(setImmediate);
  // Node's import() would load what the file needs again, by the path of a symbolic link that leads to it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require("../cluster") as ClusterModule;
}

/** The value, or nothing, ever: that there is none is said elsewhere. */
function ifAny<T>(value: Promise<T>): Promise<T> {
  return new Promise((resolve) => {
    value.then(resolve, () => undefined);
  });
}

/** A mistake in the inputs leaves no trace in the state: nothing is registered before the component, which waits. */
function registeredAfter(
  accepted: Promise<unknown>,
  { dependsOn, ...options }: pulumi.ComponentResourceOptions,
): pulumi.ComponentResourceOptions {
  // Of the SDK's server it is a list.
  const resources = Array.isArray(dependsOn) ? dependsOn : [];
  return { ...options, dependsOn: accepted.then<pulumi.Input<pulumi.Resource>[]>(() => resources) };
}

/**
 * Pulumi records a stack for each property of each resource that it may have to wait for. Ten frames of each take more
 * time than everything else in constructing a cluster; one frame says which property it was.
 */
function withShortStacks<T>(construct: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 1;
  try {
    return construct();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`. */
function operation(urn: string): Operation {
  const type = urn.split("::")[2]?.split("$").pop() ?? "";
  const found = operations[type];
  if (found === undefined) {
    throw new Error(`unknown resource type ${type}; this package has ${Object.keys(operations).join(", ")}`);
  }
  return found;
}
