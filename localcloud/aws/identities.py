"""Instances have the instance profile of the launch template that starts them, as on AWS."""


def apply():
    from moto.ec2.models.instances import InstanceBackend
    from moto.ec2.utils import filter_iam_instance_profiles

    plain_run = InstanceBackend.run_instances

    def run_instances(self, *args, **kwargs):
        reservation = plain_run(self, *args, **kwargs)
        template = kwargs.get("launch_template")
        data = self._get_template_from_args(template).data if template else {}
        profile = data.get("IamInstanceProfile") or {}
        for instance in reservation.instances if profile else []:
            if instance.iam_instance_profile is None:
                instance.iam_instance_profile = filter_iam_instance_profiles(
                    self.account_id,
                    partition=self.partition,
                    iam_instance_profile_arn=profile.get("Arn"),
                    iam_instance_profile_name=profile.get("Name"),
                )
        return reservation

    InstanceBackend.run_instances = run_instances
