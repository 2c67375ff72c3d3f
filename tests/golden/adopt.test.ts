/** A kOps-made store to inputs, and back: what the inputs render is what kOps wrote. */
import { expect } from "chai";
import { differences } from "../../provider/src/adopt/check/differences";
import { adoptedInputs } from "../../provider/src/adopt/inputs/adoptedInputs";
import { storedCluster } from "../support/goldenStore";
import type { RuntimeFacts } from "../../provider/src/model/runtime";
import { goldenCase, goldenCaseNames, goldenReleases } from "./cases";

for (const [release, name] of goldenReleases.flatMap((each) =>
  goldenCaseNames(each).map((name) => [each, name] as const),
)) {
  describe(`adoption of the case ${name} of kOps ${release}`, () => {
    const golden = goldenCase(name, release);
    const stored = storedCluster(golden);
    const adopted = adoptedInputs(stored);

    it("finds inputs that the component accepts", () => {
      expect(adopted.problems).to.deep.equal([]);
    });

    it("finds nothing that would change", () => {
      const found = differences(stored, adopted);
      expect(found.filter(({ kind }) => kind !== "adoption")).to.deep.equal([]);
    });

    it("finds the facts that kOps's run settled", () => {
      // Nothing in a store tells of nodeup, nor of the load balancer's addresses where a name leads to it. The component's own
      // time of creation is another than kOps's, which an input keeps. Definitions in a store have kOps's labels already.
      const known = (all: RuntimeFacts): unknown => {
        const {
          kopsFileHashes: _hashes,
          creationTimestamp: _time,
          addonDefinitions: _labelled,
          apiLoadBalancer,
          ...facts
        } = all;
        return {
          ...Object.assign({ nodeFileHashes: {} }, facts),
          apiLoadBalancer: golden.cluster.dns.type === "none" ? apiLoadBalancer : apiLoadBalancer.dnsName,
        };
      };
      expect(JSON.parse(JSON.stringify(known(adopted.facts)))).to.deep.equal(known(golden.facts));
    });
  });
}
