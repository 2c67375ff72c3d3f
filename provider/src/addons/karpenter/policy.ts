/** What the controller may do in AWS. */
import { karpenterGroups, type ResolvedCluster } from "../../model/cluster";
import { interruptionPolicyName } from "../../model/names";
import {
  documentFrom,
  grant,
  oneOrMany,
  permissionsDocument,
  policyText,
  type PolicyDocument,
} from "../../model/policyDocument";
import type { ExtraPolicy } from "../addon";
import { scopedStatements } from "./scopedPolicy";

/** The user's own keys on volumes need permission to use them (kops pkg/model/components/addonmanifests/karpenter/iam.go:45). */
export function karpenterPolicy(cluster: ResolvedCluster): PolicyDocument {
  const usesOwnKeys = karpenterGroups(cluster).some(({ rootVolume, volumes }) =>
    [rootVolume, ...volumes].some(({ encrypted, kmsKeyArn }) => encrypted !== false && kmsKeyArn !== undefined),
  );
  const { karpenterActions, kmsActions } = cluster.release.iam;
  const keys = usesOwnKeys ? kmsActions : { dataPlane: [], unconditional: [] };
  switch (cluster.karpenter.policy) {
    case "scoped":
      return {
        needs: [],
        render: (known) =>
          permissionsDocument(cluster, {
            statements: scopedStatements(known),
            kmsDataPlane: keys.dataPlane,
            unconditional: keys.unconditional,
          }),
      };
    case "kops":
      return grant(cluster, {
        kmsDataPlane: keys.dataPlane,
        unconditional: [...karpenterActions, ...keys.unconditional],
      });
  }
}

/** Reading the interruption queue, which kOps does not have. */
export function extraPolicies(cluster: ResolvedCluster): readonly ExtraPolicy[] {
  if (!cluster.karpenter.interruptionHandling) return [];
  const actions = oneOrMany(cluster.release.iam.interruptionQueueActions);
  const document = documentFrom(["interruptionQueueArn"], ({ interruptionQueueArn }) =>
    policyText([{ Effect: "Allow", Action: actions, Resource: interruptionQueueArn }]),
  );
  return [{ key: "interruption", name: interruptionPolicyName(cluster.name), document }];
}
