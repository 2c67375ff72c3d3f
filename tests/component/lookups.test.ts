/** What the plugin asks of AWS before it registers anything, and what comes of the answers; AWS is mocked. */
import * as pulumi from "@pulumi/pulumi";
import { Provider as AwsProvider } from "@pulumi/aws/provider";
import { expect } from "chai";
import { preflight } from "../../provider/src/components/lookups/preflight";
import { KopsKarpenterProvider } from "../../provider/src/components/plugin/provider";
import { clusterToken } from "../../provider/src/model/tokens";
import { resolveCluster } from "../../provider/src/resolve/cluster";
import { lookedUp, lookUpAnswers } from "./support/answers";
import { graphOf, smallest, withoutNetwork } from "./support/graph";
import { settled, useMocks } from "./support/runtime";

interface Call {
  readonly token: string;
  readonly provider: string | undefined;
}

interface Construction {
  readonly registered: readonly string[];
  readonly calls: readonly Call[];
  readonly error: pulumi.InputPropertiesError | undefined;
}

/** As a plugin of the aws provider fails. */
function failing(details: string): never {
  throw Object.assign(new Error(details), { details });
}

async function construct(
  inputs: pulumi.Inputs,
  answer: (token: string) => object | undefined = () => undefined,
  options: pulumi.ComponentResourceOptions = {},
  /** Of the answers of download sites. */
  status = 200,
): Promise<Construction> {
  const registered: string[] = [];
  const calls: Call[] = [];
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ name, inputs: given }) => ({ id: name, state: given as object }),
    call: ({ token, inputs: args, provider }) => {
      calls.push({ token, provider });
      return answer(token) ?? lookUpAnswers[token] ?? lookedUp(token, args as Record<string, unknown>);
    },
  };
  await useMocks(mocks, true, ({ name }) => registered.push(name));
  let error: unknown;
  const plugin = new KopsKarpenterProvider("0.0.0", "{}", undefined);
  await withoutNetwork(async () => {
    try {
      await plugin.construct("cluster", clusterToken, { ...smallest, ...inputs }, options);
      await settled();
    } catch (caught) {
      // What waits for look-ups that found something wrong is never registered. Of what does not, some would be by now.
      error = caught;
    }
  }, status);
  if (error !== undefined && !pulumi.InputPropertiesError.isInstance(error)) throw error as Error;
  return { registered, calls, error };
}

const tokens = ({ calls }: Construction): readonly string[] => calls.map(({ token }) => token);

describe("look-ups before anything is registered", () => {
  it("let a cluster pass in which they find nothing wrong", async () => {
    const made = await construct({ karpenter: { install: false } });
    expect(made.error).to.equal(undefined);
    expect(made.registered).to.include("cluster");
  });

  it("stop one with what they find, each under its input", async () => {
    const inputs = { controlPlane: { image: "ami-0" }, nodeGroups: { web: { images: ["ssm:/none"] } } };
    const made = await construct(inputs, (token) =>
      token === "aws:ec2/getAmi:getAmi" ? failing("Your query returned no results.") : undefined,
    );
    expect(made.registered).to.deep.equal([]);
    expect(made.error?.message).to.equal("the inputs of the cluster are not valid");
    const image = (propertyPath: string, given: string) => ({
      propertyPath,
      reason: `no such image in us-east-1, got "${given}"; must be one that the account can use there`,
    });
    expect(made.error?.errors).to.deep.equal([
      image("controlPlane.image", "ami-0"),
      image("nodeGroups.web.images[0]", "ssm:/none"),
    ]);
  });

  it("read the size of an image's root device, and no other's", async () => {
    const large = {
      id: "ami-1",
      architecture: "x86_64",
      rootDeviceType: "ebs",
      state: "available",
      rootDeviceName: "/dev/xvda",
      blockDeviceMappings: [
        { deviceName: "/dev/sdb", ebs: { volume_size: "900" } },
        { deviceName: "/dev/xvda", ebs: { volume_size: "200" } },
      ],
    };
    const made = await construct({ controlPlane: { image: "ami-1", rootVolume: { size: 100 } } }, (token) =>
      token === "aws:ec2/getAmi:getAmi" ? large : undefined,
    );
    expect(made.registered).to.deep.equal([]);
    expect(made.error?.errors[0]).to.deep.equal({
      propertyPath: "controlPlane.rootVolume.size",
      reason: 'smaller than the image, got 100; must be at least 200 GiB, the size of "ami-1" (ami-1)',
    });
  });

  it("tell of a zone that does not exist once, also where it would have no default range", async () => {
    const { error } = await construct({ zones: ["us-east-1z"] });
    expect(error?.errors).to.deep.equal([
      {
        propertyPath: "zones[0]",
        reason:
          'not a zone that this account can use, got "us-east-1z"; must be one of "us-east-1a", "us-east-1b", "us-east-1c"',
      },
    ]);
    const alone = await construct({ zones: ["us-east-1z"], preflight: { skip: true } });
    expect(alone.error?.errors.map(({ reason }) => reason)).to.deep.equal([
      'no default range for the zone, got "us-east-1z"; must be one of zones a to g, or list the subnets in network.subnets, each with a cidr',
    ]);
  });

  it("say what is wrong with the stack's settings in the message alone", async () => {
    const made = await construct({}, () => failing("no valid credential sources for Terraform AWS Provider found."));
    expect(made.registered).to.deep.equal([]);
    expect(made.error?.errors).to.deep.equal([]);
    expect(made.error?.message).to.equal(
      "no AWS credentials that work; set them for the stack, for example with AWS_PROFILE or aws:profile",
    );
  });

  it("let a cluster pass where they are not permitted", async () => {
    const made = await construct({ karpenter: { install: false } }, (token) =>
      token === "aws:index/getAvailabilityZones:getAvailabilityZones"
        ? failing("api error UnauthorizedOperation: You are not authorized to perform this operation.")
        : undefined,
    );
    expect(made.error).to.equal(undefined);
  });

  it("leave out what is not known yet, and ask for what is", async () => {
    const network = { cidr: "10.0.0.0/16" };
    const vpc = "aws:ec2/getVpc:getVpc";
    const unknown = await construct({ network: { ...network, vpcId: pulumi.output(pulumi.unknown) } });
    expect(tokens(unknown)).not.to.include(vpc);
    expect(unknown.error).to.equal(undefined);
    const known = await construct(
      { network: { ...network, vpcId: pulumi.output("vpc-0123456789abcdef0") } },
      (token) => (/:get(Vpc|InternetGateway)$/.test(token) ? failing(`no matching ${token} found`) : undefined),
    );
    expect(known.error?.errors.map(({ propertyPath }) => propertyPath)).to.deep.equal(["network.vpcId"]);
  });

  it("go through the AWS provider that the component got", async () => {
    await useMocks({ newResource: ({ name }) => ({ id: name, state: {} }), call: () => ({}) }, true, () => undefined);
    const aws = new AwsProvider("mine", { region: "us-east-1" });
    const { calls } = await construct({ controlPlane: { image: "ami-0" } }, () => failing("no matching image found"), {
      providers: { aws },
    });
    expect(calls).not.to.be.empty;
    for (const { token, provider } of calls) expect(provider, token).to.match(/::mine::/);
  });

  it("tell of a Kubernetes version that does not exist, without AWS as well", async () => {
    const inputs = { kubernetesVersion: "1.36.97", preflight: { skip: true } };
    const { error, registered } = await construct(inputs, undefined, {}, 404);
    expect(error?.errors).to.deep.equal([
      {
        propertyPath: "kubernetesVersion",
        reason:
          'no such Kubernetes release, got "1.36.97" (https://dl.k8s.io/release/v1.36.97/bin/linux/amd64/kubelet.sha256: HTTP 404); ' +
          "must be one, such as 1.36.1",
      },
    ]);
    expect(registered).to.deep.equal([]);
  });

  it("tell of definitions of addons that cannot be read, without AWS as well", async () => {
    const inputs = {
      clusterSpec: { certManager: { enabled: true } },
      assets: { kopsSourceUrl: "https://mirror.example.com/kops" },
      preflight: { skip: true },
    };
    const { error, registered } = await construct(inputs, undefined, {}, 404);
    expect(error?.errors).to.deep.equal([
      {
        propertyPath: "assets.kopsSourceUrl",
        reason:
          "the definitions of the addon certmanager.io could not be read (https://mirror.example.com/kops/upup/models/cloudup/resources/addons/certmanager.io/k8s-1.16.yaml.template: HTTP 404): " +
          "this machine must reach one of these addresses, or set assets.kopsSourceUrl to a mirror that it reaches",
      },
    ]);
    expect(registered).to.deep.equal([]);
  });

  it("tell of files of kOps that cannot be read, unless the inputs are wrong anyway", async () => {
    const assets = { kopsBaseUrl: "https://mirror.example.com/1.36.2" };
    const { error, registered } = await construct({ assets, preflight: { skip: true } }, undefined, {}, 404);
    expect(error?.errors).to.deep.equal([
      {
        propertyPath: "assets.kopsBaseUrl",
        reason:
          "the hash of the file linux/amd64/nodeup could not be read (https://mirror.example.com/1.36.2/linux/amd64/nodeup.sha256: HTTP 404): " +
          "this machine must reach one of these addresses, or set assets.kopsBaseUrl to a mirror that it reaches",
      },
    ]);
    expect(registered).to.deep.equal([]);
    const wrong = await construct({ assets, cni: "flannel" }, undefined, {}, 404);
    expect(wrong.error?.errors.map(({ propertyPath }) => propertyPath)).to.deep.equal(["cni"]);
  });

  it("are left out with preflight.skip", async () => {
    const made = await construct({ preflight: { skip: true }, karpenter: { install: false } });
    expect(tokens(made).filter((token) => Object.hasOwn(lookUpAnswers, token))).to.deep.equal([]);
  });
});

describe("the look-up of another cluster in a store that is an output", () => {
  const calls: object[] = [];

  async function problemsOf(stateStore: pulumi.Output<string>, preview = false): Promise<readonly string[]> {
    const mocks: pulumi.runtime.Mocks = {
      newResource: ({ name }) => ({ id: name, state: {} }),
      call: ({ token, inputs }) => {
        if (token === "aws:index/getCallerIdentity:getCallerIdentity") return lookedUp(token, {});
        calls.push(inputs as object);
        return (inputs as { key: string }).key === "c.example.com/config" ? { metadata: {} } : failing("NoSuchKey");
      },
    };
    await useMocks(mocks, preview, () => undefined);
    const cluster = resolveCluster({ ...smallest, stateStore, preflight: { skip: true } });
    const { problems } = await preflight(cluster, {});
    return problems.map(({ path, reason }) => `${path}: ${reason.slice(0, reason.indexOf(";"))}`);
  }
  const holds = ['stateStore: holds a cluster "c.example.com" that this stack did not create, got an output'];

  it("happens as soon as the store is known, and shows nothing of it", async () => {
    expect(await problemsOf(pulumi.output(pulumi.unknown) as pulumi.Output<string>, true)).to.deep.equal([]);
    expect(await problemsOf(pulumi.output(pulumi.unknown) as pulumi.Output<string>)).to.deep.equal([]);
    expect(calls).to.deep.equal([]);
    expect(await problemsOf(pulumi.output("s3://mine"))).to.deep.equal(holds);
    expect(await problemsOf(pulumi.secret("s3://mine"))).to.deep.equal(holds);
    expect(calls).to.deep.include({ bucket: "mine", key: "c.example.com/config", downloadBody: "false" });
  });
});

describe("a preview without AWS", () => {
  const noAws = (): never => failing("no valid credential sources for Terraform AWS Provider found.");

  it("shows all resources, with what AWS would have answered unknown", async () => {
    const graph = await graphOf({ preflight: { skip: true } }, { preview: true, answer: noAws });
    const template = graph.named("cluster-launch-template-control-plane-us-east-1a");
    expect(pulumi.isUnknown(template.inputs["imageId"])).to.equal(true);
    expect(graph.resources.map(({ name }) => name)).to.include.members(["cluster-vpc", "cluster-state-store"]);
    const usual = await graphOf({}, { preview: true });
    expect(graph.resources.map(({ name }) => name).sort()).to.deep.equal(
      usual.resources.map(({ name }) => name).sort(),
    );
  });
});
