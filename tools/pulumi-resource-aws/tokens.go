package main

import (
	"strings"

	bridge "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
)

// Terraform's names and the SDK's, by the SDK's module. A name in neither table does not exist here.
var (
	resourceNames = map[string]string{
		"autoscaling": "group:Group lifecycle_hook:LifecycleHook",
		"cloudwatch":  "event_rule:EventRule event_target:EventTarget",
		"ebs":         "volume:Volume",
		"ec2": "ec2_tag:Tag egress_only_internet_gateway:EgressOnlyInternetGateway eip:Eip instance:Instance " +
			"internet_gateway:InternetGateway key_pair:KeyPair launch_template:LaunchTemplate nat_gateway:NatGateway " +
			"network_interface:NetworkInterface route:Route route_table:RouteTable " +
			"route_table_association:RouteTableAssociation security_group:SecurityGroup " +
			"security_group_rule:SecurityGroupRule subnet:Subnet vpc:Vpc vpc_dhcp_options:VpcDhcpOptions " +
			"vpc_dhcp_options_association:VpcDhcpOptionsAssociation vpc_ipv4_cidr_block_association:VpcIpv4CidrBlockAssociation",
		"iam": "instance_profile:InstanceProfile openid_connect_provider:OpenIdConnectProvider policy:Policy role:Role " +
			"role_policy:RolePolicy role_policy_attachment:RolePolicyAttachment",
		"kms":     "key:Key",
		"lb":      "lb:LoadBalancer lb_listener:Listener lb_target_group:TargetGroup",
		"route53": "record:Record zone:Zone zone_association:ZoneAssociation",
		"s3": "bucket:Bucket bucket_acl:BucketAcl bucket_object:BucketObject bucket_ownership_controls:BucketOwnershipControls " +
			"bucket_policy:BucketPolicy bucket_public_access_block:BucketPublicAccessBlock " +
			"bucket_server_side_encryption_configuration:BucketServerSideEncryptionConfiguration " +
			"bucket_versioning:BucketVersioning object:BucketObjectv2",
		"sqs": "queue:Queue queue_policy:QueuePolicy",
		"vpc": "security_group_egress_rule:SecurityGroupEgressRule security_group_ingress_rule:SecurityGroupIngressRule",
	}
	functionNames = map[string]string{
		"autoscaling": "groups:getAmiIds",
		"ebs":         "ebs_volumes:getEbsVolumes",
		"ec2": "ami:getAmi ec2_instance_type:getInstanceType ec2_instance_type_offerings:getInstanceTypeOfferings " +
			"ec2_instance_types:getInstanceTypes eip:getElasticIp internet_gateway:getInternetGateway key_pair:getKeyPair " +
			"nat_gateway:getNatGateway nat_gateways:getNatGateways network_interface:getNetworkInterface network_interfaces:getNetworkInterfaces security_group:getSecurityGroup subnet:getSubnet subnets:getSubnets " +
			"vpc:getVpc vpcs:getVpcs",
		"ec2transitgateway": "ec2_transit_gateway:getTransitGateway",

		"iam":     "policy_document:getPolicyDocument role:getRole",
		"index":   "availability_zones:getAvailabilityZones caller_identity:getCallerIdentity partition:getPartition region:getRegion",
		"kms":     "key:getKey",
		"route53": "zone:getZone",
		"s3":      "bucket:getBucket object:getObject",
		"ssm":     "parameter:getParameter",

		"resourcegroupstaggingapi": "resources:getResources",
	}
	// Terraform prefixes most names of a service with this; the others have no more than `aws_`.
	prefixes = map[string]string{
		"autoscaling": "autoscaling_", "cloudwatch": "cloudwatch_", "ebs": "ebs_", "iam": "iam_", "kms": "kms_",
		"resourcegroupstaggingapi": "resourcegroupstaggingapi_", "route53": "route53_", "s3": "s3_", "sqs": "sqs_", "ssm": "ssm_", "vpc": "vpc_",
	}
)

func resources() map[string]*bridge.ResourceInfo {
	infos := map[string]*bridge.ResourceInfo{}
	each(resourceNames, func(terraform, token string) {
		infos[terraform] = &bridge.ResourceInfo{Tok: tokens.Type(token)}
	})
	// The only ones among these whose old object is deleted first when it is replaced.
	infos["aws_iam_role_policy_attachment"].DeleteBeforeReplace = true
	infos["aws_security_group_rule"].DeleteBeforeReplace = true
	infos["aws_security_group"].Fields = map[string]*bridge.SchemaInfo{
		"description": {Default: &bridge.DefaultInfo{Value: "Managed by Pulumi"}},
		"ingress":     {Name: "ingress"},
		"egress":      {Name: "egress"},
	}
	notOne := false
	infos["aws_route53_record"].Fields = map[string]*bridge.SchemaInfo{"alias": {Name: "aliases", MaxItemsOne: &notOne}}
	// What names a thing and is not called name; the others follow from SetAutonaming.
	infos["aws_key_pair"].Fields = map[string]*bridge.SchemaInfo{"key_name": bridge.AutoName("keyName", 255, "-")}
	infos["aws_cloudwatch_event_target"].Fields = map[string]*bridge.SchemaInfo{"target_id": bridge.AutoName("targetId", 255, "-")}
	return infos
}

func functions() map[string]*bridge.DataSourceInfo {
	infos := map[string]*bridge.DataSourceInfo{}
	each(functionNames, func(terraform, token string) {
		infos[terraform] = &bridge.DataSourceInfo{Tok: tokens.ModuleMember(token)}
	})
	return infos
}

func each(table map[string]string, use func(terraform, token string)) {
	for module, names := range table {
		for _, name := range strings.Fields(names) {
			terraform, member, _ := strings.Cut(name, ":")
			if prefix := prefixes[module]; !strings.HasPrefix(terraform, prefix) {
				terraform = prefix + terraform
			}
			file := strings.ToLower(member[:1]) + member[1:]
			use("aws_"+terraform, "aws:"+module+"/"+file+":"+member)
		}
	}
}

// config holds the published plugin's defaults of the provider's own settings.
func config() map[string]*bridge.SchemaInfo {
	return map[string]*bridge.SchemaInfo{
		"region":                  {Default: &bridge.DefaultInfo{EnvVars: []string{"AWS_REGION", "AWS_DEFAULT_REGION"}}},
		"skip_metadata_api_check": {Type: "boolean", Default: &bridge.DefaultInfo{Value: true}},
		"skip_region_validation":  {Default: &bridge.DefaultInfo{Value: true}},
	}
}
