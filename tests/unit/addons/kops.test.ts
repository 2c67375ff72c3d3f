import { expect } from "chai";
import { parse } from "yaml";
import type { RuntimeFacts } from "../../../provider/src/model/runtime";
import type { ClusterInputs } from "../../../provider/src/schema/types.gen";
import { access, cluster, facts, render } from "./clusters";
import { kopsHashes } from "./kopsHashes";

interface Case {
  readonly inputs: Partial<ClusterInputs>;
  readonly facts?: Partial<RuntimeFacts>;
}

const zones = ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1f"];

const cases: Readonly<Record<string, Case>> = {
  "newest Kubernetes": { inputs: { kubernetesVersion: "1.36.0" } },
  "five control planes": { inputs: { zones, controlPlane: { zones } } },
  "cloud labels": { inputs: { tags: { team: "a b", cost: "7", Owner: "x" } } },
  "odd cloud labels": { inputs: { tags: { x: "a:b+c/d@e", y: "lead", z: "tail " } } },
  "a comment in cloud labels, keys with signs": {
    inputs: { tags: { x: "a #b", y: "%&<>" } },
    facts: { storeAccess: { ...access, secretAccessKey: "a+b/c==" } },
  },
  "a name too long for roles, a prefix": {
    inputs: {
      clusterName: "a-very-long-cluster-name-for-truncation.of.names.example.com",
      tags: { colon: "x" },
    },
    facts: {
      stateStore: { bucket: "kops-state", prefix: "some/prefix" },
      storeAccess: { ...access, secretAccessKey: "12345" },
    },
  },
  "private topology": {
    inputs: { zones: ["us-east-1a", "us-east-1b"], network: { topology: "private", bastion: {} } },
  },
  "private DNS": { inputs: { dns: { type: "private", zone: "example.com" } } },
};

describe("addons against hashes that kOps wrote", () => {
  it("has an input for every case", () => {
    expect(Object.keys(cases)).to.deep.equal(Object.keys(kopsHashes));
  });

  for (const [name, { inputs, facts: changed }] of Object.entries(cases)) {
    it(name, () => {
      const channel = render(cluster(inputs), { ...facts, ...changed })["bootstrap-channel.yaml"]!;
      const { spec } = parse(channel) as { spec: { addons: { name: string; manifestHash: string }[] } };
      const hashes = Object.fromEntries(spec.addons.map((addon) => [addon.name, addon.manifestHash]));
      expect(hashes).to.deep.equal(kopsHashes[name]);
    });
  }
});
