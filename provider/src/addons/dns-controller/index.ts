/** dns-controller: keeps the cluster's own records in Route 53. */
import { publishesDnsRecords, type UnwrappedCluster } from "../../model/cluster";
import type { AddonFacts, ChannelAddon } from "../addon";
import { imageOf } from "../../model/containerImages";
import {
  controlPlaneLabel,
  exists,
  formerControlPlaneLabel,
  kubeSystem,
  localApiServer,
  notReadyTaint,
  tolerate,
  uninitializedTaint,
} from "../objects/containers";
import { deployment, serviceAccount, type KubernetesObject } from "../objects/builders";
import type { PodSpec } from "../objects/pods";
import { clusterRole, clusterRoleBinding, rule, userSubject } from "../objects/rbac";
import { proxyEnvironment } from "../proxyEnvironment";
import { withServiceAccountRole } from "../serviceAccountRole";
import { dnsControllerPolicy } from "./policy";

const name = "dns-controller";
const account = { name, namespace: kubeSystem };
const roleName = "kops:dns-controller";

export const dnsController: ChannelAddon = {
  name: "dns-controller.addons.k8s.io",
  condition: publishesDnsRecords,
  pruneWhenAbsent: true,
  needs: () => ["accountId"],
  objects,
  serviceAccount: { ...account, policy: dnsControllerPolicy },
};

function objects(cluster: UnwrappedCluster, facts: AddonFacts): readonly KubernetesObject[] {
  const version = `v${cluster.release.version}`;
  return [
    deployment(
      { ...account, labels: { "k8s-app": name, version } },
      {
        replicas: 1,
        selector: { matchLabels: { "k8s-app": name } },
        strategy: { type: "Recreate" },
        template: {
          metadata: { labels: { "k8s-addon": `${name}.addons.k8s.io`, "k8s-app": name, version } },
          spec: withServiceAccountRole(podSpec(cluster), account, cluster, facts),
        },
      },
    ),
    serviceAccount(account),
    clusterRole({ name: roleName }, [
      rule("", "endpoints services pods ingress nodes", "get list watch"),
      rule("networking.k8s.io", "ingresses", "get list watch"),
    ]),
    clusterRoleBinding({ name: roleName }, roleName, userSubject(`system:serviceaccount:${kubeSystem}:${name}`)),
  ];
}

function podSpec(cluster: UnwrappedCluster): PodSpec {
  return {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [controlPlaneLabel, formerControlPlaneLabel].map((label) => ({
            matchExpressions: [exists(label)],
          })),
        },
      },
    },
    containers: [
      {
        args: flags(cluster),
        env: [localApiServer, ...proxyEnvironment(cluster)],
        image: imageOf(cluster, "dnsController"),
        name,
        resources: { requests: { cpu: "50m", memory: "50Mi" } },
        securityContext: { runAsNonRoot: true },
      },
    ],
    dnsPolicy: "Default",
    hostNetwork: true,
    priorityClassName: "system-cluster-critical",
    serviceAccount: name,
    tolerations: tolerate(uninitializedTaint, notReadyTaint, controlPlaneLabel, formerControlPlaneLabel),
  };
}

/** kops upup/pkg/fi/cloudup/template_functions.go:718 */
function flags({ dns, region }: UnwrappedCluster): readonly string[] {
  const zone = dns.zone;
  return [
    "--watch-ingress=false",
    // In the China regions kOps gossips names instead of asking Route 53.
    region.startsWith("cn-") ? "--dns=gossip" : "--dns=aws-route53",
    ...(zone === undefined ? [] : [zone.includes(".") ? `--zone=${zone}` : `--zone=*/${zone}`]),
    "--internal-ipv4",
    "--zone=*/*",
    "-v=2",
  ];
}
