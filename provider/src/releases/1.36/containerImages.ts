import type { ImageName } from "../release";
import { kopsVersion, taggedImages, versions } from "./versions.gen";

export const images: Readonly<Record<ImageName, string>> = {
  ...taggedImages,
  // upup/models/cloudup/resources/addons/aws-ebs-csi-driver.addons.k8s.io/k8s-1.17.yaml.template:584
  ebsCsiDriver: `registry.k8s.io/provider-aws/aws-ebs-csi-driver:${versions.ebsCsiDriver}`,
  // upup/models/cloudup/resources/addons/networking.cilium.io/k8s-1.16-v1.15.yaml.template:1387 and :1992
  cilium: `quay.io/cilium/cilium:${versions.cilium}`,
  ciliumOperator: `quay.io/cilium/operator:${versions.cilium}`,
  // pkg/model/components/channels/model.go:102
  kopsChannels: `registry.k8s.io/kops/channels:${kopsVersion}`,
  kopsController: `registry.k8s.io/kops/kops-controller:${kopsVersion}`,
  dnsController: `registry.k8s.io/kops/dns-controller:${kopsVersion}`,
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
