/** Keysets as inputs: names, and that each has a key that can sign. */
import { expect } from "chai";
import { readInputs } from "../../../provider/src/validate/inputs";

const certificate = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";
const privateKey = "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n";
const distrustTimestamp = "2027-03-01T12:00:00Z";
const path = "pki.keysets.kubernetes-ca";

function problems(keysets: object, more: object = {}): readonly string[] {
  const read = readInputs({ clusterName: "c.example.com", zones: ["us-east-1a"], pki: { keysets, ...more } });
  return (read.problems ?? []).map((problem) => `${problem.path}: ${problem.reason}`);
}

const ofAuthority = (keyset: object): readonly string[] => problems({ "kubernetes-ca": keyset });

describe("the rules of keysets", () => {
  it("take own keys, keys on their way in and out, and keys that are only trusted", () => {
    const keys = {
      initial: { distrustTimestamp },
      own: { certificate, privateKey },
      other: { certificate },
      "2027": {},
    };
    expect(ofAuthority({ primary: "own", keys })).to.deep.equal([]);
    expect(ofAuthority({ primary: "2027", keys })).to.deep.equal([]);
    expect(problems({ "service-account": {} })).to.deep.equal([]);
  });

  it("take kOps's numbers of own keys, each once", () => {
    const keys = { initial: { certificate, privateKey }, other: { certificate, id: "7712325170544484626853283544" } };
    expect(ofAuthority({ keys })).to.deep.equal([]);
    const rule = "must be a whole number in decimal, of at most 49 digits";
    expect(ofAuthority({ keys: { ...keys, third: { certificate, id: "0x12" } } })).to.deep.equal([
      `${path}.keys.third.id: invalid key id, got "0x12"; ${rule}`,
    ]);
    expect(ofAuthority({ keys: { ...keys, third: keys.other } })).to.deep.equal([
      `${path}.keys.third.id: duplicate value "7712325170544484626853283544"; first used at ${path}.keys.other.id`,
    ]);
    expect(ofAuthority({ keys: { initial: {}, "2027": { id: "12" } } })).to.deep.equal([
      `${path}.keys.2027.certificate: required when id is set; must be the certificate of that key`,
    ]);
  });

  it("name the tokens that there are", () => {
    expect(problems({}, { tokens: { "system:dns": "a" } })).to.deep.equal([]);
    expect(problems({}, { tokens: { dns: "a" } })).to.deep.equal([
      'pki.tokens.dns: unknown token, got "dns"; must be one of "admin", "kube", "kube-proxy", "kubelet", "system:controller_manager", "system:dns", "system:logging", "system:monitoring", "system:scheduler"',
    ]);
  });

  it("name the keysets that there are", () => {
    expect(problems({ ca: {} })).to.deep.equal([
      'pki.keysets.ca: unknown keyset, got "ca"; must be one of "apiserver-aggregator-ca", "etcd-clients-ca", "etcd-manager-ca-events", "etcd-manager-ca-main", "etcd-peers-ca-events", "etcd-peers-ca-main", "kubernetes-ca", "service-account"',
    ]);
  });

  it("want a primary key that is there, trusted and can sign", () => {
    expect(ofAuthority({ keys: {} })).to.deep.equal([
      `${path}.keys: must not be empty; list at least one key, or omit it`,
    ]);
    expect(ofAuthority({ keys: { "2026": {}, "2027": {} } })).to.deep.equal([
      `${path}.primary: required when there is no key "initial"; must be one of "2026", "2027"`,
    ]);
    expect(ofAuthority({ primary: "2028", keys: { "2026": {}, "2027": { distrustTimestamp } } })).to.deep.equal([
      `${path}.primary: unknown key, got "2028"; must be one of "2026"`,
    ]);
    expect(ofAuthority({ keys: { initial: { distrustTimestamp }, "2027": {} } })).to.deep.equal([
      `${path}.primary: distrusted key, got "initial"; must be a key without distrustTimestamp`,
    ]);
    expect(ofAuthority({ primary: "own", keys: { own: { certificate } } })).to.deep.equal([
      `${path}.keys.own.privateKey: required for the primary key; must be its private key`,
    ]);
  });

  it("want keys with names, certificates and times", () => {
    expect(ofAuthority({ keys: { initial: {}, "Key 2": {} } })).to.deep.equal([
      `${path}.keys["Key 2"]: invalid key name, got "Key 2"; must be at most 63 lowercase letters, digits and -, starting and ending with a letter or digit`,
    ]);
    expect(ofAuthority({ keys: { initial: {}, own: { privateKey } } })).to.deep.equal([
      `${path}.keys.own.certificate: required when privateKey is set; must be the certificate of that key`,
    ]);
    for (const time of ["2027-03-01", "2027-02-29T00:00:00Z", "2027-13-01T00:00:00Z", "2027-03-01T24:00:00Z"]) {
      expect(ofAuthority({ keys: { initial: {}, "2027": { distrustTimestamp: time } } })).to.deep.equal([
        `${path}.keys.2027.distrustTimestamp: invalid time, got "${time}"; must be a time in UTC such as 2027-03-01T12:00:00Z`,
      ]);
    }
    const leapDay = "2028-02-29T00:00:00Z";
    expect(ofAuthority({ keys: { initial: {}, "2027": { distrustTimestamp: leapDay } } })).to.deep.equal([]);
  });

  it("keep user data within EC2's limit", () => {
    const four = { initial: {}, a: {}, b: {}, c: {} };
    expect(ofAuthority({ keys: four })).to.deep.equal([
      `${path}.keys: too many trusted keys, got 4; must be at most 3, because the user data of nodes holds their certificates`,
    ]);
    const additionalUserData = [{ name: "a.sh", type: "text/x-shellscript", content: "x".repeat(6000) }];
    const withParts = (keys: object) =>
      readInputs({
        clusterName: "c.example.com",
        zones: ["us-east-1a"],
        nodeGroups: { web: { additionalUserData } },
        controlPlane: { additionalUserData },
        pki: { keysets: { "kubernetes-ca": { keys } } },
      }).problems;
    expect(withParts({ initial: {} })).to.equal(undefined);
    expect(withParts({ initial: {}, "2027": {} })).to.deep.equal([
      {
        path: "nodeGroups.web.additionalUserData",
        reason:
          "user data too long, got 6256 bytes; must be at most 5632, because EC2 allows 16384 including the bootstrap script",
      },
    ]);
  });
});
