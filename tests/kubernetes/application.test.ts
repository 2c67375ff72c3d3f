/** The example "application", run: in a cluster where legacy Karpenter was, then in its stack from up to destroy. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Kube } from "../../localcloud/machines/kube";
import { inventory, type Inventory } from "../support/inventory";
import { repository, useLocalCloud } from "../support/localCloud";
import { type Program, type PulumiProject, readProgram, yamlProject } from "../support/pulumiProject";
import { awaitApi, until } from "./harness";

const MINUTES = 60_000;
const example = readProgram(readFileSync(join(repository, "examples/scenarios/application/Pulumi.yaml"), "utf8"));
const definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const legacyKinds = [
  { group: "karpenter.sh", version: "v1alpha5", kind: "Provisioner" },
  { group: "karpenter.sh", version: "v1alpha5", kind: "Machine" },
  { group: "karpenter.k8s.aws", version: "v1alpha1", kind: "AWSNodeTemplate" },
] as const;

describe("an application in the stack of its cluster", function () {
  this.timeout(15 * MINUTES);
  const cloud = useLocalCloud({ machines: true });
  let empty: Inventory;
  let project: PulumiProject & { write(next: Program): void };
  let api: Kube;

  before("bring the cluster up without Karpenter", async () => {
    empty = await inventory(cloud);
    project = await yamlProject(cloud, clusterAlone());
    await project.up();
    api = await awaitApi(cloud, "app.example.com", await project.output("kubeconfig"));
  });

  after("close the connection", () => {
    (api as Kube | undefined)?.close();
  });

  it("stops before any chart where the API serves kinds of legacy Karpenter, and says what to remove", async () => {
    for (const legacy of legacyKinds) await api.create(definitions, definitionOf(legacy));
    for (const legacy of legacyKinds) await until(`${legacy.kind} to be served`, 30, () => isServed(legacy));
    project.write(example);
    const { code, output } = await project.attempt("up", "--yes", "--skip-preview");
    expect(code, output).to.equal(1);
    expect(output).to.include(
      "the cluster serves kinds of legacy Karpenter (0.x), from which there is no upgrade in place: " +
        "Provisioner (karpenter.sh/v1alpha5), Machine (karpenter.sh/v1alpha5), AWSNodeTemplate (karpenter.k8s.aws/v1alpha1). " +
        "Uninstall legacy Karpenter, delete these custom resource definitions, and run the update again",
    );
    expect(await api.find("/apis/apps/v1/namespaces/kube-system/deployments/karpenter")).to.equal(undefined);
    expect(await api.find(`${definitions}/nodepools.karpenter.sh`)).to.equal(undefined);
  });

  it("continues once they are removed: the application runs on a node that Karpenter provisioned", async () => {
    for (const legacy of legacyKinds) await api.delete(`${definitions}/${nameOf(legacy)}`);
    for (const legacy of legacyKinds)
      await until(`${legacy.kind} to be gone`, 60, async () => !(await isServed(legacy)));
    await project.up();
    const pods = await until("both pods of the application to run", 300, async () => {
      const found = await api.list("/api/v1/namespaces/default/pods?labelSelector=app%3Dweb");
      const states = found.map((pod) => (pod["status"] as { phase: string }).phase);
      if (states.join() !== "Running,Running") throw new Error(states.join());
      return found;
    });
    for (const pod of pods) {
      const node = await api.get(`/api/v1/nodes/${(pod["spec"] as { nodeName: string }).nodeName}`);
      expect(node.metadata.labels).to.include({ "karpenter.sh/nodepool": "default" });
    }
    expect(await api.find("/api/v1/namespaces/default/services/web")).not.to.equal(undefined);
  });

  it("reports no changes in a second preview, nor with the default node group written out", async () => {
    await project.unchanged();
    project.write(withDefaultGroup());
    await project.unchanged();
  });

  it("is deleted before Karpenter and the cluster, and leaves nothing behind", async () => {
    const log = (await project.destroy()).split("\n");
    const at = (pattern: RegExp): number => {
      const found = log.findIndex((line) => pattern.test(line));
      expect(found, `${String(pattern)} in\n${log.join("\n")}`).to.be.at.least(0);
      return found;
    };
    const gone = Math.max(at(/:Deployment web deleted/), at(/:Service service deleted/));
    expect(gone).to.be.below(at(/:NodePool .*deleting/));
    expect(gone).to.be.below(at(/:Group .*deleting/));
    expect(await inventory(cloud)).to.deep.equal(empty);
  });

  async function isServed({ group, version, kind }: (typeof legacyKinds)[number]): Promise<boolean> {
    const found = await api.find(`/apis/${group}/${version}`);
    const { resources = [] } = (found ?? {}) as { readonly resources?: readonly { readonly kind: string }[] };
    return resources.some((resource) => resource.kind === kind);
  }
});

/** The example's cluster, as it was before Karpenter. */
function clusterAlone(): Program {
  const cluster = structuredClone(example["resources"].cluster) as Program;
  cluster["properties"].karpenter = { install: false };
  return { name: example["name"] as string, resources: { cluster }, outputs: example["outputs"] as Program };
}

/** The example with what the component makes of no node group at all, as the reference gives it. */
function withDefaultGroup(): Program {
  const written = structuredClone(example);
  const cluster = written["resources"].cluster as Program;
  cluster["properties"].nodeGroups = { nodes: { nodeClassName: "default", nodePools: { default: {} } } };
  return written;
}

function nameOf({ group, kind }: (typeof legacyKinds)[number]): string {
  return `${kind.toLowerCase()}s.${group}`;
}

function definitionOf(legacy: (typeof legacyKinds)[number]): object {
  const { group, version, kind } = legacy;
  const singular = kind.toLowerCase();
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: nameOf(legacy) },
    spec: {
      group,
      scope: "Cluster",
      names: { kind, plural: `${singular}s`, singular },
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  };
}
