/** The Amazon VPC CNI: pods have addresses of the VPC, on network interfaces that a daemon attaches to the nodes. */
import { compareCodeUnits } from "../../encode/natural";
import type { UnwrappedCluster } from "../../model/cluster";
import { chosenImage } from "../../model/containerImages";
import { usesVpcAddresses } from "../../model/podNetwork";
import { networkPluginSelector, type AddonFacts, type ChannelAddon } from "../addon";
import { definitionsOf } from "../definitions";
import { configMap, daemonSet, serviceAccount, type KubernetesObject, type ObjectMeta } from "../objects/builders";
import { env, fieldEnv, hostPath, kubeSystem, mount } from "../objects/containers";
import type { Container, PodSpec, Probe } from "../objects/pods";
import {
  clusterRole,
  clusterRoleBinding,
  rule,
  serviceAccountSubject,
  urlRule,
  type PolicyRule,
} from "../objects/rbac";
import { daemonVariables } from "./settings";

const addonName = "networking.amazon-vpc-routed-eni";
const name = "aws-node";
const podLabels = { "app.kubernetes.io/name": name, "app.kubernetes.io/instance": "aws-vpc-cni", "k8s-app": name };
const policyGroup = "networking.k8s.aws";
const logs = "/var/log/aws-routed-eni";
const state = "/var/run/aws-node";

export const amazonVpc: ChannelAddon = {
  name: addonName,
  condition: usesVpcAddresses,
  selector: networkPluginSelector,
  needsRollingUpdate: "all",
  needs: () => ["addonDefinitions"],
  objects,
};

function objects(cluster: UnwrappedCluster, facts: AddonFacts): readonly KubernetesObject[] {
  const labels = { ...podLabels, "app.kubernetes.io/version": cluster.release.addons.amazonVpc.version };
  const metadata = (objectName: string): ObjectMeta => ({ name: objectName, namespace: kubeSystem, labels });
  return [
    ...definitionsOf(addonName, facts),
    serviceAccount(metadata(name)),
    configMap(metadata("amazon-vpc-cni"), cluster.release.addons.amazonVpc.settings),
    clusterRole({ name, labels }, rules(cluster)),
    clusterRoleBinding({ name, labels }, name, serviceAccountSubject(name, kubeSystem)),
    daemonSet(metadata(name), {
      selector: { matchLabels: { "k8s-app": name } },
      template: { metadata: { labels: podLabels }, spec: podSpec(cluster) },
      updateStrategy: { rollingUpdate: { maxUnavailable: "10%" }, type: "RollingUpdate" },
    }),
  ];
}

function rules(cluster: UnwrappedCluster): readonly PolicyRule[] {
  // Set at all, the variable is on for kOps's manifest, whatever it says.
  const annotates = (daemonVariables(cluster)["ANNOTATE_POD_IP"] ?? "") !== "";
  return [
    rule("crd.k8s.amazonaws.com", "eniconfigs", "list watch get"),
    rule("", "namespaces", "list watch get"),
    rule("", "pods", annotates ? "list watch get patch" : "list watch get"),
    rule("", "nodes", "list watch get"),
    rule(["", "events.k8s.io"], "events", "create patch list"),
    rule(policyGroup, "policyendpoints clusterpolicyendpoints", "get list watch"),
    rule(policyGroup, "policyendpoints/status clusterpolicyendpoints/status", "get"),
    rule("vpcresources.k8s.aws", "cninodes", "get list watch patch"),
    urlRule(`/apis/${policyGroup} /apis/${policyGroup}/*`, "get"),
  ];
}

function podSpec(cluster: UnwrappedCluster): PodSpec {
  const required = (key: string, operator: "In" | "NotIn", ...values: readonly string[]) => ({ key, operator, values });
  return {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                required("kubernetes.io/os", "In", "linux"),
                required("kubernetes.io/arch", "In", "amd64", "arm64"),
                required("eks.amazonaws.com/compute-type", "NotIn", "fargate", "hybrid", "auto"),
              ],
            },
          ],
        },
      },
    },
    containers: [daemon(cluster), policyAgent(cluster)],
    hostNetwork: true,
    initContainers: [installer(cluster)],
    priorityClassName: "system-node-critical",
    serviceAccountName: name,
    terminationGracePeriodSeconds: 10,
    tolerations: [{ operator: "Exists" }],
    volumes: [
      hostPath("bpf-pin-path", "/sys/fs/bpf"),
      hostPath("cni-bin-dir", "/opt/cni/bin"),
      hostPath("cni-net-dir", "/etc/cni/net.d"),
      hostPath("log-dir", logs, "DirectoryOrCreate"),
      hostPath("run-dir", state, "DirectoryOrCreate"),
      hostPath("xtables-lock", "/run/xtables.lock", "FileOrCreate"),
    ],
  };
}

const plugins = mount("cni-bin-dir", "/host/opt/cni/bin");
const requests = { requests: { cpu: "25m" } };

function installer(cluster: UnwrappedCluster): Container {
  return {
    env: [env("DISABLE_TCP_EARLY_DEMUX", "false"), env("ENABLE_IPv6", "false")],
    image: chosenImage(cluster, cluster.amazonVpc.initImage, "amazonVpcCniInit"),
    imagePullPolicy: "IfNotPresent",
    name: "aws-vpc-cni-init",
    resources: requests,
    securityContext: { privileged: true },
    volumeMounts: [plugins],
  };
}

/** Attaches network interfaces, and gives their addresses to pods. */
function daemon(cluster: UnwrappedCluster): Container {
  const { ports, version } = cluster.release.addons.amazonVpc;
  const variables = Object.entries(daemonVariables(cluster)).sort(([left], [right]) => compareCodeUnits(left, right));
  const probe = (initialDelaySeconds: number): Probe => ({
    exec: {
      command: ["/app/grpc-health-probe", `-addr=:${String(ports.grpc)}`, "-connect-timeout=5s", "-rpc-timeout=5s"],
    },
    initialDelaySeconds,
    timeoutSeconds: 10,
  });
  return {
    env: [
      ...variables.map(([variable, value]) => env(variable, value)),
      env("VPC_CNI_VERSION", version),
      fieldEnv("MY_NODE_NAME", "spec.nodeName", "v1"),
      fieldEnv("MY_POD_NAME", "metadata.name", "v1"),
      env("CLUSTER_NAME", cluster.name),
    ],
    image: chosenImage(cluster, cluster.amazonVpc.image, "amazonVpcCni"),
    livenessProbe: probe(60),
    name,
    ports: [{ containerPort: ports.metrics, name: "metrics" }],
    readinessProbe: probe(1),
    resources: requests,
    securityContext: { capabilities: { add: ["NET_ADMIN", "NET_RAW"] } },
    volumeMounts: [
      plugins,
      mount("cni-net-dir", "/host/etc/cni/net.d"),
      mount("log-dir", `/host${logs}`),
      mount("run-dir", state),
      mount("xtables-lock", "/run/xtables.lock"),
    ],
  };
}

/** kOps runs it switched off. */
function policyAgent(cluster: UnwrappedCluster): Container {
  const { ports } = cluster.release.addons.amazonVpc;
  return {
    args: [
      "--enable-ipv6=false",
      "--enable-network-policy=false",
      "--enable-cloudwatch-logs=false",
      "--enable-policy-event-logs=false",
      `--log-file=${logs}/network-policy-agent.log`,
      `--metrics-bind-addr=:${String(ports.agentMetrics)}`,
      `--health-probe-bind-addr=:${String(ports.agentHealth)}`,
      "--conntrack-cache-cleanup-period=300",
      "--conntrack-cache-table-size=524288",
      "--log-level=debug",
    ],
    env: [fieldEnv("MY_NODE_NAME", "spec.nodeName", "v1")],
    image: chosenImage(cluster, cluster.amazonVpc.networkPolicyAgentImage, "amazonVpcPolicyAgent"),
    imagePullPolicy: "IfNotPresent",
    name: "aws-eks-nodeagent",
    ports: [{ containerPort: ports.agentMetrics, name: "agentmetrics" }],
    resources: requests,
    securityContext: { capabilities: { add: ["NET_ADMIN"] }, privileged: true },
    volumeMounts: [plugins, mount("bpf-pin-path", "/sys/fs/bpf"), mount("log-dir", logs), mount("run-dir", state)],
  };
}
