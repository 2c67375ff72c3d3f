import { expect } from "chai";
import { groupsOf, objectsOf, poolOf } from "./sample";

const template = (manifest: { readonly spec: Readonly<Record<string, unknown>> } | undefined) =>
  manifest?.spec["template"] as { readonly metadata?: unknown; readonly spec: Readonly<Record<string, unknown>> };
const requirements = (manifest: Parameters<typeof template>[0]) =>
  template(manifest).spec["requirements"] as readonly { readonly key: string; readonly values?: readonly string[] }[];

describe("NodePool", () => {
  it("is the documented one, field by field, where no groups are given", () => {
    expect(groupsOf({})[0]?.pools).to.deep.equal([
      {
        apiVersion: "karpenter.sh/v1",
        kind: "NodePool",
        metadata: { name: "default" },
        spec: {
          template: {
            spec: {
              requirements: [
                { key: "kubernetes.io/arch", operator: "In", values: ["amd64", "arm64"] },
                { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
                { key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand", "spot"] },
              ],
              nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "default" },
            },
          },
        },
      },
    ]);
  });

  it("is one named as the group where the group names none, and else one each, all of the group's class", () => {
    expect(objectsOf({}).pools.map(({ metadata }) => metadata.name)).to.deep.equal(["workers"]);
    const { pools } = objectsOf({ nodePools: { spot: { capacityTypes: ["spot"] }, steady: { weight: 10 } } });
    expect(pools.map(({ metadata }) => metadata.name)).to.deep.equal(["spot", "steady"]);
    for (const pool of pools) {
      expect(template(pool).spec["nodeClassRef"]).to.include({ name: "workers" });
    }
    expect(requirements(pools[0]).at(-1)).to.deep.include({ key: "karpenter.sh/capacity-type", values: ["spot"] });
    expect(pools[1]?.spec["weight"]).to.equal(10);
  });

  it("says the labels that kOps gives every node of the group, and the user's", () => {
    const pool = poolOf({ labels: { tier: "fast" } }, { labels: { tier: "any", team: "platform" } });
    expect(template(pool).metadata).to.deep.equal({
      labels: {
        "node-role.kubernetes.io/node": "",
        "kops.k8s.io/instancegroup": "workers",
        tier: "fast",
        team: "platform",
      },
    });
  });

  it("narrows to the group's instance types, each once and sorted", () => {
    const pool = poolOf({}, { instanceTypes: ["m6i.large", "c6i.large", "m6i.large"] });
    expect(requirements(pool)[0]?.values).to.deep.equal(["amd64"]);
    expect(requirements(pool).at(-1)).to.deep.equal({
      key: "node.kubernetes.io/instance-type",
      operator: "In",
      values: ["c6i.large", "m6i.large"],
    });
  });

  it("takes the user's requirements after its own", () => {
    const own = [
      { key: "karpenter.k8s.aws/instance-category", operator: "In", values: ["c", "m"], minValues: 2 },
      { key: "karpenter.k8s.aws/instance-local-nvme", operator: "DoesNotExist" },
    ] as const;
    expect(requirements(poolOf({ requirements: own })).slice(3)).to.deep.equal(own);
  });

  it("is static with the group's minSize, on demand unless the pool says otherwise", () => {
    const pool = poolOf({}, { minSize: 3, maxSize: 5 });
    expect(pool.spec).to.deep.include({ replicas: 3, limits: { nodes: "5" } });
    expect(requirements(pool)[2]?.values).to.deep.equal(["on-demand"]);
    const spot = poolOf({ replicas: 2, capacityTypes: ["spot"] });
    expect(spot.spec["replicas"]).to.equal(2);
    expect(requirements(spot)[2]?.values).to.deep.equal(["spot"]);
    expect(poolOf({}).spec).not.to.have.property("replicas");
  });

  it("takes reserved capacity too where its group selects reservations, unless the pool says otherwise", () => {
    const group = { capacityReservationSelectorTerms: [{ id: "cr-0123456789abcdef0" }] };
    expect(requirements(poolOf({}, group))[2]?.values).to.deep.equal(["on-demand", "spot", "reserved"]);
    expect(requirements(poolOf({ replicas: 1 }, group))[2]?.values).to.deep.equal(["on-demand", "reserved"]);
    expect(requirements(poolOf({ capacityTypes: ["spot"] }, group))[2]?.values).to.deep.equal(["spot"]);
  });

  it("gives its nodes the pool's annotations", () => {
    const annotations = { "example.com/note": "any text" };
    expect(template(poolOf({ annotations })).metadata).to.deep.include({ annotations });
    const documented = { nodes: { nodeClassName: "default", nodePools: { default: { annotations } } } };
    expect(template(groupsOf({ nodeGroups: documented })[0]?.pools[0]).metadata).to.deep.equal({ annotations });
  });

  it("limits itself as pool and group say", () => {
    expect(poolOf({ limits: { cpu: "100" } }).spec["limits"]).to.deep.equal({ cpu: "100" });
    expect(poolOf({ limits: { cpu: "100" } }, { maxSize: 9 }).spec["limits"]).to.deep.equal({ cpu: "100", nodes: "9" });
    expect(poolOf({}).spec).not.to.have.property("limits");
  });

  it("carries the taints of group and pool, and start-up taints", () => {
    const pool = poolOf(
      { taints: [{ key: "b", value: "1", effect: "NoExecute" }], startupTaints: [{ key: "c", effect: "NoSchedule" }] },
      { taints: [{ key: "a", effect: "NoSchedule" }] },
    );
    expect(template(pool).spec["taints"]).to.deep.equal([
      { key: "a", effect: "NoSchedule" },
      { key: "b", value: "1", effect: "NoExecute" },
    ]);
    expect(template(pool).spec["startupTaints"]).to.deep.equal([{ key: "c", effect: "NoSchedule" }]);
  });

  it("says of disruption and expiry what the user says, with the field that Karpenter then requires", () => {
    const pool = poolOf({
      expireAfter: "Never",
      terminationGracePeriod: "1h",
      disruption: {
        consolidationPolicy: "WhenEmpty",
        budgets: [
          { nodes: "1", reasons: ["Drifted"] },
          { schedule: "@daily", duration: "8h" },
        ],
      },
    });
    expect(pool.spec["disruption"]).to.deep.equal({
      consolidationPolicy: "WhenEmpty",
      consolidateAfter: "0s",
      budgets: [
        { nodes: "1", reasons: ["Drifted"] },
        { nodes: "10%", schedule: "@daily", duration: "8h" },
      ],
    });
    expect(template(pool).spec).to.include({ expireAfter: "Never", terminationGracePeriod: "1h" });
    expect(poolOf({ disruption: { consolidateAfter: "Never" } }).spec["disruption"]).to.deep.equal({
      consolidateAfter: "Never",
    });
  });
});
