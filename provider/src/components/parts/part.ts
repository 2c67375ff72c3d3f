import * as pulumi from "@pulumi/pulumi";
import type { ResolvedCluster } from "../../model/cluster";
import { partToken } from "../../model/tokens";

/** What every part of the cluster is made from. */
export interface ClusterContext {
  /** The component's own logical name; the names of its children start with it. */
  readonly name: string;
  readonly cluster: ResolvedCluster;
  readonly parent: pulumi.Resource;
}

/** Where a resource of a part belongs: its name and its parent. */
export interface Scope {
  readonly childName: (role: string) => string;
  readonly child: pulumi.CustomResourceOptions;
}

/** A part of the cluster: groups its resources in the tree, so that a preview of 150 resources can be read. */
export abstract class Part extends pulumi.ComponentResource {
  protected readonly prefix: string;

  protected constructor(part: string, context: ClusterContext) {
    super(partToken(part), `${context.name}-${part}`, {}, { parent: context.parent });
    this.prefix = context.name;
  }

  /** `<component>-<role>[-<stable key>]`: a contract, since the engine knows resources by it. */
  protected childName(role: string, key?: string): string {
    return key === undefined ? `${this.prefix}-${role}` : `${this.prefix}-${role}-${key}`;
  }

  protected get child(): pulumi.CustomResourceOptions {
    return { parent: this };
  }

  /** For what several parts make in the same way. */
  protected get scope(): Scope {
    return { childName: (role) => this.childName(role), child: this.child };
  }
}
