import { describeBadInputs } from "./badInputs";

describeBadInputs("checks of access, tags, mirrors, the controller and roles", [
  {
    name: "an acknowledgement of nothing, of what is refused, and of a misspelt input",
    input: {
      acknowledge: [
        "nodeGroups.web",
        'nodeGroups["web.v2"].nodePools.spot',
        "colour",
        "clusterName",
        "network.topolgy",
      ],
    },
    problems: [
      'acknowledge[2]: not an input whose change needs acknowledgement, got "colour"; must be one of "zones", "kubernetesVersion", "stateStore.keys", "cni", "cilium.tunnel", "cilium.clusterName", "cilium.clusterID", "calico.bpfEnabled", "network.cidr", "network.topology", "network.subnets", "network.clusterDomain", "dns.type", "api.loadBalancer", "controlPlane.zones", "nodeGroups.*", "nodeGroups.*.manager", "nodeGroups.*.minSize", "nodeGroups.*.nodeClassName", "nodeGroups.*.nodePools.*", "nodeGroups.*.nodePools.*.replicas", "karpenter.enabled", "karpenter.install", "karpenter.version", "pki.keysets.*.primary", "pki.keysets.*.keys.*.distrustTimestamp", "encryptionConfig", "clusterSpec.podIdentityWebhook", "clusterSpec.certManager", "clusterSpec.awsLoadBalancerController"',
      'acknowledge[3]: change that is refused, got "clusterName"; an acknowledgement does not let it through',
      'acknowledge[4]: not an input whose change needs acknowledgement, got "network.topolgy"; did you mean "network.topology"?',
    ],
  },
  {
    name: "DNS without a zone",
    input: { dns: { type: "private" } },
    problems: ['dns.zone: required when dns.type is "private"; must be the domain or id of a hosted zone'],
  },
  {
    name: "a zone of another domain",
    input: { dns: { type: "private", zone: "xample.com" } },
    problems: [
      'dns.zone: not a domain of the cluster, got "xample.com"; must be a parent domain of the cluster name "c.example.com"',
    ],
  },
  {
    name: "a hosted zone without DNS",
    input: { dns: { zone: "example.com" } },
    problems: ['dns.zone: allowed only when dns.type is "public" or "private", got "example.com"; omit it'],
  },
  {
    name: "an API endpoint without TLS",
    input: { api: { endpoint: "http://localhost:6443" } },
    problems: [
      'api.endpoint: invalid API endpoint, got "http://localhost:6443"; must be https:// with a host, and optionally a port',
    ],
  },
  {
    name: "an API access list with an address",
    input: { api: { access: ["203.0.113.7"] } },
    problems: ['api.access[0]: invalid address range, got "203.0.113.7"; did you mean "203.0.113.7/32"?'],
  },
  {
    name: "an API access list with bits beyond a prefix",
    input: { api: { access: ["10.1.2.3/8", "2001:db8::1/32"] } },
    problems: [
      'api.access[0]: has bits beyond its prefix, got "10.1.2.3/8"; did you mean "10.0.0.0/8"?',
      'api.access[1]: has bits beyond its prefix, got "2001:db8::1/32"; must be zero after the first 32 bits',
    ],
  },
  {
    name: "an access list with nonsense",
    input: { sshAccess: ["anywhere", "10.0.0.0/33", "::g/0"] },
    problems: [
      'sshAccess[0]: invalid address range, got "anywhere"; must be an IPv4 or IPv6 range such as 10.0.0.0/8, or a prefix list (pl-…)',
      'sshAccess[1]: invalid address range, got "10.0.0.0/33"; must be an IPv4 or IPv6 range such as 10.0.0.0/8, or a prefix list (pl-…)',
      'sshAccess[2]: invalid address range, got "::g/0"; must be an IPv6 range such as 2001:db8::/32',
    ],
  },
  {
    name: "an access range given twice",
    input: { sshAccess: ["10.0.0.0/8", "10.0.0.0/8"] },
    problems: ['sshAccess[1]: duplicate value "10.0.0.0/8"; first used at sshAccess[0]'],
  },
  {
    name: "a private key for the public one",
    input: { sshPublicKey: "-----BEGIN OPENSSH PRIVATE KEY-----" },
    problems: [
      "sshPublicKey: invalid OpenSSH public key; must be one line that starts with ssh-rsa or ssh-ed25519, as EC2 requires",
    ],
  },
  {
    name: "an ECDSA key",
    input: { sshPublicKey: "ecdsa-sha2-nistp256 AAAAE2VjZHNh me" },
    problems: [
      "sshPublicKey: invalid OpenSSH public key; must be one line that starts with ssh-rsa or ssh-ed25519, as EC2 requires",
    ],
  },
  {
    name: "reserved tags",
    input: { tags: { Name: "x", KubernetesCluster: "y", "kops.k8s.io/instancegroup": "z", "aws:cloudformation": "q" } },
    problems: [
      'tags.KubernetesCluster: reserved tag key, got "KubernetesCluster"; the component sets it to tie resources to the cluster',
      'tags.Name: reserved tag key, got "Name"; the component sets it to tie resources to the cluster',
      'tags["aws:cloudformation"]: reserved tag key, got "aws:cloudformation"; must not start with aws:',
      'tags["kops.k8s.io/instancegroup"]: reserved tag key, got "kops.k8s.io/instancegroup"; the component sets it to tie resources to the cluster',
    ],
  },
  {
    name: "Karpenter's tags",
    input: { tags: { "karpenter.sh/nodepool": "a", "eks:eks-cluster-name": "b", "kubernetes.io/cluster-x": "c" } },
    problems: [
      'tags["eks:eks-cluster-name"]: reserved tag key, got "eks:eks-cluster-name"; Karpenter sets it',
      'tags["karpenter.sh/nodepool"]: reserved tag key, got "karpenter.sh/nodepool"; Karpenter sets it',
      'tags["kubernetes.io/cluster-x"]: reserved tag key, got "kubernetes.io/cluster-x"; Karpenter sets it',
    ],
  },
  {
    name: "tags with bad characters",
    input: { tags: { "a*b": "1", team: "a;b" } },
    problems: [
      'tags["a*b"]: invalid tag key, got "a*b"; must be 1 to 128 letters, digits, spaces and _ . : / = + - @',
      'tags.team: invalid tag value, got "a;b"; must be at most 256 letters, digits, spaces and _ . : / = + - @',
    ],
  },
  {
    name: "too many tags",
    input: { tags: Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`t${index}`, ""])) },
    problems: ["tags: too many tags, got 41; must be at most 40, because AWS allows 50 and kOps sets its own"],
  },
  {
    name: "a mirror without a scheme",
    input: { assets: { fileRepository: "mirror.example.com/files" } },
    problems: [
      'assets.fileRepository: invalid URL, got "mirror.example.com/files"; must be http:// or https:// with a host, and optionally a port and path',
    ],
  },
  {
    name: "a registry with a scheme",
    input: { assets: { containerRegistry: "https://registry.example.com" } },
    problems: [
      'assets.containerRegistry: invalid registry, got "https://registry.example.com"; must be a host with an optional port and path, without a scheme or trailing slash',
    ],
  },
  {
    name: "times out of range",
    input: { readiness: { timeoutSeconds: 0, validationTimeoutSeconds: -1 }, kubeconfig: { lifetimeHours: 87601 } },
    problems: [
      "readiness.timeoutSeconds: out of range, got 0; must be at least 1",
      "readiness.validationTimeoutSeconds: out of range, got -1; must be at least 0",
      "kubeconfig.lifetimeHours: out of range, got 87601; must be between 1 and 87600 hours (ten years)",
    ],
  },
  {
    name: "a credential plugin that no kubectl would start",
    input: { kubeconfig: { exec: { command: "", apiVersion: "v1" } } },
    problems: [
      'kubeconfig.exec.command: empty, got ""; must be a program',
      'kubeconfig.exec.apiVersion: unknown value, got "v1"; must be one of "client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"',
    ],
  },
  {
    name: "a chart with a scheme of its own",
    input: { karpenter: { chart: "https://charts.example.com/karpenter" } },
    problems: [
      'karpenter.chart: invalid chart, got "https://charts.example.com/karpenter"; must be an OCI reference without a tag, as in oci://host/path, or a local path',
    ],
  },
  {
    name: "controller numbers that are none",
    input: { karpenter: { replicas: 0, resources: { requests: { cpu: "lots" } } } },
    problems: [
      "karpenter.replicas: out of range, got 0; must be at least 1",
      'karpenter.resources.requests.cpu: invalid quantity, got "lots"; must be a Kubernetes quantity such as 500m, 2 or 1Gi',
    ],
  },
  {
    name: "StaticCapacity switched off under a static group",
    input: { karpenter: { featureGates: { StaticCapacity: false } }, nodeGroups: { fixed: { minSize: 2 } } },
    problems: [
      "karpenter.featureGates.StaticCapacity: required by a static pool, got false; must be true or omitted while a group has minSize or a pool has replicas",
    ],
  },
  {
    name: "a role without a policy",
    input: { serviceAccountRoles: [{ namespace: "default", name: "app" }] },
    problems: [
      "serviceAccountRoles[0]: role without a policy, got neither policyArns nor inlinePolicy; set one of them",
    ],
  },
  {
    name: "a role with both kinds of policy",
    input: {
      serviceAccountRoles: [
        {
          namespace: "default",
          name: "app",
          policyArns: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"],
          inlinePolicy: '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}',
        },
      ],
    },
    problems: [
      "serviceAccountRoles[0]: conflicting policies, got policyArns and inlinePolicy; set only one, as kOps requires",
    ],
  },
  {
    name: "a role of kOps's own",
    input: {
      serviceAccountRoles: [{ namespace: "kube-system", name: "karpenter", policyArns: ["arn:aws:iam::aws:policy/X"] }],
    },
    problems: [
      'serviceAccountRoles[0]: service account of the cluster itself, got "kube-system/karpenter"; must be one of your workloads',
    ],
  },
  {
    name: "roles for one account",
    input: {
      serviceAccountRoles: [
        { namespace: "a", name: "b", policyArns: ["arn:aws:iam::aws:policy/X"] },
        { namespace: "a", name: "b", policyArns: ["X"] },
      ],
    },
    problems: [
      'serviceAccountRoles[1].policyArns[0]: invalid policy ARN, got "X"; must be the ARN of a policy such as arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
      'serviceAccountRoles[1]: duplicate service account "a/b"; first used at serviceAccountRoles[0]',
    ],
  },
  {
    name: "an inline policy that is not JSON",
    input: { serviceAccountRoles: [{ namespace: "a", name: "b", inlinePolicy: "Statement: []" }] },
    problems: [
      'serviceAccountRoles[0].inlinePolicy: invalid policy, got "Statement: []"; must be a policy document in JSON: an object with Version and Statement',
    ],
  },
  {
    name: "an inline policy without statements",
    input: { serviceAccountRoles: [{ namespace: "a", name: "b", inlinePolicy: "[]" }] },
    problems: [
      'serviceAccountRoles[0].inlinePolicy: invalid policy, got "[]"; must be a policy document in JSON: an object with Version and Statement',
    ],
  },
  {
    name: "an account with capitals",
    input: {
      serviceAccountRoles: [
        {
          namespace: "Default",
          name: "App",
          inlinePolicy: '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}',
        },
      ],
    },
    problems: [
      'serviceAccountRoles[0].namespace: invalid namespace, got "Default"; must be at most 63 lowercase letters, digits and -, starting and ending with a letter or digit',
      'serviceAccountRoles[0].name: invalid service account name, got "App"; must be lowercase letters, digits, - and ., starting and ending with a letter or digit',
    ],
  },
  {
    name: "kOps's files of another release",
    input: { assets: { kopsBaseUrl: "https://mirror.example.com/kops/1.35.0/" } },
    problems: [
      'assets.kopsBaseUrl: files of another kOps release, got "https://mirror.example.com/kops/1.35.0/"; must end in /1.36.2',
    ],
  },
  {
    name: "credentials in a URL",
    input: { assets: { kopsBaseUrl: "https://me:hunter2@mirror.example.com/kops?x" } },
    problems: [
      'assets.kopsBaseUrl: invalid URL, got "https://…@mirror.example.com/kops?x"; must be http:// or https:// with a host, and optionally a port and path',
    ],
  },
  {
    name: "an SSH key with a control character in its comment",
    input: { sshPublicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGR3 me\u0007" },
    problems: [
      "sshPublicKey: invalid OpenSSH public key; must be one line that starts with ssh-rsa or ssh-ed25519, as EC2 requires",
    ],
  },
  {
    name: "more policies than IAM attaches to a role",
    input: {
      serviceAccountRoles: [
        {
          namespace: "a",
          name: "b",
          policyArns: Array.from({ length: 21 }, (_, index) => `arn:aws:iam::aws:policy/P${index}`),
        },
      ],
    },
    problems: ["serviceAccountRoles[0].policyArns: too many policies, got 21; must be at most 20"],
  },
  {
    name: "conditions of a policy that are none",
    input: {
      serviceAccountRoles: ["null", "[]", '{"StringEquals": 1}', '{"StringEquals": {"aws:tag": null}}'].map(
        (condition, index) => ({
          namespace: "a",
          name: `b${index}`,
          inlinePolicy: `{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":${condition}}]}`,
        }),
      ),
    },
    problems: Array.from(
      { length: 4 },
      (_, index) =>
        `serviceAccountRoles[${index}].inlinePolicy: invalid policy, got "{\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"s3:GetObject\\",\\"Resource\\":\\"*\\",\\"Conditio…"; statement 1 must have a Condition of operators, each with keys and their values`,
    ),
  },
]);
