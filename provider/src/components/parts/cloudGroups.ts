import type * as pulumi from "@pulumi/pulumi";
import { LifecycleHook } from "@pulumi/aws/autoscaling/lifecycleHook";
import { cloudGroups, usesApi, type ResolvedCloudGroup, type ResolvedCluster } from "../../model/cluster";
import { waitsForNodeup, warmPoolOf } from "../../model/warmPool";
import { hasNodeTerminationHandler } from "../../model/nodeTermination";
import { percentOrCount } from "../../model/rollingUpdate";
import { cloudGroupRows } from "../../plan/cloudGroups";
import { nodeUserData } from "../../render/bootstrap/artifacts";
import type { RolledGroup } from "../../resources/rolls/controlPlaneRoll";
import { WorkerRoll, type WorkerRollArgs } from "../../resources/rolls/workerRoll";
import { matchesPath } from "../../validate/changes/paths";
import { autoscalingGroup, launchTemplate, type InstanceArgs } from "../builders/autoscaling";
import { byRef, requireRef } from "../builders/references";
import { rollArgs, rolledGroup } from "../builders/rolls";
import type { Renderer } from "../renderer";
import { ClusterChild, type ClusterContext } from "./clusterChild";

export interface CloudGroupsArgs extends InstanceArgs {
  readonly renderer: Renderer;
  readonly kubeconfig: pulumi.Output<string>;
  readonly keyName: pulumi.Output<string> | undefined;
  /** The control plane at its version, and what workers are told. */
  readonly dependsOn: readonly pulumi.Resource[];
  /** It takes over the pods of groups that are removed. */
  readonly karpenter: pulumi.Resource | undefined;
}

/** The workers that Auto Scaling groups launch. */
export class CloudGroups extends ClusterChild {
  /** Names of the Auto Scaling groups, by instance group. */
  readonly groupNames: Readonly<Record<string, pulumi.Output<string>>>;
  /** What tells a group's outdated instances, by instance group. */
  readonly rolled: Readonly<Record<string, RolledGroup>>;

  static ifAny(context: ClusterContext, args: CloudGroupsArgs): CloudGroups | undefined {
    const { cluster } = context;
    const isNeeded = cloudGroups(cluster).length > 0 || (rolls(cluster) && mayRemove(cluster));
    return isNeeded ? new CloudGroups(context, args) : undefined;
  }

  constructor(context: ClusterContext, args: CloudGroupsArgs) {
    super("cloud-groups", context);
    const rows = cloudGroupRows(context.cluster);
    const scope = { ...this.scope, child: { ...this.child, dependsOn: [...args.dependsOn] } };
    const templates = byRef(rows.launchTemplates, (row) => {
      const userData = args.renderer.text(nodeUserData(row.ref));
      return launchTemplate(scope, args, row, args.keyName, userData);
    });
    const groups = byRef(rows.autoscalingGroups, (row) =>
      autoscalingGroup(scope, args, row, requireRef(templates, row.ref), [], args.dependsOn),
    );
    const hooks = rows.hooks.map(({ key, group, args: hook }) => {
      const autoscalingGroupName = requireRef(groups, group).name;
      return new LifecycleHook(this.childName(key), { ...hook, autoscalingGroupName }, this.child);
    });
    this.groupNames = byRef(rows.autoscalingGroups, ({ ref }) => requireRef(groups, ref).name);
    this.rolled = byRef(rows.autoscalingGroups, ({ ref }) =>
      rolledGroup(requireRef(groups, ref), requireRef(templates, ref)),
    );
    if (rolls(context.cluster)) this.roll(context.cluster, args, [...Object.values(groups), ...hooks]);
    this.registerOutputs({ groupNames: this.groupNames });
  }

  private roll(
    cluster: ResolvedCluster,
    { renderer, kubeconfig, karpenter }: CloudGroupsArgs,
    dependsOn: readonly pulumi.Resource[],
  ): void {
    const { controlPlaneIntervalSeconds: _ofControlPlane, ...rollingUpdate } = cluster.rollingUpdate;
    const limited = cloudGroups(cluster).map((group) => {
      const { name, settings } = group;
      const { rollingUpdate: given } = settings;
      const limits = { ...share("maxSurge", given), ...share("maxUnavailable", given) };
      return [name, { ...requireRef(this.rolled, name), limits, ...warmPool(group) }] as const;
    });
    new WorkerRoll(
      this.childName("worker-roll"),
      {
        ...rollArgs(this, { cluster, renderer, kubeconfig }),
        groups: Object.fromEntries(limited),
        rollingUpdate,
        // The user's CNI comes after this component, and nodes become ready after the CNI.
        awaitNodes: usesApi(cluster) && cluster.cni !== "none",
        ...(hasNodeTerminationHandler(cluster) ? { terminationHandler: true } : {}),
        timeoutSeconds: cluster.readiness.timeoutSeconds,
      },
      { ...this.child, dependsOn: [...dependsOn, ...(karpenter === undefined ? [] : [karpenter])] },
    );
  }
}

function warmPool(group: ResolvedCloudGroup): Pick<WorkerRollArgs["groups"][string], "warmPool"> {
  return warmPoolOf(group) === undefined ? {} : { warmPool: { waitsForNodeup: waitsForNodeup(group) } };
}

type Limits = WorkerRollArgs["groups"][string]["limits"];

function share(name: keyof Limits, given: { readonly [Name in keyof Limits]?: string | undefined } = {}): Limits {
  const text = given[name];
  const value = text === undefined ? undefined : percentOrCount(text);
  return value === undefined ? {} : { [name]: value };
}

function rolls(cluster: ResolvedCluster): boolean {
  return !cluster.readiness.skip;
}

/** The nodes of a group that is removed, or that Karpenter takes over, are drained first: such an update is acknowledged. */
function mayRemove({ acknowledged }: ResolvedCluster): boolean {
  return acknowledged.some((path) => matchesPath("nodeGroups.*", path) || matchesPath("nodeGroups.*.manager", path));
}
