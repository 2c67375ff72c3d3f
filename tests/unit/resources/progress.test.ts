import { expect } from "chai";
import { pause, waitFor } from "../../../provider/src/resources/operation/progress";
import { failureOf, TestRun } from "./testRun";

describe("waiting", () => {
  it("tries until nothing is left, and reports each result before that once", async () => {
    const seen = ["two left", "one left", "one left", undefined];
    const run = new TestRun();
    const look = () => Promise.resolve(seen.shift());
    const wait = { what: "machines", timeoutSeconds: 60, pauseMilliseconds: 1, look };
    expect(await waitFor(wait, run)).to.equal(undefined);
    expect(run.lines).to.deep.equal([
      "waiting for machines: two left (0 s of at most 60 s)",
      "waiting for machines: one left (0 s of at most 60 s)",
    ]);
  });

  it("tries at least once, and returns the last result at the timeout", async () => {
    const wait = { what: "x", timeoutSeconds: 0, pauseMilliseconds: 1, look: () => Promise.resolve("still there") };
    expect(await waitFor(wait, new TestRun())).to.equal("still there");
  });

  it("looks often at first, and later no more often than it has to", () => {
    expect([0, 4000, 60_000].map((elapsed) => pause(elapsed, 5000))).to.deep.equal([250, 400, 5000]);
    expect(pause(60_000, 20)).to.equal(20);
  });

  it("fails with the error of an attempt", async () => {
    const look = () => Promise.reject(new Error("broken"));
    const wait = { what: "x", timeoutSeconds: 9, pauseMilliseconds: 1, look };
    expect(await failureOf(waitFor(wait, new TestRun()))).to.equal("broken");
  });

  for (const [when, look] of Object.entries({
    "in the pause between attempts": () => Promise.resolve("still there"),
    "amid an attempt that hangs": () => new Promise<never>(() => undefined),
  })) {
    it(`fails at once when it is cancelled ${when}`, async () => {
      const run = new TestRun();
      const waiting = failureOf(waitFor({ what: "machines", timeoutSeconds: 60, pauseMilliseconds: 5000, look }, run));
      setTimeout(() => {
        run.cancel();
      }, 20);
      const started = Date.now();
      expect(await waiting).to.equal("cancelled while waiting for machines");
      expect(Date.now() - started).to.be.lessThan(1000);
    });
  }
});
