/** Files that nodes download: where each comes from, under which mirrors, with which hash. */
import type { Architecture, KopsRelease } from "../releases/release";
import type { Cni } from "../schema/types.gen";
import { needsCniPlugins } from "./podNetwork";
import { isPatchOf } from "./versions";

export type { Architecture };

/** In kOps's order (kops util/pkg/architectures/architectures.go:56). */
export const architectures: readonly Architecture[] = ["amd64", "arm64"];

/** A file beside which its hash is. */
export interface HashedFile {
  /** Its name among the hashes. */
  readonly path: string;
  /** Where it is, best first. */
  readonly urls: readonly string[];
}

interface ClusterOfFiles {
  readonly assets: { readonly fileRepository: string | undefined };
}

interface ClusterOfNodes {
  readonly release: KopsRelease;
  readonly kubernetesVersion: string;
  readonly cni: Cni;
}

/**
 * Canonical addresses of the files of a Kubernetes node, in kOps's order
 * (kops pkg/nodemodel/fileassets.go:38, pkg/nodemodel/wellknownassets).
 */
export function nodeFileUrls(
  { release, kubernetesVersion, cni }: ClusterOfNodes,
  architecture: Architecture,
): readonly string[] {
  const { cniPlugins, containerd, ecrCredentialProvider, runc } = release.nodeFiles;
  const kubernetes = `https://dl.k8s.io/release/v${kubernetesVersion}/bin/linux/${architecture}`;
  const gitHub = "https://github.com";
  return [
    `${kubernetes}/kubelet`,
    `${kubernetes}/kubectl`,
    `https://artifacts.k8s.io/binaries/cloud-provider-aws/v${ecrCredentialProvider}/linux/${architecture}/ecr-credential-provider-linux-${architecture}`,
    ...(needsCniPlugins({ cni })
      ? [
          `${gitHub}/containernetworking/plugins/releases/download/v${cniPlugins}/cni-plugins-linux-${architecture}-v${cniPlugins}.tgz`,
        ]
      : []),
    `${gitHub}/containerd/containerd/releases/download/v${containerd}/containerd-${containerd}-linux-${architecture}.tar.gz`,
    `${gitHub}/opencontainers/runc/releases/download/v${runc}/runc.${architecture}`,
  ];
}

/** `fetched`: hashes of the files that the release has none for. */
export function fileHash(release: KopsRelease, url: string, fetched: Readonly<Record<string, string>>): string {
  const hash = release.nodeFiles.hashes[url] ?? fetched[url];
  if (hash === undefined) throw new Error(`bug: there is no hash for ${url}`);
  return hash;
}

/**
 * Files whose hashes kOps reads from beside them: those of a Kubernetes version that is later than the kOps release
 * (kops pkg/assets/builder.go:340).
 */
export function filesWithoutHash(cluster: ClusterOfNodes & ClusterOfFiles): readonly HashedFile[] {
  const { release, kubernetesVersion, assets } = cluster;
  if (!isPatchOf(kubernetesVersion, release.kubernetes.versions)) return [];
  return architectures
    .flatMap((architecture) => nodeFileUrls(cluster, architecture))
    .filter((url) => release.nodeFiles.hashes[url] === undefined)
    .map((url) => ({ path: url, urls: [fileLocation(url, assets.fileRepository)] }));
}

/** The file at the same path of a file repository, unless it is there already (kops pkg/assets/builder.go:300). */
export function fileLocation(url: string, fileRepository: string | undefined): string {
  if (fileRepository === undefined) return url;
  const [repository, file] = [splitUrl(fileRepository), splitUrl(url)];
  if (repository.host === file.host) return url;
  return `${repository.origin}${`${repository.path}/${file.path}`.replaceAll(/\/+/g, "/")}`;
}

function splitUrl(url: string): { readonly origin: string; readonly host: string; readonly path: string } {
  const [, origin = "", host = "", path = ""] = /^([^:]+:\/\/([^/]*))(.*)$/.exec(url) ?? [];
  return { origin, host, path };
}
