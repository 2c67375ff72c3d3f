import * as pulumi from "@pulumi/pulumi";
import type { ResolvedCluster } from "../model/cluster";
import { bastionGroupName } from "../model/names";
import { userKubeconfig } from "./builders/kubeconfig";
import type { ApiLoadBalancer } from "./parts/apiLoadBalancer";
import type { Bastion } from "./parts/bastion";
import type { CloudGroups } from "./parts/cloudGroups";
import type { ControlPlane } from "./parts/controlPlane";
import type { Firewall } from "./parts/firewall";
import type { Iam } from "./parts/iam";
import type { KopsKarpenterClusterOutputs } from "../schema/inputs.gen";
import type { Interruption } from "./parts/interruption";
import type { Network } from "./parts/network";
import type { Pki } from "./parts/pki";
import { type Stores, urlOf } from "./parts/stores";
import type { Workers } from "./parts/workers";

/** What a cluster's outputs are read from. */
export interface ClusterChildren {
  readonly stores: Stores;
  readonly pki: Pki;
  readonly iam: Iam;
  readonly network: Network;
  readonly firewall: Firewall;
  readonly controlPlane: ControlPlane;
  readonly bastion: Bastion | undefined;
  readonly cloudGroups: CloudGroups | undefined;
  readonly interruption: Interruption | undefined;
  readonly endpoint: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  readonly workers: Workers;
}

/** The outputs by their names in the schema. */
export function clusterOutputs(
  cluster: ResolvedCluster,
  children: ClusterChildren,
): KopsKarpenterClusterOutputs & pulumi.Inputs {
  const { stores, pki, iam, network, firewall, interruption, workers } = children;
  return {
    clusterName: pulumi.output(cluster.name),
    region: pulumi.output(cluster.region),
    kubeconfig: children.kubeconfig,
    userKubeconfig: withoutCredentials(cluster, children),
    apiEndpoint: children.endpoint,
    certificateAuthority: pki.certificateAuthority,
    stateStore: urlOf(stores.state),
    discoveryStore: urlOf(stores.discovery),
    issuerUrl: stores.issuer,
    oidcProviderArn: iam.oidcProviderArn,
    vpcId: network.vpcId,
    subnetIds: pulumi.output(network.subnetIds),
    securityGroupIds: pulumi.output({
      controlPlane: firewall.id("controlPlane"),
      nodes: firewall.id("nodes"),
      api: firewall.id("api"),
    }),
    controlPlaneRoleArn: iam.roleArn("controlPlane"),
    nodeRoleArn: iam.roleArn("nodes"),
    nodeInstanceProfile: iam.profileName("nodes"),
    karpenterRoleArn: cluster.karpenter.enabled ? iam.roleArn("kube-system/karpenter") : pulumi.output(""),
    interruptionQueueName: interruption?.queueName ?? pulumi.output(undefined),
    autoscalingGroups: pulumi.output(groupNames(children)),
    nodeupScripts: pulumi.output(workers.nodeupScripts),
    serviceAccountRoleArns: pulumi.output(iam.serviceAccountRoleArns),
  };
}

/** Names of all Auto Scaling groups, by instance group. */
export function groupNames({
  controlPlane,
  bastion,
  cloudGroups,
}: Pick<ClusterChildren, "controlPlane" | "bastion" | "cloudGroups">): Record<string, pulumi.Output<string>> {
  const ofBastion = bastion === undefined ? {} : { [bastionGroupName]: bastion.groupName };
  return { ...controlPlane.groupNames, ...cloudGroups?.groupNames, ...ofBastion };
}

/** Absent where nothing is known of how people get their credentials. */
function withoutCredentials(
  { name: clusterName, kubeconfig: { exec } }: ResolvedCluster,
  { endpoint: server, pki: { certificateAuthority } }: ClusterChildren,
): pulumi.Output<string | undefined> {
  return exec === undefined
    ? pulumi.output(undefined)
    : userKubeconfig({ clusterName, server, certificateAuthority }, exec);
}

/** The address that the kubeconfig names: the load balancer's own, unless the user reaches the API through another. */
export function apiEndpoint(cluster: ResolvedCluster, apiLoadBalancer: ApiLoadBalancer): pulumi.Output<string> {
  return cluster.api.endpoint === undefined
    ? pulumi.interpolate`https://${apiLoadBalancer.dnsName}`
    : pulumi.output(cluster.api.endpoint);
}
