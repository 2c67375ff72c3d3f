/** The facts that rendering waits for, from the child components that know them. */
import * as pulumi from "@pulumi/pulumi";
import type { ResolvedCluster } from "../model/cluster";
import { filesWithoutHash } from "../model/nodeFiles";
import { urlSafeHash } from "../encode/hash";
import type { RuntimeFacts } from "../model/runtime";
import type { IamFacts } from "../model/policyDocument";
import type { KopsKarpenterClusterArgs } from "../schema/inputs.gen";
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
    kopsFileHashes: pulumi.output(kopsFileHashes(cluster)),
    nodeFileHashes: checkedNodeFileHashes(cluster, from.guard),
  };
}

/** The guard tells of a version whose files are not there; nothing else is to fail on that account. */
function checkedNodeFileHashes(
  cluster: ResolvedCluster,
  guard: pulumi.Resource,
): pulumi.Output<Readonly<Record<string, string>>> {
  return filesWithoutHash(cluster).length === 0
    ? pulumi.output(nodeFileHashes(cluster))
    : guard.urn.apply(() => nodeFileHashes(cluster));
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
