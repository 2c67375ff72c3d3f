/** The aws stand-in does what Pulumi's aws plugin does: the same operations in previews, the same resources afterwards. */
import type { Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { clusterStack } from "../support/clusterStack";
import { inventory, type Inventory } from "../support/inventory";
import { useLocalCloud } from "../support/localCloud";
import { difference, listed, operations, outputs } from "./compare";
import { makeHostedZone, sequences, type Step } from "./sequences";

const MINUTES = 60_000;

describe("the aws stand-in beside Pulumi's aws plugin", function () {
  this.timeout(5 * MINUTES);
  const real = useLocalCloud({ realPlugins: true });
  const standIn = useLocalCloud();
  let atFirst: Inventory;

  before("make what the user has", async () => {
    await Promise.all([makeHostedZone(real), makeHostedZone(standIn)]);
    atFirst = await inventory(real);
  });

  for (const { title, steps } of sequences) {
    describe(title, () => {
      const name = title.replaceAll(" ", "-");
      const stacks = (step: Step): Promise<[Stack, Stack]> =>
        Promise.all([clusterStack(real, step.inputs, name), clusterStack(standIn, step.inputs, name)]);

      for (const step of steps) {
        it(step.title, async () => {
          const both = await stacks(step);
          const [wanted, found] = await Promise.all(
            both.map((stack) => operations((onEvent) => stack.preview({ onEvent }))),
          );
          expect(difference(found ?? [], wanted ?? [])).to.equal("");
          if (step.carryOut !== true) return;
          await Promise.all(both.map((stack) => stack.up()));
          const [theirs = new Map(), ours = new Map()] = await Promise.all(both.map((stack) => outputs(stack)));
          expect([...ours.keys()].sort()).to.deep.equal([...theirs.keys()].sort());
          expect(difference(listed(ours), listed(theirs, ours))).to.equal("");
        });
      }

      if (steps.some(({ carryOut }) => carryOut)) {
        it("destroy", async () => {
          const [step] = steps;
          if (step === undefined) throw new Error("bug: a sequence has steps");
          const both = await stacks(step);
          const [wanted, found] = await Promise.all(
            both.map((stack) => operations((onEvent) => stack.destroy({ onEvent }))),
          );
          expect(difference(found ?? [], wanted ?? [])).to.equal("");
        });
      }
    });
  }

  describe("afterwards", () => {
    it("nothing is left of any of them", async () => {
      expect(await inventory(real)).to.deep.equal(atFirst);
    });
  });
});
