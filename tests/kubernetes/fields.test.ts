/** Every field of Karpenter's resource definitions: the component writes it, or there is a reason why it does not. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { karpenterCharts } from "../support/charts";
import { groupsOf, objectsOf } from "../unit/addons/karpenter/sample";
import { accepted } from "./variants/accepted";

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

const kubeletOnly = "only the node's own kubelet needs it, and has it from nodeup";

/** Fields that the component does not write. */
const left: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "karpenter.k8s.aws_ec2nodeclasses": {
    "amiSelectorTerms[].alias": "aliases name images of EKS, which do not run nodeup",
    "amiSelectorTerms[].tags": "kOps selects images by id, name, owner and parameter",
    instanceStorePolicy: "not available with amiFamily Custom",
    "kubelet.clusterDNS": kubeletOnly,
    "kubelet.cpuCFSQuota": kubeletOnly,
    "kubelet.evictionMaxPodGracePeriod": kubeletOnly,
    "kubelet.evictionSoft": kubeletOnly,
    "kubelet.evictionSoftGracePeriod": kubeletOnly,
    "kubelet.imageGCHighThresholdPercent": kubeletOnly,
    "kubelet.imageGCLowThresholdPercent": kubeletOnly,
    "kubelet.podsPerCore": "kOps has no such setting of the kubelet, so the two would disagree",
    role: "the component has the instance profile, and only one of them may be set",
    "securityGroupSelectorTerms[].name": "groups are selected by tags and ids",
  },
  "karpenter.sh_nodepools": {
    "template.spec.startupTaints[].timeAdded": "Kubernetes sets it",
    "template.spec.taints[].timeAdded": "Kubernetes sets it",
  },
};

describe("the fields of Karpenter's objects", () => {
  const ownSubnet = {
    vpcId: "vpc-0123456789abcdef0",
    subnets: [{ zone: "us-east-1a", cidr: "172.20.0.0/20", id: "subnet-0123456789abcdef0" }],
  };
  const objects = [...accepted.map(({ group }) => objectsOf(group)), ...groupsOf({ network: ownSubnet })];
  const written: Readonly<Record<string, readonly object[]>> = {
    "karpenter.k8s.aws_ec2nodeclasses": objects.map(({ nodeClass }) => nodeClass.spec),
    "karpenter.sh_nodepools": objects.flatMap(({ pools }) => pools.map(({ spec }) => spec)),
  };

  for (const [name, reasons] of Object.entries(left)) {
    it(`of ${name} are all written by an accepted variant, or left out for a reason`, () => {
      const schema = specOf(name);
      const found = new Set((written[name] ?? []).flatMap((spec) => writtenFields(schema, spec)));
      expect([...found, ...Object.keys(reasons)].sort()).to.deep.equal([...fieldsOf(schema)].sort());
    });
  }
});

function specOf(name: string): Schema {
  const file = join(karpenterCharts().crdChart, "templates", `${name}.yaml`);
  // The one line of Helm's in it is no YAML.
  const text = readFileSync(file, "utf8").replace(/^\s*\{\{.*$/gm, "");
  const { spec } = parse(text) as {
    readonly spec: { readonly versions: readonly { readonly schema: { readonly openAPIV3Schema: Schema } }[] };
  };
  const found = spec.versions[0]?.schema.openAPIV3Schema.properties?.["spec"];
  if (found === undefined) throw new Error(`${name} has no spec`);
  return found;
}

/** Paths of what is no object itself; a map is one field. */
function fieldsOf({ properties, items }: Schema, path = ""): readonly string[] {
  if (items?.properties !== undefined) return fieldsOf(items, `${path}[]`);
  if (properties === undefined) return [path];
  return Object.entries(properties).flatMap(([name, inner]) => fieldsOf(inner, path === "" ? name : `${path}.${name}`));
}

function writtenFields({ properties, items }: Schema, value: unknown, path = ""): readonly string[] {
  if (items?.properties !== undefined)
    return (value as readonly unknown[]).flatMap((each) => writtenFields(items, each, `${path}[]`));
  if (properties === undefined) return [path];
  return Object.entries(value as object).flatMap(([name, inner]) => {
    const at = path === "" ? name : `${path}.${name}`;
    const schema = properties[name];
    return schema === undefined ? [`${at}, which is unknown`] : writtenFields(schema, inner, at);
  });
}
