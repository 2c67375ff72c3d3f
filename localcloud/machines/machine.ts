import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as http from "node:http";
import * as path from "node:path";
import { type InstanceFacts, metadataHandler } from "../services/metadata";
import type { AwsFront } from "./awsFront";
import { boot } from "./boot";
import { InstanceRole } from "./instanceRole";
import { Network } from "./network";
import type { AssetStore, BootConfig } from "./nodeupConfig";
import { Root } from "./root";
import type { Vpc } from "./vpc";

/** What every machine of a local cloud shares. */
export interface Surroundings {
  /** The local cloud's folder: socket files are named from here. */
  readonly folder: string;
  /** Ports at 127.0.0.1 that machines must reach: the simulated AWS, the file server. */
  readonly ports: readonly number[];
  readonly awsUrl: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The real nodeup's path. */
  readonly nodeup: () => string;
  readonly assets: AssetStore;
  readonly awsFront: AwsFront;
}

export const socketFolder = "run/s";
/** Instance metadata's address and port on AWS. */
export const METADATA = { host: "169.254.169.254", port: 80 };

/** The socket files that lead to the ports outside. They must exist before a machine boots. */
export function outsideSocket(port: number): string {
  return `${socketFolder}/port-${port}`;
}

/** The socket file of something that a machine serves: `api`, `etcd-main`, `etcd-events` among others. */
export function machineSocket(instanceId: string, name: string): string {
  return `${socketFolder}/${instanceId.slice(2, 12)}-${name}`;
}

/** The socket file that leads to a cluster's load balancer. Its name is short: such paths have 108 bytes. */
export function clusterSocket(clusterName: string): string {
  return `${socketFolder}/${createHash("sha256").update(clusterName).digest("hex").slice(0, 10)}-api`;
}

/** A simulated instance. */
export class Machine {
  readonly id: string;
  readonly folder: string;
  readonly network: Network;
  private readonly role: InstanceRole;
  private metadata: http.Server | undefined;
  private madeRoot: Root | undefined;

  constructor(
    readonly facts: InstanceFacts,
    profileArn: string | undefined,
    readonly around: Surroundings,
    vpc: Vpc | undefined,
  ) {
    this.role = new InstanceRole(facts.instanceId, profileArn, around);
    this.id = facts.instanceId;
    this.folder = path.join(around.folder, "machines", this.id);
    fs.mkdirSync(this.folder, { recursive: true });
    fs.mkdirSync(path.join(around.folder, socketFolder), { recursive: true });
    const hostname = `ip-${facts.privateIp.replaceAll(".", "-")}`;
    const addresses = [facts.privateIp, METADATA.host];
    this.network = new Network(around.folder, hostname, addresses, this.log("network"), vpc);
  }

  get root(): Root {
    if (this.madeRoot === undefined) throw new Error("bug: the machine has not been switched on");
    return this.madeRoot;
  }

  log(name: string): string {
    return path.join(this.folder, `${name}.log`);
  }

  /** A line in the machine's own log. */
  readonly say = (text: string): void => {
    fs.appendFileSync(this.log("machine"), `${new Date().toISOString()} ${text}\n`);
  };

  socket(name: string): string {
    return machineSocket(this.id, name);
  }

  /** Where AWS is. Keys are those of the instance's role, from instance metadata as on AWS. */
  get environment(): Record<string, string> {
    return { AWS_ENDPOINT_URL: this.around.awsUrl, AWS_REGION: this.around.region };
  }

  async switchOn(): Promise<void> {
    await this.network.start();
    this.madeRoot = new Root(this.folder, this.network.prefix);
    const socket = this.socket("metadata");
    fs.rmSync(path.join(this.around.folder, socket), { force: true });
    this.metadata = http.createServer(metadataHandler(this.facts, () => this.role.credentials()));
    await listening(this.metadata, socket);
    await this.network.inlet({ ...METADATA, socket });
    for (const port of this.around.ports)
      await this.network.inlet({ host: "127.0.0.1", port, socket: outsideSocket(port) });
  }

  /** Runs the user data and then nodeup. */
  boot(
    userData: Buffer,
    readConfig: (bootConfig: BootConfig, name: string) => Promise<string>,
    beforeNodeup?: (bootConfig: BootConfig, nodeupConfig: string) => Promise<void>,
  ): Promise<BootConfig> {
    return boot(this.root, {
      userData,
      folder: this.folder,
      nodeup: this.around.nodeup(),
      environment: this.environment,
      assets: this.around.assets,
      readConfig,
      ...(beforeNodeup === undefined ? {} : { beforeNodeup }),
      say: this.say,
    });
  }

  async switchOff(): Promise<void> {
    await this.madeRoot?.stop();
    this.network.stop();
    this.metadata?.close();
    this.metadata?.closeAllConnections();
    this.say("switched off");
  }
}

function listening(server: http.Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, resolve);
  });
}
