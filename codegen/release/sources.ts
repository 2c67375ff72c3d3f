/** Where a release's facts stand in kOps's module, for those that a program can find there. */

/** One value of one source file: the pattern's first group, wherever it matches. All matches must agree. */
export interface SourcedFact {
  readonly name: string;
  readonly file: string;
  readonly pattern: RegExp;
  /** A list in the source grows at its end, and its newest entry is meant. */
  readonly takesLast?: boolean;
}

const components = "pkg/model/components";
const addons = "upup/models/cloudup/resources/addons";
const ebsTemplate = `${addons}/aws-ebs-csi-driver.addons.k8s.io/k8s-1.17.yaml.template`;
const calicoTemplate = `${addons}/networking.projectcalico.org/k8s-1.25.yaml.template`;
const corednsTemplate = `${addons}/coredns.addons.k8s.io/k8s-1.12.yaml.template`;
const amazonVpcTemplate = `${addons}/networking.amazon-vpc-routed-eni/k8s-1.16.yaml.template`;
const certManagerTemplate = `${addons}/certmanager.io/k8s-1.16.yaml.template`;
const loadBalancerTemplate = `${addons}/aws-load-balancer-controller.addons.k8s.io/k8s-1.19-irsa.yaml.template`;
const snapshotTemplate = `${addons}/snapshot-controller.addons.k8s.io/k8s-1.20.yaml.template`;

/** Manifests with custom resource definitions, by the name of the addon. Their text is upstream's, so it is read where it is needed. */
export const definitionSources: Readonly<Record<string, string>> = {
  "certmanager.io": certManagerTemplate,
  "aws-load-balancer-controller.addons.k8s.io": loadBalancerTemplate,
  "snapshot-controller.addons.k8s.io": snapshotTemplate,
  "networking.projectcalico.org": calicoTemplate,
  "networking.amazon-vpc-routed-eni": amazonVpcTemplate,
};

/** Without `v`, save where kOps itself has it in its API. */
export const versionFacts: readonly SourcedFact[] = [
  fact("karpenter", `${components}/karpenter.go`, /"public\.ecr\.aws\/karpenter\/controller:([^"]+)"/),
  fact("etcd35", `${components}/etcd.go`, /LatestEtcd35Version = "([^"]+)"/),
  fact("etcd36", `${components}/etcd.go`, /LatestEtcd36Version = "([^"]+)"/),
  fact("containerd", `${components}/containerd.go`, /default:[^}]*?containerd\.Version = new\("([^"]+)"\)/),
  fact("runc", `${components}/containerd.go`, /default:[^}]*?Runc\{\s*Version: new\("([^"]+)"\)/),
  {
    ...fact("cniPlugins", "pkg/nodemodel/wellknownassets/cni.go", /defaultCNIAssetAmd64K8s_\d+ = "[^"]*\/v([0-9.]+)\//),
    takesLast: true,
  },
  fact("ecrCredentialProvider", "pkg/nodemodel/fileassets.go", /\/binaries\/cloud-provider-aws\/v([0-9.]+)"/),
  fact("calico", calicoTemplate, /\.Calico\.Version "(v[^"]+)"/),
  fact("cilium", `${components}/cilium.go`, /c\.Version = "(v[^"]+)"/),
  fact("kindnet", `${components}/kindnet.go`, /c\.Version = "(v[^"]+)"/),
  fact("amazonVpcCni", amazonVpcTemplate, /amazon-k8s-cni(?:-init)?:(v[^"]+)"/),
  fact("ebsCsiDriver", `${components}/awsebscsidriver.go`, /c\.Version = new\("(v[^"]+)"\)/),
  fact("certManager", certManagerTemplate, /app\.kubernetes\.io\/version: "(v[^"]+)"/),
  fact("loadBalancerController", loadBalancerTemplate, /app\.kubernetes\.io\/version: "?(v[\d.]+)/),
];

/** Images whose tag stands beside their name. */
export const imageFacts: readonly SourcedFact[] = [
  fact("awsCloudController", `${components}/awscloudcontrollermanager.go`, /eccm\.Image = "([^"]+)"/),
  sidecar("csiAttacher", "csi-attacher"),
  sidecar("csiNodeDriverRegistrar", "csi-node-driver-registrar"),
  sidecar("csiProvisioner", "csi-provisioner"),
  sidecar("csiResizer", "csi-resizer"),
  sidecar("csiSnapshotter", "csi-snapshotter"),
  sidecar("livenessProbe", "livenessprobe"),
  fact("coredns", corednsTemplate, /(registry\.k8s\.io\/coredns\/coredns:[\w.-]+)/),
  fact("clusterProportionalAutoscaler", corednsTemplate, /(registry\.k8s\.io\/cpa\/[\w-]+:[\w.-]+)/),
  fact(
    "metricsServer",
    `${addons}/metrics-server.addons.k8s.io/k8s-1.11.yaml.template`,
    /"(registry\.k8s\.io\/metrics-server\/metrics-server:[^"]+)"/,
  ),
  fact(
    "awsIamAuthenticator",
    `${addons}/authentication.aws/k8s-1.12.yaml.template`,
    /"(public\.ecr\.aws\/eks-distro\/\S+\/aws-iam-authenticator:[^"]+)"/,
  ),
  fact(
    "podIdentityWebhook",
    `${addons}/eks-pod-identity-webhook.addons.k8s.io/k8s-1.16.yaml.template`,
    /image: (amazon\/amazon-eks-pod-identity-webhook:\S+)/,
  ),
  fact("amazonVpcPolicyAgent", amazonVpcTemplate, /"([^"]+\/aws-network-policy-agent:[^"]+)"/),
  fact("snapshotController", snapshotTemplate, /image: (\S+\/snapshot-controller:\S+)/),
  fact("snapshotValidation", snapshotTemplate, /image: (\S+\/snapshot-validation-webhook:\S+)/),
  fact("nodeLocalDns", `${components}/kubedns.go`, /nodeLocalDNS\.Image = new\("([^"]+)"\)/),
  fact("nodeProblemDetector", `${components}/nodeproblemdetector.go`, /npd\.Image = new\("([^"]+)"\)/),
  fact("etcdManager", `${components}/etcdmanager/model.go`, /image: (\S+\/etcd-manager-slim:\S+)/),
  fact("pause", `${components}/containerd.go`, /DefaultSandboxImage = "([^"]+)"/),
];

function fact(name: string, file: string, pattern: RegExp): SourcedFact {
  return { name, file, pattern };
}

function sidecar(name: string, image: string): SourcedFact {
  return fact(name, ebsTemplate, new RegExp(`image: (\\S+/${image}:\\S+)`));
}

/** The files below `pkg/assets/assetdata` with the hashes of what a node downloads, and the entries that nodes use. */
export function hashSources(
  versions: Readonly<Record<string, string>>,
  kubernetesMinors: readonly string[],
): readonly { readonly file: string; readonly names: RegExp }[] {
  const version = (name: string): string => versions[name] ?? "";
  const minor = (name: string): string => version(name).split(".").slice(0, 2).join(".");
  const starts = (name: string, rest: string): RegExp =>
    new RegExp(`^v${version(name).replaceAll(".", "\\.")}/${rest}`);
  return [
    ...kubernetesMinors.map((each) => ({
      file: `k8s-${each}.yaml`,
      names: /^v[0-9.]+\/bin\/linux\/(amd64|arm64)\/(kubelet|kubectl)$/,
    })),
    { file: "ecr.yaml", names: starts("ecrCredentialProvider", "") },
    {
      file: `cni-${minor("cniPlugins")}.yaml`,
      names: starts("cniPlugins", "cni-plugins-linux-(amd64|arm64)-v[0-9.]+\\.tgz$"),
    },
    { file: `containerd-${minor("containerd")}.yaml`, names: starts("containerd", "") },
    { file: `runc-${minor("runc")}.yaml`, names: starts("runc", "runc\\.(amd64|arm64)$") },
  ];
}
