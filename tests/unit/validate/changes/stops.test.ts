/** Changes that the guard stops: the whole message of each, and that an acknowledgement is worth what it says. */
import { expect } from "chai";
import { judgeChanges } from "../../../../provider/src/validate/changes/judge";
import { Recorded } from "../../../../provider/src/validate/changes/recorded";
import { keysAcknowledgement } from "../../../../provider/src/validate/changes/stops/store";
import { changeRows } from "../../../../provider/src/validate/changes/table";
import { acknowledgeable, matchesPath } from "../../../../provider/src/validate/changes/paths";
import type { ProgramInputs } from "../../../support/changes";
import { problemsOfChange, recorded, type Stopped } from "./judged";
import { acknowledgedOfKeys, allowedOfKeys, authority, primaryPath, refusedOfKeys } from "./keyChanges";

const zones = ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e"];
const cluster: ProgramInputs = { clusterName: "c.example.com", zones: zones.slice(0, 1) };
const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/0123abcd";
const beside = "create a new cluster beside this one and move the workloads";
const subnet = (name: string, more: object = {}) => ({
  name,
  zone: "us-east-1a",
  type: "Public",
  cidr: "172.20.0.0/20",
  ...more,
});
const controlPlane = (...of: string[]): ProgramInputs => ({ zones, controlPlane: { zones: of } });
const volume = (etcdVolume: object): ProgramInputs => ({ controlPlane: { etcdVolume } });
const web = (group: object): ProgramInputs => ({ nodeGroups: { web: group } });

const refused: Readonly<Record<string, Stopped>> = {
  ...refusedOfKeys,
  "one of three control-plane zones moved under deletion protection": {
    from: { ...controlPlane("us-east-1a", "us-east-1b", "us-east-1c"), deletionProtection: true },
    to: controlPlane("us-east-1a", "us-east-1b", "us-east-1d"),
    path: "controlPlane.zones",
    reason: `"us-east-1a", "us-east-1b", "us-east-1c" to "us-east-1a", "us-east-1b", "us-east-1d" is refused: deletionProtection keeps the Auto Scaling groups and etcd volumes in "us-east-1c"; set deletionProtection to false in an update before this one`,
  },
  "another cluster name": {
    from: {},
    to: { clusterName: "d.example.com" },
    path: "clusterName",
    reason: `"c.example.com" to "d.example.com" is refused: names and tags of every resource, the certificates and the state store contain the name, so the buckets with keys and etcd backups would be replaced; ${beside}`,
  },
  "another region": {
    from: {},
    to: { zones: ["eu-west-1a"] },
    path: "zones",
    reason: `"us-east-1" to "eu-west-1" is refused: every resource of the cluster, its etcd data among them, stays in its region; ${beside}`,
  },
  "a state store given to a cluster with its own": {
    from: {},
    to: { stateStore: "s3://state" },
    path: "stateStore",
    reason: `created by the component to "s3://state" is refused: running nodes, etcd backups and the kOps CLI use the store that the cluster was created with; keep the store, or create a new cluster beside this one`,
  },
  "a state store taken away": {
    from: { stateStore: "s3://state" },
    to: {},
    path: "stateStore",
    reason: `"s3://state" to created by the component is refused: running nodes, etcd backups and the kOps CLI use the store that the cluster was created with; keep the store, or create a new cluster beside this one`,
  },
  "another discovery store": {
    from: { discoveryStore: "s3://one" },
    to: { discoveryStore: "s3://two" },
    path: "discoveryStore",
    reason: `"s3://one" to "s3://two" is refused: its address is the issuer in every service-account token and in the trust policy of every role; keep the store, or create a new cluster beside this one`,
  },
  "an earlier minor version of Kubernetes": {
    from: { kubernetesVersion: "1.36.1" },
    to: { kubernetesVersion: "1.35.5" },
    path: "kubernetesVersion",
    reason: `"1.36.1" to "1.35.5" is refused: Kubernetes does not support a downgrade to an earlier minor version: etcd may hold objects that the earlier API server cannot read; keep the version, or restore an etcd backup from before the upgrade into a new cluster`,
  },
  "two minor versions of Kubernetes at once": {
    from: { kubernetesVersion: "1.34.8" },
    to: { kubernetesVersion: "1.36.1" },
    path: "kubernetesVersion",
    reason: `"1.34.8" to "1.36.1" is refused: an API server supports an upgrade by one minor version at a time; upgrade to 1.35 first, and finish that upgrade`,
  },
  "the only control-plane zone moved": {
    from: controlPlane("us-east-1a"),
    to: controlPlane("us-east-1b"),
    path: "controlPlane.zones",
    reason: `"us-east-1a" to "us-east-1b" is refused: it deletes the etcd volumes in "us-east-1a", 1 of 1 members, so etcd loses its data; set controlPlane.zones to "us-east-1a"; to leave a zone, grow to three zones first, then replace one zone at a time`,
  },
  "a zone put before the first, where the control plane is by default": {
    from: { zones: zones.slice(1, 5) },
    to: { zones: zones.slice(0, 5) },
    path: "controlPlane.zones",
    reason: `"us-east-1b" to "us-east-1a" is refused: it deletes the etcd volumes in "us-east-1b", 1 of 1 members, so etcd loses its data; set controlPlane.zones to "us-east-1b"; to leave a zone, grow to three zones first, then replace one zone at a time`,
  },
  "three control-plane zones to one": {
    from: controlPlane(...zones.slice(0, 3)),
    to: controlPlane("us-east-1a"),
    path: "controlPlane.zones",
    reason: `"us-east-1a", "us-east-1b", "us-east-1c" to "us-east-1a" is refused: it deletes the etcd volumes in "us-east-1b", "us-east-1c", 2 of 3 members, so etcd loses its quorum; replace one zone at a time, and wait until etcd is healthy again`,
  },
  "five control-plane zones to one": {
    from: controlPlane(...zones),
    to: controlPlane("us-east-1a"),
    path: "controlPlane.zones",
    reason: `"us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e" to "us-east-1a" is refused: it deletes the etcd volumes in "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e", 4 of 5 members, so etcd loses its quorum; replace one zone at a time, and wait until etcd is healthy again`,
  },
  "smaller etcd volumes": {
    from: volume({ size: 30 }),
    to: {},
    path: "controlPlane.etcdVolume.size",
    reason: "30 to 20 is refused: EBS volumes only grow; keep 30",
  },
  "etcd volumes without encryption": {
    from: {},
    to: volume({ encrypted: false }),
    path: "controlPlane.etcdVolume.encrypted",
    reason: `true to false is refused: EBS cannot change the encryption of a volume: it would be replaced by an empty one, and etcd would lose its data; ${beside}`,
  },
  "etcd volumes of another key": {
    from: {},
    to: volume({ kmsKeyArn }),
    path: "controlPlane.etcdVolume.kmsKeyArn",
    reason: `"aws/ebs" to "${kmsKeyArn}" is refused: EBS cannot change the encryption of a volume: it would be replaced by an empty one, and etcd would lose its data; ${beside}`,
  },
  "an existing VPC for the component's own": {
    from: {},
    to: { network: { vpcId: "vpc-0123456789abcdef0", cidr: "172.20.0.0/16" } },
    path: "network.vpcId",
    reason:
      'created by the component to "vpc-0123456789abcdef0" is refused: every subnet, security group, load balancer and instance is bound to its VPC; create a new cluster in the other VPC and move the workloads',
  },
};

const moved = "AWS cannot change a subnet: it is replaced, which fails while instances or load balancers use it";
const terminated = "Karpenter drains and terminates all its nodes at once";
const replaced =
  "a pool cannot change so and is replaced: Karpenter drains and terminates all its nodes before the new pool has any";

const acknowledged: Readonly<Record<string, Stopped>> = {
  "encryption in etcd added to three control planes": {
    from: controlPlane("us-east-1a", "us-east-1b", "us-east-1c"),
    to: {
      ...controlPlane("us-east-1a", "us-east-1b", "us-east-1c"),
      encryptionConfig: "kind: EncryptionConfiguration",
    },
    path: "encryptionConfig",
    reason:
      "none to given needs acknowledgement: while instances are replaced one at a time, those without the key cannot read what the others encrypt; in this update, the provider identity must come first",
  },
  "encryption in etcd taken out": {
    from: { encryptionConfig: "kind: EncryptionConfiguration" },
    to: {},
    path: "encryptionConfig",
    reason:
      "given to none needs acknowledgement: the API server cannot read what it encrypted; first let the provider identity encrypt, and write every Secret anew",
  },
  ...acknowledgedOfKeys,
  "an earlier patch version of Kubernetes": {
    from: { kubernetesVersion: "1.35.5" },
    to: { kubernetesVersion: "1.35.4" },
    path: "kubernetesVersion",
    reason: `"1.35.5" to "1.35.4" needs acknowledgement: it brings back the bugs that the later patch version fixed`,
  },
  "one of three control-plane zones moved": {
    from: controlPlane("us-east-1a", "us-east-1b", "us-east-1c"),
    to: controlPlane("us-east-1a", "us-east-1b", "us-east-1d"),
    path: "controlPlane.zones",
    reason: `"us-east-1a", "us-east-1b", "us-east-1c" to "us-east-1a", "us-east-1b", "us-east-1d" needs acknowledgement: it terminates the control-plane nodes in "us-east-1c" and deletes their etcd volumes; until the new members have joined, etcd cannot lose another`,
  },
  "a zone with nodes removed": {
    from: { zones: zones.slice(0, 4), nodeGroups: { web: {}, batch: { zones: ["us-east-1a"] } } },
    to: { zones: zones.slice(0, 3), nodeGroups: { web: {}, batch: { zones: ["us-east-1a"] } } },
    path: "zones",
    reason: `"us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d" to "us-east-1a", "us-east-1b", "us-east-1c" needs acknowledgement: it replaces the API load balancer, and with it the API's address, which nodes and kubeconfigs hold; it deletes the subnets of "us-east-1d", where nodes of "web" may run; a subnet cannot be deleted before its nodes are gone`,
  },
  "a zone without nodes removed": {
    from: { zones: zones.slice(0, 2), nodeGroups: { web: { zones: ["us-east-1a"] } } },
    to: { zones: zones.slice(0, 1), nodeGroups: { web: { zones: ["us-east-1a"] } } },
    path: "zones",
    reason: `"us-east-1a", "us-east-1b" to "us-east-1a" needs acknowledgement: it replaces the API load balancer, and with it the API's address, which nodes and kubeconfigs hold`,
  },
  "another range of the VPC": {
    from: {},
    to: { network: { cidr: "172.21.0.0/16" } },
    path: "network.cidr",
    reason: `"172.20.0.0/16" to "172.21.0.0/16" needs acknowledgement: AWS cannot change the range of a VPC or a subnet: they are replaced, which fails while instances use them`,
  },
  "another topology": {
    from: {},
    to: { network: { topology: "private" } },
    path: "network.topology",
    reason: `"public" to "private" needs acknowledgement: the subnets of all nodes are replaced or change their route to the internet; running nodes lose connections`,
  },
  "a subnet removed and another moved": {
    from: {
      network: { subnets: [subnet("one"), subnet("two", { cidr: "172.20.16.0/20" })] },
    },
    to: { network: { subnets: [subnet("one", { cidr: "172.20.32.0/20" })] } },
    path: "network.subnets",
    reason: `"one" cidr "172.20.0.0/20" to "172.20.32.0/20", "two" removed needs acknowledgement: ${moved}`,
  },
  "another CNI": {
    from: {},
    to: { cni: "none" },
    path: "cni",
    reason: `"cilium" to "none" needs acknowledgement: pods lose their network until another CNI takes over on every node`,
  },
  "another encapsulation of Cilium": {
    from: {},
    to: { cilium: { tunnel: "geneve" } },
    path: "cilium.tunnel",
    reason: `the default to "geneve" needs acknowledgement: nodes with the old value and nodes with the new one do not reach each other's pods`,
  },
  "another name in a mesh of clusters": {
    from: {},
    to: { cilium: { clusterName: "east" } },
    path: "cilium.clusterName",
    reason: `the default to "east" needs acknowledgement: nodes with the old value and nodes with the new one do not reach each other's pods`,
  },
  "another number in a mesh of clusters": {
    from: { cilium: { clusterName: "east" } },
    to: { cilium: { clusterName: "east", clusterID: 2 } },
    path: "cilium.clusterID",
    reason: `the default to 2 needs acknowledgement: nodes with the old value and nodes with the new one do not reach each other's pods`,
  },
  "another kind of DNS": {
    from: {},
    to: { dns: { type: "public", zone: "example.com" } },
    path: "dns.type",
    reason: `"none" to "public" needs acknowledgement: nodes and kubeconfigs find the API by another name, and running nodes keep the old one until they are replaced`,
  },
  "another kind of load balancer": {
    from: { network: { topology: "private" } },
    to: { network: { topology: "private" }, api: { loadBalancer: "internal" } },
    path: "api.loadBalancer",
    reason: `"public" to "internal" needs acknowledgement: the load balancer is replaced, and with it the API's address, which nodes and kubeconfigs hold`,
  },
  "Karpenter switched off": {
    from: {},
    to: { karpenter: { install: false } },
    path: "karpenter.install",
    reason:
      "true to false needs acknowledgement: it deletes every node pool and class, and terminates every node that Karpenter launched",
  },
  "a group renamed": {
    from: web({}),
    to: { nodeGroups: { site: {} } },
    path: "nodeGroups.web",
    reason: `group "web" removed needs acknowledgement: ${terminated}; a renamed group is a new one, which starts without nodes`,
  },
  "a pool removed": {
    from: web({ nodePools: { spot: {}, steady: {} } }),
    to: web({ nodePools: { steady: {} } }),
    path: "nodeGroups.web.nodePools.spot",
    reason: `pool "spot" removed needs acknowledgement: ${terminated}; a renamed pool is a new one, which starts without nodes`,
  },
  "a node class renamed": {
    from: web({}),
    to: web({ nodeClassName: "site" }),
    path: "nodeGroups.web.nodeClassName",
    reason: `"web" to "site" needs acknowledgement: ${replaced}`,
  },
  "a group made static": {
    from: web({}),
    to: web({ minSize: 2 }),
    path: "nodeGroups.web.minSize",
    reason: `dynamic to static needs acknowledgement: ${replaced}`,
  },
  "a static pool made dynamic": {
    from: web({ nodePools: { spot: { replicas: 2 } } }),
    to: web({ nodePools: { spot: {} } }),
    path: "nodeGroups.web.nodePools.spot.replicas",
    reason: `static to dynamic needs acknowledgement: ${replaced}`,
  },
};

const allowed: Readonly<Record<string, readonly [from: ProgramInputs, to: ProgramInputs]>> = {
  ...allowedOfKeys,
  "more control-plane zones": [controlPlane("us-east-1a"), controlPlane(...zones.slice(0, 3))],
  "control-plane zones in another order": [
    controlPlane("us-east-1a", "us-east-1b", "us-east-1c"),
    controlPlane("us-east-1c", "us-east-1a", "us-east-1b"),
  ],
  "zones in another order": [
    { zones, controlPlane: { zones: ["us-east-1a"] } },
    { zones: [...zones].reverse(), controlPlane: { zones: ["us-east-1a"] } },
  ],
  "a later minor version of Kubernetes": [{ kubernetesVersion: "1.35.1" }, { kubernetesVersion: "1.36.1" }],
  "a later patch version of Kubernetes": [{ kubernetesVersion: "1.35.4" }, { kubernetesVersion: "1.35.5" }],
  "a default written out": [{}, { cni: "cilium", kopsVersion: "1.36.2", karpenter: { install: true } }],
  "the default group written out": [
    {},
    { nodeGroups: { nodes: { nodeClassName: "default", nodePools: { default: {} } } } },
  ],
  "larger etcd volumes of another type": [volume({ size: 20 }), volume({ size: 40, type: "io2" })],
  "a bastion removed": [{ network: { topology: "private", bastion: {} } }, { network: { topology: "private" } }],
  "a group removed where somebody else runs Karpenter": [
    { nodeGroups: { web: {}, batch: {} }, karpenter: { install: false } },
    { nodeGroups: { web: {} }, karpenter: { install: false } },
  ],
};

const end = `; see the how-to "Safe change"`;

describe("changes of a running cluster that are refused", () => {
  for (const [title, { from, to, path, reason }] of Object.entries(refused)) {
    it(title, () => {
      const problem = { path, reason: `${reason}${end}` };
      const found = problemsOfChange({ ...cluster, ...from }, { ...cluster, ...to });
      expect(found).to.deep.include(problem);
      // What else changes with it may need an acknowledgement of its own.
      expect(found.filter(({ reason: each }) => each.includes(" is refused: "))).to.deep.equal([problem]);
      expect(problemsOfChange({ ...cluster, ...from }, { ...cluster, ...to }, [path])).to.deep.include(problem);
    });
  }

  it("include an earlier version of kOps", () => {
    const of = (kopsVersion: string) => new Recorded({ clusterName: "c.example.com", kopsVersion });
    expect(judgeChanges(of("1.36.2"), of("1.36.1"), [])).to.deep.equal([
      {
        path: "kopsVersion",
        reason: `"1.36.2" to "1.36.1" is refused: kOps refuses to update a cluster with an earlier version than the last one used; keep the version${end}`,
      },
    ]);
    expect(judgeChanges(of("1.36.2"), of("1.37.0"), [])).to.deep.equal([]);
  });
});

describe("changes of a running cluster that need an acknowledgement", () => {
  for (const [title, { from, to, path, reason }] of Object.entries(acknowledged)) {
    it(title, () => {
      const way = `; to go ahead, add ${JSON.stringify(path)} to acknowledge`;
      const [before, after] = [
        { ...cluster, ...from },
        { ...cluster, ...to },
      ];
      expect(problemsOfChange(before, after)).to.deep.equal([{ path, reason: `${reason}${way}${end}` }]);
      expect(problemsOfChange(before, after, [path])).to.deep.equal([]);
      expect(acknowledgeable.some((pattern) => matchesPath(pattern, path))).to.equal(true);
    });
  }

  it("include keys in the state store that the component did not write", () => {
    const next = new Recorded({ clusterName: "c.example.com", [keysAcknowledgement]: ["secrets/admin"] });
    const old = new Recorded({ clusterName: "c.example.com" });
    expect(judgeChanges(old, next, [])).to.deep.equal([
      {
        path: keysAcknowledgement,
        reason: `"secrets/admin" written by kOps or another program needs acknowledgement: an update may put the component's own keys back, and nodes that trust only the others lose the API; to keep the others, continue with kOps, or restore the earlier versions of the objects; to go ahead, add "stateStore.keys" to acknowledge${end}`,
      },
    ]);
    expect(judgeChanges(old, next, [keysAcknowledgement])).to.deep.equal([]);
    // A cluster that does not exist yet is judged by the look-up, which knows whether the store is the user's.
    expect(judgeChanges(new Recorded({}), next, [])).to.deep.equal([]);
  });

  it("judge a cluster whose keysets an earlier release of this package did not record", () => {
    const old = new Recorded({ clusterName: "c.example.com" });
    const next = (inputs: ProgramInputs) => recorded({ ...cluster, ...inputs });
    expect(judgeChanges(old, next({}), [])).to.deep.equal([]);
    expect(judgeChanges(old, next(authority({ initial: {}, "2027": {} })), [])).to.deep.equal([]);
    const promotion = judgeChanges(old, next(authority({ initial: {}, "2027": {} }, "2027")), [primaryPath]);
    expect(promotion.map(({ path }) => path)).to.deep.equal([primaryPath]);
  });

  it("have an example for each stop of the table, as those that are refused have", () => {
    const untested = changeRows.flatMap((row) =>
      row.stops
        .filter(({ effect, at }) => {
          if (at === keysAcknowledgement) return false;
          const examples = Object.values(effect === "refused" ? refused : acknowledged);
          return row.path !== "kopsVersion" && !examples.some(({ path }) => matchesPath(at ?? row.path, path));
        })
        .map(({ when }) => `${row.path} ${when ?? ""}`),
    );
    expect(untested).to.deep.equal([]);
  });
});

describe("changes of a running cluster that go through", () => {
  for (const [title, [from, to]] of Object.entries(allowed)) {
    it(title, () => {
      expect(problemsOfChange({ ...cluster, ...from }, { ...cluster, ...to })).to.deep.equal([]);
    });
  }
});

describe("what messages show of values", () => {
  const judged = (from: unknown, to: unknown, secrets: readonly string[] = []) => {
    const of = (stateStore: unknown) => new Recorded({ clusterName: "c", stateStore }, new Set(secrets));
    return judgeChanges(of(from), of(to), []).map(({ reason }) => reason.slice(0, reason.indexOf(" is refused")));
  };

  it("is never a secret", () => {
    expect(judged("s3://one", "s3://two", ["stateStore"])).to.deep.equal(["a secret to a secret"]);
  });

  it("is shorter than a line", () => {
    expect(judged("s3://one", `s3://${"x".repeat(500)}`)).to.deep.equal([`"s3://one" to "s3://${"x".repeat(75)}…"`]);
  });

  it("is nothing while a value is not known", () => {
    expect(judged("s3://one", undefined)).to.deep.equal([]);
  });

  it("is nothing of a cluster that was never recorded", () => {
    expect(judgeChanges(new Recorded({}), new Recorded({ clusterName: "c" }), [])).to.deep.equal([]);
  });
});
