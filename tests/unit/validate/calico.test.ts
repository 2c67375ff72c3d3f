import { describeBadInputs } from "./badInputs";

describeBadInputs("checks of Calico's options", [
  {
    name: "options of Calico without Calico",
    input: { calico: { mtu: 8981 } },
    problems: ['calico: allowed only when cni is "calico", got an object; omit it'],
  },
  {
    name: "an encapsulation that kOps overwrites",
    input: { cni: "calico", calico: { encapsulationMode: "vxlan" } },
    problems: ['calico.encapsulationMode: unknown value, got "vxlan"; must be one of "ipip"'],
  },
  {
    name: "no encapsulation across subnets, and packets that EC2 would drop",
    input: {
      zones: ["us-east-1a", "us-east-1b"],
      cni: "calico",
      calico: { ipipMode: "Never", awsSrcDstCheck: "Enable" },
    },
    problems: [
      'calico.ipipMode: cannot route between the subnets "us-east-1a", "us-east-1b", got "Never"; needs all nodes in one',
      'calico.awsSrcDstCheck: allowed only when calico.ipipMode is "Always", got "Enable"; omit it',
    ],
  },
  {
    name: "values out of their form",
    input: {
      cni: "calico",
      calico: {
        version: "3.31",
        registry: "https://quay.io",
        cpuRequest: "1000m",
        mtu: 9002,
        ipv4AutoDetectionMethod: "can-reach=example.com",
        logSeverityScreen: "loud",
        prometheusMetricsPort: 65_536,
        typhaReplicas: -1,
      },
    },
    problems: [
      'calico.version: invalid version, got "3.31"; must be the tag of its images, such as v3.31.3',
      'calico.registry: invalid registry, got "https://quay.io"; must be a host with an optional port and path, without a scheme or trailing slash',
      'calico.cpuRequest: invalid CPU request, got "1000m"; must be whole cores or, if it is no multiple of 1000m, millicores, such as 2 or 50m',
      "calico.mtu: out of range, got 9002; must be between 576 and 9001",
      'calico.ipv4AutoDetectionMethod: invalid detection method, got "can-reach=example.com"; must be first-found, can-reach= with an IPv4 address, or interface= or skip-interface= with regular expressions separated by commas',
      'calico.logSeverityScreen: invalid log level, got "loud"; must be one of debug, info, warning, error and fatal',
      "calico.prometheusMetricsPort: out of range, got 65536; must be between 1 and 65535",
      "calico.typhaReplicas: out of range, got -1; must be at least 0",
    ],
  },
  {
    name: "a regular expression that is none",
    input: { cni: "calico", calico: { ipv4AutoDetectionMethod: "interface=eth0,(" } },
    problems: [
      'calico.ipv4AutoDetectionMethod: invalid detection method, got "interface=eth0,("; must be first-found, can-reach= with an IPv4 address, or interface= or skip-interface= with regular expressions separated by commas',
    ],
  },
  {
    name: "settings of kube-proxy where the eBPF data plane takes its place",
    input: { cni: "calico", calico: { bpfEnabled: true }, clusterSpec: { kubeProxy: { conntrackMin: 1024 } } },
    problems: [
      "clusterSpec.kubeProxy: allowed only when the CNI does not take the place of kube-proxy, got an object; omit it",
    ],
  },
]);
