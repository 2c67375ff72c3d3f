import { describeBadInputs } from "./badInputs";

describeBadInputs("checks of the network and the control plane", [
  {
    name: "a network that is no range",
    input: { network: { cidr: "172.20.0.0" } },
    problems: [
      'network.cidr: invalid IPv4 range, got "172.20.0.0"; must be an address and a prefix length such as 10.0.0.0/16',
    ],
  },
  {
    name: "a network that is too large",
    input: { network: { cidr: "10.0.0.0/8" } },
    problems: ['network.cidr: wrong size, got "10.0.0.0/8"; must be /16 to /28'],
  },
  {
    name: "a network with bits beyond its prefix",
    input: { network: { cidr: "10.0.1.0/16" } },
    problems: ['network.cidr: has bits beyond its prefix, got "10.0.1.0/16"; did you mean "10.0.0.0/16"?'],
  },
  {
    name: "a network in the range of pods",
    input: { network: { cidr: "100.64.0.0/16" } },
    problems: [
      'network.cidr: overlaps the addresses of pods and services, got "100.64.0.0/16"; must be outside 100.64.0.0/10',
    ],
  },
  {
    name: "ranges of pods and services that Kubernetes or kOps would reject",
    input: {
      network: { nonMasqueradeCidr: "100.64.0.0/11", podCidr: "100.96.0.0/25", serviceCidr: "100.0.0.0/8" },
    },
    problems: [
      'network.podCidr: wrong size, got "100.96.0.0/25"; must be /8 to /24',
      'network.serviceCidr: wrong size, got "100.0.0.0/8"; must be /12 to /28',
    ],
  },
  {
    name: "ranges that overlap, and a domain that Hubble does not know",
    input: {
      cilium: { hubble: { enabled: true } },
      network: {
        additionalCidrs: ["10.1.0.0/16", "10.1.128.0/17", "100.64.0.0/16", "10.8.0.0/14"],
        cidr: "10.0.0.0/16",
        podCidr: "100.72.0.0/13",
        serviceCidr: "100.64.0.0/12",
        clusterDomain: "cluster.example",
      },
    },
    problems: [
      'network.serviceCidr: overlaps the addresses of pods, got "100.64.0.0/12"; must be outside 100.72.0.0/13',
      'network.additionalCidrs[1]: overlaps another range, got "10.1.128.0/17"; must not overlap 10.1.0.0/16 of network.additionalCidrs[0]',
      'network.additionalCidrs[3]: wrong size, got "10.8.0.0/14"; must be /16 to /28',
      'network.additionalCidrs[2]: overlaps the addresses of pods and services, got "100.64.0.0/16"; must be outside 100.64.0.0/10',
      'network.clusterDomain: allowed only when cilium.hubble is off, got "cluster.example"; omit it',
    ],
  },
  {
    name: "pods outside the addresses that nodes do not translate",
    input: { network: { podCidr: "10.96.0.0/12" } },
    problems: [
      'network.podCidr: outside the addresses that are not translated, got "10.96.0.0/12"; must be inside network.nonMasqueradeCidr',
    ],
  },
  {
    name: "a range of services in the VPC, and a domain that is none",
    input: { network: { serviceCidr: "172.20.128.0/20", clusterDomain: "Cluster_Local" } },
    problems: [
      'network.cidr: overlaps the addresses of pods and services, got "172.20.0.0/16"; must be outside 172.20.128.0/20',
      'network.clusterDomain: invalid domain, got "Cluster_Local"; must be lowercase letters, digits, - and ., starting and ending with a letter or digit',
    ],
  },
  {
    name: "kindnet across subnets",
    input: { zones: ["us-east-1a", "us-east-1b"], cni: "kindnet" },
    problems: [
      'cni: cannot route between the subnets "us-east-1a", "us-east-1b", got "kindnet"; needs all nodes in one',
    ],
  },
  {
    name: "a network too small for its zones",
    input: { zones: ["us-east-1a", "us-east-1b", "us-east-1c"], network: { cidr: "10.0.0.0/27" } },
    problems: [
      'network.cidr: too small for default subnets, got "10.0.0.0/27"; must be /25 or larger, or set cidr on each subnet',
    ],
  },
  {
    name: "a zone without a default range",
    input: { zones: ["us-east-1a", "us-east-1h"] },
    problems: [
      'zones[1]: no default range for the zone, got "us-east-1h"; must be one of zones a to g, or list the subnets in network.subnets, each with a cidr',
    ],
  },
  {
    name: "a private network too small for utility subnets",
    input: { network: { topology: "private", cidr: "10.0.0.0/23" } },
    problems: [
      'network.cidr: too small for default subnets, got "10.0.0.0/23"; must be /22 or larger, or set cidr on each subnet',
    ],
  },
  {
    name: "a subnet whose default range is taken",
    input: {
      zones: ["us-east-1a", "us-east-1b"],
      network: { subnets: [{ zone: "us-east-1a" }, { zone: "us-east-1b", cidr: "172.20.32.0/20" }] },
    },
    problems: [
      "network.subnets[0].cidr: no free default range; must be set, since the default 172.20.32.0/19 overlaps network.subnets[1]",
    ],
  },
  {
    name: "an internal load balancer without private subnets",
    input: { api: { loadBalancer: "internal" } },
    problems: [
      'api.loadBalancer: needs private subnets, got "internal"; must be "public" when network.topology is "public"',
    ],
  },
  {
    name: "an existing VPC and subnets without their ranges",
    input: { network: { vpcId: "vpc-0123456789abcdef0", subnets: [{ zone: "us-east-1a", id: "subnet-1" }] } },
    problems: [
      "network.cidr: required when network.vpcId is set; must be the range of that VPC",
      "network.subnets[0].cidr: required when id is set; must be the range of that subnet",
    ],
  },
  {
    name: "an existing subnet without a VPC",
    input: { network: { subnets: [{ zone: "us-east-1a", id: "subnet-1", cidr: "172.20.1.0/24" }] } },
    problems: ['network.subnets[0].id: existing subnet without its VPC, got "subnet-1"; set network.vpcId as well'],
  },
  {
    name: "ids of something else, and one twice",
    input: {
      network: {
        vpcId: "subnet-1",
        cidr: "10.0.0.0/16",
        subnets: [
          { zone: "us-east-1a", id: "vpc-1", cidr: "10.0.1.0/24" },
          { zone: "us-east-1a", name: "more", id: "vpc-1", cidr: "10.0.2.0/24" },
        ],
      },
    },
    problems: [
      'network.vpcId: invalid VPC id, got "subnet-1"; must be an id such as vpc-0123456789abcdef0',
      'network.subnets[0].id: invalid subnet id, got "vpc-1"; must be an id such as subnet-0123456789abcdef0',
      'network.subnets[1].id: invalid subnet id, got "vpc-1"; must be an id such as subnet-0123456789abcdef0',
      'network.subnets[1].id: duplicate value "vpc-1"; first used at network.subnets[0].id',
    ],
  },
  {
    name: "existing and new subnets",
    input: {
      network: {
        vpcId: "vpc-1",
        cidr: "10.0.0.0/16",
        subnets: [
          { zone: "us-east-1a", id: "subnet-1", cidr: "10.0.1.0/24" },
          { zone: "us-east-1a", name: "more", cidr: "10.0.2.0/24" },
        ],
      },
    },
    problems: ["network.subnets: mixes existing and new subnets, got 1 of 2 with an id; set id on all or on none"],
  },
  {
    name: "a bastion of another architecture than the image",
    input: {
      controlPlane: { instanceType: "m6g.large", image: "my-image-arm64" },
      network: { topology: "private", bastion: {} },
    },
    problems: [
      'network.bastion.image: wrong architecture for the instance type, got "my-image-arm64"; must be for amd64, like "t3.micro"',
    ],
  },
  {
    name: "a bastion of no type and no image",
    input: { network: { topology: "private", bastion: { instanceType: "small", image: "al2023@latest" } } },
    problems: [
      'network.bastion.instanceType: invalid instance type, got "small"; must be a family and a size, as in m7g.large',
      'network.bastion.image: AMI alias, got "al2023@latest"; aliases are not available with amiFamily Custom, and an image must be ami-…, ssm:<parameter>, <name> or <owner>/<name>',
    ],
  },
  {
    name: "a bastion and NAT gateways without private subnets",
    input: { network: { natGateways: "single", bastion: {} } },
    problems: [
      'network.natGateways: allowed only when network.topology is "private", got "single"; omit it',
      'network.bastion: allowed only when network.topology is "private", got an object; omit it',
    ],
  },
  {
    name: "ways out where there is no route of ours, and two in a zone",
    input: {
      network: {
        topology: "private",
        subnets: [
          { zone: "us-east-1a", egress: "tgw-1" },
          { zone: "us-east-1a", name: "more", egress: "nat-1", cidr: "172.20.64.0/19" },
          { zone: "us-east-1a", type: "Utility", egress: "tgw-1" },
        ],
      },
    },
    problems: [
      'network.subnets[0].egress: allowed only when network.vpcId is set, got "tgw-1"; omit it',
      'network.subnets[1].egress: allowed only when network.vpcId is set, got "nat-1"; omit it',
      'network.subnets[2].egress: allowed only when network.subnets[2].type is "Private", got "tgw-1"; omit it',
      'network.subnets[2].egress: allowed only when network.vpcId is set, got "tgw-1"; omit it',
      'network.subnets[1].egress: differs from the other private subnets of its zone, got "nat-1"; all private subnets of us-east-1a need the same',
    ],
  },
  {
    name: "an elastic IP in two zones, and an id of another kind",
    input: {
      zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
      network: {
        topology: "private",
        subnets: ["us-east-1a", "us-east-1b", "us-east-1c"].flatMap((zone, index) => [
          { zone, egress: index < 2 ? "eipalloc-1" : "igw-1" },
          { zone, type: "Utility" as const },
        ]),
      },
    },
    problems: [
      'network.subnets[4].egress: invalid egress, got "igw-1"; must be the id of a transit gateway (tgw-…), a NAT gateway (nat-…) or an elastic IP (eipalloc-…)',
      'network.subnets[4].egress: allowed only when network.vpcId is set, got "igw-1"; omit it',
      'network.subnets[2].egress: elastic IP of another zone, got "eipalloc-1"; us-east-1a has it; each zone needs its own',
    ],
  },
  {
    name: "a private subnet of ours in a zone without a utility subnet",
    input: { network: { topology: "private", subnets: [{ zone: "us-east-1a" }] } },
    problems: [
      'network.subnets: no subnet for the NAT gateway, got none in "us-east-1a"; must have one of type Utility in that zone',
    ],
  },
  {
    name: "no subnets",
    input: { network: { subnets: [] } },
    problems: ["network.subnets: must not be empty; list one for each zone, or omit it"],
  },
  {
    name: "a subnet outside the network",
    input: { network: { subnets: [{ zone: "us-east-1a", cidr: "10.0.0.0/24" }] } },
    problems: ['network.subnets[0].cidr: outside the network, got "10.0.0.0/24"; must be inside network.cidr'],
  },
  {
    name: "a subnet of the wrong size",
    input: { network: { subnets: [{ zone: "us-east-1a", cidr: "172.20.0.0/29" }] } },
    problems: ['network.subnets[0].cidr: wrong size, got "172.20.0.0/29"; must be /16 to /28'],
  },
  {
    name: "overlapping subnets",
    input: {
      network: {
        subnets: [
          { zone: "us-east-1a", cidr: "172.20.0.0/20" },
          { name: "other", zone: "us-east-1a", cidr: "172.20.8.0/24" },
        ],
      },
    },
    problems: [
      'network.subnets[1].cidr: overlaps another subnet, got "172.20.8.0/24"; must not overlap 172.20.0.0/20 of network.subnets[0].cidr',
    ],
  },
  {
    name: "subnets of one name",
    input: {
      network: {
        subnets: [
          { zone: "us-east-1a", cidr: "172.20.0.0/20" },
          { zone: "us-east-1a", cidr: "172.20.16.0/20" },
        ],
      },
    },
    problems: ['network.subnets[1].name: duplicate subnet name "us-east-1a"; first used at network.subnets[0].name'],
  },
  {
    name: "a subnet in a strange zone",
    input: { network: { subnets: [{ zone: "us-east-1a" }, { zone: "us-east-1f" }] } },
    problems: ['network.subnets[1].zone: not a zone of the cluster, got "us-east-1f"; must be one of "us-east-1a"'],
  },
  {
    name: "a zone without a subnet",
    input: { zones: ["us-east-1a", "us-east-1b"], network: { subnets: [{ zone: "us-east-1a" }] } },
    problems: [
      'network.subnets: no subnet for nodes, got none in "us-east-1b"; must have one of type Public in each zone of the cluster',
    ],
  },
  {
    name: "a utility subnet in a public topology",
    input: { network: { subnets: [{ zone: "us-east-1a" }, { zone: "us-east-1a", type: "Utility" }] } },
    problems: [
      'network.subnets[1].type: not allowed with network.topology "public", got "Utility"; must be one of "Public"',
    ],
  },
  {
    name: "a subnet name with capitals",
    input: { network: { subnets: [{ name: "Main", zone: "us-east-1a" }] } },
    problems: [
      'network.subnets[0].name: invalid subnet name, got "Main"; must be lowercase letters, digits, - and ., starting and ending with a letter or digit',
    ],
  },
  {
    name: "an even number of control-plane zones",
    input: { zones: ["us-east-1a", "us-east-1b"], controlPlane: { zones: ["us-east-1a", "us-east-1b"] } },
    problems: [
      "controlPlane.zones: wrong number of control-plane zones, got 2; must be 1, 3, 5 or 7, so that etcd has a majority",
    ],
  },
  {
    name: "no control-plane zones",
    input: { controlPlane: { zones: [] } },
    problems: [
      "controlPlane.zones: wrong number of control-plane zones, got 0; must be 1, 3, 5 or 7, so that etcd has a majority",
    ],
  },
  {
    name: "a control-plane zone outside the cluster",
    input: { controlPlane: { zones: ["us-east-1b"] } },
    problems: ['controlPlane.zones[0]: not a zone of the cluster, got "us-east-1b"; must be one of "us-east-1a"'],
  },
  {
    name: "a control-plane zone given twice",
    input: { controlPlane: { zones: ["us-east-1a", "us-east-1a", "us-east-1a"] } },
    problems: [
      'controlPlane.zones[1]: duplicate value "us-east-1a"; first used at controlPlane.zones[0]',
      'controlPlane.zones[2]: duplicate value "us-east-1a"; first used at controlPlane.zones[0]',
    ],
  },
  {
    name: "a control-plane image of another architecture",
    input: { controlPlane: { image: "099720109477/ubuntu-noble-24.04-arm64-server-20260218" } },
    problems: [
      'controlPlane.image: wrong architecture for the instance type, got "099720109477/ubuntu-noble-24.04-arm64-server-20260218"; must be for amd64, like "t3.medium"',
    ],
  },
  {
    name: "a control-plane instance type without a size",
    input: { controlPlane: { instanceType: "t3" } },
    problems: [
      'controlPlane.instanceType: invalid instance type, got "t3"; must be a family and a size, as in m7g.large',
    ],
  },
  {
    name: "a control-plane taint that kOps sets",
    input: { controlPlane: { taints: [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }] } },
    problems: [
      'controlPlane.taints[0].key: reserved taint, got "node-role.kubernetes.io/control-plane"; kOps sets it on the control plane',
    ],
  },
  {
    name: "an etcd volume of an unknown type",
    input: { controlPlane: { etcdVolume: { type: "st1" } } },
    problems: [
      'controlPlane.etcdVolume.type: unknown volume type, got "st1"; must be one of "gp3", "gp2", "io1", "io2"',
    ],
  },
  {
    name: "an etcd volume with too many operations",
    input: { controlPlane: { etcdVolume: { type: "io1", size: 10, iops: 1000 } } },
    problems: ["controlPlane.etcdVolume.iops: too many for the size, got 1000 on 10 GiB; must be at most 50 per GiB"],
  },
  {
    name: "a root volume that is too small",
    input: { controlPlane: { rootVolume: { size: 4 } } },
    problems: ["controlPlane.rootVolume.size: out of range, got 4; must be between 8 and 65536 GiB for type gp3"],
  },
]);
