/** What the look-ups ask of AWS, and in what form the answers come. `components/lookups` does the asking. */
import type { Architecture } from "../../model/instanceTypes";
import type { ImageQuery } from "../../model/images";

/**
 * `none`: AWS has no such thing. `several`: more than one fits. `unanswered`: AWS could not be asked, which whoever
 * asked has told the user; nothing is concluded from it.
 */
export type Answer<T> = { readonly found: T } | "none" | "several" | "unanswered";

export interface Offering {
  readonly instanceType: string;
  readonly zone: string;
}

export interface FoundImage {
  readonly id: string;
  /** As AWS names it, for example `x86_64`. */
  readonly architecture: string;
  readonly rootDeviceType: string;
  readonly rootDeviceName: string;
  /** GiB of the root device's snapshot; 0 where AWS does not tell. */
  readonly rootSize: number;
  readonly state: string;
}

export type HostedZoneQuery =
  { readonly id: string } | { readonly name: string; readonly isPrivate: boolean; readonly vpcId: string | undefined };

export interface FoundHostedZone {
  readonly name: string;
  readonly isPrivate: boolean;
}

export interface FoundVpc {
  readonly ranges: readonly string[];
  readonly dnsSupport: boolean;
  readonly dnsHostnames: boolean;
}

export interface FoundSubnet {
  readonly vpcId: string;
  readonly zone: string;
  readonly cidr: string;
  readonly freeAddresses: number;
  /** Keys of its tags. */
  readonly tags: readonly string[];
  /** The cluster that created it. */
  readonly cluster?: string | undefined;
}

export interface FoundNatGateway {
  readonly vpcId: string;
  readonly state: string;
  /** Of its elastic IP; empty for a private one. */
  readonly allocationId: string;
}

export interface FoundKey {
  readonly enabled: boolean;
  readonly state: string;
}

/** Each method is one call. `input` is the path of the input for whose sake it is made. */
export interface AwsQueries {
  /** Id of the account that the credentials are of. */
  account(): Promise<Answer<string>>;
  region(input: string): Promise<Answer<string>>;
  /** Names of the zones that are available and open to the account. */
  openZones(input: string): Promise<Answer<readonly string[]>>;
  offerings(instanceTypes: readonly string[], input: string): Promise<Answer<readonly Offering[]>>;
  /** Those of the types that have the architecture. */
  typesOfArchitecture(
    architecture: Architecture,
    instanceTypes: readonly string[],
    input: string,
  ): Promise<Answer<readonly string[]>>;
  /** The value of a parameter of Systems Manager. */
  parameter(name: string, input: string): Promise<Answer<string>>;
  image(query: Exclude<ImageQuery, { readonly parameter: string }>, input: string): Promise<Answer<FoundImage>>;
  hostedZone(query: HostedZoneQuery, input: string): Promise<Answer<FoundHostedZone>>;
  vpc(id: string, input: string): Promise<Answer<FoundVpc>>;
  internetGateway(vpcId: string, input: string): Promise<Answer<string>>;
  /** Ids. */
  subnetsOf(vpcId: string, input: string): Promise<Answer<readonly string[]>>;
  subnet(id: string, input: string): Promise<Answer<FoundSubnet>>;
  /** Of one that is not deleted: its id. */
  transitGateway(id: string, input: string): Promise<Answer<string>>;
  natGateway(id: string, input: string): Promise<Answer<FoundNatGateway>>;
  elasticIp(allocationId: string, input: string): Promise<Answer<{ readonly associated: boolean }>>;
  key(arn: string, input: string): Promise<Answer<FoundKey>>;
  /** Its fingerprint. */
  keyPair(name: string, input: string): Promise<Answer<string>>;
  securityGroup(id: string, input: string): Promise<Answer<{ readonly vpcId: string }>>;
  /** Ids of what a cluster of that name has. */
  vpcsOf(cluster: string, input: string): Promise<Answer<readonly string[]>>;
  natGatewaysOf(cluster: string, input: string): Promise<Answer<readonly string[]>>;
  etcdVolumesOf(cluster: string, input: string): Promise<Answer<readonly string[]>>;
  /** Names. */
  scalingGroupsOf(cluster: string, input: string): Promise<Answer<readonly string[]>>;
  /** Names of the buckets that the component created for it. */
  stateStoresOf(cluster: string, input: string): Promise<Answer<readonly string[]>>;
  /** Of an object in S3; never its content. */
  objectMetadata(
    object: { readonly bucket: string; readonly key: string },
    input: string,
  ): Promise<Answer<ObjectMetadata>>;
}

export interface ObjectMetadata {
  readonly metadata: Readonly<Record<string, string>>;
  readonly lastModified: string;
}

export function foundIn<T>(answer: Answer<T>): T | undefined {
  return typeof answer === "object" ? answer.found : undefined;
}
