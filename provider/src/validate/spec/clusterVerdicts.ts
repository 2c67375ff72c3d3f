/** What becomes of each field of a kOps cluster spec. */
import { containerdVerdicts, kopsSets, kubeletVerdicts, nodeupSets, ofAnotherCloud, removed } from "./sections";
import { carried, each, own, refused, type Verdicts } from "./verdict";

const notRendered = (addon: string) =>
  refused(`it needs ${addon}, which the component does not render; install it on the cluster yourself`);
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
  "kubeAPIServer.serviceClusterIPRange": component,
  ...each("kubeAPIServer.", "serviceAccountIssuer serviceAccountJWKSURI", own("discoveryStore")),
  ...each("kubeAPIServer.", "serviceAccountKeyFile serviceAccountSigningKeyFile", own("pki")),
};

const controllers: Verdicts = {
  ...each(
    "kubeControllerManager.",
    "image cloudProvider clusterName leaderElection allocateNodeCIDRs configureCloudRoutes",
    kopsSets,
  ),
  "kubeControllerManager.clusterCIDR": component,
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
  ...each("kubeScheduler.", "qps burst", own("clusterSpec.kubeScheduler.kubeAPIQPS or kubeAPIBurst")),
  ...each("kubeProxy.", "image master", kopsSets),
  "kubeProxy.clusterCIDR": component,
  "kubeProxy.enabled": own("cni"),
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
  containerd: carried,
  egressProxy: carried,
  etcdClusters: carried,
  externalPolicies: carried,
  fileAssets: carried,
  hooks: carried,
  iam: carried,
  kubeAPIServer: carried,
  kubeControllerManager: carried,
  kubeProxy: carried,
  kubeScheduler: carried,
  kubelet: carried,
  masterKubelet: carried,
  nodePortAccess: carried,
  ntp: carried,
  packages: carried,
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
  assets: own("assets"),
  cloudLabels: own("tags"),
  configBase: own("stateStore"),
  dnsZone: own("dns.zone"),
  encryptionConfig: own("encryptionConfig"),
  karpenter: own("karpenter"),
  kubernetesApiAccess: own("api.access"),
  kubernetesVersion: own("kubernetesVersion"),
  networkCIDR: own("network.cidr"),
  networkID: own("network.vpcId"),
  networking: own("cni or cilium"),
  rollingUpdate: own("rollingUpdate"),
  serviceAccountIssuerDiscovery: own("discoveryStore"),
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
  ...each("", "podCIDR nonMasqueradeCIDR serviceClusterIPRange clusterDNSDomain additionalNetworkCIDRs", component),
  ...each("", "DisableSubnetTags cloudConfig cloudControllerManager isolateMasters", component),
  authentication: notRendered("kOps's authenticator addon"),
  awsLoadBalancerController: notRendered("kOps's addon for it"),
  certManager: notRendered("kOps's addon for it"),
  clusterAutoscaler: refused("Karpenter takes its place"),
  externalDns: notRendered("another dns-controller or external-dns"),
  kubeDNS: refused("the component renders CoreDNS as kOps does by default"),
  metricsServer: notRendered("kOps's addon for it"),
  nodeProblemDetector: notRendered("kOps's addon for it"),
  nodeTerminationHandler: own("karpenter.interruptionHandling"),
  podIdentityWebhook: notRendered("kOps's addon for it"),
  snapshotController: notRendered("kOps's addon for it"),
  warmPool: refused("Karpenter launches the workers, and a control plane has no warm pool"),
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
  ...each("kubelet.", countedByKarpenter, own("kubelet of each node group")),
  ...kubeletVerdicts("masterKubelet", "controlPlane"),
  ...kubeApiServer,
  ...controllers,
  ...etcd,
};
