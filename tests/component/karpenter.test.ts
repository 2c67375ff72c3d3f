/** Karpenter in the cluster: what is registered, in which order it comes and, the other way round, goes. */
import { expect } from "chai";
import { Provider } from "@pulumi/kubernetes/provider";
import type { KopsKarpenterCluster } from "../../provider/src/components/cluster";
import { graphOf, type Graph, type Registered } from "./support/graph";

const release = "kubernetes:helm.sh/v3:Release";
const roll = "kops-karpenter:index:ControlPlaneRoll";
const machines = "kops-karpenter:index:KarpenterMachines";

interface KubernetesObject {
  readonly metadata: { readonly name: string; readonly annotations: Readonly<Record<string, string>> };
  readonly spec: Readonly<Record<string, unknown>>;
}

const object = ({ inputs }: Registered) => inputs as unknown as KubernetesObject;

describe("Karpenter in the cluster", function () {
  this.timeout(60_000);

  describe("by default", () => {
    let graph: Graph;
    before(async () => {
      graph = await graphOf();
    });

    it("is two charts, a node class and a node pool, all through a provider with the admin kubeconfig", () => {
      const names = graph.resources.filter(({ type }) => type.startsWith("kubernetes:")).map(({ name }) => name);
      expect(names.sort()).to.deep.equal([
        "cluster-chart",
        "cluster-crds",
        "cluster-node-class-nodes",
        "cluster-node-pool-default",
      ]);
      const { inputs, urn } = graph.named("cluster-kubernetes");
      expect(inputs["clusterIdentifier"]).to.equal("c.example.com");
      expect(inputs["kubeconfig"]).to.equal(graph.outputs["kubeconfig"]?.value);
      for (const name of names) {
        expect(graph.named(name).provider, name).to.equal(`${urn}::cluster-kubernetes-id`);
      }
    });

    it("installs both charts at one version, the resource definitions by their own chart alone", () => {
      const chart = graph.named("cluster-chart").inputs;
      const crds = graph.named("cluster-crds").inputs;
      expect(crds).to.include({ name: "karpenter-crd", namespace: "kube-system" });
      expect(chart).to.include({ name: "karpenter", namespace: "kube-system", skipCrds: true });
      expect(chart["version"]).to.match(/^1\./).and.to.equal(crds["version"]);
      expect(chart["values"]).to.have.nested.property("settings.interruptionQueue", "c-example-com-krp");
      expect(chart["values"]).to.have.nested.property("settings.clusterName", "c.example.com");
    });

    it("keeps the resource definitions, and so every object of theirs, when the chart goes", async () => {
      expect(graph.named("cluster-crds").retainOnDelete).to.equal(true);
      const asked = await graphOf({ karpenter: { deleteCrds: true } }, { preview: true });
      expect(asked.named("cluster-crds").retainOnDelete).to.equal(false);
    });

    it("gives nodes the group's bootstrap script", () => {
      const { spec, metadata } = object(graph.named("cluster-node-class-nodes"));
      expect(metadata.name).to.equal("default");
      // Field by field in tests/unit/addons/karpenter/nodeClass.test.ts.
      expect(Object.keys(spec).sort()).to.deep.equal([
        "amiFamily",
        "amiSelectorTerms",
        "associatePublicIPAddress",
        "blockDeviceMappings",
        "instanceProfile",
        "kubelet",
        "securityGroupSelectorTerms",
        "subnetSelectorTerms",
        "tags",
        "userData",
      ]);
      expect(spec).to.include({ amiFamily: "Custom", instanceProfile: "nodes.c.example.com" });
      const scripts = graph.outputs["nodeupScripts"]?.value as Readonly<Record<string, string>>;
      expect(spec["userData"]).to.equal(scripts["nodes"]);
    });

    it("waits for the API before any chart, and for the whole of AWS before that", () => {
      const [ready] = graph.ofType(roll);
      if (ready === undefined) throw new Error("there is no roll");
      for (const chart of graph.ofType(release)) {
        expect(graph.waitsFor(chart, ready), chart.name).to.equal(true);
      }
      const groups = graph.ofType("aws:autoscaling/group:Group");
      expect(groups.every((group) => graph.waitsFor(ready, group))).to.equal(true);
    });

    it("tells workers nothing new before the control plane is ready for it", () => {
      const [ready] = graph.ofType(roll);
      const files = graph.resources.filter(({ name }) => name.startsWith("cluster-file-igconfig-node-"));
      expect(files).to.have.lengthOf(2);
      const [nodeClass] = graph.resources.filter(({ type }) => type.endsWith(":EC2NodeClass"));
      if (ready === undefined || nodeClass === undefined) throw new Error("there is no roll, or no class");
      for (const file of files) {
        expect(graph.waitsFor(file, ready), file.name).to.equal(true);
        expect(graph.waitsFor(nodeClass, file), file.name).to.equal(true);
      }
    });

    // The engine deletes in the opposite order: pools, then machines, then classes, charts, and AWS last.
    it("puts the machines between the pools and everything that a machine needs to go", () => {
      const [between] = graph.ofType(machines);
      if (between === undefined) throw new Error("there are no machines");
      const pools = graph.resources.filter(({ type }) => type.endsWith(":NodePool"));
      expect(pools).not.to.be.empty;
      expect(pools.filter((pool) => !graph.waitsFor(pool, between))).to.deep.equal([]);
      const needed = [
        ...graph.ofType(release),
        ...graph.resources.filter(({ type }) => /:EC2NodeClass$|^aws:(autoscaling|ec2|iam|lb|vpc)\//.test(type)),
      ];
      const missing = needed.filter((each) => !graph.waitsFor(between, each)).map(({ name }) => name);
      expect(missing).to.deep.equal([]);
    });
  });

  it("is a node class for each group and a node pool for each pool, named by their keys", async () => {
    const nodeGroups = { general: { nodePools: { spot: {}, steady: {} } }, fixed: { minSize: 2 } };
    const graph = await graphOf({ nodeGroups }, { preview: true });
    const names = graph.resources.map(({ name }) => name).filter((name) => /-node-(class|pool)-/.test(name));
    expect(names.sort()).to.deep.equal([
      "cluster-node-class-fixed",
      "cluster-node-class-general",
      "cluster-node-pool-fixed",
      "cluster-node-pool-spot",
      "cluster-node-pool-steady",
    ]);
    const annotations = (name: string) => Object.keys(object(graph.named(name)).metadata.annotations);
    const mark = "kops-karpenter.pulumi.com/capacity";
    expect(annotations("cluster-node-pool-fixed")).to.include(mark);
    expect(annotations("cluster-node-pool-spot")).not.to.include(mark);
  });

  it("shows in a preview all of a node class but the user data", async () => {
    const graph = await graphOf({ nodeGroups: { nodes: { rootVolume: { size: 60 } } } }, { preview: true });
    const { spec } = object(graph.named("cluster-node-class-nodes"));
    expect(spec["userData"]).not.to.be.a("string");
    expect(spec).to.have.nested.property("blockDeviceMappings[0].ebs.volumeSize", "60Gi");
    expect(spec).to.have.nested.property("tags.KubernetesCluster", "c.example.com");
  });

  it("is there before what users make with the kubeconfig, and so goes after it", async () => {
    const use = ({ kubeconfig }: KopsKarpenterCluster) => new Provider("own", { kubeconfig });
    const graph = await graphOf({}, { use });
    const missing = (type: RegExp) =>
      graph.resources.filter((each) => type.test(each.type) && !graph.waitsFor(graph.named("own"), each));
    expect(missing(/:NodePool$|:Release$|:ControlPlaneRoll$|:KarpenterMachines$/)).to.deep.equal([]);
    const without = await graphOf({ karpenter: { install: false } }, { use });
    const groups = without.ofType("aws:autoscaling/group:Group");
    expect(groups).not.to.be.empty;
    expect(groups.every((group) => without.waitsFor(without.named("own"), group))).to.equal(true);
  });

  it("does not wait for the API where that is to be skipped", async () => {
    const graph = await graphOf({ readiness: { skip: true } }, { preview: true });
    expect(graph.ofType(roll)).to.be.empty;
    expect(graph.ofType(release)).to.have.length(2);
  });

  it("waits for its controller, but not where the pod network comes later from the user", async () => {
    const awaited = await graphOf({}, { preview: true });
    expect(awaited.named("cluster-chart").inputs["skipAwait"]).to.equal(false);
    const withoutNetwork = await graphOf({ cni: "none" }, { preview: true });
    expect(withoutNetwork.named("cluster-chart").inputs["skipAwait"]).to.equal(true);
  });

  it("is left out where it is not to be installed, with its role and its queue still there", async () => {
    const graph = await graphOf({ karpenter: { install: false } }, { preview: true });
    const inside = graph.resources.filter(({ type }) => /^kubernetes:|^kops-karpenter:index:[AK][a-z]*[RM]/.test(type));
    expect(inside.map(({ name }) => name)).to.deep.equal(["cluster-machines"]);
    expect(graph.named("cluster-machines").inputs).not.to.have.property("kubeconfig");
    expect(graph.named("cluster-role-kube-system.karpenter").type).to.equal("aws:iam/role:Role");
    expect(graph.named("cluster-interruption-queue").type).to.equal("aws:sqs/queue:Queue");
  });

  it("takes charts of a local path without a version", async () => {
    const karpenter = { chart: "./charts/karpenter", crdChart: "./charts/karpenter-crd" };
    const graph = await graphOf({ karpenter }, { preview: true });
    for (const chart of graph.ofType(release)) {
      expect(chart.inputs, chart.name).not.to.have.property("version");
    }
  });
});
