/** What the component asks AWS for: inputs of the resources that matter most, for various inputs of its own. */
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { parse } from "yaml";
import { graphOf, type Graph } from "./support/graph";

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
const group = "cluster-autoscaling-group-control-plane-us-east-1a";
const template = "cluster-launch-template-control-plane-us-east-1a";
const text = (base64: string) => Buffer.from(base64, "base64").toString("utf8");
const has = (graph: Graph, pattern: RegExp) =>
  graph.resources.filter(({ name }) => pattern.test(name)).map(({ name }) => name);

interface Statement {
  readonly Effect: string;
  readonly Action: string;
}

describe("the component's resources", function () {
  this.timeout(60_000);

  describe("with the smallest inputs", () => {
    let graph: Graph;
    before(async () => {
      graph = await graphOf();
    });
    const inputs = (name: string) => graph.named(name).inputs;

    it("are one Auto Scaling group of one machine, on the launch template's own version", () => {
      expect(graph.ofType("aws:autoscaling/group:Group")).to.have.length(1);
      expect(inputs(group)).to.deep.include({
        name: "control-plane-us-east-1a.masters.c.example.com",
        minSize: 1,
        maxSize: 1,
        launchTemplate: { id: `${template}-id`, version: "$Latest" },
        vpcZoneIdentifiers: ["cluster-subnet-us-east-1a-id"],
      });
      const tags = inputs(group)["tags"] as readonly { readonly key: string }[];
      expect(tags.map(({ key }) => key)).to.include.members([
        "KubernetesCluster",
        "kops.k8s.io/instancegroup",
        "kubernetes.io/cluster/c.example.com",
      ]);
    });

    it("start the control plane from Ubuntu's image with the bootstrap script", () => {
      const made = inputs(template);
      expect(made).to.deep.include({
        name: "control-plane-us-east-1a.masters.c.example.com",
        instanceType: "t3.medium",
        iamInstanceProfile: { name: "masters.c.example.com" },
      });
      expect(made["keyName"]).to.equal(undefined);
      expect(made["imageId"]).to.match(/^ubuntu\/images\/.*-amd64-/);
      expect(made["metadataOptions"]).to.include({ httpTokens: "required", httpEndpoint: "enabled" });
      const [root] = made["blockDeviceMappings"] as readonly { readonly ebs: object }[];
      expect(root).to.deep.include({ deviceName: "/dev/sda1" });
      expect(root?.ebs).to.include({ volumeSize: 64, volumeType: "gp3", encrypted: "true" });
      expect(text(made["userData"] as string))
        .to.match(/^#!\/bin\/bash\n/)
        .and.to.include("InstanceGroupName: control-plane-us-east-1a\n");
    });

    it("keep etcd on two encrypted volumes in the control plane's zone", () => {
      const volumes = graph.ofType("aws:ebs/volume:Volume");
      expect(volumes.map(({ name }) => name).sort()).to.deep.equal([
        "cluster-etcd-volume-events-a",
        "cluster-etcd-volume-main-a",
      ]);
      for (const volume of volumes) {
        expect(volume.inputs).to.include({ availabilityZone: "us-east-1a", size: 20, type: "gp3", encrypted: true });
      }
    });

    it("open the API to everyone, and nothing to everyone by SSH but port 22", () => {
      expect(inputs("cluster-api-load-balancer")).to.deep.include({
        internal: false,
        loadBalancerType: "network",
        subnets: ["cluster-subnet-us-east-1a-id"],
        securityGroups: ["cluster-security-group-api-id"],
      });
      const open = graph
        .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
        .filter(({ inputs: rule }) => rule["cidrIpv4"] === "0.0.0.0/0")
        .map(({ inputs: rule }) => `${String(rule["ipProtocol"])} ${String(rule["fromPort"])}`);
      expect([...new Set(open)].sort()).to.deep.equal(["icmp 3", "tcp 22", "tcp 443"]);
    });

    it("make two buckets: one shut, one of which two documents can be read", () => {
      const shut = { blockPublicAcls: true, ignorePublicAcls: true };
      expect(inputs("cluster-state-store-access")).to.deep.include({
        ...shut,
        blockPublicPolicy: true,
        restrictPublicBuckets: true,
      });
      expect(inputs("cluster-discovery-store-access")).to.deep.include({
        ...shut,
        blockPublicPolicy: false,
        restrictPublicBuckets: false,
      });
      const policy = JSON.parse(inputs("cluster-discovery-store-policy")["policy"] as string);
      expect(policy.Statement.map((each: Statement) => [each.Effect, each.Action])).to.deep.equal([
        ["Allow", "s3:GetObject"],
      ]);
      const resources = [policy.Statement[0].Resource].flat() as readonly string[];
      const below = "arn:aws:s3:::c-example-com-discovery-0001/c.example.com";
      expect([...resources].sort()).to.deep.equal([
        `${below}/.well-known/openid-configuration`,
        `${below}/openid/v1/jwks`,
      ]);
    });

    it("put every file into its store, below the cluster's name, with its text", () => {
      const config = inputs("cluster-file-config");
      expect(config).to.deep.include({ bucket: "c-example-com-state-0001", key: "c.example.com/config" });
      expect(parse(config["content"] as string)).to.have.property("kind", "Cluster");
      expect(inputs("cluster-discovery-openid-v1-jwks")).to.include({
        bucket: "c-example-com-discovery-0001",
        key: "c.example.com/openid/v1/jwks",
      });
    });

    it("let the interruption queue take events of its account alone, encrypted", () => {
      expect(inputs("cluster-interruption-queue")).to.include({
        name: "c-example-com-krp",
        sqsManagedSseEnabled: true,
      });
      expect(graph.ofType("aws:cloudwatch/eventRule:EventRule")).to.have.length(5);
      const targets = graph
        .ofType("aws:cloudwatch/eventTarget:EventTarget")
        .map((each) => each.inputs["arn"] as string);
      expect(targets).to.deep.equal(Array(5).fill("arn:aws:sqs:us-east-1:123456789012:c-example-com-krp"));
    });

    it("trust the cluster's own issuer for the roles of service accounts", () => {
      const issuer = "c-example-com-discovery-0001.s3.us-east-1.amazonaws.com/c.example.com";
      expect(inputs("cluster-oidc-provider")).to.deep.include({
        url: `https://${issuer}`,
        clientIdLists: ["amazonaws.com"],
      });
      const trust = JSON.parse(inputs("cluster-role-kube-system.karpenter")["assumeRolePolicy"] as string);
      expect(trust.Statement[0].Condition.StringEquals).to.deep.equal({
        [`${issuer}:sub`]: "system:serviceaccount:kube-system:karpenter",
      });
    });
  });

  describe("with three zones", () => {
    let graph: Graph;
    before(async () => {
      graph = await graphOf({ zones, controlPlane: { zones } });
    });

    it("are one Auto Scaling group, launch template and pair of etcd volumes in each", () => {
      expect(has(graph, /^cluster-autoscaling-group-/)).to.deep.equal(
        zones.map((zone) => `cluster-autoscaling-group-control-plane-${zone}`),
      );
      expect(has(graph, /^cluster-launch-template-/)).to.have.length(3);
      expect(has(graph, /^cluster-etcd-volume-/).sort()).to.deep.equal(
        ["events-a", "events-b", "events-c", "main-a", "main-b", "main-c"].map((key) => `cluster-etcd-volume-${key}`),
      );
      for (const zone of zones) {
        const { inputs } = graph.named(`cluster-autoscaling-group-control-plane-${zone}`);
        expect(inputs["vpcZoneIdentifiers"]).to.deep.equal([`cluster-subnet-${zone}-id`]);
      }
    });

    it("have subnets that do not overlap, all behind the load balancer", () => {
      const ranges = graph.ofType("aws:ec2/subnet:Subnet").map(({ inputs }) => inputs["cidrBlock"] as string);
      expect(new Set(ranges).size).to.equal(3);
      expect(graph.named("cluster-api-load-balancer").inputs["subnets"]).to.have.length(3);
    });
  });

  describe("with given stores", () => {
    let graph: Graph;
    before(async () => {
      const program = () => ({
        args: { stateStore: "s3://mine", discoveryStore: pulumi.output("s3://published/clusters") },
      });
      graph = await graphOf({}, { program });
    });

    it("are no buckets, and files in the given ones below their prefix", () => {
      expect(graph.ofType("aws:s3/bucket:Bucket")).to.be.empty;
      expect(has(graph, /^cluster-(state|discovery)-store/)).to.deep.equal([]);
      expect(graph.named("cluster-file-config").inputs).to.include({ bucket: "mine", key: "c.example.com/config" });
      expect(graph.named("cluster-discovery-openid-v1-jwks").inputs).to.include({
        bucket: "published",
        key: "clusters/c.example.com/openid/v1/jwks",
      });
      expect(graph.outputs["discoveryStore"]?.value).to.equal("s3://published/clusters");
    });
  });

  it("are no queue, rules or permission to read one without interruption handling", async () => {
    const graph = await graphOf({ karpenter: { interruptionHandling: false } });
    expect(has(graph, /interruption/).filter((name) => name !== "cluster-interruption")).to.deep.equal([]);
  });

  it("give the SSH key to the control plane, under a name with its fingerprint", async () => {
    const publicKey =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPaiAVSR2q7tGrW2vv6mjRBMMs6Ct6bsJ34CfdyQ9UfM someone@example.com";
    const graph = await graphOf({}, { program: () => ({ args: { sshPublicKey: pulumi.output(publicKey) } }) });
    const { keyName } = graph.named("cluster-ssh-key").inputs;
    expect(keyName).to.match(/^kubernetes\.c\.example\.com-([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
    expect(graph.named(template).inputs).to.include({ keyName });
  });

  it("carry the user's tags beside the cluster's", async () => {
    const graph = await graphOf({ tags: { team: "platform" } });
    const tagged = [
      "cluster-vpc",
      "cluster-subnet-us-east-1a",
      "cluster-etcd-volume-main-a",
      "cluster-interruption-queue",
    ];
    for (const name of tagged) {
      expect(graph.named(name).inputs["tags"], name).to.include({
        team: "platform",
        KubernetesCluster: "c.example.com",
      });
    }
  });

  it("are a role for each service account, with its policies and its ARN among the outputs", async () => {
    const inlinePolicy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" }],
    });
    const policyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    const graph = await graphOf({
      serviceAccountRoles: [
        { namespace: "apps", name: "web", policyArns: [policyArn] },
        { namespace: "apps", name: "api", inlinePolicy },
      ],
    });
    const made = graph.named("cluster-role-apps.web");
    expect(made.inputs["name"]).to.equal("web.apps.sa.c.example.com");
    expect(made.inputs["assumeRolePolicy"]).to.include("system:serviceaccount:apps:web");
    const attached = graph.ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
    expect(attached.map(({ inputs }) => inputs)).to.deep.equal([{ role: "web.apps.sa.c.example.com", policyArn }]);
    expect(JSON.parse(graph.named("cluster-role-policy-apps.api").inputs["policy"] as string).Statement).to.have.length(
      1,
    );
    expect(graph.outputs["serviceAccountRoleArns"]?.value)
      .to.have.property("apps/web")
      .that.includes("web.apps.sa.c.example.com");
  });

  it("keep the key of an S3-compatible store out of every file but those that need it", async () => {
    const stateStoreAccess = {
      endpoint: "http://localhost:9000",
      accessKeyId: "id",
      secretAccessKey: "hunter2hunter2",
    };
    const graph = await graphOf({ stateStoreAccess });
    const holders = graph.resources.filter(({ inputs }) =>
      [JSON.stringify(inputs), text((inputs["userData"] ?? "") as string)].some((each) =>
        each.includes("hunter2hunter2"),
      ),
    );
    const allowed = /^cluster-(launch-template-|file-manifests-|file-addons-kops-controller)/;
    expect(holders.map(({ name }) => name).filter((name) => !allowed.test(name))).to.deep.equal([]);
    expect(holders.map(({ name }) => name)).to.include(template);
  });
});
