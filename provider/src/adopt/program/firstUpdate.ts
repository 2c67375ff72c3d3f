/** What lets the first update of a cluster that was taken over leave its instances and its Karpenter alone. */
import type { Fields } from "../../encode/fields";
import { fieldsOf } from "../fields";

/**
 * The component would replace the control plane's instances, whose bootstrap script has another text than kOps's, and install
 * Karpenter over kOps's addon. Whoever wants that takes the two settings out.
 */
export function quiet(inputs: Fields): Fields {
  const { rollingUpdate } = inputs;
  const karpenter = fieldsOf(inputs["karpenter"]);
  return {
    ...inputs,
    rollingUpdate: { ...fieldsOf(rollingUpdate), strategy: "manual" },
    ...(karpenter["enabled"] !== false ? { karpenter: { ...karpenter, install: false } } : {}),
  };
}
