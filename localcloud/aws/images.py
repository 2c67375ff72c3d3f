"""Ubuntu 24.04 images and the SSM parameters that name the newest of them, as Canonical publishes them, a broken one and a large one."""

CANONICAL = "099720109477"

# (image id, architecture in the image name, AWS architecture, build date). The first build is the one that kOps's
# channel names (kops v1.36.2 channels/stable:77); the older one is there so that "newest" has something to choose from.
_BUILDS = [
    ("ami-0ab60218000000a64", "amd64", "x86_64", "20260218"),
    ("ami-0ab60218000000b64", "arm64", "arm64", "20260218"),
    ("ami-0ab60115000000a64", "amd64", "x86_64", "20260115"),
    ("ami-0ab60115000000b64", "arm64", "arm64", "20260115"),
]

# An image whose instances never get as far as their user data. No selector of Ubuntu images finds it.
DOES_NOT_BOOT = "ami-0bad0000000000000"

# An image whose snapshot is larger than kOps's root volumes.
LARGE = "ami-0256f000000000000"

# GiB of a snapshot: Canonical's images have 8.
_LARGE_SIZE = 256
_SIZE = 8


def snapshot_size(ami_id):
    return _LARGE_SIZE if ami_id == LARGE else _SIZE


def images():
    ubuntu = [
        (ami_id, f"ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-{arch}-server-{date}", f"Canonical, Ubuntu, 24.04, {arch} noble image", machine, date)
        for ami_id, arch, machine, date in _BUILDS
    ]
    broken = (DOES_NOT_BOOT, "localcloud/does-not-boot", "An image", "x86_64", "20260101")
    large = (LARGE, "localcloud/large", "An image", "x86_64", "20260101")
    return [_image(*each) for each in [*ubuntu, broken, large]]


def _image(ami_id, name, description, machine, date):
    day = f"{date[:4]}-{date[4:6]}-{date[6:]}"
    return {
        "ami_id": ami_id,
        "name": name,
        "description": f"{description} build on {day}",
        "owner_id": CANONICAL,
        "public": True,
        "virtualization_type": "hvm",
        "hypervisor": "xen",
        "architecture": machine,
        "state": "available",
        "platform": None,
        "image_type": "machine",
        "image_location": f"amazon/{name}",
        "root_device_name": "/dev/sda1",
        "root_device_type": "ebs",
        "sriov": "simple",
        "creation_date": f"{day}T08:00:00.000Z",
    }


def parameters():
    """Parameter name to image id: the newest build of each architecture."""
    return {
        f"/aws/service/canonical/ubuntu/server/24.04/stable/current/{arch}/hvm/ebs-gp3/ami-id": ami_id
        for ami_id, arch, _, _ in reversed(_BUILDS)
    }
