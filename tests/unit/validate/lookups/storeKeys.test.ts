/** Keys in the state store that the component did not write: which are found, and what is asked for it. */
import { expect } from "chai";
import { keyMetadata, keyPaths } from "../../../../provider/src/model/keyFiles";
import { resolveCluster } from "../../../../provider/src/resolve/cluster";
import { checkStoreKeys, type Findings } from "../../../../provider/src/validate/lookups";
import { account, asked, lastModified, type Account } from "./account";

const smallest = { clusterName: "c.example.com", zones: ["us-east-1a"] };
const keyset = "pki/private/kubernetes-ca/keyset.yaml";

interface Found extends Findings {
  readonly calls: readonly string[];
}

async function found(inputs: object, state: Partial<Account>): Promise<Found> {
  const aws = asked({ ...account, ...state });
  return { ...(await checkStoreKeys(resolveCluster({ ...smallest, ...inputs }), aws)), calls: aws.made };
}

/** A store in which these objects are of somebody else. */
function store(folder: string, ...foreign: readonly string[]): Account["objects"] {
  return Object.fromEntries(
    keyPaths.map((path) => [`${folder}/c.example.com/${path}`, foreign.includes(path) ? {} : keyMetadata]),
  );
}

describe("look-ups of the keys in the state store", () => {
  it("ask nothing more where the component has no store yet", async () => {
    expect(await found({}, {})).to.deep.equal({
      changedKeys: [],
      problems: [],
      calls: ["stateStoresOf c.example.com"],
    });
  });

  it("find nothing in a store that the component wrote", async () => {
    const state = { stateStores: { "c.example.com": ["made"] }, objects: store("made") };
    const { calls, ...findings } = await found({}, state);
    expect(findings).to.deep.equal({ changedKeys: [], problems: [] });
    expect(calls).to.have.length(1 + keyPaths.length);
  });

  it("find each key that is not the component's, in its own store and in a given one", async () => {
    const foreign = [keyset, "secrets/admin"];
    const own = await found({}, { stateStores: { "c.example.com": ["made"] }, objects: store("made", ...foreign) });
    const expected = foreign.map((file) => ({ file, lastModified }));
    expect(own.changedKeys).to.deep.equal(expected);
    const given = await found({ stateStore: "s3://mine/a/b" }, { objects: store("mine/a/b", ...foreign) });
    expect(given.changedKeys).to.deep.equal(expected);
  });

  it("take a key that is not there for none", async () => {
    const objects = Object.fromEntries(Object.entries(store("mine")).filter(([name]) => !name.endsWith(keyset)));
    expect((await found({ stateStore: "s3://mine" }, { objects })).changedKeys).to.deep.equal([]);
  });

  it("tell a new cluster of another in its store, by its keys or by its file alone, unless it is to be replaced", async () => {
    const stateStore = "s3://mine";
    for (const objects of [store("mine"), { "mine/c.example.com/config": {} }]) {
      const { problems, changedKeys } = await found({ stateStore }, { objects });
      expect(problems).to.deep.equal([
        {
          path: "stateStore",
          reason:
            'holds a cluster "c.example.com" that this stack did not create, got "s3://mine"; must be a store without that ' +
            "cluster, or set another clusterName; kops-karpenter adopt writes a program for a cluster that kOps created; to " +
            'replace the specification and the keys of a cluster that no longer runs, add "stateStore.keys" to acknowledge',
          whenNew: true,
        },
      ]);
      expect(changedKeys).to.deep.equal([]);
      const wanted = await found({ stateStore, acknowledge: ["stateStore.keys"] }, { objects });
      expect(wanted.problems).to.deep.equal([]);
    }
    const other = { "mine/d.example.com/config": {} };
    expect((await found({ stateStore }, { objects: other })).problems).to.deep.equal([]);
  });

  it("tell a new cluster of the etcd of an earlier one, which would keep its own from starting", async () => {
    const stateStore = "s3://mine";
    const objects = { "mine/c.example.com/backups/etcd/main/control/etcd-cluster-created": {} };
    const { problems, changedKeys } = await found({ stateStore }, { objects });
    expect(changedKeys).to.deep.equal([]);
    expect(problems.map(({ path, whenNew }) => ({ path, whenNew }))).to.deep.equal([
      { path: "stateStore", whenNew: true },
    ]);
    expect(problems[0]?.reason).to.match(
      /; its etcd then waits until a backup is restored: to start with an empty etcd, delete c\.example\.com\/backups\/etcd\/ from the store first$/,
    );
    expect((await found({ stateStore, acknowledge: ["stateStore.keys"] }, { objects })).problems).to.deep.equal([]);
  });

  it("conclude nothing where they are not answered", async () => {
    const aws = asked({ ...account, objects: store("mine", keyset) }, ["objectMetadata"]);
    const cluster = resolveCluster({ ...smallest, stateStore: "s3://mine" });
    expect(await checkStoreKeys(cluster, aws)).to.deep.equal({ changedKeys: [], problems: [] });
  });
});
