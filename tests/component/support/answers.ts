/** What AWS and the tls provider would answer: only what the component reads. */
import * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";
import { join } from "node:path";

type Inputs = Readonly<Record<string, unknown>>;

/** A key and its certificate that never change, so that what depends on them can be compared between runs. */
const pair = JSON.parse(readFileSync(join(__dirname, "pair.json"), "utf8")) as {
  readonly certificate: string;
  readonly key: string;
};

/** Outputs of a resource beyond its inputs. */
export function computed(type: string, name: string, inputs: Inputs): Inputs {
  const physicalName = (inputs["name"] ?? name) as string;
  const arn = `arn:aws:test:us-east-1:123456789012:${type.split("/").pop() ?? ""}/${physicalName}`;
  switch (type) {
    case "tls:index/privateKey:PrivateKey":
      return { privateKeyPem: pulumi.secret(pair.key) };
    case "tls:index/selfSignedCert:SelfSignedCert":
      return { certPem: pair.certificate, validityStartTime: "2026-01-02T03:04:05.678901+00:00" };
    case "tls:index/certRequest:CertRequest":
      return { certRequestPem: "request" };
    case "tls:index/locallySignedCert:LocallySignedCert":
      return { certPem: pair.certificate };
    case "aws:s3/bucket:Bucket":
      return { bucket: `${String(inputs["bucketPrefix"])}0001`, arn };
    case "aws:lb/loadBalancer:LoadBalancer":
      return {
        arn: `arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/${physicalName}/1`,
        dnsName: `${physicalName}.elb.us-east-1.amazonaws.com`,
      };
    case "aws:ec2/launchTemplate:LaunchTemplate":
      return { arn, latestVersion: 1 };
    case "aws:sqs/queue:Queue":
      return { arn: `arn:aws:sqs:us-east-1:123456789012:${physicalName}`, url: `https://sqs/${physicalName}` };
    default:
      return { arn };
  }
}

export function lookedUp(token: string, inputs: Inputs): Inputs {
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId: "123456789012" };
    case "aws:ssm/getParameter:getParameter":
      return { value: `ami-of-${String(inputs["name"])}` };
    case "aws:ec2/getAmi:getAmi":
      return {
        id: amiOf(inputs),
        rootDeviceName: "/dev/sda1",
        blockDeviceMappings: [{ deviceName: "/dev/sda1", ebs: { volume_size: "8" } }],
        architecture: "",
        rootDeviceType: "ebs",
        state: "available",
      };
    case "aws:ec2/getNetworkInterfaces:getNetworkInterfaces":
      return { ids: ["eni-2", "eni-1"] };
    case "aws:ec2/getNetworkInterface:getNetworkInterface":
      return { privateIp: inputs["id"] === "eni-1" ? "172.20.1.1" : "172.20.2.2" };
    case "aws:route53/getZone:getZone":
      return { zoneId: inputs["zoneId"] ?? "Z0123456789ABCDEFGHIJ", name: inputs["name"] ?? "example.com" };
    default:
      throw new Error(`no answer to ${token}`);
  }
}

function amiOf(inputs: Inputs): string {
  const filters = inputs["filters"] as readonly { readonly name: string; readonly values: readonly string[] }[];
  return filters.map(({ values }) => values.join()).join();
}

/** What AWS answers to the look-ups of inputs, where nothing is wrong with those of the smallest cluster. */
export const lookUpAnswers: Readonly<Record<string, Inputs>> = {
  "aws:index/getRegion:getRegion": { region: "us-east-1" },
  "aws:index/getAvailabilityZones:getAvailabilityZones": { names: ["us-east-1a", "us-east-1b", "us-east-1c"] },
  "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": {
    instanceTypes: ["t3.medium"],
    locations: ["us-east-1a"],
  },
  "aws:ec2/getInstanceTypes:getInstanceTypes": { instanceTypes: ["t3.medium"] },
  "aws:ec2/getVpcs:getVpcs": { ids: [] },
  "aws:ebs/getEbsVolumes:getEbsVolumes": { ids: [] },
  "aws:autoscaling/getAmiIds:getAmiIds": { names: [] },
  "aws:resourcegroupstaggingapi/getResources:getResources": { resourceTagMappingLists: [] },
};
