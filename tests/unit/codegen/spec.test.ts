/** docs/kops-spec.md names a judge for each setting of kOps's that the component has. */
import { expect } from "chai";
import { inputsOf, judgesOf } from "../../../codegen/spec/judges";
import { clusterVerdicts } from "../../../provider/src/validate/spec/clusterVerdicts";
import { controlPlaneVerdicts, nodeGroupVerdicts } from "../../../provider/src/validate/spec/groupVerdicts";
import type { Verdicts } from "../../../provider/src/validate/spec/verdict";

const specs: readonly (readonly [section: string, verdicts: Verdicts])[] = [
  ["clusterSpec", clusterVerdicts],
  ["controlPlane.instanceGroupSpec", controlPlaneVerdicts],
  ["nodeGroups.*.instanceGroupSpec", nodeGroupVerdicts],
];

describe("the settings of kOps's spec that the component has", () => {
  for (const [section, verdicts] of specs) {
    it(`are compared with kOps, each in some cluster (${section})`, () => {
      const available = Object.entries(verdicts).flatMap(([field, verdict]) => {
        const inputs = inputsOf(field, verdict, section);
        return verdict.kind === "refused" ? [] : [{ field, inputs, judges: judgesOf(inputs) }];
      });
      expect(available).to.have.length.greaterThan(20);
      expect(available.filter(({ judges }) => judges === undefined).map(({ field }) => field)).to.deep.equal([]);
    });
  }

  it("are not taken for compared where no cluster has them", () => {
    expect(judgesOf(["nodeGroups.*.cloudGroup.nothing"])).to.equal(undefined);
    expect(judgesOf(["nodeGroups.*.cloudGroup.maxPrice"])).to.include("`cloud-groups`");
    expect(judgesOf(["network.subnets.egress"])).to.equal("`tests/kops`");
  });
});
