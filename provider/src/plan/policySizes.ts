/** Whether AWS takes the inline policies of each role, which it counts together: it would refuse one amid an update. */
import { karpenter } from "../addons/karpenter";
import type { ResolvedCluster, UnwrappedCluster } from "../model/cluster";
import { policySizeProblem } from "../model/inlinePolicy";
import { serviceAccountRef } from "../model/names";
import type { IamFacts } from "../model/policyDocument";
import { isOutput } from "../schema/input";
import { iamRows, kopsRoles } from "./iam";

/** The shortest that these can be, of what only AWS knows: what may still fit is not refused. */
const shortest: IamFacts = {
  accountId: "0".repeat(12),
  issuer: "https://",
  stateStore: { bucket: "abc", prefix: "" },
  hostedZoneId: "Z",
  interruptionQueueArn: "arn:aws:sqs",
};

const karpenterRole = serviceAccountRef(karpenter.serviceAccount);

/** By the path of the input that makes them so large. Policies of the user that are still outputs count nothing. */
export function policySizeProblems(
  cluster: ResolvedCluster,
): readonly { readonly path: string; readonly reason: string }[] {
  const known = withoutOutputs(cluster);
  const { roles, inlinePolicies } = iamRows(known);
  return roles
    .filter(({ isUsers }) => !isUsers)
    .flatMap(({ ref, args: { name } }) => {
      const rows = inlinePolicies.filter(({ role }) => role === ref);
      const problem = policySizeProblem(
        rows.map(({ document }) => document.render(known as unknown as UnwrappedCluster, shortest)),
      );
      return problem === undefined ? [] : [{ path: inputOf(ref), reason: `too much for the role ${name}: ${problem}` }];
    });
}

function inputOf(role: string): string {
  if (role in kopsRoles) {
    return `clusterSpec.additionalPolicies.${kopsRoles[role as keyof typeof kopsRoles]}`;
  }
  // Its policies name the parameters of all groups' images.
  return role === karpenterRole ? "nodeGroups" : "";
}

function withoutOutputs(cluster: ResolvedCluster): ResolvedCluster {
  const { additionalPolicies } = cluster.clusterSpec;
  if (additionalPolicies === undefined) return cluster;
  const plain = Object.entries(additionalPolicies).filter(([, policy]) => !isOutput(policy));
  return { ...cluster, clusterSpec: { ...cluster.clusterSpec, additionalPolicies: Object.fromEntries(plain) } };
}
