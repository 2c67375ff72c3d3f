import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { stamped } from "../../codegen/effects/stamp";
import { type PackageSpec } from "../../codegen/types/schema";
import { schemaShape } from "../../provider/src/schema/shape.gen";

const root = path.resolve(__dirname, "../..");
const read = (file: string) => JSON.parse(fs.readFileSync(path.join(root, file), "utf8")) as { version: string };
const schema: PackageSpec = { name: "", ...read("provider/schema.json") };
const types = schema.types ?? {};
const token = "kops-karpenter:index:KopsKarpenterCluster";
const component = schema.resources?.[token] ?? {};

interface Described {
  readonly where: string;
  readonly description: string | undefined;
}

function described(): readonly Described[] {
  const properties = (
    where: string,
    of: Readonly<Record<string, { description?: string }>> | undefined,
  ): readonly Described[] =>
    Object.entries(of ?? {}).map(([name, { description }]) => ({ where: `${where}.${name}`, description }));
  const ofTypes = Object.entries(types).flatMap(([name, type]) => [
    { where: name, description: type.description },
    ...properties(name, type.properties),
    ...(type.enum ?? []).map((value) => ({ where: `${name}=${String(value.value)}`, description: value.description })),
  ]);
  return [
    { where: token, description: component.description },
    ...properties(token, component.inputProperties),
    ...properties(`${token} output`, component.properties),
    ...ofTypes,
  ];
}

function keysOf(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}

describe("provider/schema.json", () => {
  it("has the inputs that examples and outside checks use", () => {
    expect(Object.keys(component.inputProperties ?? {})).to.include.members(
      [
        "clusterName zones kubernetesVersion kopsVersion stateStore discoveryStore stateStoreAccess network dns cni api",
        "controlPlane nodeGroups karpenter serviceAccountRoles sshPublicKey sshAccess tags assets preflight readiness kubeconfig",
      ].flatMap((names) => names.split(" ")),
    );
    expect(component.requiredInputs).to.deep.equal(["clusterName", "zones"]);
  });

  it("has the outputs that examples and outside checks use", () => {
    expect(Object.keys(component.properties ?? {})).to.include.members(
      [
        "clusterName region kubeconfig apiEndpoint certificateAuthority stateStore discoveryStore issuerUrl",
        "oidcProviderArn vpcId subnetIds securityGroupIds controlPlaneRoleArn nodeRoleArn nodeInstanceProfile",
        "karpenterRoleArn interruptionQueueName autoscalingGroups nodeupScripts serviceAccountRoleArns",
      ].flatMap((names) => names.split(" ")),
    );
  });

  it("describes every type, field and value in sentences", () => {
    const bad = described().filter(({ description }) => description === undefined || !/[.?]$/.test(description.trim()));
    expect(bad.map(({ where }) => where)).to.deep.equal([]);
  });

  it("says of each input what the table of effects says of a change", () => {
    // `make generate` writes these sentences.
    expect(stamped(schema)).to.deep.equal(schema);
    const sentences = described().filter(({ description }) => description?.includes("Effect of a change: ") === true);
    expect(sentences).to.have.length.greaterThan(90);
  });

  it("names no type *Args, which the SDKs would collide with", () => {
    expect(Object.keys(types).filter((name) => name.endsWith("Args"))).to.deep.equal([]);
  });

  it("bakes no default into the SDKs", () => {
    expect(keysOf(schema).filter((key) => key === "default" || key === "defaultInfo")).to.deep.equal([]);
  });

  it("marks as secret what must never show", () => {
    const secret = (shape: Readonly<Record<string, { secret: boolean }>>): readonly string[] =>
      Object.entries(shape)
        .filter(([, property]) => property.secret)
        .map(([name]) => name);
    expect(secret(schemaShape.components[token]!.outputs)).to.include("kubeconfig");
    expect(secret(schemaShape.objects.StateStoreAccess!)).to.deep.equal(["secretAccessKey"]);
  });

  it("carries the package's version into every SDK", () => {
    const { version } = read("package.json");
    expect(schema.version).to.equal(version);
    expect(read("sdk/nodejs/package.json").version).to.equal(version);
    expect(read("sdk/go/kopskarpenter/pulumi-plugin.json").version).to.equal(version);
    expect(fs.readFileSync(path.join(root, "sdk/python/pyproject.toml"), "utf8")).to.contain(`version = "${version}"`);
  });
});
