/** A change of every input: two programs that differ in it alone, by the path of its row in the table of effects. */

import { addonChanges, amazonVpcChanges } from "./addonChanges";
import { calicoChanges } from "./calicoChanges";
import { merged, type ProgramInputs } from "./programInputs";

export const targetGroup = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef";
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
const key = (user: string): string =>
  `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPaiAVSR2q7tGrW2vv6mjRBMMs6Ct6bsJ34CfdyQ9U${user} someone@example.com`;
const kmsKeyArn = (id: string): string => `arn:aws:kms:us-east-1:123456789012:key/${id}`;
const access = { endpoint: "http://s3.example.com", accessKeyId: "A", secretAccessKey: "B" };
const userData = (content: string) => [{ name: "more.sh", type: "text/x-shellscript", content }];
const taint = (value: string) => [{ key: "dedicated", value, effect: "NoSchedule" }];
const subnets = (...names: string[]) =>
  names.map((name, index) => ({ name, zone: "us-east-1a", type: "Public", cidr: `172.20.${String(index)}.0/24` }));

/** They name a key pair, and are none: only their presence matters here. */
export const certificate = (of: string): string => `-----BEGIN CERTIFICATE-----\n${of}\n-----END CERTIFICATE-----\n`;
export const privateKey = (of: string): string => `-----BEGIN PRIVATE KEY-----\n${of}\n-----END PRIVATE KEY-----\n`;

const file = (content: string) => [{ name: "a", path: "/etc/a", content }];
const encryption = (name: string) => `kind: EncryptionConfiguration # ${name}`;
const hook = (name: string) => [{ name, manifest: "Type=oneshot" }];

/** Of an instance group, and of the cluster as well save for the last. */
const groupSpec: Readonly<Record<string, readonly [from: unknown, to: unknown]>> = {
  containerd: [{}, { registryMirrors: { "docker.io": ["https://mirror.example.com"] } }],
  fileAssets: [file("a"), file("b")],
  hooks: [hook("a"), hook("b")],
  kubelet: [{ podPidsLimit: 1024 }, { podPidsLimit: 2048 }],
  packages: [[], ["nfs-common"]],
  sysctlParameters: [[], ["vm.swappiness=1"]],
  updatePolicy: ["automatic", "external"],
  volumeMounts: [[], [{ device: "/dev/nvme1n1", filesystem: "xfs", path: "/data" }]],
};
const { volumeMounts: _ofGroupsAlone, ...clusterSpec } = groupSpec;

const objectMetadata: typeof groupSpec = {
  creationTimestamp: [undefined, "2026-03-01T12:00:00Z"],
  generation: [undefined, 2],
  labels: [{}, { team: "platform" }],
  annotations: [{}, { team: "platform" }],
};

function under(path: string, examples: typeof groupSpec): typeof groupSpec {
  return Object.fromEntries(Object.entries(examples).map(([name, example]) => [`${path}.${name}`, example]));
}

/** The values of the input itself. */
const values: Readonly<Record<string, readonly [from: unknown, to: unknown]>> = {
  clusterName: ["c.example.com", "d.example.com"],
  zones: [zones, [...zones, "us-east-1d"]],
  kubernetesVersion: ["1.35.5", "1.36.1"],
  kopsVersion: [undefined, "1.36.2"],
  stateStore: [undefined, "s3://state"],
  discoveryStore: [undefined, "s3://discovery"],
  "stateStoreAccess.endpoint": ["http://s3.example.com", "http://other.example.com"],
  "stateStoreAccess.region": ["us-east-1", "us-east-2"],
  "stateStoreAccess.accessKeyId": ["A", "C"],
  "stateStoreAccess.secretAccessKey": ["B", "D"],
  "network.cidr": ["172.20.0.0/16", "172.21.0.0/16"],
  "network.topology": ["public", "private"],
  "network.subnets": [subnets("one"), subnets("one", "two")],
  "network.vpcId": ["vpc-0123456789abcdef0", "vpc-0123456789abcdef1"],
  "network.natGateways": ["perZone", "single"],
  "network.bastion.instanceType": ["t3.micro", "t3.small"],
  "network.bastion.image": ["ami-0123456789abcdef0", "ami-0123456789abcdef1"],
  "dns.type": ["private", "public"],
  "dns.zone": ["example.com", "team.example.com"],
  cni: ["cilium", "none"],
  ...under("amazonVPC", amazonVpcChanges),
  "cilium.version": [undefined, "v1.18.5"],
  "cilium.registry": [undefined, "registry.example.com"],
  "cilium.cpuRequest": ["25m", "50m"],
  "cilium.memoryRequest": ["128Mi", "256Mi"],
  "cilium.hubble.enabled": [false, true],
  "cilium.hubble.metrics": [[], ["drop"]],
  "cilium.encryptionType": [undefined, "wireguard"],
  "cilium.nodeEncryption": [false, true],
  "cilium.tunnel": ["vxlan", "geneve"],
  "cilium.enableL7Proxy": [true, false],
  "cilium.enableLocalRedirectPolicy": [false, true],
  "cilium.enableBPFMasquerade": [false, true],
  "cilium.disableMasquerade": [false, true],
  "cilium.enableEndpointHealthChecking": [true, false],
  "cilium.enableHostFirewall": [false, true],
  "cilium.enableServiceTopology": [false, true],
  "cilium.disableEndpointCRD": [false, true],
  "cilium.identityChangeGracePeriod": ["5s", "10s"],
  "cilium.enablePrometheusMetrics": [false, true],
  "cilium.agentPrometheusPort": [9090, 9962],
  "cilium.metrics": [[], ["+cilium_drop_bytes_total"]],
  "cilium.monitorAggregation": ["medium", "low"],
  "cilium.bpfLBSock": [false, true],
  "cilium.bpfLBSockHostNSOnly": [false, true],
  "cilium.preallocateBPFMaps": [false, true],
  "cilium.cniExclusive": [true, false],
  "cilium.clusterName": [undefined, "east"],
  "cilium.clusterID": [1, 2],
  "cilium.toFqdnsDnsRejectResponseCode": ["refused", "nameError"],
  "cilium.ingress.enabled": [false, true],
  "cilium.ingress.enforceHttps": [true, false],
  "cilium.ingress.enableSecretsSync": [true, false],
  "cilium.ingress.loadBalancerAnnotationPrefixes": [undefined, "service.kubernetes.io"],
  "cilium.ingress.defaultLoadBalancerMode": [undefined, "dedicated"],
  "cilium.ingress.sharedLoadBalancerServiceName": ["cilium-ingress", "ingress"],
  "cilium.gatewayAPI.enabled": [false, true],
  "cilium.gatewayAPI.enableSecretsSync": [true, false],
  "cilium.agentPodAnnotations": [{}, { team: "a" }],
  "cilium.operatorPodAnnotations": [{}, { team: "a" }],
  "cilium.extraConfig": [{}, { "enable-bandwidth-manager": "true" }],
  ...under("calico", calicoChanges),
  "network.additionalCidrs": [undefined, ["10.1.0.0/16"]],
  "network.nonMasqueradeCidr": [undefined, "100.64.0.0/11"],
  "network.podCidr": ["100.96.0.0/12", "100.112.0.0/12"],
  "network.serviceCidr": ["100.64.0.0/14", "100.68.0.0/14"],
  "network.clusterDomain": [undefined, "cluster.example"],
  "api.access": [undefined, ["10.0.0.0/8"]],
  "api.loadBalancer": ["public", "internal"],
  "api.endpoint": [undefined, "https://localhost:8443"],
  "controlPlane.zones": [["us-east-1a"], zones],
  "controlPlane.instanceType": ["t3.medium", "t3.large"],
  "controlPlane.image": ["ami-0123456789abcdef0", "ami-0123456789abcdef1"],
  "controlPlane.rootVolume.size": [64, 32],
  "controlPlane.rootVolume.type": ["gp3", "gp2"],
  "controlPlane.rootVolume.iops": [3000, 4000],
  "controlPlane.rootVolume.throughput": [125, 200],
  "controlPlane.rootVolume.encrypted": [true, false],
  "controlPlane.rootVolume.kmsKeyArn": [undefined, kmsKeyArn("a")],
  "controlPlane.etcdVolume.size": [20, 30],
  "controlPlane.etcdVolume.type": ["gp3", "gp2"],
  "controlPlane.etcdVolume.iops": [3000, 4000],
  "controlPlane.etcdVolume.throughput": [125, 200],
  "controlPlane.etcdVolume.encrypted": [true, false],
  "controlPlane.etcdVolume.kmsKeyArn": [undefined, kmsKeyArn("a")],
  "controlPlane.labels": [{}, { team: "a" }],
  "controlPlane.taints": [[], taint("a")],
  "controlPlane.additionalSecurityGroupIds": [[], ["sg-0123456789abcdef0"]],
  "controlPlane.additionalUserData": [[], userData("#!/bin/sh")],
  nodeGroups: [{ web: {} }, { web: {}, batch: {} }],
  "nodeGroups.*.instanceTypes": [["m7g.large"], ["m7g.xlarge"]],
  "nodeGroups.*.images": [["ami-0123456789abcdef0"], ["ami-0123456789abcdef1"]],
  "nodeGroups.*.minSize": [2, 3],
  "nodeGroups.*.maxSize": [3, 4],
  "nodeGroups.*.zones": [["us-east-1a"], ["us-east-1b"]],
  "nodeGroups.*.rootVolume.size": [128, 64],
  "nodeGroups.*.rootVolume.type": ["gp3", "gp2"],
  "nodeGroups.*.rootVolume.iops": [3000, 4000],
  "nodeGroups.*.rootVolume.throughput": [125, 200],
  "nodeGroups.*.rootVolume.encrypted": [true, false],
  "nodeGroups.*.rootVolume.kmsKeyArn": [undefined, kmsKeyArn("a")],
  "nodeGroups.*.volumes": [[], [{ deviceName: "/dev/sdf", size: 100 }]],
  "nodeGroups.*.labels": [{}, { team: "a" }],
  "nodeGroups.*.taints": [[], taint("a")],
  "nodeGroups.*.kubelet.maxPods": [110, 58],
  "nodeGroups.*.kubelet.systemReserved": [{}, { cpu: "100m" }],
  "nodeGroups.*.kubelet.kubeReserved": [{}, { cpu: "100m" }],
  "nodeGroups.*.kubelet.evictionHard": ["memory.available<100Mi", "memory.available<200Mi"],
  "nodeGroups.*.kubelet.evictionSoft": ["memory.available<300Mi", "memory.available<400Mi"],
  "nodeGroups.*.kubelet.evictionSoftGracePeriod": ["memory.available=30s", "memory.available=60s"],
  "nodeGroups.*.kubelet.evictionMaxPodGracePeriod": [30, 60],
  "nodeGroups.*.kubelet.imageGCHighThresholdPercent": [85, 90],
  "nodeGroups.*.kubelet.imageGCLowThresholdPercent": [70, 75],
  "nodeGroups.*.kubelet.cpuCFSQuota": [true, false],
  "nodeGroups.*.kubelet.cpuManagerPolicy": ["none", "static"],
  "nodeGroups.*.kubelet.topologyManagerPolicy": ["none", "best-effort"],
  "nodeGroups.*.kubelet.featureGates": [{}, { SomeGate: "true" }],
  "nodeGroups.*.tags": [{}, { team: "a" }],
  "nodeGroups.*.metadataOptions.httpTokens": ["required", "optional"],
  "nodeGroups.*.metadataOptions.httpEndpoint": [undefined, "enabled"],
  "nodeGroups.*.metadataOptions.httpPutResponseHopLimit": [1, 2],
  "nodeGroups.*.metadataOptions.httpProtocolIpv6": ["disabled", "enabled"],
  "nodeGroups.*.associatePublicIp": [true, false],
  "nodeGroups.*.capacityReservationSelectorTerms": [[], [{ id: "cr-0123456789abcdef0" }]],
  "nodeGroups.*.placementGroupSelector.name": ["a", "b"],
  "nodeGroups.*.placementGroupSelector.id": ["pg-0123456789abcdef0", "pg-0123456789abcdef1"],
  "nodeGroups.*.networkInterfaces": [undefined, [{ networkCardIndex: 0, deviceIndex: 0, interfaceType: "interface" }]],
  "nodeGroups.*.ipPrefixCount": [0, 1],
  "nodeGroups.*.connectionTracking.tcpEstablishedTimeout": [350, 3600],
  "nodeGroups.*.connectionTracking.udpStreamTimeout": [180, 60],
  "nodeGroups.*.connectionTracking.udpTimeout": [30, 60],
  "nodeGroups.*.detailedMonitoring": [false, true],
  "nodeGroups.*.cpuOptions.nestedVirtualization": ["disabled", "enabled"],
  "nodeGroups.*.enclaveOptions.enabled": [false, true],
  "nodeGroups.*.context": ["a", "b"],
  "nodeGroups.*.additionalSecurityGroupIds": [[], ["sg-0123456789abcdef0"]],
  "nodeGroups.*.additionalUserData": [[], userData("#!/bin/sh")],
  "nodeGroups.*.manager": ["CloudGroup", "Karpenter"],
  ...under("nodeGroups.*.cloudGroup", {
    capacityRebalance: [false, true],
    cpuCredits: ["standard", "unlimited"],
    instanceProtection: [false, true],
    maxInstanceLifetime: [86_400, 172_800],
    maxPrice: ["0.05", "0.06"],
    "mixedInstancesPolicy.onDemandAllocationStrategy": ["prioritized", "lowest-price"],
    "mixedInstancesPolicy.onDemandBase": [0, 1],
    "mixedInstancesPolicy.onDemandAboveBase": [100, 50],
    "mixedInstancesPolicy.spotAllocationStrategy": ["diversified", "capacity-optimized"],
    "mixedInstancesPolicy.spotInstancePools": [2, 3],
    "rollingUpdate.maxSurge": ["1", "25%"],
    "rollingUpdate.maxUnavailable": ["0", "1"],
    suspendProcesses: [[], ["AZRebalance"]],
    targetGroupArns: [[], [targetGroup]],
    tenancy: ["default", "dedicated"],
    "warmPool.minSize": [1, 2],
    "warmPool.maxSize": [3, 4],
    "warmPool.enableLifecycleHook": [false, true],
    "warmPool.lifecycleHookTimeout": [300, 900],
    "warmPool.additionalImages": [[], ["registry.example.com/app:1"]],
  }),
  "nodeGroups.*.nodeClassName": ["site", "shop"],
  "nodeGroups.*.nodePools": [{ spot: {} }, { spot: {}, steady: {} }],
  "nodeGroups.*.nodePools.*.architectures": [["amd64"], ["arm64"]],
  "nodeGroups.*.nodePools.*.capacityTypes": [["spot"], ["on-demand"]],
  "nodeGroups.*.nodePools.*.requirements": [
    [],
    [{ key: "karpenter.k8s.aws/instance-cpu", operator: "Gt", values: ["3"] }],
  ],
  "nodeGroups.*.nodePools.*.labels": [{}, { team: "a" }],
  "nodeGroups.*.nodePools.*.annotations": [{}, { team: "a" }],
  "nodeGroups.*.nodePools.*.taints": [[], taint("a")],
  "nodeGroups.*.nodePools.*.startupTaints": [[], taint("a")],
  "nodeGroups.*.nodePools.*.limits": [{ cpu: "100" }, { cpu: "200" }],
  "nodeGroups.*.nodePools.*.weight": [10, 20],
  "nodeGroups.*.nodePools.*.disruption.consolidationPolicy": ["WhenEmpty", "WhenEmptyOrUnderutilized"],
  "nodeGroups.*.nodePools.*.disruption.consolidateAfter": ["5m", "10m"],
  "nodeGroups.*.nodePools.*.disruption.budgets": [[{ nodes: "1" }], [{ nodes: "2" }]],
  "nodeGroups.*.nodePools.*.expireAfter": ["720h", "360h"],
  "nodeGroups.*.nodePools.*.terminationGracePeriod": ["1h", "2h"],
  "nodeGroups.*.nodePools.*.replicas": [2, 3],
  "karpenter.enabled": [false, true],
  "karpenter.install": [false, true],
  "karpenter.version": [undefined, "1.14.1"],
  "karpenter.chart": [undefined, "./charts/karpenter"],
  "karpenter.crdChart": [undefined, "./charts/karpenter-crd"],
  "karpenter.values": [{}, { podLabels: { team: "a" } }],
  "karpenter.replicas": [1, 2],
  "karpenter.resources.requests": [undefined, { cpu: "1" }],
  "karpenter.resources.limits": [undefined, { memory: "2Gi" }],
  "karpenter.logLevel": ["info", "debug"],
  "karpenter.featureGates": [{}, { NodeRepair: true }],
  "karpenter.interruptionHandling": [true, false],
  "karpenter.policy": [undefined, "kops"],
  "karpenter.deleteCrds": [false, true],
  serviceAccountRoles: [
    [],
    [{ namespace: "apps", name: "web", policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }],
  ],
  sshPublicKey: [key("fM"), key("fN")],
  sshAccess: [undefined, ["10.0.0.0/8"]],
  tags: [{}, { team: "a" }],
  "assets.kopsBaseUrl": [undefined, "https://mirror.example.com/kops/1.36.2"],
  "assets.kopsSourceUrl": [undefined, "https://mirror.example.com/source"],
  "assets.fileRepository": [undefined, "https://mirror.example.com/files"],
  "assets.containerRegistry": [undefined, "registry.example.com"],
  "preflight.skip": [false, true],
  "readiness.timeoutSeconds": [900, 600],
  "readiness.skip": [false, true],
  "readiness.validationTimeoutSeconds": [0, 60],
  "rollingUpdate.strategy": ["manual", "rolling"],
  "rollingUpdate.drainTimeoutSeconds": [900, 600],
  "rollingUpdate.failOnDrainError": [true, false],
  "rollingUpdate.postDrainDelaySeconds": [5, 0],
  "rollingUpdate.validationTimeoutSeconds": [900, 600],
  "rollingUpdate.validateCount": [2, 1],
  "rollingUpdate.controlPlaneIntervalSeconds": [15, 0],
  "rollingUpdate.nodeIntervalSeconds": [15, 0],
  "kopsMetadata.instanceGroups": [{}, { "control-plane-us-east-1a": {} }],
  ...under("kopsMetadata.cluster", objectMetadata),
  ...under("kopsMetadata.instanceGroups.*", objectMetadata),
  "kubeconfig.lifetimeHours": [8760, 100],
  "kubeconfig.exec.command": ["kubelogin", "aws-iam-authenticator"],
  "kubeconfig.exec.args": [[], ["token", "-i", "c.example.com"]],
  "kubeconfig.exec.apiVersion": ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"],
  "pki.keysets": [{}, { "kubernetes-ca": { keys: { initial: {} } } }],
  "pki.keysets.*.keys": [{ initial: {} }, { initial: {}, "2027": {} }],
  "pki.keysets.*.primary": ["initial", "2027"],
  "pki.keysets.*.keys.*.certificate": [certificate("a"), certificate("b")],
  "pki.keysets.*.keys.*.privateKey": [undefined, privateKey("a")],
  "pki.keysets.*.keys.*.id": [undefined, "1"],
  "pki.tokens": [undefined, { admin: "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6" }],
  "pki.keysets.*.keys.*.distrustTimestamp": ["2027-03-01T12:00:00Z", undefined],
  encryptionConfig: [encryption("a"), encryption("b")],
  ...under("clusterSpec", {
    ...clusterSpec,
    ...addonChanges,
    additionalPolicies: [
      {},
      { node: JSON.stringify([{ Effect: "Allow", Action: ["s3:ListAllMyBuckets"], Resource: ["*"] }]) },
    ],
    externalPolicies: [{}, { node: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }],
    iam: [{}, { permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary" }],
    additionalSans: [[], ["api.example.com"]],
    api: [{}, { loadBalancer: { additionalSecurityGroups: ["sg-0123456789abcdef0"] } }],
    egressProxy: [{ httpProxy: { host: "proxy.example.com" } }, { httpProxy: { host: "other.example.com" } }],
    nodePortAccess: [[], ["10.0.0.0/8"]],
    sshKeyName: ["first", "second"],
    etcdClusters: [[], [{ name: "main", manager: { backupInterval: "1h" } }]],
    kubeAPIServer: [{}, { auditLogMaxAge: 10 }],
    kubeControllerManager: [{}, { terminatedPodGCThreshold: 100 }],
    kubeProxy: [{}, { conntrackMin: 1024 }],
    kubeScheduler: [{}, { kubeAPIQPS: "100" }],
    masterKubelet: [{}, { maxPods: 50 }],
    ntp: [{ managed: true }, { managed: false }],
  }),
  ...under("controlPlane.instanceGroupSpec", groupSpec),
  ...under("nodeGroups.*.instanceGroupSpec", groupSpec),
  acknowledge: [[], ["cni"]],
  deletionProtection: [false, true],
  retain: [[], ["stateStore"]],
};

function keysOf(keys: ProgramInputs): ProgramInputs {
  return { pki: { keysets: { "kubernetes-ca": { keys } } } };
}

// Without machines, no instance becomes a node.
const emptyGroup = { nodeGroups: { web: { manager: "CloudGroup", minSize: 0, maxSize: 3 } } };
const withoutKarpenter = { karpenter: { enabled: false }, ...emptyGroup };

/** What both programs need beside the input for it to be valid. */
const beside: Readonly<Record<string, ProgramInputs>> = {
  stateStoreAccess: { stateStoreAccess: access },
  "network.vpcId": {
    network: {
      cidr: "10.0.0.0/16",
      subnets: [{ zone: "us-east-1a", cidr: "10.0.0.0/20", id: "subnet-0123456789abcdef0" }],
    },
  },
  "network.additionalCidrs": {
    network: {
      vpcId: "vpc-0123456789abcdef0",
      cidr: "10.0.0.0/16",
      subnets: [{ zone: "us-east-1a", cidr: "10.0.0.0/20", id: "subnet-0123456789abcdef0" }],
    },
  },
  "clusterSpec.awsLoadBalancerController": { clusterSpec: { certManager: { enabled: true, managed: false } } },
  "clusterSpec.snapshotController": { clusterSpec: { certManager: { enabled: true, managed: false } } },
  "network.nonMasqueradeCidr": { network: { podCidr: "100.80.0.0/12" } },
  "network.natGateways": { zones, network: { topology: "private" } },
  "network.bastion": { network: { topology: "private" } },
  "kubeconfig.exec": { kubeconfig: { exec: { command: "kubelogin" } } },
  amazonVPC: { cni: "amazonvpc" },
  "cilium.nodeEncryption": { cilium: { encryptionType: "wireguard" } },
  "cilium.metrics": { cilium: { enablePrometheusMetrics: true } },
  "cilium.bpfLBSockHostNSOnly": { cilium: { bpfLBSock: true } },
  "cilium.clusterID": { cilium: { clusterName: "east" } },
  calico: { cni: "calico" },
  dns: { dns: { type: "public", zone: "example.com" } },
  "api.loadBalancer": { network: { topology: "private" } },
  "controlPlane.zones": { zones },
  "nodeGroups.*.zones": { zones },
  "pki.keysets.*.primary": keysOf({ initial: {}, "2027": {} }),
  "pki.keysets.*.keys.*": keysOf({ initial: {} }),
  "pki.keysets.*.keys.*.privateKey": keysOf({ spare: { certificate: certificate("a") } }),
  "pki.keysets.*.keys.*.id": keysOf({ spare: { certificate: certificate("a") } }),
  "nodeGroups.*.kubelet.cpuManagerPolicy": {
    nodeGroups: { web: { kubelet: { systemReserved: { cpu: "100m" } } } },
  },
  "clusterSpec.kubeProxy": { cni: "calico" },
  // Karpenter's instances have no key pair.
  sshPublicKey: emptyGroup,
  "clusterSpec.sshKeyName": emptyGroup,
  "clusterSpec.nodeTerminationHandler": withoutKarpenter,
  "karpenter.enabled": { nodeGroups: withoutKarpenter.nodeGroups },
  "nodeGroups.*.cloudGroup": emptyGroup,
  "nodeGroups.*.cloudGroup.warmPool.lifecycleHookTimeout": {
    nodeGroups: { web: { cloudGroup: { warmPool: { enableLifecycleHook: true } } } },
  },
  "nodeGroups.*.cloudGroup.mixedInstancesPolicy.spotInstancePools": {
    nodeGroups: { web: { cloudGroup: { mixedInstancesPolicy: { spotAllocationStrategy: "lowest-price" } } } },
  },
  "nodeGroups.*.enclaveOptions": { karpenter: { version: "1.15.1" } },
  "nodeGroups.*.kubelet.evictionSoft": {
    nodeGroups: { web: { kubelet: { evictionSoftGracePeriod: "memory.available=30s" } } },
  },
  "nodeGroups.*.kubelet.evictionSoftGracePeriod": {
    nodeGroups: { web: { kubelet: { evictionSoft: "memory.available<300Mi" } } },
  },
};

/** Every path of an example. */
export const examplePaths = Object.keys(values);

/** A change of an input, and what both programs need beside it. */
export interface Change {
  readonly needed: ProgramInputs;
  readonly from: ProgramInputs;
  readonly to: ProgramInputs;
}

/** What the names in a path are, from the left: those of a group and of its pool, of a keyset and of its key, or of a kOps object. */
function namesIn(path: string): readonly string[] {
  if (path.startsWith("kopsMetadata.")) return ["control-plane-us-east-1a"];
  return path.startsWith("pki.") ? ["kubernetes-ca", "spare"] : ["web", "spot"];
}

/** `names`: what stands for each `*`. */
export function changeOf(path: string, names = namesIn(path)): Change {
  const [from, to] = values[path] ?? [];
  const needed = Object.entries(beside).filter(([below]) => path === below || path.startsWith(`${below}.`));
  return {
    needed: needed.reduce<ProgramInputs>((inputs, [, more]) => merged(inputs, inGroup(more, names[0] ?? "")), {}),
    from: placed(path, from, names),
    to: placed(path, to, names),
  };
}

/** Two programs that differ in one input. */
export function exampleOf(path: string): { readonly from: ProgramInputs; readonly to: ProgramInputs } {
  const { needed, from, to } = changeOf(path);
  const base = merged({ clusterName: "c.team.example.com", zones: zones.slice(0, 1) }, needed);
  return { from: merged(base, from), to: merged(base, to) };
}

/** What is needed is written of the group "web". */
function inGroup(inputs: ProgramInputs, group: string): ProgramInputs {
  const { web, ...others } = (inputs["nodeGroups"] ?? {}) as ProgramInputs;
  return web === undefined ? inputs : { ...inputs, nodeGroups: { ...others, [group]: web } };
}

/** The value at the end of a path, with names in the place of each `*`. */
function placed(path: string, value: unknown, names: readonly string[]): ProgramInputs {
  const left = [...names];
  const keys = path.split(".").map((key) => (key === "*" ? (left.shift() ?? key) : key));
  return keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as ProgramInputs;
}
