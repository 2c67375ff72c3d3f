/** Where the definitions of a cluster's addons are read. */
import type { ResolvedCluster } from "../model/cluster";
import { fileLocation, type HashedFile } from "../model/nodeFiles";
import { addonsOf } from "./catalog";

/** Its path is the addon's name: the key of `RuntimeFacts.addonDefinitions`. */
export interface DefinitionFile extends HashedFile {
  readonly sha256: string;
}

export function definitionFiles(cluster: ResolvedCluster): readonly DefinitionFile[] {
  const { assets, release } = cluster;
  return addonsOf(cluster).flatMap(({ name }) => {
    const file = release.addons.definitions[name];
    return file === undefined
      ? []
      : [{ path: name, urls: locations(assets, release.version, file.path), sha256: file.sha256 }];
  });
}

/** A file repository may have the file or not: the hash decides what is taken. */
function locations(
  { kopsSourceUrl, fileRepository }: ResolvedCluster["assets"],
  kopsVersion: string,
  path: string,
): readonly string[] {
  if (kopsSourceUrl !== undefined) return [`${kopsSourceUrl.replace(/\/+$/, "")}/${path}`];
  const source = `https://raw.githubusercontent.com/kubernetes/kops/v${kopsVersion}/${path}`;
  return [...new Set([fileLocation(source, fileRepository), source])];
}
