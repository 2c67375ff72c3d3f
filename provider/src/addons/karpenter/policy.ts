/** What the controller may do in AWS. */
import { interruptionQueueActions, karpenterActions, kmsActions } from "../../releases/1.36/iam";
import type { ResolvedCluster } from "../../model/cluster";
import { interruptionPolicyName } from "../../model/names";
import { documentFrom, grant, oneOrMany, policyText, type PolicyDocument } from "../../model/policyDocument";
import type { ExtraPolicy } from "../addon";

/** The user's own keys on root volumes need permission to use them (kops v1.36.2 pkg/model/components/addonmanifests/karpenter/iam.go:45). */
export function karpenterPolicy(cluster: ResolvedCluster): PolicyDocument {
  const usesOwnKeys = cluster.nodeGroups.some(
    ({ rootVolume }) => rootVolume.encrypted && rootVolume.kmsKeyArn !== undefined,
  );
  return grant(cluster, {
    ...(usesOwnKeys ? { kmsDataPlane: kmsActions.dataPlane } : {}),
    unconditional: [...karpenterActions, ...(usesOwnKeys ? kmsActions.unconditional : [])],
  });
}

/** Reading the interruption queue, which kOps does not have. */
export function extraPolicies(cluster: ResolvedCluster): readonly ExtraPolicy[] {
  if (!cluster.karpenter.interruptionHandling) return [];
  const document = documentFrom(["interruptionQueueArn"], ({ interruptionQueueArn }) =>
    policyText([{ Effect: "Allow", Action: oneOrMany(interruptionQueueActions), Resource: interruptionQueueArn }]),
  );
  return [{ key: "interruption", name: interruptionPolicyName(cluster.name), document }];
}
