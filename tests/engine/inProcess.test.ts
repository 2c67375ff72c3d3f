/** The component as a class of a TypeScript program, without a plugin, beside the same inputs through the plugin. */
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { clusterStack } from "../support/clusterStack";
import { inlineStack } from "../support/inlineStack";
import { type LocalCloud, repository, useLocalCloud, storeAccess } from "../support/localCloud";
import { localInputs, type StateResource } from "../support/pulumiProject";

const MINUTES = 60_000;
const inputs = { clusterName: "same.example.com", zones: ["us-east-1a"] };

describe("the component in process", function () {
  this.timeout(8 * MINUTES);
  const cloud = useLocalCloud();

  it("registers the same resources with the same inputs as through the plugin", async () => {
    const throughPlugin = await graph(await clusterStack(cloud, inputs));
    const inProcess = await graph(await inProcessStack(cloud));
    expect(Object.keys(inProcess)).to.have.length.greaterThan(100);
    expect(Object.keys(inProcess)).to.deep.equal(Object.keys(throughPlugin));
    for (const [place, resource] of Object.entries(inProcess)) {
      expect(resource, place).to.deep.equal(throughPlugin[place]);
    }
  });
});

function inProcessStack(cloud: LocalCloud): Promise<Stack> {
  // What package.json exports, compiled: what a program gets that imports the package.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { KopsKarpenterCluster } = require(join(repository, "dist", "index.js")) as typeof import("../../provider/src");
  const access = storeAccess(cloud);
  const program = (): Promise<void> => {
    new KopsKarpenterCluster("cluster", {
      ...inputs,
      ...localInputs(cloud),
      stateStoreAccess: { ...access, secretAccessKey: pulumi.secret(access.secretAccessKey) },
    });
    return Promise.resolve();
  };
  return inlineStack(
    { projectName: "cluster", stackName: "in-process", program },
    { workDir: cloud.dir, envVars: { ...cloud.env, PWD: repository } },
  );
}

type Graph = Readonly<Record<string, unknown>>;

/** Brings a stack up and down; the inputs of each resource by its place in the tree. */
async function graph(stack: Stack): Promise<Graph> {
  await stack.up();
  const { deployment } = (await stack.exportStack()) as { deployment: { resources: StateResource[] } };
  await stack.destroy();
  const own = deployment.resources.filter(({ type }) => !type.startsWith("pulumi:"));
  const entries = own.map(({ urn, type, parent, inputs: given, custom }) => {
    const place = urn.split("::").slice(2).join(" ");
    // The component itself is told its inputs by the plugin's caller only.
    const shown = custom ? even(given) : undefined;
    // The stack, above it all, has its own name.
    const above = parent?.includes("::pulumi:pulumi:Stack::") === true ? "stack" : parent?.split("::").at(-1);
    return [place, { type, parent: above, inputs: shown }] as const;
  });
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Without what differs from one run to the next: ids, keys, times, and ciphertexts. */
function even(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(even);
  if (typeof value === "object" && value !== null) {
    if ("ciphertext" in value) return "SECRET";
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, even(inner)]));
  }
  if (typeof value !== "string") return value;
  return value
    .replace(/-----BEGIN ([A-Z ]+)-----[^-]+-----END [A-Z ]+-----/g, "$1")
    .replace(/\b(vpc|subnet|sg|igw|rtb|lt|dopt|vol|ami|eipalloc)-[0-9a-f]{8,}/g, "$1-ID")
    .replace(/(same-example-com-[a-z-]+-)[0-9a-f]{7,}/g, "$1SUFFIX")
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "TIME")
    .replace(/(targetgroup|loadbalancer)\/[^"\s]+/g, "$1/ID")
    .replace(/[A-Za-z0-9+/_-]{40,}={0,2}/g, "BLOB")
    .replace(/\b\d{15,}\b/g, "NUMBER");
}
