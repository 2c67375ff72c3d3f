/** The inline policies of the instances' roles, and who may assume which role. */
import { hostedZoneStatements } from "../addons/dns-controller/policy";
import { ec2Arn, ec2ServicePrincipal, s3Arn } from "../model/aws";
import { publishesDnsRecords, type ResolvedCluster, type ServiceAccount } from "../model/cluster";
import { waitingGroups } from "../model/warmPool";
import {
  documentFrom,
  grant,
  permissionsDocument,
  policyText,
  sortedSet,
  type IamFacts,
  type PolicyDocument,
  type Statement,
} from "../model/policyDocument";

/** kops pkg/model/awsmodel/iam.go:52 */
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

/** kops pkg/model/awsmodel/iam.go:441 */
export function serviceAccountTrust(cluster: ResolvedCluster, { namespace, name }: ServiceAccount): PolicyDocument {
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

/** kops pkg/model/iam/iam_builder.go:483 */
export function nodePolicy(cluster: ResolvedCluster): PolicyDocument {
  const { iam } = cluster.release;
  const hook = waitingGroups(cluster).length > 0 ? iam.launchHookActions : { unconditional: [], clusterTagged: [] };
  return grant(cluster, {
    statements: podNetworkStatements(cluster),
    unconditional: [
      ...iam.nodeupActions,
      ...iam.containerRegistryActions,
      ...podNetworkActions(cluster),
      ...hook.unconditional,
    ],
    clusterTagged: hook.clusterTagged,
  });
}

function podNetworkActions({ cni, calico, release: { iam } }: ResolvedCluster): readonly string[] {
  const asksNothing = cni === "calico" && calico.awsSrcDstCheck === "DoNothing";
  return asksNothing ? [] : (iam.podNetworkActions[cni] ?? []);
}

/** kops pkg/model/iam/iam_builder.go:1348 */
function podNetworkStatements({ cni, partition, release: { iam } }: ResolvedCluster): readonly Statement[] {
  const kind = iam.podNetworkTagging[cni];
  return kind === undefined
    ? []
    : [{ Effect: "Allow", Action: ["ec2:CreateTags"], Resource: [ec2Arn(partition, kind)] }];
}

export function bastionPolicy(cluster: ResolvedCluster): PolicyDocument {
  return grant(cluster, { unconditional: cluster.release.iam.bastionActions });
}

/** kops pkg/model/iam/iam_builder.go:397 */
export function controlPlanePolicy(cluster: ResolvedCluster): PolicyDocument {
  const { iam } = cluster.release;
  const render = ({ bucket, prefix }: IamFacts["stateStore"], hostedZoneId: string | undefined) =>
    permissionsDocument(cluster, {
      statements: [
        attachEtcdVolumes(cluster),
        ...stateStoreStatements(cluster, bucket, prefix),
        ...(hostedZoneId === undefined ? [] : hostedZoneStatements(cluster, hostedZoneId)),
        ...podNetworkStatements(cluster),
      ],
      // A KMS plugin on the node calls KMS itself (iam_builder.go:1258).
      kmsDataPlane: cluster.encryptsObjects ? [] : iam.kmsActions.dataPlane,
      unconditional: [
        ...(cluster.encryptsObjects ? iam.kmsActions.dataPlane : []),
        ...iam.nodeupActions,
        ...iam.etcdManagerActions,
        ...iam.kmsActions.unconditional,
        ...iam.containerRegistryActions,
        ...podNetworkActions(cluster),
      ],
    });
  // kOps-controller's own DNS names need the zone as well, whatever role dns-controller has (iam_builder.go:422).
  return publishesDnsRecords(cluster)
    ? documentFrom(["stateStore", "hostedZoneId"], (facts) => render(facts.stateStore, facts.hostedZoneId))
    : documentFrom(["stateStore"], (facts) => render(facts.stateStore, undefined));
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
  const { stateStoreActions } = cluster.release.iam;
  return [
    { Effect: "Allow", Action: stateStoreActions.read, Resource: arn(`${base}/*`) },
    ...cluster.etcdClusters.map(({ name }): Statement => ({
      Effect: "Allow",
      Action: sortedSet(stateStoreActions.write),
      Resource: arn(`${base}/backups/etcd/${name}/*`),
    })),
    { Effect: "Allow", Action: sortedSet(stateStoreActions.bucket), Resource: [arn(bucket)] },
  ];
}
