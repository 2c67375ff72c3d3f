/** Names and figures of AWS itself. */
import type { Partition } from "./cluster";

/** The service's name carries the partition's domain (kops pkg/model/awsmodel/iam.go:423). */
export function ec2ServicePrincipal(partition: Partition): string {
  return partition === "aws-cn" ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com";
}

export function internalDomainName(region: string): string {
  return region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`;
}

/** The driver's name in Kubernetes. */
export const ebsDriver = "ebs.csi.aws.com";

/** Who an OpenID Connect token of a service account is for. */
export const oidcAudience = "amazonaws.com";

export const anyIpv4 = "0.0.0.0/0";
export const anyIpv6 = "::/0";

/** Path-MTU discovery: ICMP type 3 (unreachable), code 4; for ICMPv6 every type. */
export const pmtu = { icmpType: 3, icmpCode: 4, icmpv6: -1 } as const;

/** Characters of an IAM role's inline policies together, white space not counted. */
export const inlinePolicyLimit = 10_240;

/** Accounts of image publishers, by the aliases that kOps takes (kops upup/pkg/fi/cloudup/awsup/aws_cloud.go:114 and :1951). */
const imageOwners: Readonly<Record<string, string>> = {
  amazon: "137112412989",
  "amazon.com": "137112412989",
  debian: "136693071363",
  debian11: "136693071363",
  flatcar: "075585003325",
  redhat: "309956199498",
  "redhat.com": "309956199498",
  ubuntu: "099720109477",
  rocky: "792107900819",
  rockylinux: "792107900819",
};

/** The account behind an image owner's alias; any other owner as it is. */
export function imageOwner(owner: string): string {
  return imageOwners[owner] ?? owner;
}

export function ec2Arn(partition: Partition, resource: string, region = "*"): string {
  return `arn:${partition}:ec2:${region}:*:${resource}/*`;
}

export function s3Arn(partition: Partition, path: string): string {
  return `arn:${partition}:s3:::${path}`;
}
