/** Every YAML example and scenario, up and down. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { inventory } from "../support/inventory";
import { repository, useLocalCloud } from "../support/localCloud";
import { readProgram, yamlProject } from "../support/pulumiProject";

const MINUTES = 60_000;
const examples = join(repository, "examples");
const scenarios = readdirSync(join(examples, "scenarios")).sort();
/** Has to have a cluster that runs: the tier "kubernetes" brings it up. */
const previewed = new Set(["scenarios/application"]);

describe("the YAML examples", function () {
  this.timeout(5 * MINUTES);
  const cloud = useLocalCloud();

  for (const folder of ["yaml", ...scenarios.map((name) => `scenarios/${name}`)]) {
    const text = readFileSync(join(examples, folder, "Pulumi.yaml"), "utf8");

    it(`${folder} has at most 40 lines`, () => {
      expect(text.split("\n").length).to.be.at.most(41);
    });

    it(`${folder} can be ${previewed.has(folder) ? "previewed" : "created and destroyed"}`, async () => {
      const project = await yamlProject(cloud, readProgram(text));
      const log = await project.run("preview");
      expect(log).to.match(/\+ \d{2,} to create/);
      if (previewed.has(folder)) return;
      const empty = await inventory(cloud);
      await project.up();
      await project.unchanged();
      await project.destroy();
      expect(await inventory(cloud)).to.deep.equal(empty);
    });
  }
});
