/** A Kubernetes API server that takes every object and runs nothing: for what the engine plans, of clusters without machines. */
import { type Server, createServer } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createSecureContext, type SecureContext } from "node:tls";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand, ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { parse } from "yaml";
import { type Pair, signed } from "../../support/certificates";
import { awsSettings, type LocalCloud } from "../../support/localCloud";

/** What the API's discovery tells of Karpenter's kinds. */
const served: Readonly<Record<string, unknown>> = {
  "/readyz": {},
  "/api/v1/nodes": { items: [] },
  "/apis/karpenter.sh/v1": { resources: [{ kind: "NodePool", name: "nodepools", namespaced: false }] },
  "/apis/karpenter.k8s.aws/v1": { resources: [{ kind: "EC2NodeClass", name: "ec2nodeclasses", namespaced: false }] },
};

/** One for all clusters of a local cloud: each finds the certificate of its own authority. */
export class AnyApiServer {
  private readonly objects = new Map<string, unknown>();

  private constructor(private readonly server: Server) {}

  static async start(cloud: LocalCloud): Promise<AnyApiServer> {
    const contexts = new Map<string, Promise<SecureContext>>();
    const contextOf = async (name: string): Promise<SecureContext> => {
      // Keys are rotated under way.
      const authority = await primaryAuthority(cloud, name);
      const context = contexts.get(authority.certificate) ?? certified(authority, name);
      contexts.set(authority.certificate, context);
      return context;
    };
    const server = createServer({
      SNICallback: (name, done) => {
        contextOf(name).then(
          (context) => {
            done(null, context);
          },
          (error: unknown) => {
            done(error as Error);
          },
        );
      },
    });
    const api = new AnyApiServer(server);
    server.on("request", (request, response) => {
      void api.answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return api;
  }

  get url(): string {
    return `https://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", this.url);
    // Names of objects are the same in all clusters.
    const key = `${(request.socket as { servername?: string }).servername ?? ""} ${pathname}`;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    if (request.method === "PATCH") this.objects.set(key, parse(text));
    const found = served[pathname] ?? this.objects.get(key);
    if (request.method === "DELETE") this.objects.delete(key);
    response.writeHead(found === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(found ?? { kind: "Status", code: 404, message: `nothing at ${pathname}` }));
  }
}

async function certified(authority: Pair, serverName: string): Promise<SecureContext> {
  const pair = await signed(authority, serverName);
  return createSecureContext({ cert: pair.certificate, key: pair.key });
}

/** Of `api.internal.c.example.com`: the key of that cluster's state store that signs. */
async function primaryAuthority(cloud: LocalCloud, serverName: string): Promise<Pair> {
  const Key = `${serverName.replace("api.internal.", "")}/pki/private/kubernetes-ca/keyset.yaml`;
  const s3 = new S3Client({ ...awsSettings(cloud), forcePathStyle: true });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  for (const { Name: Bucket } of Buckets) {
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      const { spec } = parse((await Body?.transformToString()) ?? "") as {
        spec: { primaryId: string; keys: { id: string; publicMaterial: string; privateMaterial: string }[] };
      };
      const { publicMaterial, privateMaterial } = spec.keys.find(({ id }) => id === spec.primaryId)!;
      const decoded = (base64: string): string => Buffer.from(base64, "base64").toString();
      return { certificate: decoded(publicMaterial), key: decoded(privateMaterial) };
    } catch (error) {
      if ((error as Error).name !== "NoSuchKey") throw error;
    }
  }
  throw new Error(`no state store has ${Key}`);
}

/** The stand-in's helm, in a folder for PATH: every release installs at once. */
export function helmThatInstalls(cloud: LocalCloud): string {
  const folder = join(cloud.dir, "helm");
  mkdirSync(folder);
  const status = { name: "karpenter", namespace: "kube-system", version: 1, info: { status: "deployed" } };
  writeFileSync(join(folder, "helm"), `#!/bin/sh\necho '${JSON.stringify(status)}'\n`, { mode: 0o755 });
  return folder;
}
