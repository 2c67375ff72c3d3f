/** What the engine keeps for whoever asks for it: protection from deletion, and stores that outlive the cluster. */
import { expect } from "chai";
import { keysetNames } from "../../provider/src/model/runtime";
import { belowComponent, graphOf, type Registered } from "./support/graph";

const named = (resources: readonly Registered[], keeps: (each: Registered) => boolean): readonly string[] =>
  resources
    .filter(keeps)
    .map(({ name }) => name)
    .sort();

describe("the protection of a cluster", function () {
  this.timeout(60_000);

  it("is off by default", async () => {
    const { resources } = await graphOf({}, { preview: true });
    expect(named(resources, ({ protect }) => protect)).to.deep.equal([]);
    expect(named(resources, ({ name, retainOnDelete }) => retainOnDelete && name !== "cluster-crds")).to.deep.equal([]);
  });

  it("covers the protection itself, the guard, the buckets, etcd's volumes, the control plane's groups, and the keys", async () => {
    const network = { topology: "private", bastion: {} };
    const { resources } = await graphOf({ deletionProtection: true, network }, { preview: true });
    expect(named(resources, ({ protect }) => protect)).to.deep.equal(
      [
        "cluster-autoscaling-group-control-plane-us-east-1a",
        ...keysetNames.map((name) => `cluster-certificate-${name}`),
        "cluster-deletion-protection",
        "cluster-discovery-store",
        "cluster-etcd-volume-events-a",
        "cluster-etcd-volume-main-a",
        "cluster-guard",
        ...[...keysetNames, "tokens"].map((name) => `cluster-key-${name}`),
        "cluster-state-store",
      ].sort(),
    );
  });

  it("is registered always, and depends on everything else", async () => {
    const graph = await graphOf({ network: { topology: "private", bastion: {} } }, { preview: true });
    const protection = graph.named("cluster-deletion-protection");
    const others = belowComponent(graph).filter((each) => each.custom && each !== protection);
    expect(others.filter((each) => !graph.waitsFor(protection, each)).map(({ name }) => name)).to.deep.equal([]);
  });

  it("keeps the stores with their files, save those of instance groups, when they are to be retained", async () => {
    const { resources } = await graphOf({ retain: ["stateStore"] }, { preview: true });
    const kept = named(resources, ({ name, retainOnDelete }) => retainOnDelete && name !== "cluster-crds");
    expect(kept).to.include.members([
      "cluster-state-store",
      "cluster-state-store-versioning",
      "cluster-discovery-store",
      "cluster-discovery-store-policy",
      "cluster-discovery-openid-v1-jwks",
      "cluster-file-pki-private-kubernetes-ca-keyset.yaml",
      "cluster-file-cluster-completed.spec",
    ]);
    const others = named(resources, ({ name, retainOnDelete }) => !retainOnDelete && /-(file|discovery)-/.test(name));
    expect(others).to.deep.equal([
      "cluster-file-igconfig-control-plane-control-plane-us-east-1a-nodeupconfig.yaml",
      "cluster-file-igconfig-node-nodes-nodeupconfig.yaml",
      "cluster-file-igconfig-node-nodes-nodeupscript.sh",
      "cluster-file-instancegroup-control-plane-us-east-1a",
      "cluster-file-instancegroup-nodes",
    ]);
  });
});
