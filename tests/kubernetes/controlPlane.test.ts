/** Clusters that kOps created, on the local cloud's machines: real nodeup, and a control plane from the files it writes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import type { Kube } from "../../localcloud/machines/kube";
import { makeBuckets } from "../support/buckets";
import { KopsCommand } from "../support/kopsCommand";
import { useLocalCloud } from "../support/localCloud";
import { awaitApi, conditionOf, ec2, machines, runningInstances, until } from "./harness";

const MINUTES = 60_000;

describe("clusters that kOps created, on simulated machines", function () {
  this.timeout(10 * MINUTES);
  const names = ["one.example.com", "two.example.com"];
  const apis = new Map<string, Kube>();
  const cloud = useLocalCloud({ machines: true });

  before("make two clusters in one local cloud", async () => {
    await makeBuckets(cloud, ["kops-state", "kops-discovery"]);
    for (const name of names) {
      const kops = new KopsCommand(cloud, name, { state: "s3://kops-state", discovery: "s3://kops-discovery" });
      await kops.create(["--zones=us-east-1a", "--kubernetes-version=1.35.5", "--control-plane-size=t3.medium"]);
      const file = join(cloud.dir, `${name}.kubeconfig`);
      await kops.run("export", "kubeconfig", "--admin", `--kubeconfig=${file}`);
      apis.set(name, await awaitApi(cloud, name, readFileSync(file, "utf8")));
    }
  });

  after("close the connection", () => {
    for (const api of apis.values()) api.close();
  });

  for (const name of names) {
    it(`${name} has a ready control-plane node`, async () => {
      const node = await until("a ready node", 60, async () => {
        const [found] = await api(name).list("/api/v1/nodes");
        return conditionOf(found, "Ready")?.status === "True" && found?.metadata.labels?.["topology.kubernetes.io/zone"]
          ? found
          : undefined;
      });
      expect(node.metadata.labels).to.include({
        "kops.k8s.io/instancegroup": "control-plane-us-east-1a",
        "topology.kubernetes.io/zone": "us-east-1a",
        "node.kubernetes.io/instance-type": "t3.medium",
      });
      const running = await runningInstances(ec2(cloud));
      expect([...running.keys()]).to.include(node.metadata.name);
      expect(machines(cloud)[node.metadata.name]).to.include({ cluster: name, role: "ControlPlane" });
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
      const path = "/api/v1/namespaces/default/serviceaccounts/default/token";
      const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} };
      const made = await until("a token", 30, () => api(name).create(path, request));
      const [, claims = ""] = (made["status"] as { token: string }).token.split(".");
      const { iss } = parse(Buffer.from(claims, "base64url").toString()) as { iss: string };
      expect(iss).to.equal(`https://kops-discovery.s3.us-east-1.amazonaws.com/${name}`);
    });
  }

  function api(name: string): Kube {
    const found = apis.get(name);
    if (found === undefined) throw new Error(`no API of ${name}`);
    return found;
  }
});
