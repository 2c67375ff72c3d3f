/** Changes that the guard stops: the whole message of each, and that an acknowledgement is worth what it says. */
import { expect } from "chai";
import { judgeChanges } from "../../../../provider/src/validate/changes/judge";
import { Recorded } from "../../../../provider/src/validate/changes/recorded";
import { keysAcknowledgement } from "../../../../provider/src/validate/changes/stops/store";
import { changeRows } from "../../../../provider/src/validate/changes/table";
import { acknowledgeable, matchesPath } from "../../../../provider/src/validate/changes/paths";
import type { ProgramInputs } from "../../../support/programInputs";
import { acknowledged, cluster, controlPlane, encryption, refused, volume, zones } from "../../../support/stops";
import { problemsOfChange, recorded } from "./judged";
import { allowedOfKeys, authority, primaryPath } from "./keyChanges";

const allowed: Readonly<Record<string, readonly [from: ProgramInputs, to: ProgramInputs]>> = {
  ...allowedOfKeys,
  "more control-plane zones": [controlPlane("us-east-1a"), controlPlane(...zones.slice(0, 3))],
  "control-plane zones in another order": [
    controlPlane("us-east-1a", "us-east-1b", "us-east-1c"),
    controlPlane("us-east-1c", "us-east-1a", "us-east-1b"),
  ],
  "zones in another order": [
    { zones, controlPlane: { zones: ["us-east-1a"] } },
    { zones: [...zones].reverse(), controlPlane: { zones: ["us-east-1a"] } },
  ],
  "a later minor version of Kubernetes": [{ kubernetesVersion: "1.35.1" }, { kubernetesVersion: "1.36.1" }],
  "a later patch version of Kubernetes": [{ kubernetesVersion: "1.35.4" }, { kubernetesVersion: "1.35.5" }],
  "a later patch version of Kubernetes without a look at the API": [
    { kubernetesVersion: "1.35.4", readiness: { skip: true } },
    { kubernetesVersion: "1.35.5", readiness: { skip: true } },
  ],
  "a later version of Karpenter": [{ karpenter: { version: "1.13.0" } }, { karpenter: { version: "1.14.1" } }],
  "an earlier patch version of Karpenter": [{ karpenter: { version: "1.13.1" } }, { karpenter: { version: "1.13.0" } }],
  "another version of a Karpenter that somebody else runs": [
    { karpenter: { install: false, version: "1.14.1" } },
    { karpenter: { install: false, version: "1.13.0" } },
  ],
  "a key of encryption in etcd added behind the others, and the text written anew": [
    { encryptionConfig: encryption("one") },
    { encryptionConfig: encryption("one", "two").replace(`"kind":`, ` "kind": `) },
  ],
  "keys of encryption in etcd in another order": [
    { ...controlPlane("us-east-1a", "us-east-1b", "us-east-1c"), encryptionConfig: encryption("one", "two") },
    { ...controlPlane("us-east-1a", "us-east-1b", "us-east-1c"), encryptionConfig: encryption("two", "one") },
  ],
  "a key of encryption in etcd that another entry has for all resources": [
    { encryptionConfig: encryption("one") },
    { encryptionConfig: encryption("one").replace(`"secrets"`, `"*."`) },
  ],
  "a default written out": [{}, { cni: "cilium", kopsVersion: "1.36.2", karpenter: { install: true } }],
  "the default group written out": [
    {},
    { nodeGroups: { nodes: { nodeClassName: "default", nodePools: { default: {} } } } },
  ],
  "larger etcd volumes of another type": [volume({ size: 20 }), volume({ size: 40, type: "io2" })],
  "a bastion removed": [{ network: { topology: "private", bastion: {} } }, { network: { topology: "private" } }],
  "a group removed where somebody else runs Karpenter": [
    { nodeGroups: { web: {}, batch: {} }, karpenter: { install: false } },
    { nodeGroups: { web: {} }, karpenter: { install: false } },
  ],
};

const end = `; see the how-to "Safe change"`;

describe("changes of a running cluster that are refused", () => {
  for (const [title, { from, to, path, reason }] of Object.entries(refused)) {
    it(title, () => {
      const problem = { path, reason: `${reason}${end}` };
      const found = problemsOfChange({ ...cluster, ...from }, { ...cluster, ...to });
      expect(found).to.deep.include(problem);
      // What else changes with it may need an acknowledgement of its own.
      expect(found.filter(({ reason: each }) => each.includes(" is refused: "))).to.deep.equal([problem]);
      expect(problemsOfChange({ ...cluster, ...from }, { ...cluster, ...to }, [path])).to.deep.include(problem);
    });
  }

  it("include an earlier version of kOps", () => {
    const of = (kopsVersion: string) => new Recorded({ clusterName: "c.example.com", kopsVersion });
    expect(judgeChanges(of("1.36.2"), of("1.36.1"), [])).to.deep.equal([
      {
        path: "kopsVersion",
        reason: `"1.36.2" to "1.36.1" is refused: kOps refuses to update a cluster with an earlier version than the last one used; keep the version${end}`,
      },
    ]);
    expect(judgeChanges(of("1.36.2"), of("1.37.0"), [])).to.deep.equal([]);
  });
});

describe("changes of a running cluster that need an acknowledgement", () => {
  for (const [title, { from, to, path, reason }] of Object.entries(acknowledged)) {
    it(title, () => {
      const way = `; to go ahead, add ${JSON.stringify(path)} to acknowledge`;
      const [before, after] = [
        { ...cluster, ...from },
        { ...cluster, ...to },
      ];
      expect(problemsOfChange(before, after)).to.deep.equal([{ path, reason: `${reason}${way}${end}` }]);
      expect(problemsOfChange(before, after, [path])).to.deep.equal([]);
      expect(acknowledgeable.some((pattern) => matchesPath(pattern, path))).to.equal(true);
    });
  }

  it("include keys in the state store that the component did not write", () => {
    const next = new Recorded({ clusterName: "c.example.com", [keysAcknowledgement]: ["secrets/admin"] });
    const old = new Recorded({ clusterName: "c.example.com" });
    expect(judgeChanges(old, next, [])).to.deep.equal([
      {
        path: keysAcknowledgement,
        reason: `"secrets/admin" written by kOps or another program needs acknowledgement: an update may put the component's own keys back, and nodes that trust only the others lose the API; to keep the others, continue with kOps, or restore the earlier versions of the objects; to go ahead, add "stateStore.keys" to acknowledge${end}`,
      },
    ]);
    expect(judgeChanges(old, next, [keysAcknowledgement])).to.deep.equal([]);
    // A cluster that does not exist yet is judged by the look-up, which knows whether the store is the user's.
    expect(judgeChanges(new Recorded({}), next, [])).to.deep.equal([]);
  });

  it("judge a cluster whose keysets an earlier release of this package did not record", () => {
    const old = new Recorded({ clusterName: "c.example.com" });
    const next = (inputs: ProgramInputs) => recorded({ ...cluster, ...inputs });
    expect(judgeChanges(old, next({}), [])).to.deep.equal([]);
    expect(judgeChanges(old, next(authority({ initial: {}, "2027": {} })), [])).to.deep.equal([]);
    const promotion = judgeChanges(old, next(authority({ initial: {}, "2027": {} }, "2027")), [primaryPath]);
    expect(promotion.map(({ path }) => path)).to.deep.equal([primaryPath]);
  });

  it("have an example for each stop of the table, as those that are refused have", () => {
    const untested = changeRows.flatMap((row) =>
      row.stops
        .filter(({ effect, at }) => {
          if (at === keysAcknowledgement) return false;
          const examples = Object.values(effect === "refused" ? refused : acknowledged);
          return row.path !== "kopsVersion" && !examples.some(({ path }) => matchesPath(at ?? row.path, path));
        })
        .map(({ when }) => `${row.path} ${when ?? ""}`),
    );
    expect(untested).to.deep.equal([]);
  });
});

describe("changes of a running cluster that go through", () => {
  for (const [title, [from, to]] of Object.entries(allowed)) {
    it(title, () => {
      expect(problemsOfChange({ ...cluster, ...from }, { ...cluster, ...to })).to.deep.equal([]);
    });
  }
});

describe("what messages show of values", () => {
  const judged = (from: unknown, to: unknown, secrets: readonly string[] = []) => {
    const of = (stateStore: unknown) => new Recorded({ clusterName: "c", stateStore }, new Set(secrets));
    return judgeChanges(of(from), of(to), []).map(({ reason }) => reason.slice(0, reason.indexOf(" is refused")));
  };

  it("is never a secret", () => {
    expect(judged("s3://one", "s3://two", ["stateStore"])).to.deep.equal(["a secret to a secret"]);
  });

  it("is shorter than a line", () => {
    expect(judged("s3://one", `s3://${"x".repeat(500)}`)).to.deep.equal([`"s3://one" to "s3://${"x".repeat(75)}…"`]);
  });

  it("is nothing while a value is not known", () => {
    expect(judged("s3://one", undefined)).to.deep.equal([]);
  });

  it("is nothing of a cluster that was never recorded", () => {
    expect(judgeChanges(new Recorded({}), new Recorded({ clusterName: "c" }), [])).to.deep.equal([]);
  });
});
