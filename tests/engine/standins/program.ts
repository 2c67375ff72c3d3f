import * as pulumi from "@pulumi/pulumi";
import { Group } from "@pulumi/aws/autoscaling/group";
import { LifecycleHook } from "@pulumi/aws/autoscaling/lifecycleHook";
import { Volume } from "@pulumi/aws/ebs/volume";
import { Eip } from "@pulumi/aws/ec2/eip";
import { getAmiOutput } from "@pulumi/aws/ec2/getAmi";
import { getNetworkInterfacesOutput } from "@pulumi/aws/ec2/getNetworkInterfaces";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway";
import { KeyPair } from "@pulumi/aws/ec2/keyPair";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate";
import { NatGateway } from "@pulumi/aws/ec2/natGateway";
import { Route } from "@pulumi/aws/ec2/route";
import { RouteTable } from "@pulumi/aws/ec2/routeTable";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { SecurityGroupRule } from "@pulumi/aws/ec2/securityGroupRule";
import { Subnet } from "@pulumi/aws/ec2/subnet";
import { Vpc } from "@pulumi/aws/ec2/vpc";
import { VpcDhcpOptions } from "@pulumi/aws/ec2/vpcDhcpOptions";
import { VpcDhcpOptionsAssociation } from "@pulumi/aws/ec2/vpcDhcpOptionsAssociation";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { InstanceProfile } from "@pulumi/aws/iam/instanceProfile";
import { OpenIdConnectProvider } from "@pulumi/aws/iam/openIdConnectProvider";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import { Listener } from "@pulumi/aws/lb/listener";
import { LoadBalancer } from "@pulumi/aws/lb/loadBalancer";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup";
import { Provider } from "@pulumi/aws/provider";
import { Record as DnsRecord } from "@pulumi/aws/route53/record";
import { Zone } from "@pulumi/aws/route53/zone";
import { Bucket } from "@pulumi/aws/s3/bucket";
import { BucketObjectv2 } from "@pulumi/aws/s3/bucketObjectv2";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning";
import { getParameterOutput } from "@pulumi/aws/ssm/getParameter";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import { interruption } from "./interruption";
import { keys } from "./keys";
import { tags } from "./tags";

/** What a run may vary, to see updates and replacements. */
export interface Variation {
  readonly roleDescription?: string;
  readonly subnetZone?: string;
  readonly userData?: string;
  readonly objectText?: string;
}

const allow = (service: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
const permit = (action: string): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] });

function network(variation: Variation) {
  const vpc = new Vpc("vpc", {
    cidrBlock: "172.20.0.0/16",
    enableDnsHostnames: true,
    enableDnsSupport: true,
    tags: tags("vpc"),
  });
  const dhcp = new VpcDhcpOptions("dhcp", {
    domainName: "ec2.internal",
    domainNameServers: ["AmazonProvidedDNS"],
    tags: tags("dhcp"),
  });
  new VpcDhcpOptionsAssociation("dhcp", { vpcId: vpc.id, dhcpOptionsId: dhcp.id });
  const subnet = new Subnet("subnet", {
    vpcId: vpc.id,
    cidrBlock: "172.20.0.0/17",
    availabilityZone: variation.subnetZone ?? "us-east-1a",
    privateDnsHostnameTypeOnLaunch: "resource-name",
    enableResourceNameDnsARecordOnLaunch: true,
    tags: tags("subnet"),
  });
  const gateway = new InternetGateway("gateway", { vpcId: vpc.id, tags: tags("gateway") });
  const table = new RouteTable("table", { vpcId: vpc.id, tags: tags("table") });
  new Route("route", { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id });
  new Route("route6", { routeTableId: table.id, destinationIpv6CidrBlock: "::/0", gatewayId: gateway.id });
  new RouteTableAssociation("association", { routeTableId: table.id, subnetId: subnet.id });
  const address = new Eip("nat", { domain: "vpc", tags: tags("nat") });
  new NatGateway("nat", { allocationId: address.id, subnetId: subnet.id, tags: tags("nat") });
  return { vpc, subnet };
}

function security(vpcId: pulumi.Input<string>) {
  const masters = new SecurityGroup("masters", {
    vpcId,
    name: "masters.c.example.com",
    description: "Security group for masters",
    tags: tags("m"),
  });
  const nodes = new SecurityGroup("nodes", {
    vpcId,
    name: "nodes.c.example.com",
    description: "Security group for nodes",
    tags: tags("n"),
  });
  const all = { protocol: "-1", fromPort: 0, toPort: 0 };
  for (const [name, group] of Object.entries({ masters, nodes })) {
    new SecurityGroupRule(`${name}-egress`, {
      type: "egress",
      securityGroupId: group.id,
      ...all,
      cidrBlocks: ["0.0.0.0/0"],
    });
    new SecurityGroupRule(`${name}-egress6`, {
      type: "egress",
      securityGroupId: group.id,
      ...all,
      ipv6CidrBlocks: ["::/0"],
    });
    new SecurityGroupRule(`${name}-self`, { type: "ingress", securityGroupId: group.id, ...all, self: true });
    new SecurityGroupRule(`${name}-ssh`, {
      type: "ingress",
      securityGroupId: group.id,
      protocol: "tcp",
      fromPort: 22,
      toPort: 22,
      cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"],
    });
  }
  const between = { type: "ingress", securityGroupId: masters.id, sourceSecurityGroupId: nodes.id };
  new SecurityGroupRule("nodes-to-masters", { ...between, protocol: "tcp", fromPort: 1, toPort: 2379 });
  new SecurityGroupRule("nodes-to-masters-udp", { ...between, protocol: "udp", fromPort: 1, toPort: 65535 });
  new SecurityGroupIngressRule("api", {
    securityGroupId: masters.id,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIpv4: "0.0.0.0/0",
    tags: tags("api"),
  });
  new SecurityGroupIngressRule("api6", {
    securityGroupId: masters.id,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIpv6: "::/0",
  });
  new SecurityGroupIngressRule("icmp", {
    securityGroupId: masters.id,
    ipProtocol: "icmp",
    fromPort: 3,
    toPort: 4,
    cidrIpv4: "0.0.0.0/0",
  });
  new SecurityGroupIngressRule("all", {
    securityGroupId: masters.id,
    ipProtocol: "-1",
    referencedSecurityGroupId: nodes.id,
  });
  new SecurityGroupEgressRule("out", {
    securityGroupId: nodes.id,
    ipProtocol: "tcp",
    fromPort: 53,
    toPort: 53,
    cidrIpv4: "10.0.0.0/8",
  });
  return { masters, nodes };
}

function identities(variation: Variation) {
  const role = new Role("masters", {
    name: "masters.c.example.com",
    assumeRolePolicy: allow("ec2.amazonaws.com"),
    description: variation.roleDescription ?? "control plane",
    tags: tags("masters"),
  });
  new RolePolicy("masters", { role: role.name, name: "masters.c.example.com", policy: permit("ec2:Describe*") });
  new RolePolicyAttachment("masters", {
    role: role.name,
    policyArn: "arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess",
  });
  const profile = new InstanceProfile("masters", {
    name: "masters.c.example.com",
    role: role.name,
    tags: tags("masters"),
  });
  const oidc = new OpenIdConnectProvider("oidc", {
    url: "https://discovery.s3.us-east-1.amazonaws.com/c.example.com",
    clientIdLists: ["amazonaws.com"],
    thumbprintLists: ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280", "a9d53002e97e00e043244f3d170d6f4c414104fd"],
    tags: tags("oidc"),
  });
  return { role, profile, oidc };
}

function storage(variation: Variation) {
  const bucket = new Bucket("state", { forceDestroy: true, tags: tags("state") });
  new BucketVersioning("state", { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } });
  const byDefault = { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
  new BucketServerSideEncryptionConfiguration("state", { bucket: bucket.bucket, rules: [byDefault] });
  const block = new BucketPublicAccessBlock("state", {
    bucket: bucket.bucket,
    blockPublicAcls: false,
    ignorePublicAcls: false,
    blockPublicPolicy: false,
  });
  const owner = new BucketOwnershipControls("state", {
    bucket: bucket.bucket,
    rule: { objectOwnership: "BucketOwnerPreferred" },
  });
  const policy = bucket.arn.apply((arn) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${arn}/open/*` }],
    }),
  );
  new BucketPolicy("state", { bucket: bucket.bucket, policy }, { dependsOn: [block] });
  new BucketObjectv2("plain", {
    bucket: bucket.bucket,
    key: "c/config",
    content: variation.objectText ?? "kind: Cluster\n",
    contentType: "text/plain",
  });
  new BucketObjectv2("empty", { bucket: bucket.bucket, key: "c/empty", content: "" });
  new BucketObjectv2(
    "public",
    { bucket: bucket.bucket, key: "open/jwks", content: "{}", acl: "public-read" },
    { dependsOn: [owner, block] },
  );
  new BucketObjectv2("hidden", { bucket: bucket.bucket, key: "c/secret", content: pulumi.secret("hush-hush-object") });
  new Volume("etcd", {
    availabilityZone: "us-east-1a",
    size: 20,
    type: "gp3",
    iops: 3000,
    throughput: 125,
    encrypted: true,
    tags: tags("etcd"),
  });
  return { bucket };
}

interface Base {
  subnet: Subnet;
  vpc: Vpc;
  masters: SecurityGroup;
  profile: InstanceProfile;
  userData: string;
}

function machines({ subnet, vpc, masters, profile, userData }: Base) {
  const image = getAmiOutput({
    mostRecent: true,
    owners: ["099720109477"],
    filters: [{ name: "name", values: ["ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260218"] }],
  });
  const keyPair = new KeyPair("key", {
    keyName: "kubernetes.c.example.com",
    publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJRMOl3z3nAeCkzq6kMDJ1vIUM4KeQyFsF5S0kQnBeVi test",
  });
  const template = new LaunchTemplate("masters", {
    name: "masters.c.example.com",
    imageId: image.id,
    instanceType: "t3.medium",
    keyName: keyPair.keyName,
    iamInstanceProfile: { name: profile.name },
    blockDeviceMappings: [
      {
        deviceName: "/dev/sda1",
        ebs: {
          volumeSize: 64,
          volumeType: "gp3",
          iops: 3000,
          throughput: 125,
          encrypted: "true",
          deleteOnTermination: "true",
        },
      },
    ],
    metadataOptions: {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
      httpProtocolIpv6: "disabled",
    },
    monitoring: { enabled: false },
    networkInterfaces: [
      { deviceIndex: 0, associatePublicIpAddress: "true", deleteOnTermination: "true", securityGroups: [masters.id] },
    ],
    tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags: tags("masters") })),
    userData: Buffer.from(userData).toString("base64"),
    updateDefaultVersion: true,
    tags: tags("masters"),
  });
  const balancer = new LoadBalancer("api", {
    name: "api-c-example-com",
    loadBalancerType: "network",
    internal: false,
    subnets: [subnet.id],
    securityGroups: [masters.id],
    enableCrossZoneLoadBalancing: true,
    tags: tags("api"),
  });
  const group = new TargetGroup("tcp", {
    name: "tcp-c-example-com",
    port: 443,
    protocol: "TCP",
    vpcId: vpc.id,
    healthCheck: { protocol: "TCP", interval: 10, healthyThreshold: 2, unhealthyThreshold: 2 },
    deregistrationDelay: 300,
    connectionTermination: true,
    tags: tags("tcp"),
  });
  new Listener("tcp", {
    loadBalancerArn: balancer.arn,
    port: 443,
    protocol: "TCP",
    defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
  });
  const scaling = new Group("masters", {
    name: "masters.c.example.com",
    minSize: 1,
    maxSize: 1,
    launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
    vpcZoneIdentifiers: [subnet.id],
    targetGroupArns: [group.arn],
    enabledMetrics: ["GroupMinSize", "GroupMaxSize", "GroupTotalInstances"],
    metricsGranularity: "1Minute",
    protectFromScaleIn: false,
    suspendedProcesses: ["AZRebalance"],
    tags: Object.entries(tags("masters")).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
  });
  new LifecycleHook("drain", {
    autoscalingGroupName: scaling.name,
    lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
    defaultResult: "CONTINUE",
    heartbeatTimeout: 300,
  });
  const interfaces = balancer.arnSuffix.apply(
    (suffix) => getNetworkInterfacesOutput({ filters: [{ name: "description", values: [`ELB ${suffix}`] }] }).ids,
  );
  return { balancer, interfaces, image, scaling };
}

/** A program that uses most of the types of both stand-ins, with inputs like those of a kOps cluster. */
export function program(variation: Variation): () => Promise<Record<string, unknown>> {
  return () => {
    const { vpc, subnet } = network(variation);
    const { masters } = security(vpc.id);
    const { role, profile } = identities(variation);
    const { bucket } = storage(variation);
    interruption();
    const { key, caCert, cert } = keys();
    const made = machines({ vpc, subnet, masters, profile, userData: variation.userData ?? "#!/bin/bash\necho one\n" });
    const zone = new Zone("zone", { name: "internal.example.com", vpcs: [{ vpcId: vpc.id }], tags: tags("zone") });
    new DnsRecord("api", {
      zoneId: zone.zoneId,
      name: "api.internal.example.com",
      type: "A",
      ttl: 60,
      records: ["10.0.0.1"],
    });
    const west = new Provider("west", { region: "us-west-2", defaultTags: { tags: { from: "provider" } } });
    const elsewhere = new Vpc("elsewhere", { cidrBlock: "10.9.0.0/16", tags: { Name: "west" } }, { provider: west });
    return Promise.resolve({
      account: getCallerIdentityOutput().accountId,
      parameter: getParameterOutput({
        name: "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id",
      }).value,
      image: made.image.id,
      rootDevice: made.image.rootDeviceName,
      vpcId: vpc.id,
      subnetId: subnet.id,
      bucket: bucket.bucket,
      roleName: role.name,
      interfaces: made.interfaces,
      adminKey: key.privateKeyPem,
      caCert: caCert.certPem,
      adminCert: cert.certPem,
      westTags: elsewhere.tagsAll,
      westArn: elsewhere.arn,
    });
  };
}
