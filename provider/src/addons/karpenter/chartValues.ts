import type { SettledCluster } from "../../model/cluster";
import { present, type ManifestFields, type ManifestValue } from "./objects";

export interface ChartFacts {
  /** Absent without interruption handling. */
  readonly interruptionQueueName: string | undefined;
  readonly roleArn: string;
}

const tokenMount = "/var/run/secrets/amazonaws.com";
const tokenVolume = "token-amazonaws-com";

/** The chart's names of the feature gates are those of the controller with a small first letter. */
function gateKey(gate: string): string {
  return gate.slice(0, 1).toLowerCase() + gate.slice(1);
}

/**
 * Values of the karpenter chart for a cluster that is not EKS, on control-plane nodes, with its role by web identity:
 * the same Deployment as kops v1.36.2 upup/models/cloudup/resources/addons/karpenter.sh. The user's values come last.
 */
export function chartValues(cluster: SettledCluster, facts: ChartFacts): ManifestFields {
  const { karpenter } = cluster;
  const ours: ManifestFields = {
    replicas: karpenter.replicas,
    logLevel: karpenter.logLevel,
    // Until CoreDNS has a node to run on, the cluster's own names do not resolve; AWS's must.
    dnsPolicy: "Default",
    settings: present({
      clusterName: cluster.name,
      clusterEndpoint: `https://api.internal.${cluster.name}`,
      eksControlPlane: false,
      interruptionQueue: facts.interruptionQueueName,
      featureGates: Object.fromEntries(
        Object.entries(karpenter.featureGates).map(([gate, enabled]) => [gateKey(gate), enabled]),
      ),
    }),
    controller: controller(cluster, facts),
    extraVolumes: [projectedToken()],
    ...placement(),
  };
  return merge(ours, karpenter.values as ManifestFields);
}

function controller(cluster: SettledCluster, facts: ChartFacts): ManifestFields {
  return {
    env: [
      { name: "AWS_REGION", value: cluster.region },
      { name: "AWS_ROLE_ARN", value: facts.roleArn },
      { name: "AWS_WEB_IDENTITY_TOKEN_FILE", value: `${tokenMount}/token` },
    ],
    extraVolumeMounts: [{ name: tokenVolume, mountPath: tokenMount, readOnly: true }],
    resources: { requests: cluster.karpenter.requests, limits: cluster.karpenter.limits },
  };
}

function projectedToken(): ManifestFields {
  return {
    name: tokenVolume,
    projected: {
      defaultMode: 0o644,
      sources: [{ serviceAccountToken: { audience: "amazonaws.com", expirationSeconds: 86_400, path: "token" } }],
    },
  };
}

function placement(): ManifestFields {
  const controlPlane = "node-role.kubernetes.io/control-plane";
  return {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: "karpenter.sh/nodepool", operator: "DoesNotExist" },
                { key: controlPlane, operator: "Exists" },
              ],
            },
          ],
        },
      },
    },
    tolerations: [
      { key: "node-role.kubernetes.io/master", operator: "Exists" },
      { key: controlPlane, operator: "Exists" },
      { key: "CriticalAddonsOnly", operator: "Exists" },
    ],
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" },
    ],
  };
}

/** Maps are merged, everything else is replaced, as Helm merges values. */
function merge(base: ManifestFields, over: ManifestFields): ManifestFields {
  const merged: Record<string, ManifestValue> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const old = merged[key];
    merged[key] = isMap(old) && isMap(value) ? merge(old, value) : value;
  }
  return merged;
}

function isMap(value: ManifestValue | undefined): value is ManifestFields {
  return typeof value === "object" && !Array.isArray(value);
}
