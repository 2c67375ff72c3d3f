import * as fs from "node:fs";
import * as https from "node:https";
import { type CertificateRequest, issue } from "./certificates";
import type { Machine } from "./machine";

/** What nodeup on a worker asks (kops v1.36.2 pkg/apis/nodeup/bootstrap.go). */
interface BootstrapRequest {
  readonly apiVersion: string;
  readonly certs?: Readonly<Record<string, string>> | null;
  readonly includeNodeConfig?: boolean;
}

const FILES = "/etc/kubernetes/kops-controller";

/**
 * Stand-in for kops-controller's bootstrap service, with the keys that nodeup left for it on the control plane. The real
 * one proves a worker's identity with AWS's own STS; here each worker has a door of its own, so it is known by that.
 */
export class KopsController {
  private readonly servers = new Map<string, https.Server>();

  /** `controlPlane`: a machine that serves now, with the keys; whichever it is, they are the same. */
  constructor(private readonly controlPlane: () => Machine | undefined) {}

  /** Opens the door for one worker: a socket file. `nodeupConfig` is what the worker's group is given. */
  async open(worker: Machine, nodeupConfig: string): Promise<string> {
    const { root } = this.machine;
    const tls = { cert: root.read(`${FILES}/kops-controller.crt`), key: root.read(`${FILES}/kops-controller.key`) };
    const server = https.createServer(tls, (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        this.answer(
          worker,
          nodeupConfig,
          request.url ?? "",
          request.headers.authorization,
          Buffer.concat(chunks).toString(),
        ).then(
          ({ status, body }) => response.writeHead(status, { "content-type": "application/json" }).end(body),
          (error: unknown) => response.writeHead(500).end(String(error)),
        );
      });
    });
    const socket = worker.socket("kops");
    fs.rmSync(socket, { force: true });
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(socket, resolve));
    this.servers.set(worker.id, server);
    return socket;
  }

  private get machine(): Machine {
    const machine = this.controlPlane();
    if (machine === undefined) throw new Error("no control plane serves");
    return machine;
  }

  close(worker: Machine): void {
    this.servers.get(worker.id)?.close();
    this.servers.get(worker.id)?.closeAllConnections();
    this.servers.delete(worker.id);
  }

  closeAll(): void {
    for (const server of this.servers.values()) {
      server.close();
      server.closeAllConnections();
    }
  }

  private async answer(worker: Machine, nodeupConfig: string, url: string, token: string | undefined, body: string) {
    if (url !== "/bootstrap") return { status: 404, body: "" };
    if (token?.startsWith("x-aws-sts") !== true) return { status: 403, body: "failed to verify token" };
    const request = JSON.parse(body) as BootstrapRequest;
    if (request.apiVersion !== "bootstrap.kops.k8s.io/v1alpha1") return { status: 400, body: "unexpected APIVersion" };
    const names = Object.keys(request.certs ?? {}).sort();
    const { root, say } = this.machine;
    say(`stand-in for kops-controller: ${worker.id} asks for ${names.join(", ") || "its configuration"}`);
    const authority = {
      certificate: root.read(`${FILES}/kubernetes-ca.crt`),
      key: root.read(`${FILES}/kubernetes-ca.key`),
    };
    const Certs: Record<string, string> = {};
    for (const name of names) {
      const wanted = certificateFor(name, worker);
      if (wanted === undefined) return { status: 400, body: `failed to issue "${name}": key name not enabled` };
      Certs[name] = await issue(authority, wanted, request.certs?.[name] ?? "");
    }
    const nodeConfig = request.includeNodeConfig === true ? { nodeConfig: { nodeupConfig } } : {};
    return { status: 200, body: JSON.stringify({ Certs, ...nodeConfig }) };
  }
}

/** Subjects as the real one gives them (kops v1.36.2 cmd/kops-controller/pkg/server/server.go:275). */
function certificateFor(name: string, worker: Machine): CertificateRequest | undefined {
  const { id, facts } = worker;
  switch (name) {
    case "kubelet":
      return { subject: `O=system:nodes, CN=system:node:${id}`, uses: ["client"] };
    case "kubelet-server":
      return { subject: `CN=${id}`, uses: ["server"], names: [id], addresses: [facts.privateIp] };
    case "kube-proxy":
      return { subject: "CN=system:kube-proxy", uses: ["client"] };
    default:
      return undefined;
  }
}
