export const tags = (name: string): Record<string, string> => ({ Name: name, KubernetesCluster: "c.example.com" });
