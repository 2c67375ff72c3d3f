/** Clusters with each pod network and its options. */
import type { AmazonVpc, Calico, Cilium } from "../../../provider/src/schema/types.gen";
import type { Case, Document } from "./cases";

/** As the component takes them; kOps takes the same, and the encryption in its own words. */
const hubbleAndEncryption = {
  version: "v1.18.5",
  registry: "registry.example.com/quay",
  cpuRequest: "50m",
  memoryRequest: "256Mi",
  hubble: { enabled: true, metrics: ["drop", "tcp", "httpV2:exemplars=true"] },
  nodeEncryption: true,
  clusterName: "east-one",
  clusterID: 7,
} satisfies Cilium;

const gatewayAndIngress = {
  gatewayAPI: { enabled: true, enableSecretsSync: true },
  ingress: {
    enabled: true,
    enforceHttps: false,
    enableSecretsSync: true,
    loadBalancerAnnotationPrefixes: "service.beta.kubernetes.io service.kubernetes.io",
    defaultLoadBalancerMode: "shared",
    sharedLoadBalancerServiceName: "cilium-ingress",
  },
  enablePrometheusMetrics: true,
  agentPrometheusPort: 9962,
  metrics: ["+cilium_drop_bytes_total", "-cilium_node_connectivity_status"],
  disableEndpointCRD: true,
  enableL7Proxy: true,
  enableLocalRedirectPolicy: true,
  enableBPFMasquerade: true,
  enableEndpointHealthChecking: false,
  enableHostFirewall: true,
  enableServiceTopology: true,
  identityChangeGracePeriod: "10s",
  disableMasquerade: false,
  agentPodAnnotations: { "example.com/agent": "a b" },
  operatorPodAnnotations: { "example.com/operator": "5" },
  tunnel: "geneve",
  monitorAggregation: "maximum",
  bpfLBSock: true,
  bpfLBSockHostNSOnly: true,
  preallocateBPFMaps: true,
  toFqdnsDnsRejectResponseCode: "nameError",
  cniExclusive: false,
  extraConfig: { "bpf-lb-acceleration": "best-effort", "enable-bandwidth-manager": "true" },
} satisfies Cilium;

const calicoOptions = {
  version: "v3.31.4",
  registry: "quay.io",
  cpuRequest: "100m",
  encapsulationMode: "ipip",
  ipipMode: "Always",
  awsSrcDstCheck: "DoNothing",
  mtu: 8981,
  wireguardEnabled: true,
  ipv4AutoDetectionMethod: "interface=ens.*,eth0",
  allowIPForwarding: true,
  bpfEnabled: true,
  bpfExternalServiceMode: "DSR",
  bpfKubeProxyIptablesCleanupEnabled: true,
  bpfLogLevel: "Info",
  chainInsertMode: "append",
  iptablesBackend: "NFT",
  nftablesMode: "Enabled",
  logSeverityScreen: "warning",
  prometheusMetricsEnabled: true,
  prometheusMetricsPort: 9191,
  prometheusGoMetricsEnabled: true,
  prometheusProcessMetricsEnabled: true,
  typhaReplicas: 3,
  typhaPrometheusMetricsEnabled: true,
  typhaPrometheusMetricsPort: 9193,
} satisfies Calico;

const prefixesAndImages = {
  env: [
    { name: "WARM_PREFIX_TARGET", value: "2" },
    { name: "ENABLE_PREFIX_DELEGATION", value: "true" },
    { name: "ANNOTATE_POD_IP", value: "true" },
    { name: "AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS", value: "10.0.0.0/8,192.168.0.0/16" },
    { name: "ENABLE_BANDWIDTH_PLUGIN" },
  ],
  image: "registry.example.com/amazon-k8s-cni:v1.21.3",
  initImage: "registry.example.com/amazon-k8s-cni-init:v1.21.3",
  networkPolicyAgentImage: "registry.example.com/amazon/aws-network-policy-agent:v1.3.3",
} satisfies AmazonVpc;

export function networkCases(defaultImage: readonly string[]): readonly Case[] {
  const args = ["--zones=us-east-1a", "--kubernetes-version=1.35.5", ...defaultImage];
  return [
    {
      name: "kindnet",
      args: [
        "--zones=us-east-1a",
        "--networking=kindnet",
        "--network-cidr=10.20.0.0/16",
        "--kubernetes-version=1.35.5",
        ...defaultImage,
      ],
      inputs: {
        zones: ["us-east-1a"],
        kubernetesVersion: "1.35.5",
        cni: "kindnet",
        network: { cidr: "10.20.0.0/16" },
      },
    },
    {
      name: "address-ranges",
      args: ["--zones=us-east-1a", "--networking=kindnet", "--kubernetes-version=1.35.5", ...defaultImage],
      edit: (documents) => {
        const cluster = documents.find((each) => each.kind === "Cluster");
        Object.assign(cluster?.spec ?? {}, {
          clusterDNSDomain: "cluster.example",
          nonMasqueradeCIDR: "10.64.0.0/10",
          podCIDR: "10.96.0.0/12",
          serviceClusterIPRange: "10.80.0.0/16",
        });
      },
      inputs: {
        zones: ["us-east-1a"],
        cni: "kindnet",
        network: {
          clusterDomain: "cluster.example",
          nonMasqueradeCidr: "10.64.0.0/10",
          podCidr: "10.96.0.0/12",
          serviceCidr: "10.80.0.0/16",
        },
      },
    },
    {
      name: "calico",
      args: ["--networking=calico", ...args],
      inputs: { zones: ["us-east-1a"], cni: "calico" },
    },
    {
      name: "calico-options",
      args: ["--networking=calico", ...args],
      edit: (documents) => {
        const cluster = documents.find((each) => each.kind === "Cluster");
        Object.assign(cluster?.spec ?? {}, { kubeProxy: { enabled: false }, networking: { calico: calicoOptions } });
      },
      inputs: { zones: ["us-east-1a"], cni: "calico", calico: calicoOptions },
    },
    {
      // kOps takes the range of the VPC for that of pods as well, where nobody says either.
      name: "amazonvpc",
      args: ["--zones=us-east-1a", "--networking=amazonvpc", "--kubernetes-version=1.35.5", ...defaultImage],
      inputs: {
        zones: ["us-east-1a"],
        kubernetesVersion: "1.35.5",
        cni: "amazonvpc",
        network: { nonMasqueradeCidr: "172.20.0.0/16" },
      },
    },
    {
      name: "amazonvpc-options",
      args: [
        "--zones=us-east-1a,us-east-1b",
        "--networking=amazonvpc",
        "--network-cidr=10.20.0.0/16",
        "--topology=private",
        "--kubernetes-version=1.36.1",
        ...defaultImage,
      ],
      edit: (documents) => {
        const { image, initImage, ...others } = prefixesAndImages;
        const cluster = specOf(documents, "Cluster");
        cluster["networking"] = { amazonvpc: { ...others, imageName: image, initImageName: initImage } };
        specOf(documents, "InstanceGroup", "nodes")["kubelet"] = { maxPods: 110 };
      },
      inputs: {
        zones: ["us-east-1a", "us-east-1b"],
        kubernetesVersion: "1.36.1",
        cni: "amazonvpc",
        amazonVPC: prefixesAndImages,
        network: { cidr: "10.20.0.0/16", topology: "private" },
        nodeGroups: { nodes: { nodeClassName: "default", kubelet: { maxPods: 110 }, nodePools: { default: {} } } },
      },
    },
    {
      name: "cilium-hubble",
      args,
      edit: (documents) => {
        const encryption = { enableEncryption: true, encryptionType: "wireguard" };
        editCilium(documents, { ...hubbleAndEncryption, ...encryption }, { enabled: true, managed: false });
      },
      inputs: { zones: ["us-east-1a"], cilium: { ...hubbleAndEncryption, encryptionType: "wireguard" } },
    },
    {
      name: "cilium-gateway",
      args,
      edit: (documents) => {
        editCilium(documents, gatewayAndIngress);
      },
      inputs: { zones: ["us-east-1a"], cilium: gatewayAndIngress },
    },
  ];
}

function editCilium(documents: Document[], cilium: object, certManager?: object): void {
  const cluster = specOf(documents, "Cluster");
  Object.assign((cluster["networking"] as { cilium: object }).cilium, cilium);
  if (certManager !== undefined) cluster["certManager"] = certManager;
}

function specOf(documents: Document[], kind: string, name?: string): Document["spec"] {
  const found = documents.find((each) => each.kind === kind && (name === undefined || each.metadata.name === name));
  if (found === undefined) throw new Error(`the ${kind} is missing`);
  return found.spec;
}
