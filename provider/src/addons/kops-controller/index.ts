/** kops-controller: gives joining workers their certificates and boot configuration, and labels their nodes. */
import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";
import { dnsNames } from "../../model/names";
import { systemEnvironmentVariables } from "../../model/storeEnvironment";
import type { AddonFact, AddonFacts, ChannelAddon } from "../addon";
import { imageOf } from "../../model/containerImages";
import {
  controlPlaneLabel,
  env,
  exists,
  formerControlPlaneLabel,
  hostPath,
  kubeSystem,
  localApiServer,
  mount,
  notReadyTaint,
  tolerate,
  uninitializedTaint,
} from "../objects/containers";
import { configMap, daemonSet, serviceAccount, type KubernetesObject } from "../objects/builders";
import type { EnvVar, PodSpec } from "../objects/pods";
import {
  clusterRole,
  clusterRoleBinding,
  role,
  roleBinding,
  rule,
  userSubject,
  type PolicyRule,
} from "../objects/rbac";
import { kopsControllerConfig } from "./configFile";

const name = "kops-controller";
const subject = userSubject(`system:serviceaccount:${kubeSystem}:${name}`);

export const kopsController: ChannelAddon = {
  name: "kops-controller.addons.k8s.io",
  needsRollingUpdate: "control-plane",
  needs,
  objects,
};

function needs({ stores }: ResolvedCluster): readonly AddonFact[] {
  return stores.s3Compatible ? ["stateStore", "storeAccess"] : ["stateStore"];
}

function objects(cluster: UnwrappedCluster, facts: AddonFacts): readonly KubernetesObject[] {
  const metadata = { name, namespace: kubeSystem };
  return [
    configMap(metadata, { "config.yaml": `${kopsControllerConfig(cluster, facts)}\n` }),
    workload(cluster, facts),
    serviceAccount(metadata),
    clusterRole({ name }, [rule("", "nodes", "get list watch patch")]),
    clusterRoleBinding({ name }, name, subject),
    role(metadata, namespacedRules),
    roleBinding(metadata, name, subject),
  ];
}

const lockGroups = ["", "coordination.k8s.io"];
const namespacedRules: readonly PolicyRule[] = [
  rule("", "events", "get list watch create"),
  rule(lockGroups, "configmaps leases", "get list watch patch update delete", "kops-controller-leader"),
  rule(lockGroups, "configmaps leases", "create"),
];

function workload(cluster: UnwrappedCluster, facts: AddonFacts): KubernetesObject {
  const version = `v${cluster.release.version}`;
  return daemonSet(
    { name, namespace: kubeSystem, labels: { "k8s-app": name, version } },
    {
      selector: { matchLabels: { "k8s-app": name } },
      template: {
        metadata: {
          annotations: { "dns.alpha.kubernetes.io/internal": dnsNames(cluster.name).kopsController },
          labels: { "k8s-addon": `${name}.addons.k8s.io`, "k8s-app": name, version },
        },
        spec: podSpec(cluster, facts),
      },
      updateStrategy: { type: "OnDelete" },
    },
  );
}

function podSpec(cluster: UnwrappedCluster, facts: AddonFacts): PodSpec {
  return {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            { matchExpressions: [exists(controlPlaneLabel), exists("kops.k8s.io/kops-controller-pki")] },
          ],
        },
      },
    },
    containers: [
      {
        args: ["--v=2", "--conf=/etc/kubernetes/kops-controller/config/config.yaml"],
        command: null,
        env: [localApiServer, ...componentEnvironment(cluster, facts)],
        image: imageOf(cluster, "kopsController"),
        name,
        resources: { requests: { cpu: "50m", memory: "50Mi" } },
        securityContext: { runAsNonRoot: true, runAsUser: cluster.release.users.kopsController },
        volumeMounts: [
          mount("kops-controller-config", "/etc/kubernetes/kops-controller/config/"),
          mount("kops-controller-pki", "/etc/kubernetes/kops-controller/pki/"),
        ],
      },
    ],
    dnsPolicy: "Default",
    hostNetwork: true,
    nodeSelector: null,
    priorityClassName: "system-cluster-critical",
    serviceAccount: name,
    tolerations: tolerate(uninitializedTaint, notReadyTaint, formerControlPlaneLabel, controlPlaneLabel),
    volumes: [
      { configMap: { name }, name: "kops-controller-config" },
      hostPath("kops-controller-pki", "/etc/kubernetes/kops-controller/", "Directory"),
    ],
  };
}

/** Sorted by name (kops upup/pkg/fi/cloudup/template_functions.go:1076). */
function componentEnvironment(cluster: UnwrappedCluster, facts: AddonFacts): readonly EnvVar[] {
  const baseUrl = cluster.assets.kopsBaseUrl;
  const variables = systemEnvironmentVariables(cluster, facts);
  return baseUrl === undefined ? variables : [...variables, env("KOPS_BASE_URL", baseUrl)].sort(byName);
}

function byName(left: EnvVar, right: EnvVar): number {
  return left.name < right.name ? -1 : 1;
}
