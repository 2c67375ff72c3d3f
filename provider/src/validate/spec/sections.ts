/** Sections that cluster and instance groups both have, as far as the same is true of them in both. */
import { each, refused, type Verdicts } from "./verdict";

export const kopsSets = refused("kOps always sets it itself");
export const nodeupSets = refused("the configuration of nodes always sets it");
export const removed = refused("the supported Kubernetes versions do not have it");
export const ofAnotherCloud = refused("it has no meaning on AWS");

const downloads = refused("kopsVersion decides which files nodes download, and their hashes");

/** kops pkg/model/components/containerd.go:41 and pkg/nodemodel/fileassets.go:71 */
export const containerdVerdicts: Verdicts = {
  "containerd.logLevel": kopsSets,
  ...each("containerd.", "version packages runc skipInstall installCriCtl installNerdCtl", downloads),
  "containerd.nvidiaGPU": refused("it needs kOps's NVIDIA addon, which the component does not render"),
  "containerd.gvisor": refused("it needs kOps's gVisor addon, which the component does not render"),
  "containerd.selinuxEnabled": refused(
    "it changes the manifests of kOps's addons, which the component renders without",
  ),
  "containerd.useECRCredentialsForMirrors": refused(
    "it changes the permissions of nodes, which the component does not",
  ),
};

const kubeletOfKops = [
  "anonymousAuth enableDebuggingHandlers podManifestPath logLevel clusterDomain kubeconfigPath cgroupRoot",
  "cloudProvider cgroupDriver clientCaFile",
].join(" ");
const kubeletGone = [
  "configureCbr0 apiServers podInfraContainerImage requireKubeconfig experimentalAllowedUnsafeSysctls",
  "bootstrapKubeconfig enableCadvisorJsonEndpoints cpuCFSQuotaPeriod networkPluginName networkPluginMTU",
  "nonMasqueradeCIDR allowPrivileged dockerDisableSharedPID reconcileCIDR babysitDaemons nvidiaGPUs",
  "enableCustomMetrics imagePullProgressDeadline seccompProfileRoot registerSchedulable",
].join(" ");

/** kops pkg/model/components/kubelet.go:62 and pkg/apis/kops/validation/validation.go:995 */
export function kubeletVerdicts(section: string, owner: string): Verdicts {
  return {
    ...each(`${section}.`, kubeletOfKops, kopsSets),
    ...each(`${section}.`, kubeletGone, removed),
    [`${section}.nodeLabels`]: { kind: "own", input: `${owner}.labels` },
    [`${section}.taints`]: { kind: "own", input: `${owner}.taints` },
  };
}
