/** What cert-manager may do in Route 53: prove that the user holds names of the given zones. */
import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";
import { policyText, sortedSet, type PolicyDocument } from "../../model/policyDocument";
import { certManagerSettings, hasCertManager } from "./settings";

export function answersDnsChallenges(cluster: ResolvedCluster): boolean {
  return hasCertManager(cluster) && zonesOf(cluster).length > 0;
}

export function zonesOf(cluster: ResolvedCluster | UnwrappedCluster): readonly string[] {
  return certManagerSettings(cluster).hostedZoneIDs ?? [];
}

/** kops pkg/model/components/addonmanifests/certmanager/iam.go:52. The ids may be outputs until it is rendered. Lists of one where kOps has them. */
export function certManagerPolicy(): PolicyDocument {
  return { needs: [], render };
}

function render(cluster: UnwrappedCluster): string {
  const { certManagerActions: actions } = cluster.release.iam;
  const arn = (resource: string): string => `arn:${cluster.partition}:route53:::${resource}`;
  const zones = sortedSet(zonesOf(cluster).map((id) => arn(`hostedzone/${id}`)));
  return policyText([
    { Effect: "Allow", Action: actions.listRecords, Resource: zones },
    {
      Effect: "Allow",
      Action: actions.changeRecords,
      Resource: zones,
      Condition: {
        "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"] },
        "ForAllValues:StringLike": {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["_acme-challenge.*"],
        },
      },
    },
    { Effect: "Allow", Action: [actions.changes], Resource: [arn("change/*")] },
    { Effect: "Allow", Action: [actions.zones], Resource: ["*"] },
  ]);
}
