/** Options of the Amazon VPC CNI: as the cluster spec declares them, and as its daemon gets them. */
import type { YamlObject } from "../../encode/yaml";
import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";

/** With the names that kOps's registry has for them. */
export function declaredAmazonVpc({ amazonVpc }: UnwrappedCluster): YamlObject {
  const { env, image, initImage, networkPolicyAgentImage } = amazonVpc;
  return {
    env:
      env === undefined || env.length === 0
        ? undefined
        : env.map(({ name, value }) => ({ name, value: value === "" ? undefined : value })),
    imageName: image,
    initImageName: initImage,
    networkPolicyAgentImage,
  };
}

/** Set by kOps or its manifest, whatever the user's variables say (kops upup/pkg/fi/cloudup/template_functions.go:330). */
export function fixedVariables({ name }: Pick<ResolvedCluster, "name">): Readonly<Record<string, string>> {
  return {
    ADDITIONAL_ENI_TAGS: JSON.stringify({ KubernetesCluster: name, [`kubernetes.io/cluster/${name}`]: "owned" }),
    ENABLE_IPv4: "true",
    ENABLE_IPv6: "false",
  };
}

/** Further variables of the same container. */
export const manifestVariables = ["CLUSTER_NAME", "MY_NODE_NAME", "MY_POD_NAME", "VPC_CNI_VERSION"] as const;

export function daemonVariables(cluster: UnwrappedCluster): Readonly<Record<string, string>> {
  const given = (cluster.amazonVpc.env ?? []).map(({ name, value }) => [name, value ?? ""] as const);
  return { ...cluster.release.addons.amazonVpc.env, ...Object.fromEntries(given), ...fixedVariables(cluster) };
}
