/** The sidecar that nodeup puts into the kube-apiserver pod (kops pkg/model/components/kubeapiserver/model.go:79). */
import { yaml, type YamlObject } from "../../encode/yaml";
import { imageOf } from "../../model/containerImages";
import type { UnwrappedCluster } from "../../model/cluster";
import { artifact, type Artifact } from "../artifact";
import { hostPathVolume } from "./pod";

export const healthcheckManifest = {
  key: "kube-apiserver-healthcheck",
  path: "manifests/static/kube-apiserver-healthcheck.yaml",
} as const;

export const healthcheckArtifact: Artifact = artifact({
  store: "state",
  path: healthcheckManifest.path,
  needs: [],
  render: (cluster) => yaml(healthcheckPod(cluster)),
});

function healthcheckPod(cluster: UnwrappedCluster): YamlObject {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {},
    spec: {
      containers: [
        {
          args: ["ca-cert=/secrets/ca.crt", "client-cert=/secrets/client.crt", "client-key=/secrets/client.key"].map(
            (flag) => `--${flag}`,
          ),
          image: imageOf(cluster, "apiServerHealthcheck"),
          livenessProbe: {
            httpGet: {
              host: "127.0.0.1",
              path: "/.kube-apiserver-healthcheck/healthz",
              port: cluster.release.ports.kubeApiServerHealthCheck,
            },
            initialDelaySeconds: 5,
            timeoutSeconds: 5,
          },
          name: "healthcheck",
          resources: {},
          securityContext: { runAsNonRoot: true, runAsUser: cluster.release.users.apiServerHealthcheck },
          volumeMounts: [{ mountPath: "/secrets", name: "healthcheck-secrets", readOnly: true }],
        },
      ],
      volumes: [
        hostPathVolume("healthcheck-secrets", "/etc/kubernetes/kube-apiserver-healthcheck/secrets", "Directory"),
      ],
    },
    status: {},
  };
}
