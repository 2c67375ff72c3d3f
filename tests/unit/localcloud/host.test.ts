import { expect } from "chai";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { completed, failures } from "../../../localcloud/plugins/host/check";
import { differences, observedInputs } from "../../../localcloud/plugins/host/compare";
import { json, object, replace, required, set, unsupported, update } from "../../../localcloud/plugins/host/rules";
import { fromWire, toWire, UNKNOWN } from "../../../localcloud/plugins/host/values";

const rules = {
  name: replace,
  size: required(update),
  zones: set(update),
  policy: json(update),
  extra: unsupported,
  tags: update,
  device: object(update, { type: required(replace), size: update, odd: unsupported }),
  disks: object(update, { name: required(update), size: update }),
  rules: set(object(update, { port: required(update), text: update })),
};

describe("stand-in host: check", () => {
  it("names unknown, unimplemented and missing properties with their paths", () => {
    const found = failures(rules, {
      sise: 1,
      extra: 1,
      device: { size: 1, odd: 1, odder: 1 },
      disks: [{ name: "a" }, { size: 1 }],
    });
    expect(found.map(({ property, reason }) => `${property}: ${reason}`)).to.deep.equal([
      "sise: unknown property; known are name, size, zones, policy, extra, tags, device, disks, rules",
      "extra: this property exists, but the stand-in provider does not implement it",
      "device.odd: this property exists, but the stand-in provider does not implement it",
      "device.odder: unknown property; known are type, size, odd",
      "device.type: required property is missing",
      "disks[1].name: required property is missing",
      "size: required property is missing",
    ]);
  });

  it("accepts an unknown value for any property", () => {
    expect(failures(rules, { size: UNKNOWN, device: UNKNOWN, disks: [UNKNOWN] })).to.deep.equal([]);
  });

  it("names a resource by its URN and seed, keeps the name, and respects limits", () => {
    const urn = "urn:pulumi:dev::p::aws:s3/bucket:Bucket::MyBucket";
    const naming = { property: "name", maxLength: 12, lowerCase: true };
    const seed = Buffer.from("seed");
    const first = completed({ size: 1 }, {}, { naming, urn, seed });
    expect(first["name"]).to.match(/^mybu-[0-9a-f]{7}$/);
    expect(completed({ size: 1 }, {}, { naming, urn, seed })).to.deep.equal(first);
    expect(completed({ size: 1 }, { name: "kept" }, { naming, urn, seed })["name"]).to.equal("kept");
    expect(completed({ size: 1, name: "own" }, { name: "kept" }, { naming, urn, seed })["name"]).to.equal("own");
  });
});

describe("stand-in host: diff", () => {
  it("compares sets, JSON texts and maps by their meaning", () => {
    const olds = { size: 1, zones: ["a", "b"], policy: '{"a":1,"b":[1]}', tags: { x: "1", y: "2" } };
    const news = { tags: { y: "2", x: "1" }, policy: '{ "b": [1], "a": 1 }', zones: ["b", "a"], size: 1 };
    expect(differences(rules, olds, news)).to.deep.equal([]);
    expect(differences(rules, olds, { ...news, policy: '{"a":1,"b":[2]}' })).to.deep.equal([
      { path: "policy", kind: "update", replaces: false },
    ]);
  });

  it("reports replacement per property, also inside objects", () => {
    const olds = { name: "a", size: 1, device: { type: "x", size: 1 } };
    expect(differences(rules, olds, { name: "b", size: 1, device: { type: "y", size: 2 } })).to.deep.equal([
      { path: "device.size", kind: "update", replaces: false },
      { path: "device.type", kind: "update", replaces: true },
      { path: "name", kind: "update", replaces: true },
    ]);
    expect(differences(rules, { size: 1 }, { size: 1, name: "new" })).to.deep.equal([
      { path: "name", kind: "add", replaces: true },
    ]);
    expect(differences(rules, { size: 1, tags: { "a b": "1" } }, { size: 1, tags: {} })).to.deep.equal([
      { path: 'tags["a b"]', kind: "delete", replaces: false },
    ]);
  });

  it("treats an unknown value as a change", () => {
    expect(differences(rules, { size: 1, name: "a" }, { size: 1, name: UNKNOWN })).to.deep.equal([
      { path: "name", kind: "update", replaces: true },
    ]);
  });
});

describe("stand-in host: refresh", () => {
  it("reports only properties that the program set, and tags that appeared", () => {
    const known = { size: 1, device: { type: "x" } };
    const state = { size: 2, name: "computed", device: { type: "x", size: 9 }, tags: { by: "hand" } };
    expect(observedInputs(rules, known, state)).to.deep.equal({ size: 2, device: { type: "x" }, tags: { by: "hand" } });
  });

  it("keeps the program's spelling of equal values", () => {
    const known = { size: 1, zones: ["b", "a"], policy: '{ "a": 1 }', rules: [{ port: 2 }, { port: 1, text: "t" }] };
    const state = {
      size: 1,
      zones: ["a", "b"],
      policy: '{"a":1}',
      rules: [
        { port: 1, text: "t" },
        { port: 2, text: "computed" },
      ],
    };
    expect(observedInputs(rules, known, state)).to.deep.equal(known);
  });

  it("shows a changed element of a set, and a removed value", () => {
    const known = { size: 1, name: "a", rules: [{ port: 1 }, { port: 2 }] };
    const state = { size: 1, name: undefined, rules: [{ port: 3 }, { port: 1 }] };
    expect(observedInputs(rules, known, state)).to.deep.equal({ size: 1, rules: [{ port: 1 }, { port: 3 }] });
  });

  it("accepts every implemented input on import", () => {
    const state = { size: 1, extra: 3, device: { type: "x", odd: 1, other: 2 }, tags: {} };
    expect(observedInputs(rules, {}, state)).to.deep.equal({ size: 1, device: { type: "x" } });
  });
});

describe("stand-in host: wire values", () => {
  const signature = "4dabf18193072939515e22adb298388d";

  it("removes secret marks, remembers their places, and restores them", () => {
    const marked = { a: { b: [{ [signature]: "1b47061264138c4ac30d75fd1eb44270", value: "s" }] }, c: "plain", d: null };
    const { values, secrets } = fromWire(Struct.fromJavaScript(marked));
    expect(values).to.deep.equal({ a: { b: ["s"] }, c: "plain" });
    expect([...secrets]).to.deep.equal(["a"]);
    const back = toWire(values, secrets).toJavaScript() as { a: Record<string, unknown>; c: unknown };
    expect(back.a).to.deep.equal({ [signature]: "1b47061264138c4ac30d75fd1eb44270", value: { b: ["s"] } });
    expect(back.c).to.equal("plain");
  });
});
