import * as pulumi from "@pulumi/pulumi";
import type { RuntimeFacts } from "../model/runtime";
import type { Text } from "../render/artifact";
import type { PendingCluster } from "./pendingCluster";

/** Every fact as an output of its own, so that a text waits for the facts it needs and is secret only when one is. */
export type Pending<Facts> = { readonly [Name in keyof Facts]: pulumi.Output<Facts[Name]> };

/** Renders the texts of a cluster, each once. */
export class Renderer {
  private readonly rendered = new Map<string, pulumi.Output<string>>();

  constructor(
    readonly cluster: PendingCluster,
    readonly facts: Pending<RuntimeFacts>,
  ) {}

  text(text: Text): pulumi.Output<string> {
    const rendered = this.rendered.get(text.key) ?? this.render(text);
    this.rendered.set(text.key, rendered);
    return rendered;
  }

  private render(text: Text): pulumi.Output<string> {
    const read = pulumi.all((text.reads ?? []).map((each) => this.text(each)));
    const values = pulumi.all([chosen(this.facts, text.needs), read]);
    return this.cluster.with(values, (cluster, [facts, texts]) => text.render(cluster, facts, ...texts));
  }
}

/** Some of the facts, once they are known; what is made of them asks for no others. */
export function chosen<Facts>(facts: Pending<Facts>, needs: readonly (keyof Facts)[]): pulumi.Output<Facts> {
  const entries = needs.map((need) => [need, facts[need]] as const);
  return pulumi.output(Object.fromEntries(entries)) as unknown as pulumi.Output<Facts>;
}
