import { expect } from "chai";
import { parse } from "yaml";
import { fileLocation } from "../../../provider/src/model/nodeFiles";
import { kopsBinary, kopsFiles } from "../../../provider/src/model/kopsFiles";
import { versionAtLeast } from "../../../provider/src/model/versions";
import { artifacts } from "../../../provider/src/render/artifacts";
import { nodeUserData, nodeupScriptFile } from "../../../provider/src/render/bootstrap/artifacts";
import { renderText } from "../../support/renderText";
import { issuerUrl, storeUrl } from "../../../provider/src/model/locations";
import { sshFingerprint } from "../../../provider/src/encode/sshFingerprint";
import type { ResolvedCluster } from "../../../provider/src/model/cluster";
import { sampleCluster, sampleFacts, sampleFile } from "./sample";

interface Spec {
  readonly spec: Record<string, unknown>;
}

function specOf(text: string): Record<string, unknown> {
  return (parse(text) as Spec).spec;
}

describe("artifacts", () => {
  it("have a logical key each, that names the path without odd characters", () => {
    const files = artifacts(sampleCluster({ nodeGroups: { a: {}, b: {} } }));
    const keys = files.map(({ key }) => key);
    expect(new Set(keys).size).to.equal(keys.length);
    for (const key of keys) expect(key).to.match(/^[A-Za-z0-9.-]+$/);
    expect(keys).to.include("secrets-system-dns");
    expect(keys).to.include("igconfig-node-a-nodeupscript.sh");
  });

  it("hold the SSH key only where there is one, under its fingerprint", () => {
    const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINBkgiAiz4SWQh12zPkGCLi0UlT/DLws8b9aekDJQY96 someone";
    const cluster = sampleCluster({ sshPublicKey: publicKey });
    const file = artifacts(cluster as ResolvedCluster).find(({ key }) => key === "pki-ssh-public-admin");
    const path = typeof file?.path === "function" ? file.path(cluster) : undefined;
    expect(path).to.match(/^pki\/ssh\/public\/admin\/[0-9a-f]{32}$/);
    expect(path?.split("/").pop()).to.equal(sshFingerprint(publicKey).replaceAll(":", ""));
    expect(artifacts(sampleCluster() as ResolvedCluster).map(({ key }) => key)).not.to.include("pki-ssh-public-admin");
  });

  it("of workers wait for no secret", () => {
    expect(nodeupScriptFile("nodes").needs).not.to.include("storeAccess");
    const access = { endpoint: "https://s3", region: "r", accessKeyId: "id", secretAccessKey: "very secret" };
    const text = sampleFile("igconfig/node/nodes/nodeupscript.sh", {}, { storeAccess: access });
    expect(text).not.to.contain("very secret");
  });
});

describe("settings of a group that kOps has under a name of its own", () => {
  const nodeGroups = { web: { detailedMonitoring: true, kubelet: { evictionMaxPodGracePeriod: 30 } } };

  it("are in the group's spec and in its nodes' configuration", () => {
    const spec = specOf(sampleFile("instancegroup/web", { nodeGroups }));
    expect(spec).to.deep.include({ detailedInstanceMonitoring: true, kubelet: { evictionMaxPodGracePeriod: 30 } });
    const config = parse(sampleFile("igconfig/node/web/nodeupconfig.yaml", { nodeGroups })) as Record<string, unknown>;
    expect(config["KubeletConfig"]).to.include({ evictionMaxPodGracePeriod: 30 });
  });

  it("are absent where the group says nothing of them", () => {
    const spec = specOf(sampleFile("instancegroup/web", { nodeGroups: { web: {} } }));
    expect(spec).not.to.have.any.keys("detailedInstanceMonitoring", "kubelet");
  });
});

describe("addresses of the stores", () => {
  it("follow bucket, prefix and cluster", () => {
    expect(storeUrl({ bucket: "b", prefix: "" }, "c.example.com")).to.equal("s3://b/c.example.com");
    expect(storeUrl({ bucket: "b", prefix: "x/y" }, "c.example.com")).to.equal("s3://b/x/y/c.example.com");
  });

  it("make the issuer, with the bucket in the host name where a certificate covers it", () => {
    const cluster = sampleCluster();
    const china = sampleCluster({ zones: ["cn-north-1a"] });
    expect(issuerUrl(cluster, { bucket: "b-1", prefix: "p" })).to.equal(
      "https://b-1.s3.us-east-1.amazonaws.com/p/c.example.com",
    );
    expect(issuerUrl(cluster, { bucket: "a.b", prefix: "" })).to.equal(
      "https://s3.us-east-1.amazonaws.com/a.b/c.example.com",
    );
    expect(issuerUrl(china, { bucket: "b-1", prefix: "" })).to.equal(
      "https://b-1.s3.cn-north-1.amazonaws.com.cn/c.example.com",
    );
  });
});

describe("addresses of the API", () => {
  const addresses = ["10.0.0.1", "172.20.1.5", "2001:db8::5"];
  const changes = { apiLoadBalancer: { dnsName: "lb.example.com", addresses } };

  it("are in the control plane's certificate", () => {
    const config = sampleFile("igconfig/control-plane/control-plane-us-east-1a/nodeupconfig.yaml", {}, changes);
    expect((parse(config) as { ApiserverAdditionalIPs: string[] }).ApiserverAdditionalIPs).to.deep.equal([
      "10.0.0.1",
      "172.20.1.5",
      "2001:db8::5",
      "lb.example.com",
    ]);
  });

  it("are how workers find kops-controller: those of the network, and IPv6 ones", () => {
    const script = sampleFile("igconfig/node/nodes/nodeupscript.sh", {}, changes);
    expect(script).to.contain("APIServerIPs:\n- 172.20.1.5\n- 2001:db8::5\n");
    expect(script).to.contain("  servers:\n  - https://172.20.1.5:3988/\n  - https://[2001:db8::5]:3988/\n");
    expect(script).to.contain("  tlsServerName: kops-controller.internal.c.example.com\n");
  });

  it("are replaced by the internal name where there are none", () => {
    const script = sampleFile("igconfig/node/nodes/nodeupscript.sh");
    expect(script).to.contain("  servers:\n  - https://kops-controller.internal.c.example.com:3988/\n");
    expect(script).not.to.contain("APIServerIPs");
    expect(script).not.to.contain("tlsServerName");
  });
});

describe("registry", () => {
  it("keeps what kOps has a field for", () => {
    const spec = specOf(
      sampleFile("config", {
        api: { loadBalancer: "internal", access: [] },
        karpenter: { logLevel: "info", featureGates: { StaticCapacity: true, NodeRepair: false } },
        serviceAccountRoles: [
          { namespace: "apps", name: "reader", policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] },
          {
            namespace: "apps",
            name: "writer",
            inlinePolicy: '{"Statement":{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}}',
          },
        ],
      }),
    );
    expect(spec["api"]).to.deep.equal({ loadBalancer: { class: "Network", type: "Internal" } });
    expect(spec).not.to.have.property("kubernetesApiAccess");
    expect(spec["karpenter"]).to.deep.equal({
      enabled: true,
      featureGates: "NodeRepair=false,StaticCapacity=true",
      logLevel: "info",
    });
    expect((spec["iam"] as Record<string, unknown>)["serviceAccountExternalPermissions"]).to.deep.equal([
      { aws: { policyARNs: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }, name: "reader", namespace: "apps" },
      {
        aws: { inlinePolicy: '[{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}]' },
        name: "writer",
        namespace: "apps",
      },
    ]);
  });

  it("says in the completed spec what was declared of Karpenter", () => {
    const spec = specOf(sampleFile("cluster-completed.spec", { karpenter: { logLevel: "error" } }));
    expect(spec["karpenter"]).to.include({ enabled: true, logLevel: "error", logEncoding: "console" });
  });

  it("counts API servers by control-plane zones", () => {
    const zones = ["a", "b", "c", "d", "f"].map((letter) => `us-east-1${letter}`);
    const spec = specOf(sampleFile("cluster-completed.spec", { zones, controlPlane: { zones } }));
    expect((spec["kubeAPIServer"] as Record<string, unknown>)["apiServerCount"]).to.equal(5);
    const paths = artifacts(sampleCluster({ zones, controlPlane: { zones } }) as ResolvedCluster).map(
      ({ path }) => path,
    );
    expect(paths.filter((path) => typeof path === "string" && path.startsWith("manifests/etcd/"))).to.have.length(10);
  });

  it("has a group for the bastion of a private network", () => {
    const network = { topology: "private", bastion: {} } as const;
    const zones = ["us-east-1a", "us-east-1b"];
    expect(specOf(sampleFile("instancegroup/bastions", { zones, network }))).to.deep.equal({
      image: "099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260218",
      machineType: "t3.micro",
      maxSize: 1,
      minSize: 1,
      nodeLabels: { "kops.k8s.io/instancegroup": "bastions" },
      role: "Bastion",
      subnets: zones,
    });
  });

  it("takes the first of several images and types, and names the types in a policy", () => {
    const nodeGroups = { nodes: { images: ["ami-1", "ami-2"], instanceTypes: ["m6i.large", "m7i.large"] } };
    const spec = specOf(sampleFile("instancegroup/nodes", { nodeGroups }));
    expect(spec).to.include({ image: "ami-1", machineType: "m6i.large", manager: "Karpenter" });
    expect(spec["mixedInstancesPolicy"]).to.deep.equal({ instances: ["m6i.large", "m7i.large"] });
  });
});

describe("user data of workers", () => {
  it("is the script, in an envelope where the user adds parts", () => {
    const plain = sampleCluster();
    const facts = sampleFacts(plain);
    expect(renderText(nodeUserData("nodes"), plain, facts)).to.equal(
      renderText(nodeupScriptFile("nodes"), plain, facts),
    );
    const additionalUserData = [{ name: "a.sh", type: "text/x-shellscript", content: "#!/bin/sh\n" }];
    const wrapped = sampleCluster({ nodeGroups: { nodes: { additionalUserData } } });
    const text = renderText(nodeUserData("nodes"), wrapped, facts);
    expect(text).to.match(/^Content-Type: multipart\/mixed; boundary="MIMEBOUNDARY"\r\n/);
    expect(text).to.contain(renderText(nodeupScriptFile("nodes"), wrapped, facts));
    expect(text).to.contain('filename="a.sh"');
  });
});

describe("files of kOps and Kubernetes", () => {
  it("come from the public sites, from a mirror, or from a repository", () => {
    const at = (assets: { kopsBaseUrl?: string; fileRepository?: string }) =>
      kopsBinary(sampleCluster({ assets }), "nodeup", "arm64").urls;
    expect(at({})).to.deep.equal([
      "https://artifacts.k8s.io/binaries/kops/1.36.2/linux/arm64/nodeup",
      "https://github.com/kubernetes/kops/releases/download/v1.36.2/nodeup-linux-arm64",
    ]);
    expect(at({ kopsBaseUrl: "https://m.example.com/kops/1.36.2/" })).to.deep.equal([
      "https://m.example.com/kops/1.36.2/linux/arm64/nodeup",
    ]);
    expect(at({ fileRepository: "https://files.example.com/k/" })).to.deep.equal([
      "https://files.example.com/k/binaries/kops/1.36.2/linux/arm64/nodeup",
    ]);
    expect(fileLocation("https://a.example.com/x/y", "https://a.example.com/z")).to.equal("https://a.example.com/x/y");
  });

  it("include images only where kOps's files come from a mirror", () => {
    const paths = (kopsBaseUrl?: string) =>
      kopsFiles(sampleCluster(kopsBaseUrl === undefined ? {} : { assets: { kopsBaseUrl } })).map(({ path }) => path);
    expect(paths()).to.have.length(4);
    expect(paths("https://m.example.com/kops/1.36.2")).to.have.length(14);
  });

  it("are chosen by comparing versions as numbers", () => {
    expect(versionAtLeast("1.36.0", "1.36.0")).to.equal(true);
    expect(versionAtLeast("1.35.10", "1.36.0")).to.equal(false);
    expect(versionAtLeast("1.100.0", "1.36.0")).to.equal(true);
  });
});

describe("rendering", () => {
  it("of 1,000 groups gives every file a text and a key of its own", () => {
    const nodeGroups = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`g${String(index)}`, {}]));
    const cluster = sampleCluster({ nodeGroups });
    const facts = sampleFacts(cluster);
    const files = artifacts(cluster);
    for (const file of files) {
      if (typeof file.path === "string") expect(renderText(file, cluster, facts), file.path).to.be.a("string");
    }
    expect(new Set(files.map(({ key }) => key)).size).to.equal(files.length);
  });
});

describe("the images that a warm pool pulls", () => {
  it("are the same beside addons whose definitions are read from kOps's source", () => {
    const nodeGroups = {
      web: { manager: "CloudGroup", maxSize: 2, cloudGroup: { warmPool: { minSize: 1 } } },
    } as const;
    const images = (clusterSpec: object): unknown =>
      (
        parse(sampleFile("igconfig/node/web/nodeupconfig.yaml", { nodeGroups, clusterSpec })) as Record<string, unknown>
      )["warmPoolImages"];
    expect(images({})).to.be.an("array").that.is.not.empty;
    expect(images({ certManager: { enabled: true }, snapshotController: { enabled: true } })).to.deep.equal(images({}));
  });
});
