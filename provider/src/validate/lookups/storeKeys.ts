/**
 * Whether the keys and tokens in the state store are those that the component wrote: kOps may have rotated them. And
 * whether a store of the user's has a cluster of that name, which only the stack that created it may change.
 */
import type { ResolvedCluster } from "../../model/cluster";
import { clusterFile, etcdBackupsFolder, etcdMark, isOurs, keyPaths } from "../../model/keyFiles";
import { objectKey, parseStoreUrl } from "../../model/locations";
import type { StoreLocation } from "../../model/runtime";
import { keysAcknowledgement } from "../changes/stops/store";
import { show } from "../report/display";
import { foundIn, type AwsQueries } from "./aws";
import { known, type LookupProblem } from "./entries";

/** A file of the state store that somebody else wrote. */
export interface ChangedKey {
  /** Path below the cluster's folder. */
  readonly file: string;
  readonly lastModified: string;
}

export interface StoreKeys {
  readonly changedKeys: readonly ChangedKey[];
  readonly problems: readonly LookupProblem[];
}

const path = "stateStore";

/** `stateStore`: the input's value, where it is known by now. */
export async function checkStoreKeys(
  cluster: ResolvedCluster,
  aws: AwsQueries,
  stateStore: unknown = cluster.declared.stateStore,
): Promise<StoreKeys> {
  const stores = await storesOf(cluster, aws, stateStore);
  // In a store that the component created, a cluster was there before if its other resources were.
  const files = cluster.declared.stateStore === undefined ? keyPaths : [clusterFile, etcdMark, ...keyPaths];
  const objects = stores.flatMap((store) => files.map((file) => ({ store, file })));
  const answers = await Promise.all(
    objects.map(async ({ store, file }) => {
      const key = objectKey(store, cluster.name, file);
      return { file, object: foundIn(await aws.objectMetadata({ bucket: store.bucket, key }, path)) };
    }),
  );
  const present = answers.flatMap(({ file, object }) => (object === undefined ? [] : [{ file, ...object }]));
  const changed = present.filter(({ file, metadata }) => keyPaths.includes(file) && !isOurs(metadata));
  return {
    changedKeys: [...new Map(changed.map(({ file, lastModified }) => [file, { file, lastModified }])).values()],
    problems:
      present.length === 0
        ? []
        : anotherCluster(
            cluster,
            present.some(({ file }) => file === etcdMark),
          ),
  };
}

/** A store of the user's; else the bucket that an earlier update created, whose name AWS drew. */
async function storesOf(
  cluster: ResolvedCluster,
  aws: AwsQueries,
  stateStore: unknown,
): Promise<readonly StoreLocation[]> {
  if (stateStore !== undefined) {
    return known(stateStore, path).flatMap(({ value }) => parseStoreUrl(value) ?? []);
  }
  const buckets = foundIn(await aws.stateStoresOf(cluster.name, path)) ?? [];
  return buckets.map((bucket) => ({ bucket, prefix: "" }));
}

/** A cluster that does not exist yet would replace the keys of one that may run, in another region or stack. */
function anotherCluster({ name, declared, acknowledged }: ResolvedCluster, hasEtcd: boolean): readonly LookupProblem[] {
  if (declared.stateStore === undefined || acknowledged.includes(keysAcknowledgement)) {
    return [];
  }
  const reason =
    `holds a cluster ${show(name)} that this stack did not create, got ${show(declared.stateStore)}; must be a store without ` +
    `that cluster, or set another clusterName; kops-karpenter adopt writes a program for a cluster that kOps created; to replace the specification and the keys of a cluster that no longer runs, ` +
    `add ${show(keysAcknowledgement)} to acknowledge`;
  const etcd = hasEtcd
    ? `; its etcd then waits until a backup is restored: to start with an empty etcd, delete ${name}/${etcdBackupsFolder}/ from the store first`
    : "";
  return [{ path, reason: `${reason}${etcd}`, whenNew: true }];
}
