import type { ProviderArgs } from "@pulumi/aws/provider";
import { type Leaf, type Provider, type Rules, unsupported, update } from "../host/rules";
import { Aws, type Settings } from "./clients";
import { accountFunctions } from "./functions/account";
import { ec2Functions } from "./functions/ec2";
import { ec2ListFunctions } from "./functions/ec2Lists";
import { gatewayFunctions } from "./functions/gateways";
import { otherFunctions } from "./functions/other";
import { autoscalingTypes } from "./resources/autoscaling";
import { dnsTypes } from "./resources/dns";
import { gatewayTypes } from "./resources/gateways";
import { iamTypes } from "./resources/iam";
import { instanceTypes } from "./resources/instances";
import { launchTemplateTypes } from "./resources/launchTemplate";
import { loadBalancingTypes } from "./resources/loadBalancing";
import { messagingTypes } from "./resources/messaging";
import { networkTypes } from "./resources/network";
import { bucketTypes } from "./resources/buckets";
import { bucketObjectTypes } from "./resources/bucketObject";
import { securityGroupTypes } from "./resources/securityGroups";

/** The pinned package: the answer must be the version whose types the table was checked against. */
const { version } = require("@pulumi/aws/package.json") as { version: string };

/** Settings that only matter on the real AWS are taken and have nothing to do here. */
const config: Omit<Rules<ProviderArgs>, "endpoints" | "defaultTags"> & { endpoints: Leaf; defaultTags: Leaf } = {
  accessKey: update,
  secretKey: update,
  token: update,
  region: update,
  endpoints: update,
  defaultTags: update,
  profile: update,
  skipCredentialsValidation: update,
  skipMetadataApiCheck: update,
  skipRegionValidation: update,
  skipRequestingAccountId: update,
  s3UsePathStyle: update,
  s3UsEast1RegionalEndpoint: update,
  maxRetries: update,
  retryMode: update,
  insecure: update,
  stsRegion: update,
  userAgents: update,
  tokenBucketRateLimiterCapacity: update,
  useDualstackEndpoint: update,
  useFipsEndpoint: update,
  httpProxy: update,
  httpsProxy: update,
  noProxy: update,
  ec2MetadataServiceEndpoint: update,
  ec2MetadataServiceEndpointMode: update,
  tagPolicyCompliance: unsupported,
  allowedAccountIds: unsupported,
  forbiddenAccountIds: unsupported,
  assumeRoleWithWebIdentity: unsupported,
  assumeRoles: unsupported,
  customCaBundle: unsupported,
  ignoreTags: unsupported,
  sharedConfigFiles: unsupported,
  sharedCredentialsFiles: unsupported,
};

interface Configured {
  settings: Settings;
  defaultTags: Record<string, string>;
}

function read(values: Readonly<Record<string, unknown>>, env: NodeJS.ProcessEnv): Configured {
  const text = (name: string, ...variables: string[]): string | undefined => {
    const given = values[name];
    if (typeof given === "string" && given !== "") return given;
    return variables.map((variable) => env[variable]).find((value) => value !== undefined && value !== "");
  };
  const endpoints = Object.assign({}, ...((values["endpoints"] as object[] | undefined) ?? [])) as Record<
    string,
    string
  >;
  const tags = (values["defaultTags"] as { tags?: Record<string, string> } | undefined)?.tags ?? {};
  const settings: Settings = {
    region: text("region", "AWS_REGION", "AWS_DEFAULT_REGION"),
    accessKeyId: text("accessKey", "AWS_ACCESS_KEY_ID"),
    secretAccessKey: text("secretKey", "AWS_SECRET_ACCESS_KEY"),
    sessionToken: text("token", "AWS_SESSION_TOKEN"),
    endpoint: (service) =>
      endpoints[service] ?? env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? env["AWS_ENDPOINT_URL"],
  };
  return { settings, defaultTags: tags };
}

export function awsProvider(env: NodeJS.ProcessEnv): Provider<Aws> {
  let configured = read({}, env);
  const cache = new Map<string, unknown>();
  return {
    name: "aws",
    version,
    config,
    resources: {
      ...networkTypes,
      ...gatewayTypes,
      ...securityGroupTypes,
      ...instanceTypes,
      ...launchTemplateTypes,
      ...autoscalingTypes,
      ...loadBalancingTypes,
      ...iamTypes,
      ...bucketTypes,
      ...bucketObjectTypes,
      ...messagingTypes,
      ...dnsTypes,
    },
    invokes: { ...accountFunctions, ...ec2Functions, ...ec2ListFunctions, ...gatewayFunctions, ...otherFunctions },
    configure: (values) => {
      configured = read(values, env);
      cache.clear();
    },
    // The real provider merges its default tags into each resource's inputs before it checks them.
    adjust: (type, inputs) => {
      const takesTags = type.rules["tags"] !== undefined && type.rules["tags"].fields === undefined;
      if (!takesTags || Object.keys(configured.defaultTags).length === 0) return inputs;
      const own = inputs["tags"];
      if (own !== undefined && (typeof own !== "object" || own === null)) return inputs;
      return { ...inputs, tags: { ...configured.defaultTags, ...own } };
    },
    context: (inputs) => {
      const region = typeof inputs["region"] === "string" ? inputs["region"] : configured.settings.region;
      if (region === undefined) throw new Error("no AWS region: set AWS_REGION or the provider's region");
      return new Aws(configured.settings, region, cache);
    },
  };
}
