/** Keys in the state store that the component did not write: which are found, and what is asked for it. */
import { expect } from "chai";
import { keyMetadata, keyPaths } from "../../../../provider/src/model/keyFiles";
import { resolveCluster } from "../../../../provider/src/resolve/cluster";
import { checkStoreKeys, type Findings } from "../../../../provider/src/validate/lookups";
import { account, asked, type Account } from "./account";

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
    expect(own.changedKeys).to.deep.equal(foreign);
    const given = await found({ stateStore: "s3://mine/a/b" }, { objects: store("mine/a/b", ...foreign) });
    expect(given.changedKeys).to.deep.equal(foreign);
  });

  it("take a key that is not there for none", async () => {
    const objects = Object.fromEntries(Object.entries(store("mine")).filter(([name]) => !name.endsWith(keyset)));
    expect((await found({ stateStore: "s3://mine" }, { objects })).changedKeys).to.deep.equal([]);
  });

  it("tell a new cluster of keys in its store, unless they are to be replaced", async () => {
    const objects = store("mine");
    const { problems } = await found({ stateStore: "s3://mine" }, { objects });
    expect(problems).to.deep.equal([
      {
        path: "stateStore",
        reason:
          'holds the keys of a cluster "c.example.com", got "s3://mine"; must be a store without that cluster, or add "stateStore.keys" to acknowledge to replace its keys',
        whenNew: true,
      },
    ]);
    const wanted = await found({ stateStore: "s3://mine", acknowledge: ["stateStore.keys"] }, { objects });
    expect(wanted.problems).to.deep.equal([]);
  });

  it("conclude nothing where they are not answered", async () => {
    const aws = asked({ ...account, objects: store("mine", keyset) }, ["objectMetadata"]);
    const cluster = resolveCluster({ ...smallest, stateStore: "s3://mine" });
    expect(await checkStoreKeys(cluster, aws)).to.deep.equal({ changedKeys: [], problems: [] });
  });
});
