/** Random values for what is given in kOps's own terms, as its API has them: a section's fields, theirs, and so on down. */
import { specFields, specType, type SpecScalar, type SpecType } from "../../provider/src/model/spec/types";
import { releaseOf } from "../../provider/src/resolve/release";
import { clusterVerdicts } from "../../provider/src/validate/spec/clusterVerdicts";
import { controlPlaneVerdicts, nodeGroupVerdicts } from "../../provider/src/validate/spec/groupVerdicts";
import { verdictOf, type Verdicts } from "../../provider/src/validate/spec/verdict";

const facts = releaseOf(undefined).spec;

/** Values with a meaning, right ones and wrong ones, by the name of the field. */
const meant: Readonly<Record<string, readonly unknown[]>> = {
  additionalSans: [["api.example.com", "203.0.113.1"], [""], ["a b"]],
  address: ["/run/containerd/containerd.sock", "x"],
  auditPolicyFile: ["/srv/kubernetes/audit/policy.yaml"],
  auditWebhookConfigFile: ["/srv/kubernetes/audit/webhook.yaml", "/etc/webhook.yaml"],
  auditWebhookMode: ["batch", "blocking", "x"],
  before: [["kubelet.service"]],
  bindAddress: ["0.0.0.0", "::", "x"],
  cidrAllocatorType: ["RangeAllocator", "CloudAllocator"],
  clusterDNS: ["100.64.0.10", "x"],
  command: [["true"], ["sh", "-c", "echo é"]],
  configAdditions: [{ 'plugins."io.containerd.grpc.v1.cri".x': 5 }, { a: "b" }, { a: 2 ** 40 }],
  configOverride: ["version = 2\n", "no toml"],
  content: ["text\n", "d29yaw==", ""],
  cpuManagerPolicy: ["none", "static", "x"],
  device: ["/dev/nvme1n1", "xvdb", ""],
  disableAdmissionPlugins: [["NamespaceLifecycle"], ["Nope"]],
  enforceNodeAllocatable: ["pods", "pods,kube-reserved", "x"],
  etcdClusters: [[{ name: "main", cpuRequest: "1" }], [{ name: "cilium" }], [{}], [{ name: "main", version: "3.6.0" }]],
  evictionHard: ["memory.available<5%", "x"],
  featureGates: [{ SomeGate: "true" }, { SomeGate: "x" }, { "a b": "false" }],
  filesystem: ["ext4", "xfs", "btrfs", "ntfs", ""],
  goawayChance: ["0.001", "2", "x"],
  hairpinMode: ["promiscuous-bridge", "none", "x"],
  hostnameOverride: ["@aws", "x"],
  image: ["busybox", ""],
  ipvsExcludeCidrs: [["10.0.0.0/8"], ["10.0.0.1"], ["x"]],
  kubeReserved: [{ cpu: "100m" }, { x: "1" }, { cpu: "x" }],
  listenMetricsURLs: [["http://127.0.0.1:8081"], ["x"]],
  logFormat: ["json", "text", "xml"],
  manifest: ["Type=oneshot\nExecStart=/bin/true\n", ""],
  memorySwapBehavior: ["LimitedSwap", "UnlimitedSwap", "NoSwap", "x"],
  metricsBindAddress: ["0.0.0.0", "x"],
  mode: ["0644", "9", "rw"],
  name: ["main", "events", "a.service", "GOMEMLIMIT", ""],
  oidcIssuerURL: ["https://issuer.example.com", "http://issuer.example.com", "https://"],
  oidcRequiredClaim: [["a=b"], ["a"], ["="]],
  path: ["/etc/file", "relative", ""],
  podCIDR: ["10.0.0.0/24", "x"],
  proxyMode: ["iptables", "ipvs", "nftables", "x"],
  registryMirrors: [{ "docker.io": ["https://mirror.example.com"] }, { "*": ["x"] }, { "": [] }],
  roles: [["Node"], ["ControlPlane", "Node"], ["Master"], ["Bastion"], ["x"], []],
  runtimeConfig: [{ "batch/v2alpha1": "true" }, { x: "" }],
  sandboxImage: ["registry.k8s.io/pause:3.9", "a b"],
  serviceNodePortRange: ["20000-22000", "22000-20000", "0-99999", "30000", "30000+10"],
  sysctlParameters: [["vm.swappiness=1"], ["vm.swappiness"], ["a = b"], ["=1"]],
  systemReserved: [{ cpu: "100m", memory: "1Gi" }, { pid: "100" }],
  tlsCipherSuites: [["TLS_AES_128_GCM_SHA256"], ["x"]],
  tlsMinVersion: ["VersionTLS12", "x"],
  topologyManagerPolicy: ["none", "single-numa-node", "x"],
  updatePolicy: ["automatic", "external", "x"],
  version: ["3.6.0", "3.5.21", "4.0.0", "v3.6.10", "x"],
  watchCacheSizes: [["pods#100"], ["x"]],
};

const scalars: Readonly<Record<SpecScalar, readonly unknown[]>> = {
  string: ["x", "", "a b", "true", "1", "é\n", "a: b", "{{ x }}"],
  bool: [true, false],
  int: [0, 1, 5, 100, -1, 255, 256, 65536, 2 ** 31 - 1, 2 ** 31, 2 ** 40],
  int16: [0, 1, -1, 32767, 32768],
  int32: [0, 1, 5, 100, -1, 65536, 2 ** 31 - 1, 2 ** 31, 2 ** 40],
  uint8: [0, 1, 255, 256, -1],
  uint32: [0, 1, 2 ** 32 - 1, 2 ** 32, -1],
  number: [0, 0.5, 1, -1],
  duration: ["1m", "0s", "1h30m", "90s", "1.5h", "-5s", "3000000h", "x"],
  quantity: ["100m", "1Gi", "0", "0.5", "-1", "1e3", "99999Ei", "x"],
  intOrString: [1, "50%", 2 ** 31],
  any: [{}, "x", 1],
};

/** The inputs that take kOps's specs. */
export const kopsSections: readonly string[] = ["clusterSpec", "instanceGroupSpec"];
const verdictsOf: Readonly<Record<string, readonly Verdicts[]>> = {
  ClusterSpec: [clusterVerdicts],
  InstanceGroupSpec: [controlPlaneVerdicts, nodeGroupVerdicts],
};

/** Whether a type of the schema is a spec of kOps; it has the same name there. */
export function isInKopsTerms(type: string): boolean {
  return Object.hasOwn(verdictsOf, type);
}

/** One or two sections of a spec, with a few fields each. */
export function randomKopsSpec(type: string, random: () => number): Readonly<Record<string, unknown>> {
  const verdicts = pick(random, verdictsOf[type] ?? []);
  const sections = carriedFields(type, { verdicts, place: "" });
  const chosen = Array.from({ length: 1 + Math.floor(random() * 2) }, () => pick(random, sections));
  return Object.fromEntries(chosen.map((each) => fieldOf(type, each, { verdicts, place: "" }, random)));
}

interface Place {
  readonly verdicts: Verdicts;
  /** In the spec; empty at its top. */
  readonly place: string;
}

function carriedFields(type: string, { verdicts, place }: Place): readonly string[] {
  return Object.keys(specFields(facts, type)).filter(
    (field) => verdictOf(below(place, field), verdicts).kind === "carried",
  );
}

function below(place: string, field: string): string {
  return place === "" ? field : `${place}.${field}`;
}

function fieldOf(type: string, field: string, { verdicts, place }: Place, random: () => number) {
  const fieldType = specType(specFields(facts, type)[field] ?? "any");
  return [field, valueOf(field, fieldType, { verdicts, place: below(place, field) }, random)] as const;
}

function valueOf(field: string, type: SpecType, where: Place, random: () => number): unknown {
  const known = meant[field];
  if (known !== undefined && type.kind !== "object" && random() < 0.8) return pick(random, known);
  switch (type.kind) {
    case "scalar":
      return pick(random, scalars[type.name]);
    case "list":
      return Array.from({ length: Math.floor(random() * 3) }, () => valueOf(field, type.element, where, random));
    case "map":
      return Object.fromEntries(
        ["a", "b/c"].slice(Math.floor(random() * 3)).map((key) => [key, valueOf(field, type.element, where, random)]),
      );
    case "object": {
      const fields = carriedFields(type.name, where);
      return Object.fromEntries(
        fields
          .filter(() => random() < Math.min(0.6, 3 / fields.length))
          .map((each) => fieldOf(type.name, each, where, random)),
      );
    }
  }
}

function pick<T>(random: () => number, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)] as T;
}
