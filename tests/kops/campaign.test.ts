/** What the provider accepts of random inputs, kOps accepts. `make campaign-kops` judges more of them. */
import { expect } from "chai";
import { judgeAccepted } from "../campaign/kops";
import { useLocalCloud } from "../support/localCloud";

describe("random inputs that the provider accepts", function () {
  this.timeout(5 * 60_000);
  const cloud = useLocalCloud();

  it("are accepted by kOps", async () => {
    const verdicts = await judgeAccepted(cloud, { seed: 9, from: 0, count: 10 });
    expect(verdicts.filter(({ outcome }) => outcome === "refused")).to.deep.equal([]);
    // Where an input names a hosted zone that the simulated AWS lacks, kOps gives no verdict. How many do so changes with
    // every new input.
    expect(verdicts.filter(({ outcome }) => outcome === "accepted")).to.have.length.of.at.least(6);
  });
});
