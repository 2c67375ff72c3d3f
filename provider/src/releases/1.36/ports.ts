/** Ports that the cluster's own services listen on (kops v1.36.2 pkg/wellknownports/wellknownports.go:19). */
export const ports = {
  ssh: 22,
  kubeApiServer: 443,
  kopsChannelsHealthCheck: 3986,
  kopsController: 3988,
  kubeApiServerHealthCheck: 3990,
  ciliumPrometheus: 9090,
} as const;

/** The ports of each etcd cluster (kops v1.36.2 pkg/model/components/etcdmanager/model.go:807). */
export const etcdPorts = {
  main: { client: 4001, peer: 2380, grpc: 3996, quarantinedClient: 3994 },
  events: { client: 4002, peer: 2381, grpc: 3997, quarantinedClient: 3995 },
} as const;
