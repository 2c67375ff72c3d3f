import type { YamlObject } from "../../encode/yaml";

/** kops pkg/kubemanifest/critical.go:24 */
export const criticalToleration: YamlObject = { key: "CriticalAddonsOnly", operator: "Exists" };

type HostPathType = "Directory" | "DirectoryOrCreate" | "File" | "FileOrCreate";

export function hostPathVolume(name: string, path: string, type: HostPathType): YamlObject {
  return { hostPath: { path, type }, name };
}
