import { expect } from "chai";
import { sshFingerprint } from "../../../provider/src/encode/sshFingerprint";
import { apiLoadBalancerRows } from "../../../provider/src/plan/apiLoadBalancer";
import { controlPlaneRows } from "../../../provider/src/plan/controlPlane";
import { firewallRows, openRanges } from "../../../provider/src/plan/firewall";
import { interruptionRows } from "../../../provider/src/plan/interruption";
import { networkRows } from "../../../provider/src/plan/network";
import { instanceGroupTags } from "../../../provider/src/model/tags";
import type { ResolvedCluster } from "../../../provider/src/model/cluster";
import { resolveCluster } from "../../../provider/src/resolve/cluster";
import type { ClusterInputs } from "../../../provider/src/schema/types.gen";
import { publicKey } from "./fixtures/cases";

const inputs: ClusterInputs = { clusterName: "c.example.com", zones: ["us-east-1a"] };
const cluster = resolveCluster(inputs);

describe("network rows", () => {
  const twoPrivateZones = resolveCluster({
    ...inputs,
    zones: ["us-east-1a", "us-east-1b"],
    network: { topology: "private" },
  });

  it("share one NAT gateway where one is asked for", () => {
    const single: ResolvedCluster = {
      ...twoPrivateZones,
      network: { ...twoPrivateZones.network, natGateways: "single" },
    };
    const rows = networkRows(single);
    expect(rows.natGateways.map(({ ref, subnet }) => [ref, subnet])).to.deep.equal([
      ["us-east-1a", "utility-us-east-1a"],
    ]);
    expect(rows.elasticIps).to.have.length(1);
    // As kOps tags a gateway that it did not make, which is what it takes a common one for.
    expect(rows.natGateways[0]?.args.tags).to.include({ "kubernetes.io/cluster/c.example.com": "shared" });
    expect(rows.routes.filter(({ routeTable }) => routeTable !== "public").map(({ target }) => target)).to.deep.equal([
      { natGateway: "us-east-1a" },
      { natGateway: "us-east-1a" },
    ]);
  });

  it("route a zone's private subnets through their transit gateway, and make NAT gateways for the others alone", () => {
    const subnets = twoPrivateZones.network.subnets.map((subnet) =>
      subnet.name === "us-east-1b" ? { ...subnet, egress: "tgw-1" } : subnet,
    );
    const rows = networkRows({ ...twoPrivateZones, network: { ...twoPrivateZones.network, subnets } });
    expect(rows.natGateways.map(({ ref }) => ref)).to.deep.equal(["us-east-1a"]);
    expect(rows.elasticIps.map(({ ref }) => ref)).to.deep.equal(["us-east-1a"]);
    expect(rows.routes.filter(({ routeTable }) => routeTable !== "public").map(({ target }) => target)).to.deep.equal([
      { natGateway: "us-east-1a" },
      { transitGateway: "tgw-1" },
    ]);
  });

  it("tag NAT gateways and addresses of the user's, and make a NAT gateway for an address alone", () => {
    const egress: Readonly<Record<string, string>> = { "us-east-1a": "nat-1", "us-east-1b": "eipalloc-1" };
    const subnets = twoPrivateZones.network.subnets.map((subnet) => ({ ...subnet, egress: egress[subnet.name] }));
    const rows = networkRows({ ...twoPrivateZones, network: { ...twoPrivateZones.network, subnets } });
    expect(rows.elasticIps).to.deep.equal([]);
    expect(rows.natGateways.map(({ ref, elasticIp }) => [ref, elasticIp])).to.deep.equal([
      ["us-east-1b", { existingId: "eipalloc-1" }],
    ]);
    expect(rows.routes.filter(({ routeTable }) => routeTable !== "public").map(({ target }) => target)).to.deep.equal([
      { existingNatGateway: "nat-1" },
      { natGateway: "us-east-1b" },
    ]);
    const tags = { "kubernetes.io/cluster/c.example.com": "shared" };
    expect(rows.sharedTags.map(({ id, ...row }) => [id, row.tags])).to.deep.equal([
      ["nat-1", tags],
      ["eipalloc-1", tags],
    ]);
  });

  it("give our VPC its further ranges before the subnets in them, and an existing one none", () => {
    const [first, ...rest] = cluster.network.subnets;
    const subnets = [{ ...first!, cidr: "172.21.1.0/24" }, ...rest];
    const network = { ...cluster.network, additionalCidrs: ["172.21.0.0/16"], subnets };
    const rows = networkRows({ ...cluster, network });
    expect(rows.furtherRanges.map(({ key, args }) => [key, args])).to.deep.equal([
      ["vpc-range-172.21.0.0-16", { cidrBlock: "172.21.0.0/16" }],
    ]);
    expect(rows.subnets.map(({ furtherRange }) => furtherRange)).to.deep.equal([
      "172.21.0.0/16",
      ...rest.map(() => undefined),
    ]);
    expect(networkRows({ ...cluster, network: { ...network, vpcId: "vpc-1" } }).furtherRanges).to.deep.equal([]);
  });

  it("leave an existing VPC and its subnets as they are, but for the tags that say who uses a subnet", () => {
    const existing: ResolvedCluster = {
      ...cluster,
      tags: { team: "platform" },
      network: {
        ...cluster.network,
        vpcId: "vpc-1",
        subnets: cluster.network.subnets.map((subnet) => ({ ...subnet, id: "subnet-1" })),
      },
    };
    const rows = networkRows(existing);
    expect(rows.vpc).to.deep.equal({ existingId: "vpc-1" });
    expect(rows.dhcpOptions).to.equal(undefined);
    expect(rows.internetGateway).to.equal(undefined);
    expect([rows.routeTables, rows.routes, rows.routeTableAssociations]).to.deep.equal([[], [], []]);
    expect(rows.subnets[0]!.args.tags).to.deep.equal({
      "kubernetes.io/cluster/c.example.com": "shared",
      SubnetType: "Public",
      "kubernetes.io/role/elb": "1",
      "kubernetes.io/role/internal-elb": "1",
      "kops.k8s.io/instance-group/nodes": "true",
    });
  });

  it("use the internet gateway of an existing VPC for subnets of ours", () => {
    const rows = networkRows({ ...cluster, network: { ...cluster.network, vpcId: "vpc-1" } });
    expect(rows.internetGateway).to.equal("existing");
    expect(rows.routeTables).to.have.length(1);
  });

  it("name the region's domain", () => {
    const rows = networkRows(resolveCluster({ ...inputs, zones: ["eu-west-1a"] }));
    expect(rows.dhcpOptions?.args.domainName).to.equal("eu-west-1.compute.internal");
  });
});

describe("firewall rows", () => {
  it("open every port but the closed ones", () => {
    expect(openRanges([4002, 4001, 2380])).to.deep.equal([
      [1, 2379],
      [2381, 4000],
      [4003, 65535],
    ]);
    expect(openRanges([1, 65535])).to.deep.equal([[2, 65534]]);
    expect(openRanges([])).to.deep.equal([[1, 65535]]);
  });

  it("leave SSH to a bastion where there is one", () => {
    const behind = resolveCluster({ ...inputs, network: { topology: "private", bastion: {} } });
    const ssh = firewallRows(behind).ingressRules.filter(({ args }) => args.fromPort === 22);
    const fromOutside = ssh.filter(({ peer }) => peer === undefined);
    expect(new Set(fromOutside.map(({ securityGroup }) => securityGroup))).to.deep.equal(
      new Set(["bastionLoadBalancer"]),
    );
    expect(ssh.filter(({ peer }) => peer !== undefined).map(({ key }) => key)).to.deep.equal([
      "rule-bastion-to-master-ssh",
      "rule-bastion-to-node-ssh",
      "rule-ssh-to-bastion",
    ]);
  });

  it("let tunnels of Calico through from workers to the control plane, without ports", () => {
    const { ingressRules } = firewallRows(resolveCluster({ ...inputs, cni: "calico" }));
    const tunnels = ingressRules.filter(({ args }) => args.ipProtocol === "4");
    expect(tunnels.map(({ securityGroup, peer }) => [peer, securityGroup])).to.deep.equal([["nodes", "controlPlane"]]);
    expect(tunnels[0]?.args).to.include({ fromPort: undefined, toPort: undefined });
    const { name } = resolveCluster(inputs);
    expect(tunnels[0]?.args.tags?.["Name"]).to.equal(`from-nodes.${name}-ingress-4-0to0-masters.${name}`);
  });

  it("open nothing to nobody", () => {
    const closed = resolveCluster({ ...inputs, api: { access: [] }, sshAccess: [] });
    const fromOutside = firewallRows(closed).ingressRules.filter(({ peer }) => peer === undefined);
    expect(fromOutside).to.deep.equal([]);
  });

  it("make one rule of a source that is given twice", () => {
    const doubled = resolveCluster({ ...inputs, sshAccess: ["10.0.0.0/8", "10.0.0.0/8"] });
    expect(firewallRows(doubled).ingressRules.filter(({ args }) => args.fromPort === 22)).to.have.length(2);
  });

  it("open the node ports of workers to those who are listed", () => {
    const rulesWith = (range?: string) => {
      const clusterSpec = {
        nodePortAccess: ["203.0.113.0/24", "pl-1"],
        ...(range === undefined ? {} : { kubeAPIServer: { serviceNodePortRange: range } }),
      };
      const rows = firewallRows(resolveCluster({ ...inputs, clusterSpec })).ingressRules;
      return rows.filter(({ key }) => key.startsWith("rule-nodeport-"));
    };
    expect(
      rulesWith().map(({ key, securityGroup, args }) => [key, securityGroup, args.fromPort, args.toPort]),
    ).to.deep.equal([
      ["rule-nodeport-tcp-external-to-node-203.0.113.0-24", "nodes", 30000, 32767],
      ["rule-nodeport-udp-external-to-node-203.0.113.0-24", "nodes", 30000, 32767],
      ["rule-nodeport-tcp-external-to-node-pl-1", "nodes", 30000, 32767],
      ["rule-nodeport-udp-external-to-node-pl-1", "nodes", 30000, 32767],
    ]);
    expect(rulesWith("31000-31010")[0]!.args).to.deep.include({ fromPort: 31000, toPort: 31010 });
  });

  it("put the load balancer's further groups on the control plane as well", () => {
    const loadBalancer = { additionalSecurityGroups: ["sg-1"], crossZoneLoadBalancing: true };
    const dns = { type: "private", zone: "example.com" } as const;
    const grouped = resolveCluster({ ...inputs, dns, clusterSpec: { api: { loadBalancer } } });
    const balancer = apiLoadBalancerRows(grouped).loadBalancer;
    expect(balancer.additionalSecurityGroupIds).to.deep.equal(["sg-1"]);
    expect(balancer.args.enableCrossZoneLoadBalancing).to.equal(true);
    expect(controlPlaneRows(grouped).launchTemplates[0]!.additionalSecurityGroupIds).to.deep.equal(["sg-1"]);
  });

  it("lead workers to kops-controller by its name where the cluster has DNS", () => {
    const named: ResolvedCluster = { ...cluster, dns: { type: "private", zone: "example.com" } };
    expect(firewallRows(named).ingressRules.filter(({ args }) => args.fromPort === 3988)).to.deep.equal([]);
    expect(apiLoadBalancerRows(named).listeners.map(({ args }) => args.port)).to.deep.equal([443]);
    expect(apiLoadBalancerRows(named).loadBalancer.args.enableCrossZoneLoadBalancing).to.equal(false);
  });
});

describe("control-plane rows", () => {
  it("take no key along where none is given", () => {
    expect(controlPlaneRows(cluster).keyPair).to.equal(undefined);
  });

  it("name the key by its fingerprint", () => {
    expect(sshFingerprint(`${publicKey}\n`)).to.equal("fc:d8:19:05:bc:40:7c:04:19:9d:36:a3:91:3d:0a:0c");
    const { keyPair } = controlPlaneRows(resolveCluster({ ...inputs, sshPublicKey: publicKey }));
    expect(keyPair?.name(publicKey)).to.equal(
      "kubernetes.c.example.com-fc:d8:19:05:bc:40:7c:04:19:9d:36:a3:91:3d:0a:0c",
    );
  });

  it("add the user's security groups to kOps's", () => {
    const rows = controlPlaneRows(
      resolveCluster({ ...inputs, controlPlane: { additionalSecurityGroupIds: ["sg-1"] } }),
    );
    expect(rows.launchTemplates[0]!).to.deep.include({
      securityGroups: ["controlPlane"],
      additionalSecurityGroupIds: ["sg-1"],
    });
  });
});

describe("tags of a worker group", () => {
  it("are kOps's, the cluster's and the group's own", () => {
    const grouped = resolveCluster({
      ...inputs,
      tags: { team: "platform", stage: "test" },
      nodeGroups: {
        batch: {
          tags: { stage: "batch" },
          labels: { "example.com/pool": "batch" },
          taints: [{ key: "example.com/batch", effect: "NoSchedule" }],
        },
      },
    });
    expect(instanceGroupTags(grouped, grouped.nodeGroups[0]!)).to.deep.equal({
      Name: "batch.c.example.com",
      KubernetesCluster: "c.example.com",
      "kubernetes.io/cluster/c.example.com": "owned",
      team: "platform",
      stage: "batch",
      "k8s.io/cluster-autoscaler/node-template/label/example.com/pool": "batch",
      "k8s.io/cluster-autoscaler/node-template/label/kops.k8s.io/instancegroup": "batch",
      "k8s.io/cluster-autoscaler/node-template/label/node-role.kubernetes.io/node": "",
      "k8s.io/cluster-autoscaler/node-template/taint/example.com/batch": ":NoSchedule",
      "k8s.io/role/node": "1",
      "kops.k8s.io/instancegroup": "batch",
    });
  });
});

describe("interruption rows", () => {
  const { queue, rules } = interruptionRows(cluster);

  it("make an encrypted queue that only EventBridge writes to, over TLS", () => {
    expect(queue.args).to.include({
      name: "c-example-com-krp",
      messageRetentionSeconds: 300,
      sqsManagedSseEnabled: true,
    });
    expect(JSON.parse(queue.policy("arn:q"))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: ["events.amazonaws.com", "sqs.amazonaws.com"] },
          Action: "sqs:SendMessage",
          Resource: "arn:q",
        },
        {
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: "arn:q",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });

  it("listen to the five events", () => {
    expect(rules.map(({ args }) => [args.name, JSON.parse(args.eventPattern) as unknown])).to.deep.equal([
      ["c.example.com-KarpenterHealth", { source: ["aws.health"], "detail-type": ["AWS Health Event"] }],
      [
        "c.example.com-KarpenterSpot",
        { source: ["aws.ec2"], "detail-type": ["EC2 Spot Instance Interruption Warning"] },
      ],
      [
        "c.example.com-KarpenterRebalance",
        { source: ["aws.ec2"], "detail-type": ["EC2 Instance Rebalance Recommendation"] },
      ],
      [
        "c.example.com-KarpenterState",
        { source: ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"] },
      ],
      [
        "c.example.com-KarpenterReservation",
        { source: ["aws.ec2"], "detail-type": ["EC2 Capacity Reservation Instance Interruption Warning"] },
      ],
    ]);
  });

  it("keep a rule's name within 64 characters", () => {
    const long = resolveCluster({ ...inputs, clusterName: `${"a".repeat(60)}.${"b".repeat(60)}.example.com` });
    for (const { args } of interruptionRows(long).rules) expect(args.name.length).to.be.at.most(64);
    expect(interruptionRows(long).queue.args.name.length).to.be.at.most(80);
  });
});
