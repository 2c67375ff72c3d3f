/** The resources of a cluster are named after it: where the component had another name, they had too. */
import * as pulumi from "@pulumi/pulumi";

type Alias = pulumi.Input<pulumi.URN | pulumi.Alias>;

/**
 * Hands the component's former names on. The engine does so for what is directly below a renamed resource, and here
 * only groups are; the resources below them would all be replaced.
 */
export function withFormerNames(
  name: string,
  options: pulumi.ComponentResourceOptions = {},
): pulumi.ComponentResourceOptions {
  const formerNames = (options.aliases ?? []).flatMap((alias) => formerName(alias, name) ?? []);
  if (formerNames.length === 0) {
    return options;
  }
  const renamed: pulumi.ResourceTransformation = (child) => {
    if (!child.name.startsWith(`${name}-`)) {
      return undefined;
    }
    const suffix = child.name.slice(name.length);
    const aliases = formerNames.map((former) => ({ name: pulumi.interpolate`${former}${suffix}` }));
    return { props: child.props, opts: { ...child.opts, aliases: [...(child.opts.aliases ?? []), ...aliases] } };
  };
  return { ...options, transformations: [...(options.transformations ?? []), renamed] };
}

/** Undefined where only something else than the name was another. */
function formerName(alias: Alias, name: string): pulumi.Input<string> | undefined {
  if (typeof alias === "string") {
    return alias.slice(alias.lastIndexOf("::") + "::".length);
  }
  if (pulumi.Output.isInstance(alias) || alias instanceof Promise) {
    return pulumi.output(alias).apply((known) => pulumi.output(formerName(known, name) ?? name));
  }
  return alias.name;
}
