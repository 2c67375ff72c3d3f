import { expect } from "chai";
import { releaseOf } from "../../../provider/src/resolve/release";

import { ipv4Range, parseIpv4Range, rangeContains, rangesOverlap } from "../../../provider/src/model/cidr";
import { allocateSubnets, planSubnets, resolveNetwork } from "../../../provider/src/resolve/network";

const zonesOf = (letters: string): string[] => [...letters].map((letter) => `us-east-1${letter}`);

interface Allocation {
  readonly zones: string;
  readonly cidr: string;
  readonly topology: "public" | "private";
  /** `name type range`, in order. */
  readonly subnets: readonly string[];
}

/** What `kops create cluster --dry-run -o yaml` of kOps 1.36.2 printed for the same zones, topology and network. */
const allocations: readonly Allocation[] = [
  { zones: "a", cidr: "172.20.0.0/16", topology: "public", subnets: ["us-east-1a Public 172.20.0.0/16"] },
  {
    zones: "ba",
    cidr: "172.20.0.0/16",
    topology: "public",
    subnets: ["us-east-1a Public 172.20.0.0/17", "us-east-1b Public 172.20.128.0/17"],
  },
  {
    zones: "facb",
    cidr: "172.20.0.0/16",
    topology: "public",
    subnets: [
      "us-east-1a Public 172.20.0.0/18",
      "us-east-1b Public 172.20.64.0/18",
      "us-east-1c Public 172.20.128.0/18",
      "us-east-1f Public 172.20.192.0/18",
    ],
  },
  {
    zones: "abcdef",
    cidr: "172.20.0.0/16",
    topology: "public",
    subnets: [
      "us-east-1a Public 172.20.0.0/19",
      "us-east-1b Public 172.20.32.0/19",
      "us-east-1c Public 172.20.64.0/19",
      "us-east-1d Public 172.20.96.0/19",
      "us-east-1e Public 172.20.128.0/19",
      "us-east-1f Public 172.20.160.0/19",
    ],
  },
  {
    zones: "abc",
    cidr: "10.8.0.0/20",
    topology: "public",
    subnets: ["us-east-1a Public 10.8.0.0/22", "us-east-1b Public 10.8.4.0/22", "us-east-1c Public 10.8.8.0/22"],
  },
  {
    zones: "abc",
    cidr: "10.8.0.0/16",
    topology: "private",
    subnets: [
      "us-east-1a Private 10.8.64.0/18",
      "us-east-1b Private 10.8.128.0/18",
      "us-east-1c Private 10.8.192.0/18",
      "utility-us-east-1a Utility 10.8.0.0/21",
      "utility-us-east-1b Utility 10.8.8.0/21",
      "utility-us-east-1c Utility 10.8.16.0/21",
    ],
  },
  {
    zones: "abcde",
    cidr: "172.20.0.0/16",
    topology: "private",
    subnets: [
      "us-east-1a Private 172.20.32.0/19",
      "us-east-1b Private 172.20.64.0/19",
      "us-east-1c Private 172.20.96.0/19",
      "us-east-1d Private 172.20.128.0/19",
      "us-east-1e Private 172.20.160.0/19",
      "utility-us-east-1a Utility 172.20.0.0/22",
      "utility-us-east-1b Utility 172.20.4.0/22",
      "utility-us-east-1c Utility 172.20.8.0/22",
      "utility-us-east-1d Utility 172.20.12.0/22",
      "utility-us-east-1e Utility 172.20.16.0/22",
    ],
  },
];

describe("subnets, as kOps 1.36.2 allocates them", () => {
  for (const { zones, cidr, topology, subnets } of allocations) {
    it(`${topology}, zones ${zones}, ${cidr}`, () => {
      const network = resolveNetwork(
        { clusterName: "c.example.com", zones: zonesOf(zones), network: { cidr, topology } },
        releaseOf("1.36.2"),
      );
      expect(network.subnets.map((subnet) => `${subnet.name} ${subnet.type} ${subnet.cidr}`)).to.deep.equal(subnets);
    });
  }

  it("go around the ranges that are given, and keep the declared order", () => {
    const planned = planSubnets(zonesOf("ab"), "public", [
      { zone: "us-east-1b" },
      { zone: "us-east-1a", name: "main", cidr: "10.64.0.0/16" },
    ]);
    const ranges = allocateSubnets("10.64.0.0/15", planned).map(({ name, cidr }) => `${name} ${cidr}`);
    expect(ranges).to.deep.equal(["us-east-1b 10.65.0.0/16", "main 10.64.0.0/16"]);
  });

  it("are as given where all are given", () => {
    const planned = planSubnets(zonesOf("a"), "public", [{ zone: "us-east-1a", cidr: "172.20.7.0/24" }]);
    expect(allocateSubnets("172.20.0.0/16", planned)[0]?.cidr).to.equal("172.20.7.0/24");
  });

  it("have no range where there are more than eight, or nothing to cut", () => {
    const planned = planSubnets(zonesOf("abcdefghi"), "public", undefined);
    expect(
      allocateSubnets("172.20.0.0/16", planned)
        .map(({ cidr }) => cidr)
        .slice(-2),
    ).to.deep.equal(["172.20.224.0/19", ""]);
    expect(allocateSubnets("172.20.0.0", planned).every(({ cidr }) => cidr === "")).to.equal(true);
  });
});

describe("any allocation", () => {
  const letters = "abcdef";
  for (let count = 1; count <= letters.length; count++) {
    for (const topology of ["public", "private"] as const) {
      for (const prefix of [16, 18, 20, 22]) {
        it(`is inside the network, apart, and the same again: ${count} zones, ${topology}, /${prefix}`, () => {
          const cidr = `10.0.0.0/${prefix}`;
          const planned = planSubnets(zonesOf(letters.slice(0, count)), topology, undefined);
          const ranges = allocateSubnets(cidr, planned).map((subnet) => ipv4Range(subnet.cidr));
          ranges.forEach((range, index) => {
            expect(rangeContains(ipv4Range(cidr), range)).to.equal(true);
            expect(ranges.slice(index + 1).some((other) => rangesOverlap(range, other))).to.equal(false);
          });
          const reversed = planSubnets([...zonesOf(letters.slice(0, count))].reverse(), topology, undefined);
          expect(allocateSubnets(cidr, reversed)).to.deep.equal(allocateSubnets(cidr, planned));
        });
      }
    }
  }
});

describe("IPv4 ranges", () => {
  it("are read strictly", () => {
    for (const text of ["10.0.0.0", "10.0.0.0/33", "256.0.0.0/8", "10.0.0/8", "010.0.0.0/8", "10.0.0.0/8 ", "::/0"]) {
      expect(parseIpv4Range(text), text).to.equal(undefined);
    }
    expect(parseIpv4Range("255.255.255.255/32")).to.deep.equal({ start: 4294967295, prefixLength: 32 });
  });
});
