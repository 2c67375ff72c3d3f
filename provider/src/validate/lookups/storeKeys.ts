/** Whether the keys and tokens in the state store are those that the component wrote: kOps may have rotated them. */
import type { ResolvedCluster } from "../../model/cluster";
import { isOurs, keyPaths } from "../../model/keyFiles";
import { objectKey, parseStoreUrl } from "../../model/locations";
import type { StoreLocation } from "../../model/runtime";
import { keysAcknowledgement } from "../changes/stops/store";
import { show } from "../report/display";
import { foundIn, type AwsQueries } from "./aws";
import { known, type LookupProblem } from "./entries";

export interface StoreKeys {
  /** Paths below the cluster's folder of those that somebody else wrote. */
  readonly changedKeys: readonly string[];
  readonly problems: readonly LookupProblem[];
}

const path = "stateStore";

export async function checkStoreKeys(cluster: ResolvedCluster, aws: AwsQueries): Promise<StoreKeys> {
  const stores = await storesOf(cluster, aws);
  const objects = stores.flatMap((store) => keyPaths.map((file) => ({ store, file })));
  const answers = await Promise.all(
    objects.map(async ({ store, file }) => {
      const key = objectKey(store, cluster.name, file);
      return { file, metadata: foundIn(await aws.objectMetadata({ bucket: store.bucket, key }, path)) };
    }),
  );
  const present = answers.flatMap(({ file, metadata }) => (metadata === undefined ? [] : [{ file, metadata }]));
  const changed = present.filter(({ metadata }) => !isOurs(metadata)).map(({ file }) => file);
  return {
    changedKeys: [...new Set(changed)],
    problems: present.length === 0 ? [] : keysOfAnotherCluster(cluster),
  };
}

/** A store of the user's; else the bucket that an earlier update created, whose name AWS drew. */
async function storesOf(cluster: ResolvedCluster, aws: AwsQueries): Promise<readonly StoreLocation[]> {
  const { stateStore } = cluster.declared;
  if (stateStore !== undefined) {
    return known(stateStore, path).flatMap(({ value }) => parseStoreUrl(value) ?? []);
  }
  const buckets = foundIn(await aws.stateStoresOf(cluster.name, path)) ?? [];
  return buckets.map((bucket) => ({ bucket, prefix: "" }));
}

/** A cluster that does not exist yet would replace the keys of one that may run, in another region or stack. */
function keysOfAnotherCluster({ name, declared, acknowledged }: ResolvedCluster): readonly LookupProblem[] {
  if (typeof declared.stateStore !== "string" || acknowledged.includes(keysAcknowledgement)) {
    return [];
  }
  const reason = `holds the keys of a cluster ${show(name)}, got ${show(declared.stateStore)}; must be a store without that cluster, or add ${show(keysAcknowledgement)} to acknowledge to replace its keys`;
  return [{ path, reason, whenNew: true }];
}
