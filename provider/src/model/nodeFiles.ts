/** Files that nodes download: where each comes from, under which mirrors, with which hash. */
import { assetHashes } from "../releases/1.36/assetHashes.gen";
import { containerd } from "../releases/1.36/kubernetes";

export type Architecture = "amd64" | "arm64";

/** In kOps's order (kops v1.36.2 util/pkg/architectures/architectures.go:56). */
export const architectures: readonly Architecture[] = ["amd64", "arm64"];

const ecrCredentialProviderVersion = "1.31.7";
const cniPluginsVersion = "1.6.2";

/**
 * Canonical addresses of the files of a Kubernetes node, in kOps's order
 * (kops v1.36.2 pkg/nodemodel/fileassets.go:38, pkg/nodemodel/wellknownassets).
 */
export function nodeFileUrls(
  architecture: Architecture,
  kubernetesVersion: string,
  withCniPlugins: boolean,
): readonly string[] {
  const kubernetes = `https://dl.k8s.io/release/v${kubernetesVersion}/bin/linux/${architecture}`;
  const gitHub = "https://github.com";
  return [
    `${kubernetes}/kubelet`,
    `${kubernetes}/kubectl`,
    `https://artifacts.k8s.io/binaries/cloud-provider-aws/v${ecrCredentialProviderVersion}/linux/${architecture}/ecr-credential-provider-linux-${architecture}`,
    ...(withCniPlugins
      ? [
          `${gitHub}/containernetworking/plugins/releases/download/v${cniPluginsVersion}/cni-plugins-linux-${architecture}-v${cniPluginsVersion}.tgz`,
        ]
      : []),
    `${gitHub}/containerd/containerd/releases/download/v${containerd.version}/containerd-${containerd.version}-linux-${architecture}.tar.gz`,
    `${gitHub}/opencontainers/runc/releases/download/v${containerd.runcVersion}/runc.${architecture}`,
  ];
}

export function builtInHash(url: string): string {
  const hash = assetHashes[url];
  if (hash === undefined) throw new Error(`bug: kOps has no hash for ${url}`);
  return hash;
}

/** The file at the same path of a file repository, unless it is there already (kops v1.36.2 pkg/assets/builder.go:300). */
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
