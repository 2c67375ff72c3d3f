import * as fs from "node:fs";
import * as path from "node:path";
import { keyAndCertificate } from "./certificates";
import type { Machine } from "./machine";
import type { StaticPod } from "./staticPods";
import type { Service } from "./supervisor";

/**
 * etcd as etcd-manager would run it: on the ports of its manifest, with certificates from the authorities that nodeup
 * left for it. etcd-manager itself mounts volumes and talks to its peers, so it does not run here.
 */
export async function etcdService(
  machine: Machine,
  pod: StaticPod,
  program: string,
  dataFolder: string,
): Promise<Service> {
  const flag = (name: string): string => {
    const found = pod.command.find((each) => each.startsWith(`--${name}=`));
    if (found === undefined) throw new Error(`${pod.name} has no --${name}`);
    return found.slice(name.length + 3);
  };
  // etcd-manager-main uses /etc/kubernetes/pki/etcd-manager-main.
  const pki = `/etc/kubernetes/pki/${pod.name}`;
  const here = `https://127.0.0.1:${new URL(flag("client-urls").replace("__name__", "name")).port}`;
  const peer = `https://127.0.0.1:${new URL(flag("peer-urls").replace("__name__", "name")).port}`;
  await writeCertificates(machine, pki);
  fs.mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  fs.chmodSync(dataFolder, 0o700);
  const name = path.basename(dataFolder);
  const command = [
    "/usr/local/bin/etcd",
    `--name=${name}`,
    "--data-dir=/var/lib/etcd",
    `--listen-client-urls=${here}`,
    `--advertise-client-urls=${here}`,
    `--cert-file=${pki}/localcloud-server.crt`,
    `--key-file=${pki}/localcloud-server.key`,
    "--client-cert-auth",
    `--trusted-ca-file=${pki}/etcd-clients-ca.crt`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=${name}=${peer}`,
    `--peer-cert-file=${pki}/localcloud-peer.crt`,
    `--peer-key-file=${pki}/localcloud-peer.key`,
    "--peer-client-cert-auth",
    `--peer-trusted-ca-file=${pki}/etcd-peers-ca.crt`,
    "--unsafe-no-fsync",
    "--log-level=warn",
  ];
  return {
    name: pod.name.replace("etcd-manager", "etcd"),
    command,
    binds: [
      [program, "/usr/local/bin/etcd"],
      [dataFolder, "/var/lib/etcd"],
    ],
  };
}

/** One certificate for the client port and one for the peer port, from the authorities that nodeup left. */
async function writeCertificates(machine: Machine, pki: string): Promise<void> {
  for (const [role, authority] of [
    ["server", "etcd-clients-ca"],
    ["peer", "etcd-peers-ca"],
  ] as const) {
    const made = await keyAndCertificate(
      { certificate: machine.root.read(`${pki}/${authority}.crt`), key: machine.root.read(`${pki}/${authority}.key`) },
      {
        subject: `CN=${machine.id}`,
        uses: ["client", "server"],
        names: ["localhost"],
        addresses: ["127.0.0.1", machine.facts.privateIp],
      },
    );
    machine.root.write(`${pki}/localcloud-${role}.crt`, made.certificate);
    machine.root.write(`${pki}/localcloud-${role}.key`, made.key);
  }
}

/** The tags of the volume that an etcd's data is on: as filters, name and value, where the value matters. */
export function volumeTags(pod: StaticPod): { readonly name: string; readonly value?: string }[] {
  const tags = pod.command
    .filter((each) => each.startsWith("--volume-tag="))
    .map((each) => each.slice("--volume-tag=".length));
  return tags.map((tag) =>
    tag.includes("=")
      ? { name: tag.slice(0, tag.indexOf("=")), value: tag.slice(tag.indexOf("=") + 1) }
      : { name: tag },
  );
}
