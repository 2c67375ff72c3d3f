/** Wrong programs in TypeScript that compile, since their inputs, read from a file for example, have no types. */
import * as pulumi from "@pulumi/pulumi";

type Untyped = any; // eslint-disable-line @typescript-eslint/no-explicit-any

export interface Sdk {
  readonly KopsKarpenterCluster: new (name: string, args: Untyped) => object;
}

const good = { clusterName: "wrong.example.com", zones: ["us-east-1a"] };

export const programs: Readonly<Record<"output" | "wrongType" | "validation", (sdk: Sdk) => void>> = {
  output: ({ KopsKarpenterCluster }) => {
    new KopsKarpenterCluster("cluster", { ...good, clusterName: pulumi.secret("wrong.example.com") });
  },
  wrongType: ({ KopsKarpenterCluster }) => {
    new KopsKarpenterCluster("cluster", { ...good, ...JSON.parse('{ "kubernetesVersion": 1.35 }') });
  },
  validation: ({ KopsKarpenterCluster }) => {
    new KopsKarpenterCluster("cluster", { ...good, nodeGroups: { nodes: { minSize: 3, maxSize: 1 } } });
  },
};
