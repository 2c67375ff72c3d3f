import { expect } from "chai";
import { controlPlaneUserData, nodeupScriptFile } from "../../provider/src/render/bootstrap/artifacts";
import { FlakyServer, Sandbox, sha256, stubNodeup } from "../support/bootstrapSandbox";
import { renderText } from "../support/renderText";
import { goldenCase, goldenCaseNames, goldenReleases, type GoldenCase } from "./cases";

for (const [release, name] of goldenReleases.flatMap((each) =>
  goldenCaseNames(each).map((name) => [each, name] as const),
)) {
  describe(`user data of the case ${name} of kOps ${release}`, () => {
    const golden = goldenCase(name, release);
    const groups = [...golden.cluster.controlPlaneGroups, ...golden.cluster.nodeGroups].map((group) => group.name);

    it("belongs to the groups that kOps makes user data for", () => {
      const theirs = [...golden.userData.keys()].filter((file) => file.endsWith(".kube_env.yaml"));
      expect(groups.map((group) => `${group}.kube_env.yaml`).sort()).to.deep.equal(theirs.sort());
    });

    for (const group of groups) {
      it(`${group}: the script leaves kOps's boot configuration and starts nodeup in kOps's environment`, async () => {
        await checkScript(golden, group);
      });
    }

    for (const [file, want] of golden.userData) {
      if (!file.endsWith(".mime.txt")) continue;
      it(`${file}: further parts are wrapped as kOps does`, () => {
        const group = file.slice(0, -".mime.txt".length);
        const text = renderText(controlPlaneUserData(group), golden.cluster, golden.facts);
        const script = scriptOf(golden, group);
        expect(text).to.contain(script);
        expect(text.replace(`${script}\r\n`, "<bootstrap script>\n")).to.equal(want);
      });
    }
  });
}

/** The bootstrap script alone, taken out of its envelope where there is one. */
function scriptOf({ cluster, facts }: GoldenCase, group: string): string {
  if (cluster.nodeGroups.some(({ name }) => name === group)) {
    return renderText(nodeupScriptFile(group), cluster, facts);
  }
  const plain = cluster.controlPlaneGroups.map((each) => ({ ...each, additionalUserData: [] }));
  return renderText(controlPlaneUserData(group), { ...cluster, controlPlaneGroups: plain }, facts);
}

async function checkScript(golden: GoldenCase, group: string): Promise<void> {
  const variables = linesOf(golden.userData.get(`${group}.variables.txt`));
  const url = value(variables, "NODEUP_URL_AMD64");
  const script = scriptOf(golden, group);
  for (const architecture of ["AMD64", "ARM64"]) {
    const urls = value(variables, `NODEUP_URL_${architecture}`).split(",").join(" ");
    expect(script).to.contain(
      `nodeup_hash=${value(variables, `NODEUP_HASH_${architecture}`)}\n    nodeup_urls=(${urls})`,
    );
  }

  const server = new FlakyServer(["good"]);
  const sandbox = new Sandbox(["curl"]);
  try {
    const served = script
      .replaceAll(url.replaceAll(",", " "), `${await server.start()}/nodeup`)
      .replaceAll(value(variables, "NODEUP_HASH_AMD64"), sha256(stubNodeup));
    const { status, output, calls } = await sandbox.run(served);
    expect(status, output).to.equal(0);
    expect(sandbox.read("opt/kops/conf/kube_env.yaml")).to.equal(golden.userData.get(`${group}.kube_env.yaml`));
    expect(linesOf(sandbox.read("etc/environment")).sort()).to.deep.equal(
      linesOf(golden.userData.get(`${group}.proxy.txt`)),
    );
    const exported = variables.filter((line) => line.startsWith("export ")).map((line) => line.slice("export ".length));
    expect(linesOf(calls)).to.deep.equal([
      `cwd ${sandbox.path("opt/kops/bin")}`,
      "argument ./nodeup",
      "argument --install-systemd-unit",
      `argument --conf=${sandbox.path("opt/kops/conf/kube_env.yaml")}`,
      "argument --v=8",
      ...exported,
    ]);
    const settings = variables.filter((line) => line.startsWith("sysctl ")).map((line) => line.replace(" || true", ""));
    expect(linesOf(sandbox.read("sysctl-calls")).sort()).to.deep.equal(
      settings.map((line) => line.replaceAll("'", "")).sort(),
    );
  } finally {
    await server.stop();
    sandbox.remove();
  }
}

function value(variables: readonly string[], name: string): string {
  const line = variables.find((each) => each.startsWith(`${name}=`));
  if (line === undefined) throw new Error(`kOps's script does not set ${name}`);
  return line.slice(name.length + 1);
}

function linesOf(text: string | undefined): string[] {
  return (text ?? "").split("\n").filter((line) => line !== "");
}
