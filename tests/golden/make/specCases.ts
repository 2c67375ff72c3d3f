/** Clusters with settings in kOps's own terms: the component gets them as they are, and kOps as an edit of its spec. */
import { isFields } from "../../../provider/src/encode/fields";
import type { ClusterSpec, InstanceGroupSpec } from "../../../provider/src/schema/types.gen";
import type { Case } from "./cases";

interface Document {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Record<string, unknown>;
}

interface Specs {
  readonly cluster: ClusterSpec;
  readonly controlPlane?: InstanceGroupSpec;
  readonly nodes?: InstanceGroupSpec;
}

const auditPolicy = ["apiVersion: audit.k8s.io/v1", "kind: Policy", "rules:", "  - level: Metadata", ""].join("\n");

const encryptionConfig = [
  "apiVersion: apiserver.config.k8s.io/v1",
  "kind: EncryptionConfiguration",
  "resources:",
  "  - resources: [secrets]",
  "    providers:",
  "      - aescbc:",
  "          keys:",
  "            - name: golden",
  "              secret: Z29sZGVuLWdvbGRlbi1nb2xkZW4tZ29sZGVuLTMyYg==",
  "      - identity: {}",
  "",
].join("\n");

const apiServer: Specs = {
  cluster: {
    additionalSans: ["api.internal.example.com", "203.0.113.10"],
    fileAssets: [
      {
        name: "audit-policy.yaml",
        path: "/srv/kubernetes/kube-apiserver/audit/policy.yaml",
        mode: "0600",
        roles: ["ControlPlane"],
        content: auditPolicy,
      },
    ],
    kubeAPIServer: {
      appendAdmissionPlugins: ["AlwaysPullImages", "ExtendedResourceToleration"],
      apiAudiences: ["kubernetes.svc.default", "vault"],
      additionalServiceAccountIssuers: ["https://old.example.com"],
      auditLogMaxAge: 10,
      auditLogMaxBackups: 0,
      auditLogPath: "/var/log/kube-apiserver-audit.log",
      auditPolicyFile: "/srv/kubernetes/kube-apiserver/audit/policy.yaml",
      authorizationWebhookCacheAuthorizedTtl: "90s",
      authorizationRbacSuperUser: "root",
      cpuRequest: "0.25",
      memoryRequest: "1024Mi",
      defaultNotReadyTolerationSeconds: 150,
      enableProfiling: false,
      env: [{ name: "GOMEMLIMIT", value: "1GiB" }],
      eventTTL: "3h",
      featureGates: { WatchList: "false", ConsistentListFromCache: "true" },
      goawayChance: "0.001",
      maxRequestsInflight: 800,
      oidcClientID: "kubernetes",
      oidcGroupsClaim: "groups,roles",
      oidcGroupsPrefix: "oidc:",
      oidcIssuerURL: "https://issuer.example.com",
      oidcRequiredClaim: ["tenant=a=b", "aud=kubernetes"],
      oidcUsernameClaim: "email",
      requestTimeout: "1500ms",
      runtimeConfig: { "batch/v2alpha1": "true" },
      serviceNodePortRange: "20000-22000",
      tlsCipherSuites: ["TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"],
      tlsMinVersion: "VersionTLS12",
    },
    kubeControllerManager: {
      concurrentDeploymentSyncs: 10,
      concurrentRcSyncs: 7,
      attachDetachReconcileSyncPeriod: "30s",
      featureGates: { SomeGate: "true" },
      horizontalPodAutoscalerTolerance: "0.15",
      logLevel: 4,
      nodeMonitorGracePeriod: "40s",
      terminatedPodGCThreshold: 100,
    },
    kubeScheduler: {
      featureGates: { SomeGate: "false" },
      kubeAPIBurst: 200,
      kubeAPIQPS: "100",
      leaderElection: { leaderElect: true, leaderElectLeaseDuration: "30s" },
    },
  },
};

const nodes: Specs = {
  cluster: {
    containerd: {
      configAdditions: { 'plugins."io.containerd.grpc.v1.cri".max_concurrent_downloads': 5 },
      registryMirrors: { "docker.io": ["https://mirror.example.com"] },
    },
    fileAssets: [
      { name: "motd", path: "/etc/motd", content: "Welcome\n" },
      { name: "workers", path: "/etc/workers", roles: ["Node"], content: "d29ya2Vycwo=", isBase64: true },
    ],
    hooks: [
      {
        name: "prepare.service",
        roles: ["Master", "Node"],
        before: ["kubelet.service"],
        manifest: "Type=oneshot\nExecStart=/bin/true\n",
      },
      { name: "off.service", disabled: true, manifest: "Type=oneshot\n" },
    ],
    kubelet: {
      allowedUnsafeSysctls: ["net.core.somaxconn"],
      containerLogMaxFiles: 3,
      containerLogMaxSize: "20Mi",
      featureGates: { SomeGate: "true" },
      imageMinimumGCAge: "5m",
      serializeImagePulls: false,
      shutdownGracePeriod: "60s",
    },
    masterKubelet: {
      authenticationTokenWebhookCacheTtl: "2m",
      featureGates: { OtherGate: "false" },
      maxPods: 50,
      shutdownGracePeriod: "2m",
      shutdownGracePeriodCriticalPods: "20s",
    },
    ntp: { managed: false },
    packages: ["nfs-common"],
    sysctlParameters: ["vm.swappiness=1"],
    updatePolicy: "external",
  },
  controlPlane: {
    containerd: { registryMirrors: { "registry.k8s.io": ["https://k8s.example.com"] } },
    kubelet: { podPidsLimit: 4096, featureGates: { ThirdGate: "true" } },
    fileAssets: [{ name: "control", path: "/etc/control", content: "control\n" }],
    hooks: [{ name: "control.service", before: ["kubelet.service"], manifest: "Type=oneshot\nExecStart=/bin/true\n" }],
    packages: ["jq"],
    sysctlParameters: ["net.core.somaxconn=4096"],
    updatePolicy: "automatic",
    volumeMounts: [{ device: "/dev/nvme2n1", filesystem: "ext4", path: "/var/log/audit" }],
  },
  nodes: {
    containerd: { registryMirrors: { "quay.io": ["https://quay.example.com"] } },
    fileAssets: [{ name: "worker", path: "/etc/worker", content: "worker\n", mode: "0400" }],
    hooks: [{ name: "cache.service", execContainer: { image: "busybox", command: ["true"], environment: { A: "b" } } }],
    kubelet: { failSwapOn: false, memorySwapBehavior: "LimitedSwap" },
    packages: ["xfsprogs"],
    updatePolicy: "automatic",
    volumeMounts: [{ device: "/dev/nvme1n1", filesystem: "xfs", path: "/data", mountOptions: ["noatime"] }],
  },
};

const etcd: Specs = {
  cluster: {
    etcdClusters: [
      {
        name: "main",
        version: "3.6.10",
        cpuRequest: "0.5",
        memoryRequest: "512Mi",
        manager: {
          backupInterval: "60m",
          backupRetentionDays: 14,
          discoveryPollInterval: "30s",
          env: [{ name: "ETCD_QUOTA_BACKEND_BYTES", value: "8589934592" }],
          listenMetricsURLs: ["http://127.0.0.1:8081", "http://127.0.0.1:8082"],
          logLevel: 3,
        },
      },
      { name: "events", version: "3.6.10" },
    ],
    kubeProxy: {
      conntrackMin: 65536,
      ipvsExcludeCidrs: ["10.0.0.0/8"],
      metricsBindAddress: "0.0.0.0",
      proxyMode: "ipvs",
    },
  },
};

/** What the user has in AWS. */
interface Own {
  readonly keyPair: string;
  readonly securityGroup: string;
}

/** How the cluster is reached, and what it reaches. */
function access({ keyPair, securityGroup }: Own): ClusterSpec {
  return {
    additionalPolicies: {
      master: JSON.stringify([{ Effect: "Allow", Action: "ec2:DescribeTags", Resource: "*" }]),
      node: JSON.stringify([{ Effect: "Deny", Action: ["s3:Put*", "s3:List*"], Resource: ["*"] }]),
    },
    externalPolicies: { master: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] },
    iam: { permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary" },
    api: { loadBalancer: { additionalSecurityGroups: [securityGroup], crossZoneLoadBalancing: true } },
    egressProxy: { httpProxy: { host: "proxy.example.com", port: 3128 }, excludes: "example.org,127.0.0.1" },
    kubeAPIServer: { serviceNodePortRange: "31000-32000" },
    nodePortAccess: ["198.51.100.0/24", "2001:db8::/32"],
    sshKeyName: keyPair,
  };
}

const dns: Specs = {
  cluster: {
    kubeDNS: {
      affinity: {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 1, preference: { matchExpressions: [{ key: "example.com/dns", operator: "Exists" }] } },
          ],
        },
      },
      coreDNSImage: "registry.example.com/coredns:v1.14.3",
      cpuRequest: "0.2",
      memoryLimit: "256Mi",
      nodeLocalDNS: {
        additionalConfig: "example.org:53 {\n    forward . 198.51.100.53\n}\n",
        enabled: true,
        memoryRequest: "10Mi",
        podAnnotations: { "example.com/team": "platform" },
      },
      podAnnotations: { "example.com/team": "platform" },
      tolerations: [{ key: "example.com/dns", operator: "Exists", effect: "NoSchedule" }],
      upstreamNameservers: ["198.51.100.53", "198.51.100.54"],
    },
    metricsServer: { enabled: true, insecure: true },
    nodeProblemDetector: { enabled: true, cpuLimit: "0.1", memoryLimit: "200Mi" },
    cloudControllerManager: {
      concurrentNodeSyncs: 4,
      controllers: ["*", "-route"],
      cpuRequest: "0.3",
      logLevel: 4,
      nodeStatusUpdateFrequency: "90s",
    },
  },
};

/** Users of AWS IAM, beside those of an OIDC issuer. */
const authentication: Specs = {
  cluster: {
    authentication: {
      aws: {
        backendMode: "CRD,EKSConfigMap",
        cpuLimit: "0.1",
        identityMappings: [
          {
            arn: "arn:aws:iam::123456789012:role/Admin",
            username: "admin:{{SessionName}}",
            groups: ["system:masters"],
          },
          { arn: "arn:aws:iam::123456789012:user/jo", username: "jo", groups: ["developers", "viewers"] },
        ],
        memoryLimit: "64Mi",
      },
    },
    kubeAPIServer: { oidcClientID: "kubernetes", oidcIssuerURL: "https://issuer.example.com" },
  },
};

/** Addons with definitions of their own. The default of metrics-server is only in part the insecure one. */
const definitions: Specs = {
  cluster: {
    certManager: {
      enabled: true,
      defaultIssuer: "letsencrypt",
      nameservers: ["198.51.100.53:53", "2001:db8::53"],
      hostedZoneIDs: ["Z0987654321", "Z0123456789"],
      featureGates: { NameConstraints: true, AdditionalCertificateOutputFormats: false },
    },
    awsLoadBalancerController: { enabled: true, enableWAFv2: true, cpuLimit: "0.5", version: "v3.3.1" },
    metricsServer: { enabled: true, insecure: false },
    snapshotController: { enabled: true, installDefaultClass: true },
  },
};

/** `image`: arguments for the images that the component takes by default. */
export function specCases(image: readonly string[], own: Own): readonly Case[] {
  const create = ["--zones=us-east-1a", "--kubernetes-version=1.35.5", ...image];
  return [
    { name: "spec-api-server", args: create, encryptionConfig, ...told(apiServer, { encryptionConfig }) },
    { name: "authentication", args: create, ...told(authentication) },
    { name: "authentication-file", args: create, ...told({ cluster: { authentication: { aws: {} } } }) },
    {
      name: "pod-identity-webhook",
      args: create,
      ...withRoles(told({ cluster: { podIdentityWebhook: { enabled: true } } })),
    },
    { name: "addons-with-definitions", args: create, ...told(definitions) },
    { name: "spec-nodes", args: create, ...told(nodes) },
    {
      name: "spec-access",
      args: [...create, "--dns=private", "--dns-zone=example.com", "--api-loadbalancer-type=public"],
      zone: { name: "example.com", isPrivate: true },
      ...told({ cluster: access(own) }, { dns: { type: "private", zone: "example.com" } }),
    },
    { name: "dns-and-monitoring", args: create, ...monitored(told(dns)) },
    { name: "spec-etcd", args: [...create, "--networking=cni"], ...told(etcd, { cni: "none" }) },
  ];
}

/** And what the component has inputs of its own for, of the group of workers. */
function monitored({ edit, inputs }: Pick<Case, "edit" | "inputs">): Pick<Case, "edit" | "inputs"> {
  const kubelet = {
    evictionMaxPodGracePeriod: 60,
    evictionSoft: "memory.available<300Mi",
    evictionSoftGracePeriod: "memory.available=30s",
  };
  return {
    edit: (documents) => {
      edit?.(documents);
      const nodes = documents.find(({ spec }) => spec["role"] === "Node");
      Object.assign(nodes?.spec ?? {}, { detailedInstanceMonitoring: true, kubelet });
    },
    inputs: {
      ...inputs,
      nodeGroups: {
        nodes: { nodeClassName: "default", detailedMonitoring: true, kubelet },
      },
    },
  };
}

/** And what the webhook gives to pods; its certificate is of a cert-manager that the user installs. */
function withRoles({ edit, inputs }: Pick<Case, "edit" | "inputs">): Pick<Case, "edit" | "inputs"> {
  const policy = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  const accounts = ["web", "api"].map((name) => ({ namespace: "apps", name }));
  return {
    edit: (documents) => {
      edit?.(documents);
      const spec = documents.find(({ kind }) => kind === "Cluster")?.spec ?? {};
      const permissions = accounts.map((account) => ({ ...account, aws: { policyARNs: [policy] } }));
      const iam = { ...(spec["iam"] as object), serviceAccountExternalPermissions: permissions };
      Object.assign(spec, { certManager: { enabled: true, managed: false }, iam });
    },
    inputs: { ...inputs, serviceAccountRoles: accounts.map((account) => ({ ...account, policyArns: [policy] })) },
  };
}

/** To kOps, and to the component. */
function told(specs: Specs, more: Partial<Case["inputs"]> = {}): Pick<Case, "edit" | "inputs"> {
  const { cluster, controlPlane, nodes: workers } = specs;
  return {
    edit: (documents) => {
      const encrypted = more.encryptionConfig === undefined ? {} : { encryptionConfig: true };
      for (const document of documents) {
        merge(document.spec, { ...editOf(document, specs), ...(document.kind === "Cluster" ? encrypted : {}) });
      }
    },
    inputs: {
      zones: ["us-east-1a"],
      ...more,
      clusterSpec: cluster,
      ...(controlPlane === undefined ? {} : { controlPlane: { instanceGroupSpec: controlPlane } }),
      ...(workers === undefined
        ? {}
        : { nodeGroups: { nodes: { nodeClassName: "default", instanceGroupSpec: workers } } }),
    },
  };
}

function editOf({ kind, spec }: Document, { cluster, controlPlane, nodes: workers }: Specs): object {
  if (kind === "Cluster") return cluster;
  return (spec["role"] === "Node" ? workers : controlPlane) ?? {};
}

/** As a person edits: fields are set, lists are replaced, and an etcd cluster is found by its name. */
function merge(target: Record<string, unknown>, edit: object): void {
  for (const [key, value] of Object.entries(edit) as [string, unknown][]) {
    const before = target[key];
    if (key === "etcdClusters") {
      for (const each of value as { name: string }[]) {
        const named = (before as { name: string }[]).find(({ name }) => name === each.name);
        merge(named as unknown as Record<string, unknown>, each);
      }
    } else if (isFields(before) && isFields(value)) merge(before, value);
    else target[key] = value;
  }
}
