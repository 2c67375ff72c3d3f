import type {
  LaunchTemplateBlockDeviceMapping,
  LaunchTemplateInstanceNetworkInterfaceSpecification,
  RequestLaunchTemplateData,
  ResponseLaunchTemplateData,
  ResourceType as TaggedKind,
  VolumeType,
} from "@aws-sdk/client-ec2";
import type { LaunchTemplate, LaunchTemplateArgs } from "@pulumi/aws/ec2/launchTemplate";
import { object, type Plain, replace, type ResourceType, set, type State, unsupported, update } from "../../host/rules";
import { type Aws, found, ignoreGone } from "../clients";
import { awsType, sure } from "../table";
import { pairs, retagEc2, specification, tagMap } from "../tags";

type Inputs = Plain<LaunchTemplateArgs>;

/** The provider has texts where AWS has truth values, so that "not said" can be told from "no". */
function truth(text: string | undefined): boolean | undefined {
  return text === undefined || text === "" ? undefined : text === "true";
}
function told(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function devices(inputs: Inputs): RequestLaunchTemplateData["BlockDeviceMappings"] {
  return inputs.blockDeviceMappings?.map(({ deviceName, ebs, noDevice, virtualName }) => ({
    DeviceName: deviceName,
    NoDevice: noDevice,
    VirtualName: virtualName,
    Ebs:
      ebs === undefined
        ? undefined
        : {
            DeleteOnTermination: truth(ebs.deleteOnTermination),
            Encrypted: truth(ebs.encrypted),
            Iops: ebs.iops,
            KmsKeyId: ebs.kmsKeyId,
            SnapshotId: ebs.snapshotId,
            Throughput: ebs.throughput,
            VolumeSize: ebs.volumeSize,
            VolumeType: ebs.volumeType as VolumeType | undefined,
          },
  }));
}

function interfaces(inputs: Inputs): RequestLaunchTemplateData["NetworkInterfaces"] {
  return inputs.networkInterfaces?.map((each) => ({
    AssociatePublicIpAddress: truth(each.associatePublicIpAddress),
    DeleteOnTermination: truth(each.deleteOnTermination),
    Description: each.description,
    DeviceIndex: each.deviceIndex ?? 0,
    Groups: each.securityGroups,
    // The provider cannot send a zero.
    Ipv6AddressCount: each.ipv6AddressCount === 0 ? undefined : each.ipv6AddressCount,
    NetworkInterfaceId: each.networkInterfaceId,
    PrivateIpAddress: each.privateIpAddress,
    SubnetId: each.subnetId,
  }));
}

function requestData(inputs: Inputs): RequestLaunchTemplateData {
  const { metadataOptions: metadata, instanceMarketOptions: market, placement } = inputs;
  return {
    BlockDeviceMappings: devices(inputs),
    CreditSpecification:
      inputs.creditSpecification === undefined
        ? undefined
        : { CpuCredits: inputs.creditSpecification.cpuCredits ?? "standard" },
    DisableApiTermination: inputs.disableApiTermination,
    EbsOptimized: truth(inputs.ebsOptimized),
    IamInstanceProfile:
      inputs.iamInstanceProfile === undefined
        ? undefined
        : { Arn: inputs.iamInstanceProfile.arn, Name: inputs.iamInstanceProfile.name },
    ImageId: inputs.imageId,
    InstanceInitiatedShutdownBehavior: inputs.instanceInitiatedShutdownBehavior as "terminate" | undefined,
    InstanceMarketOptions:
      market === undefined
        ? undefined
        : { MarketType: market.marketType as "spot", SpotOptions: { MaxPrice: market.spotOptions?.maxPrice } },
    InstanceType: inputs.instanceType as RequestLaunchTemplateData["InstanceType"],
    KeyName: inputs.keyName,
    MetadataOptions:
      metadata === undefined
        ? undefined
        : {
            HttpEndpoint: metadata.httpEndpoint as "enabled" | undefined,
            HttpProtocolIpv6: metadata.httpProtocolIpv6 as "enabled" | undefined,
            HttpPutResponseHopLimit: metadata.httpPutResponseHopLimit,
            HttpTokens: metadata.httpTokens as "required" | undefined,
            InstanceMetadataTags: metadata.instanceMetadataTags as "enabled" | undefined,
          },
    Monitoring: inputs.monitoring === undefined ? undefined : { Enabled: inputs.monitoring.enabled },
    NetworkInterfaces: interfaces(inputs),
    Placement:
      placement === undefined
        ? undefined
        : { Tenancy: placement.tenancy as "dedicated" | undefined, GroupName: placement.groupName },
    SecurityGroupIds: inputs.vpcSecurityGroupIds,
    TagSpecifications: inputs.tagSpecifications?.map((each) => ({
      ResourceType: each.resourceType as TaggedKind,
      Tags: pairs(each.tags),
    })),
    UserData: inputs.userData,
  };
}

function mappingState(each: LaunchTemplateBlockDeviceMapping) {
  return {
    deviceName: each.DeviceName,
    ebs: {
      deleteOnTermination: told(each.Ebs?.DeleteOnTermination),
      encrypted: told(each.Ebs?.Encrypted),
      iops: each.Ebs?.Iops,
      kmsKeyId: each.Ebs?.KmsKeyId,
      snapshotId: each.Ebs?.SnapshotId,
      throughput: each.Ebs?.Throughput,
      volumeSize: each.Ebs?.VolumeSize,
      volumeType: each.Ebs?.VolumeType,
    },
    noDevice: each.NoDevice,
    virtualName: each.VirtualName,
  };
}

function interfaceState(each: LaunchTemplateInstanceNetworkInterfaceSpecification) {
  return {
    associatePublicIpAddress: told(each.AssociatePublicIpAddress),
    deleteOnTermination: told(each.DeleteOnTermination),
    description: each.Description,
    deviceIndex: each.DeviceIndex,
    ipv6AddressCount: each.Ipv6AddressCount ?? 0,
    networkInterfaceId: each.NetworkInterfaceId,
    privateIpAddress: each.PrivateIpAddress,
    securityGroups: each.Groups,
    subnetId: each.SubnetId,
  };
}

/** What a version holds, in the provider's words. */
function stateData(data: ResponseLaunchTemplateData): State<LaunchTemplate> {
  const {
    MetadataOptions: metadata,
    CreditSpecification: credit,
    InstanceMarketOptions: market,
    Placement: placement,
  } = data;
  return {
    blockDeviceMappings: data.BlockDeviceMappings?.map(mappingState),
    creditSpecification: credit === undefined ? undefined : { cpuCredits: credit.CpuCredits },
    disableApiTermination: data.DisableApiTermination,
    ebsOptimized: told(data.EbsOptimized),
    iamInstanceProfile:
      data.IamInstanceProfile === undefined
        ? undefined
        : { arn: data.IamInstanceProfile.Arn, name: data.IamInstanceProfile.Name },
    imageId: data.ImageId,
    instanceInitiatedShutdownBehavior: data.InstanceInitiatedShutdownBehavior,
    instanceMarketOptions:
      market === undefined
        ? undefined
        : { marketType: market.MarketType, spotOptions: { maxPrice: market.SpotOptions?.MaxPrice } },
    instanceType: data.InstanceType,
    keyName: data.KeyName,
    metadataOptions:
      metadata === undefined
        ? undefined
        : {
            httpEndpoint: metadata.HttpEndpoint,
            httpProtocolIpv6: metadata.HttpProtocolIpv6,
            httpPutResponseHopLimit: metadata.HttpPutResponseHopLimit,
            httpTokens: metadata.HttpTokens,
            instanceMetadataTags: metadata.InstanceMetadataTags,
          },
    monitoring: data.Monitoring === undefined ? undefined : { enabled: data.Monitoring.Enabled ?? false },
    networkInterfaces: data.NetworkInterfaces?.map(interfaceState),
    placement: placement === undefined ? undefined : { tenancy: placement.Tenancy, groupName: placement.GroupName },
    // The simulator adds the template's own tags to those of what it launches.
    tagSpecifications: data.TagSpecifications?.filter((each) => each.ResourceType !== "launch-template").map(
      (each) => ({ resourceType: each.ResourceType, tags: tagMap(each.Tags) }),
    ),
    userData: data.UserData,
    vpcSecurityGroupIds: data.SecurityGroupIds,
  };
}

const launchTemplate = awsType<LaunchTemplateArgs, LaunchTemplate>({
  inputs: {
    name: replace,
    description: update,
    blockDeviceMappings: object(update, {
      deviceName: update,
      ebs: object(update, {
        deleteOnTermination: update,
        encrypted: update,
        iops: update,
        kmsKeyId: update,
        snapshotId: update,
        throughput: update,
        volumeInitializationRate: unsupported,
        volumeSize: update,
        volumeType: update,
      }),
      noDevice: update,
      virtualName: update,
    }),
    creditSpecification: object(update, { cpuCredits: update }),
    defaultVersion: unsupported,
    disableApiTermination: update,
    ebsOptimized: update,
    iamInstanceProfile: object(update, { arn: update, name: update }),
    imageId: update,
    instanceInitiatedShutdownBehavior: update,
    instanceMarketOptions: object(update, {
      marketType: update,
      spotOptions: object(update, {
        blockDurationMinutes: unsupported,
        instanceInterruptionBehavior: unsupported,
        maxPrice: update,
        spotInstanceType: unsupported,
        validUntil: unsupported,
      }),
    }),
    instanceType: update,
    keyName: update,
    metadataOptions: object(update, {
      httpEndpoint: update,
      httpProtocolIpv6: update,
      httpPutResponseHopLimit: update,
      httpTokens: update,
      instanceMetadataTags: update,
    }),
    monitoring: object(update, { enabled: update }),
    networkInterfaces: object(update, {
      associatePublicIpAddress: update,
      deleteOnTermination: update,
      description: update,
      deviceIndex: update,
      ipv6AddressCount: update,
      networkInterfaceId: update,
      privateIpAddress: update,
      securityGroups: set(update),
      subnetId: update,
      associateCarrierIpAddress: unsupported,
      connectionTrackingSpecification: unsupported,
      enaQueueCount: unsupported,
      enaSrdSpecification: unsupported,
      interfaceType: unsupported,
      ipv4AddressCount: unsupported,
      ipv4Addresses: unsupported,
      ipv4PrefixCount: unsupported,
      ipv4Prefixes: unsupported,
      ipv6Addresses: unsupported,
      ipv6PrefixCount: unsupported,
      ipv6Prefixes: unsupported,
      networkCardIndex: unsupported,
      primaryIpv6: unsupported,
    }),
    placement: object(update, {
      groupName: update,
      tenancy: update,
      affinity: unsupported,
      availabilityZone: unsupported,
      groupId: unsupported,
      hostId: unsupported,
      hostResourceGroupArn: unsupported,
      partitionNumber: unsupported,
      spreadDomain: unsupported,
    }),
    tagSpecifications: object(update, { resourceType: update, tags: update }),
    tags: update,
    updateDefaultVersion: update,
    userData: update,
    vpcSecurityGroupIds: set(update),
    capacityReservationSpecification: unsupported,
    cpuOptions: unsupported,
    disableApiStop: unsupported,
    enclaveOptions: unsupported,
    hibernationOptions: unsupported,
    instanceRequirements: unsupported,
    kernelId: unsupported,
    licenseSpecifications: unsupported,
    maintenanceOptions: unsupported,
    namePrefix: unsupported,
    networkPerformanceOptions: unsupported,
    privateDnsNameOptions: unsupported,
    ramDiskId: unsupported,
    region: replace,
    secondaryInterfaces: unsupported,
    securityGroupNames: unsupported,
  },
  naming: { property: "name", maxLength: 125 },
  volatile: ["latestVersion", "defaultVersion"],
  create: async (aws, inputs, created) => {
    const answer = await aws.ec2.createLaunchTemplate({
      LaunchTemplateName: inputs.name,
      VersionDescription: inputs.description,
      LaunchTemplateData: requestData(inputs),
      TagSpecifications: specification("launch-template", inputs.tags),
    });
    created(sure(answer.LaunchTemplate?.LaunchTemplateId, "a launch template id"));
  },
  read: async (aws, id) => {
    const one = (await found(aws.ec2.describeLaunchTemplates({ LaunchTemplateIds: [id] })))?.LaunchTemplates?.[0];
    if (one === undefined) return undefined;
    const answer = await aws.ec2.describeLaunchTemplateVersions({ LaunchTemplateId: id, Versions: ["$Latest"] });
    const version = answer.LaunchTemplateVersions?.[0];
    return {
      ...stateData(version?.LaunchTemplateData ?? {}),
      arn: await aws.arn("ec2", `launch-template/${id}`),
      ...(version?.VersionDescription === undefined ? {} : { description: version.VersionDescription }),
      defaultVersion: one.DefaultVersionNumber,
      latestVersion: one.LatestVersionNumber,
      name: one.LaunchTemplateName,
      tags: tagMap(one.Tags),
    };
  },
  update: async (aws, id, inputs, previous) => {
    const data = requestData(inputs);
    const changed =
      JSON.stringify(data) !== JSON.stringify(requestData(previous.inputs)) ||
      inputs.description !== previous.inputs.description;
    if (changed) {
      const answer = await aws.ec2.createLaunchTemplateVersion({
        LaunchTemplateId: id,
        VersionDescription: inputs.description,
        LaunchTemplateData: data,
      });
      const version = answer.LaunchTemplateVersion?.VersionNumber;
      if (inputs.updateDefaultVersion === true && version !== undefined) {
        await aws.ec2.modifyLaunchTemplate({ LaunchTemplateId: id, DefaultVersion: String(version) });
      }
    }
    await retagEc2(aws, id, inputs.tags);
  },
  remove: (aws, id) => ignoreGone(aws.ec2.deleteLaunchTemplate({ LaunchTemplateId: id })),
});

export const launchTemplateTypes: Readonly<Record<string, ResourceType<Aws>>> = {
  "aws:ec2/launchTemplate:LaunchTemplate": launchTemplate,
};
