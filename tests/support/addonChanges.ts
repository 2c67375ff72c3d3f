/** Examples of changes of the options of the Amazon VPC CNI. */
export const amazonVpcChanges: Readonly<Record<string, readonly [from: unknown, to: unknown]>> = {
  env: [[], [{ name: "ENABLE_PREFIX_DELEGATION", value: "true" }]],
  image: [undefined, "registry.example.com/amazon-k8s-cni:v1.21.3"],
  initImage: [undefined, "registry.example.com/amazon-k8s-cni-init:v1.21.3"],
  networkPolicyAgentImage: [undefined, "registry.example.com/aws-network-policy-agent:v1.3.3"],
};

/** Examples of changes of the addons in `clusterSpec`. */
export const addonChanges: Readonly<Record<string, readonly [from: unknown, to: unknown]>> = {
  cloudControllerManager: [{}, { logLevel: 4 }],
  nodeProblemDetector: [{}, { enabled: true }],
  nodeTerminationHandler: [{ enabled: false }, {}],
  kubeDNS: [{}, { nodeLocalDNS: { enabled: true } }],
  authentication: [{}, { aws: {} }],
  podIdentityWebhook: [{ enabled: true }, { enabled: true, replicas: 3 }],
  metricsServer: [{}, { enabled: true, insecure: true }],
  awsLoadBalancerController: [{ enabled: true }, { enabled: true, enableWAFv2: true }],
  certManager: [{ enabled: true }, { enabled: true, featureGates: { NameConstraints: true } }],
  snapshotController: [{}, { enabled: true }],
};
