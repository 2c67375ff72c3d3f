/** What a user meets on a bad day: an AWS call that fails, an engine that is killed, and the next run. */
import { CreateRoleCommand, DeleteRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { inventory } from "../support/inventory";
import { awsSettings, type LocalCloud, startLocalCloud } from "../support/localCloud";
import { finished, type PulumiProject, yamlProject } from "../support/pulumiProject";

const MINUTES = 60_000;
const ROLE = "nodes.faults.example.com";

describe("after a fault", function () {
  this.timeout(8 * MINUTES);
  let cloud: LocalCloud;
  let project: PulumiProject;

  before(async () => {
    cloud = startLocalCloud();
    const properties = { clusterName: "faults.example.com", zones: ["us-east-1a"] };
    project = await yamlProject(cloud, {
      resources: { cluster: { type: "kops-karpenter:KopsKarpenterCluster", properties } },
    });
  });
  after(() => {
    cloud.end();
  });

  it("names the resource whose AWS call failed, and keeps what was made", async () => {
    await new IAMClient(awsSettings(cloud)).send(
      new CreateRoleCommand({ RoleName: ROLE, AssumeRolePolicyDocument: "{}" }),
    );
    const { code, output } = await project.attempt("up", "--yes", "--skip-preview");
    expect(code, output).not.to.equal(0);
    const diagnostics = output.slice(output.indexOf("Diagnostics:"));
    expect(diagnostics).to.match(
      /aws:iam:Role \(cluster-role-nodes\):\s+error: .*EntityAlreadyExists.*nodes\.faults\.example\.com/s,
    );
    // What succeeded beside it is in the state, and only that.
    const urns = (await project.resources()).map(({ urn }) => urn.split("::").at(-1));
    expect(urns).to.include("cluster").and.not.to.include("cluster-role-nodes");
    const roles = (await inventory(cloud))["roles"] ?? [];
    expect(urns.filter((name) => name?.startsWith("cluster-role-"))).to.have.length(roles.length - 1);
  });

  it("goes on when killed in the middle, once the user has cancelled and refreshed", async () => {
    await new IAMClient(awsSettings(cloud)).send(new DeleteRoleCommand({ RoleName: ROLE }));
    const engine = project.start("up", "--yes", "--skip-preview");
    // Amid the files: what was under way then is simply written again. A killed create of what AWS itself names is
    // beyond Pulumi; its refresh asks what to do with each.
    let files = 0;
    engine.stdout?.on("data", (data: Buffer) => {
      files += data.toString().match(/aws:s3:BucketObjectv2 \S+ created/g)?.length ?? 0;
      if (files >= 10) killBetweenWrites(engine, cloud);
    });
    expect((await finished(engine)).code).to.equal(null);
    const made = (await project.resources()).length;
    // Its lock is still there, and Pulumi says how to remove it.
    expect((await project.attempt("up", "--yes", "--skip-preview")).output).to.include("pulumi cancel");
    await project.run("cancel", "--yes");
    await project.refresh("--clear-pending-creates");
    await project.up();
    await project.unchanged();
    expect((await project.resources()).length).to.be.greaterThan(made);
  });
});

/**
 * Kills the engine, but not while it writes the state: Pulumi's file backend rewrites that file in place, and half of it
 * would be all that is left.
 */
function killBetweenWrites(engine: ChildProcess, cloud: LocalCloud): void {
  engine.kill("SIGSTOP");
  const file = join(cloud.dir, "pulumi-state", ".pulumi", "stacks", "project", "test.json");
  try {
    JSON.parse(readFileSync(file, "utf8"));
    engine.kill("SIGKILL");
  } catch {
    // The next line that the engine prints tries again.
  }
  engine.kill("SIGCONT");
}
