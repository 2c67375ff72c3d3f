/** Clusters in networks that kOps takes for the user's own, wholly or in part. */
import type { ClusterArguments } from "../support/clusterStack";

/** What the user has in AWS. */
export interface OwnIds {
  readonly vpcId: string;
  readonly transitGatewayId: string;
  readonly natGatewayId: string;
  readonly allocationId: string;
  /** By range. */
  readonly subnets: ReadonlyMap<string, string>;
}

/** Of the user's subnets. */
export const ranges = { "us-east-1a": "10.50.0.0/20", "us-east-1b": "10.50.16.0/20" } as const;
export const utilityRanges = { "us-east-1a": "10.50.32.0/24", "us-east-1b": "10.50.33.0/24" } as const;
export const zone = "example.com";

const zones = ["us-east-1a", "us-east-1b"];
const threeZones = [...zones, "us-east-1c"];
const dns = { type: "private", zone };

function existing({ vpcId, subnets: ids }: OwnIds): ClusterArguments {
  const subnets = [
    ...Object.entries(ranges).map(([each, cidr]) => ({ zone: each, cidr, id: ids.get(cidr) })),
    ...Object.entries(utilityRanges).map(([each, cidr]) => ({ zone: each, cidr, id: ids.get(cidr), type: "Utility" })),
  ];
  return { topology: "private", vpcId, cidr: "10.50.0.0/16", subnets, bastion: {} };
}

export const networks: readonly {
  readonly title: string;
  readonly inputs: (own: OwnIds) => ClusterArguments;
}[] = [
  { title: "names in a private hosted zone", inputs: () => ({ zones, dns }) },
  {
    title: "names of a bastion too",
    inputs: () => ({ zones, dns, network: { topology: "private", bastion: {} } }),
  },
  { title: "an existing VPC with its subnets", inputs: (own) => ({ zones, network: existing(own) }) },
  {
    title: "new subnets in an existing VPC, with one NAT gateway",
    inputs: ({ vpcId }) => ({
      zones,
      network: {
        topology: "private",
        natGateways: "single",
        vpcId,
        cidr: "10.50.0.0/16",
        subnets: [
          { zone: "us-east-1a", cidr: "10.50.64.0/20" },
          { zone: "us-east-1b", cidr: "10.50.80.0/20" },
          { zone: "us-east-1a", cidr: "10.50.96.0/24", type: "Utility" },
          { zone: "us-east-1b", cidr: "10.50.97.0/24", type: "Utility" },
        ],
      },
    }),
  },
  {
    title: "new private subnets behind a transit gateway, a NAT gateway and an address of the user's",
    inputs: ({ vpcId, transitGatewayId, natGatewayId, allocationId }) => ({
      zones: threeZones,
      network: {
        topology: "private",
        vpcId,
        cidr: "10.50.0.0/16",
        subnets: [transitGatewayId, natGatewayId, allocationId].flatMap((egress, index) => [
          { zone: threeZones[index], cidr: `10.50.${String(64 + 16 * index)}.0/20`, egress },
          { zone: threeZones[index], cidr: `10.50.${String(128 + index)}.0/24`, type: "Utility" },
        ]),
      },
    }),
  },
  {
    title: "one NAT gateway in a VPC of ours, and subnets in a further range of it",
    inputs: () => ({
      zones,
      network: {
        topology: "private",
        natGateways: "single",
        additionalCidrs: ["172.21.0.0/20"],
        subnets: [
          { zone: "us-east-1a", cidr: "172.20.64.0/20" },
          { zone: "us-east-1b", cidr: "172.21.0.0/21" },
          { zone: "us-east-1a", cidr: "172.20.96.0/24", type: "Utility" },
          { zone: "us-east-1b", cidr: "172.21.8.0/24", type: "Utility" },
        ],
      },
    }),
  },
];
