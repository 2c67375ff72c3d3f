/** A component that is renamed: every resource below it is found by the name that it had. */
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { clusterToken } from "../../provider/src/model/tokens";
import { graphOf } from "./support/graph";

type Aliases = NonNullable<pulumi.ComponentResourceOptions["aliases"]>;

const urn = `urn:pulumi:stack::project::${clusterToken}::former`;
const aliases: Readonly<Record<string, () => Aliases>> = {
  "a name": () => [{ name: "former" }],
  "a URN": () => [urn],
  "an output of a name": () => [{ name: pulumi.output("former") }],
  "an output of an alias": () => [pulumi.output({ name: "former" })],
  "a promise of a URN": () => [Promise.resolve(urn)],
  "one of several": () => [{ stack: "elsewhere" }, { name: "former" }],
};

async function namesAndAliases(given: Aliases): Promise<readonly (readonly [string, readonly string[]])[]> {
  const graph = await graphOf({}, { program: () => ({ options: { aliases: given } }) });
  // What this release itself has renamed has another alias, which is the same whatever the program says.
  const ofProgram = ({ aliases }: { readonly aliases: readonly string[] }): readonly string[] =>
    aliases.filter((alias) => alias !== "cluster-api-readiness");
  return graph.resources.filter(({ type }) => type !== clusterToken).map((each) => [each.name, ofProgram(each)]);
}

describe("a renamed component", () => {
  for (const [title, alias] of Object.entries(aliases)) {
    it(`has resources that are known by its former name, from ${title}`, async () => {
      const resources = await namesAndAliases(alias());
      expect(resources).to.have.length.greaterThan(100);
      for (const [name, known] of resources) expect(known).to.deep.equal([name.replace(/^cluster-/, "former-")]);
    });
  }

  it("has nothing to hand on where it kept its name", async () => {
    for (const [, known] of await namesAndAliases([{ stack: "elsewhere" }])) expect(known).to.deep.equal([]);
  });
});
