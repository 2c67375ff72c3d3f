/** Keysets, secrets and the SSH key. */
import { sshFingerprint } from "../../encode/sshFingerprint";
import { compactJson } from "../../encode/json";
import { yaml, type YamlObject } from "../../encode/yaml";
import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";
import { keysetPath, secretPath } from "../../model/keyFiles";
import { artifact, type Artifact } from "../artifact";
import { keysetNames, secretNames, type KeysetKey, type KeysetName, type RuntimeFacts } from "../../model/runtime";

export function pkiArtifacts(cluster: ResolvedCluster): readonly Artifact[] {
  return [
    ...keysetNames.map((name) =>
      artifact({
        store: "state",
        holds: "keys",
        path: keysetPath(name),
        needs: ["keysets", "privateKeys"],
        render: (_known, facts) => keyset(name, facts),
      }),
    ),
    ...secretNames.map((name) =>
      artifact({
        store: "state",
        holds: "keys",
        path: secretPath(name),
        needs: ["secrets"],
        render: (_known, facts) => compactJson({ Data: base64(facts.secrets[name]) }),
      }),
    ),
    ...(cluster.encryptsObjects ? [encryptionArtifact] : []),
    ...(cluster.ssh.publicKey === undefined ? [] : [sshKeyArtifact]),
  ];
}

/** kops upup/pkg/fi/vfs_castore.go:122 */
function keyset(name: KeysetName, facts: Pick<RuntimeFacts, "keysets" | "privateKeys">): string {
  const { keys, primaryId } = facts.keysets[name];
  return yaml({
    apiVersion: "kops.k8s.io/v1alpha2",
    kind: "Keyset",
    metadata: { name },
    spec: { keys: keys.map((key) => keysetItem(key, facts.privateKeys[name][key.id])), primaryId, type: "Keypair" },
  });
}

function keysetItem({ id, certificate, distrustTimestamp }: KeysetKey, privateKey: string | undefined): YamlObject {
  return {
    distrustTimestamp,
    id,
    privateMaterial: privateKey === undefined ? undefined : base64(privateKey),
    publicMaterial: base64(certificate),
  };
}

const encryptionArtifact: Artifact = artifact({
  store: "state",
  path: secretPath("encryptionconfig"),
  needs: ["encryptionConfig"],
  render: (_known, { encryptionConfig = "" }) => compactJson({ Data: base64(encryptionConfig) }),
});

const sshKeyArtifact: Artifact = artifact({
  store: "state",
  key: "pki-ssh-public-admin",
  path: (cluster) => `pki/ssh/public/admin/${sshFingerprint(sshKey(cluster)).replaceAll(":", "")}`,
  needs: [],
  render: sshKey,
});

function sshKey(cluster: UnwrappedCluster): string {
  if (cluster.ssh.publicKey === undefined) throw new Error("bug: the unwrapped cluster has no SSH key");
  return cluster.ssh.publicKey;
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
