"""What moto 5.2.5 lacks and the component, kOps or Karpenter need. Each patch says what AWS does; the list is short on purpose.

1. Network interfaces know their type, and DescribeNetworkInterfaces can filter by it.
2. Subnets keep their private DNS name options (resource-based naming) and can be asked for them.
3. A network load balancer has `net` in its ARN, says that it writes no access logs, and has one interface per subnet
   that comes and goes with it.
4. A network load balancer's subnets may all be in one zone.
5. The SSM parameters of the Ubuntu images exist.
6. A DHCP option set has an owner, and keeps the tags that its creation asked for.
7. A delete marker can be deleted in a bucket whose versioning is suspended.
8. A dry run of DescribeInstanceTypes says that it is one, and the answers, which take seconds to write, are kept: the
   types never change.
9. The instances of a fleet have the security groups and the instance profile of their launch template.
10. ListInstanceProfiles keeps to the path that it is asked for: Karpenter tidies up below its own.
11. Every version of a launch template can start instances, not the first alone.
12. The name of a target group may have two hyphens in a row, as kOps's shortened names sometimes do.
13. A load balancer that is asked for without a scheme faces the internet.
14. A bucket's tags can come with its creation.
15. The tags of a launch template are its own: they are not part of what its instances get, and later changes show.
16. A DNS record can be created again after it was deleted, and cannot be created twice.
17. A NAT gateway is of one zone, its only address is the primary one, and its interface goes with it.
18. A rule of a security group whose protocol has no ports needs none, and is answered with -1 for both.
19. An image's root device has the type and size of its snapshot, and ends with its instance.
"""

import threading

import kept
from images import parameters, snapshot_size


def apply():
    _interface_types()
    _subnet_naming()
    _load_balancers()
    _ssm_parameters()
    _dhcp_options()
    _delete_markers()
    _instance_types()
    _fleet_instances()
    _instance_profile_paths()
    _template_versions()
    _target_group_names()
    _bucket_tags()
    _launch_template_tags()
    _dns_changes()
    _nat_gateways()
    _protocols_without_ports()
    _image_devices()


def _interface_types():
    from moto.ec2.models.elastic_network_interfaces import NetworkInterface

    plain_init = NetworkInterface.__init__
    plain_filter = NetworkInterface.get_filter_value

    def init(self, *args, **kwargs):
        plain_init(self, *args, **kwargs)
        # The type is not an input of CreateNetworkInterface for this kind: AWS's own services set it.
        if self.description.startswith("ELB net/"):
            self.interface_type = "network_load_balancer"
            self.requester_managed = True
            self.status = "in-use"

    def get_filter_value(self, filter_name, method_name=None):
        if filter_name == "interface-type":
            return self.interface_type
        if filter_name == "status":
            return self.status
        if filter_name == "requester-managed":
            return str(self.requester_managed).lower()
        return plain_filter(self, filter_name, method_name)

    NetworkInterface.__init__ = init
    NetworkInterface.get_filter_value = get_filter_value


def _subnet_naming():
    from moto.core.responses import EmptyResult
    from moto.ec2.responses.subnets import Subnets

    plain_modify = Subnets.modify_subnet_attribute

    def modify_subnet_attribute(self):
        subnet = self.ec2_backend.get_subnet(self._get_param("SubnetId"))
        options = subnet.private_dns_name_options_on_launch
        hostname_type = self._get_param("PrivateDnsHostnameTypeOnLaunch")
        aaaa_record = self._get_param("EnableResourceNameDnsAAAARecordOnLaunch.Value")
        if hostname_type is not None:
            options["HostnameType"] = hostname_type
        if aaaa_record is not None:
            options["EnableResourceNameDnsAAAARecord"] = aaaa_record
        plain_modify(self)
        return EmptyResult()

    Subnets.modify_subnet_attribute = modify_subnet_attribute


def _load_balancers():
    import moto.elbv2.models as elb

    backend = elb.ELBv2Backend
    plain_create = backend.create_load_balancer
    plain_delete = backend.delete_load_balancer
    plain_set_subnets = backend.set_subnets

    def interfaces(self, balancer, wanted):
        """Makes and removes interfaces until there is one in each wanted subnet."""
        ec2 = self.ec2_backend
        description = "ELB " + balancer.arn.split(":loadbalancer/", 1)[1]
        have = {eni.subnet.id: eni for eni in ec2.enis.values() if eni.description == description}
        for subnet in wanted:
            if subnet.id not in have:
                ec2.create_network_interface(
                    subnet,
                    subnet.get_available_subnet_ip(balancer),
                    group_ids=list(balancer.security_groups or []),
                    description=description,
                )
        for subnet_id, eni in have.items():
            if subnet_id not in [subnet.id for subnet in wanted]:
                eni.delete()

    def create_load_balancer(self, *args, **kwargs):
        kwargs["scheme"] = kwargs.get("scheme") or "internet-facing"
        balancer = plain_create(self, *args, **kwargs)
        if balancer.type == "network":
            app_arn = balancer.arn
            balancer.arn = app_arn.replace(":loadbalancer/app/", ":loadbalancer/net/")
            self.load_balancers[balancer.arn] = self.load_balancers.pop(app_arn)
            tags = self.tagging_service.list_tags_for_resource(app_arn)["Tags"]
            self.tagging_service.delete_all_tags_for_resource(app_arn)
            self.tagging_service.tag_resource(balancer.arn, tags)
            # AWS lists every attribute from the start, with its default.
            balancer.attrs.setdefault("access_logs.s3.enabled", "false")
            interfaces(self, balancer, balancer.subnets)
        return balancer

    def delete_load_balancer(self, arn):
        balancer = self.load_balancers.get(arn)
        if balancer is not None and balancer.type == "network":
            interfaces(self, balancer, [])
        plain_delete(self, arn)

    def set_subnets(self, arn, subnets, subnet_mappings):
        balancer = self.load_balancers.get(arn)
        if balancer is None or balancer.type != "network":
            return plain_set_subnets(self, arn, subnets, subnet_mappings)
        ids = list(subnets) + [mapping["SubnetId"] for mapping in subnet_mappings]
        zones = {}
        balancer.subnets = [self._get_subnet(zones, subnet_id) for subnet_id in ids]
        interfaces(self, balancer, balancer.subnets)
        return [elb.AvailabilityZone(subnet) for subnet in balancer.subnets]

    backend.create_load_balancer = create_load_balancer
    backend.delete_load_balancer = delete_load_balancer
    backend.set_subnets = set_subnets


def _ssm_parameters():
    import moto.ssm.models as ssm

    plain_check = ssm.ParameterDict._check_loading_status
    loading = threading.RLock()

    def check_loading_status(self, key):
        plain_check(self, key)
        if not str(key or "").startswith("/aws/service/canonical"):
            return
        # Whoever asks meanwhile waits: half loaded, the store would say that there is no such parameter.
        with loading:
            if getattr(self, "ubuntu_loaded", False):
                return
            self.ubuntu_loaded = True
            for parameter, image in parameters().items():
                self[parameter].append(
                    ssm.Parameter(
                        account_id=self.account_id,
                        name=parameter,
                        value=image,
                        parameter_type="String",
                        description=None,
                        allowed_pattern=None,
                        keyid=None,
                        last_modified_date=0,
                        version=1,
                        data_type="aws:ec2:image",
                    )
                )

    ssm.ParameterDict._check_loading_status = check_loading_status


def _dhcp_options():
    from moto.ec2.models.dhcp_options import DHCPOptionsSet
    from moto.ec2.responses.dhcp_options import DHCPOptions

    plain_create = DHCPOptions.create_dhcp_options

    def create_dhcp_options(self):
        result = plain_create(self)
        tags = self._parse_tag_specification("dhcp-options").get("dhcp-options", {})
        result.result["DhcpOptions"].add_tags(tags)
        return result

    DHCPOptions.create_dhcp_options = create_dhcp_options
    DHCPOptionsSet.owner_id = property(lambda self: self.ec2_backend.account_id)


def _delete_markers():
    from moto.s3.models import FakeDeleteMarker

    # moto closes the files of what it deletes; a marker has none.
    FakeDeleteMarker.dispose = lambda self, *_: None


def _instance_types():
    from moto.ec2.responses.instances import InstanceResponse

    plain = {name: getattr(InstanceResponse, name) for name in ["describe_instance_types", "describe_instance_type_offerings"]}

    def described(name):
        def describe(self):
            self.error_on_dryrun()
            return kept.answer((name, self.region, self.params), lambda: self.serialized(plain[name](self)))

        return describe

    for name in plain:
        setattr(InstanceResponse, name, described(name))


def _fleet_instances():
    from moto.ec2.models.fleets import Fleet
    from moto.ec2.utils import filter_iam_instance_profiles

    plain_init = Fleet.__init__

    def dress(ec2, instance, template):
        interfaces = template.get("NetworkInterfaces") or []
        ids = template.get("SecurityGroupIds") or [each for interface in interfaces for each in interface.get("Groups") or []]
        groups = [ec2.get_security_group_from_id(each) for each in ids]
        if groups:
            instance.security_groups = groups
            for interface in instance.nics.values():
                interface._group_set = groups
        profile = template.get("IamInstanceProfile") or {}
        if profile:
            instance.iam_instance_profile = filter_iam_instance_profiles(
                ec2.account_id,
                partition=ec2.partition,
                iam_instance_profile_arn=profile.get("Arn"),
                iam_instance_profile_name=profile.get("Name"),
            )

    def init(self, ec2_backend, *args, **kwargs):
        plain_init(self, ec2_backend, *args, **kwargs)
        on_demand = [(each["instance"], each["launch_spec"]) for each in self.on_demand_instances]
        spot = [(request.instance, request.launch_spec) for request in self.spot_requests]
        for instance, spec in on_demand + spot:
            source = spec.launch_template_spec
            template = ec2_backend.get_launch_template(template_id=source["LaunchTemplateId"])
            version = source.get("Version", template.default_version_number)
            dress(ec2_backend, instance, template.get_version(version).data)

    Fleet.__init__ = init


def _instance_profile_paths():
    from moto.core.responses import ActionResult
    from moto.iam.models import filter_items_with_path_prefix
    from moto.iam.responses import IamResponse

    def list_instance_profiles(self):
        profiles = self.backend.get_instance_profiles()
        prefix = self._get_param("PathPrefix") or "/"
        return ActionResult({"InstanceProfiles": filter_items_with_path_prefix(prefix, profiles)})

    IamResponse.list_instance_profiles = list_instance_profiles


def _template_versions():
    from moto.ec2.models.launch_templates import LaunchTemplate
    from moto.ec2.utils import parse_user_data

    plain_create = LaunchTemplate.create_version

    def create_version(self, data, description):
        user_data = data.get("UserData")
        if isinstance(user_data, str):
            data["UserData"] = parse_user_data(user_data)
        return plain_create(self, data, description)

    LaunchTemplate.create_version = create_version


def _target_group_names():
    import moto.elbv2.models as elb

    strict = elb.re

    class Lenient:
        """The module's `re`: the rule stands in the middle of a long function. AWS's console has it, its API does not."""

        def __getattr__(self, name):
            return getattr(strict, name)

        def match(self, pattern, text):
            return strict.match(pattern.replace("(?!.*--)", ""), text)

    elb.re = Lenient()


def _bucket_tags():
    import xmltodict
    from moto.s3.responses import S3Response

    plain_put = S3Response._bucket_response_put

    def wanted(body):
        if b"<CreateBucketConfiguration" not in body:
            return {}
        configuration = xmltodict.parse(body, force_list=("Tag",))["CreateBucketConfiguration"] or {}
        return {tag["Key"]: tag["Value"] or "" for tag in (configuration.get("Tags") or {}).get("Tag", [])}

    def put(self, request, bucket_name, querystring):
        # The query of a creation is empty; anything else sets one of the bucket's settings.
        tags = {} if querystring else wanted(self.body)
        answer = plain_put(self, request, bucket_name, querystring)
        if tags:
            self.backend.put_bucket_tagging(bucket_name, tags)
        return answer

    S3Response._bucket_response_put = put


def _launch_template_tags():
    from moto.ec2.models.launch_templates import LaunchTemplate, LaunchTemplateBackend

    plain_create = LaunchTemplateBackend.create_launch_template

    def create_launch_template(self, name, description, template_data, tag_spec):
        specifications = template_data.pop("TagSpecifications", [])
        of_instances = [each for each in specifications if each["ResourceType"] != "launch-template"]
        if of_instances:
            template_data["TagSpecifications"] = of_instances
        return plain_create(self, name, description, template_data, tag_spec)

    LaunchTemplateBackend.create_launch_template = create_launch_template
    LaunchTemplate.tags = property(lambda self: self.get_tags(), lambda self, _: None)


def _dns_changes():
    from moto.route53.exceptions import ResourceRecordAlreadyExists
    from moto.route53.models import Route53Backend

    plain_change = Route53Backend.change_resource_record_sets

    def identity(name, kind, set_identifier):
        return name.rstrip(".").lower(), kind, set_identifier

    def change_resource_record_sets(self, zoneid, change_list):
        zone = self.get_hosted_zone(zoneid)
        existing = {identity(each.name, each.type, each.set_identifier) for each in zone.rrsets}
        for change in change_list:
            record = change["ResourceRecordSet"]
            if change["Action"] != "CREATE":
                continue
            if identity(record["Name"], record["Type"], record.get("SetIdentifier")) in existing:
                raise ResourceRecordAlreadyExists(name=record["Name"].rstrip(".") + ".", _type=record["Type"])
            # moto keeps a journal of all changes, and takes what it finds there for a record that exists.
            while change in zone.rr_changes:
                zone.rr_changes.remove(change)
        plain_change(self, zoneid, change_list)

    Route53Backend.change_resource_record_sets = change_resource_record_sets


def _nat_gateways():
    from moto.ec2.models.nat_gateways import NatGateway, NatGatewayBackend
    from moto.ec2.utils import describe_tag_filter

    plain_create = NatGatewayBackend.create_nat_gateway
    plain_delete = NatGatewayBackend.delete_nat_gateway
    plain_describe = NatGatewayBackend.describe_nat_gateways

    def create_nat_gateway(self, *args, **kwargs):
        gateway = plain_create(self, *args, **kwargs)
        for address in gateway.address_set:
            address["isPrimary"] = True
        return gateway

    def delete_nat_gateway(self, nat_gateway_id):
        gateway = plain_delete(self, nat_gateway_id)
        for address in self.addresses:
            if address.eni is gateway._eni:
                address.eni = None
                address.association_id = None
        self.enis.pop(gateway._eni.id, None)
        return gateway

    # moto leaves filters by tag out.
    def describe_nat_gateways(self, filters, nat_gateway_ids):
        tags = {name: values for name, values in (filters or {}).items() if name.startswith("tag:")}
        return describe_tag_filter(tags, plain_describe(self, filters, nat_gateway_ids))

    NatGateway.availability_mode = "zonal"
    NatGatewayBackend.create_nat_gateway = create_nat_gateway
    NatGatewayBackend.delete_nat_gateway = delete_nat_gateway
    NatGatewayBackend.describe_nat_gateways = describe_nat_gateways


def _protocols_without_ports():
    from moto.ec2.models.security_groups import SecurityGroupRule

    plain_init = SecurityGroupRule.__init__
    with_ports = ["-1", "1", "6", "17", "58", "all", "icmp", "icmpv6", "tcp", "udp"]

    def init(self, ec2_backend, ip_protocol, group_id, from_port, to_port, *args, **kwargs):
        if str(ip_protocol).lower() not in with_ports:
            from_port, to_port = -1, -1
        plain_init(self, ec2_backend, ip_protocol, group_id, from_port, to_port, *args, **kwargs)

    SecurityGroupRule.__init__ = init


def _image_devices():
    from moto.ec2.models.amis import Ami

    plain_init = Ami.__init__
    plain_mappings = Ami.block_device_mappings.fget

    def init(self, *args, **kwargs):
        plain_init(self, *args, **kwargs)
        self.ebs_snapshot.volume.size = snapshot_size(self.id)

    def block_device_mappings(self):
        mappings = plain_mappings(self)
        for mapping in mappings:
            size = self.ebs_snapshot.volume.size
            mapping["Ebs"].update({"VolumeSize": size, "VolumeType": "gp3", "DeleteOnTermination": True})
        return mappings

    Ami.__init__ = init
    Ami.block_device_mappings = property(block_device_mappings)
