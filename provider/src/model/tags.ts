/** Tags as kOps puts them on the resources of a cluster (kops pkg/model/context.go:148 and :232). */
import {
  karpenterGroups,
  type ResolvedCluster,
  type ResolvedControlPlaneGroup,
  type ResolvedNodeGroup,
  type ResolvedSubnet,
  type ServiceAccount,
} from "./cluster";
import { nodeLabels, tagKeys } from "./kopsKeys";
import { handledTag } from "./nodeTermination";
import { controlPlaneScalingGroupName, nodeGroupInstanceName, subnetTagName } from "./names";
import type { Taint } from "../schema/types.gen";

export type Tags = Readonly<Record<string, string>>;

type TaggedGroup = {
  readonly role: "ControlPlane" | "Node" | "Bastion";
} & Pick<ResolvedControlPlaneGroup | ResolvedNodeGroup, "name" | "labels" | "taints">;
type TaggedCluster = Pick<ResolvedCluster, "name" | "tags">;

/** A resource that belongs to the cluster. The user's tags come last, as in kOps; validation keeps them off kOps's own. */
export function ownedTags(cluster: TaggedCluster, name: string): Tags {
  return { ...anonymousTags(cluster), [tagKeys.name]: name, ...cluster.tags };
}

/** A resource of somebody else's that the cluster uses: no name and no user tags. */
export function sharedTags(cluster: TaggedCluster): Tags {
  return { [tagKeys.ownership(cluster.name)]: "shared" };
}

function anonymousTags(cluster: TaggedCluster): Tags {
  return { [tagKeys.cluster]: cluster.name, [tagKeys.ownership(cluster.name)]: "owned" };
}

/** kOps lets the load balancer's own name win over the user's tags (api_loadbalancer.go:209). */
export function ownedTagsWithFixedName(cluster: TaggedCluster, name: string): Tags {
  return { ...ownedTags(cluster, name), [tagKeys.name]: name };
}

/** What says whose a subnet is, and what may use it. */
export function subnetTags(cluster: ResolvedCluster, subnet: ResolvedSubnet): Tags {
  const groups = karpenterGroups(cluster).filter((group) => group.subnets.includes(subnet.name));
  return {
    ...(subnet.id === undefined ? ownedTags(cluster, subnetTagName(cluster.name, subnet.name)) : sharedTags(cluster)),
    [tagKeys.subnetType]: subnet.type,
    ...loadBalancerTags(cluster, subnet),
    ...Object.fromEntries(groups.map((group) => [tagKeys.subnetOfGroup(group.name), "true"])),
  };
}

/** Without private subnets, public ones take internal load balancers as well (kops pkg/model/awsmodel/network.go:272). */
function loadBalancerTags(cluster: ResolvedCluster, subnet: ResolvedSubnet): Tags {
  switch (subnet.type) {
    case "Private":
      return { [tagKeys.internalLoadBalancers]: "1" };
    case "Public":
    case "Utility": {
      const hasPrivate = cluster.network.subnets.some(({ type }) => type === "Private");
      return { [tagKeys.publicLoadBalancers]: "1", ...(hasPrivate ? {} : { [tagKeys.internalLoadBalancers]: "1" }) };
    }
  }
}

/** Of the instances of a group, their volumes and interfaces; the launch template and the Auto Scaling group too. */
export function instanceGroupTags(
  cluster: TaggedCluster & Pick<ResolvedCluster, "karpenter" | "clusterSpec" | "release">,
  group: TaggedGroup & { readonly tags?: Tags },
): Tags {
  const name =
    group.role === "ControlPlane"
      ? controlPlaneScalingGroupName(cluster.name, group.name)
      : nodeGroupInstanceName(cluster.name, group.name);
  return {
    // The user's own tags win over it (kops pkg/model/context.go:166).
    ...handledTag(cluster),
    ...ownedTags(cluster, name),
    ...group.tags,
    ...autoscalerLabelTags(group),
    ...autoscalerTaintTags(group.taints),
    ...Object.fromEntries(roleTags[group.role].map((role) => [tagKeys.role(role), "1"])),
    [tagKeys.instanceGroup]: group.name,
  };
}

const roleTags = {
  ControlPlane: ["master", "control-plane"],
  Node: ["node"],
  Bastion: ["bastion"],
} as const;

/** A bastion is no node, and has only its group's own label (kops pkg/nodelabels/builder.go:47). */
const roleLabels = { ControlPlane: nodeLabels.controlPlane, Node: nodeLabels.node, Bastion: [] } as const;

function autoscalerLabelTags(group: Pick<TaggedGroup, "role" | "name" | "labels">): Tags {
  const labels = {
    ...Object.fromEntries(roleLabels[group.role].map((label) => [label, ""])),
    [nodeLabels.instanceGroup]: group.name,
    ...group.labels,
  };
  return Object.fromEntries(Object.entries(labels).map(([label, value]) => [tagKeys.autoscalerLabel(label), value]));
}

/** Only the group's own taints: those that kOps adds for the role are not in its instance-group object (context.go:270). */
function autoscalerTaintTags(taints: readonly Taint[]): Tags {
  return Object.fromEntries(
    taints.map((taint) => [tagKeys.autoscalerTaint(taint.key), `${taint.value ?? ""}:${taint.effect}`]),
  );
}

/** The role of a service account, on top of a resource's ordinary tags. */
export function serviceAccountTags(cluster: TaggedCluster, roleName: string, account: ServiceAccount): Tags {
  return {
    ...ownedTags(cluster, roleName),
    [tagKeys.serviceAccountName]: account.name,
    [tagKeys.serviceAccountNamespace]: account.namespace.replaceAll("*", "wildcard"),
  };
}
