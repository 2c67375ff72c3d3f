/** EC2 as far as the sweep of Karpenter's machines talks to it, and STS as far as its credentials come from there. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export type State = "running" | "shutting-down";
export type Instances = Readonly<Record<string, State>>;

/** An error of EC2 (`code`), or a connection that is closed amid the answer. */
export type Fault = { readonly status: number; readonly code: string } | "cut";

const settings = ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] as const;

export class Ec2 {
  /** Ids of each call of TerminateInstances. */
  readonly terminated: string[][] = [];
  /** Filters of the last DescribeInstances: values by name. */
  filters: Readonly<Record<string, readonly string[]>> = {};
  /** Each call: the action, who made it by their access key, and where STS was asked for, which role. */
  readonly calls: string[] = [];
  /** Launch templates that Karpenter made. */
  templates: readonly string[] = ["lt-1"];
  /** Network interfaces that no instance has, and the filters that they were looked for with. */
  interfaces: readonly string[] = ["eni-1", "eni-2"];
  interfaceFilters: Ec2["filters"] = {};
  /** Asked before every call: by action and the id that it names, if it names one alone. */
  fault: (action: string, id: string | undefined) => Fault | undefined = () => undefined;
  private readonly before = settings.map((name) => process.env[name]);

  private constructor(private readonly server: Server) {}

  /** Each look sees the next of these; the last stays. */
  static async start(...looks: readonly Instances[]): Promise<Ec2> {
    const left = [...looks];
    const server = createServer();
    const ec2 = new Ec2(server);
    server.on("request", (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const asked = new URLSearchParams(Buffer.concat(chunks).toString());
        const action = asked.get("Action") ?? "";
        const ids = [...asked]
          .filter(([name]) => /^(InstanceId\.|LaunchTemplateId$|NetworkInterfaceId$)/.test(name))
          .map(([, id]) => id);
        const key = /Credential=([^/]+)/.exec(request.headers.authorization ?? "")?.[1] ?? "nobody";
        ec2.calls.push([action, `by ${key}`, asked.get("RoleArn")].filter((part) => part !== null).join(" "));
        const fault = ec2.fault(action, ids.length === 1 ? ids[0] : undefined);
        if (fault === "cut") {
          response.writeHead(200, { "content-length": 1000 });
          response.write("<DescribeIns", () => request.socket.destroy());
          return;
        }
        response.writeHead(fault?.status ?? 200, { "content-type": "text/xml", connection: "close" });
        if (fault !== undefined) {
          response.end(failed(fault.code));
          return;
        }
        if (action.startsWith("AssumeRole")) {
          response.end(credentialsOf(action, asked.get("RoleArn") ?? ""));
          return;
        }
        if (action === "TerminateInstances") {
          ec2.terminated.push(ids);
          response.end("<TerminateInstancesResponse/>");
          return;
        }
        if (action === "DescribeLaunchTemplates") {
          response.end(templatesDescribed(ec2.templates));
          return;
        }
        if (action === "DeleteLaunchTemplate") {
          ec2.templates = ec2.templates.filter((id) => !ids.includes(id));
          response.end("<DeleteLaunchTemplateResponse/>");
          return;
        }
        if (action === "DescribeNetworkInterfaces") {
          ec2.interfaceFilters = filtersOf(asked);
          response.end(interfacesDescribed(ec2.interfaces));
          return;
        }
        if (action === "DeleteNetworkInterface") {
          ec2.interfaces = ec2.interfaces.filter((id) => !ids.includes(id));
          response.end("<DeleteNetworkInterfaceResponse/>");
          return;
        }
        ec2.filters = filtersOf(asked);
        response.end(described((left.length > 1 ? left.shift() : left[0]) ?? {}));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const values = [ec2.url, "environment", "test"];
    settings.forEach((name, index) => (process.env[name] = values[index]));
    return ec2;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  stop(): Promise<void> {
    settings.forEach((name, index) => {
      const value = this.before[index];
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    });
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
  }
}

/** The access key is the role's name. */
function credentialsOf(action: string, roleArn: string): string {
  const keys =
    `<AccessKeyId>${roleArn.split("/").pop() ?? ""}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>` +
    `<SessionToken>t</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration>`;
  return `<${action}Response><${action}Result><Credentials>${keys}</Credentials></${action}Result></${action}Response>`;
}

function failed(code: string): string {
  const error = `<Error><Code>${code}</Code><Message>as the test wants it</Message></Error>`;
  return `<Response><Errors>${error}</Errors><RequestID>r-1</RequestID></Response>`;
}

function filtersOf(asked: URLSearchParams): Ec2["filters"] {
  const names = [...asked].filter(([key]) => /^Filter\.\d+\.Name$/.test(key));
  return Object.fromEntries(
    names.map(([key, name]) => {
      const prefix = key.replace(/Name$/, "Value.");
      return [name, [...asked].filter(([each]) => each.startsWith(prefix)).map(([, value]) => value)];
    }),
  );
}

function described(instances: Instances): string {
  const each = Object.entries(instances).map(
    ([id, state]) =>
      `<item><instancesSet><item><instanceId>${id}</instanceId>` +
      `<instanceState><name>${state}</name></instanceState></item></instancesSet></item>`,
  );
  return `<DescribeInstancesResponse><reservationSet>${each.join("")}</reservationSet></DescribeInstancesResponse>`;
}

function templatesDescribed(ids: readonly string[]): string {
  const each = ids.map((id) => `<item><launchTemplateId>${id}</launchTemplateId></item>`);
  return `<DescribeLaunchTemplatesResponse><launchTemplates>${each.join("")}</launchTemplates></DescribeLaunchTemplatesResponse>`;
}

function interfacesDescribed(ids: readonly string[]): string {
  const each = ids.map((id) => `<item><networkInterfaceId>${id}</networkInterfaceId></item>`);
  return `<DescribeNetworkInterfacesResponse><networkInterfaceSet>${each.join("")}</networkInterfaceSet></DescribeNetworkInterfacesResponse>`;
}
