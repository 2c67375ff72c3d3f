import * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import { Release } from "@pulumi/kubernetes/helm/v3/release";
import { Provider } from "@pulumi/kubernetes/provider";
import { chartValues } from "../../addons/karpenter/chartValues";
import { nodeClassFields, nodeClassManifest } from "../../addons/karpenter/nodeClass";
import { nodePoolManifest } from "../../addons/karpenter/nodePool";
import { karpenterGroups, type ResolvedKarpenterGroup, type ResolvedNodePool } from "../../model/cluster";
import { named } from "../../model/named";
import { usesVpcAddresses } from "../../model/podNetwork";
import { nodeUserData } from "../../render/bootstrap/artifacts";
import { stackAwsSettings } from "../builders/awsSettings";
import { requireRef } from "../builders/references";
import type { Renderer } from "../renderer";
import type { Iam } from "./iam";
import type { Interruption } from "./interruption";
import { ClusterChild, type ClusterContext } from "./clusterChild";
import { KarpenterMachines, type KarpenterMachinesArgs } from "../../resources/karpenter/karpenterMachines";

export interface KarpenterArgs {
  readonly renderer: Renderer;
  readonly kubeconfig: pulumi.Output<string>;
  readonly iam: Iam;
  readonly interruption: Interruption | undefined;
  /** What a node needs to come up and, on destroy, to go. */
  readonly dependsOn: readonly pulumi.Resource[];
}

interface ObjectIdentity {
  readonly role: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/** On static pools only, so that a switch to or from one can be told from a change of size. */
const capacityAnnotation = "kops-karpenter.pulumi.com/capacity";

/** Helm waits this long for the controller; the readiness of its pods depends on a control-plane node joining. */
const chartTimeoutSeconds = 900;
const drainTimeoutSeconds = 3600;

/** The machines of a Karpenter that others install, which a destroy ends after the control plane that it runs on. */
export function machinesOfOthers(
  { name, cluster, parent }: ClusterContext,
  dependsOn: pulumi.Resource[],
): readonly pulumi.Resource[] {
  const { enabled, install } = cluster.karpenter;
  if (!enabled || install) return [];
  return [new KarpenterMachines(`${name}-machines`, machinesArgs(cluster, parent), { parent, dependsOn })];
}

function machinesArgs(cluster: ClusterContext["cluster"], parent: pulumi.Resource): KarpenterMachinesArgs {
  return {
    clusterName: cluster.name,
    region: cluster.region,
    aws: stackAwsSettings(parent),
    timeoutSeconds: drainTimeoutSeconds,
    sweepsInterfaces: usesVpcAddresses(cluster) ? true : undefined,
  };
}

/** Karpenter in the cluster: its charts, node classes and node pools. */
export class Karpenter extends ClusterChild {
  private readonly inCluster: pulumi.CustomResourceOptions;

  static ifInstalled(context: ClusterContext, args: KarpenterArgs): Karpenter | undefined {
    return context.cluster.karpenter.install ? new Karpenter(context, args) : undefined;
  }

  constructor(
    private readonly context: ClusterContext,
    private readonly args: KarpenterArgs,
  ) {
    super("karpenter", context);
    const { cluster } = context;
    const provider = new Provider(
      this.childName("kubernetes"),
      {
        kubeconfig: args.kubeconfig,
        // The cluster stays the same whatever certificate it is reached with; without this a new one replaces all.
        clusterIdentifier: cluster.name,
      },
      { parent: this, dependsOn: [...args.dependsOn] },
    );
    // A destroy of the cluster leaves its objects to KarpenterMachines, which does with an API and without one. The provider's
    // deleteUnreachable would also drop them from the state in a refresh during which the API does not answer.
    this.inCluster = { parent: this, provider, deletedWith: context.guard };
    const crds = this.crds(context, args.dependsOn);
    const chart = this.chart(context, crds);
    const groups = karpenterGroups(cluster);
    const classes = Object.fromEntries(groups.map((group) => [group.name, this.nodeClass(group, [chart])]));
    const machines = this.machines(context, Object.values(classes));
    for (const group of groups) {
      for (const pool of group.nodePools) {
        this.nodePool(group, pool, [requireRef(classes, group.name), machines]);
      }
    }
    this.registerOutputs({});
  }

  /** A chart of their own, first and at the same version: Helm never upgrades CRDs that come inside a chart. */
  private crds({ cluster }: ClusterContext, dependsOn: readonly pulumi.Resource[]): Release {
    const { crdChart, deleteCrds } = cluster.karpenter;
    return new Release(
      this.childName("crds"),
      { name: "karpenter-crd", namespace: "kube-system", ...chartSource(crdChart, cluster.karpenter.version) },
      // To delete a CRD deletes every object of its kind.
      { ...this.inCluster, dependsOn: [...dependsOn], retainOnDelete: !deleteCrds },
    );
  }

  private chart({ cluster, pending }: ClusterContext, crds: Release): Release {
    const { iam, interruption } = this.args;
    const facts = pulumi.all([iam.roleArn("kube-system/karpenter"), interruption?.queueName]);
    const values = pending.with(facts, (known, [roleArn, interruptionQueueName]) =>
      chartValues(known, { roleArn, interruptionQueueName }),
    );
    return new Release(
      this.childName("chart"),
      {
        name: "karpenter",
        namespace: "kube-system",
        ...chartSource(cluster.karpenter.chart, cluster.karpenter.version),
        skipCrds: true,
        timeout: chartTimeoutSeconds,
        // The user's CNI comes after this component, and the controller's pods after the CNI.
        skipAwait: cluster.cni === "none",
        values: values as pulumi.Output<Record<string, unknown>>,
      },
      { ...this.inCluster, dependsOn: crds },
    );
  }

  private nodeClass(group: ResolvedKarpenterGroup, dependsOn: readonly pulumi.Resource[]): CustomResource {
    const image = this.answers.image(group.image);
    const manifest = this.context.pending.with(image, (known, { rootDeviceName }) =>
      nodeClassManifest(known, named(karpenterGroups(known), group.name), rootDeviceName),
    );
    // Field by field, so that a preview shows, and a policy sees, all but the user data.
    const fields = nodeClassFields.map((field) => [field, manifest.apply(({ spec }) => spec[field])] as const);
    return this.object(
      {
        role: `node-class-${group.name}`,
        apiVersion: "karpenter.k8s.aws/v1",
        kind: "EC2NodeClass",
        name: group.nodeClassName,
      },
      { ...Object.fromEntries(fields), userData: this.args.renderer.text(nodeUserData(group.name)) },
      { dependsOn: [...dependsOn] },
    );
  }

  private machines({ cluster, parent }: ClusterContext, classes: readonly pulumi.Resource[]): KarpenterMachines {
    return new KarpenterMachines(
      this.childName("machines"),
      { ...machinesArgs(cluster, this), kubeconfig: this.args.kubeconfig },
      // Of a cluster whose Karpenter others installed until now.
      { parent: this, dependsOn: [...classes], aliases: [{ parent }] },
    );
  }

  private nodePool(group: ResolvedKarpenterGroup, pool: ResolvedNodePool, dependsOn: readonly pulumi.Resource[]): void {
    const manifest = this.context.pending.apply((known) => {
      const unwrapped = named(karpenterGroups(known), group.name);
      return nodePoolManifest(unwrapped, named(unwrapped.nodePools, pool.name));
    });
    const capacity = pool.replicas === undefined ? {} : { [capacityAnnotation]: "static" };
    this.object(
      { role: `node-pool-${pool.name}`, apiVersion: "karpenter.sh/v1", kind: "NodePool", name: pool.name },
      manifest.apply(({ spec }) => spec),
      {
        dependsOn: [...dependsOn],
        // Karpenter refuses a change between static and dynamic, and of the class.
        replaceOnChanges: [`metadata.annotations["${capacityAnnotation}"]`, "spec.template.spec.nodeClassRef"],
        deleteBeforeReplace: true,
      },
      capacity,
    );
  }

  private object(
    { role, apiVersion, kind, name }: ObjectIdentity,
    spec: pulumi.Input<pulumi.Inputs>,
    options: pulumi.CustomResourceOptions,
    annotations: Readonly<Record<string, string>> = {},
  ): CustomResource {
    return new CustomResource(
      this.childName(role),
      {
        apiVersion,
        kind,
        metadata: {
          name,
          // KarpenterMachines waits for the pool's instances; a foreground delete would wait for them a second time.
          // A field that somebody changed by hand is the program's again, as in AWS; otherwise the update would fail on it.
          annotations: {
            "pulumi.com/deletionPropagationPolicy": "background",
            "pulumi.com/patchForce": "true",
            ...annotations,
          },
        },
        spec,
      },
      { ...this.inCluster, ...options },
    );
  }
}

/** A local path or a registry reference; only a reference takes a version. */
function chartSource(chart: string, version: string): { readonly chart: string; readonly version?: string } {
  return chart.startsWith("oci://") ? { chart, version } : { chart };
}
