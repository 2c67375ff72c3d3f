/** The files of the state store that hold keys and tokens, and the one that names the cluster, by their paths below its folder. */
import { keysetNames, secretNames, type KeysetName, type SecretName } from "./runtime";

export function keysetPath(name: KeysetName): string {
  return `pki/private/${name}/keyset.yaml`;
}

export function secretPath(name: SecretName | "encryptionconfig"): string {
  return `secrets/${name}`;
}

/** The cluster's specification as its user gave it: kOps knows a cluster by this file (kops v1.36.2 pkg/apis/kops/registry/registry.go:29). */
export const clusterFile = "config";

/** The folder of etcd-manager's backups, a folder for each etcd cluster. */
export const etcdBackupsFolder = "backups/etcd";

/** etcd-manager's mark that there has been a cluster: while it is there, etcd does not start without data. */
export const etcdMark = `${etcdBackupsFolder}/main/control/etcd-cluster-created`;

export const keyPaths: readonly string[] = [...keysetNames.map(keysetPath), ...secretNames.map(secretPath)];

/**
 * Metadata of each such object. Whoever else writes the object, as kOps does when it rotates a key, writes it without: so S3
 * itself tells whose content it is, and none of it has to be read.
 */
export const keyMetadata: Readonly<Record<string, string>> = { "written-by": "pulumi-kops-karpenter" };

export function isOurs(metadata: Readonly<Record<string, string>>): boolean {
  return Object.entries(keyMetadata).every(([name, value]) => metadata[name] === value);
}
