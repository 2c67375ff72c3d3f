/** AWS's controller of load balancers: application ones for Ingresses, network ones for Services. */
import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";
import { grant, type PolicyDocument } from "../../model/policyDocument";
import type { AddonFacts, ChannelAddon } from "../addon";
import { definitionsOf } from "../definitions";
import { object, type KubernetesObject } from "../objects/builders";
import { account, apiGroup, clusterScoped } from "./names";
import { permissions } from "./rbac";
import { controllerSettings, hasLoadBalancerController } from "./settings";
import { certificate, webhooks } from "./webhooks";
import { webhooksService, workload } from "./workload";

const addonName = "aws-load-balancer-controller.addons.k8s.io";
const ingressClass = "alb";

export const loadBalancerController: ChannelAddon = {
  name: addonName,
  condition: hasLoadBalancerController,
  prunes: true,
  needsPki: () => true,
  needs: () => ["addonDefinitions", "accountId"],
  objects,
  serviceAccount: { ...account, condition: hasLoadBalancerController, policy },
};

function objects(cluster: UnwrappedCluster, facts: AddonFacts): readonly KubernetesObject[] {
  return [
    ...definitionsOf(addonName, facts),
    ...permissions(cluster),
    webhooksService(cluster),
    workload(cluster, facts),
    ...certificate(cluster),
    object(`${apiGroup}/v1beta1`, "IngressClassParams", clusterScoped(cluster, ingressClass), {}),
    object("networking.k8s.io/v1", "IngressClass", clusterScoped(cluster, ingressClass), {
      spec: { controller: "ingress.k8s.aws/alb" },
    }),
    ...webhooks(cluster),
  ];
}

function policy(cluster: ResolvedCluster): PolicyDocument {
  const { waf, wafv2, shield, ...usual } = cluster.release.iam.loadBalancerControllerActions;
  const { enableWAF, enableWAFv2, enableShield } = controllerSettings(cluster);
  return grant(cluster, {
    ...usual,
    unconditional: [
      ...usual.unconditional,
      ...(enableWAF === true ? waf : []),
      ...(enableWAFv2 === true ? wafv2 : []),
      ...(enableShield === true ? shield : []),
    ],
  });
}
