"""Starts moto as this local cloud's AWS: with our images, with our patches, on a free port below the ephemeral range.

Usage: launch.py DIR [PORT]. Writes the port to DIR/aws.port once it listens.
"""

import json
import os
import random
import signal
import sys
import threading
from pathlib import Path


def bind(make, wanted):
    """Binds the wanted port, or the first free one of a random walk: several local clouds start at the same moment."""
    if wanted:
        return make(wanted)
    ports = random.sample(range(20000, 32000), 200)
    for port in ports:
        try:
            return make(port)
        except (OSError, SystemExit):
            continue
    sys.exit("no free port between 20000 and 32000")


def warm():
    """Loads the services that every cluster needs, so that the first call to each is as fast as the later ones."""
    import importlib

    for service, region in [("ec2", "us-east-1"), ("iam", "aws"), ("s3", "aws"), ("sts", "aws"), ("elbv2", "us-east-1"), ("autoscaling", "us-east-1")]:
        backends = getattr(importlib.import_module(f"moto.{service}.models"), f"{service}_backends")
        backends["123456789012"][region]
    for service in ["ec2", "iam", "s3", "elbv2", "autoscaling", "sqs", "events", "ssm", "sts", "resourcegroupstaggingapi"]:
        importlib.import_module(f"moto.{service}.responses")


def main():
    directory = Path(sys.argv[1])
    calls_file = directory.parent / "logs" / "calls.jsonl"
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 0

    import images

    amis = directory / "images.json"
    amis.write_text(json.dumps(images.images()))
    # moto reads this when it is imported.
    os.environ["MOTO_AMIS_PATH"] = str(amis)
    # Roles may have AWS's own policies attached.
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"

    import quick

    quick.before_moto()

    import socket

    import calls
    import changes
    import dependencies
    import groups
    import identities
    import patches
    import prices
    from moto.moto_server.werkzeug_app import (
        DomainDispatcherApplication,
        MotoRequestHandler,
        create_backend_app,
    )
    from werkzeug.serving import make_server

    class QuietHandler(MotoRequestHandler):
        # An answer leaves in one piece. Sent in two, header first, a client that keeps connections sometimes takes this
        # one for broken, and asks again for what is done already.
        wbufsize = 65536

        def log_request(self, *args, **kwargs):
            if os.environ.get("LOCALCLOUD_LOG_REQUESTS"):
                super().log_request(*args, **kwargs)

    quick.apply()
    patches.apply()
    prices.apply()
    groups.apply()
    identities.apply()
    dependencies.apply()
    simulator = prices.answered(DomainDispatcherApplication(create_backend_app))
    app = calls.recorded(changes.told(simulator, directory / "aws.changes"), calls_file)

    def make(port):
        # werkzeug ends the process when a port is taken, so the socket is ours.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(256)
        server = make_server(
            "127.0.0.1", port, app, threaded=True, request_handler=QuietHandler, fd=listener.fileno()
        )
        server.our_listener = listener
        return server

    try:
        server = bind(make, wanted)
    except OSError as error:
        sys.exit(f"port {wanted} is taken: {error}")

    os.environ["MOTO_PORT"] = str(server.port)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    threading.Thread(target=warm, daemon=True).start()
    ready = directory / "aws.port.new"
    ready.write_text(str(server.port))
    ready.rename(directory / "aws.port")
    server.serve_forever()


if __name__ == "__main__":
    main()
