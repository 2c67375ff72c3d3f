import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { scriptsOf } from "../../../../localcloud/machines/userData";

const script = "#!/bin/bash\necho hello\n";

describe("a machine's user data", () => {
  it("is a script if its first line says so", () => {
    expect(scriptsOf(Buffer.from(script))).to.deep.equal([script]);
  });

  it("may be compressed", () => {
    expect(scriptsOf(gzipSync(script))).to.deep.equal([script]);
  });

  it("yields the shell scripts of a MIME message in order, whatever their encoding", () => {
    const mime = [
      'Content-Type: multipart/mixed; boundary="edge"',
      "MIME-Version: 1.0",
      "",
      "--edge",
      "Content-Type: text/cloud-config",
      "",
      "packages: [jq]",
      "--edge",
      "Content-Type: text/x-shellscript",
      "",
      "#!/bin/sh",
      "one",
      "--edge",
      "Content-Type: text/x-shellscript",
      "Content-Transfer-Encoding: base64",
      "",
      Buffer.from("#!/bin/sh\ntwo\n").toString("base64"),
      "--edge--",
      "",
    ].join("\r\n");
    expect(scriptsOf(Buffer.from(mime))).to.deep.equal(["#!/bin/sh\none", "#!/bin/sh\ntwo\n"]);
  });

  it("may hold no script", () => {
    expect(scriptsOf(Buffer.alloc(0))).to.deep.equal([]);
    expect(scriptsOf(Buffer.from("#cloud-config\npackages: [jq]\n"))).to.deep.equal([]);
  });
});
