import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";

/** Gives each request to an application that answers with what it has read, and prints the sizes of the file after each. */
const script = `
import io, json, pathlib, sys
sys.path.insert(0, sys.argv[1])
import changes
file = pathlib.Path(sys.argv[2])
def simulator(environ, start_response):
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    if b"Broken" in body:
        raise ValueError("half done")
    return [body]
app = changes.told(simulator, file)
found = []
for kind, body in json.loads(sys.argv[3]):
    environ = {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body.encode())}
    try:
        read = app(environ, None) == [body.encode()]
    except ValueError:
        read = None
    found.append([read, file.stat().st_size])
print(json.dumps(found))
`;

describe("the calls that the simulated AWS tells of", () => {
  const folder = mkdtempSync(join(tmpdir(), "calls-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("are those that may change an instance, failed ones as well; the request reaches the simulator whole", () => {
    const form = "application/x-www-form-urlencoded; charset=utf-8";
    const requests = [
      [form, "Action=DescribeInstances&Version=2016-11-15"],
      [form, "Action=RunInstances&Version=2016-11-15"],
      [form, "Version=2016-11-15&Action=GetConsoleOutput"],
      [form, "Version=2011-01-01&Action=TerminateInstanceInAutoScalingGroup"],
      [form, "Action=AssumeRoleWithWebIdentity&Version=2011-06-15"],
      [form, "Action=TerminateInstances&Broken=1"],
      [form, "nothing that is known"],
      ["application/x-amz-json-1.1", "{}"],
    ];
    const args = [resolve(__dirname, "../../../localcloud/aws"), join(folder, "changes"), JSON.stringify(requests)];
    const printed = execFileSync("python3", ["-c", script, ...args], { encoding: "utf8" });
    const found = JSON.parse(printed) as [boolean | null, number][];
    expect(found.map(([read]) => read)).to.deep.equal([true, true, true, true, true, null, true, true]);
    expect(found.map(([, size]) => size)).to.deep.equal([0, 1, 1, 2, 2, 3, 4, 4]);
  });
});
