import { isFields } from "../../encode/fields";
import type { UnwrappedCluster } from "../../model/cluster";
import { dnsNames } from "../../model/names";
import { controlPlaneLabel, formerControlPlaneLabel } from "../objects/containers";
import { hasPodIdentityWebhook } from "../pod-identity-webhook/settings";
import { tokenDirectory, tokenPath, tokenVolume } from "../serviceAccountRole";
import { present, type ManifestFields, type ManifestValue } from "./customObjects";

export interface ChartFacts {
  /** Absent without interruption handling. */
  readonly interruptionQueueName: string | undefined;
  readonly roleArn: string;
}

/** The chart's names of the feature gates are those of the controller with a small first letter. */
function gateKey(gate: string): string {
  return gate.slice(0, 1).toLowerCase() + gate.slice(1);
}

/**
 * Values of the karpenter chart for a cluster that is not EKS, on control-plane nodes, with its role by web identity:
 * the same Deployment as kops upup/models/cloudup/resources/addons/karpenter.sh. The user's values come last.
 */
export function chartValues(cluster: UnwrappedCluster, facts: ChartFacts): ManifestFields {
  const { karpenter } = cluster;
  const ours: ManifestFields = {
    replicas: karpenter.replicas,
    logLevel: karpenter.logLevel,
    // Until CoreDNS has a node to run on, the cluster's own names do not resolve; AWS's must.
    dnsPolicy: "Default",
    settings: present({
      clusterName: cluster.name,
      clusterEndpoint: `https://${dnsNames(cluster.name).apiInternal}`,
      eksControlPlane: false,
      interruptionQueue: facts.interruptionQueueName,
      featureGates: Object.fromEntries(
        Object.entries(karpenter.featureGates).map(([gate, enabled]) => [gateKey(gate), enabled]),
      ),
    }),
    controller: controller(cluster, facts),
    extraVolumes: [tokenVolume],
    // Without it, Karpenter could not start while the webhook has no node, which only Karpenter brings.
    ...(hasPodIdentityWebhook(cluster) ? { podLabels: { "kops.k8s.io/managed-by": "kops" } } : {}),
    ...placement(),
  };
  return merge(ours, karpenter.values as ManifestFields);
}

/** Lists that hold what the controller needs, to which the user's are added: by name, as Kubernetes merges them. */
const addedTo: readonly string[] = ["env", "extraVolumes", "extraVolumeMounts"];

function controller(cluster: UnwrappedCluster, facts: ChartFacts): ManifestFields {
  return {
    env: [
      { name: "AWS_REGION", value: cluster.region },
      { name: "AWS_ROLE_ARN", value: facts.roleArn },
      { name: "AWS_WEB_IDENTITY_TOKEN_FILE", value: tokenPath },
    ],
    extraVolumeMounts: [{ name: tokenVolume.name, mountPath: tokenDirectory, readOnly: true }],
    resources: { requests: cluster.karpenter.requests, limits: cluster.karpenter.limits },
  };
}

function placement(): ManifestFields {
  return {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: "karpenter.sh/nodepool", operator: "DoesNotExist" },
                { key: controlPlaneLabel, operator: "Exists" },
              ],
            },
          ],
        },
      },
    },
    tolerations: [
      { key: formerControlPlaneLabel, operator: "Exists" },
      { key: controlPlaneLabel, operator: "Exists" },
      { key: "CriticalAddonsOnly", operator: "Exists" },
    ],
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" },
    ],
  };
}

/** Maps are merged, and almost everything else is replaced, as Helm merges values. */
function merge(base: ManifestFields, over: ManifestFields): ManifestFields {
  const merged: Record<string, ManifestValue> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const old = merged[key];
    if (isFields(old) && isFields(value)) {
      merged[key] = merge(old, value);
    } else {
      merged[key] = addedTo.includes(key) && Array.isArray(old) && Array.isArray(value) ? added(old, value) : value;
    }
  }
  return merged;
}

function added(ours: readonly ManifestValue[], users: readonly ManifestValue[]): readonly ManifestValue[] {
  const nameOf = (entry: ManifestValue): unknown => (isFields(entry) ? entry["name"] : undefined);
  const names = users.map(nameOf);
  return [...ours.filter((entry) => !names.includes(nameOf(entry))), ...users];
}
