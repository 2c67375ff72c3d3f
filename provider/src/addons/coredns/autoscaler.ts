/** Scales CoreDNS with the number of nodes and cores. */
import { chosenImage } from "../../model/containerImages";
import type { UnwrappedCluster } from "../../model/cluster";
import { kubeSystem, linuxOnly } from "../objects/containers";
import { deployment, serviceAccount, type KubernetesObject } from "../objects/builders";
import { clusterRole, clusterRoleBinding, rule, serviceAccountSubject, type PolicyRule } from "../objects/rbac";
import { kubeDnsConfig, placement } from "./settings";

const name = "coredns-autoscaler";
const metadata = { name, namespace: kubeSystem };
const selected = { "k8s-app": name };
const scaling = { coresPerReplica: 256, nodesPerReplica: 16, preventSinglePointFailure: true };

const rules: readonly PolicyRule[] = [
  rule("", "nodes", "list watch"),
  rule("", "replicationcontrollers/scale", "get update"),
  rule(["extensions", "apps"], "deployments/scale replicasets/scale", "get update"),
  rule("", "configmaps", "get create"),
];

export function corednsAutoscaler(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  const settings = kubeDnsConfig(cluster);
  return [
    serviceAccount(metadata),
    clusterRole({ name }, rules),
    clusterRoleBinding({ name }, name, serviceAccountSubject(name, kubeSystem)),
    deployment(
      { ...metadata, labels: { ...selected, "kubernetes.io/cluster-service": "true" } },
      {
        selector: { matchLabels: selected },
        template: {
          metadata: { labels: selected },
          spec: {
            containers: [
              {
                command: [
                  "/cluster-proportional-autoscaler",
                  `--namespace=${kubeSystem}`,
                  `--configmap=${name}`,
                  "--target=Deployment/coredns",
                  `--default-params=${JSON.stringify({ linear: scaling })}`,
                  "--logtostderr=true",
                  "--v=2",
                ],
                image: chosenImage(cluster, settings["cpaImage"], "clusterProportionalAutoscaler"),
                name: "autoscaler",
                resources: { requests: { cpu: "20m", memory: "10Mi" } },
              },
            ],
            nodeSelector: linuxOnly,
            ...(cluster.karpenter.enabled ? {} : { priorityClassName: "system-cluster-critical" }),
            serviceAccountName: name,
            ...placement(settings),
          },
        },
      },
    ),
  ];
}
