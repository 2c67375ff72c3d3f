"""Prices of instances, of about the right size: moto has one tiny price for every type, so that a small pod got the largest.

A type costs about what general-purpose, compute and memory types of us-east-1 have in common per vCPU and per GiB; spot
capacity costs a third of that. Nothing here claims to be AWS's price list.

moto has no Price List API either. Karpenter holds back all that needs a price, a node class's first check among it, for as
long as it asks there, and asks again and again until it has an answer.
"""

import functools
import io
import json

import kept

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


def answered(app):
    """The WSGI application, with the one call of the Price List API that Karpenter makes."""

    def wrapped(environ, start_response):
        if environ.get("HTTP_X_AMZ_TARGET") != "AWSPriceListService.GetProducts":
            return app(environ, start_response)
        asked = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        answer = json.dumps(_products(asked)).encode()
        headers = [("Content-Type", "application/x-amz-json-1.1"), ("Content-Length", str(len(answer)))]
        start_response("200 OK", headers)
        return io.BytesIO(answer)

    return wrapped


def _products(asked):
    """A page, as AWS gives it: at most a hundred products, each of them JSON in a string."""
    # Names of fields are in any case.
    wanted = {each["Field"].lower(): each["Value"] for each in asked.get("Filters", [])}
    region = wanted.pop("regioncode", "us-east-1")
    fitting = [text for facts, text in _price_list(region) if all(facts.get(name) == value for name, value in wanted.items())]
    start = int(asked.get("NextToken") or 0)
    end = start + min(asked.get("MaxResults") or 100, 100)
    more = {"NextToken": str(end)} if end < len(fitting) else {}
    return {"FormatVersion": "aws_v1", "PriceList": fitting[start:end], **more}


@functools.cache
def _price_list(region):
    """Every product with what it can be found by."""
    from moto.ec2.models.instance_types import INSTANCE_TYPES

    products = []
    for name in sorted(INSTANCE_TYPES):
        is_metal = INSTANCE_TYPES[name].get("BareMetal", False)
        family = "Compute Instance (bare metal)" if is_metal else "Compute Instance"
        attributes = {
            "instanceType": name,
            "regionCode": region,
            "servicecode": "AmazonEC2",
            "operatingSystem": "Linux",
            "preInstalledSw": "NA",
            "capacitystatus": "Used",
            "marketoption": "OnDemand",
            "tenancy": "Dedicated" if is_metal else "Shared",
        }
        rate = {"unit": "Hrs", "pricePerUnit": {"USD": f"{on_demand(name):.10f}"}}
        terms = {"OnDemand": {f"{name}.hourly": {"priceDimensions": {f"{name}.hourly.rate": rate}}}}
        product = {"productFamily": family, "attributes": attributes, "sku": name}
        facts = {key.lower(): value for key, value in attributes.items()} | {"productfamily": family}
        products.append((facts, json.dumps({"product": product, "serviceCode": "AmazonEC2", "terms": terms})))
    return products


def apply():
    from moto.core.responses import ActionResult
    from moto.ec2.models.fleets import Fleet
    from moto.ec2.responses.spot_instances import SpotInstances

    plain_history = SpotInstances.describe_spot_price_history
    plain_counts = Fleet.get_launch_spec_counts

    def describe_spot_price_history(self):
        # Prices never change. Karpenter asks for them several times at its start.
        asked = {name: value for name, value in self.params.items() if name not in ("StartTime", "EndTime")}

        def write():
            history = plain_history(self).result["SpotPriceHistory"]
            for entry in history:
                entry["SpotPrice"] = f"{on_demand(entry['InstanceType']) * SPOT_SHARE:.5f}"
            return self.serialized(ActionResult({"SpotPriceHistory": history}))

        return kept.answer(("spot prices", self.region, asked), write)

    def get_launch_spec_counts(self, weight_to_add):
        # A fleet takes the cheapest of what it may launch; among equals, moto takes the first.
        self.launch_specs.sort(key=lambda spec: on_demand(spec.instance_type))
        return plain_counts(self, weight_to_add)

    SpotInstances.describe_spot_price_history = describe_spot_price_history
    Fleet.get_launch_spec_counts = get_launch_spec_counts
