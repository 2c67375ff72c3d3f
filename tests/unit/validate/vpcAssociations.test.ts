/** Which ranges AWS adds to those of a VPC. */
import { describeBadInputs, problemsOf } from "./badInputs";
import { expect } from "chai";

describeBadInputs("checks of a VPC's further ranges", [
  {
    name: "ranges that AWS does not add to those of a VPC",
    input: {
      network: {
        additionalCidrs: [
          ...["10.1.0.0/16", "192.168.0.0/24", "198.19.0.0/20", "172.31.0.0/20"],
          ...["172.21.0.0/16", "203.0.113.0/24", "169.254.0.0/20"],
        ],
      },
    },
    problems: [
      'network.additionalCidrs[0]: AWS does not add this range to the VPC, got "10.1.0.0/16"; must not be of 10.0.0.0/8, since the VPC has a range of 172.16.0.0/12',
      'network.additionalCidrs[1]: AWS does not add this range to the VPC, got "192.168.0.0/24"; must not be of 192.168.0.0/16, since the VPC has a range of 172.16.0.0/12',
      'network.additionalCidrs[2]: AWS does not add this range to the VPC, got "198.19.0.0/20"; must be outside 198.19.0.0/16',
      'network.additionalCidrs[3]: AWS does not add this range to the VPC, got "172.31.0.0/20"; must be outside 172.31.0.0/16, since the VPC has a range of 172.16.0.0/12',
      'network.additionalCidrs[6]: range of link-local addresses, got "169.254.0.0/20"; AWS has no VPC in 169.254.0.0/16',
    ],
  },
  {
    name: "private ranges that AWS adds to no range of public addresses",
    input: { network: { cidr: "203.0.112.0/20", additionalCidrs: ["10.1.0.0/16", "198.51.100.0/24"] } },
    problems: [
      'network.additionalCidrs[0]: AWS does not add this range to the VPC, got "10.1.0.0/16"; a VPC with a range of 10.0.0.0/8 must have it as network.cidr',
    ],
  },
  {
    // The second is allowed after the first, and no two of the others in either order.
    name: "ranges of 10.0.0.0/16 that AWS does not add",
    input: { network: { cidr: "10.5.0.0/16", additionalCidrs: ["10.0.0.0/24", "10.1.0.0/24", "10.0.1.0/24"] } },
    problems: [
      'network.additionalCidrs[2]: AWS does not add this range to the VPC, got "10.0.1.0/24"; must be outside 10.0.0.0/16, since the VPC has a range of 10.0.0.0/15',
    ],
  },
  {
    name: "a range of 10.0.0.0/16 that AWS does not add to one beside it",
    input: { network: { cidr: "10.1.0.0/16", additionalCidrs: ["10.0.0.0/24", "10.2.0.0/16"] } },
    problems: [
      'network.additionalCidrs[0]: AWS does not add this range to the VPC, got "10.0.0.0/24"; must be outside 10.0.0.0/16, since the VPC has a range of 10.0.0.0/15',
    ],
  },
]);

describe("a VPC's further ranges", () => {
  const further = (network: object) =>
    problemsOf({ network }).filter((line) => line.startsWith("network.additionalCidrs"));

  it("are of its own private block, shared or public", () => {
    expect(further({ additionalCidrs: ["172.21.0.0/16", "100.128.0.0/16", "203.0.113.0/24"] })).to.deep.equal([]);
    // A private range may come after others that are not, where the VPC was created with one of its block.
    expect(further({ cidr: "10.5.0.0/16", additionalCidrs: ["203.0.113.0/24", "10.6.0.0/16"] })).to.deep.equal([]);
    expect(further({ cidr: "198.19.0.0/20", additionalCidrs: ["198.19.16.0/20"] })).to.deep.equal([]);
  });

  it("are as they are in an existing VPC", () => {
    const subnets = [{ zone: "us-east-1a", cidr: "10.0.0.0/20", id: "subnet-0123456789abcdef0" }];
    const network = { vpcId: "vpc-0123456789abcdef0", cidr: "10.0.0.0/16", subnets };
    expect(further({ ...network, additionalCidrs: ["172.31.0.0/16"] })).to.deep.equal([]);
  });
});
