"""Prices of instances, of about the right size: moto has one tiny price for every type, so that a small pod got the largest.

A type costs about what general-purpose, compute and memory types of us-east-1 have in common per vCPU and per GiB; spot
capacity costs a third of that. Nothing here claims to be AWS's price list.
"""

PER_VCPU = 0.037
PER_GIB = 0.00275
PER_GPU = 0.5
# Burstable types get a part of their processors.
BURSTABLE_SHARE = 0.6
SPOT_SHARE = 0.35


def on_demand(name):
    from moto.ec2.models.instance_types import INSTANCE_TYPES

    facts = INSTANCE_TYPES[name]
    share = BURSTABLE_SHARE if facts.get("BurstablePerformanceSupported") else 1
    processors = facts["VCpuInfo"]["DefaultVCpus"] * PER_VCPU * share
    memory = facts["MemoryInfo"]["SizeInMiB"] / 1024 * PER_GIB
    accelerators = sum(gpu["Count"] for gpu in facts.get("GpuInfo", {}).get("Gpus", []))
    return processors + memory + accelerators * PER_GPU


def apply():
    from moto.core.responses import ActionResult
    from moto.ec2.models.fleets import Fleet
    from moto.ec2.responses.spot_instances import SpotInstances

    plain_history = SpotInstances.describe_spot_price_history
    plain_counts = Fleet.get_launch_spec_counts

    histories = {}

    def describe_spot_price_history(self):
        # Prices never change, and moto takes most of a second to write them all, while other calls wait. Karpenter asks for
        # them several times at its start.
        asked = {name: value for name, value in self.params.items() if name not in ("StartTime", "EndTime")}
        question = (self.region, repr(asked))
        if question not in histories:
            history = plain_history(self).result["SpotPriceHistory"]
            for entry in history:
                entry["SpotPrice"] = f"{on_demand(entry['InstanceType']) * SPOT_SHARE:.5f}"
            histories[question] = self.serialized(ActionResult({"SpotPriceHistory": history}))
        status, headers, body = histories[question]
        return status, dict(headers), body

    def get_launch_spec_counts(self, weight_to_add):
        # A fleet takes the cheapest of what it may launch; among equals, moto takes the first.
        self.launch_specs.sort(key=lambda spec: on_demand(spec.instance_type))
        return plain_counts(self, weight_to_add)

    SpotInstances.describe_spot_price_history = describe_spot_price_history
    Fleet.get_launch_spec_counts = get_launch_spec_counts
