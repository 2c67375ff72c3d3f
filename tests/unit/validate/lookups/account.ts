/** An AWS account as plain values, in the place of AWS. */
import type {
  Answer,
  AwsQueries,
  FoundHostedZone,
  FoundImage,
  FoundKey,
  FoundNatGateway,
  FoundSubnet,
  FoundVpc,
} from "../../../../provider/src/validate/lookups/aws";

export interface Account {
  readonly region: string;
  readonly zones: readonly string[];
  /** The zones that offer a type, and the architectures that it has. */
  readonly types: Readonly<Record<string, { readonly zones: readonly string[]; readonly architecture: string }>>;
  readonly parameters: Readonly<Record<string, string>>;
  /** By id, or by owner and name. */
  readonly images: Readonly<Record<string, FoundImage>>;
  /** By id and by name. */
  readonly hostedZones: Readonly<Record<string, FoundHostedZone>>;
  readonly vpcs: Readonly<Record<string, FoundVpc & { readonly internetGateway: boolean }>>;
  readonly subnets: Readonly<Record<string, FoundSubnet>>;
  readonly transitGateways: readonly string[];
  readonly natGateways: Readonly<Record<string, FoundNatGateway & { readonly cluster?: string }>>;
  /** By allocation id: whether each is associated. */
  readonly elasticIps: Readonly<Record<string, boolean>>;
  readonly keys: Readonly<Record<string, FoundKey>>;
  /** Fingerprints by name. */
  readonly keyPairs: Readonly<Record<string, string>>;
  readonly securityGroups: Readonly<Record<string, { readonly vpcId: string }>>;
  /** By name: ids of VPCs and etcd volumes, names of Auto Scaling groups. */
  readonly clusters: Readonly<
    Record<string, { readonly vpcs: string[]; readonly volumes: string[]; readonly groups: string[] }>
  >;
  /** State stores that the component created, by the name of the cluster. */
  readonly stateStores: Readonly<Record<string, readonly string[]>>;
  /** Metadata by bucket and key, as in `bucket/key`. */
  readonly objects: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const canonical = "/aws/service/canonical/ubuntu/server/24.04/stable/current";
const image = (id: string, architecture: string): FoundImage => ({
  id,
  architecture,
  rootDeviceType: "ebs",
  rootDeviceName: "/dev/sda1",
  rootSize: 8,
  state: "available",
});

/** Where the smallest cluster has nothing wrong. */
export const account: Account = {
  region: "us-east-1",
  zones: ["us-east-1a", "us-east-1b"],
  types: {
    "t3.medium": { zones: ["us-east-1a", "us-east-1b"], architecture: "amd64" },
    "t3.micro": { zones: ["us-east-1a", "us-east-1b"], architecture: "amd64" },
    "m7g.large": { zones: ["us-east-1b"], architecture: "arm64" },
  },
  parameters: {
    [`${canonical}/amd64/hvm/ebs-gp3/ami-id`]: "ami-0a",
    [`${canonical}/arm64/hvm/ebs-gp3/ami-id`]: "ami-0b",
  },
  images: {
    "ami-0a": image("ami-0a", "x86_64"),
    "ami-0b": image("ami-0b", "arm64"),
    "099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260218": image("ami-0a", "x86_64"),
  },
  hostedZones: {
    "example.com": { name: "example.com", isPrivate: false },
    Z1: { name: "example.com", isPrivate: false },
    Z2: { name: "other.org", isPrivate: true },
  },
  vpcs: { "vpc-1": { ranges: ["10.0.0.0/16"], dnsSupport: true, dnsHostnames: true, internetGateway: true } },
  subnets: {
    "subnet-1": { vpcId: "vpc-1", zone: "us-east-1a", cidr: "10.0.1.0/24", freeAddresses: 251, tags: [] },
  },
  transitGateways: ["tgw-1"],
  natGateways: { "nat-1": { vpcId: "vpc-1", state: "available", allocationId: "eipalloc-2" } },
  elasticIps: { "eipalloc-1": false, "eipalloc-2": true },
  keys: { "arn:aws:kms:us-east-1:123456789012:key/1": { enabled: true, state: "Enabled" } },
  keyPairs: { "own-key": "1a:2b" },
  securityGroups: { "sg-1": { vpcId: "vpc-1" } },
  clusters: {},
  stateStores: {},
  objects: {},
};

/** Of every object. */
export const lastModified = "Thu, 26 Nov 2026 12:00:00 GMT";

export interface Calls extends AwsQueries {
  /** Each call with its arguments, the input left out. */
  readonly made: readonly string[];
}

/** `refuse`: names of calls that the account does not answer. */
export function asked(state: Account, refuse: readonly (keyof AwsQueries)[] = []): Calls {
  const made: string[] = [];
  const answer = <T>(call: keyof AwsQueries, of: readonly unknown[], value: T | undefined): Promise<Answer<T>> => {
    made.push(`${call} ${of.join(" ")}`.trim());
    if (refuse.includes(call)) return Promise.resolve("unanswered");
    return Promise.resolve(value === undefined ? "none" : { found: value });
  };
  const clusterNamed = (name: string) => state.clusters[name] ?? { vpcs: [], volumes: [], groups: [] };
  return {
    made,
    account: () => answer("account", [], "123456789012"),
    region: () => answer("region", [], state.region),
    openZones: () => answer("openZones", [], state.zones),
    offerings: (types) =>
      answer(
        "offerings",
        types,
        types.flatMap((instanceType) =>
          (state.types[instanceType]?.zones ?? []).map((zone) => ({ instanceType, zone })),
        ),
      ),
    typesOfArchitecture: (architecture, types) =>
      answer(
        "typesOfArchitecture",
        [architecture, ...types],
        types.filter((type) => state.types[type]?.architecture === architecture),
      ),
    parameter: (name) => answer("parameter", [name], state.parameters[name]),
    image: (query) => {
      const key = "id" in query ? query.id : `${query.owner}/${query.name}`;
      return answer("image", [key], state.images[key]);
    },
    hostedZone: (query) => {
      const key = "id" in query ? query.id : query.name;
      return answer("hostedZone", Object.values(query), state.hostedZones[key]);
    },
    vpc: (id) => answer("vpc", [id], state.vpcs[id]),
    internetGateway: (id) =>
      answer("internetGateway", [id], state.vpcs[id]?.internetGateway === true ? "igw-1" : undefined),
    subnetsOf: (vpcId) =>
      answer(
        "subnetsOf",
        [vpcId],
        Object.keys(state.subnets).filter((id) => state.subnets[id]?.vpcId === vpcId),
      ),
    subnet: (id) => answer("subnet", [id], state.subnets[id]),
    transitGateway: (id) =>
      answer(
        "transitGateway",
        [id],
        state.transitGateways.find((each) => each === id),
      ),
    natGateway: (id) => answer("natGateway", [id], state.natGateways[id]),
    natGatewaysOf: (cluster) =>
      answer(
        "natGatewaysOf",
        [cluster],
        Object.keys(state.natGateways).filter((id) => state.natGateways[id]?.cluster === cluster),
      ),
    elasticIp: (id) => {
      const associated = state.elasticIps[id];
      return answer("elasticIp", [id], associated === undefined ? undefined : { associated });
    },
    key: (arn) => answer("key", [arn], state.keys[arn]),
    keyPair: (name) => answer("keyPair", [name], state.keyPairs[name]),
    securityGroup: (id) => answer("securityGroup", [id], state.securityGroups[id]),
    vpcsOf: (cluster) => answer("vpcsOf", [cluster], clusterNamed(cluster).vpcs),
    etcdVolumesOf: (cluster) => answer("etcdVolumesOf", [cluster], clusterNamed(cluster).volumes),
    stateStoresOf: (cluster) => answer("stateStoresOf", [cluster], state.stateStores[cluster] ?? []),
    objectMetadata: ({ bucket, key }) => {
      const metadata = state.objects[`${bucket}/${key}`];
      const object = metadata === undefined ? undefined : { metadata, lastModified };
      return answer("objectMetadata", [`${bucket}/${key}`], object);
    },
    scalingGroupsOf: (cluster) => answer("scalingGroupsOf", [cluster], clusterNamed(cluster).groups),
  };
}
