import { generateKeyPairSync } from "node:crypto";
import { expect } from "chai";
import { md5Hex, sha256 } from "../../../provider/src/encode/hash";
import { compactJson, json } from "../../../provider/src/encode/json";
import { multipartUserData } from "../../../provider/src/encode/mime";
import { compareCodeUnits, compareNaturally } from "../../../provider/src/encode/natural";
import { pemBytes, rsaPublicKey } from "../../../provider/src/encode/pem";

describe("json", () => {
  it("breaks lines as Go's MarshalIndent does, with and without indent", () => {
    const value = { a: [1, "x"], b: {}, c: [], d: { e: null } };
    expect(json(value, 2)).to.equal(
      '{\n  "a": [\n    1,\n    "x"\n  ],\n  "b": {},\n  "c": [],\n  "d": {\n    "e": null\n  }\n}',
    );
    expect(json(value, 0)).to.equal('{\n"a": [\n1,\n"x"\n],\n"b": {},\n"c": [],\n"d": {\n"e": null\n}\n}');
  });

  it("escapes what Go escapes", () => {
    expect(compactJson({ "<k>": 'a & "b" \u2028' })).to.equal('{"\\u003ck\\u003e":"a \\u0026 \\"b\\" \\u2028"}');
  });
});

describe("multipart user data", () => {
  it("has kOps's envelope", () => {
    const parts = [
      { name: "nodeup.sh", type: "text/x-shellscript", content: "#!/bin/bash\n" },
      { name: "a.txt", type: "text/plain", content: "no newline" },
    ];
    expect(multipartUserData(parts).split("\r\n")).to.deep.equal([
      'Content-Type: multipart/mixed; boundary="MIMEBOUNDARY"',
      "MIME-Version: 1.0",
      "",
      "--MIMEBOUNDARY",
      'Content-Disposition: attachment; filename="nodeup.sh"',
      "Content-Transfer-Encoding: 7bit",
      "Content-Type: text/x-shellscript",
      "Mime-Version: 1.0",
      "",
      "#!/bin/bash\n",
      "--MIMEBOUNDARY",
      'Content-Disposition: attachment; filename="a.txt"',
      "Content-Transfer-Encoding: 7bit",
      "Content-Type: text/plain",
      "Mime-Version: 1.0",
      "",
      "no newline",
      "--MIMEBOUNDARY--",
      "",
    ]);
  });
});

describe("order of keys", () => {
  it("is natural: numbers by value, letters last", () => {
    const keys = ["a10", "a2", "a1", "B", "b", "_", "1", "a", "A", "10", "2"];
    expect(keys.sort(compareNaturally)).to.deep.equal(["_", "1", "2", "10", "A", "B", "a", "a1", "a2", "a10", "b"]);
  });

  it("is by code unit for lists", () => {
    expect(["b", "a10", "a2", "B", "a2"].sort(compareCodeUnits)).to.deep.equal(["B", "a10", "a2", "a2", "b"]);
  });
});

describe("RSA public keys", () => {
  it("are read from their SubjectPublicKeyInfo", () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const { n, e } = publicKey.export({ format: "jwk" });
    const { modulus, exponent } = rsaPublicKey(pemBytes(publicKey.export({ type: "spki", format: "pem" }).toString()));
    expect(Buffer.from(modulus).toString("base64url")).to.equal(n);
    expect(Buffer.from(exponent).toString("base64url")).to.equal(e);
  });

  it("are refused in any other form", () => {
    const { publicKey } = generateKeyPairSync("ed25519");
    expect(() => pemBytes("no key")).to.throw("bug: no PEM block");
    expect(() => rsaPublicKey(publicKey.export({ type: "spki", format: "der" }))).to.throw("bug:");
  });
});

describe("hashes", () => {
  it("are those of the bytes", () => {
    expect(sha256("", "hex")).to.equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(sha256("é", "base64")).to.equal(sha256(Buffer.from("é"), "base64"));
    expect(md5Hex("")).to.equal("d41d8cd98f00b204e9800998ecf8427e");
  });
});
