/** Nothing above the releases knows one of them: rendering another shows whether a fact was baked in. */
import { expect } from "chai";
import { addonsOf } from "../../../provider/src/addons/catalog";
import { chartValues } from "../../../provider/src/addons/karpenter/chartValues";
import { nodeClassManifest } from "../../../provider/src/addons/karpenter/nodeClass";
import { nodePoolManifest } from "../../../provider/src/addons/karpenter/nodePool";
import { karpenterGroups, type UnwrappedCluster } from "../../../provider/src/model/cluster";
import type { KopsRelease } from "../../../provider/src/releases/release";
import { artifacts } from "../../../provider/src/render/artifacts";
import { controlPlaneUserData, nodeUserData } from "../../../provider/src/render/bootstrap/artifacts";
import { resolveCluster } from "../../../provider/src/resolve/cluster";
import { releaseOf } from "../../../provider/src/resolve/release";
import type { ClusterInputs } from "../../../provider/src/schema/types.gen";
import { renderText } from "../../support/renderText";
import { allRows } from "../plan/allRows";
import { sampleFacts } from "../render/sample";
import { madeUp, ownTexts } from "./madeUpRelease";

const common = { clusterName: "c.example.com", sshPublicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINBkgiAiz4SWQh12" };
const clusters: Readonly<Record<string, ClusterInputs>> = {
  "in private subnets with a bastion, DNS and Cilium": {
    ...common,
    zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
    controlPlane: { zones: ["us-east-1a", "us-east-1b", "us-east-1c"], instanceType: "t4g.medium" },
    network: { topology: "private", bastion: {} },
    dns: { type: "public", zone: "example.com" },
    nodeGroups: { arm: { instanceTypes: ["m7g.large"] }, fixed: { minSize: 2 }, nodes: {} },
    serviceAccountRoles: [{ namespace: "apps", name: "web", policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }],
  },
  "without Karpenter": { ...common, zones: ["us-east-1a"], karpenter: { enabled: false } },
  "in public subnets with the user's own CNI plugin": { ...common, zones: ["us-east-1a"], cni: "none" },
  "with Hubble, Gateway API, Ingress and metrics of Cilium": {
    ...common,
    zones: ["us-east-1a"],
    cilium: {
      hubble: { metrics: ["drop"] },
      encryptionType: "wireguard",
      gatewayAPI: {},
      ingress: {},
      enablePrometheusMetrics: true,
    },
  },
  "with Calico and Typha": { ...common, zones: ["us-east-1a"], cni: "calico", calico: { typhaReplicas: 1 } },
  "with the Amazon VPC CNI": { ...common, zones: ["us-east-1a"], cni: "amazonvpc" },
  "with kindnet, node-local DNS and all addons that the user switches on": {
    ...common,
    zones: ["us-east-1a"],
    cni: "kindnet",
    clusterSpec: {
      kubeDNS: { nodeLocalDNS: { enabled: true } },
      authentication: { aws: {} },
      podIdentityWebhook: { enabled: true },
      awsLoadBalancerController: { enabled: true },
      certManager: { enabled: true },
      metricsServer: { enabled: true, insecure: true },
      snapshotController: { enabled: true },
      nodeProblemDetector: { enabled: true },
    },
  },
};

/** All that the cluster's release goes into, by where. */
function everything(inputs: ClusterInputs, release: KopsRelease): ReadonlyMap<string, string> {
  const resolved = resolveCluster(inputs, release);
  // Inputs without outputs are settled already.
  const cluster = resolved as UnwrappedCluster;
  const facts = sampleFacts(cluster);
  const texts = new Map<string, string>();
  for (const file of artifacts(resolved)) {
    texts.set(typeof file.path === "string" ? file.path : file.key, renderText(file, cluster, facts));
  }
  for (const { name } of cluster.controlPlaneGroups) {
    texts.set(`user data of ${name}`, renderText(controlPlaneUserData(name), cluster, facts));
  }
  for (const group of karpenterGroups(cluster)) {
    texts.set(`user data of ${group.name}`, renderText(nodeUserData(group.name), cluster, facts));
    texts.set(`node class of ${group.name}`, JSON.stringify(nodeClassManifest(cluster, group, "/dev/sda1")));
    for (const pool of group.nodePools) {
      texts.set(`node pool ${pool.name}`, JSON.stringify(nodePoolManifest(group, pool)));
    }
  }
  texts.set("chart values", JSON.stringify(chartValues(cluster, { interruptionQueueName: "queue", roleArn: "arn" })));
  texts.set("charts", JSON.stringify(cluster.karpenter));
  texts.set("rows", JSON.stringify(allRows(resolved)));
  texts.set("addons", JSON.stringify(addonsOf(resolved)));
  return texts;
}

/** Texts of a release that are found, with the place of each. */
function leftovers(
  texts: ReadonlyMap<string, string>,
  own: ReadonlySet<string>,
): readonly (readonly [string, string])[] {
  const patterns = [...own].map((text) => [text, new RegExp(`(?<![\\d.])${escaped(text)}(?!\\d|\\.\\d)`)] as const);
  return [...texts].flatMap(([place, text]) =>
    patterns.flatMap(([own_, pattern]) => (pattern.test(text) ? [[place, own_] as const] : [])),
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

describe("a cluster of a made-up release", () => {
  const real = releaseOf(undefined);
  const own = ownTexts(real);

  for (const [title, inputs] of Object.entries(clusters)) {
    it(`has nothing of the real one: ${title}`, () => {
      expect(leftovers(everything(inputs, madeUp(real)), own)).to.deep.equal([]);
    });
  }

  it("would show what is of the real one: every image, and every version of a node's files", () => {
    const found = new Set(
      Object.values(clusters).flatMap((inputs) => leftovers(everything(inputs, real), own).map(([, text]) => text)),
    );
    const { containerd, runc, cniPlugins, ecrCredentialProvider } = real.nodeFiles;
    expect([...found]).to.include.members([
      ...Object.values(real.images),
      ...real.etcd.managed.map(({ image }) => image),
      ...Object.values(real.machineImages.fixed),
      ...[containerd, runc, cniPlugins, ecrCredentialProvider],
      ...[real.version, real.kubernetes.defaultVersion, real.karpenter.version, real.karpenter.charts.controller],
    ]);
  });

  it("has other texts in place of all that name a version, an image or a hash", () => {
    expect([...own]).to.include.members(Object.values(real.images));
    expect([...own]).to.include.members(Object.values(real.nodeFiles.hashes));
    expect([...own]).to.include.members(Object.values(real.kubernetes.versions).flat());
    const texts = JSON.stringify(madeUp(real));
    for (const text of own) expect(texts).not.to.include(`"${text}"`);
  });
});
