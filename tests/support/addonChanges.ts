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
