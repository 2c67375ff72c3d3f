import { expect } from "chai";
import { waitFor } from "../../../provider/src/resources/progress";

describe("waiting", () => {
  it("looks until nothing is left to see, and reports each look before", async () => {
    const seen = ["two left", "one left", undefined];
    const lines: string[] = [];
    const look = () => Promise.resolve(seen.shift());
    const wait = { what: "machines", timeoutSeconds: 60, pauseMilliseconds: 1, look };
    expect(await waitFor(wait, (line) => lines.push(line))).to.equal(undefined);
    expect(lines).to.deep.equal([
      "waiting for machines: two left (0 s of at most 60 s)",
      "waiting for machines: one left (0 s of at most 60 s)",
    ]);
  });

  it("looks at least once, and gives what was seen last when the time is up", async () => {
    const wait = { what: "x", timeoutSeconds: 0, pauseMilliseconds: 1, look: () => Promise.resolve("still there") };
    expect(await waitFor(wait, () => undefined)).to.equal("still there");
  });

  it("fails as the look fails", async () => {
    const look = () => Promise.reject(new Error("broken"));
    const error = await waitFor({ what: "x", timeoutSeconds: 9, pauseMilliseconds: 1, look }, () => undefined).catch(
      (caught: unknown) => caught,
    );
    expect((error as Error).message).to.equal("broken");
  });
});
