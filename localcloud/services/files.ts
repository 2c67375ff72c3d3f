import { createHash } from "node:crypto";
import * as fs from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import * as path from "node:path";
import { kopsSource } from "./kopsSource";

/** What kOps asks its own base URL for; hashes of everything else are built into it (kops v1.36.2 pkg/assets). */
const BINARIES = ["nodeup", "protokube", "channels"];
const IMAGES = ["kops-utils-cp", "kops-controller", "kops-channels", "dns-controller", "kube-apiserver-healthcheck"];
const ARCHITECTURES = ["amd64", "arm64"];

/** Of any Kubernetes version: kOps has the hashes of those before it only (kops v1.36.2 pkg/nodemodel/fileassets.go:38). */
const KUBERNETES_FILE = /\/release\/v\d+\.\d+\.\d+\/bin\/linux\/(amd64|arm64)\/(kubelet|kubectl)$/;

export function kubernetesFile(name: string): Buffer | undefined {
  const path = KUBERNETES_FILE.exec(name)?.[0];
  return path === undefined ? undefined : Buffer.from(`stand-in for ${path}\n`);
}

/** The bytes depend on the path alone, so that every machine renders the same hashes. */
export function standIns(base: string): Map<string, Buffer> {
  const paths = ARCHITECTURES.flatMap((architecture) => [
    ...BINARIES.map((name) => `${base}/linux/${architecture}/${name}`),
    ...IMAGES.map((name) => `${base}/images/${name}-${architecture}.tar.gz`),
  ]);
  return new Map(
    paths.map((each) => [each, Buffer.from(each.endsWith("/nodeup") ? nodeup(each) : `stand-in for ${each}\n`)]),
  );
}

/** A simulated machine has the real nodeup in its root, whatever folder it was built in. */
function nodeup(place: string): string {
  return `#!/bin/sh\n# stand-in for ${place}\nexec /opt/localcloud/nodeup "$@"\n`;
}

/** Where the source of kOps is served. */
export const SOURCE_PATH = "/kops-source";

/**
 * Serves kOps's binaries and images under `base`, its source, the folder's own files under /files, and Kubernetes's
 * anywhere.
 */
export function fileHandler(
  base: string,
  folder: string,
): (request: IncomingMessage, response: ServerResponse) => void {
  const known = standIns(base);
  const read = (name: string): Buffer | undefined => {
    if (name.startsWith(`${SOURCE_PATH}/`)) return kopsSource(name.slice(SOURCE_PATH.length));
    const built = known.get(name) ?? kubernetesFile(name);
    if (built !== undefined || !name.startsWith("/files/")) return built;
    const file = path.join(folder, path.normalize(name.slice("/files".length)));
    return fs.existsSync(file) && fs.statSync(file).isFile() ? fs.readFileSync(file) : undefined;
  };
  return (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405).end();
      return;
    }
    const name = decodeURIComponent(new URL(request.url ?? "/", "http://local").pathname);
    const body = read(name) ?? hashOf(read(name.replace(/\.sha256$/, "")));
    if (body === undefined) {
      response.writeHead(404, { "content-type": "text/plain" }).end(`no such file: ${name}\n`);
      return;
    }
    response.writeHead(200, { "content-type": "application/octet-stream", "content-length": body.length });
    response.end(request.method === "HEAD" ? undefined : body);
  };
}

function hashOf(body: Buffer | undefined): Buffer | undefined {
  return body === undefined ? undefined : Buffer.from(createHash("sha256").update(body).digest("hex"));
}
