/** What is given in kOps's own terms: names, types, and an answer for every field. */
import { expect } from "chai";
import { releaseOf } from "../../../provider/src/resolve/release";
import { clusterVerdicts } from "../../../provider/src/validate/spec/clusterVerdicts";
import { controlPlaneVerdicts, nodeGroupVerdicts } from "../../../provider/src/validate/spec/groupVerdicts";
import { objection, verdictOf, type Verdicts } from "../../../provider/src/validate/spec/verdict";
import { schemaShape } from "../../../provider/src/schema/shape.gen";
import { describeBadInputs, output, problemsOf } from "./badInputs";

const { types } = releaseOf(undefined).spec;

/** The path of every field, through lists and maps as well; types that hold themselves end where they repeat. */
function pathsOf(type: string, prefix = "", above: readonly string[] = []): readonly string[] {
  return Object.entries(types[type] ?? {}).flatMap(([field, text]) => {
    const path = `${prefix}${field}`;
    const inner = /#(\w+)$/.exec(text)?.[1];
    const deeper = inner !== undefined && !above.includes(inner);
    return [path, ...(deeper ? pathsOf(inner, `${path}.`, [...above, inner]) : [])];
  });
}

const specs: readonly (readonly [type: string, input: string, verdicts: Verdicts])[] = [
  ["ClusterSpec", "ClusterSpec", clusterVerdicts],
  ["InstanceGroupSpec", "InstanceGroupSpec", controlPlaneVerdicts],
  ["InstanceGroupSpec", "InstanceGroupSpec", nodeGroupVerdicts],
];

describe("the fields of kOps's spec", () => {
  for (const [index, [type, input, verdicts]] of specs.entries()) {
    const paths = pathsOf(type);

    it(`have an answer each (${type} ${String(index)})`, () => {
      expect(paths.length).to.be.greaterThan(200);
      for (const path of paths) expect(() => verdictOf(path, verdicts), path).not.to.throw();
    });

    it(`are those that answers name (${type} ${String(index)})`, () => {
      expect(Object.keys(verdicts).filter((path) => !paths.includes(path))).to.deep.equal([]);
    });

    it(`at the top are inputs where they are available (${type} ${String(index)})`, () => {
      const available = Object.keys(types[type]!).filter(
        (field) => objection(verdictOf(field, verdicts)) === undefined,
      );
      expect(Object.keys(schemaShape.objects[input]!).sort()).to.deep.equal(available.sort());
    });
  }
});

const notHere = (path: string, got: string, why: string) => `${path}: not available here, got ${got}; ${why}`;

describeBadInputs("checks of what is given in kOps's terms", [
  {
    name: "fields that kOps does not have",
    input: { clusterSpec: { kubeAPIServer: { auditLogPth: "/a" }, kubeApiServer: {} } },
    problems: [
      'clusterSpec.kubeApiServer: unknown key "kubeApiServer"; did you mean "kubeAPIServer"?',
      'clusterSpec.kubeAPIServer.auditLogPth: unknown key "auditLogPth"; did you mean "auditLogPath"?',
    ],
  },
  {
    name: "values of another type",
    input: {
      clusterSpec: {
        kubeAPIServer: {
          auditLogMaxAge: "10",
          enableProfiling: "no",
          eventTTL: "1 hour",
          featureGates: { A: true },
          memoryRequest: 100,
          tlsCipherSuites: "TLS_AES_128_GCM_SHA256",
        },
        kubeScheduler: { leaderElection: "on" },
        containerd: { registryMirrors: ["docker.io"] },
        kubeDNS: { tolerations: ["x"] },
      },
    },
    problems: [
      "clusterSpec.containerd.registryMirrors: wrong type, got a list; must be a map",
      'clusterSpec.kubeAPIServer.auditLogMaxAge: wrong type, got "10"; must be an integer',
      'clusterSpec.kubeAPIServer.enableProfiling: wrong type, got "no"; must be a boolean',
      'clusterSpec.kubeAPIServer.eventTTL: wrong type, got "1 hour"; must be a duration, as in "1h30m"',
      "clusterSpec.kubeAPIServer.featureGates.A: wrong type, got true; must be a string",
      'clusterSpec.kubeAPIServer.memoryRequest: wrong type, got 100; must be a quantity, as in "100m" or "2Gi"',
      'clusterSpec.kubeAPIServer.tlsCipherSuites: wrong type, got "TLS_AES_128_GCM_SHA256"; must be a list',
      'clusterSpec.kubeDNS.tolerations[0]: wrong type, got "x"; must be an object',
      'clusterSpec.kubeScheduler.leaderElection: wrong type, got "on"; must be an object',
    ],
  },
  {
    name: "fields that have an input, and fields that the component cannot follow",
    input: {
      clusterSpec: {
        topology: { dns: { type: "None" } },
        containerd: { version: "2.0.0" },
        kubelet: { maxPods: 50, nodeLabels: { a: "b" } },
        etcdClusters: [{ name: "main", etcdMembers: [] }],
      },
      controlPlane: { instanceGroupSpec: { machineType: "m6i.large" } },
      nodeGroups: { web: { instanceGroupSpec: { kubelet: { maxPods: 50 }, maxPrice: "1" } } },
    },
    problems: [
      notHere("controlPlane.instanceGroupSpec.machineType", '"m6i.large"', "set controlPlane.instanceType instead"),
      notHere("nodeGroups.web.instanceGroupSpec.maxPrice", '"1"', "set nodeGroups.*.cloudGroup.maxPrice instead"),
      notHere("clusterSpec.topology", "an object", "set network.topology, network.bastion or dns.type instead"),
      notHere(
        "clusterSpec.containerd.version",
        '"2.0.0"',
        "kopsVersion decides which files nodes download, and their hashes",
      ),
      notHere(
        "clusterSpec.etcdClusters[0].etcdMembers",
        "a list",
        "set controlPlane.zones or controlPlane.etcdVolume instead",
      ),
      notHere("clusterSpec.kubelet.maxPods", "50", "set nodeGroups.*.kubelet instead"),
      notHere("clusterSpec.kubelet.nodeLabels", "an object", "set nodeGroups.*.labels instead"),
      notHere("nodeGroups.web.instanceGroupSpec.kubelet.maxPods", "50", "set nodeGroups.*.kubelet.maxPods instead"),
    ],
  },
  {
    name: "policies that kOps or AWS would reject, and those of a bastion that is not there",
    input: {
      clusterSpec: {
        additionalPolicies: {
          bastion: JSON.stringify([{ Effect: "Allow", Action: "ec2:DescribeTags", Resource: "*" }]),
          master: "[]",
          node: '{"Statement": []}',
          workers: JSON.stringify([{ Effect: "Grant", Action: "ec2:DescribeTags", Resource: "*" }]),
        },
        externalPolicies: {
          master: ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/ReadOnlyAccess"],
          node: ["ReadOnlyAccess"],
        },
        iam: { permissionsBoundary: "arn:aws:iam::123456789012:role/boundary", legacy: true },
      },
    },
    problems: [
      notHere("clusterSpec.iam.legacy", "true", "the component decides it"),
      'clusterSpec.additionalPolicies.bastion: allowed only when network.bastion is set, got "[{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"ec2:DescribeTags\\",\\"Resource\\":\\"*\\"}]"; omit it',
      'clusterSpec.additionalPolicies.master: invalid policy, got "[]"; must have at least one statement',
      'clusterSpec.additionalPolicies.node: invalid policy, got "{\\"Statement\\": []}"; must be a list of statements in JSON',
      'clusterSpec.additionalPolicies.workers: unknown role, got "workers"; must be one of "master", "node", "bastion"',
      'clusterSpec.additionalPolicies.workers: invalid policy, got "[{\\"Effect\\":\\"Grant\\",\\"Action\\":\\"ec2:DescribeTags\\",\\"Resource\\":\\"*\\"}]"; statement 1 must have the Effect Allow or Deny',
      'clusterSpec.externalPolicies.master[1]: duplicate value "arn:aws:iam::aws:policy/ReadOnlyAccess"; first used at clusterSpec.externalPolicies.master[0]',
      'clusterSpec.externalPolicies.node[0]: invalid policy ARN, got "ReadOnlyAccess"; must be the ARN of a policy such as arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
      'clusterSpec.iam.permissionsBoundary: invalid policy ARN, got "arn:aws:iam::123456789012:role/boundary"; must be the ARN of a policy such as arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
    ],
  },
  {
    name: "ways to the cluster and out of it that kOps or AWS would reject",
    input: {
      sshPublicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINBkgiAiz4SWQh12zPkGCLi0UlT/DLws8b9aekDJQY96",
      clusterSpec: {
        api: {
          loadBalancer: {
            additionalSecurityGroups: ["sg-0123456789abcdef0", "sg-0123456789abcdef0", "own"],
            crossZoneLoadBalancing: false,
            type: "Internal",
          },
        },
        egressProxy: { httpProxy: { host: "http://proxy.example.com", port: 0 }, excludes: "a, b" },
        kubeAPIServer: { serviceNodePortRange: output("31000-32000") },
        nodePortAccess: ["10.0.0.0"],
        sshKeyName: "own-key",
      },
    },
    problems: [
      notHere("clusterSpec.api.loadBalancer.type", '"Internal"', "set api.loadBalancer instead"),
      'clusterSpec.api.loadBalancer.additionalSecurityGroups[2]: invalid security group id, got "own"; must be an id such as sg-0123456789abcdef0',
      'clusterSpec.api.loadBalancer.additionalSecurityGroups[1]: duplicate value "sg-0123456789abcdef0"; first used at clusterSpec.api.loadBalancer.additionalSecurityGroups[0]',
      'clusterSpec.api.loadBalancer.crossZoneLoadBalancing: required without DNS, got false; must be true unless dns.type is "public" or "private"',
      'clusterSpec.nodePortAccess[0]: invalid address range, got "10.0.0.0"; did you mean "10.0.0.0/32"?',
      "clusterSpec.kubeAPIServer.serviceNodePortRange: must be a plain value, not an output",
      'clusterSpec.sshKeyName: conflicts with sshPublicKey, got "own-key"; set only one',
      'clusterSpec.egressProxy.httpProxy.host: invalid host, got "http://proxy.example.com"; must be a host name or an address, without http://',
      "clusterSpec.egressProxy.httpProxy.port: out of range, got 0; must be between 1 and 65535",
      'clusterSpec.egressProxy.excludes: invalid list, got "a, b"; must be hosts and ranges, separated by commas',
    ],
  },
  {
    name: "a proxy without a host, a key pair without a name, and outputs where the component plans with the values",
    input: {
      clusterSpec: {
        api: { loadBalancer: { additionalSecurityGroups: output(["sg-0123456789abcdef0"]) } },
        egressProxy: { excludes: "example.org" },
        sshKeyName: "",
      },
    },
    problems: [
      "clusterSpec.api.loadBalancer.additionalSecurityGroups: must be a plain value, not an output",
      'clusterSpec.sshKeyName: empty name, got ""; must be the name of an EC2 key pair',
      "clusterSpec.egressProxy.httpProxy.host: required, got nothing; must be a host name or an address",
    ],
  },
  {
    name: "what kOps's own validation would reject",
    input: {
      clusterSpec: {
        updatePolicy: "Automatic",
        fileAssets: [{ name: "a", roles: ["Master"] }],
        hooks: [
          { name: "a", manifest: "" },
          { useRawManifest: true, manifest: "x", before: ["y"] },
          { execContainer: {} },
        ],
        sysctlParameters: ["vm.swappiness"],
        containerd: { nri: { enabled: true } },
        kubelet: { shutdownGracePeriodCriticalPods: "10s" },
        kubeAPIServer: {
          auditWebhookConfigFile: "/a",
          authenticationConfigFile: "/b",
          oidcIssuerURL: "http://a.example.com",
          oidcRequiredClaim: ["a"],
          serviceNodePortRange: "30000",
        },
        kubeProxy: {},
        etcdClusters: [{ name: "main", version: "3.5.1" }, { name: "cilium" }, { name: "main" }],
      },
      nodeGroups: {
        idle: { instanceGroupSpec: { containerd: { nri: { enabled: false } } } },
        web: { instanceGroupSpec: { volumeMounts: [{ device: "/dev/xvdb", filesystem: "ntfs", path: "" }] } },
      },
    },
    problems: [
      'clusterSpec.updatePolicy: unknown value, got "Automatic"; must be one of "automatic", "external"',
      "clusterSpec.containerd.nri.enabled: not available here, got true; kOps needs containerd.version beside it, which kopsVersion decides here",
      "clusterSpec.fileAssets[0].content: required, got nothing; must be a string",
      'clusterSpec.fileAssets[0].roles[0]: unknown role, got "Master"; must be one of "ControlPlane", "Node"',
      "clusterSpec.hooks[0]: nothing to run; set manifest or execContainer",
      "clusterSpec.hooks[1].before: conflicts with useRawManifest, got a list; set only one",
      "clusterSpec.hooks[2].execContainer.image: required, got nothing; must be a string",
      'clusterSpec.sysctlParameters[0]: invalid kernel parameter, got "vm.swappiness"; must be name=value, as in vm.swappiness=1',
      "clusterSpec.kubeProxy: allowed only when the CNI does not take the place of kube-proxy, got an object; omit it",
      "clusterSpec.kubelet.shutdownGracePeriod: required when shutdownGracePeriodCriticalPods is set; must be a duration, which includes that of critical pods",
      "clusterSpec.kubeAPIServer.auditPolicyFile: required when auditWebhookConfigFile is set; must be the path of an audit policy",
      "clusterSpec.kubeAPIServer.oidcClientID: required when oidcIssuerURL is set; must be the client's id at the issuer",
      'clusterSpec.kubeAPIServer.oidcIssuerURL: invalid issuer, got "http://a.example.com"; must start with https://',
      'clusterSpec.kubeAPIServer.oidcRequiredClaim[0]: invalid claim, got "a"; must be claim=value',
      'clusterSpec.kubeAPIServer.authenticationConfigFile: conflicts with oidcIssuerURL, got "/b"; set only one',
      'clusterSpec.kubeAPIServer.serviceNodePortRange: invalid port range, got "30000"; must be first-last, as in 30000-32767',
      'clusterSpec.etcdClusters[1].name: unknown etcd cluster, got "cilium"; must be one of "main", "events"',
      'clusterSpec.etcdClusters[2].name: duplicate etcd cluster "main"; first used at clusterSpec.etcdClusters[0].name',
      'clusterSpec.etcdClusters[0].version: version that etcd-manager cannot run here, got "3.5.1"; must be 3.6.0 to 3.6.12',
      'clusterSpec.etcdClusters: different versions, got "3.5.1 and 3.6.12"; main and events must have the same version',
      "nodeGroups.web.instanceGroupSpec.volumeMounts[0].path: required, got nothing; must be a string",
      'nodeGroups.web.instanceGroupSpec.volumeMounts[0].filesystem: unknown value, got "ntfs"; must be one of "ext4", "xfs"',
    ],
  },
]);

describeBadInputs("checks of what Kubernetes's programs take", [
  {
    name: "numbers that kOps cannot read",
    input: {
      clusterSpec: {
        containerd: { configAdditions: { a: 2 ** 31 } },
        kubeAPIServer: { auditLogMaxAge: 2 ** 31, eventTTL: "2562048h" },
        masterKubelet: { registryPullQPS: -(2 ** 31) - 1 },
      },
    },
    problems: [
      "clusterSpec.containerd.configAdditions.a: out of range, got 2147483648; must be between -2147483648 and 2147483647",
      "clusterSpec.kubeAPIServer.auditLogMaxAge: out of range, got 2147483648; must be between -2147483648 and 2147483647",
      'clusterSpec.kubeAPIServer.eventTTL: wrong type, got "2562048h"; must be a duration, as in "1h30m"',
      "clusterSpec.masterKubelet.registryPullQPS: out of range, got -2147483649; must be between -2147483648 and 2147483647",
    ],
  },
  {
    name: "values that a program does not start with",
    input: {
      cni: "none",
      clusterSpec: {
        kubeAPIServer: {
          auditPolicyFile: "/srv/audit/policy.yaml",
          auditWebhookConfigFile: "/srv/webhook.yaml",
          featureGates: { A: "yes", B: "true" },
          logFormat: "xml",
          serviceNodePortRange: "32767-30000",
          tlsMinVersion: "TLS1.2",
        },
        kubelet: {
          crashLoopBackOffMaxContainerRestartPeriod: "6m",
          memorySwapBehavior: "NoSwap",
          shutdownGracePeriod: "1m",
          shutdownGracePeriodCriticalPods: "90s",
          topologyManagerPolicy: "numa",
        },
        kubeProxy: { ipvsExcludeCidrs: ["10.0.0.1", "2001:db8::/32"], proxyMode: "userspace" },
      },
      nodeGroups: {
        web: { instanceGroupSpec: { kubelet: { memorySwapBehavior: "UnlimitedSwap" } } },
        idle: { instanceGroupSpec: { kubelet: { memorySwapBehavior: "NoSwap" } } },
      },
    },
    problems: [
      'clusterSpec.kubeAPIServer.logFormat: unknown format, got "xml"; must be one of "text", "json"',
      'clusterSpec.kubeAPIServer.tlsMinVersion: unknown version, got "TLS1.2"; must be one of "VersionTLS10", "VersionTLS11", "VersionTLS12", "VersionTLS13"',
      'clusterSpec.kubeAPIServer.featureGates.A: unknown value, got "yes"; must be one of "true", "false"',
      'clusterSpec.kubeProxy.proxyMode: unknown mode, got "userspace"; must be one of "iptables", "ipvs", "nftables"',
      'clusterSpec.kubeProxy.ipvsExcludeCidrs[0]: invalid address range, got "10.0.0.1"; did you mean "10.0.0.1/32"?',
      'clusterSpec.kubelet.topologyManagerPolicy: unknown policy, got "numa"; must be one of "none", "best-effort", "restricted", "single-numa-node"',
      'clusterSpec.kubelet.memorySwapBehavior: unknown behavior, got "NoSwap"; must be one of "LimitedSwap"',
      'clusterSpec.kubelet.shutdownGracePeriodCriticalPods: longer than the whole, got "90s"; must be at most shutdownGracePeriod, 1m',
      'clusterSpec.kubelet.crashLoopBackOffMaxContainerRestartPeriod: out of range, got "6m"; must be between 1s and 300s',
      'clusterSpec.kubeAPIServer.auditWebhookConfigFile: file in another folder, got "/srv/webhook.yaml"; must be in the folder of auditPolicyFile, /srv/audit',
      'clusterSpec.kubeAPIServer.serviceNodePortRange: invalid port range, got "32767-30000"; must be first-last, as in 30000-32767',
      'nodeGroups.web.instanceGroupSpec.kubelet.memorySwapBehavior: unknown behavior, got "UnlimitedSwap"; must be one of "LimitedSwap", "NoSwap"',
    ],
  },
  {
    name: "users of AWS IAM whom the authenticator or the API server would not accept",
    input: {
      clusterSpec: {
        authentication: {
          kopeio: {},
          aws: {
            backendMode: "MountedFile,DynamicFile",
            identityMappings: [
              { arn: "arn:aws:iam::123456789012:group/admins", username: "{{SessionName}}", groups: [] },
              { username: "jo" },
            ],
          },
        },
        kubeAPIServer: { authenticationTokenWebhookConfigFile: "/srv/kubernetes/kube-apiserver/webhook.yaml" },
      },
    },
    problems: [
      notHere(
        "clusterSpec.authentication.kopeio",
        "an object",
        "its addon is an image of 2017, which the component does not render",
      ),
      'clusterSpec.kubeAPIServer.authenticationTokenWebhookConfigFile: conflicts with clusterSpec.authentication.aws, got "/srv/kubernetes/kube-apiserver/webhook.yaml"; set only one',
      'clusterSpec.authentication.aws.backendMode: unknown backend, got "DynamicFile"; must be one of "CRD", "EKSConfigMap", "MountedFile"',
      'clusterSpec.authentication.aws.backendMode: backend without identity mappings, got "MountedFile,DynamicFile"; must include CRD where identityMappings is set',
      "clusterSpec.authentication.aws.identityMappings[0].groups: required, got nothing; must be a list of at least one group",
      'clusterSpec.authentication.aws.identityMappings[0].arn: invalid ARN, got "arn:aws:iam::123456789012:group/admins"; must be the ARN of an IAM role or user, such as arn:aws:iam::123456789012:role/Admin',
      'clusterSpec.authentication.aws.identityMappings[0].username: invalid user name, got "{{SessionName}}"; must be a user name that starts with a letter, without spaces, such as admin:{{SessionName}}',
      "clusterSpec.authentication.aws.identityMappings[1].arn: required, got nothing; must be a string",
      "clusterSpec.authentication.aws.identityMappings[1].groups: required, got nothing; must be a list of at least one group",
    ],
  },
]);

describe("what is given in kOps's terms", () => {
  it("decides which addons there are where it is plain alone", () => {
    expect(problemsOf({ clusterSpec: { authentication: { aws: output({}) } } })).to.deep.equal([
      "clusterSpec.authentication.aws: must be a plain value, not an output",
    ]);
    const mapping = {
      arn: output("arn:aws:iam::123456789012:role/Admin"),
      username: "admin",
      groups: ["system:masters"],
    };
    const aws = { backendMode: "CRD", identityMappings: [mapping] };
    expect(problemsOf({ clusterSpec: { authentication: { aws } } })).to.deep.equal([]);
  });

  it("may be an output in the place of a value", () => {
    const oidcIssuerURL = output("https://issuer.example.com");
    const kubeAPIServer = { oidcIssuerURL, oidcClientID: "kubernetes", tlsCipherSuites: [output("a")] };
    expect(problemsOf({ clusterSpec: { kubeAPIServer } })).to.deep.equal([]);
  });
});

describeBadInputs("checks of encryption in etcd", [
  {
    name: "what is no encryption configuration, without showing it",
    input: { encryptionConfig: "kind: Secret\ndata: hidden" },
    problems: [
      "encryptionConfig: not an encryption configuration, got a string; must be an EncryptionConfiguration of apiserver.config.k8s.io/v1, in YAML or JSON",
    ],
  },
]);

describeBadInputs("checks of the metadata of kOps's objects", [
  {
    name: "no time, no count of edits, and no group of the cluster",
    input: {
      kopsMetadata: {
        cluster: { creationTimestamp: "2026-02-29T12:00:00Z", generation: 0 },
        instanceGroups: { nodes: { creationTimestamp: "2026-03-01" }, bastions: { generation: 1 } },
      },
    },
    problems: [
      'kopsMetadata.cluster.creationTimestamp: invalid time, got "2026-02-29T12:00:00Z"; must be a time in UTC such as 2027-03-01T12:00:00Z',
      "kopsMetadata.cluster.generation: out of range, got 0; must be at least 1",
      'kopsMetadata.instanceGroups.bastions: unknown instance group, got "bastions"; must be one of "control-plane-us-east-1a", "nodes"',
      'kopsMetadata.instanceGroups.nodes.creationTimestamp: invalid time, got "2026-03-01"; must be a time in UTC such as 2027-03-01T12:00:00Z',
    ],
  },
]);
