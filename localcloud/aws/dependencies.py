"""What AWS refuses to delete while something else depends on it, and moto 5.2.5 deletes.

1. A security group that a rule of another group names.
2. A subnet with a network interface that somebody created there.
"""


def apply():
    from moto.ec2.exceptions import DependencyViolationError
    from moto.ec2.models.security_groups import SecurityGroupBackend
    from moto.ec2.models.subnets import SubnetBackend

    plain_group = SecurityGroupBackend._delete_security_group
    plain_subnet = SubnetBackend.delete_subnet

    def delete_group(self, vpc_id, group_id):
        others = [group for groups in self.groups.values() for group in groups.values() if group.id != group_id]
        rules = [rule for group in others for rule in [*group.ingress_rules, *group.egress_rules]]
        if any((rule.source_group or {}).get("GroupId") == group_id for rule in rules):
            raise DependencyViolationError(f"resource {group_id} has a dependent object")
        return plain_group(self, vpc_id, group_id)

    def delete_subnet(self, subnet_id):
        # Those of instances and load balancers go with them, some of them later than on AWS.
        found = [each for each in self.enis.values() if each.subnet.id == subnet_id and each.status == "available"]
        if any(each.interface_type == "interface" and not each.requester_managed for each in found):
            raise DependencyViolationError(f"The subnet '{subnet_id}' has dependencies and cannot be deleted.")
        return plain_subnet(self, subnet_id)

    SecurityGroupBackend._delete_security_group = delete_group
    SubnetBackend.delete_subnet = delete_subnet
