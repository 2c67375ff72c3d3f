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

const allocations: readonly Allocation[] = [
  { zones: "a", cidr: "172.20.0.0/16", topology: "public", subnets: ["us-east-1a Public 172.20.32.0/19"] },
  {
    zones: "facb",
    cidr: "172.20.0.0/16",
    topology: "public",
    subnets: [
      "us-east-1a Public 172.20.32.0/19",
      "us-east-1b Public 172.20.64.0/19",
      "us-east-1c Public 172.20.96.0/19",
      "us-east-1f Public 172.20.192.0/19",
    ],
  },
  {
    zones: "abc",
    cidr: "10.8.0.0/20",
    topology: "public",
    subnets: ["us-east-1a Public 10.8.2.0/23", "us-east-1b Public 10.8.4.0/23", "us-east-1c Public 10.8.6.0/23"],
  },
  // What kOps 1.36.2 prints for the same five zones.
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

describe("default address ranges of subnets", () => {
  const rangesOf = (zones: string, cidr: string, topology: "public" | "private") =>
    resolveNetwork(
      { clusterName: "c.example.com", zones: zonesOf(zones), network: { cidr, topology } },
      releaseOf("1.36.2"),
    ).subnets.map((subnet) => `${subnet.name} ${subnet.type} ${subnet.cidr}`);

  for (const { zones, cidr, topology, subnets } of allocations) {
    it(`${topology}, zones ${zones}, ${cidr}`, () => {
      expect(rangesOf(zones, cidr, topology)).to.deep.equal(subnets);
    });
  }

  for (const topology of ["public", "private"] as const) {
    it(`stay as they are when zones are added, removed or reordered: ${topology}`, () => {
      const all = rangesOf("abcdefg", "172.20.0.0/16", topology);
      for (const zones of ["a", "ba", "cab", "gb", "edcba", "bd"]) {
        expect(all).to.include.members(rangesOf(zones, "172.20.0.0/16", topology));
      }
    });
  }

  it("keep the declared order, and give way to the ranges that are given", () => {
    const planned = planSubnets(zonesOf("ab"), "public", [
      { zone: "us-east-1b" },
      { zone: "us-east-1a", name: "main", cidr: "10.64.0.0/20" },
    ]);
    const ranges = allocateSubnets("10.64.0.0/16", planned).map(({ name, cidr }) => `${name} ${cidr}`);
    expect(ranges).to.deep.equal(["us-east-1b 10.64.64.0/19", "main 10.64.0.0/20"]);
  });

  it("are absent for a zone beyond g, a network too small, and nothing to cut", () => {
    const cidrs = (network: string, letters: string) =>
      allocateSubnets(network, planSubnets(zonesOf(letters), "public", undefined)).map(({ cidr }) => cidr);
    expect(cidrs("172.20.0.0/16", "gh")).to.deep.equal(["172.20.224.0/19", ""]);
    expect(cidrs("172.20.0.0/25", "a")).to.deep.equal(["172.20.0.16/28"]);
    expect(cidrs("172.20.0.0/26", "a")).to.deep.equal([""]);
    expect(cidrs("172.20.0.0", "a")).to.deep.equal([""]);
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
