/** Real kOps judges the pod networks: one cluster that changes from each to the next. */
import type { Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { clusterStack, type ClusterArguments } from "../support/clusterStack";
import { parseDryRun, unexpected } from "../support/dryRun";
import { KopsCommand } from "../support/kopsCommand";
import { useLocalCloud } from "../support/localCloud";
import { CLUSTER } from "./clusters";

const MINUTES = 60_000;

const networks: Readonly<Record<string, ClusterArguments>> = {
  kindnet: { cni: "kindnet" },
  "Calico with WireGuard and Typha": { cni: "calico", calico: { wireguardEnabled: true, typhaReplicas: 1 } },
  "Amazon VPC": { cni: "amazonvpc", amazonVPC: { env: [{ name: "ENABLE_PREFIX_DELEGATION", value: "true" }] } },
  "Cilium with Hubble and WireGuard": {
    cilium: { hubble: { metrics: ["drop"] }, encryptionType: "wireguard", nodeEncryption: true },
  },
  "Cilium with Gateway API, Ingress and metrics": {
    cilium: {
      gatewayAPI: {},
      ingress: {},
      enablePrometheusMetrics: true,
      tunnel: "geneve",
      bpfLBSock: false,
      operatorPodAnnotations: {},
      extraConfig: { "enable-bandwidth-manager": "true" },
    },
  },
};

describe("kOps and the component, on each pod network", function () {
  this.timeout(4 * MINUTES);
  const cloud = useLocalCloud();
  let stack: Stack;

  for (const [title, inputs] of Object.entries(networks)) {
    it(`kOps has nothing to change except the allowed differences: ${title}`, async () => {
      stack = await clusterStack(cloud, {
        clusterName: CLUSTER,
        zones: ["us-east-1a"],
        acknowledge: ["cni", "cilium.tunnel"],
        ...inputs,
      });
      const { outputs } = await stack.up();
      const kops = new KopsCommand(cloud, CLUSTER, {
        state: outputs["stateStore"]?.value as string,
        discovery: outputs["discoveryStore"]?.value as string,
      });
      expect(unexpected(parseDryRun(await kops.dryRun()))).to.deep.equal([]);
    });
  }

  it("the last one needs no further update", async () => {
    expect((await stack.preview()).changeSummary).to.have.all.keys("same");
  });
});
