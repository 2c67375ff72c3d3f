/** The guard of a cluster that was imported, and that of an account. */
import { expect } from "chai";
import { guard } from "../../../provider/src/resources/clusterGuard";
import { guardImportId } from "../../../provider/src/resources/importedGuard";

const urn = (name: string): string => `urn:pulumi:test::project::kops-karpenter:index:ClusterGuard::${name}-guard`;
const findings = {
  problems: [{ path: "clusterName", reason: "resources of a cluster of that name exist", whenNew: true }],
  changedKeys: [{ file: "pki/private/kubernetes-ca/keyset.yaml", lastModified: "Thu, 26 Nov 2026 12:00:00 GMT" }],
};
const later = {
  ...findings,
  changedKeys: [{ ...findings.changedKeys[0], lastModified: "Thu, 26 Nov 2026 13:00:00 GMT" }],
};
const program = (clusterName: string, found: object = findings) => ({
  clusterName,
  region: "us-east-1",
  cni: "cilium",
  findings: found,
  acknowledge: [],
});

function reasons(name: string, olds: object, clusterName: string, found?: object): readonly string[] {
  return guard
    .check(urn(name), olds as Record<string, unknown>, program(clusterName, found))
    .failures.map(({ reason }) => reason);
}

describe("the guard of a cluster that was imported by its name alone", () => {
  const imported = guard.imported?.("a.example.com").properties ?? {};
  const again = guard.imported?.("d.example.com").properties ?? {};

  it("accepts its program, the keys that kOps wrote among it", () => {
    expect(reasons("taken", imported, "a.example.com")).to.deep.equal([]);
  });

  it("records the program from then on, accepts the same keys after an update that failed, and stops for later ones", () => {
    const { inputs } = guard.check(urn("recorded"), again, program("d.example.com"));
    expect(inputs).to.deep.equal({
      clusterName: "d.example.com",
      region: "us-east-1",
      cni: "cilium",
      foreignKeys: { "pki/private/kubernetes-ca/keyset.yaml": "Thu, 26 Nov 2026 12:00:00 GMT" },
    });
    expect(reasons("recorded", inputs, "d.example.com")).to.deep.equal([]);
    // And the update after that, when all keys are the component's, has nothing to change.
    const marked = guard.check(urn("recorded"), inputs, program("d.example.com", { ...findings, changedKeys: [] }));
    expect(marked.inputs).to.deep.equal(inputs);
    const [reason, ...others] = reasons("recorded", inputs, "d.example.com", later);
    expect(others).to.deep.equal([]);
    expect(reason).to.match(/^stateStore.keys: .* needs acknowledgement/);
  });

  it("refuses a program of another cluster", () => {
    expect(reasons("other", imported, "b.example.com").join("\n")).to.include(
      'clusterName: "a.example.com" to "b.example.com" is refused',
    );
  });

  it("is needed: without it, the cluster is somebody else's", () => {
    expect(reasons("new", {}, "c.example.com")).to.deep.equal([
      "clusterName: resources of a cluster of that name exist",
    ]);
  });
});

describe("the guard of a cluster that was imported as it is", () => {
  const shape = {
    ...program("e.example.com"),
    kubernetesVersion: "1.34.1",
    "network.cidr": "172.20.0.0/16",
    "controlPlane.zones": ["us-east-1a", "us-east-1b", "us-east-1c"],
    nodeGroups: { nodes: { zones: ["us-east-1a"], manager: "CloudGroup" } },
    "encryptionConfig.keys": { secrets: ["aescbc/key/0123"] },
  };
  const id = guardImportId(shape, ["encryptionConfig.keys"]);
  const imported = guard.imported?.(id);

  function judged(changes: object): readonly string[] {
    const { failures } = guard.check(urn("adopted"), imported?.properties ?? {}, { ...shape, ...changes });
    return failures.map(({ reason }) => reason.replace(/ (is refused|needs acknowledgement).*/, " $1"));
  }

  it("has the cluster's name as its id, and records what a file may hold", () => {
    expect(imported?.id).to.equal("e.example.com");
    const { acknowledge: _a, findings: _f, "encryptionConfig.keys": _k, ...rest } = shape;
    expect(imported?.properties).to.deep.equal({ ...rest, imported: true });
  });

  it("accepts the cluster as it is, with the keys that kOps wrote, and records it", () => {
    const { inputs, failures } = guard.check(urn("adopted"), imported?.properties ?? {}, shape);
    expect(failures).to.deep.equal([]);
    expect(inputs).to.not.have.property("imported");
    expect(inputs["foreignKeys"]).to.have.keys("pki/private/kubernetes-ca/keyset.yaml");
  });

  it("judges what the program changes before the first update", () => {
    const changes = {
      kubernetesVersion: "1.36.0",
      "network.cidr": "10.0.0.0/16",
      "controlPlane.zones": ["us-east-1a"],
      nodeGroups: {},
    };
    expect(judged(changes)).to.deep.equal([
      'kubernetesVersion: "1.34.1" to "1.36.0" is refused',
      'network.cidr: "172.20.0.0/16" to "10.0.0.0/16" needs acknowledgement',
      'controlPlane.zones: "us-east-1a", "us-east-1b", "us-east-1c" to "us-east-1a" is refused',
      'nodeGroups.nodes: group "nodes" removed needs acknowledgement',
    ]);
  });

  it("leaves a minor version to the second update, since the first one replaces no control-plane instance", () => {
    const next = { kubernetesVersion: "1.35.0" };
    expect(judged(next)).to.deep.equal(['kubernetesVersion: "1.34.1" to "1.35.0" is refused']);
    const { inputs } = guard.check(urn("adopted"), imported?.properties ?? {}, shape);
    expect(guard.check(urn("adopted"), inputs, { ...shape, ...next }).failures).to.deep.equal([]);
  });

  it("accepts no id that the command did not write", () => {
    for (const wrong of ["{", "{}"]) expect(() => guard.imported?.(wrong)).to.throw("write the import file again");
  });
});

describe("the guard of a cluster in an account", () => {
  const known = { ...findings, problems: [], changedKeys: [] };
  const checked = (name: string, olds: object, account?: string) => {
    const found = account === undefined ? known : { ...known, account };
    const clusterName = `${name}.example.com`;
    return guard.check(urn(name), { ...olds, clusterName }, program(clusterName, found));
  };

  it("records it, also of a cluster that is there already, and keeps it where AWS does not answer", () => {
    const { inputs, failures } = checked("filled", { cni: "cilium" }, "111122223333");
    expect(failures).to.deep.equal([]);
    expect(inputs).to.deep.include({ account: "111122223333" });
    expect(checked("filled", inputs).inputs).to.deep.equal(inputs);
    expect(checked("filled", inputs, "111122223333").inputs).to.deep.equal(inputs);
  });

  it("refuses another one, and says nothing else", () => {
    const { failures } = checked("moved", { account: "111122223333", cni: "none" }, "444455556666");
    expect(failures.map(({ reason }) => reason)).to.deep.equal([
      "the AWS credentials are of account 444455556666, and the cluster is in account 111122223333: the update would create a second cluster; use credentials of account 111122223333, for example with AWS_PROFILE or aws:profile",
    ]);
  });
});
