/** aws-iam-authenticator: the API server asks it which user a token of AWS IAM is. */
import { chosenImage } from "../../model/containerImages";
import type { UnwrappedCluster } from "../../model/cluster";
import type { ChannelAddon } from "../addon";
import { daemonSet, object, serviceAccount, type KubernetesObject } from "../objects/builders";
import {
  controlPlaneLabel,
  formerControlPlaneLabel,
  hostPath,
  kubeSystem,
  mount,
  tolerate,
  uninitializedTaint,
} from "../objects/containers";
import type { Container, PodSpec } from "../objects/pods";
import { clusterRole, clusterRoleBinding, rule, serviceAccountSubject } from "../objects/rbac";
import { authenticatorSettings, hasAwsAuthenticator, type AuthenticatorSettings } from "./settings";

const name = "aws-iam-authenticator";
const labels = { "k8s-app": name };
const metadata = { name, namespace: kubeSystem };
const group = "iamauthenticator.k8s.aws";
/** nodeup writes the certificate of its HTTPS port here (kops nodeup/pkg/model/kube_apiserver.go:415). */
const folder = "/srv/kubernetes/aws-iam-authenticator/";
/** The default of kOps: users are in a config map, which is the user's own. */
const mountedFile = "MountedFile";

export const awsAuthenticator: ChannelAddon = {
  name: "authentication.aws",
  condition: hasAwsAuthenticator,
  selector: { "role.kubernetes.io/authentication": "1" },
  objects,
};

function objects(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  return [
    identityMappingDefinition,
    clusterRole({ name }, [
      rule(group, "iamidentitymappings", "get list watch"),
      rule(group, "iamidentitymappings/status", "patch update"),
      rule("", "events", "create update patch"),
      rule("", "configmaps", "list watch"),
      rule("", "configmaps", "get", "aws-auth"),
    ]),
    serviceAccount(metadata),
    clusterRoleBinding({ name }, name, serviceAccountSubject(name, kubeSystem)),
    workload(cluster),
    ...identityMappings(authenticatorSettings(cluster)),
  ];
}

const text = { type: "string" } as const;

/** Without descriptions, in kOps as well (authentication.aws/k8s-1.12.yaml.template:2). */
const identityMappingDefinition = object(
  "apiextensions.k8s.io/v1",
  "CustomResourceDefinition",
  { name: `iamidentitymappings.${group}` },
  {
    spec: {
      group,
      names: {
        categories: ["all"],
        kind: "IAMIdentityMapping",
        plural: "iamidentitymappings",
        singular: "iamidentitymapping",
      },
      scope: "Cluster",
      versions: [
        {
          name: "v1alpha1",
          schema: {
            openAPIV3Schema: {
              properties: {
                spec: {
                  properties: { arn: text, groups: { items: text, type: "array" }, username: text },
                  required: ["arn", "username"],
                  type: "object",
                },
                status: { properties: { canonicalARN: text, userID: text }, type: "object" },
              },
              type: "object",
            },
          },
          served: true,
          storage: true,
          subresources: { status: {} },
        },
      ],
    },
  },
);

function identityMappings({ backendMode = "", identityMappings: given = [] }: AuthenticatorSettings) {
  if (!backendMode.includes("CRD")) return [];
  return given.map(({ arn, username, groups }, index) =>
    object(
      `${group}/v1alpha1`,
      "IAMIdentityMapping",
      { name: `iam-identity-mapping-${index}`, labels },
      { spec: { arn, groups, username } },
    ),
  );
}

function workload(cluster: UnwrappedCluster): KubernetesObject {
  return daemonSet(
    { ...metadata, annotations: { "seccomp.security.alpha.kubernetes.io/pod": "runtime/default" }, labels },
    {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: podSpec(cluster) },
      updateStrategy: { type: "RollingUpdate" },
    },
  );
}

function readsFile({ backendMode = mountedFile }: AuthenticatorSettings): boolean {
  return backendMode.includes(mountedFile);
}

function podSpec(cluster: UnwrappedCluster): PodSpec {
  const settings = authenticatorSettings(cluster);
  return {
    containers: [container(cluster, settings)],
    hostNetwork: true,
    nodeSelector: { [controlPlaneLabel]: "" },
    priorityClassName: "system-node-critical",
    serviceAccountName: name,
    tolerations: [
      ...[formerControlPlaneLabel, controlPlaneLabel, "node-role.kubernetes.io/api-server"].map((key) => ({
        effect: "NoSchedule" as const,
        key,
      })),
      ...tolerate(uninitializedTaint, "CriticalAddonsOnly"),
    ],
    volumes: [
      ...(readsFile(settings) ? [{ configMap: { name }, name: "config" }] : []),
      hostPath("output", folder),
      hostPath("state", folder),
    ],
  };
}

function container(cluster: UnwrappedCluster, settings: AuthenticatorSettings): Container {
  const { cpuLimit, cpuRequest = "10m", memoryLimit = "20Mi", memoryRequest = "20Mi" } = settings;
  const fromFile = readsFile(settings);
  return {
    args: serverArguments(cluster, settings),
    image: chosenImage(cluster, settings.image, "awsIamAuthenticator"),
    livenessProbe: { httpGet: { host: "127.0.0.1", path: "/healthz", port: 21362, scheme: "HTTPS" } },
    name,
    resources: {
      limits: { ...(cpuLimit === undefined ? {} : { cpu: cpuLimit }), memory: memoryLimit },
      requests: { cpu: cpuRequest, memory: memoryRequest },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      runAsGroup: cluster.release.users.awsAuthenticator,
      runAsUser: cluster.release.users.awsAuthenticator,
    },
    volumeMounts: [
      ...(fromFile ? [mount("config", "/etc/aws-iam-authenticator/")] : []),
      mount("state", "/var/aws-iam-authenticator/"),
      mount("output", "/etc/kubernetes/aws-iam-authenticator/"),
    ],
  };
}

/** A mounted file has the cluster's id itself. */
function serverArguments(cluster: UnwrappedCluster, settings: AuthenticatorSettings): readonly string[] {
  const { backendMode, clusterID } = settings;
  const id = clusterID ?? (readsFile(settings) ? undefined : cluster.name);
  return [
    "server",
    ...(readsFile(settings) ? ["--config=/etc/aws-iam-authenticator/config.yaml"] : []),
    ...(id === undefined ? [] : [`--cluster-id=${id}`]),
    "--state-dir=/var/aws-iam-authenticator",
    "--kubeconfig-pregenerated=true",
    ...(backendMode === undefined ? [] : [`--backend-mode=${backendMode}`]),
  ];
}
