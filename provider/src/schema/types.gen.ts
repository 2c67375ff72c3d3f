// Generated from provider/schema.json by `make generate`. Do not edit.

import type { Output } from "@pulumi/pulumi";
import type { Input, Unwrapped } from "./input";

/** Self-managed Kubernetes cluster on AWS, compatible with kOps 1.36.2, with worker nodes provisioned by Karpenter. The component creates the network, IAM roles, certificate authorities, state store, control plane and load balancer, waits for the Kubernetes API, and installs Karpenter with an EC2NodeClass and NodePools for every node group. The kOps CLI accepts the state store. A preview reports every invalid input, each with its property path. */
export interface ClusterInputs {
  /** DNS name of the cluster, as in kOps, for example `prod.example.com`. Lower case, at least two labels, and at most 95 characters in us-east-1; slightly fewer in regions with longer zone names, because launch template names contain both. The name does not have to exist in DNS. It is part of every AWS resource name; changing it replaces the cluster. Effect of a change: refused. */
  readonly clusterName: string;
  /** Availability zones of the cluster, for example [us-east-1a, us-east-1b]. At least one, without duplicates, all in one region, which must be the region of the aws provider. Effect of a change: rolls the control plane and the worker nodes; refused if the region changes; needs acknowledgement if a zone is removed. */
  readonly zones: readonly string[];
  /** Kubernetes version, without a leading `v`: any patch release of 1.34, 1.35 or 1.36. kOps 1.36.2 has the file hashes up to 1.34.8, 1.35.5 and 1.36.1; those of a later version are read from `https://dl.k8s.io` or `assets.fileRepository`. Effect of a change: rolls the control plane and the worker nodes; refused if the minor version is earlier or if a minor version is skipped or if the minor version is later in the first update after an import or if the minor version is later and the same update omits readiness.skip; needs acknowledgement if the minor version is later and readiness.skip is true or if the patch version is earlier. Default: 1.35.5, the newest version that the kOps stable channel recommends for kOps 1.36.2. */
  readonly kubernetesVersion?: string | undefined;
  /** kOps release that the cluster is compatible with. Supported: 1.36.2. Releases below 1.34 are rejected, because they use the legacy Karpenter integration. Effect of a change: rolls the control plane and the worker nodes; refused if the version is earlier. Default: 1.36.2. */
  readonly kopsVersion?: string | undefined;
  /** State store in an existing bucket, as `s3://bucket[/prefix]`. If omitted, a bucket is created. The value may be an output. Effect of a change: refused; needs acknowledgement if kOps has changed the keys in it. Default: a new bucket, versioned and encrypted, with all public access blocked. */
  readonly stateStore?: Input<string> | undefined;
  /** Store for the OIDC discovery documents in an existing, publicly readable bucket, as `s3://bucket[/prefix]`. The bucket name must not contain dots, and the location must be separate from the state store. If omitted, a bucket is created. Effect of a change: refused. Default: a new bucket in which only the two discovery documents are public. */
  readonly discoveryStore?: Input<string> | undefined;
  /** Access to a state store in an S3-compatible service other than AWS S3. Default: AWS S3, with the instance's role. */
  readonly stateStoreAccess?: StateStoreAccess | undefined;
  /** VPC and subnets. Default: as in kOps. */
  readonly network?: Network | undefined;
  /** DNS records of the cluster in Route 53. Default: none. */
  readonly dns?: Dns | undefined;
  /** Pod network. Effect of a change: needs acknowledgement. Default: cilium. */
  readonly cni?: Cni | undefined;
  /** Options of the Amazon VPC CNI. Only with cni amazonvpc. Default: as in kOps. */
  readonly amazonVPC?: AmazonVpc | undefined;
  /** Options of Cilium. Only with cni cilium. Default: as in kOps. */
  readonly cilium?: Cilium | undefined;
  /** Options of Calico. Only with cni calico. Default: as in kOps. */
  readonly calico?: Calico | undefined;
  /** Access to the Kubernetes API. Default: a public network load balancer, open to all addresses. */
  readonly api?: Api | undefined;
  /** Control-plane nodes, with one Auto Scaling group per zone. Default: one t3.medium in the first zone. */
  readonly controlPlane?: ControlPlane | undefined;
  /** Groups of worker nodes by name. At least one; names are DNS names of at most 63 characters. Effect of a change: in place; needs acknowledgement if a group is removed or renamed. Default: `{nodes: {nodeClassName: default, nodePools: {default: {}}}}`, one group with an EC2NodeClass and a NodePool named `default`. Start from it to change the default group: only what you change differs. If karpenter.enabled is false, one group of one node for each zone, named `nodes-<zone>`. */
  readonly nodeGroups?: Readonly<Record<string, NodeGroup>> | undefined;
  /** Karpenter controller. Default: Karpenter 1.13.0 with interruption handling. */
  readonly karpenter?: Karpenter | undefined;
  /** IAM roles for service accounts (IRSA) of your own workloads. The output serviceAccountRoleArns contains their ARNs. Effect of a change: in place. Default: none. */
  readonly serviceAccountRoles?: readonly ServiceAccountRole[] | undefined;
  /** OpenSSH public key (`ssh-rsa …` or `ssh-ed25519 …`, one line) for SSH login to nodes as the default user of their image. Effect of a change: rolls the control plane and the worker nodes. Default: none; no key pair is created. */
  readonly sshPublicKey?: Input<string> | undefined;
  /** IPv4 or IPv6 ranges (CIDR) allowed to reach port 22 of the nodes. Effect of a change: in place. Default: 0.0.0.0/0 and ::/0, as in kOps. */
  readonly sshAccess?: readonly string[] | undefined;
  /** AWS tags for every resource (kOps cloudLabels), including the instances that Karpenter launches. At most 40, together with the tags of a node group. Keys that kOps and Karpenter own (Name, KubernetesCluster, kubernetes.io/cluster/…, k8s.io/role/…, kops.k8s.io/…, karpenter.sh/…) and keys that start with aws: are rejected. Effect of a change: rolls the control plane and the worker nodes. Default: only the tags that kOps sets. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Mirrors for binaries and images. Default: the public sites. */
  readonly assets?: Assets | undefined;
  /** Checks of the inputs against AWS before anything changes. A look-up that the caller lacks permission for is a warning. Default: all checks run. */
  readonly preflight?: Preflight | undefined;
  /** Wait for the Kubernetes API before installing Karpenter. Default: wait up to 900 seconds. */
  readonly readiness?: Readiness | undefined;
  /** Replacement of control-plane instances when their launch template changes. Default: one at a time, with the defaults of kops rolling-update. */
  readonly rollingUpdate?: RollingUpdate | undefined;
  /** Sections of a kOps cluster spec that have no input of their own: settings of Kubernetes components, files and hooks of nodes, etcd. Default: as kOps. */
  readonly clusterSpec?: ClusterSpec | undefined;
  /** EncryptionConfiguration (YAML or JSON of apiserver.config.k8s.io/v1) by which the API server encrypts Secrets and other objects in etcd, like kOps's `encryptionconfig` secret. Keep a key listed as long as objects are encrypted with it; with several control-plane zones, add a new key in one update and let it encrypt in the next. Effect of a change: rolls the control plane; needs acknowledgement if added to a control plane of several zones or if taken out or if a key or provider is removed or if a new key comes first on a control plane of several zones. Default: none; etcd holds the objects as they are. */
  readonly encryptionConfig?: Input<string> | undefined;
  /** Keys of the cluster: your own, and their rotation. Default: one key in each keyset, which the component creates. */
  readonly pki?: Pki | undefined;
  /** Metadata of the cluster and its instance groups in the state store, for a cluster that kOps created. Default: a creation timestamp only. */
  readonly kopsMetadata?: KopsMetadata | undefined;
  /** Admin kubeconfig. Default: its client certificate is valid for one year. */
  readonly kubeconfig?: Kubeconfig | undefined;
  /** Paths of inputs whose dangerous change is wanted, for example network.topology or nodeGroups.web. An entry allows every change of its input; remove it after the update. Effect of a change: none. Default: none. */
  readonly acknowledge?: readonly string[] | undefined;
  /** Whether Pulumi refuses to destroy the cluster, before it deletes any of its resources. To destroy the cluster, switch it off and run an update first. Effect of a change: in place. Default: false. */
  readonly deletionProtection?: boolean | undefined;
  /** Resources that remain in AWS when the cluster is destroyed. Effect of a change: in place. Default: none. */
  readonly retain?: readonly Retained[] | undefined;
}

/** The component's properties, each of them an output. */
export interface KopsKarpenterClusterOutputs {
  /** DNS name of the cluster. */
  readonly clusterName: Output<string>;
  /** AWS region of the cluster's zones. */
  readonly region: Output<string>;
  /** Kubeconfig of a cluster administrator in YAML. Its client certificate is valid for kubeconfig.lifetimeHours. */
  readonly kubeconfig: Output<string>;
  /** Kubeconfig without credentials, in YAML: a plugin on the person's machine gets them (kubeconfig.exec). Absent without a plugin. */
  readonly userKubeconfig: Output<string | undefined>;
  /** URL of the Kubernetes API in the kubeconfig: the load balancer's URL, or api.endpoint. */
  readonly apiEndpoint: Output<string>;
  /** CA certificate of the cluster, in PEM format. */
  readonly certificateAuthority: Output<string>;
  /** State store as `s3://bucket[/prefix]`, the value for kOps's --state. */
  readonly stateStore: Output<string>;
  /** Discovery store as `s3://bucket[/prefix]`. */
  readonly discoveryStore: Output<string>;
  /** Issuer URL of service-account tokens: the URL of the discovery store. */
  readonly issuerUrl: Output<string>;
  /** ARN of the IAM OIDC provider for that issuer. Use it in the trust policies of your own IRSA roles. */
  readonly oidcProviderArn: Output<string>;
  /** ID of the VPC, whether created or existing. */
  readonly vpcId: Output<string>;
  /** IDs of the subnets by name: the zone, utility-<zone>, or the name set in network.subnets. */
  readonly subnetIds: Output<Readonly<Record<string, string>>>;
  /** IDs of the security groups that the component creates. */
  readonly securityGroupIds: Output<Unwrapped<SecurityGroupIds>>;
  /** ARN of the IAM role of the control-plane nodes. */
  readonly controlPlaneRoleArn: Output<string>;
  /** ARN of the IAM role of the worker nodes. */
  readonly nodeRoleArn: Output<string>;
  /** Name of the instance profile of the worker nodes. */
  readonly nodeInstanceProfile: Output<string>;
  /** ARN of the IAM role of the Karpenter controller. Empty if karpenter.enabled is false. */
  readonly karpenterRoleArn: Output<string>;
  /** Name of the interruption queue. Absent when interruption handling is disabled. */
  readonly interruptionQueueName: Output<string | undefined>;
  /** Names of the control plane's Auto Scaling groups by instance group name (control-plane-<zone>). */
  readonly autoscalingGroups: Output<Readonly<Record<string, string>>>;
  /** Bootstrap script (user data) of each worker group by group name. Secret if stateStoreAccess is set, because the script then contains its access key. */
  readonly nodeupScripts: Output<Readonly<Record<string, string>>>;
  /** ARNs of the roles in serviceAccountRoles by `<namespace>/<name>`. */
  readonly serviceAccountRoleArns: Output<Readonly<Record<string, string>>>;
}

/** Options of the Amazon VPC CNI. Pods have addresses of the VPC, so the subnets limit their number in the cluster, and the network interfaces of an instance type limit their number on a node. */
export interface AmazonVpc {
  /** Environment variables of the container aws-node, for example ENABLE_PREFIX_DELEGATION or WARM_IP_TARGET. With prefix delegation, set kubelet.maxPods of the node groups, too: kOps's nodes do not count the prefixes. kOps itself sets ADDITIONAL_ENI_TAGS, ENABLE_IPv4 and ENABLE_IPv6. Effect of a change: rolls the control plane and the worker nodes. Default: those of the Amazon VPC CNI's chart (kOps v1.36.2). */
  readonly env?: readonly EnvironmentVariable[] | undefined;
  /** Image of the container aws-node. Effect of a change: rolls the control plane and the worker nodes. Default: amazon-k8s-cni:v1.21.2 in Amazon's registry in us-west-2. */
  readonly image?: string | undefined;
  /** Image of the container that installs the CNI plugin. Effect of a change: rolls the control plane and the worker nodes. Default: amazon-k8s-cni-init:v1.21.2 in Amazon's registry in us-west-2. */
  readonly initImage?: string | undefined;
  /** Image of the network policy agent, which kOps runs without enforcement of policies. Effect of a change: rolls the control plane and the worker nodes. Default: aws-network-policy-agent:v1.3.2 in Amazon's registry in us-west-2. */
  readonly networkPolicyAgentImage?: string | undefined;
}

/** Access to the Kubernetes API. */
export interface Api {
  /** IPv4 or IPv6 ranges (CIDR) allowed to reach the API. Effect of a change: in place. Default: 0.0.0.0/0 and ::/0, as in kOps. */
  readonly access?: readonly string[] | undefined;
  /** Scheme of the API load balancer. `internal` requires `network.topology: private`. Effect of a change: needs acknowledgement. Default: public. */
  readonly loadBalancer?: LoadBalancerType | undefined;
  /** URL (https://host[:port]) that the kubeconfig uses instead of the load balancer's address, for example the URL of a tunnel or proxy. The TLS server name is still the cluster's. Effect of a change: in place. Default: the load balancer's address. */
  readonly endpoint?: Input<string> | undefined;
}

/** Mirrors for air-gapped or rate-limited networks. */
export interface Assets {
  /** Base URL of the kOps binaries and images for this kOps version, like kOps's KOPS_BASE_URL. Must end in /<kopsVersion>. Pulumi reads each file's hash from the adjacent .sha256 file, so the machine that runs Pulumi must be able to reach this URL. Effect of a change: rolls the control plane and the worker nodes. Default: kOps's public sites. */
  readonly kopsBaseUrl?: string | undefined;
  /** Base URL of the source of kOps at the tag of this kOps version, with the files below upup/models. Pulumi reads custom resource definitions of addons from it (the Amazon VPC CNI, cert-manager, the AWS load balancer controller, the snapshot controller) and compares the SHA-256 hash of each file with the one it knows. Nothing is read for a cluster without such an addon. Effect of a change: none. Default: assets.fileRepository if it has the file, otherwise kOps's repository on GitHub. */
  readonly kopsSourceUrl?: string | undefined;
  /** URL of a mirror for the Kubernetes, containerd, runc and CNI files, like kOps's spec.assets.fileRepository. Effect of a change: rolls the control plane and the worker nodes. Default: the public sites. */
  readonly fileRepository?: string | undefined;
  /** Registry that mirrors every container image, like kOps's spec.assets.containerRegistry: a host with an optional port and path, without a scheme. Effect of a change: rolls the control plane and the worker nodes. Default: the public registries. */
  readonly containerRegistry?: string | undefined;
}

/** Bastion host for SSH access to a private cluster: one instance in an Auto Scaling group, behind a network load balancer. */
export interface Bastion {
  /** EC2 instance type. Effect of a change: in place. Default: t3.micro. */
  readonly instanceType?: string | undefined;
  /** AMI, in any format that nodeGroups.*.images accepts. Effect of a change: in place. Default: controlPlane.image if set, otherwise kOps's image for the instance type. */
  readonly image?: string | undefined;
}

/** Limit on how many nodes of a pool Karpenter may disrupt at once. */
export interface Budget {
  /** Number or percentage of the pool's nodes that may be disrupted at once, for example 3 or 10%. 0 blocks disruption. Default: 10%. */
  readonly nodes?: string | undefined;
  /** When the budget becomes active: five cron fields in UTC, or @hourly, @daily, @midnight, @weekly, @monthly, @yearly or @annually. Requires duration. Default: always active. */
  readonly schedule?: string | undefined;
  /** How long the budget stays active after each start, in hours and minutes, for example 8h or 1h30m. Requires schedule. Default: always active. */
  readonly duration?: string | undefined;
  /** Disruption reasons that the budget applies to. Default: all. */
  readonly reasons?: readonly DisruptionReason[] | undefined;
}

/** Options of Calico, by kOps's names. Kubernetes replaces the agents one by one when an option changes. */
export interface Calico {
  /** Version of Calico. The manifest is that of v3.31, so it must be one that works with it. Effect of a change: in place. Default: v3.31.3. */
  readonly version?: string | undefined;
  /** Registry of the Calico images. Effect of a change: in place. Default: docker.io. */
  readonly registry?: string | undefined;
  /** CPU request of the agent, as a whole number of cores or millicores, for example 100m. Effect of a change: in place. Default: 250m. */
  readonly cpuRequest?: string | undefined;
  /** Encapsulation of traffic between nodes. kOps 1.36.2 uses ipip on AWS, whatever its spec says. Effect of a change: in place. Default: ipip. */
  readonly encapsulationMode?: CalicoEncapsulation | undefined;
  /** Which traffic between nodes is encapsulated. Calico reads it only when it creates its address pool: in a running cluster, change ipipMode of the IPPool as well. Effect of a change: in place. Default: CrossSubnet. */
  readonly ipipMode?: CalicoIpipMode | undefined;
  /** What Calico does with the source/destination check of the instances. With Disable and Enable, the roles of the nodes may change network interfaces. Effect of a change: in place. Default: Disable. */
  readonly awsSrcDstCheck?: CalicoSourceDestinationCheck | undefined;
  /** MTU of pods and tunnels in bytes, 576 to 9001. Effect of a change: in place. Default: detected by Calico. */
  readonly mtu?: number | undefined;
  /** Whether WireGuard encrypts traffic between pods on different nodes. With false, Ubuntu nodes do not install its package. Effect of a change: rolls the control plane and the worker nodes. Default: not encrypted. */
  readonly wireguardEnabled?: boolean | undefined;
  /** How Calico finds the address of a node: first-found, can-reach=ADDRESS, interface=REGEX or skip-interface=REGEX. Effect of a change: in place. Default: first-found. */
  readonly ipv4AutoDetectionMethod?: string | undefined;
  /** Whether IP forwarding is on within pods. Effect of a change: in place. Default: false. */
  readonly allowIPForwarding?: boolean | undefined;
  /** Whether the eBPF data plane replaces kube-proxy. Effect of a change: needs acknowledgement. Default: false. */
  readonly bpfEnabled?: boolean | undefined;
  /** How the eBPF data plane forwards traffic from outside to a pod on another node. Without bpfEnabled, it has no effect. Effect of a change: in place. Default: Tunnel. */
  readonly bpfExternalServiceMode?: CalicoExternalServiceMode | undefined;
  /** Whether Calico deletes the iptables rules that kube-proxy has left. Without bpfEnabled, it has no effect. Effect of a change: in place. Default: false. */
  readonly bpfKubeProxyIptablesCleanupEnabled?: boolean | undefined;
  /** Log level of the eBPF programs. Without bpfEnabled, it has no effect. Effect of a change: in place. Default: Off. */
  readonly bpfLogLevel?: CalicoBpfLogLevel | undefined;
  /** Where Calico puts its rules in iptables chains. Effect of a change: in place. Default: insert. */
  readonly chainInsertMode?: CalicoChainInsertMode | undefined;
  /** Variant of iptables that Calico uses. Effect of a change: in place. Default: Auto. */
  readonly iptablesBackend?: CalicoIptablesBackend | undefined;
  /** Whether Calico uses nftables in place of iptables. Effect of a change: in place. Default: Calico's. */
  readonly nftablesMode?: CalicoNftablesMode | undefined;
  /** Log level of the agent: debug, info, warning, error or fatal. Effect of a change: in place. Default: info. */
  readonly logSeverityScreen?: string | undefined;
  /** Whether the agents serve Prometheus metrics. Effect of a change: in place. Default: false. */
  readonly prometheusMetricsEnabled?: boolean | undefined;
  /** Port of the agents' Prometheus metrics. Without prometheusMetricsEnabled, it has no effect. Effect of a change: in place. Default: 9091. */
  readonly prometheusMetricsPort?: number | undefined;
  /** Whether these include metrics of the Go run time. Effect of a change: in place. Default: false. */
  readonly prometheusGoMetricsEnabled?: boolean | undefined;
  /** Whether these include metrics of the process. Effect of a change: in place. Default: false. */
  readonly prometheusProcessMetricsEnabled?: boolean | undefined;
  /** Number of Typha pods, between the agents and the API server. Recommended above 50 nodes. Effect of a change: in place. Default: 0. */
  readonly typhaReplicas?: number | undefined;
  /** Whether Typha serves Prometheus metrics. Without typhaReplicas, it has no effect. Effect of a change: in place. Default: false. */
  readonly typhaPrometheusMetricsEnabled?: boolean | undefined;
  /** Port of Typha's Prometheus metrics. Without typhaPrometheusMetricsEnabled, it has no effect. Effect of a change: in place. Default: 9093. */
  readonly typhaPrometheusMetricsPort?: number | undefined;
}

/** Selects EC2 capacity reservations. A reservation must match every field of the term. Set id alone, or any of the others. */
export interface CapacityReservationTerm {
  /** ID of a capacity reservation (`cr-…`). Excludes the other fields. */
  readonly id?: Input<string> | undefined;
  /** AWS account that owns the reservation, 12 digits. Requires tags or instanceMatchCriteria. Default: any account. */
  readonly ownerId?: string | undefined;
  /** Tags of the reservation, at most 20. The value `*` matches any value of the key. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** How instances match the reservation. Default: either way. */
  readonly instanceMatchCriteria?: CapacityReservationMatch | undefined;
}

/** Resource requests and limits of the controller container. */
export interface ChartResources {
  /** Resource requests, for example {cpu: 500m, memory: 1Gi}. Effect of a change: in place. Default: cpu 500m, memory 1Gi. */
  readonly requests?: Readonly<Record<string, string>> | undefined;
  /** Resource limits. Effect of a change: in place. Default: memory 1Gi. */
  readonly limits?: Readonly<Record<string, string>> | undefined;
}

/** Options of Cilium, by kOps's names. An agent reads its options when it starts: restart the pods of the DaemonSet cilium, or replace the nodes. */
export interface Cilium {
  /** Version of Cilium, for example v1.18.7. Must be of the minor version that kOps supports, 1.18. Effect of a change: rolls the control plane and the worker nodes. Default: v1.18.6. */
  readonly version?: string | undefined;
  /** Registry of the Cilium images. Effect of a change: rolls the control plane and the worker nodes. Default: quay.io. */
  readonly registry?: string | undefined;
  /** CPU request of the agent and of the operator, as a whole number of cores or millicores, for example 50m. Effect of a change: rolls the control plane and the worker nodes. Default: 25m. */
  readonly cpuRequest?: string | undefined;
  /** Memory request of the agent and of the operator, as a whole number of Ki, Mi or Gi. Effect of a change: rolls the control plane and the worker nodes. Default: 128Mi. */
  readonly memoryRequest?: string | undefined;
  /** Hubble. Default: off. */
  readonly hubble?: CiliumHubble | undefined;
  /** Encryption of traffic between pods on different nodes. Effect of a change: rolls the control plane and the worker nodes. Default: none. */
  readonly encryptionType?: CiliumEncryption | undefined;
  /** Whether traffic between the nodes themselves is encrypted, too. Requires encryptionType. Effect of a change: rolls the control plane and the worker nodes. Default: false. */
  readonly nodeEncryption?: boolean | undefined;
  /** Encapsulation of traffic between nodes. Effect of a change: needs acknowledgement. Default: vxlan. */
  readonly tunnel?: CiliumTunnel | undefined;
  /** Whether the proxy for layer-7 policies runs. Effect of a change: rolls the control plane and the worker nodes. Default: true. */
  readonly enableL7Proxy?: boolean | undefined;
  /** Whether local redirect policies work. Effect of a change: rolls the control plane and the worker nodes. Default: false. */
  readonly enableLocalRedirectPolicy?: boolean | undefined;
  /** Whether eBPF masquerades traffic that leaves the node, instead of iptables. Effect of a change: rolls the control plane and the worker nodes. Default: false. */
  readonly enableBPFMasquerade?: boolean | undefined;
  /** Whether traffic to addresses outside the cluster keeps the pod's address. Effect of a change: rolls the control plane and the worker nodes. Default: false. */
  readonly disableMasquerade?: boolean | undefined;
  /** Whether the agents check the connectivity of endpoints. Effect of a change: rolls the control plane and the worker nodes. Default: true. */
  readonly enableEndpointHealthChecking?: boolean | undefined;
  /** Whether policies apply to the nodes themselves. Effect of a change: rolls the control plane and the worker nodes. Default: false. */
  readonly enableHostFirewall?: boolean | undefined;
  /** Whether Services honour topology hints. Effect of a change: rolls the control plane and the worker nodes. Default: false. */
  readonly enableServiceTopology?: boolean | undefined;
  /** Whether the agents do without CiliumEndpoint objects. Effect of a change: rolls the control plane and the worker nodes. Default: false. */
  readonly disableEndpointCRD?: boolean | undefined;
  /** Time before a changed identity is used, for example 5s. Effect of a change: rolls the control plane and the worker nodes. Default: 5s. */
  readonly identityChangeGracePeriod?: string | undefined;
  /** Whether the agents and the operator serve Prometheus metrics. Effect of a change: rolls the control plane and the worker nodes. Default: false. */
  readonly enablePrometheusMetrics?: boolean | undefined;
  /** Port of the agents' Prometheus metrics. Effect of a change: rolls the control plane and the worker nodes. Default: 9090. */
  readonly agentPrometheusPort?: number | undefined;
  /** Metrics that the agents add to (+name) or remove from (-name) the default ones. Requires enablePrometheusMetrics. Effect of a change: rolls the control plane and the worker nodes. Default: none. */
  readonly metrics?: readonly string[] | undefined;
  /** Aggregation of packet events. Effect of a change: rolls the control plane and the worker nodes. Default: medium. */
  readonly monitorAggregation?: CiliumMonitorAggregation | undefined;
  /** Whether sockets are connected to a Service's backend directly. Effect of a change: rolls the control plane and the worker nodes. Default: false. */
  readonly bpfLBSock?: boolean | undefined;
  /** Whether that is done only for processes of the host. Service meshes require it. Requires bpfLBSock. Effect of a change: rolls the control plane and the worker nodes. Default: false. */
  readonly bpfLBSockHostNSOnly?: boolean | undefined;
  /** Whether eBPF maps are allocated in advance: less latency, more memory. Effect of a change: rolls the control plane and the worker nodes. Default: false. */
  readonly preallocateBPFMaps?: boolean | undefined;
  /** Whether the agent removes other CNI configuration files of the node. Effect of a change: rolls the control plane and the worker nodes. Default: true. */
  readonly cniExclusive?: boolean | undefined;
  /** Name of the cluster in a mesh of clusters. Effect of a change: needs acknowledgement. Default: default. */
  readonly clusterName?: string | undefined;
  /** Number of the cluster in a mesh of clusters, 1 to 255. Requires clusterName. Effect of a change: needs acknowledgement. Default: none. */
  readonly clusterID?: number | undefined;
  /** Answer to a DNS request that a policy rejects. Effect of a change: rolls the control plane and the worker nodes. Default: refused. */
  readonly toFqdnsDnsRejectResponseCode?: CiliumDnsRejectResponseCode | undefined;
  /** Cilium as an Ingress controller. Default: off. */
  readonly ingress?: CiliumIngress | undefined;
  /** Cilium as a Gateway API controller. Default: off. */
  readonly gatewayAPI?: CiliumGatewayApi | undefined;
  /** Further annotations of the agent's pods. Effect of a change: rolls the control plane and the worker nodes. Default: none. */
  readonly agentPodAnnotations?: Readonly<Record<string, string>> | undefined;
  /** Further annotations of the operator's pods. Effect of a change: rolls the control plane and the worker nodes. Default: none. */
  readonly operatorPodAnnotations?: Readonly<Record<string, string>> | undefined;
  /** Further entries of the config map cilium-config. They replace those of the component. Effect of a change: rolls the control plane and the worker nodes. Default: none. */
  readonly extraConfig?: Readonly<Record<string, string>> | undefined;
}

/** Cilium as a Gateway API controller. */
export interface CiliumGatewayApi {
  /** Whether Cilium serves gateways of the class cilium. It needs the custom resource definitions of the Gateway API in the cluster, which you install. Effect of a change: rolls the control plane and the worker nodes. Default: true if gatewayAPI is given, otherwise false. */
  readonly enabled?: boolean | undefined;
  /** Whether the operator copies the TLS secrets of gateways for the agents. Effect of a change: rolls the control plane and the worker nodes. Default: Cilium's, which is true. */
  readonly enableSecretsSync?: boolean | undefined;
}

/** Hubble, the observability of Cilium: a server in each agent, and the relay. */
export interface CiliumHubble {
  /** Whether Hubble is on. It needs cert-manager in the cluster, which you install: until then, Hubble has no certificates, and the rest of Cilium works. Effect of a change: rolls the control plane and the worker nodes. Default: true if hubble is given, otherwise false. */
  readonly enabled?: boolean | undefined;
  /** Hubble metrics to collect, for example [dns, drop, tcp, flow]. Effect of a change: rolls the control plane and the worker nodes. Default: none. */
  readonly metrics?: readonly string[] | undefined;
}

/** Cilium as an Ingress controller. */
export interface CiliumIngress {
  /** Whether Cilium serves Ingress resources of the class cilium. Effect of a change: rolls the control plane and the worker nodes. Default: true if ingress is given, otherwise false. */
  readonly enabled?: boolean | undefined;
  /** Whether HTTP requests to hosts with TLS are redirected to HTTPS. Effect of a change: rolls the control plane and the worker nodes. Default: Cilium's, which is true. */
  readonly enforceHttps?: boolean | undefined;
  /** Whether the operator copies the TLS secrets of Ingress resources for the agents. Effect of a change: rolls the control plane and the worker nodes. Default: Cilium's, which is true. */
  readonly enableSecretsSync?: boolean | undefined;
  /** Prefixes, separated by spaces, of the Ingress annotations that load balancer Services get. Effect of a change: rolls the control plane and the worker nodes. Default: Cilium's. */
  readonly loadBalancerAnnotationPrefixes?: string | undefined;
  /** Load balancers of Ingress resources that name no mode. Without it, they get dedicated ones, and the Service of the shared one is created as well. Effect of a change: rolls the control plane and the worker nodes. Default: none. */
  readonly defaultLoadBalancerMode?: CiliumLoadBalancerMode | undefined;
  /** Name of the Service of the shared load balancer. Not allowed with the mode dedicated. Effect of a change: rolls the control plane and the worker nodes. Default: cilium-ingress. */
  readonly sharedLoadBalancerServiceName?: string | undefined;
}

/** Settings of a group's launch template and Auto Scaling group, by kOps's names where it has them. */
export interface CloudGroup {
  /** Whether the Auto Scaling group replaces a spot instance when it is at risk of interruption. Effect of a change: in place. Default: false. */
  readonly capacityRebalance?: boolean | undefined;
  /** CPU credits of burstable instance types. Effect of a change: rolls the group's nodes. Default: that of the instance type. */
  readonly cpuCredits?: CpuCredits | undefined;
  /** Whether new instances are protected from termination when the Auto Scaling group shrinks. Effect of a change: in place. Default: false. */
  readonly instanceProtection?: boolean | undefined;
  /** Maximum time in seconds that an instance is in service, from 86400 (a day) to 31536000 (a year). The Auto Scaling group replaces instances before it ends, without draining their nodes. Effect of a change: in place. Default: none. */
  readonly maxInstanceLifetime?: number | undefined;
  /** Maximum price of a spot instance per hour in US dollars, for example 0.05. With a single instance type, it makes all instances spot instances; with a mixed instances policy, it limits the price of the spot share. Effect of a change: rolls the group's nodes. Default: none. */
  readonly maxPrice?: string | undefined;
  /** How the Auto Scaling group chooses among several instanceTypes, and between on-demand and spot capacity. Default: on-demand instances. */
  readonly mixedInstancesPolicy?: MixedInstancesPolicy | undefined;
  /** How many instances an update replaces at a time. */
  readonly rollingUpdate?: GroupRollingUpdate | undefined;
  /** Processes of the Auto Scaling group that are suspended, for example AZRebalance. Effect of a change: in place. Default: none. */
  readonly suspendProcesses?: readonly string[] | undefined;
  /** ARNs of target groups of your own that the instances join. Effect of a change: in place. Default: none. */
  readonly targetGroupArns?: readonly Input<string>[] | undefined;
  /** Tenancy of the instances. Effect of a change: rolls the group's nodes. Default: default. */
  readonly tenancy?: Tenancy | undefined;
  /** Stopped instances, prepared in advance, from which the Auto Scaling group grows. Not with maxPrice. Adding or removing it rolls the group's nodes. Default: none. */
  readonly warmPool?: WarmPool | undefined;
}

/** Sections of a kOps cluster spec, by kOps's own names. Each field is checked against the API of the kOps release before anything is created. What is not here has its own input, or is not available: docs/kops-spec.md lists every field. */
export interface ClusterSpec {
  /** Further statements for the roles of instances, by role: `master`, `node` or `bastion`. Each value is a JSON list of IAM statements. Effect of a change: in place. Default: none. */
  readonly additionalPolicies?: Readonly<Record<string, Input<string>>> | undefined;
  /** Further names and addresses in the API server's certificate. Effect of a change: rolls the control plane. Default: none. */
  readonly additionalSans?: readonly string[] | undefined;
  /** Settings of the API load balancer, as `loadBalancer`: `additionalSecurityGroups`, ids of existing security groups for the load balancer and the control-plane instances; `crossZoneLoadBalancing`, which is always on unless the cluster has DNS. Effect of a change: rolls the control plane. Default: as kOps. */
  readonly api?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** Users and roles of AWS IAM as users of the cluster, by aws-iam-authenticator: `aws`, with `backendMode`, `clusterID`, `identityMappings`, image and resources. OpenID Connect is set in `kubeAPIServer`. Effect of a change: rolls the control plane. Default: none. */
  readonly authentication?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** AWS load balancer controller, as kOps installs it, with an IAM role: `enabled`, `version` (the image's tag), `enableWAF`, `enableWAFv2`, `enableShield`, `cpuRequest`, `cpuLimit`, `memoryRequest` and `memoryLimit`. It needs clusterSpec.certManager. Until it runs, no Service outside kube-system and no Ingress can be created. Pulumi reads its definitions from assets.kopsSourceUrl. Effect of a change: in place; needs acknowledgement if switched on. Default: none. */
  readonly awsLoadBalancerController?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** cert-manager, as kOps installs it into kube-system: `enabled`, `managed: false` if you install it yourself, `defaultIssuer` (a ClusterIssuer), `nameservers` for DNS challenges, `hostedZoneIDs` of the Route 53 zones in which its role may answer them, and `featureGates`. Pulumi reads its definitions from assets.kopsSourceUrl. Effect of a change: in place; needs acknowledgement if switched on. Default: none. */
  readonly certManager?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** Settings of the AWS cloud controller: `logLevel`, `cpuRequest`, `concurrentNodeSyncs`, `nodeStatusUpdateFrequency`, `image` and more. Effect of a change: in place. Default: as kOps. */
  readonly cloudControllerManager?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** Settings of containerd on all nodes, for example `registryMirrors` or `configAdditions`. Effect of a change: rolls the control plane and the worker nodes. Default: as kOps. */
  readonly containerd?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** HTTP proxy for the outgoing connections of nodes and of kOps's components: `httpProxy`, with `host` and `port`, and `excludes`, a comma-separated list of hosts and ranges to reach directly; the cluster's own are added. Effect of a change: rolls the control plane and the worker nodes. Default: none. */
  readonly egressProxy?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** Settings of the etcd clusters `main` and `events`: `version`, `cpuRequest`, `memoryRequest`, and `manager` with `backupInterval`, `backupRetentionDays` (in days), `env` and more. The running etcd-manager keeps its settings until its instance is replaced. Effect of a change: rolls the control plane. Default: as kOps. */
  readonly etcdClusters?: readonly Input<unknown>[] | undefined;
  /** ARNs of policies to attach to the roles of instances, by role: `master`, `node` or `bastion`. Append an ARN that is an output at the end of its list. Effect of a change: in place. Default: none. */
  readonly externalPolicies?: Readonly<Record<string, readonly Input<string>[]>> | undefined;
  /** Files that nodes write when they boot: `name`, `path`, `content`, `mode`, `isBase64`, and `roles` (`ControlPlane` or `Node`) if not all nodes get them. Effect of a change: rolls the control plane and the worker nodes. Default: none. */
  readonly fileAssets?: readonly Input<unknown>[] | undefined;
  /** Systemd units or containers that nodes run when they boot: `name`, `manifest` or `execContainer`, `before`, `requires`, `roles`. Effect of a change: rolls the control plane and the worker nodes. Default: none. */
  readonly hooks?: readonly Input<unknown>[] | undefined;
  /** `permissionsBoundary`: ARN of the policy that bounds the permissions of every role of the cluster. Effect of a change: in place. Default: none. */
  readonly iam?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** Settings of the API server, for example `auditPolicyFile`, `oidcIssuerURL` or `featureGates`. Effect of a change: rolls the control plane. Default: as kOps. */
  readonly kubeAPIServer?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** Settings of kube-controller-manager. Effect of a change: rolls the control plane. Default: as kOps. */
  readonly kubeControllerManager?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** Settings of CoreDNS: `cpuRequest`, `memoryRequest`, `memoryLimit`, `tolerations`, `affinity`, `upstreamNameservers`, `externalCoreFile` and more; and of the node-local cache: `nodeLocalDNS`, with `enabled`. Effect of a change: rolls the control plane and the worker nodes. Default: as kOps. */
  readonly kubeDNS?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** Settings of kube-proxy, which does not run with Cilium or with Calico's eBPF data plane. Effect of a change: rolls the control plane and the worker nodes. Default: as kOps. */
  readonly kubeProxy?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** Settings of kube-scheduler. Effect of a change: rolls the control plane. Default: as kOps. */
  readonly kubeScheduler?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** Settings of the kubelet on all nodes. Settings that Karpenter counts with are set on each node group. Effect of a change: rolls the control plane and the worker nodes. Default: as kOps. */
  readonly kubelet?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** Settings of the kubelet on control-plane nodes, over those of `kubelet`. Effect of a change: rolls the control plane. Default: as kOps. */
  readonly masterKubelet?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** metrics-server, as kOps installs it: `enabled`, `insecure` and `image`. `insecure` must be true unless the cluster has clusterSpec.certManager; with false, metrics-server verifies the certificates of kubelets, and the API server that of metrics-server. Two worker nodes run it. Effect of a change: rolls the control plane. Default: none. */
  readonly metricsServer?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** Address ranges and prefix lists that may reach the node ports of the worker nodes. Effect of a change: in place. Default: none. */
  readonly nodePortAccess?: readonly string[] | undefined;
  /** node-problem-detector on every node, as kOps installs it: `enabled`, `cpuRequest`, `cpuLimit`, `memoryRequest`, `memoryLimit` and `image`. Effect of a change: in place. Default: none. */
  readonly nodeProblemDetector?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** AWS's node termination handler, which drains nodes before their instance is interrupted or terminated by its Auto Scaling group. Only with karpenter.enabled false; Karpenter has interruption handling of its own. `enabled: false` leaves it out. Effect of a change: rolls the control plane and the worker nodes. Default: as kOps, with a queue. */
  readonly nodeTerminationHandler?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** `managed: false` leaves the clock of nodes to their image. Effect of a change: rolls the control plane and the worker nodes. Default: kOps sets up a time daemon. */
  readonly ntp?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** Further packages of the operating system that nodes install when they boot. Effect of a change: rolls the control plane and the worker nodes. Default: none. */
  readonly packages?: readonly string[] | undefined;
  /** Webhook that gives pods of serviceAccountRoles their role and its token, as kOps installs it: `enabled` and `replicas`, 2 by default, each on a worker node of its own. It needs cert-manager in the cluster, by clusterSpec.certManager or installed by you: without it, no pod can be created except those of kOps and Karpenter. Effect of a change: in place; needs acknowledgement if switched on. Default: none. */
  readonly podIdentityWebhook?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** CSI snapshot controller with its validating webhook, as kOps installs it, and the part of the EBS driver that takes snapshots: `enabled`, and `installDefaultClass` for a default VolumeSnapshotClass. It needs clusterSpec.certManager. Pulumi reads its definitions from assets.kopsSourceUrl. Effect of a change: in place. Default: none. */
  readonly snapshotController?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** Name of an existing EC2 key pair of the region, for SSH to control-plane instances and bastion. Conflicts with sshPublicKey. Effect of a change: rolls the control plane and the worker nodes. Default: none. */
  readonly sshKeyName?: Input<string> | undefined;
  /** Kernel parameters of all nodes, each as `name=value`. Effect of a change: rolls the control plane and the worker nodes. Default: those of kOps. */
  readonly sysctlParameters?: readonly string[] | undefined;
  /** Whether nodes apply security updates of their operating system: `automatic` or `external`. Effect of a change: rolls the control plane and the worker nodes. Default: automatic. */
  readonly updatePolicy?: string | undefined;
}

/** Idle timeouts of connection tracking on a node's network interfaces. At least one. */
export interface ConnectionTracking {
  /** Timeout of established TCP connections in seconds, 60 to 432000. Effect of a change: rolls the group's nodes. Default: EC2's, which depends on the instance type. */
  readonly tcpEstablishedTimeout?: number | undefined;
  /** Timeout of UDP flows with more than one request and response in seconds, 60 to 180. Effect of a change: rolls the group's nodes. Default: 180. */
  readonly udpStreamTimeout?: number | undefined;
  /** Timeout of UDP flows in one direction, or with a single request and response, in seconds, 30 to 60. Effect of a change: rolls the group's nodes. Default: 30. */
  readonly udpTimeout?: number | undefined;
}

/** Control-plane nodes, with one Auto Scaling group per zone. */
export interface ControlPlane {
  /** Zones of the control plane: 1, 3, 5 or 7 of the cluster's zones, with one node and one etcd member in each. Effect of a change: rolls the control plane; refused if half or more of the etcd members are in zones that are removed or if deletionProtection was on before; needs acknowledgement if fewer than half are. Default: the first entry of zones. */
  readonly zones?: readonly string[] | undefined;
  /** EC2 instance type. Effect of a change: rolls the control plane. Default: t3.medium. */
  readonly instanceType?: string | undefined;
  /** AMI, in any format that nodeGroups.*.images accepts. Its architecture must match instanceType. Effect of a change: rolls the control plane. Default: the image of the kOps stable channel, Ubuntu 24.04 of 2026-02-18. */
  readonly image?: string | undefined;
  /** Root volume of each node. Default: 64 GiB of gp3, encrypted. */
  readonly rootVolume?: RootVolume | undefined;
  /** Data volumes of etcd. Default: 20 GiB of gp3 each, encrypted. */
  readonly etcdVolume?: EtcdVolume | undefined;
  /** Kubernetes labels of the nodes. Keys that kOps and Karpenter own (kops.k8s.io, karpenter.sh, karpenter.k8s.aws, node-role.kubernetes.io/…, kubernetes.io/hostname) are rejected. Effect of a change: rolls the control plane. Default: only the labels that kOps sets. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Taints of the nodes, in addition to the control-plane taint. Effect of a change: rolls the control plane. Default: none. */
  readonly taints?: readonly Taint[] | undefined;
  /** IDs of additional security groups for the nodes (`sg-…`), at most 15. Effect of a change: rolls the control plane. Default: none. */
  readonly additionalSecurityGroupIds?: readonly Input<string>[] | undefined;
  /** Additional parts of the nodes' user data. EC2 limits user data to 16 KiB, including the bootstrap script. Effect of a change: rolls the control plane. Default: none. */
  readonly additionalUserData?: readonly UserData[] | undefined;
  /** Further fields of the control plane's kOps instance groups. Default: none. */
  readonly instanceGroupSpec?: InstanceGroupSpec | undefined;
}

/** CPU options of the instances. */
export interface CpuOptions {
  /** Whether instances can run virtual machines. If enabled, Karpenter chooses only instance types that support it. Effect of a change: rolls the group's nodes. Default: EC2's, disabled. */
  readonly nestedVirtualization?: NestedVirtualization | undefined;
}

/** How Karpenter may disrupt a pool's nodes to reduce cost or to replace outdated nodes. */
export interface Disruption {
  /** Nodes that Karpenter may consolidate. Effect of a change: in place. Default: WhenEmptyOrUnderutilized. */
  readonly consolidationPolicy?: ConsolidationPolicy | undefined;
  /** How long a node's pods must be unchanged before Karpenter considers the node for consolidation, for example 5m, or Never. Effect of a change: in place. Default: 0s, immediately. */
  readonly consolidateAfter?: string | undefined;
  /** Disruption budgets, at most 50. The most restrictive active budget wins. At least one: without any, Karpenter would replace all nodes at once. Effect of a change: in place. Default: one budget of 10%. */
  readonly budgets?: readonly Budget[] | undefined;
}

/** DNS records of the cluster in Route 53. */
export interface Dns {
  /** Type of the hosted zone, or none. Effect of a change: needs acknowledgement. Default: none. */
  readonly type?: DnsType | undefined;
  /** Name or ID of an existing hosted zone. Its name must be a parent domain of the cluster name. Required unless type is none. A VPC that the component creates is associated with a private zone; an existing VPC must already be associated with it. Effect of a change: rolls the control plane. */
  readonly zone?: string | undefined;
}

/** AWS Nitro Enclaves. */
export interface EnclaveOptions {
  /** Whether instances can run enclaves. If true, Karpenter chooses only instance types that support them. Effect of a change: rolls the group's nodes. */
  readonly enabled: boolean;
}

/** Environment variable of a container. */
export interface EnvironmentVariable {
  /** Name: letters, digits and _, not starting with a digit. */
  readonly name: string;
  /** Value, without quotes, backslashes and control characters. Default: empty. */
  readonly value?: string | undefined;
}

/** EBS data volumes of etcd, one per member of each of the two etcd clusters. */
export interface EtcdVolume {
  /** Size in GiB, 1 to 65536. gp2 and io1 allow at most 16384; io1 and io2 require at least 4. Effect of a change: in place; refused if the size is smaller. Default: 20. */
  readonly size?: number | undefined;
  /** EBS volume type: gp3, gp2, io1 or io2. Effect of a change: in place. Default: gp3. */
  readonly type?: string | undefined;
  /** Provisioned IOPS: 3000 to 80000 for gp3, 100 to 64000 for io1, 100 to 256000 for io2. Not valid for gp2. At most 500 per GiB, or 50 per GiB for io1. Effect of a change: in place. Default: 3000 for gp3, 100 for io1 and io2. */
  readonly iops?: number | undefined;
  /** Provisioned throughput in MiB/s, for gp3 only: 125 to 2000, and at most a quarter of iops. Effect of a change: in place. Default: 125. */
  readonly throughput?: number | undefined;
  /** Whether to encrypt the volumes. Effect of a change: refused. Default: true. */
  readonly encrypted?: boolean | undefined;
  /** ARN of the KMS key for encrypted volumes. Effect of a change: refused. Default: the account's default EBS key. */
  readonly kmsKeyArn?: Input<string> | undefined;
}

/** How many instances of an Auto Scaling group are replaced at a time. */
export interface GroupRollingUpdate {
  /** Number of instances, or percentage of the group's instances, that leave the group before any node is drained, so that their replacements run first. They are drained last. Effect of a change: in place. Default: 1. */
  readonly maxSurge?: string | undefined;
  /** Number of nodes, or percentage of the group's nodes, that are drained at a time in addition to maxSurge. Effect of a change: in place. Default: 0; 1 if maxSurge is 0. */
  readonly maxUnavailable?: string | undefined;
}

/** Fields of a kOps instance group, by kOps's own names, over those of `clusterSpec`. Each field is checked against the API of the kOps release before anything is created. What is not here has its own input, or is not available: docs/kops-spec.md lists every field. */
export interface InstanceGroupSpec {
  /** Settings of containerd, over those of the cluster. Effect of a change: in controlPlane.instanceGroupSpec, rolls the control plane; in nodeGroups.*.instanceGroupSpec, rolls the group's nodes. Default: those of the cluster. */
  readonly containerd?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** Files that the group's nodes write when they boot, besides the cluster's. Effect of a change: in controlPlane.instanceGroupSpec, rolls the control plane; in nodeGroups.*.instanceGroupSpec, rolls the group's nodes. Default: none. */
  readonly fileAssets?: readonly Input<unknown>[] | undefined;
  /** Systemd units or containers that the group's nodes run when they boot, besides the cluster's. Effect of a change: in controlPlane.instanceGroupSpec, rolls the control plane; in nodeGroups.*.instanceGroupSpec, rolls the group's nodes. Default: none. */
  readonly hooks?: readonly Input<unknown>[] | undefined;
  /** Settings of the kubelet, over those of the cluster. Effect of a change: in controlPlane.instanceGroupSpec, rolls the control plane; in nodeGroups.*.instanceGroupSpec, rolls the group's nodes. Default: those of the cluster. */
  readonly kubelet?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** Further packages of the operating system that the group's nodes install when they boot. Effect of a change: in controlPlane.instanceGroupSpec, rolls the control plane; in nodeGroups.*.instanceGroupSpec, rolls the group's nodes. Default: none. */
  readonly packages?: readonly string[] | undefined;
  /** Kernel parameters of the group's nodes, each as `name=value`. Effect of a change: in controlPlane.instanceGroupSpec, rolls the control plane; in nodeGroups.*.instanceGroupSpec, rolls the group's nodes. Default: those of the cluster. */
  readonly sysctlParameters?: readonly string[] | undefined;
  /** Whether the group's nodes apply security updates of their operating system: `automatic` or `external`. Effect of a change: in controlPlane.instanceGroupSpec, rolls the control plane; in nodeGroups.*.instanceGroupSpec, rolls the group's nodes. Default: that of the cluster. */
  readonly updatePolicy?: string | undefined;
  /** Block devices that the group's nodes format and mount when they boot: `device`, `filesystem`, `path`, `formatOptions`, `mountOptions`. Effect of a change: in controlPlane.instanceGroupSpec, rolls the control plane; in nodeGroups.*.instanceGroupSpec, rolls the group's nodes. Default: none. */
  readonly volumeMounts?: readonly Input<unknown>[] | undefined;
}

/** Karpenter controller. */
export interface Karpenter {
  /** Whether the cluster has Karpenter. Set to false for a kOps cluster whose workers are all in Auto Scaling groups: without Karpenter's role, policies, charts, objects and interruption queue, and with kOps's node termination handler (clusterSpec.nodeTerminationHandler). The other fields of `karpenter` must then be omitted. Effect of a change: rolls the control plane and the worker nodes; needs acknowledgement if it becomes false. Default: true. */
  readonly enabled?: boolean | undefined;
  /** Whether the component installs Karpenter: its charts, node classes and node pools. Set to false to install them another way, for example with GitOps, from the outputs karpenterRoleArn, interruptionQueueName, nodeInstanceProfile and nodeupScripts. Effect of a change: in place; needs acknowledgement if it becomes false. Default: true. */
  readonly install?: boolean | undefined;
  /** Version of Karpenter and its charts, without a leading `v`. At least 1.0, and at least the version that the Kubernetes version requires (1.34: 1.6, 1.35: 1.9, 1.36: 1.13). Effect of a change: in place; needs acknowledgement if the minor version is earlier. Default: 1.13.0, the version that kOps 1.36.2 installs. */
  readonly version?: string | undefined;
  /** Controller chart: an OCI reference without a tag, or a local path. Effect of a change: in place. Default: oci://public.ecr.aws/karpenter/karpenter. */
  readonly chart?: string | undefined;
  /** CRD chart: an OCI reference without a tag, or a local path. Effect of a change: in place. Default: oci://public.ecr.aws/karpenter/karpenter-crd. */
  readonly crdChart?: string | undefined;
  /** Helm values merged over the component's own values for the controller chart. Environment variables, volumes and volume mounts are added to the component's. Settings that the component or another input owns are errors: settings.clusterName, clusterEndpoint, eksControlPlane, interruptionQueue and featureGates, the service account's name, and name overrides. Effect of a change: in place. Default: none. */
  readonly values?: Readonly<Record<string, Input<unknown>>> | undefined;
  /** Number of controller pods, at least 1. Effect of a change: in place. Default: 1 with a single control-plane node, otherwise 2. */
  readonly replicas?: number | undefined;
  /** Resource requests and limits of the controller container. Default: requests of 500m CPU and 1Gi memory, and a limit of 1Gi memory. */
  readonly resources?: ChartResources | undefined;
  /** Log level of the controller. Effect of a change: in place. Default: info. */
  readonly logLevel?: LogLevel | undefined;
  /** Karpenter feature gates. Effect of a change: in place. Default: the chart's, with StaticCapacity enabled if any pool is static. */
  readonly featureGates?: Readonly<Record<string, boolean>> | undefined;
  /** Whether to create an SQS queue and event rules that notify Karpenter of spot interruptions, rebalance recommendations, health events, instance state changes and capacity-reservation interruptions. Effect of a change: in place. Default: true. */
  readonly interruptionHandling?: boolean | undefined;
  /** IAM permissions of the controller. `scoped` limits what it may launch, tag and terminate to what carries its tags for this cluster, the role that it may pass to the nodes' role, and the SSM parameters that it may read to AWS's public ones and those of nodeGroups.*.images. `kops` grants the same actions on all resources of the account, as kOps 1.36.2 does; an EC2NodeClass of your own needs it if it names another instance profile or SSM parameter. Effect of a change: in place. Default: scoped. */
  readonly policy?: KarpenterPolicy | undefined;
  /** Whether `pulumi destroy` also deletes Karpenter's CRDs. Effect of a change: none. Default: false, because deleting a CRD deletes every object of its kind. */
  readonly deleteCrds?: boolean | undefined;
}

/** Keys of one use. One key, the primary, signs; all that are not distrusted are in the trust bundles. */
export interface Keyset {
  /** Keys by name. At least one; names are of at most 63 lowercase letters, digits and -. An empty object (`{}`) is a key that the component creates: RSA with 2048 bits and a certificate for ten years. Effect of a change: rolls the control plane and the worker nodes; refused if a key is removed that is still trusted. Default: `{initial: {}}`, the key that every cluster starts with. */
  readonly keys?: Readonly<Record<string, KeysetKey>> | undefined;
  /** Name of the key that signs. It must be trusted and have its private key. Effect of a change: refused if the key was not trusted before the update; needs acknowledgement. Default: initial. */
  readonly primary?: string | undefined;
}

/** Key of a keyset: created by the component, or your own with its certificate. */
export interface KeysetKey {
  /** Your own certificate in PEM, without a chain: of a certificate authority, or for service-account one whose common name is service-account. Its key is RSA, or ECDSA except for service-account. Effect of a change: refused. Default: the component creates key and certificate. */
  readonly certificate?: Input<string> | undefined;
  /** Private key of the certificate in PEM, not encrypted. Required for the primary key; other keys are only trusted, and do without it. Effect of a change: in place. Default: none. */
  readonly privateKey?: Input<string> | undefined;
  /** Number by which kOps and nodes know the key, in decimal, with at most 49 digits. Requires certificate. kOps numbers a key by the serial number of its certificate; set it for further keys that kOps created. Effect of a change: rolls the control plane and the worker nodes. Default: the serial number for the key initial, otherwise a larger number that follows from the certificate. */
  readonly id?: string | undefined;
  /** Time from which the key is distrusted, in UTC, for example 2027-03-01T12:00:00Z. It is a record, not a schedule: a key with a time, even a later one, leaves the trust bundles in this update. Effect of a change: rolls the control plane and the worker nodes; refused if the key was the primary before the update; needs acknowledgement if the key is distrusted. Default: none; the key is trusted. */
  readonly distrustTimestamp?: string | undefined;
}

/** Metadata of the objects that kOps keeps in the state store. `kops-karpenter adopt` writes it, so that an adopted cluster keeps its own. */
export interface KopsMetadata {
  /** Metadata of the cluster. Default: a creation timestamp only. */
  readonly cluster?: KopsObjectMetadata | undefined;
  /** Metadata of instance groups by name: control-plane-<zone>, the names of node groups, and bastions. Effect of a change: none. Default: a creation timestamp only. */
  readonly instanceGroups?: Readonly<Record<string, KopsObjectMetadata>> | undefined;
}

/** Metadata of a kOps object. Only the kOps CLI reads it. */
export interface KopsObjectMetadata {
  /** Creation time in UTC, for example 2026-03-01T12:00:00Z. Effect of a change: in place. Default: the start of validity of the cluster's first certificate authority. */
  readonly creationTimestamp?: string | undefined;
  /** Number of edits with the kOps CLI, at least 1. Effect of a change: in place. Default: none. */
  readonly generation?: number | undefined;
  /** Labels. Effect of a change: in place. Default: none. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Annotations. Effect of a change: in place. Default: none. */
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/** Kubeconfigs: the administrator's, and one for people. */
export interface Kubeconfig {
  /** Lifetime of the client certificate in hours, 1 to 87600. An update in the last fifth of this time renews the certificate. Effect of a change: in place. Default: 8760 (one year). */
  readonly lifetimeHours?: number | undefined;
  /** Plugin that gets a person's credentials, for the output userKubeconfig. Default: kubelogin (`kubectl oidc-login get-token`) with the issuer and client of clusterSpec.kubeAPIServer, if it has oidcIssuerURL and oidcClientID; `aws-iam-authenticator token` with clusterSpec.authentication.aws; otherwise none. */
  readonly exec?: KubeconfigExec | undefined;
}

/** Credential plugin of a kubeconfig: a program that runs on the person's machine. */
export interface KubeconfigExec {
  /** Program, looked up on PATH. Effect of a change: none. */
  readonly command: string;
  /** Arguments. Do not put secrets in them. Effect of a change: none. Default: none. */
  readonly args?: readonly string[] | undefined;
  /** Version of the API between kubectl and the plugin, `client.authentication.k8s.io/v1` or `client.authentication.k8s.io/v1beta1`. Effect of a change: none. Default: client.authentication.k8s.io/v1. */
  readonly apiVersion?: string | undefined;
}

/** Kubelet settings. The component also passes maxPods, systemReserved, kubeReserved and evictionHard to Karpenter, so that Karpenter computes the same allocatable capacity. */
export interface Kubelet {
  /** Maximum number of pods per node, at least 1. Effect of a change: rolls the group's nodes. Default: 110, for the kubelet and for Karpenter; with cni amazonvpc, the number of addresses that the network interfaces of the instance type have for pods, where the kubelet allows at most 110. */
  readonly maxPods?: number | undefined;
  /** Resources reserved for the operating system, for example {cpu: 100m, memory: 100Mi}. Keys: cpu, memory, ephemeral-storage, pid. Effect of a change: rolls the group's nodes. Default: none. */
  readonly systemReserved?: Readonly<Record<string, string>> | undefined;
  /** Resources reserved for Kubernetes processes. Same keys as systemReserved. Effect of a change: rolls the group's nodes. Default: none. */
  readonly kubeReserved?: Readonly<Record<string, string>> | undefined;
  /** Hard eviction thresholds, in the format of the kubelet flag: signal<quantity or signal<percentage, separated by commas, for example memory.available<100Mi. Signals: memory.available, nodefs.available, nodefs.inodesFree, imagefs.available, imagefs.inodesFree, pid.available. Effect of a change: rolls the group's nodes. Default: as in kOps. */
  readonly evictionHard?: string | undefined;
  /** Soft eviction thresholds, in the format of evictionHard. Each requires a grace period. Effect of a change: rolls the group's nodes. Default: none. */
  readonly evictionSoft?: string | undefined;
  /** Grace periods of the soft eviction thresholds: signal=duration, separated by commas, for example memory.available=1m30s. Effect of a change: rolls the group's nodes. Default: none. */
  readonly evictionSoftGracePeriod?: string | undefined;
  /** Maximum grace period in seconds for pods that a soft eviction threshold evicts, at least 1. Effect of a change: rolls the group's nodes. Default: none, they end at once. */
  readonly evictionMaxPodGracePeriod?: number | undefined;
  /** Disk usage in percent that triggers image garbage collection, 0 to 100. Effect of a change: rolls the group's nodes. Default: the kubelet's, 85. */
  readonly imageGCHighThresholdPercent?: number | undefined;
  /** Disk usage in percent that image garbage collection frees down to, below the high threshold. Effect of a change: rolls the group's nodes. Default: the kubelet's, 80. */
  readonly imageGCLowThresholdPercent?: number | undefined;
  /** Whether to enforce CPU limits with CFS quota. Effect of a change: rolls the group's nodes. Default: the kubelet's, true. */
  readonly cpuCFSQuota?: boolean | undefined;
  /** CPU manager policy: none or static. static requires cpu in systemReserved or kubeReserved. Effect of a change: rolls the group's nodes. Default: the kubelet's, none. */
  readonly cpuManagerPolicy?: string | undefined;
  /** Topology manager policy: none, best-effort, restricted or single-numa-node. Effect of a change: rolls the group's nodes. Default: the kubelet's, none. */
  readonly topologyManagerPolicy?: string | undefined;
  /** Kubelet feature gates by name, each "true" or "false". Effect of a change: rolls the group's nodes. Default: as in kOps. */
  readonly featureGates?: Readonly<Record<string, string>> | undefined;
}

/** Instance metadata options. */
export interface MetadataOptions {
  /** Whether a session token is required. Effect of a change: rolls the group's nodes. Default: required. */
  readonly httpTokens?: HttpTokens | undefined;
  /** Whether instance metadata is available. Must be enabled, because kOps nodes need instance metadata to boot. Effect of a change: none. Default: enabled. */
  readonly httpEndpoint?: HttpEndpoint | undefined;
  /** Maximum number of network hops for the token response, 1 to 64. With 1, pods that do not use the host network cannot get a token. Effect of a change: rolls the group's nodes. Default: 1. */
  readonly httpPutResponseHopLimit?: number | undefined;
  /** Whether instance metadata has an IPv6 endpoint. Effect of a change: rolls the group's nodes. Default: disabled. */
  readonly httpProtocolIpv6?: HttpProtocolIpv6 | undefined;
}

/** Mixed instances policy of an Auto Scaling group with several instance types. */
export interface MixedInstancesPolicy {
  /** How on-demand instance types are chosen. Effect of a change: in place. Default: prioritized. */
  readonly onDemandAllocationStrategy?: OnDemandAllocationStrategy | undefined;
  /** Number of instances, before any others, that are on-demand: from 0 to maxSize. Effect of a change: in place. Default: 0. */
  readonly onDemandBase?: number | undefined;
  /** Percentage of on-demand instances beyond onDemandBase; the others are spot instances. Effect of a change: in place. Default: 100. */
  readonly onDemandAboveBase?: number | undefined;
  /** How spot instance types are chosen. Effect of a change: in place. Default: lowest-price. */
  readonly spotAllocationStrategy?: SpotAllocationStrategy | undefined;
  /** Number of spot pools that spotAllocationStrategy lowest-price uses, from 1 to 20. Effect of a change: in place. Default: 2. */
  readonly spotInstancePools?: number | undefined;
}

/** VPC and subnets. */
export interface Network {
  /** IPv4 range of the VPC, /16 to /28, outside 100.64.0.0/10, which pods and services use. Required when network.vpcId is set. Effect of a change: needs acknowledgement. Default: 172.20.0.0/16 (kOps v1.36.2). */
  readonly cidr?: string | undefined;
  /** Network topology of the nodes. Effect of a change: needs acknowledgement. Default: public. */
  readonly topology?: Topology | undefined;
  /** Subnets to create or use. Set an ID on all of them or on none. Every zone needs a subnet for nodes. Effect of a change: in place; needs acknowledgement if a subnet is removed or its zone, range, type or ID changes or if the API load balancer gets another subnet in a zone. Default: one per zone, plus a utility subnet per zone in a private topology. */
  readonly subnets?: readonly Subnet[] | undefined;
  /** ID of an existing VPC (`vpc-…`) to use instead of creating one. network.cidr must be its range. If the component creates subnets in it, the VPC needs an internet gateway. Effect of a change: refused. */
  readonly vpcId?: Input<string> | undefined;
  /** Number of NAT gateways. Only for a private topology. kOps treats a single NAT gateway as externally owned: `kops delete cluster` leaves it and its Elastic IP address in place. Effect of a change: in place. Default: perZone. */
  readonly natGateways?: NatGateways | undefined;
  /** Further IPv4 ranges of the VPC, /16 to /28, in which subnets of the cluster can be. A VPC of the component gets them; an existing one must have them. AWS adds no range of another private block (RFC 1918) than that of network.cidr, and none of 198.19.0.0/16 or 172.31.0.0/16. Effect of a change: in place. Default: none. */
  readonly additionalCidrs?: readonly string[] | undefined;
  /** IPv4 range whose addresses nodes do not translate. Contains network.podCidr, and must be outside the ranges of the VPC unless cni is amazonvpc. Effect of a change: rolls the control plane and the worker nodes. Default: 100.64.0.0/10 (kOps v1.36.2). */
  readonly nonMasqueradeCidr?: string | undefined;
  /** IPv4 range of pods, /8 to /24, inside network.nonMasqueradeCidr. Each node gets a /24 of it, which cni amazonvpc does not use. Effect of a change: refused. Default: the upper half of network.nonMasqueradeCidr, 100.96.0.0/11 (kOps v1.36.2). */
  readonly podCidr?: string | undefined;
  /** IPv4 range of services, /12 to /28, outside network.podCidr and the ranges of the VPC. Effect of a change: refused. Default: 100.64.0.0/13 (kOps v1.36.2). */
  readonly serviceCidr?: string | undefined;
  /** Domain of the names of services and pods. Hubble requires the default. Effect of a change: needs acknowledgement. Default: cluster.local (kOps v1.36.2). */
  readonly clusterDomain?: string | undefined;
  /** Bastion host. Requires a private topology. Default: none. */
  readonly bastion?: Bastion | undefined;
}

/** Network interface of a node. */
export interface NetworkInterface {
  /** Index of the network card, 0 or more. */
  readonly networkCardIndex: number;
  /** Index of the device on the card, 0 or more. */
  readonly deviceIndex: number;
  /** Type of the interface. At most one efa-only interface per network card. */
  readonly interfaceType: InterfaceType;
}

/** Group of worker nodes: one kOps instance group. Karpenter launches its nodes, from one EC2NodeClass and its NodePools, or an Auto Scaling group does. */
export interface NodeGroup {
  /** What launches the group's nodes. Inputs that only one manager has are rejected under the other. Effect of a change: needs acknowledgement. Default: Karpenter; CloudGroup if karpenter.enabled is false. */
  readonly manager?: NodeGroupManager | undefined;
  /** EC2 instance types that Karpenter may choose from, for example m7g.large. All types must share an architecture; do not mix GPU and non-GPU types (kOps requires both). With manager CloudGroup, the first type is that of the launch template, and several types make a mixed instances policy. Effect of a change: rolls the group's nodes. Default: any type that the pools allow; t3.medium with manager CloudGroup. */
  readonly instanceTypes?: readonly string[] | undefined;
  /** AMIs: `ami-…`, `ssm:<parameter>`, `<name>` or `<owner>/<name>`, at most 30. AMI aliases are rejected. The first entry is the image of the kOps instance group. Exactly one with manager CloudGroup. Effect of a change: rolls the group's nodes. Default: the newest Ubuntu 24.04 for amd64 and arm64 from Canonical's SSM parameters; with manager CloudGroup, the image of the kOps stable channel. */
  readonly images?: readonly string[] | undefined;
  /** Fixed number of nodes in the group's single pool, which makes that pool static. With several pools, set replicas on each pool instead. With manager CloudGroup, the minimum size of the Auto Scaling group; its desired capacity is never set, so an autoscaler may change it. Effect of a change: in place; needs acknowledgement if the group's pools turn from dynamic to static or back. Default: 0, a dynamic pool; with manager CloudGroup 2, or maxSize if that is less. */
  readonly minSize?: number | undefined;
  /** Maximum number of nodes in the group's single pool, at least minSize. With several pools, set limits.nodes on each pool instead. With manager CloudGroup, the maximum size of the Auto Scaling group. Effect of a change: in place. Default: none; minSize with manager CloudGroup. */
  readonly maxSize?: number | undefined;
  /** Zones of the nodes: at least one of the cluster's zones. Effect of a change: rolls the group's nodes. Default: all zones of the cluster. */
  readonly zones?: readonly string[] | undefined;
  /** Root volume of each node, at most 59000 GiB. Default: 128 GiB of gp3, encrypted. */
  readonly rootVolume?: RootVolume | undefined;
  /** Additional EBS volumes of each node, at most 49. With manager CloudGroup, without snapshotId, volumeInitializationRate and kubeletRoot. Effect of a change: rolls the group's nodes. Default: none. */
  readonly volumes?: readonly NodeVolume[] | undefined;
  /** Kubernetes labels of the nodes. Keys that kOps and Karpenter own (kops.k8s.io, karpenter.sh, karpenter.k8s.aws, node-role.kubernetes.io/…, kubernetes.io/hostname) are rejected. Effect of a change: rolls the group's nodes. Default: only the labels that kOps sets. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Taints of the nodes. Effect of a change: rolls the group's nodes. Default: none. */
  readonly taints?: readonly Taint[] | undefined;
  /** Kubelet settings. Default: as in kOps. */
  readonly kubelet?: Kubelet | undefined;
  /** Additional AWS tags for the instances and volumes: at most 40 together with the cluster's tags. Keys that kOps and Karpenter own are rejected. Effect of a change: rolls the group's nodes. Default: only the cluster's tags. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Instance metadata options. Default: IMDSv2 only, one hop. */
  readonly metadataOptions?: MetadataOptions | undefined;
  /** Whether nodes get public IP addresses. Effect of a change: rolls the group's nodes. Default: true in a public topology, false in a private one. */
  readonly associatePublicIp?: boolean | undefined;
  /** EC2 capacity reservations and capacity blocks that the pools may use: at most 30 terms, of which a reservation must match one. Only pools with capacity type reserved use them. Only with manager Karpenter. Effect of a change: rolls the group's nodes. Default: none. */
  readonly capacityReservationSelectorTerms?: readonly CapacityReservationTerm[] | undefined;
  /** EC2 placement group of the nodes. Requires Karpenter 1.11. Only with manager Karpenter. Default: none. */
  readonly placementGroupSelector?: PlacementGroupSelector | undefined;
  /** Network interfaces of each node, at most 150; one must be an ordinary interface with card index 0 and device index 0. Several interfaces require associatePublicIp false. Requires Karpenter 1.11. Only with manager Karpenter. Effect of a change: rolls the group's nodes. Default: one interface, or those for EFA devices that pods request. */
  readonly networkInterfaces?: readonly NetworkInterface[] | undefined;
  /** Number of IPv4 prefixes assigned to the primary network interface, 0 or more. Requires Karpenter 1.8. Only with manager Karpenter. Effect of a change: in place. Default: none. */
  readonly ipPrefixCount?: number | undefined;
  /** Idle timeouts of connection tracking. Requires Karpenter 1.13. Only with manager Karpenter. Default: EC2's. */
  readonly connectionTracking?: ConnectionTracking | undefined;
  /** Whether CloudWatch gets metrics every minute. Effect of a change: rolls the group's nodes. Default: false. */
  readonly detailedMonitoring?: boolean | undefined;
  /** CPU options of the instances. Requires Karpenter 1.13. Only with manager Karpenter. Default: EC2's. */
  readonly cpuOptions?: CpuOptions | undefined;
  /** AWS Nitro Enclaves. Requires Karpenter 1.15. Only with manager Karpenter. Default: disabled. */
  readonly enclaveOptions?: EnclaveOptions | undefined;
  /** Value of the field Context of EC2's CreateFleet, which AWS reserves. Only with manager Karpenter. Effect of a change: rolls the group's nodes. Default: none. */
  readonly context?: string | undefined;
  /** IDs of additional security groups for the nodes (`sg-…`), at most 15. Effect of a change: rolls the group's nodes. Default: none. */
  readonly additionalSecurityGroupIds?: readonly Input<string>[] | undefined;
  /** Additional parts of the nodes' user data. EC2 limits user data to 16 KiB, including the bootstrap script. Effect of a change: rolls the group's nodes. Default: none. */
  readonly additionalUserData?: readonly UserData[] | undefined;
  /** Name of the EC2NodeClass, unique in the cluster. Only with manager Karpenter. Effect of a change: refused if another group had the class before the update; needs acknowledgement. Default: the name of the group. */
  readonly nodeClassName?: string | undefined;
  /** NodePools by name. At least one; names must be unique in the cluster. Only with manager Karpenter. Effect of a change: in place; needs acknowledgement if a pool is removed or renamed. Default: one pool with the name of the group. */
  readonly nodePools?: Readonly<Record<string, NodePool>> | undefined;
  /** Settings of the group's launch template and Auto Scaling group. Only with manager CloudGroup. */
  readonly cloudGroup?: CloudGroup | undefined;
  /** Further fields of the group's kOps instance group. Default: none. */
  readonly instanceGroupSpec?: InstanceGroupSpec | undefined;
}

/** Karpenter NodePool: which nodes Karpenter may provision from the group's EC2NodeClass, and how it manages them. */
export interface NodePool {
  /** CPU architectures. Effect of a change: rolls the group's nodes. Default: amd64 and arm64, or the architectures of the group's images and instance types. */
  readonly architectures?: readonly Architecture[] | undefined;
  /** Capacity types of the instances. reserved requires capacityReservationSelectorTerms on the group. Effect of a change: rolls the group's nodes. Default: on-demand and spot, or only on-demand in a static pool, and reserved if the group has capacityReservationSelectorTerms. */
  readonly capacityTypes?: readonly CapacityType[] | undefined;
  /** Additional requirements for the nodes, for example on instance families. Keys that the component sets itself are rejected. Effect of a change: rolls the group's nodes. Default: none. */
  readonly requirements?: readonly Requirement[] | undefined;
  /** Labels of the pool's nodes, in addition to the group's labels. Keys that kOps and Karpenter own (kops.k8s.io, karpenter.sh, karpenter.k8s.aws, node-role.kubernetes.io/…, kubernetes.io/hostname) are rejected. Effect of a change: rolls the group's nodes. Default: none. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Annotations of the pool's nodes. Karpenter's own hashes are rejected. Effect of a change: rolls the group's nodes. Default: none. */
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  /** Taints of the pool's nodes, in addition to the group's taints. Do not repeat the group's taints here. Effect of a change: rolls the group's nodes. Default: none. */
  readonly taints?: readonly Taint[] | undefined;
  /** Taints that nodes start with and that another component, for example an agent, removes later. Effect of a change: rolls the group's nodes. Default: none. */
  readonly startupTaints?: readonly Taint[] | undefined;
  /** Maximum total resources of the pool's nodes, for example {cpu: "1000", memory: 1000Gi}. A static pool accepts only nodes. Effect of a change: in place. Default: none. */
  readonly limits?: Readonly<Record<string, string>> | undefined;
  /** Priority among pools, 1 to 100; Karpenter tries higher weights first. Not valid for a static pool. Effect of a change: in place. Default: none, the lowest priority. */
  readonly weight?: number | undefined;
  /** How Karpenter may disrupt nodes. Default: it consolidates empty and underutilized nodes, at most 10% of the pool's nodes at once. */
  readonly disruption?: Disruption | undefined;
  /** Maximum age of a node before Karpenter replaces it, for example 720h, or Never. Effect of a change: rolls the group's nodes. Default: 720h. */
  readonly expireAfter?: string | undefined;
  /** Maximum time to drain a node before Karpenter terminates it anyway, for example 48h. Effect of a change: rolls the group's nodes. Default: no limit. */
  readonly terminationGracePeriod?: string | undefined;
  /** Fixed number of nodes, 0 or more. Makes the pool static. Changing a pool between static and dynamic replaces it. Effect of a change: in place; needs acknowledgement if the pool turns from dynamic to static or back. Default: none, a dynamic pool. */
  readonly replicas?: number | undefined;
}

/** EBS volume of a node, in addition to its root volume. To mount it, use additionalUserData. */
export interface NodeVolume {
  /** Device name, unique in the group and other than the root device of the image, for example /dev/sdf. */
  readonly deviceName: string;
  /** Size in GiB, at most 59000: 1 to 59000 for gp3, 1 to 16384 for gp2, 4 to 16384 for io1, 4 to 59000 for io2, 125 to 16384 for st1 and sc1, 1 to 1024 for standard. Required without snapshotId. Default: the size of the snapshot. */
  readonly size?: number | undefined;
  /** EBS volume type: gp3, gp2, io1, io2, st1, sc1 or standard. Default: gp3. */
  readonly type?: string | undefined;
  /** Provisioned IOPS: 3000 to 80000 for gp3, 100 to 64000 for io1, 100 to 256000 for io2. Not valid for other types, and required for io1 and io2. At most 500 per GiB, or 50 per GiB for io1. Default: 3000 for gp3. */
  readonly iops?: number | undefined;
  /** Provisioned throughput in MiB/s, for gp3 only: 125 to 2000, and at most a quarter of iops. Default: 125. */
  readonly throughput?: number | undefined;
  /** Whether to encrypt the volume. Default: true, or as the snapshot. */
  readonly encrypted?: boolean | undefined;
  /** ARN of the KMS key for an encrypted volume. Default: the account's default EBS key. */
  readonly kmsKeyArn?: Input<string> | undefined;
  /** ID of the snapshot to create the volume from (`snap-…`). Default: none, an empty volume. */
  readonly snapshotId?: Input<string> | undefined;
  /** Rate at which EBS loads the snapshot into the volume in MiB/s, 100 to 300. Requires snapshotId. Default: as blocks are first read. */
  readonly volumeInitializationRate?: number | undefined;
  /** Whether the volume is deleted with its instance. Default: true. */
  readonly deleteOnTermination?: boolean | undefined;
  /** Whether the kubelet's directory is on this volume, so that Karpenter counts its size as the node's ephemeral storage. At most one volume. Default: false, the root volume has it. */
  readonly kubeletRoot?: boolean | undefined;
}

/** Certificate authorities and the key of service-account tokens. */
export interface Pki {
  /** Keysets by their names in kOps: apiserver-aggregator-ca, etcd-clients-ca, etcd-manager-ca-events, etcd-manager-ca-main, etcd-peers-ca-events, etcd-peers-ca-main, kubernetes-ca and service-account. A keyset that is left out has the default. Effect of a change: none. Default: each keyset has one key, which the component creates. */
  readonly keysets?: Readonly<Record<string, Keyset>> | undefined;
  /** Tokens of kOps's secret store by their names: admin, kube, kube-proxy, kubelet, system:controller_manager, system:dns, system:logging, system:monitoring and system:scheduler. kOps writes them and no component reads them. Effect of a change: in place. Default: random tokens of 32 letters and digits. */
  readonly tokens?: Input<Readonly<Record<string, Input<string>>>> | undefined;
}

/** Selects an existing EC2 placement group. Set exactly one field. */
export interface PlacementGroupSelector {
  /** Name of the placement group. Effect of a change: rolls the group's nodes. */
  readonly name?: Input<string> | undefined;
  /** ID of the placement group (`pg-…`). Effect of a change: rolls the group's nodes. */
  readonly id?: Input<string> | undefined;
}

/** Look-ups in AWS before anything is registered, in previews and updates alike. They verify that everything the inputs name exists and fits: region, zones, instance types, images, hosted zone, VPC, subnets, security groups and KMS keys. They also search the account for another cluster with the same name. */
export interface Preflight {
  /** Whether to skip the look-ups. A preview then works without AWS: values that AWS does not provide are unknown. Effect of a change: none. Default: false. */
  readonly skip?: boolean | undefined;
}

/** Readiness checks. The component waits for the Kubernetes API of a new cluster before it installs anything in it. */
export interface Readiness {
  /** Maximum wait in seconds, at least 1, for the API of a new cluster, and for control-plane instances that you replace (rollingUpdate.strategy manual). After that the update fails; the next update waits again. Effect of a change: none. Default: 900. */
  readonly timeoutSeconds?: number | undefined;
  /** Whether to skip the wait, for an API that the program cannot reach. Control-plane instances are then not replaced either, and the cluster is not validated. Effect of a change: in place. Default: false. */
  readonly skip?: boolean | undefined;
  /** Maximum wait in seconds, at least 0, for the cluster to be valid at the end of an update that changes it, as `kops validate cluster --wait` does. The update does not fail if the cluster is not valid then: a message says what failed. Effect of a change: none. Default: 0, look once. */
  readonly validationTimeoutSeconds?: number | undefined;
}

/** Requirement on a label of the pool's nodes. */
export interface Requirement {
  /** Label key, for example karpenter.k8s.aws/instance-category. */
  readonly key: string;
  /** Operator that compares the label with the values. */
  readonly operator: RequirementOperator;
  /** Values to compare the label with. Required for In and NotIn, a single integer for Gt, Lt, Gte and Lte, and not allowed for Exists and DoesNotExist. */
  readonly values?: readonly string[] | undefined;
  /** Minimum number of distinct values that Karpenter must be able to choose from, 1 to 50. Default: none. */
  readonly minValues?: number | undefined;
}

/** Replacement of control-plane instances, and after them of workers in Auto Scaling groups. An update replaces the instances whose launch template has a newer version: it drains the node, terminates the instance, and waits until its replacement has joined and the cluster is valid. Control-plane instances are replaced one at a time in the order of their zones; workers group by group, as instanceGroupSpec.rollingUpdate of their group says. The defaults are those of kops rolling-update. */
export interface RollingUpdate {
  /** Who replaces the instances. Effect of a change: in place. Default: rolling. */
  readonly strategy?: RollingUpdateStrategy | undefined;
  /** Maximum time to drain a node in seconds, at least 1. Effect of a change: none. Default: 900. */
  readonly drainTimeoutSeconds?: number | undefined;
  /** Whether the update stops if a node does not drain in time. If false, the instance is terminated anyway. Effect of a change: none. Default: true. */
  readonly failOnDrainError?: boolean | undefined;
  /** Pause after draining a node in seconds, at least 0. Effect of a change: none. Default: 5. */
  readonly postDrainDelaySeconds?: number | undefined;
  /** Maximum wait in seconds for the replacement to join and the cluster to be valid, at least 1. After that the update fails and leaves the other instances alone. Effect of a change: none. Default: 900. */
  readonly validationTimeoutSeconds?: number | undefined;
  /** How many times in a row the cluster must be valid, 10 seconds apart, before the next instance is replaced; at least 0. With 0, only the control-plane instances and their nodes are checked, not the critical pods of the cluster. Effect of a change: none. Default: 2. */
  readonly validateCount?: number | undefined;
  /** Minimum wait after terminating a control-plane instance in seconds, at least 0. Effect of a change: none. Default: 15. */
  readonly controlPlaneIntervalSeconds?: number | undefined;
  /** Minimum wait after detaching or terminating a worker of an Auto Scaling group in seconds, at least 0. Effect of a change: none. Default: 15. */
  readonly nodeIntervalSeconds?: number | undefined;
}

/** EBS root volume of an instance. */
export interface RootVolume {
  /** Size in GiB, 8 to 65536. At most 59000 for worker nodes, and at most 16384 for gp2 and io1. Effect of a change: in controlPlane.rootVolume, rolls the control plane; in nodeGroups.*.rootVolume, rolls the group's nodes. Default: 64 for the control plane, 128 for worker nodes (kOps v1.36.2 pkg/model/defaults/volumes.go). */
  readonly size?: number | undefined;
  /** EBS volume type: gp3, gp2, io1 or io2. Effect of a change: in controlPlane.rootVolume, rolls the control plane; in nodeGroups.*.rootVolume, rolls the group's nodes. Default: gp3. */
  readonly type?: string | undefined;
  /** Provisioned IOPS: 3000 to 80000 for gp3, 100 to 64000 for io1, 100 to 256000 for io2. Not valid for gp2. At most 500 per GiB, or 50 per GiB for io1. Effect of a change: in controlPlane.rootVolume, rolls the control plane; in nodeGroups.*.rootVolume, rolls the group's nodes. Default: 3000 for gp3, 100 for io1 and io2. */
  readonly iops?: number | undefined;
  /** Provisioned throughput in MiB/s, for gp3 only: 125 to 2000, and at most a quarter of iops. Effect of a change: in controlPlane.rootVolume, rolls the control plane; in nodeGroups.*.rootVolume, rolls the group's nodes. Default: 125. */
  readonly throughput?: number | undefined;
  /** Whether to encrypt the volume. Effect of a change: in controlPlane.rootVolume, rolls the control plane; in nodeGroups.*.rootVolume, rolls the group's nodes. Default: true. */
  readonly encrypted?: boolean | undefined;
  /** ARN of the KMS key for an encrypted volume. Effect of a change: in controlPlane.rootVolume, rolls the control plane; in nodeGroups.*.rootVolume, rolls the group's nodes. Default: the account's default EBS key. */
  readonly kmsKeyArn?: Input<string> | undefined;
}

/** IDs of the cluster's security groups. */
export interface SecurityGroupIds {
  /** Security group of the control-plane nodes. */
  readonly controlPlane: Input<string>;
  /** Security group of the worker nodes. */
  readonly nodes: Input<string>;
  /** Security group of the API load balancer. */
  readonly api: Input<string>;
}

/** IAM role that a service account of your own workload can assume (IRSA). */
export interface ServiceAccountRole {
  /** Namespace of the service account. */
  readonly namespace: string;
  /** Name of the service account. The namespace and name must be unique in the list and must not be those of one of the cluster's own service accounts. */
  readonly name: string;
  /** ARNs of managed policies to attach. Exactly one of policyArns and inlinePolicy is required. */
  readonly policyArns?: readonly Input<string>[] | undefined;
  /** Policy document in JSON. Its statements may contain only Effect, Action, Resource and Condition, the fields that kOps keeps. Exactly one of policyArns and inlinePolicy is required. */
  readonly inlinePolicy?: Input<string> | undefined;
}

/** Access of nodes and in-cluster controllers to a state store in an S3-compatible service other than AWS S3. Has the effect of kOps's S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY: the component renders the four values into the bootstrap scripts and into the pods that read the store. */
export interface StateStoreAccess {
  /** URL of the S3-compatible service, reachable from the nodes. Effect of a change: rolls the control plane. */
  readonly endpoint: Input<string>;
  /** Region used to sign requests to the service. Effect of a change: rolls the control plane. Default: the cluster's region. */
  readonly region?: Input<string> | undefined;
  /** ID of an access key that can read and write the store. Effect of a change: rolls the control plane. */
  readonly accessKeyId: Input<string>;
  /** Secret of the access key. Effect of a change: rolls the control plane. */
  readonly secretAccessKey: Input<string>;
}

/** Subnet of the cluster. */
export interface Subnet {
  /** Name that instance groups refer to: a DNS name, unique in the cluster. Default: the zone, with the prefix `utility-` for a utility subnet. */
  readonly name?: string | undefined;
  /** Availability zone, for example `us-east-1a`. Must be one of the cluster's zones. */
  readonly zone: string;
  /** Subnet type. Default: `Public` in a public topology, `Private` in a private one. */
  readonly type?: SubnetType | undefined;
  /** IPv4 range inside network.cidr, /16 to /28. Required when id is set. Default: the range of its zone, an eighth of network.cidr for nodes and a sixty-fourth for utility subnets. It does not depend on the other zones. Zones `a` to `g` have one. */
  readonly cidr?: string | undefined;
  /** ID of an existing subnet (`subnet-…`) to use instead of creating one. Requires network.vpcId. The component adds kOps's tags to the subnet and removes them when the cluster is destroyed. It does not manage the subnet's routes. */
  readonly id?: Input<string> | undefined;
  /** The route out of a new private subnet. ID of a transit gateway (`tgw-…`) that is attached to the VPC or of a NAT gateway (`nat-…`) in it, which both require network.vpcId, or of an elastic IP (`eipalloc-…`) for the zone's NAT gateway. All private subnets of a zone have the same. A change updates the route; open connections break. Default: a NAT gateway with an elastic IP of the component. */
  readonly egress?: string | undefined;
}

/** Node taint. */
export interface Taint {
  /** Taint key: a qualified Kubernetes name. */
  readonly key: string;
  /** Taint value. Default: empty. */
  readonly value?: string | undefined;
  /** Effect on pods that do not tolerate the taint. */
  readonly effect: TaintEffect;
}

/** Additional part of an instance's multi-part user data, which cloud-init runs together with the bootstrap script. */
export interface UserData {
  /** File name of the part: letters, digits, ., _ and -. Must be unique in the group and must not be nodeup.sh. */
  readonly name: string;
  /** MIME type for cloud-init: text/x-shellscript, text/cloud-config, text/cloud-config-archive, text/cloud-boothook, text/part-handler, text/upstart-job, text/x-include-url or text/x-include-once-url. */
  readonly type: string;
  /** Content of the part. Must not be empty. */
  readonly content: string;
}

/** Warm pool of an Auto Scaling group, by kOps's names. */
export interface WarmPool {
  /** Minimum number of instances in the warm pool. Effect of a change: in place. Default: 0. */
  readonly minSize?: number | undefined;
  /** Maximum number of instances in the warm pool and the group together; the warm pool never has fewer than minSize. 0 switches the warm pool off. Effect of a change: in place. Default: the group's maxSize. */
  readonly maxSize?: number | undefined;
  /** Whether an instance enters the group or its warm pool only after nodeup has finished on it. Pods must then not reach the instance metadata. Effect of a change: rolls the group's nodes. Default: false. */
  readonly enableLifecycleHook?: boolean | undefined;
  /** Time in seconds that nodeup has, from 30 to 7200; an instance that takes longer is terminated. Only with enableLifecycleHook. Effect of a change: in place. Default: 600. */
  readonly lifecycleHookTimeout?: number | undefined;
  /** Container images that instances of the warm pool pull in addition to those of the cluster's own components. Effect of a change: rolls the group's nodes. Default: none. */
  readonly additionalImages?: readonly string[] | undefined;
}

/** CPU architecture. */
export type Architecture = "amd64" | "arm64";

/** Log level of the eBPF programs. */
export type CalicoBpfLogLevel = "Off" | "Info" | "Debug";

/** Place of Calico's rules in iptables chains. */
export type CalicoChainInsertMode = "insert" | "append";

/** Encapsulation of traffic between nodes. */
export type CalicoEncapsulation = "ipip";

/** Way of traffic from outside to a pod on another node. */
export type CalicoExternalServiceMode = "Tunnel" | "DSR";

/** Traffic that is encapsulated. */
export type CalicoIpipMode = "CrossSubnet" | "Always" | "Never";

/** Variant of iptables. */
export type CalicoIptablesBackend = "Auto" | "Legacy" | "NFT";

/** Use of nftables. */
export type CalicoNftablesMode = "Disabled" | "Enabled" | "Auto";

/** The source/destination check of instances, which drops packets with pods' addresses. */
export type CalicoSourceDestinationCheck = "Disable" | "Enable" | "DoNothing";

/** How instances match a capacity reservation. */
export type CapacityReservationMatch = "open" | "targeted";

/** Purchase option of an instance. */
export type CapacityType = "on-demand" | "spot" | "reserved";

/** Answer to a DNS request that a policy rejects. */
export type CiliumDnsRejectResponseCode = "refused" | "nameError";

/** Encryption of traffic between nodes. */
export type CiliumEncryption = "wireguard";

/** Load balancers of Ingress resources. */
export type CiliumLoadBalancerMode = "dedicated" | "shared";

/** How much packet events are aggregated. */
export type CiliumMonitorAggregation = "low" | "medium" | "maximum";

/** Encapsulation of traffic between nodes. */
export type CiliumTunnel = "vxlan" | "geneve";

/** Pod network. */
export type Cni = "amazonvpc" | "cilium" | "calico" | "kindnet" | "none";

/** Nodes that Karpenter may remove or replace to reduce cost. */
export type ConsolidationPolicy = "WhenEmpty" | "WhenEmptyOrUnderutilized" | "Balanced";

/** CPU credits. */
export type CpuCredits = "standard" | "unlimited";

/** Why Karpenter disrupts a node. */
export type DisruptionReason = "Underutilized" | "Empty" | "Drifted" | "Unhealthy";

/** How the API's names and the cluster's internal names are published. */
export type DnsType = "none" | "public" | "private";

/** Whether the instance metadata service is available. */
export type HttpEndpoint = "enabled" | "disabled";

/** Whether instance metadata has an IPv6 endpoint. */
export type HttpProtocolIpv6 = "enabled" | "disabled";

/** Whether requests to instance metadata need a session token. */
export type HttpTokens = "required" | "optional";

/** Type of a network interface. */
export type InterfaceType = "interface" | "efa-only";

/** Extent of the Karpenter controller's permissions. */
export type KarpenterPolicy = "scoped" | "kops";

/** Scheme of the API's network load balancer. */
export type LoadBalancerType = "public" | "internal";

/** Log level of the Karpenter controller. */
export type LogLevel = "debug" | "info" | "error";

/** Number of NAT gateways in a private topology. */
export type NatGateways = "perZone" | "single";

/** Nested virtualization on an instance. */
export type NestedVirtualization = "enabled" | "disabled";

/** What launches the nodes of a group, in kOps's words. */
export type NodeGroupManager = "Karpenter" | "CloudGroup";

/** How on-demand instance types are chosen. */
export type OnDemandAllocationStrategy = "prioritized" | "lowest-price";

/** Operator that compares a node's label with the values of a requirement. */
export type RequirementOperator = "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt" | "Gte" | "Lte";

/** Resources that can outlive a cluster. */
export type Retained = "stateStore";

/** Who replaces control-plane instances, and the workers of Auto Scaling groups. */
export type RollingUpdateStrategy = "rolling" | "manual";

/** How spot instance types are chosen. */
export type SpotAllocationStrategy =
  "lowest-price" | "diversified" | "capacity-optimized" | "capacity-optimized-prioritized" | "price-capacity-optimized";

/** Subnet type. */
export type SubnetType = "Public" | "Private" | "Utility";

/** Effect of a taint on pods that do not tolerate it. */
export type TaintEffect = "NoSchedule" | "PreferNoSchedule" | "NoExecute";

/** Tenancy of instances. */
export type Tenancy = "default" | "dedicated" | "host";

/** Network topology of the nodes. */
export type Topology = "public" | "private";
