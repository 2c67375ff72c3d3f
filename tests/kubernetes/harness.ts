/** What the tests against a real API server share: waiting, the API, and the machines' side of EC2. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DescribeInstancesCommand, EC2Client, type Instance, TerminateInstancesCommand } from "@aws-sdk/client-ec2";
import type { Stack, UpResult } from "@pulumi/pulumi/automation";
import { Kube, type KubeObject } from "../../localcloud/machines/kube";
import type { MachineStatus } from "../../localcloud/machines/watcher";
import { awsSettings, type LocalCloud, variable } from "../support/localCloud";

/** Tries until there is an answer; fails with what was awaited and the last reason why not. */
export async function until<T>(
  what: string,
  seconds: number,
  attempt: () => Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let reason = "";
  for (;;) {
    try {
      const found = await attempt();
      if (found !== undefined && found !== false) return found;
    } catch (error) {
      reason = `: ${(error as Error).message}`;
    }
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s${reason}`);
    await sleep(200);
  }
}

const longestUpdate = 13 * 60_000;

/**
 * An update with what it says line by line. One that hangs is interrupted before the test's own time ends, so that it fails
 * with what it said last, and leaves the stack to the next test.
 */
export async function updated(stack: Stack, said: string[] = []): Promise<UpResult> {
  try {
    return await stack.up({
      signal: AbortSignal.timeout(longestUpdate),
      onEvent: ({ diagnosticEvent }) => {
        if (diagnosticEvent !== undefined) said.push(diagnosticEvent.message.trim());
      },
    });
  } catch (error) {
    throw new Error(`${said.slice(-8).join("\n")}\n${(error as Error).message}`, { cause: error });
  }
}

/**
 * The API of a cluster through the local cloud's one door, with an administrator's kubeconfig; `trusts`, if it is not the
 * certificate authority there.
 */
export function apiOf(cloud: LocalCloud, clusterName: string, kubeconfig: string, trusts?: string): Kube {
  const door = new URL(variable(cloud, "LOCALCLOUD_API_ENDPOINT"));
  return Kube.fromKubeconfig(kubeconfig, {
    host: door.hostname,
    port: Number(door.port),
    servername: `api.internal.${clusterName}`,
    ...(trusts === undefined ? {} : { ca: trusts }),
  });
}

export function machines(cloud: LocalCloud): Record<string, MachineStatus> {
  const file = join(cloud.dir, "machines", "status.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, MachineStatus>) : {};
}

/** Waits until a cluster's API answers; a machine that failed ends the wait with its reason. */
export async function awaitApi(cloud: LocalCloud, clusterName: string, kubeconfig: string): Promise<Kube> {
  const api = apiOf(cloud, clusterName, kubeconfig);
  await until(`the API of ${clusterName}`, 180, async () => {
    const failed = Object.entries(machines(cloud)).find(([, { state }]) => state === "failed");
    if (failed !== undefined) throw new Error(`${failed[0]}: ${failed[1].detail ?? ""}`);
    return api.isReady();
  });
  return api;
}

export function ec2(cloud: LocalCloud): EC2Client {
  return new EC2Client(awsSettings(cloud));
}

/** The instances that run, by id. */
export async function runningInstances(client: EC2Client): Promise<Map<string, Instance>> {
  const running = { Name: "instance-state-name", Values: ["pending", "running"] };
  const { Reservations = [] } = await client.send(new DescribeInstancesCommand({ Filters: [running] }));
  const all = Reservations.flatMap(({ Instances = [] }) => Instances);
  return new Map(all.map((instance) => [instance.InstanceId ?? "", instance]));
}

export async function terminate(client: EC2Client, instanceId: string): Promise<void> {
  await client.send(new TerminateInstancesCommand({ InstanceIds: [instanceId] }));
}

/** A pod that needs a node of Karpenter's and asks for this much. */
export function hungryPod(name: string, cpu = "500m"): object {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "default" },
    spec: { containers: [{ name: "app", image: "app", resources: { requests: { cpu } } }] },
  };
}

/** The same, as a deployment of one replica: a pod that is taken away comes back. */
export function deployment(name: string): object {
  const labels = { app: name };
  const { spec } = hungryPod(name) as { spec: object };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "default" },
    spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

export function conditionOf(
  thing: KubeObject | undefined,
  type: string,
): { status: string; message?: string } | undefined {
  const { conditions = [] } = (thing?.["status"] ?? {}) as {
    conditions?: { type: string; status: string; message?: string }[];
  };
  return conditions.find((each) => each.type === type);
}

/** Of the service account "default", for the API server. */
export async function serviceAccountToken(api: Kube): Promise<string> {
  const path = "/api/v1/namespaces/default/serviceaccounts/default/token";
  const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} };
  const made = await until("a token", 30, () => api.create(path, request));
  return (made["status"] as { token: string }).token;
}
