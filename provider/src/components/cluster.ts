import * as pulumi from "@pulumi/pulumi";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { readInputs } from "../args/read";
import { interruptionRows } from "../plan/interruption";
import { artifacts } from "../render/artifacts";
import { issuerUrl } from "../render/discovery";
import { controlPlaneUserData, nodeupScript } from "../render/bootstrap";
import { resolveCluster } from "../spec/resolve";
import type { ResolvedCluster, SettledCluster } from "../spec/model";
import { ApiLoadBalancer } from "./apiLoadBalancer";
import { ControlPlane } from "./controlPlane";
import { Firewall } from "./firewall";
import { Iam } from "./iam";
import type { KopsKarpenterClusterArgs, KopsKarpenterClusterOutputs } from "./inputs.gen";
import { Interruption } from "./interruption";
import { kopsFileHashes } from "./kopsFiles";
import { adminKubeconfig } from "./kubeconfig";
import { lateInput } from "./lookup";
import { Network } from "./network";
import type { ClusterContext } from "./part";
import { Pki } from "./pki";
import { rendered, StoreFiles, type PendingFacts } from "./storeFiles";
import { Stores, storeUrl } from "./stores";
import { clusterToken } from "./tokens";

/** A self-managed Kubernetes cluster on AWS, made as kOps makes it, with workers that Karpenter provisions. */
export class KopsKarpenterCluster extends pulumi.ComponentResource implements KopsKarpenterClusterOutputs {
  readonly clusterName: pulumi.Output<string>;
  readonly region: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  readonly apiEndpoint: pulumi.Output<string>;
  readonly certificateAuthority: pulumi.Output<string>;
  readonly stateStore: pulumi.Output<string>;
  readonly discoveryStore: pulumi.Output<string>;
  readonly issuerUrl: pulumi.Output<string>;
  readonly oidcProviderArn: pulumi.Output<string>;
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: pulumi.Output<Record<string, string>>;
  readonly securityGroupIds: KopsKarpenterClusterOutputs["securityGroupIds"];
  readonly controlPlaneRoleArn: pulumi.Output<string>;
  readonly nodeRoleArn: pulumi.Output<string>;
  readonly nodeInstanceProfile: pulumi.Output<string>;
  readonly karpenterRoleArn: pulumi.Output<string>;
  readonly interruptionQueueName: pulumi.Output<string | undefined>;
  readonly autoscalingGroups: pulumi.Output<Record<string, string>>;
  readonly nodeupScripts: pulumi.Output<Record<string, string>>;
  readonly serviceAccountRoleArns: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: KopsKarpenterClusterArgs, options?: pulumi.ComponentResourceOptions) {
    // Before the component itself is registered: a mistake in the inputs leaves no trace in the state.
    const cluster = checkedCluster(args);
    super(clusterToken, name, {}, options);
    const context: ClusterContext = { name, cluster, parent: this };
    const settled = settle(cluster);

    const stores = new Stores(context);
    const pki = new Pki(context);
    const issuer = pulumi.all([settled, stores.discovery]).apply(([known, store]) => issuerUrl(known, store));
    const accountId = getCallerIdentityOutput({}, { parent: this }).accountId;
    const interruption = cluster.karpenter.interruptionHandling
      ? new Interruption(context, interruptionRows(cluster))
      : undefined;
    const iam = new Iam(context, {
      settled,
      facts: {
        accountId,
        issuer,
        stateStore: stores.state,
        hostedZoneId: pulumi.output(undefined),
        interruptionQueueArn: interruption?.queueArn ?? pulumi.output(undefined),
      },
    });
    const network = new Network(context);
    const firewall = new Firewall(context, { vpcId: network.vpcId });
    const apiLoadBalancer = new ApiLoadBalancer(context, { network, firewall });

    const facts: PendingFacts = {
      accountId,
      stateStore: stores.state,
      discoveryStore: stores.discovery,
      storeAccess: storeAccess(cluster, args),
      apiLoadBalancer: apiLoadBalancer.facts,
      certificates: pki.certificates,
      privateKeys: pki.privateKeys,
      secrets: pki.secrets,
      creationTimestamp: pki.creationTimestamp,
      kopsFileHashes: pulumi.output(kopsFileHashes(cluster)),
    };
    const files = new StoreFiles(context, { artifacts: artifacts(cluster), settled, facts, dependsOn: stores.ready });
    const controlPlane = new ControlPlane(context, {
      network,
      firewall,
      iam,
      apiLoadBalancer,
      userData: (group) => rendered(controlPlaneUserData(group), settled, facts),
      dependsOn: files.objects,
    });

    const endpoint = apiEndpoint(cluster, apiLoadBalancer);
    this.clusterName = pulumi.output(cluster.name);
    this.region = pulumi.output(cluster.region);
    this.apiEndpoint = endpoint;
    this.certificateAuthority = pki.certificateAuthority;
    this.kubeconfig = adminKubeconfig({
      clusterName: cluster.name,
      server: endpoint,
      certificateAuthority: pki.certificateAuthority,
      ...pki.admin,
    });
    this.stateStore = storeUrl(stores.state);
    this.discoveryStore = storeUrl(stores.discovery);
    this.issuerUrl = issuer;
    this.oidcProviderArn = iam.oidcProviderArn;
    this.vpcId = network.vpcId;
    this.subnetIds = pulumi.output(network.subnetIds);
    this.securityGroupIds = pulumi.output({
      controlPlane: firewall.id("controlPlane"),
      nodes: firewall.id("nodes"),
      api: firewall.id("api"),
    });
    this.controlPlaneRoleArn = iam.roleArn("controlPlane");
    this.nodeRoleArn = iam.roleArn("nodes");
    this.nodeInstanceProfile = iam.profileName("nodes");
    this.karpenterRoleArn = iam.roleArn("kube-system/karpenter");
    this.interruptionQueueName = interruption?.queueName ?? pulumi.output(undefined);
    this.autoscalingGroups = pulumi.output(controlPlane.groupNames);
    this.nodeupScripts = nodeupScripts(cluster, settled, facts);
    this.serviceAccountRoleArns = pulumi.output(iam.serviceAccountRoleArns);
    this.registerOutputs(this.outputs());
  }

  /** The outputs by their names in the schema. */
  outputs(): KopsKarpenterClusterOutputs & pulumi.Inputs {
    return {
      clusterName: this.clusterName,
      region: this.region,
      kubeconfig: this.kubeconfig,
      apiEndpoint: this.apiEndpoint,
      certificateAuthority: this.certificateAuthority,
      stateStore: this.stateStore,
      discoveryStore: this.discoveryStore,
      issuerUrl: this.issuerUrl,
      oidcProviderArn: this.oidcProviderArn,
      vpcId: this.vpcId,
      subnetIds: this.subnetIds,
      securityGroupIds: this.securityGroupIds,
      controlPlaneRoleArn: this.controlPlaneRoleArn,
      nodeRoleArn: this.nodeRoleArn,
      nodeInstanceProfile: this.nodeInstanceProfile,
      karpenterRoleArn: this.karpenterRoleArn,
      interruptionQueueName: this.interruptionQueueName,
      autoscalingGroups: this.autoscalingGroups,
      nodeupScripts: this.nodeupScripts,
      serviceAccountRoleArns: this.serviceAccountRoleArns,
    };
  }
}

function checkedCluster(args: KopsKarpenterClusterArgs): ResolvedCluster {
  const reading = readInputs(args);
  if (reading.problems !== undefined) {
    const errors = reading.problems.map(({ path, reason }) => ({ propertyPath: path, reason }));
    throw new pulumi.InputPropertiesError({ message: "the inputs of the cluster are not valid", errors });
  }
  return resolveCluster(reading.ok);
}

/** The cluster with the user's own outputs resolved, as rendering needs it. */
function settle(cluster: ResolvedCluster): pulumi.Output<SettledCluster> {
  return pulumi.output(cluster) as unknown as pulumi.Output<SettledCluster>;
}

function storeAccess(cluster: ResolvedCluster, args: KopsKarpenterClusterArgs): PendingFacts["storeAccess"] {
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

function apiEndpoint(cluster: ResolvedCluster, apiLoadBalancer: ApiLoadBalancer): pulumi.Output<string> {
  return cluster.api.endpoint === undefined
    ? pulumi.interpolate`https://${apiLoadBalancer.dnsName}`
    : pulumi.output(lateInput(cluster.api.endpoint));
}

function nodeupScripts(
  cluster: ResolvedCluster,
  settled: pulumi.Output<SettledCluster>,
  facts: PendingFacts,
): pulumi.Output<Record<string, string>> {
  const scripts = cluster.nodeGroups.map(({ name }) => [name, rendered(nodeupScript(name), settled, facts)] as const);
  return pulumi.output(Object.fromEntries(scripts));
}
