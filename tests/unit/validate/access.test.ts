import { describeBadInputs } from "./badInputs";

describeBadInputs("checks of access, tags, mirrors, the controller and roles", [
  {
    name: "DNS without a zone",
    input: { dns: { type: "private" } },
    problems: ["dns.zone: missing beside dns.type, got none; must be the domain or the id of a hosted zone"],
  },
  {
    name: "a zone of another domain",
    input: { dns: { type: "private", zone: "xample.com" } },
    problems: ['dns.zone: not above the cluster\'s name, got "xample.com"; must be a domain of "c.example.com"'],
  },
  {
    name: "a hosted zone without DNS",
    input: { dns: { zone: "example.com" } },
    problems: ['dns.zone: hosted zone without DNS, got "example.com"; leave it out, or set dns.type'],
  },
  {
    name: "an API endpoint without TLS",
    input: { api: { endpoint: "http://localhost:6443" } },
    problems: [
      'api.endpoint: not an API address, got "http://localhost:6443"; must be https:// with a host, and perhaps a port',
    ],
  },
  {
    name: "an API access list with an address",
    input: { api: { access: ["203.0.113.7"] } },
    problems: ['api.access[0]: not an address range, got "203.0.113.7"; did you mean "203.0.113.7/32"?'],
  },
  {
    name: "an API access list with bits beyond a prefix",
    input: { api: { access: ["10.1.2.3/8", "2001:db8::1/32"] } },
    problems: [
      'api.access[0]: has bits beyond its prefix, got "10.1.2.3/8"; did you mean "10.0.0.0/8"?',
      'api.access[1]: has bits beyond its prefix, got "2001:db8::1/32"; must be zero behind the first 32 bits',
    ],
  },
  {
    name: "an access list with nonsense",
    input: { sshAccess: ["anywhere", "10.0.0.0/33", "::g/0"] },
    problems: [
      'sshAccess[0]: not an address range, got "anywhere"; must be an IPv4 or IPv6 range such as 10.0.0.0/8, or a prefix list (pl-…)',
      'sshAccess[1]: not an address range, got "10.0.0.0/33"; must be an IPv4 or IPv6 range such as 10.0.0.0/8, or a prefix list (pl-…)',
      'sshAccess[2]: not an address range, got "::g/0"; must be an IPv6 range such as 2001:db8::/32',
    ],
  },
  {
    name: "an access range given twice",
    input: { sshAccess: ["10.0.0.0/8", "10.0.0.0/8"] },
    problems: ['sshAccess[1]: given twice, got "10.0.0.0/8"; it is already in sshAccess[0]'],
  },
  {
    name: "a private key for the public one",
    input: { sshPublicKey: "-----BEGIN OPENSSH PRIVATE KEY-----" },
    problems: [
      "sshPublicKey: not an OpenSSH public key; must be one line that starts with ssh-rsa or ssh-ed25519, as EC2 takes it",
    ],
  },
  {
    name: "an ECDSA key",
    input: { sshPublicKey: "ecdsa-sha2-nistp256 AAAAE2VjZHNh me" },
    problems: [
      "sshPublicKey: not an OpenSSH public key; must be one line that starts with ssh-rsa or ssh-ed25519, as EC2 takes it",
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
      'tags["a*b"]: not a tag key, got "a*b"; must be 1 to 128 letters, digits, spaces and _ . : / = + - @',
      'tags.team: not a tag value, got "a;b"; must be at most 256 letters, digits, spaces and _ . : / = + - @',
    ],
  },
  {
    name: "too many tags",
    input: { tags: Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`t${index}`, ""])) },
    problems: ["tags: too many tags, got 41; must be at most 40, since AWS takes 50 with kOps's own"],
  },
  {
    name: "a mirror without a scheme",
    input: { assets: { fileRepository: "mirror.example.com/files" } },
    problems: [
      'assets.fileRepository: not a URL, got "mirror.example.com/files"; must be http:// or https:// with a host',
    ],
  },
  {
    name: "a registry with a scheme",
    input: { assets: { containerRegistry: "https://registry.example.com" } },
    problems: [
      'assets.containerRegistry: not a registry, got "https://registry.example.com"; must be a host with an optional port and path, without a scheme or a slash at its end',
    ],
  },
  {
    name: "times out of range",
    input: { readiness: { timeoutSeconds: 0 }, kubeconfig: { lifetimeHours: 87601 } },
    problems: [
      "readiness.timeoutSeconds: out of range, got 0; must be 1 or more",
      "kubeconfig.lifetimeHours: out of range, got 87601; must be 1 to 87600, ten years",
    ],
  },
  {
    name: "a chart with a scheme of its own",
    input: { karpenter: { chart: "https://charts.example.com/karpenter" } },
    problems: [
      'karpenter.chart: not a chart, got "https://charts.example.com/karpenter"; must be an OCI reference without a tag, as in oci://host/path, or a local path',
    ],
  },
  {
    name: "controller numbers that are none",
    input: { karpenter: { replicas: 0, resources: { requests: { cpu: "lots" } } } },
    problems: [
      "karpenter.replicas: out of range, got 0; must be 1 or more",
      'karpenter.resources.requests.cpu: not a quantity, got "lots"; must be a Kubernetes quantity such as 500m, 2 or 1Gi',
    ],
  },
  {
    name: "StaticCapacity switched off under a static group",
    input: { karpenter: { featureGates: { StaticCapacity: false } }, nodeGroups: { fixed: { minSize: 2 } } },
    problems: [
      "karpenter.featureGates.StaticCapacity: needed by a static pool, got false; must be true or left out while a group has minSize or a pool has replicas",
    ],
  },
  {
    name: "a role without a policy",
    input: { serviceAccountRoles: [{ namespace: "default", name: "app" }] },
    problems: [
      "serviceAccountRoles[0]: role without a policy, got neither policyArns nor inlinePolicy; must have one of them",
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
      "serviceAccountRoles[0]: role with both kinds of policy, got policyArns and inlinePolicy; must have one of them, as kOps wants it",
    ],
  },
  {
    name: "a role of kOps's own",
    input: {
      serviceAccountRoles: [{ namespace: "kube-system", name: "karpenter", policyArns: ["arn:aws:iam::aws:policy/X"] }],
    },
    problems: [
      'serviceAccountRoles[0]: service account of the cluster\'s own, got "kube-system/karpenter"; must be one of your workloads',
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
      'serviceAccountRoles[1].policyArns[0]: not a policy, got "X"; must be the ARN of a policy such as arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
      'serviceAccountRoles[1]: service account given twice, got "a/b"; serviceAccountRoles[0] has a role for it',
    ],
  },
  {
    name: "an inline policy that is not JSON",
    input: { serviceAccountRoles: [{ namespace: "a", name: "b", inlinePolicy: "Statement: []" }] },
    problems: [
      'serviceAccountRoles[0].inlinePolicy: not a usable policy, got "Statement: []"; must be a policy document in JSON: an object with Version and Statement',
    ],
  },
  {
    name: "an inline policy without statements",
    input: { serviceAccountRoles: [{ namespace: "a", name: "b", inlinePolicy: "[]" }] },
    problems: [
      'serviceAccountRoles[0].inlinePolicy: not a usable policy, got "[]"; must be a policy document in JSON: an object with Version and Statement',
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
      'serviceAccountRoles[0].namespace: not a namespace, got "Default"; must be at most 63 lower-case letters, digits and -, starting and ending with a letter or digit',
      'serviceAccountRoles[0].name: not a service account\'s name, got "App"; must be lower-case letters, digits, - and ., starting and ending with a letter or digit',
    ],
  },
  {
    name: "kOps's files of another release",
    input: { assets: { kopsBaseUrl: "https://mirror.example.com/kops/1.35.0/" } },
    problems: ['assets.kopsBaseUrl: other release, got "https://mirror.example.com/kops/1.35.0/"; must end in /1.36.2'],
  },
  {
    name: "credentials in a URL",
    input: { assets: { kopsBaseUrl: "https://me:hunter2@mirror.example.com/kops?x" } },
    problems: [
      'assets.kopsBaseUrl: not a URL, got "https://…@mirror.example.com/kops?x"; must be http:// or https:// with a host',
    ],
  },
]);
