/** The facts that rendering waits for, from the child components that know them. */
import * as pulumi from "@pulumi/pulumi";
import { definitionFiles } from "../addons/definitionFiles";
import type { ResolvedCluster } from "../model/cluster";
import { kopsFiles } from "../model/kopsFiles";
import { filesWithoutHash, type HashedFile } from "../model/nodeFiles";
import { urlSafeHash } from "../encode/hash";
import type { RuntimeFacts } from "../model/runtime";
import type { IamFacts } from "../model/policyDocument";
import type { KopsKarpenterClusterArgs } from "../schema/inputs.gen";
import { addonDefinitions } from "./builders/addonDefinitions";
import { kopsFileHashes, nodeFileHashes } from "./builders/fileHashes";
import type { ApiLoadBalancer } from "./parts/apiLoadBalancer";
import type { HostedZone } from "./parts/hostedZone";
import type { Interruption } from "./parts/interruption";
import type { Network } from "./parts/network";
import type { Pki } from "./parts/pki";
import type { Stores } from "./parts/stores";
import type { Pending } from "./renderer";

export function iamFacts(from: {
  readonly accountId: pulumi.Output<string>;
  readonly stores: Stores;
  readonly interruption: Interruption | undefined;
  readonly hostedZone: HostedZone | undefined;
}): Pending<IamFacts> {
  return {
    accountId: from.accountId,
    issuer: from.stores.issuer,
    stateStore: from.stores.state,
    hostedZoneId: from.hostedZone?.zoneId ?? pulumi.output(undefined),
    interruptionQueueArn: from.interruption?.queueArn ?? pulumi.output(undefined),
  };
}

export function runtimeFacts(
  cluster: ResolvedCluster,
  given: Pick<KopsKarpenterClusterArgs, "stateStoreAccess" | "encryptionConfig">,
  from: {
    readonly guard: pulumi.Resource;
    readonly accountId: pulumi.Output<string>;
    readonly stores: Stores;
    readonly network: Network;
    readonly apiLoadBalancer: ApiLoadBalancer;
    readonly pki: Pki;
  },
): Pending<RuntimeFacts> {
  return {
    ...from.pki.facts,
    accountId: from.accountId,
    stateStore: from.stores.state,
    discoveryStore: from.stores.discovery,
    storeAccess: storeAccess(cluster, given.stateStoreAccess),
    ...encryptionFacts(given.encryptionConfig),
    apiLoadBalancer: from.apiLoadBalancer.facts,
    commonNatGatewayId: from.network.commonNatGatewayId,
    kopsFileHashes: checked(cluster, kopsFiles(cluster), from.guard, kopsFileHashes),
    addonDefinitions: checked(cluster, definitionFiles(cluster), from.guard, addonDefinitions),
    nodeFileHashes: checked(cluster, filesWithoutHash(cluster), from.guard, nodeFileHashes),
  };
}

/** The guard tells of files that are not there; nothing else is to fail on that account. */
function checked(
  cluster: ResolvedCluster,
  files: readonly HashedFile[],
  guard: pulumi.Resource,
  read: (cluster: ResolvedCluster) => Promise<Readonly<Record<string, string>>>,
): pulumi.Output<Readonly<Record<string, string>>> {
  return files.length === 0
    ? pulumi.output<Readonly<Record<string, string>>>({})
    : guard.urn.apply(() => read(cluster));
}

function encryptionFacts(
  given: KopsKarpenterClusterArgs["encryptionConfig"],
): Pick<Pending<RuntimeFacts>, "encryptionConfig" | "encryptionConfigHash"> {
  const encryptionConfig = pulumi.secret(pulumi.output(given));
  // Nothing can be told from the hash of random keys, and as a secret it would make one of every configuration that has it.
  const hash = encryptionConfig.apply((text) => (text === undefined ? undefined : urlSafeHash(text)));
  return { encryptionConfig, encryptionConfigHash: pulumi.unsecret(hash) };
}

function storeAccess(
  cluster: ResolvedCluster,
  access: KopsKarpenterClusterArgs["stateStoreAccess"],
): pulumi.Output<RuntimeFacts["storeAccess"]> {
  if (access === undefined) {
    return pulumi.output(undefined);
  }
  // Secret as a whole, whatever the caller's language made of it: its parts end in scripts side by side.
  return pulumi.secret(
    pulumi.output(access).apply((known) => ({
      endpoint: known.endpoint,
      region: known.region ?? cluster.region,
      accessKeyId: known.accessKeyId,
      secretAccessKey: known.secretAccessKey,
    })),
  );
}
