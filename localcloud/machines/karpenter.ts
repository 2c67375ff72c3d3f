import * as fs from "node:fs";
import * as path from "node:path";
import type { Kube, KubeObject } from "./kube";
import { type Machine, METADATA, outsideSocket } from "./machine";
import { Network } from "./network";
import { podToken } from "./podIdentity";
import type { Bind } from "./root";
import type { Service } from "./supervisor";

interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly fieldRef?: { readonly fieldPath: string };
    readonly resourceFieldRef?: { readonly resource: string; readonly divisor?: string };
    readonly secretKeyRef?: { readonly name: string; readonly key: string; readonly optional?: boolean };
    readonly configMapKeyRef?: { readonly name: string; readonly key: string; readonly optional?: boolean };
  };
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly EnvironmentVariable[];
  readonly resources?: {
    readonly limits?: Readonly<Record<string, string>>;
    readonly requests?: Readonly<Record<string, string>>;
  };
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

interface Projection {
  readonly serviceAccountToken?: {
    readonly audience?: string;
    readonly expirationSeconds?: number;
    readonly path: string;
  };
  readonly configMap?: {
    readonly name: string;
    readonly items?: readonly { readonly key: string; readonly path: string }[];
  };
  readonly downwardAPI?: {
    readonly items?: readonly { readonly path: string; readonly fieldRef?: { readonly fieldPath: string } }[];
  };
}

interface PodSpec {
  readonly containers: readonly Container[];
  readonly volumes?: readonly {
    readonly name: string;
    readonly projected?: { readonly sources: readonly Projection[] };
  }[];
}

const PROGRAM = "/localcloud-karpenter";
/** Any addresses do: a pod's network here has nobody else in it (RFC 2544, RFC 6890). */
const POD_ADDRESS = "198.18.0.2";
const AWS_ADDRESS = "198.18.0.3";

/** Whether a pod is one of the Karpenter controller: by its image. */
export function isKarpenter(pod: KubeObject): boolean {
  return containerOf(pod) !== undefined;
}

function containerOf(pod: KubeObject): Container | undefined {
  return (pod["spec"] as PodSpec).containers.find((each) => /(^|\/)karpenter\/controller[:@]/.test(each.image));
}

export interface KarpenterSurroundings {
  readonly machine: Machine;
  readonly kube: Kube;
  /** Leads to the API server. */
  readonly apiSocket: string;
  readonly program: string;
}

/** The real controller with exactly the pod's environment, files and service account, and the local cloud's addresses. */
export async function karpenterService(name: string, pod: KubeObject, around: KarpenterSurroundings): Promise<Service> {
  const { machine, kube, program } = around;
  const container = containerOf(pod);
  if (container === undefined) throw new Error("bug: not a pod of Karpenter");
  const namespace = pod.metadata.namespace ?? "default";
  const env = environmentOf(pod, container);
  const folder = path.join(machine.folder, name);
  const hosts = path.join(folder, "hosts");
  const binds: Bind[] = [
    [program, PROGRAM],
    [hosts, "/etc/hosts"],
    [machine.around.awsFront.bundle, "/etc/ssl/certs/ca-certificates.crt"],
  ];
  for (const mount of container.volumeMounts ?? []) {
    const volume = (pod["spec"] as PodSpec).volumes?.find((each) => each.name === mount.name);
    if (volume?.projected === undefined) continue;
    const outside = path.join(folder, mount.name);
    await project(volume.projected.sources, outside, pod, namespace, kube);
    binds.push([outside, mount.mountPath]);
  }
  const service = await kube.get("/api/v1/namespaces/default/services/kubernetes");
  const api = (service["spec"] as { clusterIP: string }).clusterIP;
  const names = [`127.0.0.1 localhost`, ...machine.around.awsFront.names.map((each) => `${AWS_ADDRESS} ${each}`)];
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(hosts, `${names.join("\n")}\n`);
  const network = await podNetwork(name, api, around);
  const variables = { KUBERNETES_SERVICE_HOST: api, KUBERNETES_SERVICE_PORT: "443" };
  return {
    name,
    command: [PROGRAM, ...(container.args ?? [])],
    env: { ...machine.environment, ...variables, ...env },
    binds,
    network,
  };
}

/** The pod's own network: the API at its service's address, AWS under its own names and at the local cloud's port. */
async function podNetwork(name: string, api: string, { machine, apiSocket }: KarpenterSurroundings): Promise<Network> {
  const { folder, ports, awsFront } = machine.around;
  const network = new Network(folder, name, [POD_ADDRESS], machine.log("network"));
  await network.start();
  for (const [host, socket] of [
    [api, apiSocket],
    [AWS_ADDRESS, awsFront.socket],
  ] as const) {
    network.addAddress(host);
    await network.inlet({ host, port: 443, socket });
  }
  for (const port of ports) await network.inlet({ host: "127.0.0.1", port, socket: outsideSocket(port) });
  const { host, port } = METADATA;
  network.addAddress(host);
  await network.inlet({ host, port, socket: machine.socket("metadata") });
  return network;
}

function environmentOf(pod: KubeObject, container: Container): Record<string, string> {
  const entries = (container.env ?? []).map(({ name, value, valueFrom }): [string, string] | undefined => {
    if (value !== undefined) return [name, value];
    if (valueFrom?.fieldRef !== undefined) return [name, fieldOf(pod, valueFrom.fieldRef.fieldPath)];
    if (valueFrom?.resourceFieldRef !== undefined) return [name, resourceOf(container, valueFrom.resourceFieldRef)];
    const reference = valueFrom?.secretKeyRef ?? valueFrom?.configMapKeyRef;
    if (reference !== undefined && reference.optional !== true)
      throw new Error(`variable ${name} of Karpenter's pod comes from ${reference.name}: not simulated`);
    return undefined;
  });
  return Object.fromEntries(entries.filter((each) => each !== undefined));
}

function fieldOf(pod: KubeObject, fieldPath: string): string {
  const value = fieldPath
    .split(".")
    .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], pod);
  return typeof value === "string" ? value : "";
}

/** A quantity in the unit of its divisor, rounded up, as a kubelet gives it. */
function resourceOf(container: Container, { resource, divisor }: { resource: string; divisor?: string }): string {
  const [kind = "", name = ""] = resource.split(".");
  const quantity = (container.resources as Record<string, Record<string, string>> | undefined)?.[kind]?.[name];
  if (quantity === undefined) return "0";
  const unit = divisor === undefined || divisor === "0" ? "1" : divisor;
  return String(Math.ceil(numberOf(quantity) / numberOf(unit)));
}

const suffixes: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

function numberOf(quantity: string): number {
  const [, digits = "0", suffix = ""] = /^([0-9.]+)([A-Za-z]*)$/.exec(quantity) ?? [];
  return Number(digits) * (suffixes[suffix] ?? 1);
}

/** Writes a projected volume: the token of the pod's service account among others. */
async function project(
  sources: readonly Projection[],
  folder: string,
  pod: KubeObject,
  namespace: string,
  kube: Kube,
): Promise<void> {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const put = (name: string, content: string): void => fs.writeFileSync(path.join(folder, name), content);
  for (const source of sources) {
    if (source.serviceAccountToken !== undefined) {
      const { audience, path: name } = source.serviceAccountToken;
      put(name, await podToken(kube, pod, audience));
    }
    if (source.configMap !== undefined) {
      const found = await kube.get(`/api/v1/namespaces/${namespace}/configmaps/${source.configMap.name}`);
      const data = (found["data"] ?? {}) as Record<string, string>;
      for (const item of source.configMap.items ?? []) put(item.path, data[item.key] ?? "");
    }
    for (const item of source.downwardAPI?.items ?? []) put(item.path, fieldOf(pod, item.fieldRef?.fieldPath ?? ""));
  }
}
