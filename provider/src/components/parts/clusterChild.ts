import * as pulumi from "@pulumi/pulumi";
import type { ResolvedCluster } from "../../model/cluster";
import { childToken } from "../../model/tokens";
import type { PendingCluster } from "../pendingCluster";
import type { Answers } from "../lookups/answers";
import type { Keeping } from "./keeping";

/** What every child component of the cluster is made from. */
export interface ClusterContext {
  /** The component's own logical name; the names of its children start with it. */
  readonly name: string;
  readonly cluster: ResolvedCluster;
  /** The same with the user's own outputs resolved, as rendering needs it. */
  readonly pending: PendingCluster;
  readonly parent: pulumi.Resource;
  readonly answers: Answers;
  readonly keeping: Keeping;
  /** Must accept the cluster before any part of it is registered. */
  readonly guard: pulumi.Resource;
}

/** Where a resource of a child component belongs: its name and its parent. */
export interface Scope {
  readonly childName: (role: string) => string;
  readonly child: pulumi.CustomResourceOptions;
  readonly answers: Answers;
}

/** Groups the resources of one concern in the tree, so that a preview of 150 resources can be read. */
export abstract class ClusterChild extends pulumi.ComponentResource {
  protected readonly prefix: string;
  protected readonly answers: Answers;
  protected readonly keeping: Keeping;

  protected constructor(kind: string, context: ClusterContext) {
    const { name, parent, guard } = context;
    // The resources of a child component wait for the component itself.
    super(childToken(kind), `${name}-${kind}`, {}, { parent, dependsOn: [guard] });
    this.prefix = context.name;
    this.answers = context.answers;
    this.keeping = context.keeping;
  }

  /** `<component>-<role>[-<stable key>]`: a contract, since the engine knows resources by it. */
  protected childName(role: string, key?: string): string {
    return key === undefined ? `${this.prefix}-${role}` : `${this.prefix}-${role}-${key}`;
  }

  protected get child(): pulumi.CustomResourceOptions {
    return { parent: this };
  }

  /** For what the cluster cannot lose. */
  protected get irreplaceable(): pulumi.CustomResourceOptions {
    return { ...this.child, ...this.keeping.irreplaceable };
  }

  /** For what several child components make in the same way. */
  protected get scope(): Scope {
    return { childName: (role) => this.childName(role), child: this.child, answers: this.answers };
  }
}
