import { expect } from "chai";
import { waitFor } from "../../../provider/src/resources/progress";

describe("waiting", () => {
  it("tries until nothing is left, and reports each result before that", async () => {
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

  it("tries at least once, and returns the last result at the timeout", async () => {
    const wait = { what: "x", timeoutSeconds: 0, pauseMilliseconds: 1, look: () => Promise.resolve("still there") };
    expect(await waitFor(wait, () => undefined)).to.equal("still there");
  });

  it("fails with the error of an attempt", async () => {
    const look = () => Promise.reject(new Error("broken"));
    const error = await waitFor({ what: "x", timeoutSeconds: 9, pauseMilliseconds: 1, look }, () => undefined).catch(
      (caught: unknown) => caught,
    );
    expect((error as Error).message).to.equal("broken");
  });
});
