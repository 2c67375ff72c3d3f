/** What becomes of each field of a kOps cluster spec. */
import { containerdVerdicts, kopsSets, kubeletVerdicts, nodeupSets, ofAnotherCloud, removed } from "./sections";
import { carried, each, own, refused, type Verdicts } from "./verdict";

const component = refused("the component decides it");

/** What Karpenter counts with is known to each group's node class (addons/karpenter/nodeClass.ts). */
const countedByKarpenter = "maxPods systemReserved kubeReserved evictionHard";

const kubeApiServer: Verdicts = {
  ...each(
    "kubeAPIServer.",
    "image logLevel securePort bindAddress apiServerCount allowPrivileged etcdServers etcdServersOverrides",
    kopsSets,
  ),
  ...each(
    "kubeAPIServer.",
    "anonymousAuth requestheaderAllowedNames requestheaderExtraHeaderPrefixes requestheaderGroupHeaders",
    kopsSets,
  ),
  ...each("kubeAPIServer.", "requestheaderUsernameHeaders storageBackend cloudProvider", kopsSets),
  ...each(
    "kubeAPIServer.",
    "advertiseAddress etcdCaFile etcdCertFile etcdKeyFile requestheaderClientCAFile proxyClientCertFile",
    nodeupSets,
  ),
  ...each(
    "kubeAPIServer.",
    "proxyClientKeyFile clientCAFile tlsCertFile tlsPrivateKeyFile kubeletClientCertificate kubeletClientKey",
    nodeupSets,
  ),
  ...each(
    "kubeAPIServer.",
    "disableBasicAuth insecurePort insecureBindAddress address enableBootstrapTokenAuth admissionControl basicAuthFile",
    removed,
  ),
  ...each("kubeAPIServer.", "auditDynamicConfiguration etcdQuorumRead experimentalEncryptionProviderConfig", removed),
  "kubeAPIServer.enableAdmissionPlugins": own("clusterSpec.kubeAPIServer.appendAdmissionPlugins"),
  "kubeAPIServer.authorizationMode": refused("kOps always sets it to Node,RBAC"),
  "kubeAPIServer.encryptionProviderConfig": own("encryptionConfig"),
  "kubeAPIServer.serviceClusterIPRange": own("network.serviceCidr"),
  ...each("kubeAPIServer.", "serviceAccountIssuer serviceAccountJWKSURI", own("discoveryStore")),
  ...each("kubeAPIServer.", "serviceAccountKeyFile serviceAccountSigningKeyFile", own("pki")),
};

const controllers: Verdicts = {
  ...each(
    "kubeControllerManager.",
    "image cloudProvider clusterName leaderElection allocateNodeCIDRs configureCloudRoutes",
    kopsSets,
  ),
  "kubeControllerManager.clusterCIDR": own("network.podCidr"),
  ...each("kubeControllerManager.", "master rootCAFile serviceAccountPrivateKeyFile", nodeupSets),
  ...each(
    "kubeControllerManager.",
    "experimentalClusterSigningDuration podEvictionTimeout horizontalPodAutoscalerDownscaleDelay",
    removed,
  ),
  ...each(
    "kubeControllerManager.",
    "horizontalPodAutoscalerUpscaleDelay horizontalPodAutoscalerUseRestClients",
    removed,
  ),
  ...each("kubeScheduler.", "image master", kopsSets),
  ...each("kubeScheduler.", "usePolicyConfigMap maxPersistentVolumes", removed),
  "kubeScheduler.qps": own("clusterSpec.kubeScheduler.kubeAPIQPS"),
  "kubeScheduler.burst": own("clusterSpec.kubeScheduler.kubeAPIBurst"),
  ...each("kubeProxy.", "image master", kopsSets),
  "kubeProxy.clusterCIDR": own("network.podCidr"),
  "kubeProxy.enabled": own("cni"),
};

const cloudController: Verdicts = {
  ...each(
    "cloudControllerManager.",
    "master cloudProvider clusterName allocateNodeCIDRs configureCloudRoutes leaderElection",
    kopsSets,
  ),
  "cloudControllerManager.clusterCIDR": own("network.podCidr"),
  "cloudControllerManager.azureNodeManagerImage": ofAnotherCloud,
};

const dns: Verdicts = {
  "kubeDNS.domain": own("network.clusterDomain"),
  "kubeDNS.serverIP": own("network.serviceCidr"),
  "kubeDNS.provider": refused("the component renders CoreDNS"),
  ...each(
    "kubeDNS.",
    "cacheMaxSize cacheMaxConcurrent stubDomains",
    refused("CoreDNS does not read it; set externalCoreFile"),
  ),
  ...each("kubeDNS.", "image replicas", refused("kOps ignores it")),
};

const etcd: Verdicts = {
  ...each("etcdClusters.", "enableEtcdTLS enableTLSAuth provider image", removed),
  ...each("etcdClusters.", "leaderElectionTimeout heartbeatInterval", refused("etcd-manager does not support it")),
  "etcdClusters.etcdMembers": own("controlPlane.zones or controlPlane.etcdVolume"),
  "etcdClusters.backups": refused("backups are in the state store, which the control plane has access to"),
  "etcdClusters.manager.image": refused("kopsVersion decides it"),
};

const sections: Verdicts = {
  additionalPolicies: carried,
  additionalSans: carried,
  api: carried,
  authentication: carried,
  awsLoadBalancerController: carried,
  certManager: carried,
  cloudControllerManager: carried,
  containerd: carried,
  egressProxy: carried,
  etcdClusters: carried,
  externalPolicies: carried,
  fileAssets: carried,
  hooks: carried,
  iam: carried,
  kubeAPIServer: carried,
  kubeControllerManager: carried,
  kubeDNS: carried,
  kubeProxy: carried,
  kubeScheduler: carried,
  kubelet: carried,
  masterKubelet: carried,
  metricsServer: carried,
  nodePortAccess: carried,
  nodeProblemDetector: carried,
  nodeTerminationHandler: carried,
  ntp: carried,
  packages: carried,
  podIdentityWebhook: carried,
  snapshotController: carried,
  sshKeyName: carried,
  sysctlParameters: carried,
  updatePolicy: carried,
};

const loadBalancer: Verdicts = {
  "api.dns": own("dns.type"),
  "api.loadBalancer.class": refused("the component creates a network load balancer"),
  "api.loadBalancer.type": own("api.loadBalancer"),
  "api.loadBalancer.idleTimeoutSeconds": refused("kOps sets it for classic load balancers only"),
  "api.loadBalancer.accessLog": refused(
    "a network load balancer logs TLS connections only, which the API's are not to it",
  ),
  ...each("api.loadBalancer.", "securityGroupOverride subnets useForInternalApi", component),
  ...each(
    "api.loadBalancer.",
    "sslCertificate sslPolicy",
    refused("the load balancer would end TLS, and so refuse the client certificates that nodes and the kubeconfig use"),
  ),
};

const inputs: Verdicts = {
  additionalNetworkCIDRs: own("network.additionalCidrs"),
  assets: own("assets"),
  cloudLabels: own("tags"),
  clusterDNSDomain: own("network.clusterDomain"),
  configBase: own("stateStore"),
  dnsZone: own("dns.zone"),
  encryptionConfig: own("encryptionConfig"),
  karpenter: own("karpenter"),
  kubernetesApiAccess: own("api.access"),
  kubernetesVersion: own("kubernetesVersion"),
  networkCIDR: own("network.cidr"),
  networkID: own("network.vpcId"),
  networking: own("cni, amazonVPC, cilium or calico"),
  nonMasqueradeCIDR: own("network.nonMasqueradeCidr"),
  podCIDR: own("network.podCidr"),
  rollingUpdate: own("nodeGroups.*.cloudGroup.rollingUpdate"),
  serviceAccountIssuerDiscovery: own("discoveryStore"),
  serviceClusterIPRange: own("network.serviceCidr"),
  sshAccess: own("sshAccess"),
  subnets: own("network.subnets"),
  topology: own("network.topology, network.bastion or dns.type"),
  ...each("iam.", "legacy allowContainerRegistry useServiceAccountExternalPermissions", component),
  "iam.serviceAccountExternalPermissions": own("serviceAccountRoles"),
};

const refusedSections: Verdicts = {
  addons: refused("addons of the user's own are not rendered; install them on the cluster yourself"),
  ...each(
    "",
    "authorization channel cloudProvider keyStore secretStore masterPublicName useHostCertificates",
    component,
  ),
  ...each("", "DisableSubnetTags cloudConfig isolateMasters", component),
  "authentication.kopeio": refused("its addon is an image of 2017, which the component does not render"),
  "certManager.image": refused("kOps ignores it"),
  clusterAutoscaler: refused(
    "it needs kOps's addon for it, which the component does not render; install it on the cluster yourself",
  ),
  externalDns: refused(
    "it needs another dns-controller or external-dns, which the component does not render; install it on the cluster yourself",
  ),
  warmPool: own("nodeGroups.*.cloudGroup.warmPool"),
};

const noMeaning: Verdicts = {
  ...each("", "containerRuntime docker masterInternalName configStore nodeAuthorization", refused("kOps ignores it")),
  ...each("", "dnsControllerGossipConfig gossipConfig", refused("clusters with gossip DNS are not supported")),
  project: ofAnotherCloud,
  target: refused("Pulumi takes the place of Terraform"),
};

export const clusterVerdicts: Verdicts = {
  ...sections,
  ...inputs,
  ...loadBalancer,
  ...refusedSections,
  ...noMeaning,
  ...containerdVerdicts,
  ...kubeletVerdicts("kubelet", "nodeGroups.*"),
  ...each("kubelet.", countedByKarpenter, own("nodeGroups.*.kubelet")),
  ...kubeletVerdicts("masterKubelet", "controlPlane"),
  ...kubeApiServer,
  ...controllers,
  ...cloudController,
  ...dns,
  ...etcd,
};
