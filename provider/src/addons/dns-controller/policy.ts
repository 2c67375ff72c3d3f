/** Changing the records of a hosted zone. */
import type { ResolvedCluster } from "../../model/cluster";
import { documentFrom, policyText, sortedSet, type PolicyDocument, type Statement } from "../../model/policyDocument";

export function dnsControllerPolicy(cluster: ResolvedCluster): PolicyDocument {
  return documentFrom(["hostedZoneId"], ({ hostedZoneId }) => policyText(hostedZoneStatements(cluster, hostedZoneId)));
}

/** kops pkg/model/iam/iam_builder.go:1205 */
export function hostedZoneStatements(cluster: ResolvedCluster, hostedZoneId: string): readonly Statement[] {
  const arn = (path: string) => `arn:${cluster.partition}:route53:::${path}`;
  const zone = hostedZoneId.replace(/^\//, "").replace(/^hostedzone\//, "");
  const { dnsActions } = cluster.release.iam;
  return [
    { Effect: "Allow", Action: sortedSet(dnsActions.zone), Resource: [arn(`hostedzone/${zone}`)] },
    { Effect: "Allow", Action: dnsActions.change, Resource: [arn("change/*")] },
    { Effect: "Allow", Action: sortedSet(dnsActions.list), Resource: ["*"] },
  ];
}
