/** The user's own certificates and keys: how they are written and numbered, and what is wrong with them. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { expect } from "chai";
import {
  certificatePem,
  describeKey,
  keyMaterialProblems,
  privateKeyPem,
} from "../../../provider/src/components/builders/keyMaterial";
import { goldenFacts } from "../../golden/cases";
import { selfSigned, type Pair } from "../../support/certificates";

const path = "pki.keysets.kubernetes-ca.keys";

function problems(keys: object, keyset = "kubernetes-ca"): readonly string[] {
  const found = keyMaterialProblems({ keysets: { [keyset]: { keys } } }, new Date());
  return found.map((problem) => `${problem.path}: ${problem.reason}`);
}

describe("own keys", () => {
  let rsa: Pair;
  let ec: Pair;
  before(async () => {
    rsa = await selfSigned("corp-ca");
    ec = await selfSigned("corp-ca", [], { isEcdsa: true });
  });

  it("are written as kOps writes them, in whatever form they come", () => {
    for (const { certificate, key } of [rsa, ec]) {
      const pkcs8 = createPrivateKey(key).export({ type: "pkcs8", format: "pem" }).toString();
      expect(privateKeyPem(pkcs8)).to.equal(key);
      expect(privateKeyPem(key.trim())).to.equal(key);
      expect(certificatePem(`subject=CN = corp-ca\r\n${certificate.replaceAll("\n", "\r\n")}`)).to.equal(certificate);
    }
    const golden = goldenFacts("rotated-keys");
    for (const [name, { keys }] of Object.entries(golden.keysets)) {
      for (const { id, certificate, publicKey } of keys) {
        expect(certificatePem(certificate)).to.equal(certificate);
        expect(privateKeyPem(golden.privateKeys[name as "kubernetes-ca"][id]!)).to.equal(
          golden.privateKeys[name as "kubernetes-ca"][id],
        );
        // kOps numbers its keys by their serial numbers, as the component numbers the first.
        expect(describeKey({ name: "initial" }, certificate)).to.deep.equal({ id, certificate, publicKey });
      }
    }
  });

  it("have numbers that grow with their times, beyond any serial number of the first", async () => {
    const { keys } = goldenFacts("rotated-keys").keysets["kubernetes-ca"];
    const ids = keys.map(({ certificate }) => BigInt(describeKey({ name: "2027" }, certificate).id));
    expect([...ids].sort((left, right) => (left < right ? -1 : 1))).to.deep.equal(ids);
    expect(ids.every((id) => id > 1n << 128n)).to.equal(true);
    // The same second and serial number, as somebody's script may give them.
    const hours = [-1, 1] as const;
    const twins = await Promise.all([selfSigned("a", [], { hours }), selfSigned("a", [], { hours })]);
    expect(new Set(twins.map(({ certificate }) => describeKey({ name: "2027" }, certificate).id)).size).to.equal(2);
  });

  it("are taken when certificate and key belong together, be they known yet or not", () => {
    expect(problems({ own: { certificate: rsa.certificate, privateKey: rsa.key } })).to.deep.equal([]);
    expect(problems({ own: { certificate: ec.certificate, privateKey: ec.key } })).to.deep.equal([]);
    expect(problems({ own: { certificate: rsa.certificate } })).to.deep.equal([]);
    expect(problems({ own: { certificate: Promise.resolve(""), privateKey: rsa.key } })).to.deep.equal([]);
    expect(problems({ own: {}, other: null })).to.deep.equal([]);
    for (const wrong of [undefined, 3, { keysets: "x" }, { keysets: { "kubernetes-ca": { keys: 1 } } }]) {
      expect(keyMaterialProblems(wrong, new Date())).to.deep.equal([]);
    }
  });

  it("are refused when they are none, or not for each other, without a word of the key", () => {
    expect(problems({ own: { certificate: "x", privateKey: "secret" } })).to.deep.equal([
      `${path}.own.certificate: invalid certificate; must be one certificate in PEM`,
      `${path}.own.privateKey: invalid private key; must be one private key in PEM, RSA or ECDSA, without encryption`,
    ]);
    expect(problems({ own: { certificate: rsa.certificate, privateKey: ec.key } })).to.deep.equal([
      `${path}.own.privateKey: not the key of the certificate; must be its private key`,
    ]);
    expect(problems({ own: { certificate: rsa.certificate + ec.certificate } })).to.deep.equal([
      `${path}.own.certificate: 2 certificates; must be one certificate in PEM, without a chain`,
    ]);
  });

  it("are refused when one is given twice", () => {
    const keys = { "2026": { certificate: rsa.certificate }, "2027": { certificate: rsa.certificate.trim() } };
    expect(problems(keys)).to.deep.equal([`${path}.2027.certificate: duplicate certificate; first used for key 2026`]);
  });

  it("are refused when they cannot do their work", async () => {
    const leaf = await selfSigned("web", [], { isAuthority: false });
    expect(problems({ own: { certificate: leaf.certificate } })).to.deep.equal([
      `${path}.own.certificate: not a certificate authority; must have the basic constraint CA:TRUE`,
    ]);
    const tokens = "service-account";
    const tokenPath = `pki.keysets.${tokens}.keys.own.certificate`;
    const token = await selfSigned(tokens, [], { isAuthority: false });
    expect(problems({ own: { certificate: token.certificate } }, tokens)).to.deep.equal([]);
    expect(problems({ own: { certificate: rsa.certificate } }, tokens)).to.deep.equal([
      `${tokenPath}: another common name; must be service-account`,
    ]);
    expect(problems({ own: { certificate: ec.certificate } }, tokens)).to.deep.equal([
      `${tokenPath}: a key of type ec; must be RSA`,
    ]);
  });

  it("may be at their end only beside another", async () => {
    const [old, next] = [
      await selfSigned("corp-ca", [], { hours: [-3, -2] }),
      await selfSigned("corp-ca", [], { hours: [2, 3] }),
    ];
    const of = ({ certificate }: Pair) => ({ certificate });
    const end = new X509Certificate(old.certificate).validTo;
    const begin = new X509Certificate(next.certificate).validFrom;
    expect(problems({ own: of(old) })).to.deep.equal([`${path}.own.certificate: ended on ${end}; must be valid now`]);
    expect(problems({ own: of(next) })).to.deep.equal([
      `${path}.own.certificate: begins on ${begin}; must be valid now`,
    ]);
    const distrustTimestamp = "2027-03-01T12:00:00Z";
    expect(problems({ own: { ...of(old), distrustTimestamp }, next: of(next) })).to.deep.equal([
      `${path}.next.certificate: begins on ${begin}; must be valid now`,
    ]);
    expect(problems({ own: of(old), next: {} })).to.deep.equal([]);
  });
});
