import { describeBadInputs } from "./badInputs";

describeBadInputs("checks of the Amazon VPC CNI", [
  {
    name: "its options without it",
    input: { cni: "none", amazonVPC: { env: [{ name: "WARM_IP_TARGET", value: "5" }] } },
    problems: ['amazonVPC: allowed only when cni is "amazonvpc", got an object; omit it'],
  },
  {
    name: "variables that kOps sets, sets twice, or cannot write",
    input: {
      cni: "amazonvpc",
      amazonVPC: {
        env: [
          { name: "ADDITIONAL_ENI_TAGS", value: "{}" },
          { name: "CLUSTER_NAME", value: "other" },
          { name: "warm-ip-target", value: "5" },
          { name: "WARM_IP_TARGET", value: "5" },
          { name: "WARM_IP_TARGET", value: "6" },
          { name: "NOTE", value: 'a "quoted" word' },
        ],
      },
    },
    problems: [
      'amazonVPC.env[0].name: variable that kOps sets, got "ADDITIONAL_ENI_TAGS"; omit it',
      'amazonVPC.env[1].name: variable that kOps sets, got "CLUSTER_NAME"; omit it',
      'amazonVPC.env[2].name: invalid name of a variable, got "warm-ip-target"; must be letters, digits and _, not starting with a digit',
      'amazonVPC.env[5].value: invalid text, got "a \\"quoted\\" word"; must be text without quotes, backslashes and control characters',
      'amazonVPC.env[4].name: duplicate variable "WARM_IP_TARGET"; first used at amazonVPC.env[3].name',
    ],
  },
  {
    name: "images that are none",
    input: { cni: "amazonvpc", amazonVPC: { image: "https://example.com/cni", initImage: "a b" } },
    problems: [
      'amazonVPC.image: invalid image, got "https://example.com/cni"; must be an image such as registry.example.com/path/name:tag',
      'amazonVPC.initImage: invalid image, got "a b"; must be an image such as registry.example.com/path/name:tag',
    ],
  },
  {
    name: "grace periods that kOps sets to zero",
    input: {
      cni: "amazonvpc",
      clusterSpec: {
        kubelet: { shutdownGracePeriod: "60s", shutdownGracePeriodCriticalPods: "10s" },
        masterKubelet: { shutdownGracePeriod: "60s" },
      },
    },
    problems: [
      'clusterSpec.kubelet.shutdownGracePeriod: allowed only when cni is not "amazonvpc", got "60s"; omit it',
      'clusterSpec.kubelet.shutdownGracePeriodCriticalPods: allowed only when cni is not "amazonvpc", got "10s"; omit it',
      'clusterSpec.masterKubelet.shutdownGracePeriod: allowed only when cni is not "amazonvpc", got "60s"; omit it',
    ],
  },
  {
    name: "services in the VPC, where pods may be",
    input: {
      cni: "amazonvpc",
      network: { nonMasqueradeCidr: "172.20.0.0/16", serviceCidr: "172.20.64.0/20" },
    },
    problems: [
      'network.cidr: overlaps the addresses of pods and services, got "172.20.0.0/16"; must be outside 172.20.64.0/20',
    ],
  },
]);
