import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** What an instance can learn about itself. One handler serves one instance. */
export interface InstanceFacts {
  readonly instanceId: string;
  readonly accountId: string;
  readonly region: string;
  readonly zone: string;
  readonly instanceType: string;
  readonly imageId: string;
  readonly architecture: "x86_64" | "arm64";
  readonly privateIp: string;
  readonly mac: string;
  readonly userData?: string;
}

/** Keys of the instance's role, by the names that instance metadata has for them. */
export interface RoleCredentials {
  readonly role: string;
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly Token: string;
  readonly Expiration: string;
}

/** The program's own machine, before any simulated instance has metadata of its own. */
export const DEFAULT_INSTANCE: InstanceFacts = {
  instanceId: "i-0000000000localcl",
  accountId: "123456789012",
  region: "us-east-1",
  zone: "us-east-1a",
  instanceType: "t3.medium",
  imageId: "ami-0ab60218000000a64",
  architecture: "x86_64",
  privateIp: "127.0.0.1",
  mac: "02:00:00:00:00:01",
};

function documents(facts: InstanceFacts): Map<string, string> {
  const hostname = `ip-${facts.privateIp.replaceAll(".", "-")}.ec2.internal`;
  const meta: Record<string, string> = {
    "ami-id": facts.imageId,
    "instance-id": facts.instanceId,
    "instance-type": facts.instanceType,
    "local-ipv4": facts.privateIp,
    "local-hostname": hostname,
    hostname,
    mac: facts.mac,
    "placement/availability-zone": facts.zone,
    "placement/region": facts.region,
    "services/domain": "amazonaws.com",
    "services/partition": "aws",
    [`network/interfaces/macs/${facts.mac}/local-ipv4s`]: facts.privateIp,
    [`network/interfaces/macs/${facts.mac}/device-number`]: "0",
  };
  const identity = {
    accountId: facts.accountId,
    architecture: facts.architecture,
    availabilityZone: facts.zone,
    imageId: facts.imageId,
    instanceId: facts.instanceId,
    instanceType: facts.instanceType,
    pendingTime: "2026-01-01T00:00:00Z",
    privateIp: facts.privateIp,
    region: facts.region,
    version: "2017-09-30",
  };
  const all = new Map(Object.entries(meta).map(([name, value]) => [`/latest/meta-data/${name}`, value]));
  all.set("/latest/dynamic/instance-identity/document", JSON.stringify(identity, undefined, 2));
  if (facts.userData !== undefined) all.set("/latest/user-data", facts.userData);
  return all;
}

const ROLE = "/latest/meta-data/iam/security-credentials";

/** Instance metadata, version 2: a token first, then everything with that token. `role`: undefined without a role. */
export function metadataHandler(
  facts: InstanceFacts,
  role: () => Promise<RoleCredentials | undefined> = () => Promise.resolve(undefined),
): (request: IncomingMessage, response: ServerResponse) => void {
  const all = documents(facts);
  const tokens = new Set<string>();
  const text = (response: ServerResponse, code: number, body: string): void => {
    response.writeHead(code, { "content-type": "text/plain", "content-length": Buffer.byteLength(body) }).end(body);
  };
  return (request, response) => {
    const name = new URL(request.url ?? "/", "http://local").pathname;
    if (name === "/latest/api/token") {
      if (request.method !== "PUT") return text(response, 405, "");
      const seconds = request.headers["x-aws-ec2-metadata-token-ttl-seconds"];
      if (typeof seconds !== "string" || !/^\d+$/.test(seconds)) return text(response, 400, "");
      const token = randomBytes(24).toString("base64url");
      tokens.add(token);
      response.setHeader("x-aws-ec2-metadata-token-ttl-seconds", seconds);
      return text(response, 200, token);
    }
    const token = request.headers["x-aws-ec2-metadata-token"];
    if (typeof token !== "string" || !tokens.has(token)) return text(response, 401, "");
    const answer = (found: string | undefined): void =>
      found === undefined ? text(response, 404, "") : text(response, 200, found);
    if (!name.startsWith(ROLE)) return answer(all.get(name) ?? listing(all, name));
    void role().then(
      (credentials) => answer(roleDocument(credentials, name)),
      (error: unknown) => text(response, 500, String(error)),
    );
  };
}

function roleDocument(credentials: RoleCredentials | undefined, name: string): string | undefined {
  if (credentials === undefined) return undefined;
  const { role, ...keys } = credentials;
  if (name === ROLE || name === `${ROLE}/`) return role;
  if (name !== `${ROLE}/${role}`) return undefined;
  return JSON.stringify({ Code: "Success", LastUpdated: new Date().toISOString(), Type: "AWS-HMAC", ...keys });
}

/** A folder answers with its entries, folders with a slash behind their name. */
function listing(all: ReadonlyMap<string, string>, name: string): string | undefined {
  const folder = name.endsWith("/") ? name : `${name}/`;
  const below = [...all.keys()].filter((each) => each.startsWith(folder)).map((each) => each.slice(folder.length));
  if (below.length === 0) return undefined;
  return [...new Set(below.map((each) => each.replace(/\/.*/, "/")))].join("\n");
}
