import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { stringify } from "yaml";
import { Root } from "../../../../localcloud/machines/root";
import { staticPods } from "../../../../localcloud/machines/staticPods";

describe("static pods that nodeup wrote", () => {
  const folder = mkdtempSync(join(tmpdir(), "machine-"));
  after(() => rmSync(folder, { recursive: true }));

  it("yield their programs' command lines and environment", () => {
    const root = new Root(folder, []);
    const manifests = root.path("/etc/kubernetes/manifests");
    mkdirSync(manifests, { recursive: true });
    const write = (name: string, container: object): void => {
      const pod = { metadata: { name }, spec: { containers: [container] } };
      writeFileSync(join(manifests, `${name}.manifest`), stringify(pod));
    };
    write("kube-apiserver", {
      command: ["/go-runner"],
      args: ["--log-file=/var/log/a.log", "--also-stdout", "/usr/local/bin/kube-apiserver", "--secure-port=443"],
    });
    write("kops-channels", {
      args: ["apply", "--node-name=$(NODE_NAME)", "$(OTHER)"],
      env: [{ name: "NODE_NAME", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } }],
    });
    const pods = staticPods(root, "i-1");
    expect(pods.get("kube-apiserver")?.command).to.deep.equal(["/usr/local/bin/kube-apiserver", "--secure-port=443"]);
    expect(pods.get("kops-channels")).to.deep.include({
      command: ["apply", "--node-name=i-1", "$(OTHER)"],
      env: { NODE_NAME: "i-1" },
    });
  });
});
