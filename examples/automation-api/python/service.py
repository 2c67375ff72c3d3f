"""Makes, changes and destroys clusters: a JSON request a line on standard input, JSON lines in answer."""

import json
import re
import sys
from dataclasses import asdict
from typing import Any

import pulumi
from pulumi import automation
from pulumi_kops_karpenter import KopsKarpenterCluster

from results import Busy, Gone, Ready, Result, failure


def handle(line: str) -> Result:
    """A request holds what to do, and beside it the cluster's inputs; to destroy it, its name will do."""
    errors: list[str] = []

    def on_event(event: automation.EngineEvent) -> None:
        if event.res_outputs_event and event.res_outputs_event.metadata.op != automation.OpType.SAME:
            done = event.res_outputs_event.metadata
            answer({"progress": done.op.value, "type": done.type, "name": done.urn.split("::", 3)[3]})
        if event.diagnostic_event and event.diagnostic_event.severity == "info":
            # Such as what the wait for the Kubernetes API sees.
            answer({"progress": "note", "message": event.diagnostic_event.message.strip()})
        if event.diagnostic_event and event.diagnostic_event.severity == "error":
            errors.append(event.diagnostic_event.message)

    try:
        request = json.loads(line)
        name, action = request.get("clusterName"), request.pop("action", None)
        if not isinstance(name, str) or action not in ("up", "destroy"):
            raise ValueError('a request has an action, "up" or "destroy", and a clusterName')
        # Arguments in Python are named clusterName as cluster_name; the objects in them take either name.
        inputs = {re.sub("(?=[A-Z])", "_", key).lower(): value for key, value in request.items()}

        def program() -> None:
            pulumi.export("kubeconfig", KopsKarpenterCluster("cluster", **inputs).kubeconfig)

        # A stack for each cluster, so that work on one does not hold up another.
        stack = automation.create_or_select_stack(name, "clusters", program)
        if action == "up":
            return Ready(stack.up(on_event=on_event).outputs["kubeconfig"].value)
        stack.destroy(on_event=on_event, remove=True)
        return Gone()
    except automation.ConcurrentUpdateError:
        return Busy()
    except Exception as error:
        return failure("".join(errors) or str(error))


def answer(message: dict[str, Any]) -> None:
    print(json.dumps(message), flush=True)


if __name__ == "__main__":
    for line in sys.stdin:
        result = handle(line)
        answer({"result": type(result).__name__.lower(), **asdict(result)})
