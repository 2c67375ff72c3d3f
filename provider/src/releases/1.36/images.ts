/** Container images of kOps 1.36.2, as it names them before a mirror is applied. */
import { ciliumVersion, ebsCsiDriverVersion } from "./kubernetes";

const kubernetesRegistry = "registry.k8s.io";

/** Images whose version is fixed by the kOps release. */
export const images = {
  /** kops v1.36.2 pkg/model/components/awscloudcontrollermanager.go:75 */
  awsCloudController: "registry.k8s.io/provider-aws/cloud-controller-manager:v1.36.1",
  /** kops v1.36.2 upup/models/cloudup/resources/addons/aws-ebs-csi-driver.addons.k8s.io/k8s-1.17.yaml.template:584 */
  ebsCsiDriver: `registry.k8s.io/provider-aws/aws-ebs-csi-driver:${ebsCsiDriverVersion}`,
  csiAttacher: "registry.k8s.io/sig-storage/csi-attacher:v4.11.0",
  csiNodeDriverRegistrar: "registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.16.0",
  csiProvisioner: "registry.k8s.io/sig-storage/csi-provisioner:v6.2.0",
  csiResizer: "registry.k8s.io/sig-storage/csi-resizer:v2.1.0",
  livenessProbe: "registry.k8s.io/sig-storage/livenessprobe:v2.18.0",
  /** kops v1.36.2 upup/models/cloudup/resources/addons/networking.cilium.io/k8s-1.16-v1.15.yaml.template:1387 and :1992 */
  cilium: `quay.io/cilium/cilium:${ciliumVersion}`,
  ciliumOperator: `quay.io/cilium/operator:${ciliumVersion}`,
  /** kops v1.36.2 upup/models/cloudup/resources/addons/coredns.addons.k8s.io/k8s-1.12.yaml.template:172 */
  coredns: "registry.k8s.io/coredns/coredns:v1.14.2",
  clusterProportionalAutoscaler: "registry.k8s.io/cpa/cluster-proportional-autoscaler:v1.9.0",
  /** kops v1.36.2 pkg/model/components/kubedns.go:113 */
  nodeLocalDns: "registry.k8s.io/dns/k8s-dns-node-cache:1.26.0",
  /** kops v1.36.2 pkg/model/components/etcdmanager/model.go:212 */
  etcdManager: "registry.k8s.io/etcd-manager/etcd-manager-slim:v3.0.20260707",
  /** kops v1.36.2 pkg/model/components/containerd.go:26 */
  pause: "registry.k8s.io/pause:3.10.1",
  /** kops v1.36.2 pkg/model/components/channels/model.go:102 */
  kopsChannels: "registry.k8s.io/kops/channels:1.36.2",
  kopsController: "registry.k8s.io/kops/kops-controller:1.36.2",
  dnsController: "registry.k8s.io/kops/dns-controller:1.36.2",
  /** kops v1.36.2 pkg/model/components/kubeapiserver/model.go:84 */
  apiServerHealthcheck: "registry.k8s.io/kops/kube-apiserver-healthcheck:1.36.2",
  /** kops v1.36.2 pkg/model/components/karpenter.go:39; only the completed spec names it, Karpenter itself comes from its chart. */
  karpenter: "public.ecr.aws/karpenter/controller:1.13.0",
} as const;

export type KubernetesComponent = "kube-apiserver" | "kube-controller-manager" | "kube-scheduler" | "kube-proxy";

export function kubernetesImage(component: KubernetesComponent, kubernetesVersion: string): string {
  return `${kubernetesRegistry}/${component}:v${kubernetesVersion}`;
}

/**
 * Where an image is pulled from: a mirror holds every image at one level, its name flattened with dashes
 * (kops v1.36.2 pkg/assets/builder.go:454).
 */
export function imageLocation(image: string, containerRegistry: string | undefined): string {
  if (containerRegistry === undefined) return image;
  const prefix = `${kubernetesRegistry}/`;
  const name = image.startsWith(prefix) ? image.slice(prefix.length) : image;
  return name.startsWith(`${containerRegistry}/`) ? name : `${containerRegistry}/${name.replaceAll("/", "-")}`;
}
