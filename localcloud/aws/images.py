"""Ubuntu 24.04 images and the SSM parameters that name the newest of them, as Canonical publishes them."""

CANONICAL = "099720109477"

# (image id, architecture in the image name, AWS architecture, build date). The first build is the one that kOps's
# channel names (kops v1.36.2 channels/stable:77); the older one is there so that "newest" has something to choose from.
_BUILDS = [
    ("ami-0ab60218000000a64", "amd64", "x86_64", "20260218"),
    ("ami-0ab60218000000b64", "arm64", "arm64", "20260218"),
    ("ami-0ab60115000000a64", "amd64", "x86_64", "20260115"),
    ("ami-0ab60115000000b64", "arm64", "arm64", "20260115"),
]


def images():
    return [
        {
            "ami_id": ami_id,
            "name": f"ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-{arch}-server-{date}",
            "description": f"Canonical, Ubuntu, 24.04, {arch} noble image build on {date[:4]}-{date[4:6]}-{date[6:]}",
            "owner_id": CANONICAL,
            "public": True,
            "virtualization_type": "hvm",
            "hypervisor": "xen",
            "architecture": machine,
            "state": "available",
            "platform": None,
            "image_type": "machine",
            "image_location": f"amazon/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-{arch}-server-{date}",
            "root_device_name": "/dev/sda1",
            "root_device_type": "ebs",
            "sriov": "simple",
            "creation_date": f"{date[:4]}-{date[4:6]}-{date[6:]}T08:00:00.000Z",
        }
        for ami_id, arch, machine, date in _BUILDS
    ]


def parameters():
    """Parameter name to image id: the newest build of each architecture."""
    return {
        f"/aws/service/canonical/ubuntu/server/24.04/stable/current/{arch}/hvm/ebs-gp3/ami-id": ami_id
        for ami_id, arch, _, _ in reversed(_BUILDS)
    }
