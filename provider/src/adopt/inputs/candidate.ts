/** The component's inputs as the store's specs say them, each written out, default or not. */
import type { KeysetName } from "../../model/runtime";
import { keysetNames, secretNames } from "../../model/runtime";
import { initialKey } from "../../model/keysets";
import { storeUrl } from "../../model/locations";
import type { Fields } from "../../encode/fields";
import { fieldsOf, listOf, present, textOf } from "../fields";
import { groupsOfRole, type StoredCluster } from "../store/storedCluster";
import { controlPlane } from "./controlPlane";
import { storeAccess, storedKeyset, storedSecret } from "./facts";
import { networkInputs, zonesOf } from "./network";
import { nodeGroups } from "./nodeGroups";
import { environment } from "./storedFiles";
import { clusterSections } from "./sections";

/** Holds private keys and tokens in plain text. */
export function candidateInputs(stored: StoredCluster): Fields {
  const { name, state } = stored;
  const { spec } = stored.cluster;
  const { type: loadBalancer } = fieldsOf(fieldsOf(spec["api"])["loadBalancer"]);
  return presentInputs({
    clusterName: name,
    zones: zonesOf(spec),
    kubernetesVersion: withoutV(textOf(spec["kubernetesVersion"])),
    kopsVersion: state.get("kops-version.txt"),
    stateStore: storeUrl(stored.stateStore),
    discoveryStore: storeUrl(stored.discoveryStore),
    stateStoreAccess: storeAccess(stored),
    network: networkInputs(stored),
    dns: dnsInputs(spec),
    ...podNetwork(fieldsOf(spec["networking"])),
    api: present({
      access: spec["kubernetesApiAccess"],
      loadBalancer: loadBalancer === "Internal" ? "internal" : "public",
    }),
    controlPlane: controlPlane(stored),
    nodeGroups: nodeGroups(groupsOfRole(stored, "Node"), spec),
    karpenter: karpenterInputs(fieldsOf(spec["karpenter"])),
    serviceAccountRoles: serviceAccountRoles(spec),
    sshPublicKey: sshPublicKey(state),
    sshAccess: spec["sshAccess"],
    tags: spec["cloudLabels"],
    assets: assetInputs(stored),
    clusterSpec: clusterSections(spec),
    encryptionConfig: storedSecret(stored, "encryptionconfig"),
    pki: pkiInputs(stored),
  });
}

function presentInputs(fields: Fields): Fields {
  return present(fields) ?? {};
}

function withoutV(version: string | undefined): string | undefined {
  return version?.replace(/^v/, "");
}

function dnsInputs(spec: Fields): Fields | undefined {
  const { type } = fieldsOf(fieldsOf(spec["topology"])["dns"]);
  // kOps takes a cluster without a type for one with a public zone (kops pkg/apis/kops/topology.go:24).
  const names: Fields = { None: "none", Public: "public", Private: "private" };
  return present({ type: names[textOf(type) ?? "Public"], zone: spec["dnsZone"] });
}

/** The one that is set; a pod network that the component lacks stays unset, and differs. */
function podNetwork(networking: Fields): Fields {
  if ("amazonvpc" in networking) {
    return { cni: "amazonvpc", amazonVPC: amazonVpcInputs(fieldsOf(networking["amazonvpc"])) };
  }
  if ("cilium" in networking) return { cni: "cilium", cilium: ciliumInputs(fieldsOf(networking["cilium"])) };
  if ("calico" in networking) return { cni: "calico", calico: present(fieldsOf(networking["calico"])) };
  if ("kindnet" in networking) return { cni: "kindnet" };
  return "cni" in networking ? { cni: "none" } : {};
}

function amazonVpcInputs({ imageName, initImageName, ...given }: Fields): Fields | undefined {
  return present({ ...given, image: imageName, initImage: initImageName });
}

/** `enableNodePort` and `enableEncryption` follow from the rest. */
function ciliumInputs({ enableNodePort: _always, enableEncryption: _follows, ...given }: Fields): Fields | undefined {
  return present(given);
}

function karpenterInputs({ enabled, featureGates, logLevel }: Fields): Fields | undefined {
  if (enabled !== true) return { enabled: false };
  const gates = textOf(featureGates)
    ?.split(",")
    .map((gate) => gate.split("="))
    .map(([name = "", value]) => [name, value === "true"] as const);
  return present({ featureGates: gates === undefined ? undefined : Object.fromEntries(gates), logLevel });
}

function serviceAccountRoles(spec: Fields): readonly Fields[] | undefined {
  const permissions = fieldsOf(spec["iam"])["serviceAccountExternalPermissions"];
  if (permissions === undefined) return undefined;
  return listOf(permissions)
    .map(fieldsOf)
    .map(({ namespace, name, aws }) => {
      const { policyARNs, inlinePolicy } = fieldsOf(aws);
      return presentInputs({ namespace, name, policyArns: policyARNs, inlinePolicy: policyDocument(inlinePolicy) });
    });
}

/** kOps has the statements alone. */
function policyDocument(statements: unknown): string | undefined {
  const text = textOf(statements);
  if (text === undefined) return undefined;
  return `{"Version":"2012-10-17","Statement":${text.trim()}}`;
}

function sshPublicKey(state: StoredCluster["state"]): string | undefined {
  const keys = [...state].filter(([path]) => path.startsWith("pki/ssh/public/admin/"));
  return keys[0]?.[1];
}

/** kops-controller has kOps's KOPS_BASE_URL in its environment. */
function assetInputs(stored: StoredCluster): Fields | undefined {
  const { containerRegistry, fileRepository } = fieldsOf(stored.cluster.spec["assets"]);
  const kopsBaseUrl = environment(stored, "addons/kops-controller.addons.k8s.io/")("KOPS_BASE_URL");
  return present({ containerRegistry, fileRepository, kopsBaseUrl });
}

function pkiInputs(stored: StoredCluster): Fields {
  const keysets = keysetNames.map((name) => [name, keysetInputs(stored, name)] as const);
  const tokens = secretNames.map((name) => [name, storedSecret(stored, name)] as const);
  return { keysets: Object.fromEntries(keysets), tokens: present(Object.fromEntries(tokens)) };
}

function keysetInputs(stored: StoredCluster, keyset: KeysetName): Fields {
  const { primaryId, keys } = storedKeyset(stored, keyset);
  const names = new Map(keys.map(({ id }, index) => [id, index === 0 ? initialKey : `key-${String(index + 1)}`]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  return {
    primary: nameOf(primaryId),
    keys: Object.fromEntries(
      keys.map(({ id, certificate, privateKey, distrustTimestamp }) => [
        nameOf(id),
        presentInputs({ id, certificate, privateKey, distrustTimestamp }),
      ]),
    ),
  };
}
