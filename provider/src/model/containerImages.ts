/** Where container images are pulled from. */
import type { ImageName, KopsRelease } from "../releases/release";

interface ClusterOfImages {
  readonly release: KopsRelease;
  readonly kubernetesVersion: string;
  readonly assets: { readonly containerRegistry: string | undefined };
}

const kubernetesRegistry = "registry.k8s.io";

/** An image that the kOps release fixes. */
export function imageOf(cluster: ClusterOfImages, name: ImageName): string {
  return imageLocation(cluster.release.images[name], cluster.assets.containerRegistry);
}

/** From the registry and of the version that the options of its addon name; a mirror of all images comes before both. */
export function optionalImage(
  cluster: ClusterOfImages,
  name: ImageName,
  { registry, version }: { readonly registry?: string | undefined; readonly version?: string | undefined },
): string {
  const [, host = "", path = "", tag = ""] = /^([^/]*)\/(.*):([^:]*)$/.exec(cluster.release.images[name]) ?? [];
  return imageLocation(`${registry ?? host}/${path}:${version ?? tag}`, cluster.assets.containerRegistry);
}

/** An image of the user's own, as kOps's spec names it, or the one that the release fixes. */
export function chosenImage(cluster: ClusterOfImages, given: unknown, name: ImageName): string {
  return imageLocation((given as string | undefined) ?? cluster.release.images[name], cluster.assets.containerRegistry);
}

type KubernetesComponent = "kube-apiserver" | "kube-controller-manager" | "kube-scheduler" | "kube-proxy";

/** An image of the cluster's Kubernetes version. */
export function componentImage(cluster: ClusterOfImages, component: KubernetesComponent): string {
  const image = `${kubernetesRegistry}/${component}:v${cluster.kubernetesVersion}`;
  return imageLocation(image, cluster.assets.containerRegistry);
}

/** A mirror holds every image at one level, its name flattened with dashes (kops pkg/assets/builder.go:454). */
export function imageLocation(image: string, containerRegistry: string | undefined): string {
  if (containerRegistry === undefined) return image;
  const prefix = `${kubernetesRegistry}/`;
  const name = image.startsWith(prefix) ? image.slice(prefix.length) : image;
  return name.startsWith(`${containerRegistry}/`) ? name : `${containerRegistry}/${name.replaceAll("/", "-")}`;
}
