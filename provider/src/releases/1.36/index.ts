/** kOps 1.36.2. Citations in this folder name a file and line of that release's module k8s.io/kops. */
import type { KopsRelease } from "../release";
import { addonActions, certManager, ebsCsi, kindnet, loadBalancerController, manifests, users } from "./addons";
import { amazonVpc } from "./amazonVpc";
import { calico } from "./calico";
import { ciliumConfigMap } from "./cilium";
import { ciliumFeatures, ciliumFields, ciliumPorts } from "./ciliumOptions";
import { components } from "./components";
import { defaults } from "./defaults";
import { definitions } from "./definitions.gen";
import * as iam from "./iam";
import { images, preloadedImages } from "./containerImages";
import { charts, interruption, oldestKarpenterByKubernetes, since } from "./karpenter";
import { etcdPorts, network, ports } from "./network";
import { termination } from "./termination";
import { fileHashes } from "./fileHashes.gen";
import { loadBalancerControllerActions } from "./loadBalancerController";
import { nodeupNames, types } from "./spec.gen";
import { defaultKubernetesVersion, kopsVersion, kubernetesVersions, machineImages, versions } from "./versions.gen";

const ubuntuParameter = "ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current";

export const kops1_36: KopsRelease = {
  version: kopsVersion,
  kubernetes: {
    defaultVersion: defaultKubernetesVersion,
    versions: kubernetesVersions,
    // pkg/model/components/etcdmanager/options.go:45
    imageVolumesOnByDefault: "1.36.0",
  },
  karpenter: { version: versions.karpenter, oldestByKubernetes: oldestKarpenterByKubernetes, charts, since },
  etcd: {
    // pkg/model/components/etcd.go:44
    versions: { "1.34": versions.etcd36, "1.35": versions.etcd36, "1.36": versions.etcd36 },
    // pkg/model/components/etcdmanager/options.go:96
    managed: [versions.etcd35, versions.etcd36].map((version) => ({
      version,
      image: `registry.k8s.io/etcd:v${version}`,
    })),
    ports: etcdPorts,
  },
  nodeFiles: {
    containerd: versions.containerd,
    runc: versions.runc,
    cniPlugins: versions.cniPlugins,
    ecrCredentialProvider: versions.ecrCredentialProvider,
    hashes: fileHashes,
    preloadedImages,
  },
  images,
  machineImages: {
    fixed: machineImages,
    // Canonical's newest Ubuntu 24.04, the images of kOps's page on Karpenter.
    parameters: {
      amd64: `${ubuntuParameter}/amd64/hvm/ebs-gp3/ami-id`,
      arm64: `${ubuntuParameter}/arm64/hvm/ebs-gp3/ami-id`,
    },
  },
  defaults,
  network,
  ports,
  users,
  components,
  addons: {
    manifests,
    definitions,
    amazonVpc,
    certManager,
    loadBalancerController,
    calico,
    cilium: { config: ciliumConfigMap, fields: ciliumFields, features: ciliumFeatures, ports: ciliumPorts },
    ebsCsi,
    kindnet,
  },
  iam: { ...iam, ...addonActions, loadBalancerControllerActions },
  interruption,
  termination,
  spec: { types, nodeupNames },
};
