import * as pulumi from "@pulumi/pulumi";
import { KopsKarpenterCluster, type KopsKarpenterClusterArgs } from "@kops-karpenter/sdk";

const config = new pulumi.Config();

const cluster = new KopsKarpenterCluster("quickstart", {
  clusterName: config.get("clusterName") ?? "quickstart.example.com",
  zones: ["us-east-1a"],
  // Endpoints of the local cloud. Not set on AWS.
  ...config.getObject<Partial<KopsKarpenterClusterArgs>>("localCloud"),
});

export const apiEndpoint = cluster.apiEndpoint;
export const stateStore = cluster.stateStore;
export const kubeconfig = cluster.kubeconfig;
