import { expect } from "chai";
import { campaign } from "../../campaign/inputs";

describe("random inputs", function () {
  this.timeout(120_000);

  it("yield problems or a cluster, and never throw (make campaign-inputs runs more of them)", () => {
    const { accepted, refused, failures } = campaign({ seed: 36, from: 0, count: 500 });
    expect(failures.map(({ index, error }) => `${index}: ${String(error)}`)).to.deep.equal([]);
    // Neither the one nor the other alone would reach much of the code.
    expect(accepted).to.be.above(50);
    expect(refused).to.be.above(50);
  });
});
