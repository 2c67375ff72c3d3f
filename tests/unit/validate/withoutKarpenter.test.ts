/** Inputs of a cluster whose workers are all in Auto Scaling groups. */
import { describeBadInputs } from "./badInputs";

describeBadInputs("checks of clusters without Karpenter", [
  {
    name: "what is said of Karpenter, and a group of Karpenter's",
    input: {
      karpenter: { enabled: false, replicas: 2 },
      nodeGroups: { web: { manager: "Karpenter" }, site: { nodePools: { site: {} } } },
    },
    problems: [
      "nodeGroups.site.nodePools: allowed only with manager Karpenter, got an object; omit it: the group has no Karpenter objects; set labels, taints, instanceTypes and maxSize on the group",
      "karpenter.replicas: conflicts with karpenter.enabled false, got 2; omit it",
      'nodeGroups.web.manager: conflicts with karpenter.enabled false, got "Karpenter"; must be "CloudGroup" or omitted',
    ],
  },
  {
    name: "a node termination handler beside Karpenter",
    input: { clusterSpec: { nodeTerminationHandler: { taintNode: true } } },
    problems: [
      "clusterSpec.nodeTerminationHandler: not available with Karpenter, got an object; omit it, since Karpenter drains its nodes itself; or set karpenter.enabled to false",
    ],
  },
  {
    name: "a node termination handler without its queue, and one that only listens",
    input: {
      karpenter: { enabled: false },
      clusterSpec: {
        nodeTerminationHandler: { enableSQSTerminationDraining: false, enableRebalanceMonitoring: true },
      },
    },
    problems: [
      "clusterSpec.nodeTerminationHandler.enableSQSTerminationDraining: not available here, got false; must be true or omitted, since the handler reads a queue and not the metadata of its instance",
      "clusterSpec.nodeTerminationHandler.enableRebalanceDraining: required by enableRebalanceMonitoring, got nothing; must be true, since the handler acts on what it hears",
    ],
  },
]);
