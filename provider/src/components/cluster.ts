import * as pulumi from "@pulumi/pulumi";
import { clusterShape } from "../validate/changes/shape";
import { readInputs } from "../validate/inputs";
import type { Findings } from "../validate/lookups";
import type { ResolvedCluster } from "../model/cluster";
import { clusterToken } from "../model/tokens";
import { policySizeProblems } from "../plan/policySizes";
import { ClusterGuard, type GuardArgs } from "../resources/clusterGuard";
import { DeletionProtection, type DeletionProtectionArgs } from "../resources/deletionProtection";
import type { KopsKarpenterClusterArgs, KopsKarpenterClusterOutputs } from "../schema/inputs.gen";
import { recordedEncryptionKeys } from "./builders/encryptionKeys";
import { keyMaterialProblems } from "./builders/keyMaterial";
import { stackAwsSettings } from "./builders/awsSettings";
import { availableAfter } from "./builders/kubeconfig";
import { iamFacts, runtimeFacts } from "./facts";
import { Answers } from "./lookups/answers";
import { preflight } from "./lookups/preflight";
import { apiEndpoint, clusterOutputs, groupNames } from "./outputs";
import { ApiLoadBalancer } from "./parts/apiLoadBalancer";
import { Bastion } from "./parts/bastion";
import { CloudGroups } from "./parts/cloudGroups";
import type { ClusterContext } from "./parts/clusterChild";
import { ControlPlane } from "./parts/controlPlane";
import { Firewall } from "./parts/firewall";
import { HostedZone } from "./parts/hostedZone";
import { Iam } from "./parts/iam";
import { Interruption } from "./parts/interruption";
import { Karpenter, machinesOfOthers } from "./parts/karpenter";
import { Keeping } from "./parts/keeping";
import { Network } from "./parts/network";
import { Pki } from "./parts/pki";
import { StoreFiles } from "./parts/storeFiles";
import { Stores } from "./parts/stores";
import { Termination } from "./parts/termination";
import { clusterValidation } from "./parts/validation";
import { Workers } from "./parts/workers";
import { inputErrors } from "./plugin/inputErrors";
import { withFormerNames } from "./plugin/renaming";
import { PendingCluster } from "./pendingCluster";
import { Renderer } from "./renderer";

/** A self-managed Kubernetes cluster on AWS, made as kOps makes it, with workers that Karpenter provisions, or Auto Scaling groups. */
export class KopsKarpenterCluster extends pulumi.ComponentResource implements KopsKarpenterClusterOutputs {
  readonly clusterName!: pulumi.Output<string>;
  readonly region!: pulumi.Output<string>;
  readonly kubeconfig!: pulumi.Output<string>;
  readonly userKubeconfig!: pulumi.Output<string | undefined>;
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

  /** `found`: what the plugin, which looks the inputs up in AWS meanwhile, leaves to the guard. */
  constructor(
    name: string,
    args: KopsKarpenterClusterArgs,
    options?: pulumi.ComponentResourceOptions,
    found?: Findings | Promise<Findings>,
  ) {
    // Before the component itself is registered: a mistake in the inputs leaves no trace in the state.
    const cluster = checkedCluster(args);
    super(clusterToken, name, {}, withFormerNames(name, options));
    const findings = found ?? preflight(cluster, { parent: this });
    const keeping = new Keeping(cluster);
    const aws = stackAwsSettings(this);
    const recorded = guardArgs(cluster, args, { findings, aws });
    const guard = new ClusterGuard(`${name}-guard`, recorded, { parent: this, ...keeping.irreplaceable });
    const answers = new Answers(guard.urn, cluster.preflight.skip, { parent: this });
    const context = { name, cluster, pending: new PendingCluster(cluster), parent: this, guard, answers, keeping };
    const accountId = answers.accountId();

    const stores = new Stores(context);
    const pki = new Pki(context, args.pki);
    const interruption = Interruption.ifEnabled(context);

    const network = new Network(context);
    const hostedZone = HostedZone.ifAny(context, network);
    const iam = new Iam(context, iamFacts({ accountId, stores, interruption, hostedZone }));
    const firewall = new Firewall(context, network);
    const apiLoadBalancer = new ApiLoadBalancer(context, { network, firewall });
    const apiRecords = hostedZone?.apiRecords(apiLoadBalancer.balancer) ?? [];

    const from = { guard, accountId, stores, network, apiLoadBalancer, pki };
    const renderer = new Renderer(context.pending, runtimeFacts(cluster, args, from));
    const files = new StoreFiles(context, { renderer, dependsOn: stores.ready });

    const endpoint = apiEndpoint(cluster, apiLoadBalancer);
    const kubeconfig = pki.adminKubeconfig(cluster.name, endpoint);
    const atEnd = [...stores.etcdBackups, ...machinesOfOthers(context, [iam, network, firewall])];
    const controlPlane = new ControlPlane(context, {
      ...{ network, firewall, iam, apiLoadBalancer, renderer, kubeconfig },
      // dns-controller would write the records again, were they gone before it, and Karpenter launch machines.
      dependsOn: [...files.objects, ...(hostedZone?.associations ?? []), ...apiRecords, ...atEnd],
    });
    const { keyName } = controlPlane;
    const bastion = Bastion.ifAny(context, { network, firewall, iam, hostedZone, keyName });

    const workers = new Workers(context, { renderer, dependsOn: [...stores.ready, controlPlane] });
    const karpenter = Karpenter.ifInstalled(context, {
      ...{ renderer, kubeconfig, iam, interruption },
      // On destroy, none of these may go before the last node has.
      dependsOn: [controlPlane, iam, network, firewall, apiLoadBalancer, stores, workers],
    });
    const cloudGroups = CloudGroups.ifAny(context, {
      ...{ network, firewall, iam, renderer, kubeconfig, keyName, karpenter },
      dependsOn: [workers],
    });

    const termination = Termination.ifAny(context, groupNames({ controlPlane, cloudGroups, bastion }));

    const after = [workers, karpenter];
    const validation = clusterValidation(context, { kubeconfig, renderer, controlPlane, cloudGroups, after });
    const nodes = { controlPlane, bastion, cloudGroups, workers };
    const children = { stores, pki, iam, network, firewall, interruption, ...nodes };
    const others = [guard, hostedZone, apiLoadBalancer, files, karpenter, termination, validation];
    this.protect(context, { account: guard.account, aws }, [...Object.values(children), ...others]);

    const usable = availableAfter(kubeconfig, karpenter ?? controlPlane);
    this.outputs = clusterOutputs(cluster, { ...children, endpoint, kubeconfig: usable });
    Object.assign(this, this.outputs);
    this.registerOutputs(this.outputs);
  }

  /** Last, since all others must be deleted after it. */
  private protect(
    { name, cluster, keeping }: ClusterContext,
    account: Pick<DeletionProtectionArgs, "account" | "aws">,
    others: readonly (pulumi.Resource | undefined)[],
  ): void {
    new DeletionProtection(
      `${name}-deletion-protection`,
      { enabled: cluster.deletionProtection, region: cluster.region, ...account },
      { parent: this, ...keeping.irreplaceable, dependsOn: others.filter((other) => other !== undefined) },
    );
  }
}

function guardArgs(
  cluster: ResolvedCluster,
  { pki, encryptionConfig }: KopsKarpenterClusterArgs,
  asked: Pick<GuardArgs, "findings" | "aws">,
): GuardArgs {
  const shape = { ...clusterShape(cluster, pki), ...recordedEncryptionKeys(encryptionConfig) };
  return { shape, acknowledge: cluster.acknowledged, ...asked };
}

function checkedCluster(args: KopsKarpenterClusterArgs): ResolvedCluster {
  const reading = readInputs(args);
  if (reading.problems !== undefined) {
    throw inputErrors(reading.problems);
  }
  const wrong = [...keyMaterialProblems(args.pki, new Date()), ...policySizeProblems(reading.cluster)];
  if (wrong.length > 0) {
    throw inputErrors(wrong);
  }
  return reading.cluster;
}
