/**
 * The aws stand-in does what Pulumi's aws plugin does: the same operations, the same resources afterwards. The documented
 * policy then judges the calls of Pulumi's plugin.
 */
import { expect } from "chai";
import { clusterStack } from "../support/clusterStack";
import { itIsEnough, judge } from "../support/iam/documentedPolicy";
import { asUser, createUser } from "../support/iam/identities";
import { inventory, type Inventory } from "../support/inventory";
import { type LocalCloud, useLocalCloud } from "../support/localCloud";
import { counts, difference, inTurn, listed, operations, type Outputs, outputs } from "./compare";
import { expectation } from "./permissions";
import { makeOwned, type Owned, type Sequence, sequences, type Step } from "./sequences";

const MINUTES = 60_000;
const deployer = "deployer";

interface Done {
  readonly operations: readonly string[];
  readonly outputs: ReadonlyMap<string, Outputs>;
}
type Pair = readonly [theirs: Done, ours: Done];

/** One of the two clouds, with what its user has in it. */
interface Side {
  readonly cloud: LocalCloud;
  readonly owned: Owned;
}

describe("the aws stand-in beside Pulumi's aws plugin", function () {
  this.timeout(8 * MINUTES);
  const real = useLocalCloud({ realPlugins: true });
  const standIn = useLocalCloud();
  /** By sequence, what each of its steps did on both sides. */
  const done = new Map<Sequence, readonly Promise<Pair>[]>();
  let atFirst: Inventory;

  before("start all sequences at once: Pulumi's plugin mostly waits", async () => {
    const [theirs, ours] = await Promise.all([makeOwned(real), makeOwned(standIn)]);
    atFirst = await inventory(real);
    const user = asUser(real, await createUser(real, deployer));
    const sides = [
      { cloud: user, owned: theirs },
      { cloud: standIn, owned: ours },
    ] as const;
    for (const [position, sequence] of sequences.entries()) {
      const take = (step: Step): Promise<Pair> =>
        Promise.all([taken(step, `sequence-${position}`, sides[0]), taken(step, `sequence-${position}`, sides[1])]);
      done.set(sequence, inTurn(sequence.steps, take));
    }
  });

  for (const sequence of sequences) {
    describe(sequence.title, () => {
      for (const [position, { title }] of sequence.steps.entries()) {
        it(title, async () => {
          const [theirs, ours] = (await done.get(sequence)?.[position]) ?? missing();
          expect(difference(ours.operations, theirs.operations)).to.equal("");
          expect([...ours.outputs.keys()].sort()).to.deep.equal([...theirs.outputs.keys()].sort());
          expect(difference(listed(ours.outputs), listed(theirs.outputs, ours.outputs))).to.equal("");
        });
      }
    });
  }

  describe("afterwards", () => {
    it("nothing is left of any of them", async () => {
      expect(await inventory(real)).to.deep.equal(atFirst);
    });

    itIsEnough(() => judge(real, deployer), expectation);
  });
});

function missing(): never {
  throw new Error("bug: every step was started");
}

async function taken({ how, inputs }: Step, stackName: string, { cloud, owned }: Side): Promise<Done> {
  const stack = await clusterStack(cloud, typeof inputs === "function" ? inputs(owned) : inputs, stackName);
  switch (how) {
    case "preview":
      return { operations: await operations((onEvent) => stack.preview({ onEvent })), outputs: new Map() };
    case "update":
      return { operations: await operations((onEvent) => stack.up({ onEvent })), outputs: await outputs(stack) };
    case "refresh":
      return { operations: counts((await stack.refresh()).summary.resourceChanges), outputs: await outputs(stack) };
    case "destroy":
      return { operations: await operations((onEvent) => stack.destroy({ onEvent })), outputs: new Map() };
  }
}
