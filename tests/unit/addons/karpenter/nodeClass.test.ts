import { expect } from "chai";
import { groupsOf, objectsOf } from "./sample";

const ubuntu = (architecture: string) =>
  `/aws/service/canonical/ubuntu/server/24.04/stable/current/${architecture}/hvm/ebs-gp3/ami-id`;

/** kOps 1.36.2 gives every class the group's root volume. */
const defaultRootVolume = {
  deviceName: "/dev/sda1",
  rootVolume: true,
  ebs: {
    deleteOnTermination: true,
    encrypted: true,
    iops: 3000,
    throughput: 125,
    volumeSize: "128Gi",
    volumeType: "gp3",
  },
};

describe("EC2NodeClass", () => {
  it("is the documented one, field by field, where no groups are given", () => {
    const [only, ...others] = groupsOf({});
    expect(others).to.be.empty;
    expect(only?.nodeClass).to.deep.equal({
      apiVersion: "karpenter.k8s.aws/v1",
      kind: "EC2NodeClass",
      metadata: { name: "default" },
      spec: {
        amiFamily: "Custom",
        amiSelectorTerms: [{ ssmParameter: ubuntu("amd64") }, { ssmParameter: ubuntu("arm64") }],
        associatePublicIPAddress: true,
        tags: {
          KubernetesCluster: "c.example.com",
          "kops.k8s.io/instancegroup": "nodes",
          "k8s.io/role/node": "1",
        },
        subnetSelectorTerms: [{ tags: { KubernetesCluster: "c.example.com" } }],
        securityGroupSelectorTerms: [{ tags: { KubernetesCluster: "c.example.com", Name: "nodes.c.example.com" } }],
        instanceProfile: "nodes.c.example.com",
        userData: "the script",
        // Beyond the page, which leaves Karpenter to count pods otherwise than the kubelet does.
        blockDeviceMappings: [defaultRootVolume],
        kubelet: { maxPods: 110 },
      },
    });
  });

  it("is the documented one where a program writes the default group out, pools included", () => {
    const written = { nodes: { nodeClassName: "default", nodePools: { default: {} } } };
    const zones = ["us-east-1a", "us-east-1b"];
    const [given] = groupsOf({ zones });
    const [same] = groupsOf({ zones, nodeGroups: written });
    expect({ ...same, group: undefined }).to.deep.equal({ ...given, group: undefined });
  });

  const customisations: readonly (readonly [object, readonly string[]])[] = [
    [{ labels: { tier: "web" } }, []],
    [{ taints: [{ key: "dedicated", effect: "NoSchedule" }] }, []],
    [{ rootVolume: { size: 200 } }, ["blockDeviceMappings"]],
    [{ tags: { purpose: "web" } }, ["tags"]],
    [{ zones: ["us-east-1a"] }, ["subnetSelectorTerms"]],
    [{ kubelet: { maxPods: 60 } }, ["kubelet"]],
    [{ metadataOptions: { httpTokens: "optional" } }, ["metadataOptions"]],
  ];
  for (const [change, fields] of customisations) {
    it(`changes nothing of the default class beside ${fields.join() || "nothing"} for ${JSON.stringify(change)}`, () => {
      const zones = ["us-east-1a", "us-east-1b"];
      const [before] = groupsOf({ zones });
      const nodes = { nodeClassName: "default", nodePools: { default: {} }, ...change };
      const [after] = groupsOf({ zones, nodeGroups: { nodes } });
      const specs = [before, after].map((each) => each?.nodeClass.spec ?? {});
      const keys = new Set(specs.flatMap((spec) => Object.keys(spec)));
      const changed = [...keys].filter((key) => JSON.stringify(specs[0]?.[key]) !== JSON.stringify(specs[1]?.[key]));
      expect(changed).to.deep.equal(fields);
    });
  }

  it("stays the documented one in several zones, and takes the cluster's tags", () => {
    const [only] = groupsOf({ zones: ["us-east-1a", "us-east-1b"], tags: { team: "platform" } });
    expect(only?.nodeClass.spec["subnetSelectorTerms"]).to.deep.equal([
      { tags: { KubernetesCluster: "c.example.com" } },
    ]);
    expect(only?.nodeClass.spec["tags"]).to.include({ team: "platform", KubernetesCluster: "c.example.com" });
  });

  it("is named as its group, or as the group says", () => {
    expect(objectsOf({}).nodeClass.metadata.name).to.equal("workers");
    expect(objectsOf({ nodeClassName: "other" }).nodeClass.metadata.name).to.equal("other");
  });

  it("selects images by id, parameter, name and owner", () => {
    const images = ["ami-0123456789abcdef0", "ssm:/a/b", "mine-amd64", "ubuntu/images/jammy-*", "123456789012/theirs"];
    expect(objectsOf({ images }).nodeClass.spec["amiSelectorTerms"]).to.deep.equal([
      { id: "ami-0123456789abcdef0" },
      { ssmParameter: "/a/b" },
      { name: "mine-amd64", owner: "self" },
      { name: "images/jammy-*", owner: "099720109477" },
      { name: "theirs", owner: "123456789012" },
    ]);
  });

  it("takes only the image of the architecture that the instance types have", () => {
    const { nodeClass } = objectsOf({ instanceTypes: ["m7g.large"] });
    expect(nodeClass.spec["amiSelectorTerms"]).to.deep.equal([{ ssmParameter: ubuntu("arm64") }]);
  });

  it("maps the root volume, with kOps's defaults or what the group says", () => {
    expect(objectsOf({}).nodeClass.spec["blockDeviceMappings"]).to.deep.equal([defaultRootVolume]);
    const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/1";
    const rootVolume = { size: 20, type: "io2", iops: 500, encrypted: true, kmsKeyArn } as const;
    expect(objectsOf({ rootVolume }).nodeClass.spec["blockDeviceMappings"]).to.deep.equal([
      {
        deviceName: "/dev/sda1",
        rootVolume: true,
        ebs: {
          deleteOnTermination: true,
          encrypted: true,
          iops: 500,
          kmsKeyID: kmsKeyArn,
          volumeSize: "20Gi",
          volumeType: "io2",
        },
      },
    ]);
  });

  it("has the kubelet fields that Karpenter computes capacity from, and none other", () => {
    const reserved = { systemReserved: { cpu: "100m" }, kubeReserved: { memory: "200Mi" } };
    const kubelet = { maxPods: 40, ...reserved, evictionSoft: "memory.available<1Gi", cpuCFSQuota: false };
    expect(objectsOf({ kubelet }).nodeClass.spec["kubelet"]).to.deep.equal({ maxPods: 40, ...reserved });
    expect(objectsOf({ kubelet: { maxPods: 40 } }).nodeClass.spec["kubelet"]).to.deep.equal({ maxPods: 40 });
    const evictionHard = "memory.available<5%,nodefs.available<1.5Gi";
    expect(objectsOf({ kubelet: { evictionHard } }).nodeClass.spec["kubelet"]).to.deep.equal({
      maxPods: 110,
      evictionHard: { "memory.available": "5%", "nodefs.available": "1.5Gi" },
    });
  });

  it("counts pods as the kubelet does, whose own limit is 110 where pods have a range of their own", () => {
    for (const cni of ["calico", "cilium", "kindnet", "none"] as const) {
      for (const kubelet of [undefined, {}, { evictionHard: "" }]) {
        const { nodeClass } = objectsOf({ kubelet }, { cni });
        expect(nodeClass.spec["kubelet"]).to.deep.equal({ maxPods: 110 });
      }
    }
  });

  it("counts the addresses of the instance type, as nodeup does, where pods have addresses of the VPC", () => {
    const cni = "amazonvpc";
    for (const kubelet of [undefined, {}, { evictionHard: "" }]) {
      expect(objectsOf({ kubelet }, { cni }).nodeClass.spec).not.to.have.property("kubelet");
    }
    const { nodeClass } = objectsOf({ kubelet: { maxPods: 30 } }, { cni });
    expect(nodeClass.spec["kubelet"]).to.deep.equal({ maxPods: 30 });
  });

  it("maps further volumes after the root volume, and says of each what the group says", () => {
    const volumes = [
      { deviceName: "/dev/sdf", size: 100 },
      { deviceName: "/dev/sdg", type: "io2", size: 20, iops: 900, encrypted: false, deleteOnTermination: false },
      { deviceName: "/dev/sdh", snapshotId: "snap-0123456789abcdef0", volumeInitializationRate: 200 },
    ];
    expect(objectsOf({ volumes }).nodeClass.spec["blockDeviceMappings"]).to.deep.equal([
      defaultRootVolume,
      {
        deviceName: "/dev/sdf",
        ebs: { deleteOnTermination: true, encrypted: true, volumeSize: "100Gi", volumeType: "gp3" },
      },
      {
        deviceName: "/dev/sdg",
        ebs: { deleteOnTermination: false, encrypted: false, iops: 900, volumeSize: "20Gi", volumeType: "io2" },
      },
      {
        deviceName: "/dev/sdh",
        ebs: {
          deleteOnTermination: true,
          snapshotID: "snap-0123456789abcdef0",
          volumeInitializationRate: 200,
          volumeType: "gp3",
        },
      },
    ]);
  });

  it("tells Karpenter which volume holds the kubelet's directory, and so the pods' storage", () => {
    const volumes = [{ deviceName: "/dev/sdf", size: 100, kubeletRoot: true }];
    const mappings = objectsOf({ volumes }).nodeClass.spec["blockDeviceMappings"] as readonly object[];
    expect(mappings[0]).not.to.have.property("rootVolume");
    expect(mappings[1]).to.include({ deviceName: "/dev/sdf", rootVolume: true });
  });

  it("selects capacity reservations by id, by tags, and by how instances match them", () => {
    const capacityReservationSelectorTerms = [
      { id: "cr-0123456789abcdef0" },
      { tags: { team: "ml" }, ownerId: "123456789012", instanceMatchCriteria: "targeted" as const },
    ];
    const { nodeClass } = objectsOf({ capacityReservationSelectorTerms });
    expect(nodeClass.spec["capacityReservationSelectorTerms"]).to.deep.equal([
      { id: "cr-0123456789abcdef0" },
      { tags: { team: "ml" }, ownerID: "123456789012", instanceMatchCriteria: "targeted" },
    ]);
    expect(objectsOf({ capacityReservationSelectorTerms: [] }).nodeClass.spec).not.to.have.property(
      "capacityReservationSelectorTerms",
    );
  });

  it("has the settings of instances under Karpenter's names", () => {
    const settings = {
      placementGroupSelector: { name: "close" },
      networkInterfaces: [{ networkCardIndex: 0, deviceIndex: 0, interfaceType: "interface" as const }],
      ipPrefixCount: 1,
      connectionTracking: { udpTimeout: 45 },
      detailedMonitoring: true,
      cpuOptions: { nestedVirtualization: "enabled" as const },
      enclaveOptions: { enabled: true },
      context: "given by AWS",
    };
    expect(objectsOf(settings).nodeClass.spec).to.deep.include(settings);
  });

  it("has metadata options where the group says something of them, complete", () => {
    expect(objectsOf({}).nodeClass.spec).not.to.have.property("metadataOptions");
    expect(objectsOf({ metadataOptions: { httpTokens: "optional" } }).nodeClass.spec["metadataOptions"]).to.deep.equal({
      httpEndpoint: "enabled",
      httpPutResponseHopLimit: 1,
      httpTokens: "optional",
    });
    const { nodeClass } = objectsOf({ metadataOptions: { httpProtocolIpv6: "enabled" } });
    expect(nodeClass.spec["metadataOptions"]).to.include({ httpProtocolIPv6: "enabled", httpTokens: "required" });
  });

  it("finds subnets by the tag of its group", () => {
    const { nodeClass } = objectsOf({ zones: ["us-east-1a"] }, { zones: ["us-east-1a", "us-east-1b"] });
    const [term] = nodeClass.spec["subnetSelectorTerms"] as readonly { readonly tags: object }[];
    expect(term?.tags).to.deep.equal({
      KubernetesCluster: "c.example.com",
      "kops.k8s.io/instance-group/workers": "true",
    });
  });

  it("adds the group's security groups to the nodes' own", () => {
    const { nodeClass } = objectsOf({ additionalSecurityGroupIds: ["sg-0123456789abcdef0"] });
    expect(nodeClass.spec["securityGroupSelectorTerms"]).to.deep.equal([
      { tags: { KubernetesCluster: "c.example.com", Name: "nodes.c.example.com" } },
      { id: "sg-0123456789abcdef0" },
    ]);
  });

  it("keeps nodes off the internet where the group says so", () => {
    expect(objectsOf({ associatePublicIp: false }).nodeClass.spec["associatePublicIPAddress"]).to.equal(false);
  });

  it("tags machines with their group, the cluster's tags and the group's, and leaves ownership to Karpenter", () => {
    const { nodeClass } = objectsOf({ tags: { cost: "b" } }, { tags: { team: "platform" } });
    expect(nodeClass.spec["tags"]).to.include({
      KubernetesCluster: "c.example.com",
      "kops.k8s.io/instancegroup": "workers",
      "k8s.io/role/node": "1",
      team: "platform",
      cost: "b",
    });
    expect(Object.keys(nodeClass.spec["tags"] as object).filter((key) => key.startsWith("kubernetes.io/cluster"))).to.be
      .empty;
  });
});
