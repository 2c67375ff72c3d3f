/** Node classes and pools that the API server accepts or refuses, and the component likewise before it. */
import { expect } from "chai";
import { type Kube, KubeError } from "../../localcloud/machines/kube";
import { problemsOf } from "../unit/validate/badInputs";
import { groupsOf, objectsOf } from "../unit/addons/karpenter/sample";
import type { NodeGroup } from "../../provider/src/schema/types.gen";
import { accepted } from "./variants/accepted";
import { karpenterVersion } from "./variants/parts";
import { rejectedClasses } from "./variants/rejectedClasses";
import { rejectedPools } from "./variants/rejectedPools";
import { stricter } from "./variants/stricter";

const problemsWith = (group: NodeGroup) =>
  problemsOf({ nodeGroups: { workers: group }, karpenter: { version: karpenterVersion } });

const rejected = [...rejectedClasses, ...rejectedPools];

type Objects = Pick<ReturnType<typeof objectsOf>, "nodeClass" | "pools">;

/**
 * Defines the tests, on any cluster with Karpenter whose groups and pools have names that none of the tables has: what
 * exists cannot be created, not even in a dry run.
 */
export function testObjects(api: () => Kube): void {
  it("are accepted by the API server with the documented defaults", async () => {
    for (const objects of groupsOf({})) expect(await refusal(objects)).to.deep.equal([]);
  });

  for (const { name, group } of accepted) {
    it(`are accepted by the component and the API server: ${name}`, async () => {
      expect(problemsWith(group)).to.deep.equal([]);
      expect(await refusal(objectsOf(group))).to.deep.equal([]);
    });
  }

  for (const { name, group, ours, theirs } of rejected) {
    it(`are refused by the component and the API server: ${name}`, async () => {
      const problems = problemsWith(group);
      const answers = await refusal(objectsOf(group));
      expect(problems.join("\n")).to.include(ours);
      expect(answers.join("\n")).to.match(theirs);
    });
  }

  for (const { name, group, ours } of stricter) {
    it(`are refused by the component alone, as they would fail later: ${name}`, async () => {
      expect(problemsWith(group).join("\n")).to.include(ours);
      expect(await refusal(objectsOf(group))).to.deep.equal([]);
    });
  }

  it("are judged in a table of sixty or more", () => {
    expect(accepted.length + rejected.length + stricter.length).to.be.at.least(60);
  });

  /** What the API server holds against the objects; nothing is stored. */
  async function refusal({ nodeClass, pools }: Objects): Promise<readonly string[]> {
    const paths = [
      ["/apis/karpenter.k8s.aws/v1/ec2nodeclasses", nodeClass] as const,
      ...pools.map((pool) => ["/apis/karpenter.sh/v1/nodepools", pool] as const),
    ];
    const answers: string[] = [];
    for (const [path, manifest] of paths) {
      try {
        await api().create(`${path}?dryRun=All&fieldValidation=Strict`, manifest);
      } catch (error) {
        if (!(error instanceof KubeError)) throw error;
        answers.push(error.message);
      }
    }
    return answers;
  }
}
