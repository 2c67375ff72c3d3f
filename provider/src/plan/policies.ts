/** The inline policy of each role, and who may take the role on. */
import { ec2ServicePrincipal, s3Arn } from "../model/aws";
import * as iam from "../releases/1.36/iam";
import type { ResolvedCluster } from "../model/cluster";
import {
  oneOrMany,
  permissionsDocument,
  policyText,
  sortedSet,
  type Permissions,
  type Statement,
} from "../model/policyDocument";
import type { DocumentNeed, IamFacts, PolicyDocument } from "./rows";

type Facts<Need extends DocumentNeed> = { readonly [Name in Need]: NonNullable<IamFacts[Name]> };

/** A document whose text depends on some facts, and says which. */
function documentFrom<Need extends DocumentNeed>(
  needs: readonly Need[],
  render: (facts: Facts<Need>) => string,
): PolicyDocument {
  return {
    needs,
    render: (_cluster, facts) => {
      const missing = needs.find((need) => facts[need] === undefined);
      if (missing !== undefined) {
        throw new Error(`bug: a policy document was rendered without ${missing}`);
      }
      return render(facts as Facts<Need>);
    },
  };
}

function granted(cluster: ResolvedCluster, permissions: Permissions): PolicyDocument {
  const text = permissionsDocument(scopeOf(cluster), permissions);
  return documentFrom([], () => text);
}

function scopeOf(cluster: ResolvedCluster) {
  return { clusterName: cluster.name, partition: cluster.partition, region: cluster.region };
}

/** kops v1.36.2 pkg/model/awsmodel/iam.go:52 */
export function instanceTrust(cluster: ResolvedCluster): PolicyDocument {
  const text = JSON.stringify(
    {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: ec2ServicePrincipal(cluster.partition) },
          Action: "sts:AssumeRole",
        },
      ],
    },
    undefined,
    2,
  );
  return documentFrom([], () => text);
}

/** kops v1.36.2 pkg/model/awsmodel/iam.go:441 */
export function serviceAccountTrust(cluster: ResolvedCluster, { namespace, name }: iam.ServiceAccount): PolicyDocument {
  const operator = namespace.includes("*") ? "StringLike" : "StringEquals";
  return documentFrom(["accountId", "issuer"], ({ accountId, issuer }) => {
    const provider = issuer.replace(/^https:\/\//, "");
    return policyText([
      {
        Effect: "Allow",
        Principal: { Federated: `arn:${cluster.partition}:iam::${accountId}:oidc-provider/${provider}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { [operator]: { [`${provider}:sub`]: `system:serviceaccount:${namespace}:${name}` } },
      },
    ]);
  });
}

/** kops v1.36.2 pkg/model/iam/iam_builder.go:483 */
export function nodePolicy(cluster: ResolvedCluster): PolicyDocument {
  return granted(cluster, { unconditional: [...iam.nodeupActions, ...iam.containerRegistryActions] });
}

export function bastionPolicy(cluster: ResolvedCluster): PolicyDocument {
  return granted(cluster, { unconditional: iam.bastionActions });
}

/** kops v1.36.2 pkg/model/iam/iam_builder.go:397 */
export function controlPlanePolicy(cluster: ResolvedCluster): PolicyDocument {
  const render = ({ bucket, prefix }: IamFacts["stateStore"], hostedZoneId: string | undefined) =>
    permissionsDocument(scopeOf(cluster), {
      statements: [
        attachEtcdVolumes(cluster),
        ...stateStoreStatements(cluster, bucket, prefix),
        ...(hostedZoneId === undefined ? [] : hostedZoneStatements(cluster, hostedZoneId)),
      ],
      kmsDataPlane: iam.kmsActions.dataPlane,
      unconditional: [
        ...iam.nodeupActions,
        ...iam.etcdManagerActions,
        ...iam.kmsActions.unconditional,
        ...iam.containerRegistryActions,
      ],
    });
  // kOps-controller's own DNS names need the zone as well, whatever role dns-controller has (iam_builder.go:422).
  return hasHostedZone(cluster)
    ? documentFrom(["stateStore", "hostedZoneId"], (facts) => render(facts.stateStore, facts.hostedZoneId))
    : documentFrom(["stateStore"], (facts) => render(facts.stateStore, undefined));
}

export function hasHostedZone(cluster: ResolvedCluster): boolean {
  return cluster.dns.type !== "none";
}

function attachEtcdVolumes(cluster: ResolvedCluster): Statement {
  return {
    Effect: "Allow",
    Action: "ec2:AttachVolume",
    Resource: ["*"],
    Condition: {
      StringEquals: {
        "aws:ResourceTag/KubernetesCluster": cluster.name,
        "aws:ResourceTag/k8s.io/role/master": "1",
      },
    },
  };
}

/** Reading all of the cluster's files, writing etcd's backups (iam_builder.go:527). */
function stateStoreStatements(cluster: ResolvedCluster, bucket: string, prefix: string): readonly Statement[] {
  const base = [bucket, ...(prefix === "" ? [] : [prefix]), cluster.name].join("/");
  const arn = (path: string) => s3Arn(cluster.partition, path);
  return [
    { Effect: "Allow", Action: iam.stateStoreActions.read, Resource: arn(`${base}/*`) },
    ...cluster.etcdClusters.map(({ name }): Statement => ({
      Effect: "Allow",
      Action: sortedSet(iam.stateStoreActions.write),
      Resource: arn(`${base}/backups/etcd/${name}/*`),
    })),
    { Effect: "Allow", Action: sortedSet(iam.stateStoreActions.bucket), Resource: [arn(bucket)] },
  ];
}

/** kops v1.36.2 pkg/model/iam/iam_builder.go:1205 */
function hostedZoneStatements(cluster: ResolvedCluster, hostedZoneId: string): readonly Statement[] {
  const arn = (path: string) => `arn:${cluster.partition}:route53:::${path}`;
  const zone = hostedZoneId.replace(/^\//, "").replace(/^hostedzone\//, "");
  return [
    { Effect: "Allow", Action: sortedSet(iam.dnsActions.zone), Resource: [arn(`hostedzone/${zone}`)] },
    { Effect: "Allow", Action: iam.dnsActions.change, Resource: [arn("change/*")] },
    { Effect: "Allow", Action: sortedSet(iam.dnsActions.list), Resource: ["*"] },
  ];
}

export function dnsControllerPolicy(cluster: ResolvedCluster): PolicyDocument {
  return documentFrom(["hostedZoneId"], ({ hostedZoneId }) => policyText(hostedZoneStatements(cluster, hostedZoneId)));
}

export function cloudControllerPolicy(cluster: ResolvedCluster): PolicyDocument {
  return granted(cluster, iam.cloudControllerActions);
}

export function ebsDriverPolicy(cluster: ResolvedCluster): PolicyDocument {
  const { unconditional, clusterTagged, ec2Create } = iam.ebsDriverActions;
  return granted(cluster, {
    kmsDataPlane: iam.kmsActions.dataPlane,
    unconditional: [...unconditional, ...iam.kmsActions.unconditional],
    clusterTagged,
    ec2Create,
  });
}

/** Keys of the user's own on root volumes need the use of them (kops v1.36.2 addonmanifests/karpenter/iam.go:45). */
export function karpenterPolicy(cluster: ResolvedCluster): PolicyDocument {
  const usesOwnKeys = cluster.nodeGroups.some(
    ({ rootVolume }) => rootVolume.encrypted && rootVolume.kmsKeyArn !== undefined,
  );
  return granted(cluster, {
    ...(usesOwnKeys ? { kmsDataPlane: iam.kmsActions.dataPlane } : {}),
    unconditional: [...iam.karpenterActions, ...(usesOwnKeys ? iam.kmsActions.unconditional : [])],
  });
}

/** Ours, beside kOps's policy of the same role. */
export function interruptionQueuePolicy(): PolicyDocument {
  return documentFrom(["interruptionQueueArn"], ({ interruptionQueueArn }) =>
    policyText([{ Effect: "Allow", Action: oneOrMany(iam.interruptionQueueActions), Resource: interruptionQueueArn }]),
  );
}
