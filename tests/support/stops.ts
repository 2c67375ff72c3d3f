/** Changes that the guard stops, with what it says of each. */
import type { Stopped } from "../unit/validate/changes/judged";
import { acknowledgedOfKeys, refusedOfKeys } from "../unit/validate/changes/keyChanges";
import type { ProgramInputs } from "./programInputs";

export const zones = ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e"];
/** What both programs of each change have beside it. */
export const cluster: ProgramInputs = { clusterName: "c.example.com", zones: zones.slice(0, 1) };
const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/0123abcd";
const beside = "create a new cluster beside this one and move the workloads";
const subnet = (name: string, more: object = {}) => ({
  name,
  zone: "us-east-1a",
  type: "Public",
  cidr: "172.20.0.0/20",
  ...more,
});
export const controlPlane = (...of: string[]): ProgramInputs => ({ zones, controlPlane: { zones: of } });
export const volume = (etcdVolume: object): ProgramInputs => ({ controlPlane: { etcdVolume } });
/** An Auto Scaling group without instances. */
const empty = { manager: "CloudGroup", minSize: 0, maxSize: 3 };
const web = (group: object): ProgramInputs => ({ nodeGroups: { web: group } });

/** A configuration with those keys, the first of which encrypts. */
export const encryption = (...keys: readonly string[]): string =>
  JSON.stringify({
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "EncryptionConfiguration",
    resources: [
      {
        resources: ["secrets"],
        providers: [{ secretbox: { keys: keys.map((name) => ({ name, secret: btoa(name) })) } }, { identity: {} }],
      },
    ],
  });

export const refused: Readonly<Record<string, Stopped>> = {
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
  "a later minor version of Kubernetes in the first update that looks at the API": {
    from: { kubernetesVersion: "1.34.8", readiness: { skip: true } },
    to: { kubernetesVersion: "1.35.5" },
    path: "kubernetesVersion",
    reason: `"1.34.8" to "1.35.5" is refused: the first update without readiness.skip replaces no control-plane instance, so new workers would start with a kubelet that is later than the API server; omit readiness.skip in an update before this one`,
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
  "another range of pods": {
    from: {},
    to: { network: { podCidr: "100.96.0.0/12" } },
    path: "network.podCidr",
    reason: `the default to "100.96.0.0/12" is refused: each node has its part of the range for as long as it runs, and the others route pods by it; ${beside}`,
  },
  "another range of services": {
    from: { network: { serviceCidr: "100.64.0.0/14" } },
    to: {},
    path: "network.serviceCidr",
    reason: `"100.64.0.0/14" to the default is refused: services keep their addresses, and the API server refuses those outside the range, its own and the DNS service's among them; ${beside}`,
  },
  "an existing VPC for the component's own": {
    from: {},
    to: { network: { vpcId: "vpc-0123456789abcdef0", cidr: "172.20.0.0/16" } },
    path: "network.vpcId",
    reason:
      'created by the component to "vpc-0123456789abcdef0" is refused: every subnet, security group, load balancer and instance is bound to its VPC; create a new cluster in the other VPC and move the workloads',
  },
  "a node class that another group had": {
    from: {},
    to: { nodeGroups: { web: { nodeClassName: "default" } } },
    path: "nodeGroups.web.nodeClassName",
    reason: `"default", the class of group "nodes", is refused: the update would delete the EC2NodeClass after the group has taken it over, and Karpenter could launch no node from it; give the group another nodeClassName`,
  },
};

const moved = "AWS cannot change a subnet: it is replaced, which fails while instances or load balancers use it";
const terminated = "Karpenter drains and terminates all its nodes at once";
const replaced =
  "a pool cannot change so and is replaced: Karpenter drains and terminates all its nodes before the new pool has any";

export const acknowledged: Readonly<Record<string, Stopped>> = {
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
  "a key of encryption in etcd replaced": {
    from: { encryptionConfig: encryption("one", "two") },
    to: { encryptionConfig: encryption("two", "three") },
    path: "encryptionConfig",
    reason:
      "a key or provider removed needs acknowledgement: the API server cannot read what it encrypted, and what was written without encryption cannot be read without the provider identity; first let another key encrypt, and write every object anew",
  },
  "a new key of encryption in etcd that comes first on three control planes": {
    from: { ...controlPlane("us-east-1a", "us-east-1b", "us-east-1c"), encryptionConfig: encryption("one") },
    to: { ...controlPlane("us-east-1a", "us-east-1b", "us-east-1c"), encryptionConfig: encryption("two", "one") },
    path: "encryptionConfig",
    reason:
      "a new key first needs acknowledgement: while instances are replaced one at a time, those without the key cannot read what the others encrypt; in this update, the new key must come after the others",
  },
  "the webhook for pods switched on": {
    from: {},
    to: { clusterSpec: { podIdentityWebhook: { enabled: true } } },
    path: "clusterSpec.podIdentityWebhook",
    reason:
      "off to on needs acknowledgement: no pod can be created, except those of kOps and Karpenter, until cert-manager has issued the webhook's certificate",
  },
  "the load balancer controller switched on": {
    from: { clusterSpec: { certManager: { enabled: true, managed: false } } },
    to: {
      clusterSpec: { certManager: { enabled: true, managed: false }, awsLoadBalancerController: { enabled: true } },
    },
    path: "clusterSpec.awsLoadBalancerController",
    reason:
      "off to on needs acknowledgement: no Service outside kube-system and no Ingress can be created until the controller runs and cert-manager has issued its certificate; if you installed the controller yourself, two of them work on the same load balancers",
  },
  "cert-manager of kOps switched on": {
    from: {},
    to: { clusterSpec: { certManager: { enabled: true } } },
    path: "clusterSpec.certManager",
    reason:
      "off to on needs acknowledgement: kOps installs cert-manager into kube-system; if you installed one yourself, two of them work on the same certificates, and the definitions become kOps's version",
  },
  ...acknowledgedOfKeys,
  "an earlier patch version of Kubernetes": {
    from: { kubernetesVersion: "1.35.5" },
    to: { kubernetesVersion: "1.35.4" },
    path: "kubernetesVersion",
    reason: `"1.35.5" to "1.35.4" needs acknowledgement: it brings back the bugs that the later patch version fixed`,
  },
  "a later minor version of Kubernetes without a look at the API": {
    from: { kubernetesVersion: "1.34.8" },
    to: { kubernetesVersion: "1.35.5", readiness: { skip: true } },
    path: "kubernetesVersion",
    reason: `"1.34.8" to "1.35.5" needs acknowledgement: with readiness.skip, the update replaces no control-plane instance and waits for none, so new workers start with a kubelet that is later than the API server, which Kubernetes does not support; omit readiness.skip in an update before this one if the API can be reached, or exclude the workers from this update`,
  },
  "an earlier minor version of Karpenter": {
    from: { karpenter: { version: "1.13.0" } },
    to: { karpenter: { version: "1.12.0" } },
    path: "karpenter.version",
    reason: `"1.13.0" to "1.12.0" needs acknowledgement: Karpenter documents no downgrade: with the earlier version's CRDs, node pools, classes and claims lose the fields that only the later version has, and their nodes may be replaced as drifted`,
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
    reason: `"172.20.0.0/16" to "172.21.0.0/16" needs acknowledgement: AWS cannot change the range of a VPC or a subnet: they are replaced, which fails while instances use them; it replaces the API load balancer, and with it the API's address, which nodes and kubeconfigs hold`,
  },
  "another topology": {
    from: {},
    to: { network: { topology: "private" } },
    path: "network.topology",
    reason: `"public" to "private" needs acknowledgement: the subnets of all nodes are replaced or change their route to the internet; running nodes lose connections; it replaces the API load balancer, and with it the API's address, which nodes and kubeconfigs hold`,
  },
  "a subnet removed and another moved": {
    from: {
      network: { subnets: [subnet("one"), subnet("two", { cidr: "172.20.16.0/20" })] },
    },
    to: { network: { subnets: [subnet("one", { cidr: "172.20.32.0/20" })] } },
    path: "network.subnets",
    reason: `"one" cidr "172.20.0.0/20" to "172.20.32.0/20", "two" removed needs acknowledgement: ${moved}`,
  },
  "a subnet that takes the API load balancer": {
    from: { network: { subnets: [subnet("one")] } },
    to: { network: { subnets: [subnet("two", { cidr: "172.20.16.0/20" }), subnet("one")] } },
    path: "network.subnets",
    reason: `API load balancer moved out of "one" needs acknowledgement: kOps gives it one subnet in each zone: a utility subnet, else that of the control plane, else the first by name; it replaces the API load balancer, and with it the API's address, which nodes and kubeconfigs hold`,
  },
  "another domain of services": {
    from: {},
    to: { network: { clusterDomain: "cluster.example" } },
    path: "network.clusterDomain",
    reason: `the default to "cluster.example" needs acknowledgement: names of services in the old domain no longer resolve, and running pods look names up in it until they are replaced`,
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
  "the eBPF data plane of Calico switched on": {
    from: { cni: "calico" },
    to: { cni: "calico", calico: { bpfEnabled: true } },
    path: "calico.bpfEnabled",
    reason: `the default to true needs acknowledgement: until a node is replaced, it has kube-proxy and the eBPF data plane side by side, which use the same port, or neither`,
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
  "Karpenter taken out": {
    from: {},
    to: { karpenter: { enabled: false }, nodeGroups: { nodes: { minSize: 0, maxSize: 3 } } },
    path: "karpenter.enabled",
    reason:
      "true to false needs acknowledgement: once the Auto Scaling groups have their nodes, every node pool and class is deleted, every node that Karpenter launched is drained and terminated, and so is Karpenter's role",
  },
  "a group renamed": {
    from: web({}),
    to: { nodeGroups: { site: {} } },
    path: "nodeGroups.web",
    reason: `group "web" removed needs acknowledgement: ${terminated}; a renamed group is a new one, which starts without nodes`,
  },
  "a group in an Auto Scaling group removed": {
    from: { nodeGroups: { web: {}, batch: empty } },
    to: web({}),
    path: "nodeGroups.batch",
    reason: `group "batch" removed needs acknowledgement: its nodes are drained one by one, and all its instances terminated; a renamed group is a new one`,
  },
  "a group moved to an Auto Scaling group": {
    from: web({}),
    to: web(empty),
    path: "nodeGroups.web.manager",
    reason: `"Karpenter" to "CloudGroup" needs acknowledgement: once the nodes of the Auto Scaling group are ready, Karpenter drains and terminates all nodes of the group at once`,
  },
  "a group moved to Karpenter": {
    from: web(empty),
    to: web({}),
    path: "nodeGroups.web.manager",
    reason: `"CloudGroup" to "Karpenter" needs acknowledgement: the nodes of the Auto Scaling group are drained one by one, Karpenter launches nodes for their pods, and the group is deleted`,
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
