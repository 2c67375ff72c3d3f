import type { ImageName } from "../release";
import { addonImages } from "./addons";
import { kopsVersion, taggedImages, versions } from "./versions.gen";

export const images: Readonly<Record<ImageName, string>> = {
  ...taggedImages,
  ...addonImages,
  // pkg/model/components/channels/model.go:102
  kopsChannels: `registry.k8s.io/kops/channels:${kopsVersion}`,
  // pkg/model/components/kubeapiserver/model.go:84
  apiServerHealthcheck: `registry.k8s.io/kops/kube-apiserver-healthcheck:${kopsVersion}`,
  // pkg/model/components/karpenter.go:39; only the completed spec names it, Karpenter itself comes from its chart.
  karpenter: `public.ecr.aws/karpenter/controller:${versions.karpenter}`,
};

/** pkg/nodemodel/nodeupconfigbuilder.go:116 */
export const preloadedImages = [
  "kops-utils-cp",
  "kops-controller",
  "kops-channels",
  "dns-controller",
  "kube-apiserver-healthcheck",
] as const;
