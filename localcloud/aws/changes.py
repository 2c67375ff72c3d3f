"""Tells whoever looks at the instances all the time when it is worth a look: run/aws.changes grows with each call that may
have changed something. To list them is among the dearest calls of the simulator.
"""

import re
import threading

from calls import body_of

# Of the services that have to do with instances: their requests are forms.
_FORM = "application/x-www-form-urlencoded"
_ACTION = re.compile(rb"(?:^|&)Action=(\w+)")
_READS = (b"Describe", b"Get", b"List", b"AssumeRole")


def told(app, file):
    """The WSGI application, whose changes a file tells by its size."""
    lock = threading.Lock()
    file.write_bytes(b"")

    def wrapped(environ, start_response):
        changes = _may_change(environ)
        try:
            return app(environ, start_response)
        finally:
            if changes:
                with lock, open(file, "ab") as grown:
                    grown.write(b".")

    return wrapped


def _may_change(environ):
    if not environ.get("CONTENT_TYPE", "").startswith(_FORM):
        return False
    action = _ACTION.search(body_of(environ))
    return action is None or not action[1].startswith(_READS)
