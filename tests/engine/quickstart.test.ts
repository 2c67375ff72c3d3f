/** The quickstart program as the demo and a user run it: `pulumi up` in the repository's root. */
import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { type Inventory, inventory } from "../support/inventory";
import { type LocalCloud, repository, useLocalCloud, variable } from "../support/localCloud";
import { secretsOf } from "../support/stateSecrets";
import { configure, placedProject, type PulumiProject } from "../support/pulumiProject";

const MINUTES = 60_000;

describe("the quickstart program", function () {
  this.timeout(8 * MINUTES);
  const cloud = useLocalCloud({ checkpoints: true });
  let project: PulumiProject;
  let empty: Inventory;
  let upLog: string;

  before(async () => {
    execFileSync("scripts/pack-sdk-nodejs", ["examples/typescript"], { cwd: repository, stdio: "pipe" });
    project = await placedProject(cloud, repository);
    await configure(cloud, project);
    empty = await inventory(cloud);
  });

  it("previews every resource without creating any, and prints no secret", async () => {
    const log = await project.run("preview", "--diff");
    expect(log).to.include("+ aws:ec2/vpc:Vpc").and.to.include("+ aws:autoscaling/group:Group");
    expectNoSecrets(log, cloud);
    expect(await inventory(cloud)).to.deep.equal(empty);
  });

  it("creates the cluster", async () => {
    upLog = await project.up("--diff");
    expect(Object.keys(await inventory(cloud))).to.include.members([
      "buckets",
      "roles",
      "queues",
      "Auto Scaling groups",
    ]);
  });

  it("returns its outputs, with the kubeconfig as a secret", async () => {
    const outputs = JSON.parse(await project.run("stack", "output", "--json")) as Record<string, string>;
    expect(outputs["apiEndpoint"]).to.match(
      /^https:\/\/api-quickstart-example-co-[a-z0-9]{6}-1\.us-east-1\.elb\.amazonaws\.com$/,
    );
    expect(outputs["stateStore"]).to.match(/^s3:\/\/quickstart-example-com-state-/);
    expect(outputs["kubeconfig"]).to.equal("[secret]");
  });

  it("prints no secret during the update", () => {
    expectNoSecrets(upLog, cloud);
  });

  it("keeps every secret encrypted in the exported state", async () => {
    const secrets = secretsOf(await project.exported("--show-secrets"));
    expect(secrets.privateKeys, "private keys").to.have.length.greaterThan(9);
    expect(secrets.tokens, "tokens").to.have.length.greaterThan(3);
    const state = await project.exported();
    expectNoSecrets(state, cloud);
    // Nor, for each resource, the lines of the plugin that declared it.
    expect(state).not.to.include("/dist/components/");
    // As they are, and as files of the state store and JSON inside JSON hold them.
    for (const secret of [...secrets.privateKeys, ...secrets.tokens]) {
      for (const form of [secret, Buffer.from(secret).toString("base64")]) {
        expect(state.includes(form), `${form.slice(0, 8)}… in plain text`).to.equal(false);
      }
    }
  });

  it("reports no changes in a second preview, refresh and update", async () => {
    await project.unchanged();
    await project.refresh("--expect-no-changes");
    await project.up("--expect-no-changes");
  });

  it("destroys every resource", async () => {
    await project.destroy();
    expect(await inventory(cloud)).to.deep.equal(empty);
    expect(await project.resources()).to.deep.equal([]);
  });
});

/** What no log and no state may show. Private keys in base64 start like their first line. */
function expectNoSecrets(text: string, cloud: LocalCloud): void {
  const forms = [
    "PRIVATE KEY-----",
    Buffer.from("-----BEGIN RSA PRIVATE").toString("base64").slice(0, 28),
    "client-key-data",
  ];
  for (const form of [...forms, variable(cloud, "S3_SECRET_ACCESS_KEY")]) {
    const at = text.indexOf(form);
    expect(at, `${form} in: ${text.slice(Math.max(0, at - 200), at + 80)}`).to.equal(-1);
  }
}
