/** Files of kOps's own release: nodeup, protokube and, from a mirror, the images of its controllers. */
import { architectures, fileLocation, type Architecture } from "./nodeFiles";

export interface KopsFile {
  /** Below the release's base URL; the key of `RuntimeFacts.kopsFileHashes`. */
  readonly path: string;
  /** Where it is, best first. */
  readonly urls: readonly string[];
}

interface ClusterOfFiles {
  readonly kopsVersion: string;
  readonly assets: { readonly kopsBaseUrl: string | undefined; readonly fileRepository: string | undefined };
}

/** Loaded on control-plane nodes where kOps's files come from a mirror (kops v1.36.2 pkg/nodemodel/nodeupconfigbuilder.go:116). */
const preloadedImages = [
  "kops-utils-cp",
  "kops-controller",
  "kops-channels",
  "dns-controller",
  "kube-apiserver-healthcheck",
] as const;

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
  return preloadedImages.map((name) => {
    const path = `images/${name}-${architecture}.tar.gz`;
    return { path, urls: [fileLocation(`${baseUrl(cluster)}/${path}`, cluster.assets.fileRepository)] };
  });
}

function baseUrl(cluster: ClusterOfFiles): string {
  return (cluster.assets.kopsBaseUrl ?? publicBaseUrl(cluster.kopsVersion)).replace(/\/+$/, "");
}

/** kops v1.36.2 pkg/nodemodel/wellknownassets/kopsassets.go:31 */
function publicBaseUrl(kopsVersion: string): string {
  return `https://artifacts.k8s.io/binaries/kops/${kopsVersion}`;
}

/** The public site has a second home at GitHub, with flat names (kops v1.36.2 pkg/assets/mirrors.go:31). */
function mirrors(cluster: ClusterOfFiles, url: string, flatName: string): readonly string[] {
  if (!url.startsWith(`${publicBaseUrl(cluster.kopsVersion)}/`)) return [url];
  return [url, `https://github.com/kubernetes/kops/releases/download/v${cluster.kopsVersion}/${flatName}`];
}
