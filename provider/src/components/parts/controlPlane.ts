import * as pulumi from "@pulumi/pulumi";
import { Volume } from "@pulumi/aws/ebs/volume";
import type { Group } from "@pulumi/aws/autoscaling/group";
import { KeyPair } from "@pulumi/aws/ec2/keyPair";
import { childToken, formerRollToken } from "../../model/tokens";
import { karpenterGroups, usesApi, type ResolvedCluster, type ResolvedNodePool } from "../../model/cluster";
import { controlPlaneRows, type KeyPairRow } from "../../plan/controlPlane";
import { volumeRows } from "../../plan/etcd";
import { controlPlaneUserData } from "../../render/bootstrap/artifacts";
import type { Budget } from "../../schema/types.gen";
import type { Renderer } from "../renderer";
import { ControlPlaneRoll, type ControlPlaneRollArgs, type RolledGroup } from "../../resources/rolls/controlPlaneRoll";
import type { ApiLoadBalancer } from "./apiLoadBalancer";
import { byRef, requireRef } from "../builders/references";
import { rollArgs, rolledGroup } from "../builders/rolls";
import { autoscalingGroup, launchTemplate, type InstanceArgs } from "../builders/autoscaling";
import { ClusterChild, type ClusterContext } from "./clusterChild";

export interface ControlPlaneArgs extends InstanceArgs {
  readonly apiLoadBalancer: ApiLoadBalancer;
  readonly renderer: Renderer;
  readonly kubeconfig: pulumi.Output<string>;
  /** What must be there before an instance starts: it reads the state store at once. */
  readonly dependsOn: readonly pulumi.Resource[];
}

/**
 * The control-plane nodes: etcd volumes, launch templates and one Auto Scaling group per zone. Whatever depends on it waits
 * until they run what they should, so that an upgrade never brings workers that are newer than their API server.
 */
export class ControlPlane extends ClusterChild {
  /** Names of the Auto Scaling groups, by instance group. */
  readonly groupNames: Readonly<Record<string, pulumi.Output<string>>>;
  /** What the instances of each group are started from, by instance group. */
  readonly rolled: Readonly<Record<string, RolledGroup>>;
  /** Of the SSH key, the component's or the user's; absent without one. */
  readonly keyName: pulumi.Output<string> | undefined;

  constructor(context: ClusterContext, args: ControlPlaneArgs) {
    super("control-plane", context);
    const rows = controlPlaneRows(context.cluster);
    const volumes = volumeRows(context.cluster).map(
      ({ key, args: volume }) => new Volume(this.childName(key), volume, this.irreplaceable),
    );
    const keyPair = rows.keyPair === undefined ? undefined : this.keyPair(rows.keyPair);
    const { existingKeyName } = rows;
    this.keyName = keyPair?.keyName ?? (existingKeyName === undefined ? undefined : pulumi.output(existingKeyName));
    const templates = byRef(rows.launchTemplates, (row) => {
      const userData = args.renderer.text(controlPlaneUserData(row.ref));
      return launchTemplate(this.scope, args, row, this.keyName, userData);
    });
    const dependsOn = [...volumes, ...args.apiLoadBalancer.listeners, ...args.dependsOn];
    const groups = byRef(rows.autoscalingGroups, (row) => {
      const targets = row.targetGroups.map((group) => args.apiLoadBalancer.targetGroupArn(group));
      return autoscalingGroup(
        { ...this.scope, child: this.irreplaceable },
        args,
        row,
        requireRef(templates, row.ref),
        targets,
        dependsOn,
      );
    });
    this.groupNames = byRef(rows.autoscalingGroups, ({ ref }) => requireRef(groups, ref).name);
    this.rolled = byRef(rows.autoscalingGroups, ({ ref }) =>
      rolledGroup(requireRef(groups, ref), requireRef(templates, ref)),
    );
    if (!context.cluster.readiness.skip) this.roll(context, args, Object.values(groups));
    this.registerOutputs({ groupNames: this.groupNames });
  }

  private roll(
    { cluster, parent }: ClusterContext,
    { kubeconfig, iam, network, firewall, apiLoadBalancer, renderer }: ControlPlaneArgs,
    groups: readonly Group[],
  ): void {
    const { nodeIntervalSeconds: _ofWorkers, ...rollingUpdate } = cluster.rollingUpdate;
    const former = {
      name: this.childName("api-readiness"),
      type: formerRollToken,
      parent: pulumi.createUrn(this.childName("workers"), childToken("workers"), parent),
    };
    new ControlPlaneRoll(
      this.childName("control-plane-roll"),
      {
        ...rollArgs(this, { cluster, renderer, kubeconfig }),
        groups: this.rolled,
        rollingUpdate,
        awaitApi: usesApi(cluster),
        ...keptPools(cluster),
        timeoutSeconds: cluster.readiness.timeoutSeconds,
      },
      {
        ...this.child,
        aliases: [former],
        // What an API needs to answer.
        dependsOn: [...groups, iam, network, firewall, apiLoadBalancer],
      },
    );
  }

  private keyPair(row: KeyPairRow): KeyPair {
    const publicKey = pulumi.output(row.args.publicKey);
    const keyName = publicKey.apply((key) => row.name(key));
    return new KeyPair(this.childName(row.key), { ...row.args, keyName, publicKey }, this.child);
  }
}

/** A property that clusters without such pools have never had. */
function keptPools(cluster: ResolvedCluster): Pick<ControlPlaneRollArgs, "keptPools"> {
  const pools = karpenterGroups(cluster).flatMap(({ nodePools }) => nodePools.filter(isKept).map(({ name }) => name));
  return pools.length === 0 ? {} : { keptPools: pools };
}

/** A budget of none at any time and for any reason. */
function isKept({ disruption }: ResolvedNodePool): boolean {
  const isNone = ({ nodes, schedule, reasons }: Budget): boolean =>
    (nodes === "0" || nodes === "0%") && schedule === undefined && reasons === undefined;
  return disruption?.budgets?.some(isNone) === true;
}
