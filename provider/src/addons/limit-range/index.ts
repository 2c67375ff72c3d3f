import { object, type KubernetesObject } from "../objects/objects";

export function limitRangeObjects(): readonly KubernetesObject[] {
  const limits = [{ defaultRequest: { cpu: "100m" }, type: "Container" }];
  return [object("v1", "LimitRange", { name: "limits", namespace: "default" }, { spec: { limits } })];
}
