/**
 * Clusters that kOps created, on the local cloud's machines: real nodeup, and control planes from the files it writes. One
 * has a single control plane, and the other has three.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import type { Kube } from "../../localcloud/machines/kube";
import { makeBuckets } from "../support/buckets";
import { KopsCommand } from "../support/kopsCommand";
import { useLocalCloud } from "../support/localCloud";
import { testAddons, withAddons, withdrawWebhooks } from "./addons";
import { testAuthenticator, withAuthenticator } from "./authenticator";
import { controlPlanes, etcdOf, Group, serverOf, Writer } from "./controlPlanes";
import { apiOf, awaitApi, conditionOf, ec2, machines, runningInstances, serviceAccountToken, until } from "./harness";

const MINUTES = 60_000;

describe("clusters that kOps created, on simulated machines", function () {
  this.timeout(10 * MINUTES);
  const ONE = "one.example.com";
  const THREE = "three.example.com";
  const ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"];
  const zonesOf = new Map([
    [ONE, ZONES.slice(0, 1)],
    [THREE, ZONES],
  ]);
  const names = [...zonesOf.keys()];
  /** Their names for the API's etcd clusters: the prefix of their members' names. */
  const ETCD = { main: "etcd", events: "etcd-events" };
  const apis = new Map<string, Kube>();
  const kubeconfigs = new Map<string, string>();
  const cloud = useLocalCloud({ machines: true });

  before("make two clusters in one local cloud", async () => {
    let addons = Promise.resolve();
    await makeBuckets(cloud, ["kops-state", "kops-discovery"]);
    for (const [name, zones] of zonesOf) {
      const kops = new KopsCommand(cloud, name, { state: "s3://kops-state", discovery: "s3://kops-discovery" });
      await kops.create([
        `--zones=${zones.join(",")}`,
        `--control-plane-zones=${zones.join(",")}`,
        "--kubernetes-version=1.35.5",
        "--control-plane-size=t3.medium",
        ...(name === ONE ? [...withAddons, ...withAuthenticator] : []),
      ]);
      const file = join(cloud.dir, `${name}.kubeconfig`);
      await kops.run("export", "kubeconfig", "--admin", `--kubeconfig=${file}`);
      const kubeconfig = readFileSync(file, "utf8");
      kubeconfigs.set(name, kubeconfig);
      apis.set(name, await awaitApi(cloud, name, kubeconfig));
      if (name === ONE) addons = withdrawWebhooks(api(ONE));
    }
    await addons;
  });

  after("close the connection", () => {
    for (const api of apis.values()) api.close();
  });

  for (const name of names) {
    it(`${name} has a ready control-plane node in each of its zones`, async () => {
      const zones = zonesOf.get(name) ?? [];
      const nodes = await until("ready nodes", 120, async () => {
        const found = (
          await api(name).list("/api/v1/nodes?labelSelector=node-role.kubernetes.io/control-plane")
        ).filter(
          (node) =>
            conditionOf(node, "Ready")?.status === "True" && node.metadata.labels?.["topology.kubernetes.io/zone"],
        );
        return found.length === zones.length && found;
      });
      const running = await runningInstances(ec2(cloud));
      for (const { metadata } of nodes) {
        const zone = metadata.labels?.["topology.kubernetes.io/zone"];
        expect(metadata.labels).to.include({
          "kops.k8s.io/instancegroup": `control-plane-${zone}`,
          "node.kubernetes.io/instance-type": "t3.medium",
        });
        expect([...running.keys()]).to.include(metadata.name);
        expect(machines(cloud)[metadata.name]).to.include({ cluster: name, role: "ControlPlane" });
      }
      const found = nodes.map(({ metadata }) => metadata.labels?.["topology.kubernetes.io/zone"]);
      expect(found.sort()).to.deep.equal(zones);
    });

    it(`${name} has the addons of its bootstrap channel`, async () => {
      await until("the addons", 120, async () => {
        const space = await api(name).get("/api/v1/namespaces/kube-system");
        const applied = Object.keys(space.metadata.annotations ?? {}).filter((key) => key.startsWith("addons.k8s.io/"));
        return [
          "coredns.addons.k8s.io",
          "networking.cilium.io",
          "kops-controller.addons.k8s.io",
          "aws-ebs-csi-driver.addons.k8s.io",
        ].every((addon) => applied.includes(`addons.k8s.io/${addon}`));
      });
      const sets = await api(name).list("/apis/apps/v1/namespaces/kube-system/daemonsets");
      expect(sets.map((each) => each.metadata.name)).to.include.members(["cilium", "kops-controller", "ebs-csi-node"]);
    });

    it(`${name} issues service account tokens with its own issuer`, async () => {
      const [, claims = ""] = (await serviceAccountToken(api(name))).split(".");
      const { iss } = parse(Buffer.from(claims, "base64url").toString()) as { iss: string };
      expect(iss).to.equal(`https://kops-discovery.s3.us-east-1.amazonaws.com/${name}`);
    });
  }

  it("three control planes are members of the same etcd clusters and tell the same", async () => {
    const planes = await until("three control planes", 180, async () => {
      const all = controlPlanes(cloud, THREE);
      return all.length === 3 && all;
    });
    for (const [etcd, prefix] of Object.entries(ETCD)) {
      const members = ["a", "b", "c"].map((zone) => `${prefix}-${zone}`);
      for (const id of planes) {
        const listed = await etcdOf(cloud, id, etcd).members();
        expect(listed.map(({ name = "" }) => name).sort(), `${id} ${etcd}`).to.deep.equal(members);
        expect(await etcdOf(cloud, id, etcd).isHealthy(), `${id} ${etcd}`).to.equal(true);
      }
    }
    const servers = planes.map((id) => server(id));
    await servers[0]?.create(Writer.path, { metadata: { name: "told" }, data: { at: "one" } });
    for (const each of servers) expect((await each.get(`${Writer.path}/told`))["data"]).to.deep.equal({ at: "one" });
    for (const each of servers) each.close();
  });

  it("two of three serve while one is away, and its replacement is the same member; no write is lost", async () => {
    const group = new Group(cloud, `control-plane-us-east-1b.masters.${THREE}`);
    const { id: lost, version } = await group.instance();
    const [survivor = ""] = controlPlanes(cloud, THREE).filter((id) => id !== lost);
    const members = await etcdOf(cloud, survivor, "main").members();
    const writer = new Writer(apiOf(cloud, THREE, kubeconfigs.get(THREE) ?? ""));

    // Its first replacement has an image that does not boot.
    const broken = await group.versionWith("ami-0bad0000000000000");
    await group.use(broken);
    await group.replace(lost);
    const failed = await until("the broken replacement", 60, async () => {
      const { id } = await group.instance();
      return machines(cloud)[id]?.state === "failed" && id;
    });
    expect(machines(cloud)[failed]?.detail).to.equal("its image does not boot");
    expect(await group.instance()).to.deep.equal({ id: failed, version: broken });
    const before = writer.acknowledged.length;
    await until("writes while two serve", 60, async () => writer.acknowledged.length > before + 20);
    expect(controlPlanes(cloud, THREE)).to.have.length(2);

    await group.use(version);
    await group.replace(failed);
    const back = await until("the replacement", 180, async () => {
      const { id } = await group.instance();
      return machines(cloud)[id]?.state === "running" && id;
    });
    await writer.end();

    for (const etcd of Object.keys(ETCD))
      expect(await etcdOf(cloud, back, etcd).isHealthy(), `${back} ${etcd}`).to.equal(true);
    expect(await etcdOf(cloud, back, "main").members()).to.have.deep.members(members);
    expect(writer.longest, `the longest wait for a write: ${writer.reason}`).to.be.lessThan(10_000);
    const restored = server(back);
    const stored = (await restored.list(Writer.path)).map(({ metadata }) => metadata.name);
    expect(stored).to.include.members(writer.acknowledged);
    restored.close();
  });

  // At the end: kOps's channels takes its time for these.
  describe(`${ONE}, of addons with definitions,`, () => {
    testAddons(() => api(ONE));
  });

  describe(`${ONE}, of users of AWS IAM,`, () => {
    testAuthenticator(cloud, ONE, () => api(ONE));
  });

  /** One of the three API servers. */
  function server(instanceId: string): Kube {
    return serverOf(cloud, instanceId, THREE, kubeconfigs.get(THREE) ?? "");
  }

  function api(name: string): Kube {
    const found = apis.get(name);
    if (found === undefined) throw new Error(`no API of ${name}`);
    return found;
  }
});
