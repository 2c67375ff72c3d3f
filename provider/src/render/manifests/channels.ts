/** The pod that applies the bootstrap channel (kops pkg/model/components/channels/model.go:101). */
import { yaml, type YamlObject } from "../../encode/yaml";
import { imageOf } from "../../model/containerImages";
import type { UnwrappedCluster } from "../../model/cluster";
import { artifact, type Artifact } from "../artifact";
import { systemEnvironmentVariables } from "../../model/storeEnvironment";
import type { RuntimeFacts } from "../../model/runtime";
import { storeUrl } from "../../model/locations";
import { criticalToleration, hostPathVolume } from "./pod";

export const channelsManifestPath = "manifests/channels/kops-channels.yaml";

const kubeconfig = "/var/lib/kops/kubeconfig";

export const channelsArtifact: Artifact = artifact({
  store: "state",
  path: channelsManifestPath,
  needs: ["stateStore", "storeAccess"],
  render: (cluster, facts) => yaml(channelsPod(cluster, facts)),
});

function channelsPod(cluster: UnwrappedCluster, facts: Pick<RuntimeFacts, "stateStore" | "storeAccess">): YamlObject {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { labels: { "k8s-app": "kops-channels" }, name: "kops-channels", namespace: "kube-system" },
    spec: {
      containers: [
        {
          args: [
            "apply",
            "channel",
            "--v=4",
            "--yes",
            "--interval=1m0s",
            "--node-name=$(NODE_NAME)",
            `${storeUrl(facts.stateStore, cluster.name)}/addons/bootstrap-channel.yaml`,
          ],
          env: [
            { name: "NODE_NAME", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
            { name: "KUBECONFIG", value: kubeconfig },
            { name: "HOME", value: "/tmp" },
            ...systemEnvironmentVariables(cluster, facts),
          ],
          image: imageOf(cluster, "kopsChannels"),
          name: "kops-channels",
          readinessProbe: {
            failureThreshold: 2,
            httpGet: { host: "127.0.0.1", path: "/readyz", port: cluster.release.ports.kopsChannelsHealthCheck },
            initialDelaySeconds: 30,
            periodSeconds: 10,
          },
          resources: { requests: { cpu: "50m", memory: "50Mi" } },
          securityContext: { runAsNonRoot: true, runAsUser: cluster.release.users.kopsChannels },
          volumeMounts: [{ mountPath: kubeconfig, name: "kubeconfig", readOnly: true }],
        },
      ],
      dnsPolicy: "Default",
      hostNetwork: true,
      priorityClassName: "system-node-critical",
      tolerations: [criticalToleration],
      volumes: [hostPathVolume("kubeconfig", kubeconfig, "File")],
    },
    status: {},
  };
}
