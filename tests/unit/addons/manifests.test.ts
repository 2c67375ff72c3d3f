import { expect } from "chai";
import { parseAllDocuments } from "yaml";
import { imageLocation } from "../../../provider/src/model/containerImages";
import type { ResolvedCluster } from "../../../provider/src/model/cluster";
import { access, cluster, facts, render } from "./clusters";

interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly volumeMounts?: readonly { readonly name: string }[];
}

interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly { readonly name: string }[];
}

interface Object {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly replicas?: number;
    readonly template?: { readonly metadata: Object["metadata"]; readonly spec: PodSpec };
    readonly nodeAllocatableUpdatePeriodSeconds?: number;
  };
  readonly data?: Readonly<Record<string, string>>;
}

function objects(resolved: ResolvedCluster, known = facts): readonly (Object & { readonly file: string })[] {
  return Object.entries(render(resolved, known))
    .filter(([file]) => file !== "bootstrap-channel.yaml")
    .flatMap(([file, text]) =>
      [...parseAllDocuments(text)].map((document) => ({ file, ...(document.toJS() as Object) })),
    );
}

function find(resolved: ResolvedCluster, kind: string, name: string, known = facts): Object {
  return objects(resolved, known).find((each) => each.kind === kind && each.metadata.name === name)!;
}

function containers(each: Object): readonly Container[] {
  const spec = each.spec?.template?.spec;
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
}

describe("addon manifests", () => {
  it("bear kOps's labels on every object and every pod", () => {
    for (const each of objects(cluster())) {
      const addon = each.file.slice(0, each.file.indexOf("/"));
      const selector = addon === "networking.cilium.io" ? ["role.kubernetes.io/networking", "1"] : ["k8s-addon", addon];
      expect(each.metadata.labels, each.metadata.name).to.include({
        "addon.kops.k8s.io/name": addon,
        "app.kubernetes.io/managed-by": "kops",
        [selector[0]!]: selector[1],
      });
      const pods = each.spec?.template;
      if (pods !== undefined) expect(pods.metadata.labels).to.include({ "kops.k8s.io/managed-by": "kops" });
    }
  });

  it("take every image from the facts", () => {
    const known = new Set<string>(Object.values(cluster().release.images));
    const used = objects(cluster({ dns: { type: "private" } })).flatMap((each) =>
      containers(each).map((one) => one.image),
    );
    expect(used).to.have.length(21);
    for (const image of used) expect(known.has(image), image).to.equal(true);
  });

  it("take every image from a mirror", () => {
    const mirrored = cluster({ assets: { containerRegistry: "mirror.example.com/k8s" } });
    const used = objects(mirrored).flatMap((each) => containers(each).map((one) => one.image));
    for (const image of used) expect(image).to.match(/^mirror\.example\.com\/k8s\/[^/]+:[^/]+$/);
  });

  for (const [zones, replicas] of [
    [["a"], 1],
    [["a", "b", "c"], 2],
    [["a", "b", "c", "d", "f"], 2],
  ] as const) {
    it(`run controllers ${replicas} times with ${zones.length} control-plane nodes`, () => {
      const names = zones.map((zone) => `us-east-1${zone}`);
      const resolved = cluster({ zones: names, controlPlane: { zones: names } });
      for (const name of ["cilium-operator", "ebs-csi-controller"]) {
        expect(find(resolved, "Deployment", name).spec?.replicas, name).to.equal(replicas);
      }
    });
  }

  it("let the kubelet ask for a node's volume limit from Kubernetes 1.35 on", () => {
    const period = (kubernetesVersion: string): number | undefined =>
      find(cluster({ kubernetesVersion }), "CSIDriver", "ebs.csi.aws.com").spec?.nodeAllocatableUpdatePeriodSeconds;
    expect([period("1.34.8"), period("1.35.0"), period("1.36.1")]).to.deep.equal([undefined, 10, 10]);
  });

  it("name the cluster's tags sorted by code unit", () => {
    const text = JSON.stringify(
      find(cluster({ tags: { team: "a", Owner: "b", KZ: "c" } }), "Deployment", "ebs-csi-controller"),
    );
    expect(text).to.include('"--extra-tags=KZ=c,KubernetesCluster=c.example.com,Owner=b,team=a"');
  });
});

describe("addon credentials", () => {
  const roles = [
    ["DaemonSet", "aws-cloud-controller-manager", "aws-cloud-controller-manager"],
    ["Deployment", "ebs-csi-controller", "ebs-csi-controller-sa"],
    ["Deployment", "dns-controller", "dns-controller"],
  ] as const;

  for (const [kind, name, account] of roles) {
    it(`give ${name} the role of its service account`, () => {
      const workload = find(cluster({ dns: { type: "private" } }), kind, name);
      expect(workload.spec?.template?.spec.volumes?.map((volume) => volume.name)).to.include("token-amazonaws-com");
      for (const container of containers(workload)) {
        expect(container.env, container.name).to.deep.include({
          name: "AWS_ROLE_ARN",
          value: `arn:aws:iam::123456789012:role/${account}.kube-system.sa.c.example.com`,
        });
        expect(container.volumeMounts?.map((mount) => mount.name)).to.include("token-amazonaws-com");
      }
    });
  }

  it("name roles in the region's partition", () => {
    const files = render(cluster({ zones: ["cn-north-1a"] }));
    const arns = Object.values(files).flatMap((text) => text.match(/arn:[^\s]+:role\/.*/g) ?? []);
    expect(arns.length).to.be.greaterThan(0);
    for (const arn of arns) expect(arn).to.match(/^arn:aws-cn:iam::/);
  });

  it("give the state store's keys to kops-controller alone", () => {
    const secret = "s3cr3t-of-the-store";
    const files = render(cluster(), { ...facts, storeAccess: { ...access, secretAccessKey: secret } });
    const holding = Object.keys(files).filter((file) => files[file]!.includes(secret));
    expect(holding).to.deep.equal(["kops-controller.addons.k8s.io/k8s-1.16.yaml"]);
  });

  it("name no keys and no download site on AWS itself", () => {
    const { stores, ...rest } = cluster({ assets: {} });
    const resolved = { ...rest, stores: { ...stores, s3Compatible: false } };
    const { storeAccess, ...known } = facts;
    expect(storeAccess).to.equal(access);
    const [container] = containers(find(resolved, "DaemonSet", "kops-controller", known));
    expect(container?.env).to.deep.equal([
      { name: "KUBERNETES_SERVICE_HOST", value: "127.0.0.1" },
      { name: "AWS_REGION", value: "us-east-1" },
    ]);
  });
});

describe("kops-controller's configuration", () => {
  function config(resolved: ResolvedCluster, known = facts): Record<string, unknown> {
    const text = find(resolved, "ConfigMap", "kops-controller", known).data?.["config.yaml"] ?? "";
    return JSON.parse(text) as Record<string, unknown>;
  }

  it("points into the state store, below its prefix", () => {
    const known = { ...facts, stateStore: { bucket: "states", prefix: "teams/platform" } };
    expect(config(cluster(), known)).to.include({
      configBase: "s3://states/teams/platform/c.example.com",
      secretStore: "s3://states/teams/platform/c.example.com/secrets",
    });
  });

  it("signs kube-proxy's certificate only where there is a kube-proxy", () => {
    const names = (cni: "cilium" | "none"): unknown =>
      (config(cluster({ cni }))["server"] as { certNames: unknown }).certNames;
    expect(names("cilium")).to.deep.equal(["kubelet", "kubelet-server"]);
    expect(names("none")).to.deep.equal(["kubelet", "kubelet-server", "kube-proxy"]);
  });
});

describe("image mirror", () => {
  it("flattens names, and knows an image that is there already", () => {
    const mirror = "mirror.example.com/k8s";
    expect(imageLocation("quay.io/a/b:1", undefined)).to.equal("quay.io/a/b:1");
    expect(imageLocation("registry.k8s.io/a/b:1", mirror)).to.equal(`${mirror}/a-b:1`);
    expect(imageLocation("quay.io/a/b:1", mirror)).to.equal(`${mirror}/quay.io-a-b:1`);
    expect(imageLocation(`${mirror}/a-b:1`, mirror)).to.equal(`${mirror}/a-b:1`);
  });
});
