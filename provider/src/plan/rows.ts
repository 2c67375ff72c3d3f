/**
 * What planning hands to `components/`: one plain row per AWS resource. `key` is the suffix of the resource's logical
 * name and never changes for the same thing; rows point at each other by `ref`. Nothing in a row waits for AWS, save
 * what is a function of facts and the user's own late values.
 */
import type { Input } from "../schema/input";
import type { ServiceAccount } from "../model/cluster";
import type { PolicyDocument } from "../model/policyDocument";
import type { Tags } from "../model/tags";

interface Row {
  /** Suffix of the logical name, for example `subnet-us-east-1a`. */
  readonly key: string;
}

interface TaggedRow extends Row {
  readonly tags: Tags;
}

// ---- network ----

export interface NetworkRows {
  readonly vpc: VpcRow;
  /** Absent in an existing VPC. */
  readonly dhcpOptions: DhcpOptionsRow | undefined;
  /** Absent where no subnet is made here. */
  readonly internetGateway: InternetGatewayRow | undefined;
  readonly subnets: readonly SubnetRow[];
  readonly elasticIps: readonly ElasticIpRow[];
  readonly natGateways: readonly NatGatewayRow[];
  readonly routeTables: readonly RouteTableRow[];
  readonly routes: readonly RouteRow[];
  readonly routeTableAssociations: readonly RouteTableAssociationRow[];
}

export interface VpcRow extends TaggedRow {
  /** Present: an existing VPC, which gets no tags and no attributes from us. */
  readonly existingId: Input<string> | undefined;
  readonly cidrBlock: string;
  readonly enableDnsSupport: boolean;
  readonly enableDnsHostnames: boolean;
  /** kOps associates an Amazon-provided IPv6 block with every VPC that it makes. */
  readonly assignGeneratedIpv6CidrBlock: boolean;
}

export interface DhcpOptionsRow extends TaggedRow {
  readonly domainName: string;
  readonly domainNameServers: readonly string[];
  /** Logical suffix of the association with the VPC. */
  readonly associationKey: string;
}

export interface InternetGatewayRow extends TaggedRow {
  /** True: look the one of the existing VPC up instead of making it. */
  readonly existing: boolean;
}

export interface SubnetRow extends TaggedRow {
  /** kOps subnet name. */
  readonly ref: string;
  /** Present: an existing subnet; its tags are put on it one by one. */
  readonly existingId: Input<string> | undefined;
  readonly availabilityZone: string;
  readonly cidrBlock: string;
  /** kOps "ResourceBasedNaming": hostname type resource-name and a DNS A record for it. */
  readonly privateDnsHostnameTypeOnLaunch: "resource-name";
  readonly enableResourceNameDnsARecordOnLaunch: boolean;
}

export interface ElasticIpRow extends TaggedRow {
  /** Zone. */
  readonly ref: string;
}

export interface NatGatewayRow extends TaggedRow {
  /** Zone. */
  readonly ref: string;
  readonly elasticIp: string;
  readonly subnet: string;
}

export interface RouteTableRow extends TaggedRow {
  /** `public`, or `private-<zone>`. */
  readonly ref: string;
}

export interface RouteRow extends Row {
  readonly routeTable: string;
  readonly destination: { readonly cidrBlock: string } | { readonly ipv6CidrBlock: string };
  readonly target: "internetGateway" | { readonly natGateway: string };
}

export interface RouteTableAssociationRow extends Row {
  readonly routeTable: string;
  readonly subnet: string;
}

// ---- firewall ----

export type SecurityGroupRef = "controlPlane" | "nodes" | "api" | "bastion" | "bastionLoadBalancer";

export interface FirewallRows {
  readonly securityGroups: readonly SecurityGroupRow[];
  readonly ingressRules: readonly SecurityGroupRuleRow[];
  readonly egressRules: readonly SecurityGroupRuleRow[];
}

export interface SecurityGroupRow extends TaggedRow {
  readonly ref: SecurityGroupRef;
  readonly name: string;
  readonly description: string;
}

export interface SecurityGroupRuleRow extends Row {
  readonly securityGroup: SecurityGroupRef;
  /** Where the traffic comes from (ingress) or goes to (egress). */
  readonly peer:
    | { readonly cidrIpv4: string }
    | { readonly cidrIpv6: string }
    | { readonly prefixListId: string }
    | { readonly securityGroup: SecurityGroupRef };
  /** `-1` for all protocols, and then without ports. */
  readonly ipProtocol: "-1" | "tcp" | "udp" | "icmp" | "icmpv6" | "4";
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  /** Undefined: kOps leaves this rule without tags. */
  readonly tags: Tags | undefined;
}

// ---- permissions ----

export interface IamRows {
  readonly oidcProvider: OidcProviderRow;
  readonly roles: readonly RoleRow[];
  readonly inlinePolicies: readonly InlinePolicyRow[];
  readonly policyAttachments: readonly PolicyAttachmentRow[];
  readonly instanceProfiles: readonly InstanceProfileRow[];
}

/** Its URL is the issuer. */
export interface OidcProviderRow extends TaggedRow {
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
}

/** `controlPlane`, `nodes`, `bastion`, or `<namespace>/<name>` of a service account. */
export type RoleRef = string;

export interface RoleRow extends TaggedRow {
  readonly ref: RoleRef;
  readonly name: string;
  /** Present: the role of a service account. */
  readonly serviceAccount: ServiceAccount | undefined;
  /** Whether the user asked for it (serviceAccountRoles). */
  readonly isUsers: boolean;
  readonly assumeRolePolicy: PolicyDocument;
}

export interface InlinePolicyRow extends Row {
  readonly role: RoleRef;
  readonly name: string;
  readonly document: PolicyDocument;
}

export interface PolicyAttachmentRow extends Row {
  readonly role: RoleRef;
  readonly policyArn: Input<string>;
}

export interface InstanceProfileRow extends TaggedRow {
  /** The role's ref as well. */
  readonly ref: "controlPlane" | "nodes" | "bastion";
  readonly name: string;
}

// ---- etcd ----

export interface VolumeRow extends TaggedRow {
  /** `<etcd cluster>/<member>`. */
  readonly ref: string;
  readonly availabilityZone: string;
  readonly size: number;
  readonly type: string;
  readonly iops: number | undefined;
  readonly throughput: number | undefined;
  readonly encrypted: boolean;
  readonly kmsKeyId: Input<string> | undefined;
}

// ---- API load balancer ----

export interface ApiLoadBalancerRows {
  readonly loadBalancer: LoadBalancerRow;
  readonly targetGroups: readonly TargetGroupRow[];
  readonly listeners: readonly ListenerRow[];
}

export interface LoadBalancerRow extends TaggedRow {
  /** At most 32 characters. */
  readonly name: string;
  readonly loadBalancerType: "network";
  readonly internal: boolean;
  readonly ipAddressType: "ipv4" | "dualstack";
  readonly enableCrossZoneLoadBalancing: boolean;
  /** One per zone. */
  readonly subnets: readonly string[];
  readonly securityGroups: readonly SecurityGroupRef[];
}

export type TargetGroupRef = "tcp" | "kops-controller" | "bastion";

export interface TargetGroupRow extends TaggedRow {
  readonly ref: TargetGroupRef;
  /** At most 32 characters. */
  readonly name: string;
  readonly protocol: "TCP";
  readonly port: number;
  /** Attributes. */
  readonly connectionTermination: boolean;
  readonly deregistrationDelay: number;
  readonly healthCheck: {
    readonly protocol: "TCP" | "HTTPS";
    readonly path: string | undefined;
    readonly interval: number;
    readonly healthyThreshold: number;
    readonly unhealthyThreshold: number;
  };
}

/** kOps puts no tags on listeners. */
export interface ListenerRow extends Row {
  readonly port: number;
  readonly protocol: "TCP";
  readonly targetGroup: TargetGroupRef;
}

// ---- control plane ----

export interface ControlPlaneRows {
  /** Absent without an SSH key. */
  readonly keyPair: KeyPairRow | undefined;
  readonly launchTemplates: readonly LaunchTemplateRow[];
  readonly autoscalingGroups: readonly AutoscalingGroupRow[];
}

export interface KeyPairRow extends TaggedRow {
  readonly publicKey: Input<string>;
  /** The physical name holds the key's fingerprint. */
  name(publicKey: string): string;
}

export interface LaunchTemplateRow extends TaggedRow {
  /** Group name. */
  readonly ref: string;
  readonly name: string;
  /** Of instances, volumes and network interfaces; each gets the same. */
  readonly instanceTags: Tags;
  readonly taggedResourceTypes: readonly ("instance" | "volume" | "network-interface")[];
  /** AMI selector as kOps takes it: `ami-…`, `ssm:<parameter>`, `<name>` or `<owner>/<name>`. */
  readonly image: string;
  readonly instanceType: string;
  readonly instanceProfile: InstanceProfileRow["ref"];
  /** Its device name is the image's root device. */
  readonly rootVolume: RootDeviceRow;
  readonly metadataOptions: {
    readonly httpTokens: "required" | "optional";
    readonly httpPutResponseHopLimit: number;
    readonly httpProtocolIpv6: "disabled" | "enabled";
  };
  readonly networkInterface: {
    readonly associatePublicIpAddress: boolean;
    readonly deleteOnTermination: boolean;
    readonly deviceIndex: number;
    readonly ipv6AddressCount: number;
    readonly securityGroups: readonly SecurityGroupRef[];
    readonly additionalSecurityGroupIds: readonly Input<string>[];
  };
  readonly monitoring: boolean;
  readonly disableApiTermination: boolean;
}

export interface RootDeviceRow {
  readonly size: number;
  readonly type: string;
  readonly iops: number | undefined;
  readonly throughput: number | undefined;
  readonly encrypted: boolean;
  readonly kmsKeyId: Input<string> | undefined;
  readonly deleteOnTermination: boolean;
}

export interface AutoscalingGroupRow extends TaggedRow {
  /** Group name; the launch template's ref as well. */
  readonly ref: string;
  readonly name: string;
  readonly minSize: number;
  readonly maxSize: number;
  readonly launchTemplateVersion: "$Latest";
  readonly subnets: readonly string[];
  readonly targetGroups: readonly TargetGroupRef[];
  readonly propagateTagsAtLaunch: boolean;
  readonly enabledMetrics: readonly string[];
  readonly metricsGranularity: "1Minute";
  readonly suspendedProcesses: readonly string[];
  readonly protectFromScaleIn: boolean;
}

// ---- bastion ----

export interface BastionRows {
  readonly loadBalancer: LoadBalancerRow;
  readonly targetGroup: TargetGroupRow;
  readonly listener: ListenerRow;
  readonly launchTemplate: LaunchTemplateRow;
  readonly autoscalingGroup: AutoscalingGroupRow;
}

// ---- DNS ----

export interface DnsRows {
  readonly zone: { readonly id: string } | { readonly name: string; readonly isPrivate: boolean };
  /** Present: a private zone that our VPC must be made to see. */
  readonly associationKey: string | undefined;
  /** A private zone that an existing VPC sees already. */
  readonly isInExistingVpc: boolean;
  /** Of the API, and those that dns-controller keeps. */
  readonly records: readonly RecordRow[];
  readonly bastionRecords: readonly RecordRow[];
}

export interface RecordRow extends Row {
  readonly name: string;
  readonly type: "A" | "AAAA";
  /** A load balancer, or what stands there until dns-controller writes its own. */
  readonly target: "loadBalancer" | { readonly address: string; readonly ttl: number };
}

// ---- interruption ----

export interface InterruptionRows {
  readonly queue: QueueRow;
  readonly rules: readonly EventRuleRow[];
}

export interface QueueRow extends TaggedRow {
  readonly name: string;
  readonly messageRetentionSeconds: number;
  readonly sqsManagedSseEnabled: boolean;
  readonly policyKey: string;
  policy(queueArn: string): string;
}

export interface EventRuleRow extends TaggedRow {
  readonly ref: string;
  readonly name: string;
  readonly description: string;
  /** JSON. */
  readonly eventPattern: string;
  /** Logical suffix of its one target, the queue. */
  readonly targetKey: string;
  readonly targetId: string;
}
