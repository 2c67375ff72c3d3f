import type { AutoScaling } from "@aws-sdk/client-auto-scaling";
import type { EC2 } from "@aws-sdk/client-ec2";
import type { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { EventBridge } from "@aws-sdk/client-eventbridge";
import type { IAM } from "@aws-sdk/client-iam";
import type { Route53 } from "@aws-sdk/client-route-53";
import type { S3 } from "@aws-sdk/client-s3";
import type { SQS } from "@aws-sdk/client-sqs";
import type { SSM } from "@aws-sdk/client-ssm";
import type { STS } from "@aws-sdk/client-sts";

/** A failed call, told as what was asked, the error's code and its text. */
export class AwsError extends Error {
  constructor(
    service: string,
    operation: string,
    readonly code: string,
    text: string,
  ) {
    super(`${service} ${operation}: ${code}: ${text}`);
  }
}

/** Whether an error says that the thing is not there. */
export function isGone(error: unknown): boolean {
  return error instanceof AwsError && /NotFound|NoSuch|DoesNotExist|NonExistent|Gone|Malformed|^404$/.test(error.code);
}

/** The answer, or undefined when the thing is not there. */
export async function found<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** Deleting what is gone already has succeeded. */
export async function ignoreGone(answer: Promise<unknown>): Promise<void> {
  await found(answer);
}

export interface Settings {
  readonly region: string | undefined;
  readonly accessKeyId: string | undefined;
  readonly secretAccessKey: string | undefined;
  readonly sessionToken: string | undefined;
  /** Endpoint of a service, by the name that the provider's `endpoints` setting has for it. */
  readonly endpoint: (service: string) => string | undefined;
}

/** A resource with its tags, as the service for tags says it. */
export interface TaggedResource {
  readonly ResourceARN: string;
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
}

/** What KMS says of a key: the part that the provider's function gives back. */
export interface KeyMetadata {
  readonly Arn: string;
  readonly AWSAccountId: string;
  readonly Description: string;
  readonly Enabled: boolean;
  readonly KeyId: string;
  readonly KeyManager: string;
  readonly KeySpec: string;
  readonly KeyState: string;
  readonly KeyUsage: string;
  readonly MultiRegion: boolean;
  readonly Origin: string;
}

type Constructor<T> = new (config: object) => T;

/** What resource functions work with: clients of one region. Each SDK package is loaded when it is first used. */
export class Aws {
  readonly partition = "aws";
  constructor(
    private readonly settings: Settings,
    readonly region: string,
    private readonly cache: Map<string, unknown>,
  ) {}

  get ec2(): EC2 {
    return this.client("ec2", () => (require("@aws-sdk/client-ec2") as typeof import("@aws-sdk/client-ec2")).EC2);
  }
  get iam(): IAM {
    return this.client("iam", () => (require("@aws-sdk/client-iam") as typeof import("@aws-sdk/client-iam")).IAM);
  }
  get s3(): S3 {
    return this.client("s3", () => (require("@aws-sdk/client-s3") as typeof import("@aws-sdk/client-s3")).S3);
  }
  get elb(): ElasticLoadBalancingV2 {
    return this.client("elbv2", () => elbPackage().ElasticLoadBalancingV2);
  }
  get autoscaling(): AutoScaling {
    return this.client(
      "autoscaling",
      () => (require("@aws-sdk/client-auto-scaling") as typeof import("@aws-sdk/client-auto-scaling")).AutoScaling,
    );
  }
  get sqs(): SQS {
    return this.client("sqs", () => (require("@aws-sdk/client-sqs") as typeof import("@aws-sdk/client-sqs")).SQS);
  }
  get events(): EventBridge {
    return this.client(
      "eventbridge",
      () => (require("@aws-sdk/client-eventbridge") as typeof import("@aws-sdk/client-eventbridge")).EventBridge,
    );
  }
  get ssm(): SSM {
    return this.client("ssm", () => (require("@aws-sdk/client-ssm") as typeof import("@aws-sdk/client-ssm")).SSM);
  }
  get sts(): STS {
    return this.client("sts", () => (require("@aws-sdk/client-sts") as typeof import("@aws-sdk/client-sts")).STS);
  }
  get route53(): Route53 {
    return this.client(
      "route53",
      () => (require("@aws-sdk/client-route-53") as typeof import("@aws-sdk/client-route-53")).Route53,
    );
  }

  /** The account, asked once. */
  account(): Promise<string> {
    const known = this.cache.get("account") as Promise<string> | undefined;
    const asked = known ?? this.sts.getCallerIdentity({}).then((answer) => answer.Account ?? "");
    this.cache.set("account", asked);
    return asked;
  }

  async arn(service: string, rest: string): Promise<string> {
    return `arn:${this.partition}:${service}:${this.region}:${await this.account()}:${rest}`;
  }

  async describeKey(keyId: string): Promise<KeyMetadata> {
    const service = { endpoint: "kms", scope: "kms", target: "TrentService" };
    const { KeyMetadata } = await this.post<{ KeyMetadata: KeyMetadata }>(service, "DescribeKey", { KeyId: keyId });
    return KeyMetadata;
  }

  async taggedResources(query: object): Promise<readonly TaggedResource[]> {
    const service = {
      endpoint: "resourcegroupstaggingapi",
      scope: "tagging",
      target: "ResourceGroupsTaggingAPI_20170126",
    };
    const answer = await this.post<{ ResourceTagMappingList: TaggedResource[] }>(service, "GetResources", query);
    return answer.ResourceTagMappingList;
  }

  /**
   * An operation of a service without a client: a package for it would be for this alone. The simulated AWS knows the
   * service and the region by the scope of the signature, and does not check the signature itself.
   */
  private async post<T>(
    service: { readonly endpoint: string; readonly scope: string; readonly target: string },
    operation: string,
    body: object,
  ): Promise<T> {
    const { endpoint, accessKeyId } = this.access(service.endpoint);
    const scope = `${accessKeyId}/20260101/${this.region}/${service.scope}/aws4_request`;
    const response = await fetch(endpoint, {
      method: "POST",
      headers: {
        Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": `${service.target}.${operation}`,
      },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as T & { __type?: string; message?: string };
    if (!response.ok) {
      throw new AwsError(service.scope, operation, answer.__type ?? String(response.status), answer.message ?? "");
    }
    return answer;
  }

  private access(service: string): { endpoint: string; accessKeyId: string; secretAccessKey: string } {
    const endpoint = this.settings.endpoint(service);
    if (endpoint === undefined) {
      throw new Error(
        "the stand-in aws provider works on a simulated AWS only: set AWS_ENDPOINT_URL or the provider's endpoints (the local cloud's env file does), or install the real plugin",
      );
    }
    const { accessKeyId, secretAccessKey } = this.settings;
    if (accessKeyId === undefined || secretAccessKey === undefined) {
      throw new Error(
        "no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the provider's accessKey and secretKey",
      );
    }
    return { endpoint, accessKeyId, secretAccessKey };
  }

  private client<T extends object>(service: string, load: () => unknown): T {
    const key = `${service} ${this.region}`;
    const known = this.cache.get(key) as T | undefined;
    if (known !== undefined) return known;
    const { endpoint, accessKeyId, secretAccessKey } = this.access(service);
    const { sessionToken } = this.settings;
    const client = new (load() as Constructor<T>)({
      region: this.region,
      endpoint,
      credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
      forcePathStyle: true,
      // Pulumi's own makes 25. Five outlast a bad day here, and a simulator that is gone is said soon.
      maxAttempts: 5,
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
      requestHandler: { httpAgent: agent(), connectionTimeout: 5000, requestTimeout: 60000 },
    });
    const told = withTellingErrors(service, client);
    this.cache.set(key, told);
    return told;
  }
}

function elbPackage(): typeof import("@aws-sdk/client-elastic-load-balancing-v2") {
  return require("@aws-sdk/client-elastic-load-balancing-v2") as typeof import("@aws-sdk/client-elastic-load-balancing-v2");
}

let shared: import("node:http").Agent | undefined;
function agent(): import("node:http").Agent {
  shared ??= new (require("node:http") as typeof import("node:http")).Agent({ keepAlive: true, maxSockets: 32 });
  return shared;
}

/** Every operation of the client, failing with an AwsError. */
function withTellingErrors<T extends object>(service: string, client: T): T {
  return new Proxy(client, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (typeof member !== "function" || typeof name !== "string") return member;
      const operation = name.charAt(0).toUpperCase() + name.slice(1);
      return async (...args: unknown[]): Promise<unknown> => {
        try {
          return await (member as (...all: unknown[]) => Promise<unknown>).apply(target, args);
        } catch (error) {
          const {
            name: kind,
            Code,
            code,
            message,
          } = error as { name?: string; Code?: string; code?: string; message?: string };
          // Answers without a body (HEAD) have no code but the status.
          const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
          const named =
            Code ??
            (kind === undefined || kind === "Error" || kind === "Unknown"
              ? (code ?? String(status ?? "Unknown"))
              : kind);
          const said = message === "UnknownError" || !message ? `status ${status ?? "none"}` : message;
          throw new AwsError(
            service,
            operation,
            named,
            said.includes("parse error")
              ? "the simulated AWS failed inside: see logs/aws.log of the local cloud"
              : said,
          );
        }
      };
    },
  });
}
