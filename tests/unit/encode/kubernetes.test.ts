/** Durations and quantities, as Go and Kubernetes write them. Expected values are what Go's own packages print. */
import { expect } from "chai";
import { canonicalDuration, isDuration } from "../../../provider/src/encode/duration";
import { canonicalQuantity, isQuantity } from "../../../provider/src/encode/quantity";

describe("durations", () => {
  for (const [given, written] of [
    ["0", "0s"],
    ["90s", "1m30s"],
    ["1h", "1h0m0s"],
    ["1h0.5s", "1h0m0.5s"],
    ["1500ms", "1.5s"],
    ["250ms", "250ms"],
    ["1.5ms", "1.5ms"],
    ["10us", "10µs"],
    ["7ns", "7ns"],
    ["36h", "36h0m0s"],
    ["2m", "2m0s"],
  ] as const) {
    it(`${given} is ${written}`, () => {
      expect(isDuration(given)).to.equal(true);
      expect(canonicalDuration(given)).to.equal(written);
    });
  }

  it("need a unit", () => {
    for (const text of ["10", "", "1 h", "1d", "h"]) expect(isDuration(text), text).to.equal(false);
  });
});

describe("quantities", () => {
  for (const [given, written] of [
    ["0", "0"],
    ["0.25", "250m"],
    ["1000m", "1"],
    ["1500m", "1500m"],
    ["1024Mi", "1Gi"],
    ["1500Mi", "1500Mi"],
    ["0.5Gi", "512Mi"],
    ["0.5Ki", "512"],
    ["2000M", "2G"],
    ["100k", "100k"],
    ["1.5", "1500m"],
    ["-2000m", "-2"],
    ["128974848", "128974848"],
  ] as const) {
    it(`${given} is ${written}`, () => {
      expect(isQuantity(given)).to.equal(true);
      expect(canonicalQuantity(given)).to.equal(written);
    });
  }

  it("have a suffix that Kubernetes knows", () => {
    for (const text of ["1K", "+5", "1mi", "", "Gi", "1 Gi"]) expect(isQuantity(text), text).to.equal(false);
  });
});
