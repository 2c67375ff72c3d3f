import { Changes } from "./changes";
import { Ec2, type SeenInstance } from "./cloud";
import { type Kube, KubeError, type KubeObject } from "./kube";
import { UNINITIALIZED } from "./kubelet";
import type { Surroundings } from "./machine";
import { podKeys } from "./podIdentity";

const PODS = "/api/v1/namespaces/kube-system/pods?labelSelector=k8s-app%3Daws-cloud-controller-manager";

/** Instance tags that kops-controller copies to its node (kops v1.36.2 pkg/nodeidentity/aws/identify.go:43,136,144). */
const LABEL_TAG = "k8s.io/cluster-autoscaler/node-template/label/";

interface NodeSpec {
  readonly providerID?: string;
  readonly taints?: readonly { readonly key: string }[];
}

interface Connection {
  readonly admin: Kube;
  readonly nodes: Changes;
  ec2?: Ec2 | undefined;
}

/**
 * Stand-in for two controllers that would run in the cluster: AWS's cloud controller, which tells nodes where they are and
 * removes those whose instance is gone, and the part of kops-controller that labels nodes by their instance's tags. It asks
 * EC2 with the role of the cloud controller's pod, and does nothing until that pod runs.
 */
export class CloudController {
  private readonly labelled = new Set<string>();
  private connection: Connection | undefined;
  /** Of EC2's, those that nodes were last held against. */
  private instances: readonly SeenInstance[] | undefined;
  private busy = false;

  /** `connect`: with the keys of a control plane that serves now; those of one before may be trusted no more. */
  constructor(
    private readonly connect: () => Kube,
    private readonly around: Surroundings,
    private readonly say: (text: string) => void,
  ) {}

  /** One look at the nodes, unless the last one still goes on. */
  async turn(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await this.look();
    } catch (error) {
      this.say(`cloud controller: ${(error as Error).message}`);
      this.connection?.nodes.close();
      this.connection?.admin.close();
      this.connection = undefined;
    } finally {
      this.busy = false;
    }
  }

  private async look(): Promise<void> {
    const connection = (this.connection ??= connectionOf(this.connect()));
    const { admin, nodes } = connection;
    const ec2 = (connection.ec2 ??= await this.ec2OfPod(admin));
    if (ec2 === undefined) return;
    const instances = await ec2.instances();
    // A refused patch has a change of the node behind it.
    if (!nodes.take() && instances === this.instances) return;
    this.instances = instances;
    const byId = new Map(instances.map((each) => [each.facts.instanceId, each]));
    for (const node of await admin.list("/api/v1/nodes")) {
      const id = /\/(i-[^/]+)$/.exec((node["spec"] as NodeSpec).providerID ?? "")?.[1];
      if (id === undefined) continue;
      const instance = byId.get(id);
      if (instance === undefined) await this.remove(node, admin);
      else await this.initialize(node, instance, admin);
    }
  }

  private async ec2OfPod(admin: Kube): Promise<Ec2 | undefined> {
    const pods = await admin.list(PODS);
    const pod = pods.find((each) => (each["status"] as { phase?: string } | undefined)?.phase === "Running");
    return pod && new Ec2(this.around, await podKeys(admin, pod, this.around));
  }

  private async remove(node: KubeObject, admin: Kube): Promise<void> {
    if (node.metadata.deletionTimestamp !== undefined) return;
    this.say(`deleting node ${node.metadata.name}: its instance is gone`);
    await admin.delete(`/api/v1/nodes/${node.metadata.name}`);
  }

  private async initialize(node: KubeObject, { facts, tags, lifecycle }: SeenInstance, admin: Kube): Promise<void> {
    const { name, uid, resourceVersion } = node.metadata;
    const { taints = [] } = node["spec"] as NodeSpec;
    const waiting = taints.some((taint) => taint.key === UNINITIALIZED);
    if (!waiting && this.labelled.has(uid ?? "")) return;
    const fromTags = Object.entries(tags).filter(([key]) => key.startsWith(LABEL_TAG));
    const labels: Record<string, string> = {
      "topology.kubernetes.io/zone": facts.zone,
      "topology.kubernetes.io/region": facts.region,
      "failure-domain.beta.kubernetes.io/zone": facts.zone,
      "failure-domain.beta.kubernetes.io/region": facts.region,
      "node.kubernetes.io/instance-type": facts.instanceType,
      "beta.kubernetes.io/instance-type": facts.instanceType,
      ...(lifecycle === undefined ? {} : { [`node-role.kubernetes.io/${lifecycle}-worker`]: "true" }),
      ...Object.fromEntries(fromTags.map(([key, value]) => [key.slice(LABEL_TAG.length), value])),
    };
    const left = taints.filter((taint) => taint.key !== UNINITIALIZED);
    // The list of taints is written whole: Karpenter takes its own away at the same time, and must not find it back.
    const changes = { metadata: { labels, resourceVersion }, ...(waiting ? { spec: { taints: left } } : {}) };
    try {
      await admin.patch(`/api/v1/nodes/${name}`, "merge", changes);
    } catch (error) {
      if (error instanceof KubeError && error.status === 409) return; // A later turn sees what changed.
      throw error;
    }
    this.labelled.add(uid ?? "");
    this.say(`node ${name} is initialized`);
  }
}

function connectionOf(admin: Kube): Connection {
  return { admin, nodes: new Changes(admin, "/api/v1/nodes") };
}
