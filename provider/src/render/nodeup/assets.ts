/** The files that nodeup installs, each as `hash@location,mirror…`. */
import { architectures, fileHash, fileLocation, nodeFileUrls, type Architecture } from "../../model/nodeFiles";
import { kopsBinary, kopsImages, type KopsFile } from "../../model/kopsFiles";
import type { YamlObject } from "../../encode/yaml";
import type { UnwrappedCluster } from "../../model/cluster";
import type { RuntimeFacts } from "../../model/runtime";

type FileHashes = RuntimeFacts["kopsFileHashes"];
type HashFacts = Pick<RuntimeFacts, "kopsFileHashes" | "nodeFileHashes">;
type NodeHashFacts = Pick<RuntimeFacts, "nodeFileHashes">;
type ByArchitecture<Value> = Readonly<Record<Architecture, Value>>;

export function nodeAssets(cluster: UnwrappedCluster, facts: NodeHashFacts): ByArchitecture<readonly string[]> {
  return byArchitecture((architecture) => kubernetesAssets(cluster, architecture, facts));
}

/** Control-plane nodes run protokube beside. */
export function controlPlaneAssets(cluster: UnwrappedCluster, facts: HashFacts): ByArchitecture<readonly string[]> {
  return byArchitecture((architecture) => {
    const protokube = kopsBinary(cluster, "protokube", architecture);
    return [
      ...kubernetesAssets(cluster, architecture, facts),
      `${kopsFileHash(protokube, facts.kopsFileHashes)}@${protokube.urls.join(",")}`,
    ];
  });
}

/** Undefined where kOps's images come from their registry. */
export function preloadedImages(
  cluster: UnwrappedCluster,
  hashes: FileHashes,
): ByArchitecture<YamlObject[]> | undefined {
  if (cluster.assets.kopsBaseUrl === undefined) return undefined;
  return byArchitecture((architecture) =>
    kopsImages(cluster, architecture).map((file) => ({ hash: kopsFileHash(file, hashes), sources: file.urls })),
  );
}

export function kopsFileHash(file: KopsFile, hashes: FileHashes): string {
  const hash = hashes[file.path];
  if (hash === undefined) throw new Error(`bug: the hash of kOps's file ${file.path} is not known`);
  return hash;
}

function kubernetesAssets(
  cluster: UnwrappedCluster,
  architecture: Architecture,
  { nodeFileHashes }: NodeHashFacts,
): readonly string[] {
  const { release, assets } = cluster;
  return nodeFileUrls(cluster, architecture).map(
    (url) => `${fileHash(release, url, nodeFileHashes)}@${fileLocation(url, assets.fileRepository)}`,
  );
}

function byArchitecture<Value>(value: (architecture: Architecture) => Value): ByArchitecture<Value> {
  return Object.fromEntries(architectures.map((each) => [each, value(each)])) as Record<Architecture, Value>;
}
