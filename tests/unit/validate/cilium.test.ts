import { describeBadInputs } from "./badInputs";

describeBadInputs("checks of Cilium's options", [
  {
    name: "options of Cilium without Cilium",
    input: { cni: "none", cilium: { tunnel: "geneve" } },
    problems: ['cilium: allowed only when cni is "cilium", got an object; omit it'],
  },
  {
    name: "another minor version, and a version without v",
    input: { cilium: { version: "v1.17.3" } },
    problems: ['cilium.version: unsupported version, got "v1.17.3"; must be a release of 1.18, such as v1.18.6'],
  },
  {
    name: "requests that kOps would write in another way",
    input: { cilium: { cpuRequest: "1000m", memoryRequest: "1024Mi" } },
    problems: [
      'cilium.cpuRequest: invalid CPU request, got "1000m"; must be whole cores or, if it is no multiple of 1000m, millicores, such as 2 or 50m',
      'cilium.memoryRequest: invalid memory request, got "1024Mi"; must be a number of Ki, Mi or Gi that is no multiple of 1024, such as 256Mi',
    ],
  },
  {
    name: "options without those that they belong to",
    input: {
      cilium: {
        nodeEncryption: true,
        bpfLBSockHostNSOnly: true,
        clusterID: 300,
        enableL7Proxy: false,
        gatewayAPI: {},
        metrics: ["+cilium_drop_bytes_total"],
      },
    },
    problems: [
      "cilium.nodeEncryption: allowed only when cilium.encryptionType is set, got true; omit it",
      "cilium.bpfLBSockHostNSOnly: allowed only when cilium.bpfLBSock is true, got true; omit it",
      "cilium.clusterID: allowed only when cilium.clusterName is set, got 300; omit it",
      "cilium.gatewayAPI: allowed only when cilium.enableL7Proxy is not false, got an object; omit it",
      "cilium.metrics: allowed only when cilium.enablePrometheusMetrics is true, got a list; omit it",
      "cilium.clusterID: out of range, got 300; must be between 1 and 255",
    ],
  },
  {
    name: "texts that the manifest cannot hold",
    input: {
      cilium: {
        hubble: { metrics: ["two words"] },
        clusterName: "east.one",
        identityChangeGracePeriod: "5",
        ingress: { defaultLoadBalancerMode: "dedicated", sharedLoadBalancerServiceName: "lb" },
        agentPodAnnotations: { "a b": 'say "x"' },
        extraConfig: { "9": "x" },
      },
    },
    problems: [
      'cilium.hubble.metrics[0]: invalid metric, got "two words"; must be a name with its options, without spaces, such as drop or httpV2:exemplars=true',
      'cilium.identityChangeGracePeriod: invalid duration, got "5"; must be a duration such as 5s or 1m30s',
      'cilium.clusterName: invalid name in a mesh, got "east.one"; must be at most 32 lowercase letters, digits and -, starting and ending with a letter or digit',
      'cilium.ingress.sharedLoadBalancerServiceName: allowed only when cilium.ingress.defaultLoadBalancerMode is not "dedicated", got "lb"; omit it',
      'cilium.agentPodAnnotations["a b"]: invalid annotation key, got "a b"; must be a Kubernetes name: at most 63 letters, digits, -, _ and ., with an optional DNS prefix and /',
      'cilium.agentPodAnnotations["a b"]: invalid text, got "say \\"x\\""; must be text without quotes, backslashes and control characters',
      'cilium.extraConfig.9: invalid key of a config map, got "9"; must be letters, digits, -, _ and ., starting with a letter',
    ],
  },
]);
