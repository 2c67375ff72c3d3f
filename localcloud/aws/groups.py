"""What moto 5.2.5 lacks of Auto Scaling groups and their launch templates. Each patch says what AWS does.

1. A group starts instances from the version of its launch template that it names: image, disks, metadata options and tags
   too, where moto takes some of them from the default version.
2. An instance in a group says which version it was started from, whatever the group and the template have become.
3. An instance that leaves its group leaves the group's target groups, and the one that replaces it enters them.
4. TerminateInstanceInAutoScalingGroup ends the instance before its replacement starts, and says so if there is none.
5. A new version of a launch template takes what it does not say from its source version.
6. A group with the name of another is refused; moto forgets the other one and leaves its instances running.
7. A group with a mixed instances policy names its launch template there alone, and keeps the policy in an update that says
   nothing of it. A group knows its capacity rebalancing and the longest life of its instances.
"""


def apply():
    _launched_versions()
    _terminations()
    _source_versions()
    _names()
    _policies()


def _launched_versions():
    from moto.autoscaling.models import FakeAutoScalingGroup, InstanceState
    from moto.ec2.models.instances import InstanceBackend
    from moto.elbv2.exceptions import TargetGroupNotFoundError

    plain_replace = FakeAutoScalingGroup.replace_autoscaling_group_instances
    plain_run = InstanceBackend.run_instances
    starting = {}

    def replace_autoscaling_group_instances(self, count_needed, propagated_tags):
        template = self.ec2_launch_template
        if template is None:
            return plain_replace(self, count_needed, propagated_tags)
        number = template.get_version(self.launch_template_version).number
        before = {state.instance.id for state in self.instance_states}
        starting[template.id] = number
        try:
            plain_replace(self, count_needed, propagated_tags)
        finally:
            starting.pop(template.id, None)
        for state in self.instance_states:
            if state.instance.id not in before:
                state.launched_version = number
        if self.name in self.autoscaling_backend.autoscaling_groups:
            try:
                self.autoscaling_backend.update_attached_target_groups(self.name)
            except TargetGroupNotFoundError:
                pass  # Deleted before the group.

    def run_instances(self, *args, **kwargs):
        template = kwargs.get("launch_template") or {}
        number = starting.get(template.get("LaunchTemplateId"))
        if number is not None and "Version" not in template:
            kwargs["launch_template"] = {**template, "Version": str(number)}
        return plain_run(self, *args, **kwargs)

    def launch_template(self):
        template = self.auto_scaling_group.ec2_launch_template if self.auto_scaling_group else None
        if template is None:
            return None
        number = getattr(self, "launched_version", template.default_version_number)
        return {"LaunchTemplateId": template.id, "LaunchTemplateName": template.name, "Version": str(number)}

    FakeAutoScalingGroup.replace_autoscaling_group_instances = replace_autoscaling_group_instances
    InstanceBackend.run_instances = run_instances
    InstanceState.launch_template = property(launch_template)


def _terminations():
    from moto.autoscaling.exceptions import ValidationError
    from moto.autoscaling.models import AutoScalingBackend, TerminateInstanceActivity

    def terminate_instance(self, instance_id, should_decrement):
        states = [state for group in self.autoscaling_groups.values() for state in group.instance_states]
        found = [state for state in states if state.instance.id == instance_id]
        if not found:
            raise ValidationError(f"Instance Id not found - No managed instance found for instance ID {instance_id}")
        group, instance = found[0].auto_scaling_group, found[0].instance
        capacity = group.desired_capacity
        if should_decrement:
            if capacity <= group.min_size:
                raise ValidationError(
                    "Currently, desiredSize equals minSize ({0}). Terminating instance without replacement will violate "
                    "group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's "
                    "min size.".format(group.min_size)
                )
            group.desired_capacity = capacity - 1
        self.ec2_backend.terminate_instances([instance_id])
        self.elbv2_backend.notify_terminate_instances([instance_id])
        group.instance_states = [state for state in group.instance_states if state.instance.id != instance_id]
        group.set_desired_capacity(group.desired_capacity)
        return TerminateInstanceActivity(instance, capacity)

    AutoScalingBackend.terminate_instance = terminate_instance


def _source_versions():
    from moto.ec2.responses.launch_templates import LaunchTemplates

    plain_create = LaunchTemplates.create_launch_template_version

    def create_launch_template_version(self):
        source = self._get_param("SourceVersion")
        if source is not None:
            name, template_id = self._get_param("LaunchTemplateName"), self._get_param("LaunchTemplateId")
            ec2 = self.ec2_backend
            template = ec2.get_launch_template(template_id) if template_id else ec2.get_launch_template_by_name(name)
            merged = {**template.get_version(source).data, **self._get_param("LaunchTemplateData", {})}
            plain_param = self._get_param
            self._get_param = lambda key, default=None: merged if key == "LaunchTemplateData" else plain_param(key, default)
        return plain_create(self)

    LaunchTemplates.create_launch_template_version = create_launch_template_version


def _names():
    from moto.autoscaling.exceptions import AutoscalingClientError
    from moto.autoscaling.models import AutoScalingBackend

    class AlreadyExists(AutoscalingClientError):
        code = "AlreadyExists"

    plain_create = AutoScalingBackend.create_auto_scaling_group

    def create_auto_scaling_group(self, name, *args, **kwargs):
        if name in self.autoscaling_groups:
            raise AlreadyExists(
                f"AutoScalingGroup by this name already exists - A group with the name {name} already exists"
            )
        return plain_create(self, name, *args, **kwargs)

    AutoScalingBackend.create_auto_scaling_group = create_auto_scaling_group


def _policies():
    from moto.autoscaling.models import FakeAutoScalingGroup
    from moto.autoscaling.responses import AutoScalingResponse

    plain_update = FakeAutoScalingGroup.update
    plain_template = FakeAutoScalingGroup.launch_template
    plain_create, plain_change = AutoScalingResponse.create_auto_scaling_group, AutoScalingResponse.update_auto_scaling_group

    def update(self, *args, mixed_instances_policy=None, **kwargs):
        policy = mixed_instances_policy
        if policy is None and self.mixed_instances_policy and not kwargs.get("launch_template"):
            kept = self.mixed_instances_policy
            specification = {**kept["LaunchTemplate"]["LaunchTemplateSpecification"]}
            specification.pop("LaunchTemplateName", None)
            policy = {**kept, "LaunchTemplate": {**kept["LaunchTemplate"], "LaunchTemplateSpecification": specification}}
        return plain_update(self, *args, mixed_instances_policy=policy, **kwargs)

    def keep(self):
        group = self.autoscaling_backend.autoscaling_groups[self._get_param("AutoScalingGroupName")]
        lifetime, rebalances = self._get_int_param("MaxInstanceLifetime"), self._get_bool_param("CapacityRebalance", None)
        if lifetime is not None:
            group.max_instance_lifetime = lifetime
        if rebalances is not None:
            group.capacity_rebalance = rebalances

    def create_auto_scaling_group(self):
        answer = plain_create(self)
        keep(self)
        return answer

    def update_auto_scaling_group(self):
        answer = plain_change(self)
        keep(self)
        return answer

    FakeAutoScalingGroup.update = update
    FakeAutoScalingGroup.launch_template = property(
        lambda self: None if self.mixed_instances_policy else plain_template.fget(self)
    )
    FakeAutoScalingGroup.max_instance_lifetime = None
    AutoScalingResponse.create_auto_scaling_group = create_auto_scaling_group
    AutoScalingResponse.update_auto_scaling_group = update_auto_scaling_group
