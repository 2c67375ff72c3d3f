/** What lets the first update of a cluster that was taken over leave its instances and its Karpenter alone. */
import type { Fields } from "../../encode/fields";
import { fieldsOf } from "../fields";

/**
 * The component would replace the control plane's instances, whose bootstrap script has another text than kOps's, and install
 * Karpenter over kOps's addon, which would then replace the nodes for the same reason. Whoever wants that takes the settings
 * out.
 */
export function quiet(inputs: Fields): Fields {
  const { rollingUpdate } = inputs;
  const karpenter = fieldsOf(inputs["karpenter"]);
  return {
    ...inputs,
    ...(karpenter["enabled"] !== false ? { nodeGroups: kept(fieldsOf(inputs["nodeGroups"])) } : {}),
    rollingUpdate: { ...fieldsOf(rollingUpdate), strategy: "manual" },
    ...(karpenter["enabled"] !== false ? { karpenter: { ...karpenter, install: false } } : {}),
  };
}

/** Groups whose nodes Karpenter disrupts in no way. */
function kept(groups: Fields): Fields {
  const pools = (name: string): Fields => ({ [name]: { disruption: { budgets: [{ nodes: "0" }] } } });
  return Object.fromEntries(
    Object.entries(groups).map(([name, group]) => {
      const fields = fieldsOf(group);
      return [name, fields["manager"] === "CloudGroup" ? fields : { ...fields, nodePools: pools(name) }] as const;
    }),
  );
}
