import { expect } from "chai";
import { emitPublicNames, emitShape, emitTypes } from "../../../codegen/types/emit";
import { type PackageSpec, readModel } from "../../../codegen/types/schema";

const spec: PackageSpec = {
  name: "kops-karpenter",
  types: {
    "kops-karpenter:index:Volume": {
      type: "object",
      description: "A volume.",
      properties: {
        size: { type: "integer", plain: true, description: "GiB. */ stays inside the comment." },
        kmsKeyArn: { type: "string" },
      },
      required: ["size"],
    },
    "kops-karpenter:index:Cni": { type: "string", enum: [{ value: "cilium" }, { value: "none" }] },
  },
  resources: {
    "kops-karpenter:index:KopsKarpenterCluster": {
      isComponent: true,
      inputProperties: {
        volumes: {
          type: "object",
          additionalProperties: { $ref: "#/types/kops-karpenter:index:Volume", plain: true },
          plain: true,
        },
        groupIds: { type: "array", items: { type: "string" }, plain: true },
        cni: { $ref: "#/types/kops-karpenter:index:Cni", plain: true },
        values: { type: "object", additionalProperties: { $ref: "pulumi.json#/Any", plain: true }, plain: true },
      },
      properties: {
        kubeconfig: { type: "string", secret: true },
        volume: { $ref: "#/types/kops-karpenter:index:Volume" },
      },
      required: ["kubeconfig"],
    },
  },
};

function withType(property: object): PackageSpec {
  return { name: "p", types: { "p:index:T": { type: "object", properties: { a: property } } } };
}

describe("codegen/types", () => {
  const squeeze = (text: string): string => text.replace(/\s+/g, " ");

  it("marks what may be an output", () => {
    const text = squeeze(emitTypes(readModel(spec)));
    expect(text).to.contain("export interface ClusterInputs {");
    expect(text).to.contain("readonly volumes?: Readonly<Record<string, Volume>> | undefined;");
    expect(text).to.contain("readonly groupIds?: readonly (Input<string>)[] | undefined;");
    expect(text).to.contain("readonly size: number; readonly kmsKeyArn?: Input<string> | undefined;");
    expect(text).to.contain('export type Cni = "cilium" | "none";');
    expect(text).to.contain("readonly values?: Readonly<Record<string, unknown>> | undefined;");
  });

  it("documents properties, and gives outputs as outputs", () => {
    const text = squeeze(emitTypes(readModel(spec)));
    expect(text).to.contain("/** GiB. *\\/ stays inside the comment. */ readonly size: number;");
    expect(text).to.contain("export interface KopsKarpenterClusterOutputs {");
    expect(text).to.contain("readonly kubeconfig: Output<string>;");
    expect(text).to.contain("readonly volume: Output<Unwrapped<Volume> | undefined>;");
  });

  it("names the types as Pulumi programs know them", () => {
    expect(squeeze(emitPublicNames(readModel(spec)))).to.contain(
      'export type { ClusterInputs as KopsKarpenterClusterArgs, KopsKarpenterClusterOutputs, Volume as VolumeArgs } from "./types.gen";',
    );
  });

  it("keeps plain, required and secret in the run-time shape", () => {
    const text = squeeze(emitShape(readModel(spec)));
    expect(text).to.contain('kubeconfig: { type: "string", plain: false, required: true, secret: true },');
    expect(text).to.contain('groupIds: { type: { array: { type: "string", plain: false } }, plain: true,');
    expect(text).to.contain('Cni: ["cilium","none"],');
  });

  const refused: readonly (readonly [object, string])[] = [
    [{ $ref: "#/types/p:index:None" }, "p:index:T.a: no type #/types/p:index:None in the schema"],
    [{ type: "string", default: "x" }, "p:index:T.a: the generator does not know default"],
    [{ type: "array", items: { oneOf: [] } }, "p:index:T.a[]: the generator does not know oneOf"],
    [{ type: "object" }, 'p:index:T.a: cannot generate a type for {"type":"object"}'],
  ];
  for (const [property, message] of refused) {
    it(`refuses ${JSON.stringify(property)}`, () => {
      expect(() => readModel(withType(property))).to.throw(message);
    });
  }

  it("refuses a required property that does not exist", () => {
    const wrong: PackageSpec = { name: "p", types: { "p:index:T": { type: "object", required: ["b"] } } };
    expect(() => readModel(wrong)).to.throw("p:index:T: required, but not a property: b");
  });
});
