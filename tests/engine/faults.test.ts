/** What a user meets on a bad day: an AWS call that fails, an engine that is killed, and the next run. */
import { CreateRoleCommand, DeleteRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { expect } from "chai";
import { awsSettings } from "../support/inventory";
import { type LocalCloud, startLocalCloud } from "../support/localCloud";
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
    // Independent resources of the same run are there and in the state.
    const types = (await project.resources()).map(({ type }) => type);
    expect(types).to.include.members([
      "kops-karpenter:index:KopsKarpenterCluster",
      "aws:s3/bucket:Bucket",
      "tls:index/privateKey:PrivateKey",
    ]);
  });

  it("goes on when killed in the middle, once the user has cancelled and refreshed", async () => {
    await new IAMClient(awsSettings(cloud)).send(new DeleteRoleCommand({ RoleName: ROLE }));
    const engine = project.start("up", "--yes", "--skip-preview");
    // Amid the files: what was under way then is simply written again. A killed create of what AWS itself names is
    // beyond Pulumi; its refresh asks what to do with each.
    let files = 0;
    engine.stdout?.on("data", (data: Buffer) => {
      files += data.toString().match(/aws:s3:BucketObjectv2 \S+ created/g)?.length ?? 0;
      if (files >= 10) engine.kill("SIGKILL");
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
