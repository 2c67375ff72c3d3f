"""Runs a Python program as an inline program of the Automation API: up, a preview without changes, destroy.

run.py PROGRAM INPUTS: INPUTS is JSON, further inputs for its clusters, which only the local cloud needs.
"""

import json
import runpy
import sys

import pulumi
from pulumi import automation

program, inputs = sys.argv[1], json.loads(sys.argv[2])


def add_inputs(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult:
    if args.type_ != "kops-karpenter:index:KopsKarpenterCluster":
        return None
    return pulumi.ResourceTransformationResult({**args.props, **inputs}, args.opts)


def run() -> None:
    pulumi.runtime.register_stack_transformation(add_inputs)
    runpy.run_path(program)


stack = automation.create_or_select_stack(stack_name="python", project_name="inline", program=run)
outputs = stack.up().outputs
preview = stack.preview()
destroyed = stack.destroy()
print(
    json.dumps(
        {
            "outputs": {name: "secret" if output.secret else output.value for name, output in outputs.items()},
            "preview": {str(op.value if hasattr(op, "value") else op): n for op, n in preview.change_summary.items()},
            "destroyed": destroyed.summary.resource_changes,
        }
    )
)
