import { describeBadInputs } from "./badInputs";

describeBadInputs("checks of the cluster as a whole", [
  {
    name: "values of Karpenter's chart that the component owns",
    input: {
      karpenter: {
        values: {
          fullnameOverride: "k",
          serviceAccount: { name: "k", annotations: { a: "b" } },
          settings: {
            batchMaxDuration: "5s",
            clusterEndpoint: "https://k",
            eksControlPlane: true,
            featureGates: { staticCapacity: false },
            interruptionQueue: "https://sqs",
          },
        },
      },
    },
    problems: [
      'karpenter.values.settings.clusterEndpoint: not a value to set, got "https://k"; the component sets it to the internal name of the API',
      "karpenter.values.settings.eksControlPlane: not a value to set, got true; the component sets it to false",
      'karpenter.values.settings.interruptionQueue: not a value to set, got "https://sqs"; the component sets it; see karpenter.interruptionHandling',
      "karpenter.values.settings.featureGates: not a value to set, got an object; set karpenter.featureGates",
      'karpenter.values.serviceAccount.name: not a value to set, got "k"; must be karpenter, which the controller\'s role trusts',
      'karpenter.values.fullnameOverride: not a value to set, got "k"; the name must be karpenter',
    ],
  },
  {
    name: "a cluster name with capitals",
    input: { clusterName: "Prod.example.com" },
    problems: [
      'clusterName: invalid DNS name, got "Prod.example.com"; must be a DNS name such as prod.example.com: lowercase letters, digits, - and ., starting and ending with a letter or digit',
    ],
  },
  {
    name: "a cluster name with one label",
    input: { clusterName: "prod" },
    problems: ['clusterName: only one label, got "prod"; must have at least two, as in prod.example.com'],
  },
  {
    name: "a cluster name with an empty label",
    input: { clusterName: "prod..example.com" },
    problems: [
      'clusterName: invalid DNS name, got "prod..example.com"; must be a DNS name such as prod.example.com: lowercase letters, digits, - and ., starting and ending with a letter or digit',
    ],
  },
  {
    name: "a cluster name that is too long for AWS",
    input: { clusterName: `${"a".repeat(50)}.${"b".repeat(50)}.example.com` },
    problems: [
      "clusterName: too many characters, got 113; must be at most 95, because the names of launch templates contain it",
    ],
  },
  {
    name: "no zones",
    input: { zones: [] },
    problems: ["zones: must not be empty; list at least one availability zone such as us-east-1a"],
  },
  {
    name: "a zone without its letter",
    input: { zones: ["us-east-1"] },
    problems: ['zones[0]: invalid availability zone, got "us-east-1"; must be a region and a letter, as in us-east-1a'],
  },
  {
    name: "a local zone",
    input: { zones: ["us-west-2-lax-1a"] },
    problems: [
      'zones[0]: invalid availability zone, got "us-west-2-lax-1a"; must be a region and a letter, as in us-east-1a',
    ],
  },
  {
    name: "zones of two regions",
    input: { zones: ["us-east-1a", "eu-west-1a"] },
    problems: ['zones[1]: zone of another region, got "eu-west-1a"; must be in region us-east-1, like the other zones'],
  },
  {
    name: "a zone given twice",
    input: { zones: ["us-east-1a", "us-east-1b", "us-east-1a"] },
    problems: ['zones[2]: duplicate value "us-east-1a"; first used at zones[0]'],
  },
  {
    name: "a zone of an isolated region",
    input: { zones: ["us-iso-east-1a"] },
    problems: [
      'zones[0]: zone of an isolated region, got "us-iso-east-1a"; must be in a public, China or GovCloud region',
    ],
  },
  {
    name: "a Kubernetes version that is too old",
    input: { kubernetesVersion: "1.33.4" },
    problems: [
      'kubernetesVersion: unsupported Kubernetes version with kOps 1.36.2, got "1.33.4"; must be a patch release of 1.34, 1.35, 1.36, such as 1.35.5',
    ],
  },
  {
    name: "a Kubernetes version with v",
    input: { kubernetesVersion: "v1.35.5" },
    problems: [
      'kubernetesVersion: unsupported Kubernetes version with kOps 1.36.2, got "v1.35.5"; must be without the v, and a patch release of 1.34, 1.35, 1.36, such as 1.35.5',
    ],
  },
  {
    name: "a Kubernetes version that is too new",
    input: { kubernetesVersion: "1.37.0" },
    problems: [
      'kubernetesVersion: unsupported Kubernetes version with kOps 1.36.2, got "1.37.0"; must be a patch release of 1.34, 1.35, 1.36, such as 1.35.5',
    ],
  },
  {
    name: "a Kubernetes version without its patch",
    input: { kubernetesVersion: "1.35" },
    problems: [
      'kubernetesVersion: unsupported Kubernetes version with kOps 1.36.2, got "1.35"; must be a patch release of 1.34, 1.35, 1.36, such as 1.35.5',
    ],
  },
  {
    name: "a kOps release before 1.34",
    input: { kopsVersion: "1.33.1" },
    problems: [
      'kopsVersion: kOps before 1.34 has the legacy Karpenter integration, got "1.33.1"; must be one of "1.36.2"',
    ],
  },
  {
    name: "an unknown kOps release",
    input: { kopsVersion: "1.36.3" },
    problems: ['kopsVersion: unknown kOps release, got "1.36.3"; must be one of "1.36.2"'],
  },
  {
    name: "a kOps release that is none",
    input: { kopsVersion: "latest" },
    problems: ['kopsVersion: unknown kOps release, got "latest"; must be one of "1.36.2"'],
  },
  {
    name: "legacy Karpenter",
    input: { karpenter: { version: "0.37.0" } },
    problems: ['karpenter.version: legacy Karpenter, got "0.37.0"; must be 1.0 or later, whose API is karpenter.sh/v1'],
  },
  {
    name: "Karpenter too old for Kubernetes 1.34",
    input: { kubernetesVersion: "1.34.8", karpenter: { version: "1.5.0" } },
    problems: ['karpenter.version: too old for Kubernetes 1.34, got "1.5.0"; must be 1.6 or later'],
  },
  {
    name: "Karpenter too old for Kubernetes 1.35",
    input: { karpenter: { version: "1.8.2" } },
    problems: ['karpenter.version: too old for Kubernetes 1.35, got "1.8.2"; must be 1.9 or later'],
  },
  {
    name: "Karpenter too old for Kubernetes 1.36",
    input: { kubernetesVersion: "1.36.1", karpenter: { version: "1.12.9" } },
    problems: ['karpenter.version: too old for Kubernetes 1.36, got "1.12.9"; must be 1.13 or later'],
  },
  {
    name: "a Karpenter version with v",
    input: { karpenter: { version: "v1.13.0" } },
    problems: [
      'karpenter.version: invalid Karpenter version, got "v1.13.0"; must be major.minor.patch without v, as in 1.13.0',
    ],
  },
  {
    name: "a state store with another scheme",
    input: { stateStore: "gs://my-bucket" },
    problems: ['stateStore: invalid store URL, got "gs://my-bucket"; must be s3://<bucket> or s3://<bucket>/<prefix>'],
  },
  {
    name: "a state store with a bad prefix",
    input: { stateStore: "s3://my-bucket/a//b" },
    problems: [
      'stateStore: invalid store URL, got "s3://my-bucket/a//b"; must be s3://<bucket> or s3://<bucket>/<prefix>',
    ],
  },
  {
    name: "a discovery bucket with dots",
    input: { discoveryStore: "s3://oidc.example.com" },
    problems: [
      'discoveryStore: bucket with dots, got "oidc.example.com"; must have no dots, so that its host name matches the certificate of S3',
    ],
  },
  {
    name: "a discovery store inside the state store",
    input: { stateStore: "s3://my-bucket/state", discoveryStore: "s3://my-bucket/state/oidc" },
    problems: [
      'discoveryStore: shares its files with stateStore, got "s3://my-bucket/state/oidc"; must be another bucket or prefix, because it is public',
    ],
  },
  {
    name: "a store endpoint without a scheme",
    input: { stateStoreAccess: { endpoint: "127.0.0.1:5000", accessKeyId: "id", secretAccessKey: "key" } },
    problems: [
      'stateStoreAccess.endpoint: invalid URL, got "127.0.0.1:5000"; must be http:// or https:// with a host, and optionally a port and path',
    ],
  },
  {
    name: "empty store credentials",
    input: { stateStoreAccess: { endpoint: "http://127.0.0.1:5000", accessKeyId: "", secretAccessKey: " " } },
    problems: [
      "stateStoreAccess.accessKeyId: must not be empty; must be the id of an access key",
      "stateStoreAccess.secretAccessKey: must not be empty; must be the secret of the access key",
    ],
  },
  {
    name: "an unknown kOps release, beside what can be judged all the same",
    input: { kopsVersion: "1.99.0", kubernetesVersion: "1.12.0", karpenter: { version: "0.37.0" } },
    problems: [
      'kopsVersion: unknown kOps release, got "1.99.0"; must be one of "1.36.2"',
      'kubernetesVersion: unsupported Kubernetes version, got "1.12.0"; must be a patch release of 1.34, 1.35, 1.36, such as 1.35.5',
      'karpenter.version: legacy Karpenter, got "0.37.0"; must be 1.0 or later, whose API is karpenter.sh/v1',
    ],
  },
  {
    name: "store access that does not fit into scripts",
    input: {
      stateStoreAccess: {
        endpoint: `http://${"h".repeat(600)}`,
        region: "US",
        accessKeyId: "a\nb",
        secretAccessKey: "s".repeat(600),
      },
    },
    problems: [
      'stateStoreAccess.region: invalid region, got "US"; must be at most 64 lowercase letters, digits and -',
      "stateStoreAccess.endpoint: too many characters, got 607; must be at most 512",
      "stateStoreAccess.accessKeyId: has control characters; must be the key alone, on one line",
      "stateStoreAccess.secretAccessKey: too many characters, got 600; must be at most 512",
    ],
  },
  {
    name: "ports out of bounds",
    input: { api: { endpoint: "https://localhost:70000" }, assets: { containerRegistry: "registry:0" } },
    problems: [
      'api.endpoint: invalid API endpoint, got "https://localhost:70000"; must be https:// with a host, and optionally a port',
      'assets.containerRegistry: invalid registry, got "registry:0"; must be a host with an optional port and path, without a scheme or trailing slash',
    ],
  },
]);
