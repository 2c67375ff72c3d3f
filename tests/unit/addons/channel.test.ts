import { createHash } from "node:crypto";
import { expect } from "chai";
import { parse } from "yaml";
import { addonArtifacts } from "../../../provider/src/render/addons";
import { cluster, fileOf, render } from "./clusters";

interface Entry {
  readonly name: string;
  readonly id?: string;
  readonly manifest: string;
  readonly manifestHash: string;
  readonly needsRollingUpdate?: string;
  readonly prune?: { readonly kinds: readonly { readonly kind: string; readonly labelSelector: string }[] };
  readonly selector: Readonly<Record<string, string>>;
}

function entries(files: Readonly<Record<string, string>>): readonly Entry[] {
  return (parse(files["bootstrap-channel.yaml"]!) as { spec: { addons: Entry[] } }).spec.addons;
}

function entry(files: Readonly<Record<string, string>>, name: string): Entry {
  return entries(files).find((each) => each.name === name)!;
}

describe("bootstrap channel", () => {
  const changes = {
    default: {},
    "no network plugin": { cni: "none" },
    kindnet: { cni: "kindnet" },
    "private DNS": { dns: { type: "private" } },
  } as const;

  for (const [name, inputs] of Object.entries(changes)) {
    it(`lists each manifest once, with the hash of its bytes (${name})`, () => {
      const files = render(cluster(inputs));
      const listed = entries(files);
      expect(listed.map((each) => each.manifest).sort()).to.deep.equal(
        Object.keys(files)
          .filter((file) => file !== "bootstrap-channel.yaml")
          .sort(),
      );
      for (const { manifest, manifestHash } of listed) {
        expect(manifestHash, manifest).to.equal(createHash("sha256").update(files[manifest]!).digest("hex"));
      }
    });
  }

  it("lists them in kOps's order, without Karpenter", () => {
    expect(entries(render(cluster())).map((each) => each.name)).to.deep.equal([
      "kops-controller.addons.k8s.io",
      "coredns.addons.k8s.io",
      "kubelet-api.rbac.addons.k8s.io",
      "limit-range.addons.k8s.io",
      "dns-controller.addons.k8s.io",
      "storage-aws.addons.k8s.io",
      "networking.cilium.io",
      "aws-cloud-controller.addons.k8s.io",
      "aws-ebs-csi-driver.addons.k8s.io",
    ]);
  });

  it("has no network plugin where the user brings one", () => {
    const files = render(cluster({ cni: "none" }));
    expect(entries(files).map((each) => each.name)).not.to.include("networking.cilium.io");
    expect(Object.keys(files).filter((file) => file.includes("cilium"))).to.deep.equal([]);
  });

  it("says which addons replace nodes", () => {
    const rolling = entries(render(cluster())).flatMap((each) =>
      each.needsRollingUpdate === undefined ? [] : [[each.name, each.needsRollingUpdate]],
    );
    expect(rolling).to.deep.equal([
      ["kops-controller.addons.k8s.io", "control-plane"],
      ["networking.cilium.io", "all"],
    ]);
  });

  it("empties dns-controller without DNS and prunes what was there", () => {
    const files = render(cluster());
    const { manifest, prune } = entry(files, "dns-controller.addons.k8s.io");
    expect(files[manifest]).to.equal("");
    expect(prune?.kinds).to.have.length(13);
    expect(new Set(prune?.kinds.map((kind) => kind.labelSelector))).to.deep.equal(
      new Set(["addon.kops.k8s.io/name=dns-controller.addons.k8s.io,app.kubernetes.io/managed-by=kops"]),
    );
  });

  it("runs dns-controller with DNS, and prunes nothing", () => {
    const files = render(cluster({ dns: { type: "private", zone: "Z123" } }));
    const { manifest, prune } = entry(files, "dns-controller.addons.k8s.io");
    expect(files[manifest]).to.include("- --zone=*/Z123\n");
    expect(prune).to.equal(undefined);
  });

  it("waits for the facts that its manifests wait for, and for the secret one only when there is one", () => {
    const needs = (access: boolean): Readonly<Record<string, readonly string[]>> => {
      const given = cluster();
      const resolved = { ...given, stores: { ...given.stores, s3Compatible: access } };
      return Object.fromEntries(addonArtifacts(resolved).map((each) => [fileOf(each), each.needs]));
    };
    expect(needs(true)["bootstrap-channel.yaml"]).to.deep.equal(["accountId", "stateStore", "storeAccess"]);
    expect(needs(false)["bootstrap-channel.yaml"]).to.deep.equal(["accountId", "stateStore"]);
    expect(needs(false)["kops-controller.addons.k8s.io/k8s-1.16.yaml"]).to.deep.equal(["stateStore"]);
    expect(needs(true)["coredns.addons.k8s.io/k8s-1.12.yaml"]).to.deep.equal([]);
  });

  it("gives every artifact a key of its own, made of its path", () => {
    const keys = addonArtifacts(cluster()).map((each) => each.key);
    expect(new Set(keys).size).to.equal(keys.length);
    for (const key of keys) expect(key).to.match(/^addons-[A-Za-z0-9.-]+$/);
  });
});
