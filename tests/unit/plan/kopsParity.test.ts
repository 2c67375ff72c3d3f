import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { IamFacts } from "../../../provider/src/model/policyDocument";
import { interruptionPolicyName } from "../../../provider/src/model/names";
import { resolveCluster } from "../../../provider/src/resolve/cluster";
import { awsStateOfRows } from "./awsStateOfRows";
import type { AwsState } from "./fixtures/awsState";
import { accountId, cases, discoveryBucket, stateBucket, type Case } from "./fixtures/cases";

function planned(subject: Case): AwsState {
  const cluster = resolveCluster({ ...subject.inputs, karpenter: { ...subject.inputs.karpenter, policy: "kops" } });
  const facts: IamFacts = {
    accountId,
    issuer: `https://${discoveryBucket}.s3.${cluster.region}.amazonaws.com/${cluster.name}`,
    stateStore: { bucket: stateBucket, prefix: "" },
    hostedZoneId: undefined,
    interruptionQueueArn: `arn:aws:sqs:us-east-1:${accountId}:queue`,
  };
  return JSON.parse(JSON.stringify(awsStateOfRows(cluster, facts))) as AwsState;
}

function madeByKops({ name }: Case): AwsState {
  return JSON.parse(readFileSync(join(__dirname, "fixtures", `${name}.json`), "utf8")) as AwsState;
}

/** The queue's policy is ours alone; kOps's own come without it. */
function withoutOurs(state: AwsState, clusterName: string): AwsState {
  const own = interruptionPolicyName(clusterName);
  const roles = state.roles.map((role) => ({
    ...role,
    policies: Object.fromEntries(Object.entries(role.policies).filter(([name]) => name !== own)),
  }));
  return { ...state, roles };
}

describe("the plan beside what kOps made", () => {
  for (const subject of cases) {
    describe(subject.name, () => {
      const expected = madeByKops(subject);
      const actual = withoutOurs(planned(subject), subject.inputs.clusterName);
      // The trust of instances is compared as JSON: kOps's text of it has spaces of its own, and AWS does not care.
      for (const part of Object.keys(expected).filter((key) => key !== "roles") as (keyof AwsState)[]) {
        it(`has the same ${part}`, () => {
          expect(actual[part]).to.deep.equal(expected[part]);
        });
      }

      it("has the same roles, policies byte for byte", () => {
        const byName = (state: AwsState) =>
          Object.fromEntries(
            state.roles.map((role) => [role.name, { ...role, trust: JSON.parse(role.trust) as unknown }] as const),
          );
        expect(byName(actual)).to.deep.equal(byName(expected));
      });

      it("trusts service accounts with the same bytes", () => {
        const trusts = (state: AwsState) =>
          state.roles.map(({ trust }) => trust).filter((trust) => trust.includes("WebIdentity"));
        expect(trusts(actual).sort()).to.deep.equal(trusts(expected).sort());
      });
    });
  }

  it("compares something", () => {
    const defaults = madeByKops(cases[0]!);
    expect(defaults.rules).to.have.length(26);
    expect(defaults.roles).to.have.length(5);
    expect(defaults.volumes).to.have.length(2);
  });
});
