import { expect } from "chai";

import { readInputs } from "../../../provider/src/validate/inputs";
import { minimal, output, problemsOf } from "./badInputs";

const good: Readonly<Record<string, Record<string, unknown>>> = {
  "the smallest inputs": {},
  "null and undefined for what is optional": { tags: null, nodeGroups: undefined, api: { endpoint: null } },
  "outputs where values may come late": {
    stateStore: output("s3://a"),
    discoveryStore: output("s3://b"),
    stateStoreAccess: { endpoint: output("http://x"), accessKeyId: output("a"), secretAccessKey: output("b") },
    sshPublicKey: output("ssh-rsa AAAA"),
    api: { endpoint: output("https://x") },
    controlPlane: { additionalSecurityGroupIds: [output("sg-1"), "sg-2"] },
    nodeGroups: {
      a: {
        rootVolume: { kmsKeyArn: output("arn") },
        volumes: [{ deviceName: "/dev/sdf", snapshotId: output("snap-1"), kmsKeyArn: output("arn") }],
        capacityReservationSelectorTerms: [{ id: output("cr-1") }],
        placementGroupSelector: { name: output("close") },
        nodePools: { a: { capacityTypes: ["reserved"] } },
      },
    },
    serviceAccountRoles: [{ namespace: "a", name: "b", policyArns: [output("arn")] }],
  },
  "three zones with three control planes": {
    zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
    controlPlane: { zones: ["us-east-1a", "us-east-1b", "us-east-1c"] },
  },
  "China and GovCloud zones": { zones: ["cn-north-1a", "cn-north-1b"] },
  "every supported Kubernetes minor version": { kubernetesVersion: "1.34.8", karpenter: { version: "1.6.0" } },
  "the newest Kubernetes": { kubernetesVersion: "1.36.1", karpenter: { version: "1.14.1" } },
  "stores with prefixes": { stateStore: "s3://bucket.with.dots/a/b", discoveryStore: "s3://bucket/oidc/" },
  "subnets of one's own": {
    zones: ["us-east-1a", "us-east-1b"],
    network: {
      cidr: "10.0.0.0/20",
      subnets: [
        { zone: "us-east-1a", cidr: "10.0.0.0/24" },
        { name: "b", zone: "us-east-1b", type: "Public" },
      ],
    },
  },
  "access lists of every kind": { api: { access: ["10.0.0.0/8", "2001:db8::/32", "pl-0123abcd"] }, sshAccess: [] },
  "no DNS": { dns: { type: "none" } },
  "public DNS": { dns: { type: "public", zone: "example.com." } },
  "private DNS": { dns: { type: "private", zone: "example.com" } },
  "a zone by its id": { dns: { type: "private", zone: "Z0123456789ABC" } },
  "a private topology": {
    network: { topology: "private", natGateways: "single", bastion: { instanceType: "t3.small" } },
    api: { loadBalancer: "internal" },
  },
  "an existing VPC with its subnets": {
    network: {
      vpcId: "vpc-0123456789abcdef0",
      cidr: "10.0.0.0/16",
      subnets: [{ zone: "us-east-1a", cidr: "10.0.1.0/24", id: "subnet-0123456789abcdef0" }],
    },
  },
  "private subnets of one's own": {
    network: {
      topology: "private",
      subnets: [
        { zone: "us-east-1a", cidr: "172.20.64.0/18" },
        { zone: "us-east-1a", cidr: "172.20.0.0/22", type: "Utility" },
      ],
    },
  },
  "images in every form": {
    nodeGroups: { a: { images: ["ami-0123456789abcdef0", "ssm:/a/b", "my-image", "099720109477/ubuntu/*", "self/x"] } },
  },
  "GPU types in a group of their own": { nodeGroups: { gpu: { instanceTypes: ["g5.xlarge", "p3.2xlarge"] }, cpu: {} } },
  "volumes at their limits": {
    controlPlane: { etcdVolume: { type: "io2", size: 100, iops: 50000 }, rootVolume: { type: "gp2", size: 16384 } },
    nodeGroups: {
      a: {
        rootVolume: { size: 59000, iops: 8000, throughput: 2000 },
        volumes: [{ deviceName: "xvdcz", type: "io1", size: 16384, iops: 64000 }],
      },
    },
  },
  "a full pool": {
    nodeGroups: {
      a: {
        nodePools: {
          spot: {
            architectures: ["arm64"],
            capacityTypes: ["spot"],
            requirements: [
              { key: "karpenter.k8s.aws/instance-category", operator: "In", values: ["c", "m"], minValues: 2 },
              { key: "karpenter.k8s.aws/instance-cpu", operator: "Gt", values: ["3"] },
              { key: "topology.kubernetes.io/zone", operator: "Exists" },
            ],
            labels: { "example.com/pool": "spot" },
            startupTaints: [{ key: "example.com/agent", effect: "NoExecute" }],
            limits: { cpu: "1000", memory: "1000Gi", nodes: "50" },
            weight: 100,
            disruption: {
              consolidationPolicy: "WhenEmpty",
              consolidateAfter: "1h30m",
              budgets: [
                { nodes: "0", schedule: "0 9 * * mon-fri", duration: "8h", reasons: ["Drifted"] },
                { nodes: "100%" },
              ],
            },
            expireAfter: "Never",
            terminationGracePeriod: "48h",
          },
          fixed: { replicas: 0, limits: { nodes: "3" } },
        },
      },
    },
  },
  "a kubelet with everything": {
    nodeGroups: {
      a: {
        kubelet: {
          maxPods: 50,
          systemReserved: { cpu: "100m", memory: "100Mi", "ephemeral-storage": "1Gi" },
          kubeReserved: { pid: "100" },
          evictionHard: "memory.available<5%,nodefs.available<10%",
          evictionSoft: "memory.available<300Mi",
          evictionSoftGracePeriod: "memory.available=1m30s",
          evictionMaxPodGracePeriod: 60,
          imageGCHighThresholdPercent: 70,
          imageGCLowThresholdPercent: 60,
          cpuManagerPolicy: "static",
          topologyManagerPolicy: "best-effort",
          featureGates: { ImageVolume: "true" },
        },
      },
    },
  },
  "what Karpenter 1.15 brings": {
    karpenter: { version: "1.15.1" },
    nodeGroups: {
      a: {
        enclaveOptions: { enabled: true },
        nodePools: {
          a: { disruption: { consolidationPolicy: "Balanced", budgets: [{ nodes: "0", reasons: ["Unhealthy"] }] } },
        },
      },
    },
  },
  "what only a later Karpenter has, where the component installs none": {
    karpenter: { install: false },
    nodeGroups: { a: { enclaveOptions: { enabled: true } } },
  },
  "an SSH key with a comment and a newline": { sshPublicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGR3 me@host\n" },
  "charts by reference and by path": {
    karpenter: { chart: "oci://registry.example.com/karpenter", crdChart: "./charts/crd" },
  },
  "chart values of any kind": {
    karpenter: { values: { settings: { batchIdleDuration: "2s", list: [1, output(2)] } } },
  },
};

describe("good inputs", () => {
  for (const [name, input] of Object.entries(good)) {
    it(`takes ${name}, and resolves it`, () => {
      const { cluster, problems } = readInputs({ ...minimal, ...input });
      expect(problems).to.equal(undefined);
      expect(cluster?.name).to.equal("c.example.com");
    });
  }

  it("come back as given, but without what is null", () => {
    const input = { ...minimal, tags: { team: "web" }, api: { access: ["10.0.0.0/8"], endpoint: null } };
    expect(readInputs(input).cluster?.declared).to.deep.equal({
      ...minimal,
      tags: { team: "web" },
      api: { access: ["10.0.0.0/8"] },
    });
  });
});

describe("several problems", () => {
  const bad = {
    clusterName: "Bad",
    zone: ["us-east-1a"],
    cni: "flannel",
    kubernetesVersion: "1.2.3",
    nodeGroups: {
      b: { instanceTypes: ["m7g.large", "m7i.large"], nodePools: { x: { weight: 0 } } },
      a: { rootVolume: { size: 2 }, minSize: "3" },
    },
    tags: { Name: "x" },
  };
  const expected = [
    'cni: unknown value, got "flannel"; must be one of "amazonvpc", "cilium", "calico", "kindnet", "none"',
    'nodeGroups.a.minSize: wrong type, got "3"; must be an integer',
    'zone: unknown key "zone"; did you mean "zones"?',
    'clusterName: invalid DNS name, got "Bad"; must be a DNS name such as prod.example.com: lowercase letters, digits, - and ., starting and ending with a letter or digit',
    'kubernetesVersion: unsupported Kubernetes version with kOps 1.36.2, got "1.2.3"; must be a patch release of 1.34, 1.35, 1.36, such as 1.35.5',
    "nodeGroups.a.rootVolume.size: out of range, got 2; must be between 8 and 59000 GiB for type gp3",
    'nodeGroups.b.instanceTypes: several architectures, got "m7g.large", "m7i.large"; must be all amd64 or all arm64; use a group for each',
    "nodeGroups.b.nodePools.x.weight: out of range, got 0; must be between 1 and 100",
    'tags.Name: reserved tag key, got "Name"; the component sets it to tie resources to the cluster',
  ];

  it("are reported together, structure first", () => {
    expect(problemsOf(bad)).to.deep.equal(expected);
  });

  it("come in the same order whatever the order of the keys", () => {
    expect(problemsOf(reversed(bad))).to.deep.equal(expected);
  });

  it("do not hide each other in a list with an unusable element", () => {
    expect(problemsOf({ zones: [1, "us-east-1", "us-east-1a"] })).to.deep.equal([
      "zones[0]: wrong type, got 1; must be a string",
      'zones[1]: invalid availability zone, got "us-east-1"; must be a region and a letter, as in us-east-1a',
    ]);
  });

  it("never show a secret", () => {
    const secret = "wJalrXUtnFEMI";
    const access = { endpoint: `ftp://user:${secret}@host`, accessKeyId: "", secretAccessKey: [secret], region: "!" };
    const messages = problemsOf({ stateStoreAccess: access, sshPublicKey: `-----BEGIN ${secret}` }).join("\n");
    expect(messages).to.contain("stateStoreAccess.secretAccessKey").and.contain("sshPublicKey");
    expect(messages).to.not.contain(secret);
  });

  it("are no more than what is wrong: keys from a prototype and odd names do no harm", () => {
    expect(problemsOf(JSON.parse('{"nodeGroups": {"__proto__": {}}, "constructor": 1}'))).to.deep.equal([
      'constructor: unknown key "constructor"; must be one of "clusterName", "zones", "kubernetesVersion", "kopsVersion", "stateStore", "discoveryStore", "stateStoreAccess", "network", "dns", "cni", "amazonVPC", "cilium", "calico", "api", "controlPlane", "nodeGroups", "karpenter", "serviceAccountRoles", "sshPublicKey", "sshAccess", "tags", "assets", "preflight", "readiness", "rollingUpdate", "clusterSpec", "encryptionConfig", "pki", "kopsMetadata", "kubeconfig", "acknowledge", "deletionProtection", "retain"',
      'nodeGroups.__proto__: invalid group name, got "__proto__"; must be lowercase letters, digits, - and ., starting and ending with a letter or digit',
    ]);
  });
});

describe("a thousand groups", () => {
  const groups = (count: number): Record<string, unknown> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `group-${index}`,
        {
          instanceTypes: ["m7g.large", "c7g.large"],
          labels: { team: "web" },
          taints: [{ key: "web", effect: "NoSchedule" }],
          nodePools: { [`pool-${index}`]: { limits: { cpu: "10" } }, [`spot-${index}`]: { weight: 2 } },
        },
      ]),
    );

  it("are read, resolved and judged: the subnet has no room for their tags", () => {
    expect(problemsOf({ ...minimal, nodeGroups: groups(1000) })).to.deep.equal([
      'nodeGroups: too many groups in subnet "us-east-1a", got 1000; must be at most 44, since AWS allows 50 tags on a subnet and each group needs one',
    ]);
  });
});

function reversed(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}
