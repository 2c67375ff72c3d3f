/** Every YAML example and scenario: previewed as it stands, the first two brought up and down as well. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { inventory } from "../support/inventory";
import { type LocalCloud, repository, startLocalCloud } from "../support/localCloud";
import { readProgram, yamlProject } from "../support/pulumiProject";

const MINUTES = 60_000;
const examples = join(repository, "examples");
const scenarios = readdirSync(join(examples, "scenarios")).sort();
/** The rest is previewed only, to keep the tier short. */
const broughtUp = new Set(["yaml", "scenarios/service-account-roles"]);

describe("the YAML examples", function () {
  this.timeout(5 * MINUTES);
  let cloud: LocalCloud;

  before(() => {
    cloud = startLocalCloud();
  });
  after(() => {
    cloud.end();
  });

  for (const folder of ["yaml", ...scenarios.map((name) => `scenarios/${name}`)]) {
    const text = readFileSync(join(examples, folder, "Pulumi.yaml"), "utf8");

    it(`${folder} is short`, () => {
      expect(text.split("\n").length).to.be.at.most(41);
    });

    it(`${folder} runs`, async () => {
      const project = await yamlProject(cloud, readProgram(text));
      const log = await project.run("preview");
      expect(log).to.match(/\+ \d{2,} to create/);
      if (!broughtUp.has(folder)) return;
      const empty = await inventory(cloud);
      await project.up();
      await project.unchanged();
      await project.destroy();
      expect(await inventory(cloud)).to.deep.equal(empty);
    });
  }
});
