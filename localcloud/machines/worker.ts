import type { Cluster } from "./cluster";
import type { Machine } from "./machine";
import type { BootConfig } from "./nodeupConfig";

/** Where workers find their control plane if no address is in their boot configuration: DNS would tell them. */
const NAMES = ["api", "kops-controller"];
/** What DNS would say here: any address that no machine has (RFC 2544). */
const BALANCER = "198.18.0.4";

/** Gives a worker's network the ways that its boot configuration names: the API server and kops-controller. */
export async function connectWorker(
  machine: Machine,
  bootConfig: BootConfig,
  nodeupConfig: string,
  cluster: Cluster,
): Promise<void> {
  const door = await cluster.kopsController.open(machine, nodeupConfig);
  const named = bootConfig.APIServerIPs ?? [];
  const addresses = named.length > 0 ? named : [BALANCER];
  for (const host of addresses) {
    machine.network.addAddress(host);
    await machine.network.inlet({ host, port: 443, socket: cluster.apiSocket });
    await machine.network.inlet({ host, port: 3988, socket: door });
  }
  if (named.length > 0) return;
  const lines = NAMES.map((name) => `${addresses[0]} ${name}.internal.${bootConfig.ClusterName}\n`);
  machine.root.write("/etc/hosts", `127.0.0.1 localhost\n${lines.join("")}`, 0o644);
}
