/** Files of kOps's own release: nodeup, protokube and, from a mirror, the images of its controllers. */
import type { KopsRelease } from "../releases/release";
import { architectures, fileLocation, type Architecture, type HashedFile } from "./nodeFiles";

/** Its path is below the release's base URL: the key of `RuntimeFacts.kopsFileHashes`. */
export type KopsFile = HashedFile;

interface ClusterOfFiles {
  readonly release: KopsRelease;
  readonly assets: { readonly kopsBaseUrl: string | undefined; readonly fileRepository: string | undefined };
}

/** Every file whose hash rendering needs. */
export function kopsFiles(cluster: ClusterOfFiles): readonly KopsFile[] {
  return architectures.flatMap((architecture) => [
    kopsBinary(cluster, "nodeup", architecture),
    kopsBinary(cluster, "protokube", architecture),
    ...kopsImages(cluster, architecture),
  ]);
}

export function kopsBinary(
  cluster: ClusterOfFiles,
  name: "nodeup" | "protokube",
  architecture: Architecture,
): KopsFile {
  const path = `linux/${architecture}/${name}`;
  const location = fileLocation(`${baseUrl(cluster)}/${path}`, cluster.assets.fileRepository);
  return { path, urls: mirrors(cluster, location, `${name}-linux-${architecture}`) };
}

/** None where kOps's images come from their registry. */
export function kopsImages(cluster: ClusterOfFiles, architecture: Architecture): readonly KopsFile[] {
  if (cluster.assets.kopsBaseUrl === undefined) return [];
  return cluster.release.nodeFiles.preloadedImages.map((name) => {
    const path = `images/${name}-${architecture}.tar.gz`;
    return { path, urls: [fileLocation(`${baseUrl(cluster)}/${path}`, cluster.assets.fileRepository)] };
  });
}

function baseUrl(cluster: ClusterOfFiles): string {
  return (cluster.assets.kopsBaseUrl ?? publicBaseUrl(cluster.release.version)).replace(/\/+$/, "");
}

/** kops pkg/nodemodel/wellknownassets/kopsassets.go:31 */
function publicBaseUrl(kopsVersion: string): string {
  return `https://artifacts.k8s.io/binaries/kops/${kopsVersion}`;
}

/** The public site has a second home at GitHub, with flat names (kops pkg/assets/mirrors.go:31). */
function mirrors(cluster: ClusterOfFiles, url: string, flatName: string): readonly string[] {
  if (!url.startsWith(`${publicBaseUrl(cluster.release.version)}/`)) return [url];
  return [url, `https://github.com/kubernetes/kops/releases/download/v${cluster.release.version}/${flatName}`];
}
