/** The values that only AWS, the PKI or a mirror can tell, and that rendered files depend on. */
export interface StoreLocation {
  readonly bucket: string;
  /** Key prefix without slashes at its ends; empty for none. The cluster's own files are below `<prefix>/<cluster>`. */
  readonly prefix: string;
}

export interface StoreAccess {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export const keysetNames = [
  "apiserver-aggregator-ca",
  "etcd-clients-ca",
  "etcd-manager-ca-events",
  "etcd-manager-ca-main",
  "etcd-peers-ca-events",
  "etcd-peers-ca-main",
  "kubernetes-ca",
  "service-account",
] as const;
export type KeysetName = (typeof keysetNames)[number];

export const secretNames = [
  "admin",
  "kube",
  "kube-proxy",
  "kubelet",
  "system:controller_manager",
  "system:dns",
  "system:logging",
  "system:monitoring",
  "system:scheduler",
] as const;
export type SecretName = (typeof secretNames)[number];

/** The keys of one use, of which the primary signs. Those that are trusted besides are on their way in or out. */
export interface Keyset {
  readonly primaryId: string;
  /** In the order of their ids, which is kOps's: the oldest first. */
  readonly keys: readonly KeysetKey[];
}

export interface KeysetKey {
  /** A number in decimal; kOps and nodeup know a key of a keyset by it. */
  readonly id: string;
  /** PEM, ending in a newline. */
  readonly certificate: string;
  /** The certificate's public key: PEM of its SubjectPublicKeyInfo. */
  readonly publicKey: string;
  /** RFC 3339, UTC, seconds: since when the key is no longer trusted. Absent: it is. */
  readonly distrustTimestamp?: string;
}

export interface RuntimeFacts {
  readonly accountId: string;
  readonly stateStore: StoreLocation;
  readonly discoveryStore: StoreLocation;
  /** Undefined: AWS S3 with the instance's role. Secret. */
  readonly storeAccess: StoreAccess | undefined;
  readonly apiLoadBalancer: {
    readonly dnsName: string;
    /** Private addresses of its network interfaces, sorted by code unit. */
    readonly addresses: readonly string[];
  };
  /** The NAT gateway that serves several zones; undefined where each has its own, or none. */
  readonly commonNatGatewayId: string | undefined;
  readonly keysets: Readonly<Record<KeysetName, Keyset>>;
  /** By the ids of their keys; a key that only is trusted may have none. PEM, ending in a newline. Secret. */
  readonly privateKeys: Readonly<Record<KeysetName, Readonly<Record<string, string>>>>;
  /** Random tokens of 32 letters and digits. Secret. */
  readonly secrets: Readonly<Record<SecretName, string>>;
  /** By which the API server encrypts objects in etcd; undefined: it does not. Secret. */
  readonly encryptionConfig?: string | undefined;
  /** SHA-256 of its bytes, in URL-safe base64: nodes know the configuration by it. */
  readonly encryptionConfigHash?: string | undefined;
  /** RFC 3339, UTC, seconds: when the cluster's certificate authority was made; kOps stores it as creationTimestamp. */
  readonly creationTimestamp: string;
  /**
   * SHA-256, in hex, of kOps's own files for the release, by path below the release's base URL, for example
   * `linux/amd64/nodeup` or (only with assets.kopsBaseUrl) `images/kops-controller-amd64.tar.gz`.
   */
  readonly kopsFileHashes: Readonly<Record<string, string>>;
  /** Custom resource definitions of those addons that have some, by the addon's name: a list of objects in JSON. */
  readonly addonDefinitions?: Readonly<Record<string, string>> | undefined;
  /** SHA-256, in hex, of the files of a Kubernetes version that the release has no hashes for, by canonical URL. */
  readonly nodeFileHashes: Readonly<Record<string, string>>;
}
