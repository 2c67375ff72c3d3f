import * as pulumi from "@pulumi/pulumi";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { readInputs } from "../validate/inputs";
import { bastionRows } from "../plan/bastion";
import { dnsRows } from "../plan/dns";
import { interruptionRows } from "../plan/interruption";
import { clusterArtifacts } from "../render/artifacts";
import { issuerUrl } from "../render/discovery";
import { controlPlaneUserData, nodeupScript, nodeUserData } from "../render/bootstrap";
import { resolveCluster } from "../resolve/cluster";
import type { ResolvedCluster, SettledCluster } from "../model/cluster";
import { ApiLoadBalancer } from "./parts/apiLoadBalancer";
import { Bastion, type BastionArgs } from "./parts/bastion";
import { ControlPlane } from "./parts/controlPlane";
import { Firewall } from "./parts/firewall";
import { Iam, type IamArgs } from "./parts/iam";
import { HostedZone } from "./parts/hostedZone";
import type { KopsKarpenterClusterArgs, KopsKarpenterClusterOutputs } from "../schema/inputs.gen";
import { Interruption } from "./parts/interruption";
import { kopsFileHashes } from "./builders/kopsFiles";
import { Karpenter, type KarpenterArgs } from "./parts/karpenter";
import { adminKubeconfig, onceThere } from "./builders/kubeconfig";
import { mistakes } from "./plugin/mistakes";
import { Network } from "./parts/network";
import type { ClusterContext } from "./parts/part";
import { apiEndpoint, clusterOutputs } from "./outputs";
import { Pki } from "./parts/pki";
import { withFormerNames } from "./plugin/renaming";
import { rendered, StoreFiles, type PendingFacts } from "./parts/storeFiles";
import { Stores } from "./parts/stores";
import { clusterToken } from "../model/tokens";
import { Workers } from "./parts/workers";

/** A self-managed Kubernetes cluster on AWS, made as kOps makes it, with workers that Karpenter provisions. */
export class KopsKarpenterCluster extends pulumi.ComponentResource implements KopsKarpenterClusterOutputs {
  readonly clusterName!: pulumi.Output<string>;
  readonly region!: pulumi.Output<string>;
  readonly kubeconfig!: pulumi.Output<string>;
  readonly apiEndpoint!: pulumi.Output<string>;
  readonly certificateAuthority!: pulumi.Output<string>;
  readonly stateStore!: pulumi.Output<string>;
  readonly discoveryStore!: pulumi.Output<string>;
  readonly issuerUrl!: pulumi.Output<string>;
  readonly oidcProviderArn!: pulumi.Output<string>;
  readonly vpcId!: pulumi.Output<string>;
  readonly subnetIds!: pulumi.Output<Record<string, string>>;
  readonly securityGroupIds!: KopsKarpenterClusterOutputs["securityGroupIds"];
  readonly controlPlaneRoleArn!: pulumi.Output<string>;
  readonly nodeRoleArn!: pulumi.Output<string>;
  readonly nodeInstanceProfile!: pulumi.Output<string>;
  readonly karpenterRoleArn!: pulumi.Output<string>;
  readonly interruptionQueueName!: pulumi.Output<string | undefined>;
  readonly autoscalingGroups!: pulumi.Output<Record<string, string>>;
  readonly nodeupScripts!: pulumi.Output<Record<string, string>>;
  readonly serviceAccountRoleArns!: pulumi.Output<Record<string, string>>;
  /** The outputs by their names in the schema; the fields above are the same. */
  readonly outputs: KopsKarpenterClusterOutputs & pulumi.Inputs;

  constructor(name: string, args: KopsKarpenterClusterArgs, options?: pulumi.ComponentResourceOptions) {
    // Before the component itself is registered: a mistake in the inputs leaves no trace in the state.
    const cluster = checkedCluster(args);
    super(clusterToken, name, {}, withFormerNames(name, options));
    const context: ClusterContext = { name, cluster, parent: this };
    const settled = settle(cluster);
    const accountId = getCallerIdentityOutput({}, { parent: this }).accountId;

    const stores = new Stores(context);
    const pki = new Pki(context);
    const issuer = pulumi.all([settled, stores.discovery]).apply(([known, store]) => issuerUrl(known, store));
    const interruption = interruptionOf(context);
    const network = new Network(context);
    const names = dnsRows(cluster);
    const hostedZone = names === undefined ? undefined : new HostedZone(context, { rows: names, network });
    const iam = new Iam(context, { settled, facts: iamFacts({ accountId, issuer, stores, interruption, hostedZone }) });
    const firewall = new Firewall(context, { vpcId: network.vpcId });
    const apiLoadBalancer = new ApiLoadBalancer(context, { network, firewall });
    const records = hostedZone?.records(names?.records ?? [], apiLoadBalancer.balancer) ?? [];

    const storeAccess = readStoreAccess(cluster, args);
    const facts = pendingFacts(cluster, { accountId, stores, storeAccess, network, apiLoadBalancer, pki });
    const written = { settled, facts, dependsOn: stores.ready };
    const files = new StoreFiles(context, { ...written, artifacts: clusterArtifacts(cluster) });
    const controlPlane = new ControlPlane(context, {
      network,
      firewall,
      iam,
      apiLoadBalancer,
      userData: (group) => rendered(controlPlaneUserData(group), settled, facts),
      // dns-controller would write the records again, were they gone before it.
      dependsOn: [...files.objects, ...(hostedZone?.associations ?? []), ...records],
    });

    const bastion = bastionOf(context, { network, firewall, iam, keyName: controlPlane.keyName });
    if (bastion !== undefined) hostedZone?.records(names?.bastionRecords ?? [], bastion.balancer);

    const endpoint = apiEndpoint(cluster, apiLoadBalancer);
    const kubeconfig = adminKubeconfig({
      clusterName: cluster.name,
      server: endpoint,
      certificateAuthority: pki.certificateAuthority,
      ...pki.admin,
    });
    const base = [controlPlane, iam, network, firewall, apiLoadBalancer];
    const workers = new Workers(context, { ...written, kubeconfig, controlPlane: base });
    const karpenter = karpenterOf(context, {
      settled,
      kubeconfig,
      roleArn: iam.roleArn("kube-system/karpenter"),
      interruptionQueueName: interruption?.queueName ?? pulumi.output(undefined),
      userData: (group) => rendered(nodeUserData(group), settled, facts),
      // On destroy, none of these may go before the last node has.
      dependsOn: [...base, stores, workers],
    });
    const nodeupScripts = eachNodeupScript(cluster, settled, facts);
    const parts = { stores, pki, iam, network, firewall, controlPlane, bastion, interruption, nodeupScripts };
    const usable = onceThere(kubeconfig, karpenter ?? controlPlane);
    this.outputs = clusterOutputs(cluster, { ...parts, issuer, endpoint, kubeconfig: usable });
    Object.assign(this, this.outputs);
    this.registerOutputs(this.outputs);
  }
}

function checkedCluster(args: KopsKarpenterClusterArgs): ResolvedCluster {
  const reading = readInputs(args);
  if (reading.problems !== undefined) {
    throw mistakes(reading.problems);
  }
  return resolveCluster(reading.ok);
}

/** The cluster with the user's own outputs resolved, as rendering needs it. */
function settle(cluster: ResolvedCluster): pulumi.Output<SettledCluster> {
  return pulumi.output<unknown>(cluster) as pulumi.Output<SettledCluster>;
}

function interruptionOf(context: ClusterContext): Interruption | undefined {
  const { cluster } = context;
  return cluster.karpenter.interruptionHandling ? new Interruption(context, interruptionRows(cluster)) : undefined;
}

function bastionOf(context: ClusterContext, args: Omit<BastionArgs, "rows">): Bastion | undefined {
  const rows = bastionRows(context.cluster);
  return rows === undefined ? undefined : new Bastion(context, { ...args, rows });
}

function karpenterOf(context: ClusterContext, args: KarpenterArgs): Karpenter | undefined {
  return context.cluster.karpenter.install ? new Karpenter(context, args) : undefined;
}

function iamFacts(from: {
  readonly accountId: pulumi.Output<string>;
  readonly issuer: pulumi.Output<string>;
  readonly stores: Stores;
  readonly interruption: Interruption | undefined;
  readonly hostedZone: HostedZone | undefined;
}): IamArgs["facts"] {
  return {
    accountId: from.accountId,
    issuer: from.issuer,
    stateStore: from.stores.state,
    hostedZoneId: from.hostedZone?.zoneId ?? pulumi.output(undefined),
    interruptionQueueArn: from.interruption?.queueArn ?? pulumi.output(undefined),
  };
}

function pendingFacts(
  cluster: ResolvedCluster,
  from: {
    readonly accountId: pulumi.Output<string>;
    readonly stores: Stores;
    readonly storeAccess: PendingFacts["storeAccess"];
    readonly network: Network;
    readonly apiLoadBalancer: ApiLoadBalancer;
    readonly pki: Pki;
  },
): PendingFacts {
  return {
    accountId: from.accountId,
    stateStore: from.stores.state,
    discoveryStore: from.stores.discovery,
    storeAccess: from.storeAccess,
    apiLoadBalancer: from.apiLoadBalancer.facts,
    commonNatGatewayId: from.network.commonNatGatewayId,
    certificates: from.pki.certificates,
    privateKeys: from.pki.privateKeys,
    secrets: from.pki.secrets,
    creationTimestamp: from.pki.creationTimestamp,
    kopsFileHashes: pulumi.output(kopsFileHashes(cluster)),
  };
}

function readStoreAccess(cluster: ResolvedCluster, args: KopsKarpenterClusterArgs): PendingFacts["storeAccess"] {
  const access = args.stateStoreAccess;
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

/** Bootstrap scripts of the workers' groups, by name. */
function eachNodeupScript(
  cluster: ResolvedCluster,
  settled: pulumi.Output<SettledCluster>,
  facts: PendingFacts,
): Readonly<Record<string, pulumi.Output<string>>> {
  const scripts = cluster.nodeGroups.map(({ name }) => [name, rendered(nodeupScript(name), settled, facts)] as const);
  return Object.fromEntries(scripts);
}
