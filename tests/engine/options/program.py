"""A cluster with resource options, inline. program.py SETTINGS: as in languages.ts; prints the steps of the run."""

import json
import sys

import pulumi
from pulumi import automation
from pulumi_kops_karpenter import KopsKarpenterCluster

settings = json.loads(sys.argv[1])


def transform(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
    if args.type_ == "aws:ec2/subnet:Subnet" and settings["transformed"]:
        tags = {**args.props["tags"], "team": "a"}
        return pulumi.ResourceTransformResult({**args.props, "tags": tags}, args.opts)
    if args.type_ != "aws:ec2/vpc:Vpc":
        return None
    if settings["transformed"]:
        args.opts.ignore_changes = ["tags"]
    if settings["importVpc"]:
        args.opts.import_ = settings["importVpc"]
    return pulumi.ResourceTransformResult(args.props, args.opts)


def program() -> None:
    default_tags = json.dumps({"tags": {"owner": "platform"}})
    virginia = pulumi.ProviderResource("aws", "virginia", {"region": "us-east-1", "defaultTags": default_tags})
    first = pulumi.CustomResource("aws:sqs/queue:Queue", "first", {}, pulumi.ResourceOptions(provider=virginia))
    KopsKarpenterCluster(
        settings["name"],
        cluster_name=settings["clusterName"],
        zones=["us-east-1a"],
        tags=settings["tags"],
        assets={"kops_base_url": settings["kopsBaseUrl"]},
        karpenter={"install": False},
        readiness={"skip": True},
        opts=pulumi.ResourceOptions(
            provider=virginia if settings["single"] else None,
            providers=None if settings["single"] else [virginia],
            depends_on=[first],
            protect=settings["protect"],
            aliases=[pulumi.Alias(name=name) for name in settings["aliases"]],
            transforms=[transform],
        ),
    )


steps = []


def note(event: automation.EngineEvent) -> None:
    if event.resource_pre_event is not None:
        step = event.resource_pre_event.metadata
        new = {"provider": step.new.provider, "inputs": step.new.inputs or {}} if step.new else {}
        steps.append({"op": step.op, "urn": step.urn, "provider": "", "inputs": {}, **new})


stack = automation.create_or_select_stack(settings["stack"], "options", program=program)
getattr(stack, settings["command"])(on_event=note)
print(json.dumps(steps))
