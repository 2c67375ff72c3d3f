/** The component's inputs for a stored cluster: as few as say what its stores say. */
import { X509Certificate } from "node:crypto";
import type { ResolvedCluster } from "../../model/cluster";
import { initialKey } from "../../model/keysets";
import type { RuntimeFacts } from "../../model/runtime";
import { registryArtifacts } from "../../render/registry/artifacts";
import { readInputs, type Problem } from "../../validate/inputs";
import { renderFile } from "../check/renderFile";
import type { Fields } from "../../encode/fields";
import { fieldsOf, present } from "../fields";
import type { StoredCluster } from "../store/storedCluster";
import { candidateInputs } from "./candidate";
import { storedFacts } from "./facts";
import { metadataInputs } from "./metadata";
import { minimalInputs } from "./minimal";

export interface AdoptedCluster {
  /** Of the component, with private keys and tokens in plain text. */
  readonly inputs: Fields;
  readonly cluster: ResolvedCluster;
  readonly facts: RuntimeFacts;
  /** What the component says against the inputs. */
  readonly problems: readonly Problem[];
}

/**
 * What a program says of a cluster that runs, although it is the default today. The version of Kubernetes is among it:
 * with another release of this package, the default is another.
 */
const alwaysSaid = ["clusterName", "zones", "kubernetesVersion", "stateStore", "discoveryStore", "nodeGroups"];
/** Secret, and so not in the resolved cluster that defaults are judged by. */
const notJudged = ["stateStoreAccess", "encryptionConfig", "pki"];

export function adoptedInputs(stored: StoredCluster): AdoptedCluster {
  const ofSpecs = candidateInputs(stored);
  const { cluster } = read(ofSpecs);
  const facts = storedFacts(stored, cluster);
  const candidate = { ...ofSpecs, kopsMetadata: metadataInputs(stored, cluster) };
  const whole = fingerprint(candidate, facts);
  const same = (inputs: Fields): boolean => fingerprint(inputs, facts) === whole;
  const fewer = minimalInputs(candidate, [...alwaysSaid, ...notJudged], same);
  const groups = Object.entries(fieldsOf(fewer["nodeGroups"])).map(([name, group]) => {
    const judge = (fields: Fields): boolean =>
      same({ ...fewer, nodeGroups: { ...fieldsOf(fewer["nodeGroups"]), [name]: fields } });
    return [name, minimalInputs(fieldsOf(group), [], judge)] as const;
  });
  const inputs = { ...fewer, nodeGroups: Object.fromEntries(groups), pki: shortPki(fieldsOf(fewer["pki"])) };
  return { inputs, facts, ...read(inputs) };
}

function read(inputs: Fields): Pick<AdoptedCluster, "cluster" | "problems"> {
  const result = readInputs(inputs);
  return result.cluster === undefined
    ? { cluster: result.attempt, problems: result.problems }
    : { cluster: result.cluster, problems: [] };
}

/** The user's words, of which the registry has those that matter. */
const asGiven = ["declared", "clusterSpec", "instanceGroupSpec", "release"];

/** All that follows from the inputs: what was resolved, what is wrong with it, and what kOps's registry would hold. */
function fingerprint(inputs: Fields, facts: RuntimeFacts): string {
  const { cluster, problems } = read(inputs);
  const withoutGiven = (key: string, value: unknown): unknown => (asGiven.includes(key) ? undefined : value);
  const registry = registryArtifacts(cluster).map((file) => attempt(() => renderFile(file, cluster, facts)));
  return JSON.stringify([cluster, problems, registry], withoutGiven);
}

/** Inputs with problems may not render. */
function attempt(render: () => string): string {
  try {
    return render();
  } catch (error) {
    return String(error);
  }
}

function shortPki({ keysets, tokens }: Fields): Fields {
  return (
    present({
      keysets: Object.fromEntries(
        Object.entries(fieldsOf(keysets)).map(([name, keyset]) => [name, shortKeyset(fieldsOf(keyset))]),
      ),
      tokens,
    }) ?? {}
  );
}

function shortKeyset({ primary, keys }: Fields): Fields {
  const entries = Object.entries(fieldsOf(keys)).map(([name, key]) => [name, shortKey(name, fieldsOf(key))] as const);
  return present({ primary: primary === initialKey ? undefined : primary, keys: Object.fromEntries(entries) }) ?? {};
}

/** The first key has the number of its certificate. */
function shortKey(name: string, { id, ...key }: Fields): Fields {
  const serial = BigInt(`0x${new X509Certificate(String(key["certificate"])).serialNumber}`).toString(10);
  return name === initialKey && id === serial ? key : { id, ...key };
}
