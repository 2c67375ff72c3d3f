/** A control plane of several machines: its API servers, its etcd members, the groups that its instances are in. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import { CreateLaunchTemplateVersionCommand } from "@aws-sdk/client-ec2";
import { EtcdClient } from "../../localcloud/machines/etcdClient";
import { Kube, KubeError } from "../../localcloud/machines/kube";
import { machineSocket } from "../../localcloud/machines/machine";
import { awsSettings, type LocalCloud } from "../support/localCloud";
import { ec2, machines } from "./harness";

/** The instances of a cluster's control plane whose API server is ready. */
export function controlPlanes(cloud: LocalCloud, cluster: string): string[] {
  const all = Object.entries(machines(cloud));
  return all
    .filter(([, each]) => each.cluster === cluster && each.role === "ControlPlane" && each.state === "running")
    .map(([id]) => id)
    .sort();
}

/** The API server of one instance, past the load balancer. */
export function serverOf(cloud: LocalCloud, instanceId: string, cluster: string, kubeconfig: string): Kube {
  return Kube.fromKubeconfig(kubeconfig, {
    socketPath: join(cloud.dir, machineSocket(instanceId, "api")),
    servername: `api.internal.${cluster}`,
  });
}

/** The etcd member of one instance: `main` or `events`. */
export function etcdOf(cloud: LocalCloud, instanceId: string, etcd: string): EtcdClient {
  const pki = join(cloud.dir, "machines", instanceId, "root/etc/kubernetes/pki", `etcd-manager-${etcd}`);
  const file = (name: string): string => readFileSync(join(pki, name), "utf8");
  return new EtcdClient({
    socketPath: join(cloud.dir, machineSocket(instanceId, `etcd-${etcd}`)),
    ca: file("etcd-clients-ca.crt"),
    cert: file("localcloud-server.crt"),
    key: file("localcloud-server.key"),
  });
}

/**
 * How many members of an etcd cluster are healthy, or are within five seconds: neither an election nor a busy machine is a
 * failure. One that is replaced is away for longer.
 */
export async function healthyMembers(cloud: LocalCloud, cluster: string, etcd: string): Promise<number> {
  const deadline = Date.now() + 5000;
  const isHealthy = async (id: string): Promise<boolean> => {
    for (;;) {
      // A machine that is switched on or off has no certificates.
      const healthy = await Promise.resolve()
        .then(() => etcdOf(cloud, id, etcd).isHealthy())
        .catch(() => false);
      if (healthy || Date.now() > deadline) return healthy;
      await sleep(100);
    }
  };
  const ids = Object.entries(machines(cloud)).filter(
    ([, each]) => each.cluster === cluster && each.role === "ControlPlane",
  );
  return (await Promise.all(ids.map(([id]) => isHealthy(id)))).filter(Boolean).length;
}

/** The Auto Scaling group of one control plane. */
export class Group {
  private readonly client: AutoScalingClient;

  constructor(
    private readonly cloud: LocalCloud,
    private readonly name: string,
  ) {
    this.client = new AutoScalingClient(awsSettings(cloud));
  }

  /** Its only instance, and the version of the launch template that it was started from. */
  async instance(): Promise<{ readonly id: string; readonly version: string }> {
    const { Instances = [] } = await this.described();
    const [only, ...others] = Instances.filter(({ LifecycleState }) => LifecycleState === "InService");
    if (only === undefined || others.length > 0) throw new Error(`${this.name} has ${Instances.length} instances`);
    return { id: only.InstanceId ?? "", version: only.LaunchTemplate?.Version ?? "" };
  }

  /** A new version of the launch template, which differs from the first in its image. */
  async versionWith(ImageId: string): Promise<string> {
    const { LaunchTemplate } = await this.described();
    const made = await ec2(this.cloud).send(
      new CreateLaunchTemplateVersionCommand({
        LaunchTemplateId: LaunchTemplate?.LaunchTemplateId,
        SourceVersion: "1",
        LaunchTemplateData: { ImageId },
      }),
    );
    return String(made.LaunchTemplateVersion?.VersionNumber);
  }

  /** From now on, its instances are started from this version. */
  async use(Version: string): Promise<void> {
    const { LaunchTemplate } = await this.described();
    const template = { LaunchTemplateId: LaunchTemplate?.LaunchTemplateId, Version };
    await this.client.send(
      new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: this.name, LaunchTemplate: template }),
    );
  }

  async replace(InstanceId: string): Promise<void> {
    const request = { InstanceId, ShouldDecrementDesiredCapacity: false };
    await this.client.send(new TerminateInstanceInAutoScalingGroupCommand(request));
  }

  private async described() {
    const asked = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [this.name] });
    const { AutoScalingGroups = [] } = await this.client.send(asked);
    const [found] = AutoScalingGroups;
    if (found === undefined) throw new Error(`no Auto Scaling group ${this.name}`);
    return found;
  }
}

/** A client that writes all the while, and tries each write again until it is acknowledged. */
export class Writer {
  static readonly path = "/api/v1/namespaces/default/configmaps";
  /** Names of what was acknowledged. */
  readonly acknowledged: string[] = [];
  /** The longest time that a write took with its repetitions, in milliseconds, and what was in its way. */
  longest = 0;
  reason = "";
  /** Requests that were not acknowledged at once. */
  failures = 0;
  private ended = false;
  private readonly done: Promise<void>;

  constructor(private readonly api: Kube) {
    this.done = this.run();
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.done;
    this.api.close();
  }

  private async run(): Promise<void> {
    for (let number = 0; !this.ended; number += 1) {
      const name = `written-${number}`;
      const began = Date.now();
      let reason = "";
      while (!(await this.write(name, (why) => (reason = why)))) await sleep(100);
      this.acknowledged.push(name);
      const took = Date.now() - began;
      if (took > this.longest) Object.assign(this, { longest: took, reason });
      await sleep(50);
    }
  }

  private async write(name: string, say: (reason: string) => void): Promise<boolean> {
    try {
      await this.api.create(Writer.path, { metadata: { name } });
      return true;
    } catch (error) {
      // An earlier try whose answer was lost.
      if (error instanceof KubeError && error.status === 409) return true;
      this.failures += 1;
      say((error as Error).message);
      return this.ended;
    }
  }
}
