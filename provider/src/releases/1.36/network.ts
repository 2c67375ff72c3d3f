/** pkg/wellknownports/wellknownports.go:19 */
export const ports = {
  ssh: 22,
  kubeApiServer: 443,
  kopsChannelsHealthCheck: 3986,
  kopsController: 3988,
  nodeLocalDnsHealthCheck: 3989,
  kubeApiServerHealthCheck: 3990,
  ciliumPrometheus: 9090,
} as const;

/** pkg/model/components/etcdmanager/model.go:807 */
export const etcdPorts = {
  main: { client: 4001, peer: 2380, grpc: 3996, quarantinedClient: 3994 },
  events: { client: 4002, peer: 2381, grpc: 3997, quarantinedClient: 3995 },
} as const;

export const network = {
  /** upup/pkg/fi/cloudup/defaults.go:38 */
  nonMasqueradeCidr: "100.64.0.0/10",
  /** upup/pkg/fi/cloudup/populate_cluster_spec.go:403 */
  serviceClusterIpRange: "100.64.0.0/13",
  /** upup/pkg/fi/cloudup/populate_cluster_spec.go:376 */
  podCidr: "100.96.0.0/11",
  /** pkg/model/components/defaults.go:33 */
  clusterDomain: "cluster.local",
  /** pkg/model/components/kubedns.go:95 */
  nodeLocalDnsAddress: "169.254.20.10",
  /** pkg/model/context.go:397 */
  nodePorts: { first: 30000, last: 32767 },
  /** From TEST-NET-3: upup/pkg/fi/cloudup/dns.go:35. */
  placeholderRecord: { address: "203.0.113.123", ttl: 10 },
  /** pkg/model/awsmodel/api_loadbalancer.go:331 */
  targetGroups: {
    deregistrationDelay: 30,
    healthCheckInterval: 10,
    healthyThreshold: 2,
    unhealthyThreshold: 2,
    kopsControllerHealthPath: "/healthz",
  },
} as const;
