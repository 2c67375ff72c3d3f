/** The Amazon VPC CNI (upup/models/cloudup/resources/addons/networking.amazon-vpc-routed-eni/k8s-1.16.yaml.template). */
import type { KopsRelease } from "../release";
import { versions } from "./versions.gen";

export const amazonVpc: KopsRelease["addons"]["amazonVpc"] = {
  version: versions.amazonVpcCni,
  // upup/pkg/fi/cloudup/template_functions.go:305
  env: {
    AWS_VPC_CNI_NODE_PORT_SUPPORT: "true",
    AWS_VPC_ENI_MTU: "9001",
    AWS_VPC_K8S_CNI_CONFIGURE_RPFILTER: "false",
    AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "false",
    AWS_VPC_K8S_CNI_EXTERNALSNAT: "false",
    AWS_VPC_K8S_CNI_LOG_FILE: "/host/var/log/aws-routed-eni/ipamd.log",
    AWS_VPC_K8S_CNI_LOGLEVEL: "DEBUG",
    AWS_VPC_K8S_CNI_RANDOMIZESNAT: "prng",
    AWS_VPC_K8S_CNI_VETHPREFIX: "eni",
    AWS_VPC_K8S_PLUGIN_LOG_FILE: "/var/log/aws-routed-eni/plugin.log",
    AWS_VPC_K8S_PLUGIN_LOG_LEVEL: "DEBUG",
    DISABLE_INTROSPECTION: "false",
    DISABLE_METRICS: "false",
    DISABLE_NETWORK_RESOURCE_PROVISIONING: "false",
    ENABLE_POD_ENI: "false",
    ENABLE_PREFIX_DELEGATION: "false",
    ENABLE_SUBNET_DISCOVERY: "true",
    NETWORK_POLICY_ENFORCING_MODE: "standard",
    WARM_ENI_TARGET: "1",
    WARM_PREFIX_TARGET: "1",
  },
  // k8s-1.16.yaml.template:335
  settings: {
    "branch-eni-cooldown": "60",
    "enable-network-policy-controller": "false",
    "enable-windows-ipam": "false",
    "enable-windows-prefix-delegation": "false",
    "minimum-ip-target": "3",
    "warm-ip-target": "1",
    "warm-prefix-target": "0",
  },
  ports: { metrics: 61678, agentMetrics: 8162, agentHealth: 8163, grpc: 50051 },
};
