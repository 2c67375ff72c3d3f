"""What moto does at its start and at the first call of each service, without the parts that nothing here needs."""

import functools
import gzip
import re
import threading
from pathlib import Path

import botocore
from botocore.session import Session

data = Path(botocore.__file__).parent / "data"


@functools.cache
def endpoint_prefix(service):
    """The name of a service in the list of endpoints. The head of its model has it; EC2's whole model takes a second."""
    models = sorted((data / service).glob("*/service-2.json.gz"))
    if not models:
        return None
    with gzip.open(models[-1], "rt", encoding="utf-8") as model:
        found = re.search(r'"endpointPrefix"\s*:\s*"([^"]+)"', model.read(4096))
    return found.group(1) if found else None


def available_regions(self, service_name, partition_name="aws", allow_non_regional=False):
    prefix = endpoint_prefix(service_name)
    if prefix is None:
        return whole_model(self, service_name, partition_name, allow_non_regional)
    resolver = self._get_internal_component("endpoint_resolver")
    return resolver.get_available_endpoints(prefix, partition_name, allow_non_regional)


whole_model = Session.get_available_regions


def before_moto():
    """moto asks for the regions of many services as it is imported."""
    Session.get_available_regions = available_regions


def apply():
    _managed_policies()
    _service_models()


def _managed_policies():
    """The first call of all looks for its access key in every partition. Only one has AWS's own policies: they are large."""
    from moto.iam.models import IAMBackend

    plain = IAMBackend._init_aws_policies
    IAMBackend._init_aws_policies = lambda self: plain(self) if self.region_name == "aws" else []


def _service_models():
    """Calls that come at the same time each loaded the model of their service. Now the first one does, and the others wait."""
    import moto.core.responses
    import moto.core.utils

    plain = moto.core.utils.get_service_model
    loading = threading.Lock()

    def get_service_model(service_name):
        with loading:
            return plain(service_name)

    moto.core.utils.get_service_model = get_service_model
    moto.core.responses.get_service_model = get_service_model
