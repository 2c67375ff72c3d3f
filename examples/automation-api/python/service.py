"""Creates, changes and destroys clusters: reads JSON requests from standard input, one per line, and writes JSON lines."""

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
    """A request has an action and the cluster's inputs. `destroy` needs only the name."""
    errors: list[str] = []

    def on_event(event: automation.EngineEvent) -> None:
        if event.res_outputs_event and event.res_outputs_event.metadata.op != automation.OpType.SAME:
            done = event.res_outputs_event.metadata
            answer({"progress": done.op.value, "type": done.type, "name": done.urn.split("::", 3)[3]})
        if event.diagnostic_event and event.diagnostic_event.severity == "info":
            # For example, the status of the wait for the Kubernetes API.
            answer({"progress": "note", "message": event.diagnostic_event.message.strip()})
        if event.diagnostic_event and event.diagnostic_event.severity == "error":
            errors.append(event.diagnostic_event.message)

    try:
        request = json.loads(line)
        name, action = request.get("clusterName"), request.pop("action", None)
        if not isinstance(name, str) or action not in ("up", "destroy"):
            raise ValueError('a request has an action, "up" or "destroy", and a clusterName')
        # The SDK names its arguments in snake case (cluster_name); nested objects accept either spelling.
        inputs = {re.sub("(?=[A-Z])", "_", key).lower(): value for key, value in request.items()}

        def program() -> None:
            pulumi.export("kubeconfig", KopsKarpenterCluster("cluster", **inputs).kubeconfig)

        # One stack per cluster, so that their updates are independent.
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
