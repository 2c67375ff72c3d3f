/** Settings of the Kubernetes components that do not depend on the cluster. */
import type { KopsRelease } from "../release";
import { ciliumSettings } from "./cilium";
import { nodeTerminationHandler } from "./termination";

export const components: KopsRelease["components"] = {
  cilium: ciliumSettings,
  // pkg/model/components/awscloudcontrollermanager.go:35
  cloudControllerManager: {
    allocateNodeCIDRs: true,
    configureCloudRoutes: false,
    leaderElection: { leaderElect: true },
  },
  // pkg/model/components/karpenter.go:42
  karpenter: { logEncoding: "console", logLevel: "debug" },
  // pkg/model/components/apiserver.go:43, :136 and discovery.go:35
  kubeApiServer: {
    allowPrivileged: true,
    anonymousAuth: false,
    apiAudiences: ["kubernetes.svc.default"],
    authorizationMode: "Node,RBAC",
    bindAddress: "0.0.0.0",
    enableAdmissionPlugins: [
      "DefaultStorageClass",
      "DefaultTolerationSeconds",
      "LimitRanger",
      "MutatingAdmissionWebhook",
      "NamespaceLifecycle",
      "NodeRestriction",
      "ResourceQuota",
      "RuntimeClass",
      "ServiceAccount",
      "ValidatingAdmissionPolicy",
      "ValidatingAdmissionWebhook",
    ],
    kubeletPreferredAddressTypes: ["InternalIP", "Hostname", "ExternalIP"],
    logLevel: 2,
    requestheaderAllowedNames: ["aggregator"],
    requestheaderExtraHeaderPrefixes: ["X-Remote-Extra-"],
    requestheaderGroupHeaders: ["X-Remote-Group"],
    requestheaderUsernameHeaders: ["X-Remote-User"],
    storageBackend: "etcd3",
  },
  // pkg/model/components/kubecontrollermanager.go:47
  kubeControllerManager: {
    allocateNodeCIDRs: true,
    attachDetachReconcileSyncPeriod: "1m0s",
    cloudProvider: "external",
    configureCloudRoutes: false,
    leaderElection: { leaderElect: true },
    logLevel: 2,
    useServiceAccountCredentials: true,
  },
  // pkg/model/components/kubedns.go:32
  kubeDns: {
    cacheMaxConcurrent: 150,
    cacheMaxSize: 1000,
    cpuRequest: "100m",
    memoryLimit: "170Mi",
    memoryRequest: "70Mi",
    provider: "CoreDNS",
  },
  nodeLocalDns: { cpuRequest: "25m", enabled: false, memoryRequest: "5Mi" },
  nodeTerminationHandler,
  // pkg/model/components/kubeproxy.go:33
  kubeProxy: { cpuRequest: "100m", logLevel: 2 },
  // pkg/model/components/kubescheduler.go:33
  kubeScheduler: { leaderElection: { leaderElect: true }, logLevel: 2 },
  // pkg/model/components/kubelet.go:63
  kubelet: {
    anonymousAuth: false,
    cgroupDriver: "systemd",
    cgroupRoot: "/",
    cloudProvider: "external",
    enableDebuggingHandlers: true,
    evictionHard: [
      "memory.available<100Mi",
      "nodefs.available<10%",
      "nodefs.inodesFree<5%",
      "imagefs.available<10%",
      "imagefs.inodesFree<5%",
    ].join(","),
    kubeconfigPath: "/var/lib/kubelet/kubeconfig",
    logLevel: 2,
    podManifestPath: "/etc/kubernetes/manifests",
    protectKernelDefaults: true,
    shutdownGracePeriod: "30s",
    shutdownGracePeriodCriticalPods: "10s",
  },
};
