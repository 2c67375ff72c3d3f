import * as pulumi from "@pulumi/pulumi";
import { Volume } from "@pulumi/aws/ebs/volume";
import { KeyPair } from "@pulumi/aws/ec2/keyPair";
import { controlPlaneRows, type KeyPairRow } from "../../plan/controlPlane";
import { volumeRows } from "../../plan/etcd";
import { controlPlaneUserData } from "../../render/bootstrap/artifacts";
import type { Renderer } from "../renderer";
import type { ApiLoadBalancer } from "./apiLoadBalancer";
import { byRef, requireRef } from "../builders/references";
import { autoscalingGroup, launchTemplate, type InstanceArgs } from "../builders/autoscaling";
import { ClusterChild, type ClusterContext } from "./clusterChild";

export interface ControlPlaneArgs extends InstanceArgs {
  readonly apiLoadBalancer: ApiLoadBalancer;
  readonly renderer: Renderer;
  /** What must be there before an instance starts: it reads the state store at once. */
  readonly dependsOn: readonly pulumi.Resource[];
}

/** The control-plane nodes: etcd volumes, launch templates and one Auto Scaling group per zone. */
export class ControlPlane extends ClusterChild {
  /** Names of the Auto Scaling groups, by instance group. */
  readonly groupNames: Readonly<Record<string, pulumi.Output<string>>>;
  /** Of the SSH key; absent without one. */
  readonly keyName: pulumi.Output<string> | undefined;

  constructor(context: ClusterContext, args: ControlPlaneArgs) {
    super("control-plane", context);
    const rows = controlPlaneRows(context.cluster);
    const volumes = volumeRows(context.cluster).map(
      ({ key, args: volume }) => new Volume(this.childName(key), volume, this.irreplaceable),
    );
    const keyPair = rows.keyPair === undefined ? undefined : this.keyPair(rows.keyPair);
    this.keyName = keyPair?.keyName;
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
    this.registerOutputs({ groupNames: this.groupNames });
  }

  private keyPair(row: KeyPairRow): KeyPair {
    const publicKey = pulumi.output(row.args.publicKey);
    const keyName = publicKey.apply((key) => row.name(key));
    return new KeyPair(this.childName(row.key), { ...row.args, keyName, publicKey }, this.child);
  }
}
