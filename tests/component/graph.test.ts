/** Which resources there are, what they are called, where they hang, and what waits for what. */
import * as fs from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/aws/provider";
import { expect } from "chai";
import { clusterToken } from "../../provider/src/model/tokens";
import { belowComponent, graphOf, type Graph, type Registered } from "./support/graph";

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
const sshPublicKey =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPaiAVSR2q7tGrW2vv6mjRBMMs6Ct6bsJ34CfdyQ9UfM someone@example.com";

const inlinePolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" }],
});

const variants: Readonly<Record<string, object>> = {
  "the smallest inputs": {},
  "three zones": { zones, controlPlane: { zones } },
  "given stores": { stateStore: "s3://state", discoveryStore: "s3://discovery/below" },
  "no interruption handling": { karpenter: { interruptionHandling: false } },
  "an SSH key, tags and access lists": {
    sshPublicKey,
    sshAccess: ["10.0.0.0/8"],
    tags: { team: "platform" },
    api: { access: ["10.0.0.0/8", "192.0.2.0/24"] },
  },
  "several groups and pools": {
    nodeGroups: { general: { nodePools: { spot: { capacityTypes: ["spot"] }, steady: {} } }, fixed: { minSize: 2 } },
  },
  "service accounts": {
    serviceAccountRoles: [{ namespace: "apps", name: "web", policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }],
  },
};

const identity = ({ type, name, parent }: Registered) => `${parent} ${type} ${name}`;
const identities = (graph: Graph) => graph.resources.map(identity).sort();
const names = (graph: Graph) => new Set(graph.resources.map(({ type, name }) => `${type} ${name}`));

/** An output that a preview does not know. */
class Later extends pulumi.CustomResource {
  declare readonly value: pulumi.Output<string>;
  constructor(name: string) {
    super("test:index:Later", name, { value: undefined });
  }
}

describe("the component's graph", function () {
  this.timeout(60_000);

  for (const [title, args] of Object.entries(variants)) {
    describe(`with ${title}`, () => {
      let update: Graph;
      let preview: Graph;
      before(async () => {
        update = await graphOf(args);
        preview = await graphOf(args, { preview: true });
      });

      it("is the same in a preview, where outputs are not known, as in an update", () => {
        expect(identities(preview)).to.deep.equal(identities(update));
      });

      it("hangs below the component", () => {
        expect(belowComponent(update).map(identity)).to.deep.equal(update.resources.map(identity));
      });

      it("starts every name with the component's", () => {
        const others = update.resources.filter(
          ({ type, name }) => type !== clusterToken && !name.startsWith("cluster-"),
        );
        expect(others.map(identity)).to.deep.equal([]);
      });
    });
  }

  describe("names", () => {
    // A name that holds a position changes when something is added before it; one that holds a key does not.
    const additions: Readonly<Record<string, readonly [before: object, after: object]>> = {
      "a zone": [
        { zones: zones.slice(1), controlPlane: { zones: ["us-east-1b"] } },
        { zones, controlPlane: { zones: ["us-east-1b"] } },
      ],
      "control-plane zones": [
        { zones, controlPlane: { zones: ["us-east-1c"] } },
        { zones, controlPlane: { zones } },
      ],
      "a group": [{ nodeGroups: { b: {} } }, { nodeGroups: { a: {}, b: {} } }],
      "a pool": [
        { nodeGroups: { a: { nodePools: { q: {} } } } },
        { nodeGroups: { a: { nodePools: { p: {}, q: {} } } } },
      ],
      "an address range": [
        { api: { access: ["192.0.2.0/24"] }, sshAccess: ["192.0.2.0/24"] },
        { api: { access: ["10.0.0.0/8", "192.0.2.0/24"] }, sshAccess: ["10.0.0.0/8", "192.0.2.0/24"] },
      ],
      "a service account": [
        { serviceAccountRoles: [{ namespace: "apps", name: "web", inlinePolicy }] },
        {
          serviceAccountRoles: [
            { namespace: "apps", name: "api", inlinePolicy },
            { namespace: "apps", name: "web", inlinePolicy },
          ],
        },
      ],
      "a policy of a service account": [
        { serviceAccountRoles: [{ namespace: "apps", name: "web", policyArns: ["arn:aws:iam::aws:policy/B"] }] },
        {
          serviceAccountRoles: [
            { namespace: "apps", name: "web", policyArns: ["arn:aws:iam::aws:policy/A", "arn:aws:iam::aws:policy/B"] },
          ],
        },
      ],
    };
    for (const [what, [before, after]] of Object.entries(additions)) {
      it(`stay what they are when ${what} is added`, async () => {
        const old = names(await graphOf(before, { preview: true }));
        const now = names(await graphOf(after, { preview: true }));
        expect([...old].filter((name) => !now.has(name))).to.deep.equal([]);
      });
    }

    it("keep two clusters of one program apart", async () => {
      const one = names(await graphOf({}, { preview: true, name: "one" }));
      const two = names(await graphOf({}, { preview: true, name: "two" }));
      expect([...one].filter((name) => two.has(name))).to.deep.equal([]);
    });
  });

  describe("values that a preview does not know", () => {
    const unknown = () => ({
      stateStore: new Later("state").value,
      discoveryStore: new Later("discovery").value,
      sshPublicKey: new Later("key").value,
      api: { endpoint: new Later("endpoint").value },
      stateStoreAccess: {
        endpoint: new Later("access").value,
        region: "us-east-1",
        accessKeyId: new Later("id").value,
        secretAccessKey: new Later("secret").value,
      },
    });

    it("change nothing about which resources there are", async () => {
      const { resources } = await graphOf({}, { preview: true, program: () => ({ args: unknown() }) });
      const made = resources.filter(({ type }) => type !== "test:index:Later");
      const known = await graphOf(
        {
          stateStore: "s3://state",
          discoveryStore: "s3://discovery",
          sshPublicKey,
          api: { endpoint: "https://localhost:6443" },
          stateStoreAccess: {
            endpoint: "http://localhost:9000",
            region: "us-east-1",
            accessKeyId: "id",
            secretAccessKey: "secret",
          },
        },
        { preview: true },
      );
      expect(made.map(identity).sort()).to.deep.equal(identities(known));
    });
  });

  describe("order", () => {
    let graph: Graph;
    before(async () => {
      graph = await graphOf({ zones, controlPlane: { zones } });
    });

    /** Nodes come later, by Karpenter. */
    const isOfNodes = ({ name }: Registered) => /^cluster-(instance-profile-nodes$|file-igconfig-node-)/.test(name);
    const waits = (from: string, on: string) => {
      for (const group of graph.ofType(from)) {
        const missing = graph.ofType(on).filter((each) => !isOfNodes(each) && !graph.waitsFor(group, each));
        expect(
          missing.map(({ name }) => name),
          `${group.name} does not wait for`,
        ).to.deep.equal([]);
      }
      expect(graph.ofType(on), on).not.to.be.empty;
    };

    // An instance reads the stores, uses its role and calls out as soon as it starts.
    for (const type of [
      "aws:s3/bucketObjectv2:BucketObjectv2",
      "aws:s3/bucketPolicy:BucketPolicy",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
      "aws:iam/instanceProfile:InstanceProfile",
      "aws:ec2/route:Route",
      "aws:ec2/routeTableAssociation:RouteTableAssociation",
      "aws:ebs/volume:Volume",
      "aws:lb/listener:Listener",
      "aws:iam/rolePolicy:RolePolicy",
    ]) {
      it(`has the control plane's groups wait for each ${type.split(":").pop() ?? ""}`, () => {
        waits("aws:autoscaling/group:Group", type);
      });
    }

    it("has files wait for the encryption and the access rules of their bucket", () => {
      for (const type of ["BucketServerSideEncryptionConfiguration", "BucketPublicAccessBlock", "BucketVersioning"]) {
        waits("aws:s3/bucketObjectv2:BucketObjectv2", `aws:s3/${type[0]?.toLowerCase() ?? ""}${type.slice(1)}:${type}`);
      }
    });

    it("has the load balancer wait for the way out of the VPC", () => {
      waits("aws:lb/loadBalancer:LoadBalancer", "aws:ec2/route:Route");
    });

    it("keeps the keys that everything was signed with, whatever this package would make today", () => {
      for (const key of graph.ofType("tls:index/privateKey:PrivateKey").filter(({ name }) => /-ca(-|$)/.test(name))) {
        expect(key.ignoreChanges, key.name).to.include.members(["algorithm", "rsaBits"]);
      }
    });
  });

  describe("providers", () => {
    it("pass through to every resource of their package", async () => {
      let reference = "";
      const program = () => {
        const provider = new Provider("elsewhere", { region: "us-east-1" });
        pulumi.all([provider.urn, provider.id]).apply(([urn, id]) => (reference = `${urn}::${id}`));
        return { options: { providers: { aws: provider } } };
      };
      const graph = await graphOf({}, { program });
      const aws = graph.resources.filter(({ type }) => type.startsWith("aws:"));
      expect(aws).not.to.be.empty;
      expect(aws.filter(({ provider }) => provider !== reference).map(identity)).to.deep.equal([]);
      const tls = graph.resources.filter(({ type }) => type.startsWith("tls:"));
      expect(tls.filter(({ provider }) => provider === reference).map(identity)).to.deep.equal([]);
    });
  });

  describe("outputs", () => {
    const schema = JSON.parse(fs.readFileSync(path.resolve(__dirname, "../../provider/schema.json"), "utf8")) as {
      readonly resources: Readonly<
        Record<string, { readonly properties: Readonly<Record<string, { readonly secret?: boolean }>> }>
      >;
    };
    const declared = schema.resources[clusterToken]?.properties ?? {};
    let graph: Graph;
    before(async () => {
      graph = await graphOf();
    });

    it("are those of the schema, all known after an update", () => {
      expect(Object.keys(graph.outputs).sort()).to.deep.equal(Object.keys(declared).sort());
      expect(Object.entries(graph.outputs).filter(([, { known }]) => !known)).to.deep.equal([]);
    });

    it("are secret where the schema says so, and nowhere else", () => {
      const secret = (from: Readonly<Record<string, { readonly secret?: boolean }>>) =>
        Object.keys(from)
          .filter((name) => from[name]?.secret === true)
          .sort();
      expect(secret(graph.outputs)).to.deep.equal(secret(declared));
      expect(secret(declared)).to.include("kubeconfig");
    });

    it("say what has which identity", () => {
      const value = (name: string) => graph.outputs[name]?.value;
      expect(value("clusterName")).to.equal("c.example.com");
      expect(value("region")).to.equal("us-east-1");
      expect(value("vpcId")).to.equal("cluster-vpc-id");
      expect(value("subnetIds")).to.deep.equal({ "us-east-1a": "cluster-subnet-us-east-1a-id" });
      expect(value("securityGroupIds")).to.deep.equal({
        controlPlane: "cluster-security-group-control-plane-id",
        nodes: "cluster-security-group-nodes-id",
        api: "cluster-security-group-api-id",
      });
      expect(value("autoscalingGroups")).to.deep.equal({
        "control-plane-us-east-1a": "control-plane-us-east-1a.masters.c.example.com",
      });
      expect(value("nodeInstanceProfile")).to.equal("nodes.c.example.com");
      expect(value("interruptionQueueName")).to.equal("c-example-com-krp");
      expect(value("stateStore")).to.equal("s3://c-example-com-state-0001");
      expect(value("issuerUrl")).to.equal(
        "https://c-example-com-discovery-0001.s3.us-east-1.amazonaws.com/c.example.com",
      );
      expect(value("nodeupScripts")).to.have.all.keys("nodes");
    });

    it("name no queue without interruption handling", async () => {
      const { outputs } = await graphOf({ karpenter: { interruptionHandling: false } });
      expect(outputs["interruptionQueueName"]?.value).to.equal(undefined);
    });

    it("make a kubeconfig for the given endpoint with the cluster's own server name", async () => {
      const { outputs } = await graphOf({ api: { endpoint: "https://localhost:8443" } });
      expect(outputs["apiEndpoint"]?.value).to.equal("https://localhost:8443");
      const { cluster } = JSON.parse(outputs["kubeconfig"]?.value as string).clusters[0];
      expect(cluster.server).to.equal("https://localhost:8443");
      expect(cluster["tls-server-name"]).to.equal("api.internal.c.example.com");
    });

    it("make a kubeconfig without credentials for the users of an issuer, or for another plugin", async () => {
      const kubeAPIServer = { oidcIssuerURL: "https://issuer.example.com", oidcClientID: "kubernetes" };
      const issuer = await graphOf({
        clusterSpec: { kubeAPIServer: { ...kubeAPIServer, oidcUsernameClaim: "email" } },
      });
      const { value, secret: hidden } = issuer.outputs["userKubeconfig"] ?? {};
      expect(hidden).to.equal(false);
      const { clusters, users, ...rest } = JSON.parse(value as string);
      const admin = JSON.parse(issuer.outputs["kubeconfig"]?.value as string);
      expect({ clusters, ...rest, users: admin.users }).to.deep.equal(admin);
      const args = ["oidc-login", "get-token", "--oidc-issuer-url=https://issuer.example.com"];
      const exec = {
        apiVersion: "client.authentication.k8s.io/v1",
        command: "kubectl",
        args: [...args, "--oidc-client-id=kubernetes", "--oidc-extra-scope=email"],
        interactiveMode: "IfAvailable",
      };
      expect(users).to.deep.equal([{ name: "c.example.com", user: { exec } }]);

      const own = { command: "aws-iam-authenticator", args: ["token", "-i", "c"] };
      const other = await graphOf({ clusterSpec: { kubeAPIServer }, kubeconfig: { exec: own } });
      const [user] = JSON.parse(other.outputs["userKubeconfig"]?.value as string).users;
      expect(user.user.exec).to.deep.include(own);
      const iam = await graphOf({ clusterSpec: { authentication: { aws: { clusterID: "prod" } } } });
      const [person] = JSON.parse(iam.outputs["userKubeconfig"]?.value as string).users;
      expect(person.user.exec).to.deep.include({ ...own, args: ["token", "-i", "prod"] });
      expect((await graphOf({})).outputs["userKubeconfig"]?.value).to.equal(undefined);
    });
  });
});
