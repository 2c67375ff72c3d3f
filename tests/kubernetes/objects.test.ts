/** What the API server says of node classes and pools, and that the component says the same before. */
import { expect } from "chai";
import { type Kube, KubeError } from "../../localcloud/machines/kube";
import { clusterStack } from "../support/clusterStack";
import { useLocalCloud } from "../support/localCloud";
import { problemsOf } from "../unit/validate/badInputs";
import { groupsOf, objectsOf } from "../unit/addons/karpenter/sample";
import { awaitApi } from "./harness";
import { rejected, variants } from "./variants";

const MINUTES = 60_000;
const CLUSTER = "c.example.com";

type Objects = Pick<ReturnType<typeof objectsOf>, "nodeClass" | "pools">;

describe("Karpenter's objects on the component's cluster", function () {
  this.timeout(15 * MINUTES);
  const cloud = useLocalCloud({ machines: true });
  let api: Kube;

  before("bring the cluster up", async () => {
    const stack = await clusterStack(cloud, {
      clusterName: CLUSTER,
      zones: ["us-east-1a"],
      // Under a name that none of the tables has: what is there already cannot be made, not even dry.
      nodeGroups: { own: {} },
      karpenter: { install: true },
    });
    const { outputs } = await stack.up();
    api = await awaitApi(cloud, CLUSTER, outputs["kubeconfig"]?.value as string);
  });

  after("close the connection", () => {
    (api as Kube | undefined)?.close();
  });

  it("are accepted by the API server with the documented defaults", async () => {
    for (const objects of groupsOf({})) expect(await refusal(objects)).to.deep.equal([]);
  });

  for (const { name, group } of variants) {
    it(`are accepted by the component and the API server: ${name}`, async () => {
      expect(problemsOf({ nodeGroups: { workers: group } })).to.deep.equal([]);
      expect(await refusal(objectsOf(group))).to.deep.equal([]);
    });
  }

  for (const { name, group, ours, theirs } of rejected) {
    it(`are refused by the component and the API server: ${name}`, async () => {
      const problems = problemsOf({ nodeGroups: { workers: group } });
      const answers = await refusal(objectsOf(group));
      expect(problems.join("\n")).to.include(ours);
      expect(answers.join("\n")).to.match(theirs);
    });
  }

  /** What the API server holds against the objects; nothing is stored. */
  async function refusal({ nodeClass, pools }: Objects): Promise<readonly string[]> {
    const paths = [
      ["/apis/karpenter.k8s.aws/v1/ec2nodeclasses", nodeClass] as const,
      ...pools.map((pool) => ["/apis/karpenter.sh/v1/nodepools", pool] as const),
    ];
    const answers: string[] = [];
    for (const [path, manifest] of paths) {
      try {
        await api.create(`${path}?dryRun=All&fieldValidation=Strict`, manifest);
      } catch (error) {
        if (!(error instanceof KubeError)) throw error;
        answers.push(error.message);
      }
    }
    return answers;
  }
});
