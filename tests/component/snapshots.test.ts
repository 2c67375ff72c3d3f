/**
 * The whole graph of every golden case, and of a few programs that use what kOps's own command line has no words for:
 * each resource with its parent, inputs and options. A change of the code that is not meant to change what users have
 * leaves these files as they are; `UPDATE_SNAPSHOTS=1 make test-component` writes them anew, to be reviewed like code.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { goldenCaseNames, goldenInputs } from "../golden/cases";
import { belowComponent, graphOf, type Registered } from "./support/graph";

const folder = join(__dirname, "snapshots");
const update = process.env["UPDATE_SNAPSHOTS"] !== undefined;

/** Longer texts stand as their hash: the goldens hold the files themselves. */
const longestText = 160;

const zones = ["us-east-1a", "us-east-1b"];
const furtherPrograms: Readonly<Record<string, object>> = {
  "created-stores": { zones: ["us-east-1a"] },
  "existing-network": {
    zones,
    network: {
      vpcId: "vpc-0123456789abcdef0",
      cidr: "10.0.0.0/16",
      subnets: zones.map((zone, index) => ({
        name: zone,
        zone,
        type: "Public",
        cidr: `10.0.${String(index)}.0/24`,
        id: `subnet-0123456789abcdef${String(index)}`,
      })),
    },
  },
  "groups-and-pools": {
    zones,
    nodeGroups: {
      general: {
        instanceTypes: ["m7g.large"],
        rootVolume: { size: 200, type: "gp3", iops: 4000, throughput: 200 },
        labels: { tier: "web" },
        taints: [{ key: "dedicated", value: "web", effect: "NoSchedule" }],
        kubelet: { maxPods: 58, systemReserved: { cpu: "100m" } },
        tags: { purpose: "web" },
        additionalSecurityGroupIds: ["sg-0123456789abcdef0"],
        nodePools: {
          spot: {
            capacityTypes: ["spot"],
            weight: 10,
            disruption: { consolidateAfter: "30s", budgets: [{ nodes: "1" }] },
          },
          steady: { capacityTypes: ["on-demand"], limits: { cpu: "100" }, expireAfter: "720h" },
        },
      },
      fixed: { minSize: 2, maxSize: 4 },
    },
    serviceAccountRoles: [{ namespace: "apps", name: "web", policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }],
    karpenter: { values: { controller: { env: [{ name: "A", value: "b" }] } }, logLevel: "debug", replicas: 1 },
  },
  "without-karpenter": { zones: ["us-east-1a"], karpenter: { install: false, interruptionHandling: false } },
};

const programs = new Map<string, object>([
  ...goldenCaseNames().map((name) => [name, goldenInputs(name)] as const),
  ...Object.entries(furtherPrograms),
]);

describe("snapshots of the registered graph", () => {
  for (const [name, inputs] of programs) {
    it(name, async () => {
      const graph = await graphOf(inputs);
      const file = join(folder, `${name}.json`);
      const text = written(belowComponent(graph));
      if (update) writeFileSync(file, text);
      expect(existsSync(file), `${file} is missing: write it with UPDATE_SNAPSHOTS=1`).to.equal(true);
      expect(text).to.equal(readFileSync(file, "utf8"));
    });
  }

  it("has no file of a program that is no longer here", () => {
    expect(readdirSync(folder).sort()).to.deep.equal([...programs.keys()].map((name) => `${name}.json`).sort());
  });
});

/** One line a resource, in the order of their names. */
function written(resources: readonly Registered[]): string {
  const lines = resources.map((resource) => JSON.stringify(sorted(entry(resource)))).sort();
  return `[\n${lines.join(",\n")}\n]\n`;
}

function entry({ urn, inputs, parent, dependencies, ...options }: Registered): object {
  return {
    urn,
    parent: lastName(parent),
    // Most of them follow from the inputs; what must wait for what has tests by name.
    dependencies: `${String(dependencies.length)}, ${digest(dependencies.map(lastName).sort().join())}`,
    protect: options.protect,
    ignoreChanges: options.ignoreChanges,
    retainOnDelete: options.retainOnDelete,
    inputs,
  };
}

function digest(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
}

function lastName(urn: string): string {
  return urn.split("::").slice(2).join(" ");
}

function sorted(value: unknown): unknown {
  if (typeof value === "string" && value.length > longestText) {
    return `${String(value.length)} characters, ${digest(value)}`;
  }
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
