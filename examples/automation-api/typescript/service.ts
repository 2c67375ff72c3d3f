// Creates, changes and destroys clusters: reads JSON requests from standard input, one per line, and writes JSON lines.
import { createInterface } from "node:readline";
import { KopsKarpenterCluster, type KopsKarpenterClusterArgs } from "@kops-karpenter/sdk";
import { ConcurrentUpdateError, type EngineEvent, LocalWorkspace } from "@pulumi/pulumi/automation";

/** The action and the cluster's inputs. `destroy` needs only the name. */
type Request = { action: "up" | "destroy" } & KopsKarpenterClusterArgs;

type Result =
  | { result: "ready"; kubeconfig: string }
  | { result: "gone" }
  | { result: "invalid"; problems: { path: string; message: string }[] }
  | { result: "busy" }
  | { result: "failed"; message: string };

async function handle(line: string): Promise<Result> {
  const errors: string[] = [];
  const onEvent = ({ resOutputsEvent: done, diagnosticEvent: said }: EngineEvent): void => {
    if (done !== undefined && done.metadata.op !== "same") {
      const { op, type, urn } = done.metadata;
      answer({ progress: op, type, name: urn.split("::").slice(3).join("::") });
    }
    // For example, the status of the wait for the Kubernetes API.
    if (said?.severity === "info") answer({ progress: "note", message: said.message.trim() });
    if (said?.severity === "error") errors.push(said.message);
  };
  try {
    const { action, ...inputs } = parse(line);
    const program = async () => ({ kubeconfig: new KopsKarpenterCluster("cluster", inputs).kubeconfig });
    // One stack per cluster, so that their updates are independent.
    const source = { projectName: "clusters", stackName: inputs.clusterName, program };
    const stack = await LocalWorkspace.createOrSelectStack(source);
    switch (action) {
      case "up":
        return { result: "ready", kubeconfig: (await stack.up({ onEvent })).outputs["kubeconfig"]?.value as string };
      case "destroy":
        await stack.destroy({ onEvent, remove: true });
        return { result: "gone" };
    }
  } catch (error) {
    return error instanceof ConcurrentUpdateError ? { result: "busy" } : failure(errors.join("") || String(error));
  }
}

function parse(line: string): Request {
  const { action, clusterName, ...rest } = JSON.parse(line) as Request;
  if (typeof clusterName === "string" && ["up", "destroy"].includes(action)) return { action, clusterName, ...rest };
  throw new Error('a request has an action, "up" or "destroy", and a clusterName');
}

/** The engine prints one line for each invalid input that the component reports. */
function failure(message: string): Result {
  const line = /^\t\t- property (.*?)(?: with value '\{[\s\S]*?\}')? has a problem: (.*)$/gm;
  const problems = [...message.matchAll(line)].map(([, path = "", message = ""]) => ({ path, message }));
  return problems.length > 0 ? { result: "invalid", problems } : { result: "failed", message };
}

function answer(message: object): void {
  console.log(JSON.stringify(message));
}

void (async () => {
  for await (const line of createInterface({ input: process.stdin })) answer(await handle(line));
})();
