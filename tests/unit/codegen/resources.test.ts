/** docs/resources.md: parts, their order and their resources, from a registered graph. */
import { expect } from "chai";
import { emitResources } from "../../../codegen/resources/emit";
import { type Registered } from "../../component/support/graph";

const component = "urn:component";

function registered(urn: string, type: string, parent: string, dependencies: string[] = []): Registered {
  const custom = !type.startsWith("kops-karpenter:");
  return { urn, type, parent, dependencies, custom, name: urn, inputs: {} } as unknown as Registered;
}

const cluster = registered(component, "kops-karpenter:index:KopsKarpenterCluster", "urn:stack");
const part = (name: string): Registered => registered(`urn:${name}`, `kops-karpenter:cluster:${name}`, component);

describe("the page of resources", () => {
  it("draws an arrow for a direct dependency and none for one that another part implies", () => {
    const page = emitResources([
      cluster,
      part("network"),
      part("api"),
      part("files"),
      registered("urn:vpc", "aws:ec2/vpc:Vpc", "urn:network"),
      registered("urn:lb", "aws:lb/loadBalancer:LoadBalancer", "urn:api", ["urn:vpc"]),
      registered("urn:file", "aws:s3/bucketObjectv2:BucketObjectv2", "urn:files", ["urn:lb", "urn:vpc"]),
    ]);
    expect([...page.matchAll(/^ {2}(\w+ --> \w+)$/gm)].map(([, arrow]) => arrow)).to.deep.equal([
      "network --> api",
      "api --> files",
    ]);
  });

  it("counts the resources of a part by type, its nested components' among them, and no component", () => {
    const page = emitResources([
      cluster,
      part("workers"),
      registered("urn:nested", "kops-karpenter:cluster:group", "urn:workers"),
      registered("urn:a", "aws:ec2/subnet:Subnet", "urn:workers"),
      registered("urn:b", "aws:ec2/subnet:Subnet", "urn:nested"),
      registered("urn:c", "aws:ec2/vpc:Vpc", "urn:nested"),
    ]);
    expect(page).to.include("has 3 resources in 1 parts");
    expect(page).to.include("| workers | `aws:ec2/subnet:Subnet` | 2 |\n|  | `aws:ec2/vpc:Vpc` | 1 |");
  });

  it("refuses a resource outside every part", () => {
    const stray = registered("urn:stray", "aws:ec2/vpc:Vpc", "urn:elsewhere");
    expect(() => emitResources([cluster, stray])).to.throw("urn:stray belongs to no part");
  });
});
