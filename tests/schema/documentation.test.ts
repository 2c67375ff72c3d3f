/** What the schema and the how-to pages say about inputs, held against the code that reads them. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { type PackageSpec } from "../../codegen/types/schema";
import { readInputs } from "../../provider/src/validate/inputs";
import { minorVersion } from "../../provider/src/model/versions";
import { releaseOf } from "../../provider/src/resolve/release";

const root = path.resolve(__dirname, "../..");
const schema = JSON.parse(fs.readFileSync(path.join(root, "provider/schema.json"), "utf8")) as PackageSpec;

function described(of: string, property: string): string {
  const properties =
    of === ""
      ? Object.values(schema.resources ?? {})[0]?.inputProperties
      : schema.types?.[`kops-karpenter:index:${of}`]?.properties;
  return properties?.[property]?.description ?? "";
}

const release = releaseOf(undefined);
const { access, instanceTypes, metadata, networkCidr, volumes } = release.defaults;

/** What a description must name, from where the code has it. */
const stated: readonly (readonly [string, string, readonly (string | number)[]])[] = [
  ["", "kopsVersion", [release.version]],
  [
    "",
    "kubernetesVersion",
    [
      `Default: ${release.kubernetes.defaultVersion}`,
      ...Object.entries(release.kubernetes.versions).flatMap(([minor, patches]) => [minor, patches.at(-1) ?? ""]),
    ],
  ],
  ["", "sshAccess", [`Default: ${access.join(" and ")}`]],
  [
    "Karpenter",
    "version",
    [
      `Default: ${release.karpenter.version}`,
      ...Object.entries(release.karpenter.oldestByKubernetes).map(
        ([minor, oldest]) => `${minor}: ${minorVersion(oldest)}`,
      ),
    ],
  ],
  ["Karpenter", "chart", [`Default: ${release.karpenter.charts.controller}`]],
  ["Karpenter", "crdChart", [`Default: ${release.karpenter.charts.crds}`]],
  ["Network", "cidr", [`Default: ${networkCidr}`, release.network.nonMasqueradeCidr]],
  ["ControlPlane", "instanceType", [`Default: ${instanceTypes.controlPlane}`]],
  ["Bastion", "instanceType", [`Default: ${instanceTypes.bastion}`]],
  ["ControlPlane", "rootVolume", [`Default: ${String(volumes.controlPlaneSize)} GiB of ${volumes.type}`]],
  ["NodeGroup", "rootVolume", [`Default: ${String(volumes.nodeSize)} GiB of ${volumes.type}`]],
  ["EtcdVolume", "size", [`Default: ${String(volumes.etcdSize)}`]],
  ["RootVolume", "iops", [`Default: ${String(volumes.gp3Iops)} for gp3, ${String(volumes.provisionedIops)}`]],
  ["RootVolume", "throughput", [`Default: ${String(volumes.gp3Throughput)}`]],
  ["MetadataOptions", "httpTokens", [`Default: ${metadata.httpTokens}`]],
  ["MetadataOptions", "httpPutResponseHopLimit", [`Default: ${String(metadata.httpPutResponseHopLimit)}`]],
];

describe("the documentation of inputs", () => {
  for (const [of, property, values] of stated) {
    it(`states what ${of === "" ? "the cluster" : of}'s ${property} really is`, () => {
      for (const value of values) expect(described(of, property)).to.include(String(value));
    });
  }

  const folder = path.join(root, "docs", "how-to");
  for (const page of fs.readdirSync(folder).sort()) {
    const blocks = [...fs.readFileSync(path.join(folder, page), "utf8").matchAll(/^ *```yaml\n([\s\S]*?)^ *```$/gm)];
    for (const [index, [, text = ""]] of blocks.entries()) {
      it(`docs/how-to/${page} shows inputs that are valid (${String(index + 1)})`, () => {
        const cluster = { clusterName: "c.example.com", zones: ["us-east-1a", "us-east-1b"] };
        for (const inputs of inputsIn(parse(text) as Record<string, unknown>)) {
          expect(readInputs({ ...cluster, ...inputs }).problems).to.equal(undefined);
        }
      });
    }
  }
});

/** The inputs of the clusters that a page shows: in a program, alone, or a group's without the group. */
function inputsIn(shown: Record<string, unknown>): readonly object[] {
  const { resources } = shown as { readonly resources?: Readonly<Record<string, { readonly properties: object }>> };
  if (resources !== undefined) return Object.values(resources).map(({ properties }) => properties);
  return ["nodePools" in shown ? { nodeGroups: { workers: shown } } : shown];
}
