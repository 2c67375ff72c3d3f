/** Addons with custom resource definitions: a real API server takes them as kOps's own channels applies them. */
import { expect } from "chai";
import { parseAllDocuments } from "yaml";
import type { Kube, KubeObject } from "../../localcloud/machines/kube";
import { goldenCase } from "../golden/cases";
import { conditionOf, until } from "./harness";

/** The golden case in which kOps writes the same manifests as the component, byte for byte. */
const { state } = goldenCase("addons-with-definitions");
const addons = ["aws-load-balancer-controller.addons.k8s.io", "certmanager.io", "snapshot-controller.addons.k8s.io"];

/** For `kops create cluster`. */
export const withAddons: readonly string[] = [
  "cloudProvider.aws.loadBalancerController.enabled=true",
  "certManager.enabled=true",
  "snapshotController.enabled=true",
  "snapshotController.installDefaultClass=true",
].map((setting) => `--set=cluster.spec.${setting}`);

/** The name of both of its webhook configurations. */
const withdrawn = "cert-manager-webhook";

interface Resource {
  readonly kind: string;
  readonly name: string;
  readonly namespaced: boolean;
}

/**
 * Once they are there. In a cluster on AWS, cert-manager's pods serve them, and the certificates of the other addons wait
 * for that.
 */
export async function withdrawWebhooks(api: Kube): Promise<void> {
  for (const kind of ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"]) {
    const path = `/apis/admissionregistration.k8s.io/v1/${kind}/${withdrawn}`;
    await until(`${kind} ${withdrawn}`, 180, () => api.find(path));
    await api.delete(path);
  }
}

/** Of a cluster that was created with them, and whose webhooks are withdrawn. */
export function testAddons(api: () => Kube): void {
  it("takes every object of the addons with definitions, from kOps's channels", async () => {
    await until("the addons with definitions", 180, async () => {
      const space = await api().get("/api/v1/namespaces/kube-system");
      const applied = Object.keys(space.metadata.annotations ?? {});
      const missing = addons.filter((addon) => !applied.includes(`addons.k8s.io/${addon}`));
      if (missing.length > 0) throw new Error(`not applied: ${missing.join(", ")}`);
      return true;
    });
    const objects = addons.flatMap(objectsOf);
    expect(objects.map(({ kind }) => kind)).to.include.members(["Certificate", "CustomResourceDefinition", "Issuer"]);
    const missing = await Promise.all(
      objects
        .filter((object) => !isWithdrawn(object))
        .map(async (object) => ((await api().find(await pathOf(object))) === undefined ? [named(object)] : [])),
    );
    expect(missing.flat()).to.deep.equal([]);
  });

  it("establishes and serves their definitions", async () => {
    const definitions = addons.flatMap(objectsOf).filter(({ kind }) => kind === "CustomResourceDefinition");
    expect(definitions).to.have.length.greaterThan(10);
    for (const definition of definitions) {
      const live = await api().get(await pathOf(definition));
      expect(conditionOf(live, "Established")?.status, named(definition)).to.equal("True");
      expect(conditionOf(live, "NamesAccepted")?.status, named(definition)).to.equal("True");
    }
  });

  async function pathOf({ apiVersion = "", kind, metadata }: KubeObject): Promise<string> {
    const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const { resources } = await api().get<{ resources: readonly Resource[] }>(root);
    const resource = resources.find((each) => each.kind === kind && !each.name.includes("/"));
    if (resource === undefined) throw new Error(`no ${kind ?? "kind"} in ${root}`);
    const space = resource.namespaced ? `/namespaces/${metadata.namespace ?? ""}` : "";
    return `${root}${space}/${resource.name}/${metadata.name}`;
  }
}

function objectsOf(addon: string): readonly KubeObject[] {
  const [text = ""] = [...state].flatMap(([path, each]) => (path.startsWith(`addons/${addon}/`) ? [each] : []));
  return parseAllDocuments(text).flatMap((document) => (document.toJS() as KubeObject | null) ?? []);
}

function isWithdrawn({ kind, metadata }: KubeObject): boolean {
  return metadata.name === withdrawn && kind?.endsWith("WebhookConfiguration") === true;
}

function named({ kind = "", metadata }: KubeObject): string {
  return `${kind} ${metadata.name}`;
}
