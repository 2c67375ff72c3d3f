/** Options of the component from each language: what reaches its children, what does not, and what does instead. */
import { CreateVpcCommand, DeleteVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { expect } from "chai";
import { deletionProtectionToken } from "../../provider/src/model/tokens";
import { inventory, type Inventory } from "../support/inventory";
import { awsSettings, useLocalCloud, variable } from "../support/localCloud";
import { type StateResource, yamlProject } from "../support/pulumiProject";
import { go, type Language, python, type Settings, type Step, yaml, yamlProgram } from "./options/languages";
import { typescript } from "./options/typescript";

const MINUTES = 60_000;
const usual = {
  command: "preview",
  stack: "test",
  name: "cluster",
  aliases: [],
  protect: true,
  tags: {},
  transformed: false,
  importVpc: "",
  clusterName: "options.example.com",
  single: false,
} as const;
const changed = { name: "renamed", aliases: ["cluster"], tags: { changed: "yes" }, single: true };

const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";
const nameOf = (urn: string): string => urn.split("::").at(-1) ?? "";
/** Which provider's name a reference holds. */
const providerOf = (reference: string | undefined): string | undefined => reference?.split("::").at(-2);

function stepFor(steps: readonly Step[], type: string): Step {
  const [found] = steps.filter(({ urn }) => typeOf(urn) === type);
  if (found === undefined) throw new Error(`no step for a ${type}`);
  return found;
}

describe("resource options", function () {
  this.timeout(10 * MINUTES);
  const cloud = useLocalCloud();
  let empty: Inventory;
  let project: Awaited<ReturnType<typeof yamlProject>>;
  let run: Record<string, Language>;
  let made = false;

  before(async () => {
    empty = await inventory(cloud);
    // Without this the CLI has no log of events.
    const env = { ...cloud.env, PULUMI_DEBUG_COMMANDS: "true" };
    project = await yamlProject({ ...cloud, env }, yamlProgram(usual));
    run = { TypeScript: typescript(cloud), Python: python(cloud), Go: go(cloud), YAML: yaml(project) };
  });

  function steps(language: string, settings: Partial<Settings>): Promise<readonly Step[]> {
    const program = run[language];
    if (program === undefined) throw new Error(`no ${language}`);
    return program({ ...usual, kopsBaseUrl: variable(cloud, "KOPS_BASE_URL"), ...settings });
  }

  // All of them work on one stack: the first makes the cluster, and the others find it as they would have made it.
  for (const language of ["TypeScript", "Python", "Go", "YAML"]) {
    describe(`in ${language}`, () => {
      let ups: readonly Step[];
      let state: readonly StateResource[];
      let component: StateResource;
      let changes: readonly Step[];

      before(async () => {
        ups = await steps(language, { command: "up" });
        state = (await project.resources()).filter(({ type }) => !type.startsWith("pulumi:"));
        const [found] = state.filter(({ type }) => type === "kops-karpenter:index:KopsKarpenterCluster");
        if (found === undefined) throw new Error("no cluster");
        component = found;
        changes = await steps(language, { ...changed, transformed: language !== "YAML" });
      });

      it("creates the cluster, or finds the one that another language created", () => {
        const ops = ups.filter(({ urn }) => !typeOf(urn).startsWith("pulumi:")).map(({ op }) => op);
        expect(ops).to.have.length(state.length);
        expect(new Set(ops)).to.deep.equal(new Set([made ? "same" : "create"]));
        made = true;
      });

      it("providers: every aws resource uses the given provider and its default tags", () => {
        const aws = state.filter(({ type }) => type.startsWith("aws:"));
        expect(aws).to.have.length.greaterThan(100);
        expect(aws.filter(({ provider }) => providerOf(provider) !== "virginia")).to.deep.equal([]);
        const tags = aws
          .map(({ outputs }) => outputs?.["tagsAll"] as Record<string, string> | undefined)
          .filter((all) => all !== undefined);
        expect(tags).to.have.length.greaterThan(50);
        expect(tags.filter(({ owner }) => owner !== "platform")).to.deep.equal([]);
      });

      it("provider: works like providers", () => {
        const aws = changes.filter(({ urn }) => typeOf(urn).startsWith("aws:"));
        expect(aws).to.have.length.greaterThan(100);
        expect(aws.filter(({ provider }) => providerOf(provider) !== "virginia")).to.deep.equal([]);
      });

      it("protect: every resource in the cluster is protected", () => {
        const inside = state.filter(({ urn }) => nameOf(urn).startsWith("cluster"));
        expect(inside).to.have.length.greaterThan(100);
        expect(inside.filter((each) => each.protect !== true).map(({ urn }) => urn)).to.deep.equal([]);
      });

      it("dependsOn: the cluster is created after the other resource and destroyed before it", () => {
        const first = state.findIndex(({ urn }) => nameOf(urn) === "first");
        expect(component.dependencies).to.deep.equal([state[first]?.urn]);
        expect(first).to.be.lessThan(state.indexOf(component));
      });

      it("aliases: a renamed component keeps itself and all of its resources", () => {
        const own = changes.filter(({ urn }) => !typeOf(urn).startsWith("pulumi:"));
        expect(own.map(({ urn }) => nameOf(urn))).to.include.members(["renamed", "renamed-vpc"]);
        expect(own).to.have.length(state.length);
        expect(new Set(own.map(({ op }) => op))).to.deep.equal(new Set(["same", "update"]));
      });

      if (language === "YAML") {
        it("ignoreChanges: does not reach the children", () => {
          expect(stepFor(changes, "aws:ec2/vpc:Vpc").op).to.equal("update");
        });
        return;
      }

      it("transforms: can change a child's inputs", () => {
        const { op, inputs } = stepFor(changes, "aws:ec2/subnet:Subnet");
        expect(op).to.equal("update");
        expect(inputs["tags"]).to.include({ team: "a", changed: "yes", owner: "platform", SubnetType: "Public" });
      });

      it("transforms: can set ignoreChanges on a child, which then stays unchanged", () => {
        expect(stepFor(changes, "aws:ec2/vpc:Vpc").op).to.equal("same");
      });

      it("transforms: can import an existing resource as a child", async () => {
        const client = new EC2Client(awsSettings(cloud));
        const range = { CidrBlock: "172.20.0.0/16", AmazonProvidedIpv6CidrBlock: true };
        const VpcId = (await client.send(new CreateVpcCommand(range))).Vpc?.VpcId ?? "";
        // A stack of its own cannot have a cluster of a name that is taken.
        const clusterName = "imported.example.com";
        const fresh = await steps(language, { stack: "fresh", clusterName, importVpc: VpcId });
        await client.send(new DeleteVpcCommand({ VpcId }));
        const ops = fresh.filter(({ urn }) => typeOf(urn) === "aws:ec2/vpc:Vpc").map(({ op }) => op);
        // The second gives it the cluster's tags.
        expect(ops).to.deep.equal(["import", "update"]);
      });
    });
  }

  describe("of a protected cluster", () => {
    it("refuse a destroy, and say how to allow it", async () => {
      const whole = await inventory(cloud);
      const { code, output } = await project.attempt("destroy", "--yes", "--skip-preview");
      expect(code).not.to.equal(0);
      // The first that a destroy comes to; every resource has the option.
      const [last] = (await project.resources()).filter(({ type }) => type === deletionProtectionToken);
      const lines = output.split("\n").map((line) => line.trim());
      const at = lines.indexOf(`error: resource "${last?.urn ?? ""}" cannot be deleted`);
      expect(lines.slice(at + 1, at + 3), output).to.deep.equal([
        "because it is protected. To unprotect the resource, either remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`, or use the command:",
        `\`pulumi state unprotect '${last?.urn ?? ""}'\``,
      ]);
      expect(await inventory(cloud)).to.deep.equal(whole);
    });

    it("allow a destroy after an update without protect", async () => {
      await steps("YAML", { command: "up", protect: false });
      await project.destroy();
      expect(await inventory(cloud)).to.deep.equal(empty);
    });
  });
});
