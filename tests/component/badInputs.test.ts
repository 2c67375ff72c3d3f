/** A mistake in the inputs is told before anything is registered, with all others. */
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { KopsKarpenterCluster } from "../../provider/src/components/cluster";
import type { KopsKarpenterClusterArgs } from "../../provider/src/schema/inputs.gen";
import { settled, useMocks } from "./support/runtime";

interface Refusal {
  readonly registered: readonly string[];
  readonly error: {
    readonly message: string;
    readonly errors: readonly { readonly propertyPath: string; readonly reason: string }[];
  };
}

async function refusal(args: unknown): Promise<Refusal> {
  const registered: string[] = [];
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ name, inputs }) => ({ id: name, state: inputs as object }),
    call: () => ({}),
  };
  await useMocks(mocks, true, ({ name }) => registered.push(name));
  let error: unknown;
  try {
    new KopsKarpenterCluster("cluster", args as KopsKarpenterClusterArgs);
  } catch (caught) {
    error = caught;
  }
  await settled();
  expect(pulumi.InputPropertiesError.isInstance(error), String(error)).to.equal(true);
  return { registered, error: error as Refusal["error"] };
}

describe("bad inputs", () => {
  it("are all told at once, each with its path, and nothing is registered", async () => {
    const { registered, error } = await refusal({
      clusterName: "c.example.com",
      zones: ["us-east-1a", "eu-west-1a"],
      kubernetesVersion: "1.12.0",
      nodeGroup: {},
      nodeGroups: { nodes: { images: ["al2023@latest"], minSize: -1 } },
      karpenter: { version: "0.37.0" },
    });
    expect(registered).to.deep.equal([]);
    expect(error.errors.map(({ propertyPath }) => propertyPath).sort()).to.deep.equal([
      "karpenter.version",
      "kubernetesVersion",
      "nodeGroup",
      "nodeGroups.nodes.images[0]",
      "nodeGroups.nodes.minSize",
      "zones[1]",
    ]);
    expect(error.errors.find(({ propertyPath }) => propertyPath === "nodeGroup")?.reason).to.include("nodeGroups");
  });

  it("include an output where a plain value is due", async () => {
    const { registered, error } = await refusal({ clusterName: pulumi.output("c.example.com"), zones: ["us-east-1a"] });
    expect(registered).to.deep.equal([]);
    expect(error.errors.map(({ propertyPath }) => propertyPath)).to.deep.equal(["clusterName"]);
  });

  it("are listed in the message, which is all that a program of the same process is shown", async () => {
    const { error } = await refusal({ clusterName: "Bad", zones: "us-east-1a" });
    expect(error.message).to.equal(
      [
        "the inputs of the cluster are not valid",
        '- zones: wrong type, got "us-east-1a"; must be a list',
        '- clusterName: invalid DNS name, got "Bad"; must be a DNS name such as prod.example.com: lowercase letters, digits, - and ., starting and ending with a letter or digit',
      ].join("\n"),
    );
  });

  it("include nothing at all", async () => {
    const { error } = await refusal({});
    expect(error.errors.map(({ propertyPath }) => propertyPath).sort()).to.deep.equal(["clusterName", "zones"]);
  });
});
