import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { ApiException, KubeConfig, KubernetesObjectApi } from "@kubernetes/client-node";

/** What the provider was configured with; nothing here is asked before a resource needs it. */
export interface Settings {
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly namespace: string;
}

/** The cluster of one configured provider. */
export class Cluster {
  private loaded: { readonly api: KubernetesObjectApi; readonly text: string } | undefined;

  constructor(readonly settings: Settings) {}

  get api(): KubernetesObjectApi {
    return this.connection().api;
  }

  /** The kubeconfig's text, for programs that want a file. */
  get kubeconfig(): string {
    return this.connection().text;
  }

  private connection(): { readonly api: KubernetesObjectApi; readonly text: string } {
    if (this.loaded === undefined) {
      const text = kubeconfigText(this.settings.kubeconfig);
      const config = new KubeConfig();
      config.loadFromString(text);
      if (this.settings.context !== undefined) config.setCurrentContext(this.settings.context);
      this.loaded = { api: KubernetesObjectApi.makeApiClient(config), text };
    }
    return this.loaded;
  }
}

/** A text or a path; without either, what kubectl would take. */
function kubeconfigText(given: string | undefined): string {
  if (given?.includes("\n") === true) return given;
  const path = given ?? process.env["KUBECONFIG"] ?? join(homedir(), ".kube", "config");
  if (given !== undefined && !existsSync(path)) return given;
  if (!existsSync(path)) throw new Error(`there is no kubeconfig: the provider has none and ${path} does not exist`);
  return readFileSync(path, "utf8");
}

export function isStatus(error: unknown, code: number): boolean {
  return error instanceof ApiException && error.code === code;
}

/** What the API server said, in one line. */
export function reason(error: unknown): Error {
  if (error instanceof ApiException) {
    const body: unknown = typeof error.body === "string" ? parsed(error.body) : error.body;
    const message = (body as { readonly message?: unknown } | undefined)?.message;
    return new Error(typeof message === "string" ? message : `HTTP ${error.code}: ${JSON.stringify(body)}`);
  }
  return error instanceof Error ? error : new Error(String(error));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text };
  }
}
