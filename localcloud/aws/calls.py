"""Writes down the calls of IAM users and roles: who asked for what, on resources with which tags.

One JSON object a line in logs/calls.jsonl. The local cloud's own key belongs to no user of IAM, so its calls are not among
them. The exchange of a service account's token for a role's keys is, though nobody signs it. Nothing secret is written: no
body of S3, no user data, no document, and of a token only its claims.
"""

import base64
import io
import json
import re
import threading
from urllib.parse import parse_qsl

ACCOUNT = "123456789012"
_EC2_ID = re.compile(r"^[a-z]{1,8}-[0-9a-f]{8,}$")
_HIDDEN = re.compile(r"UserData|Token|Document|Policy$|Secret|Password|Body|Message|PublicKey", re.IGNORECASE)
_CREDENTIAL = re.compile(r"Credential=([^/,]+)/[^/]+/([^/]+)/([^/]+)/")
_LONGEST = 2000


def recorded(app, file):
    """The WSGI application, with its calls appended to a file."""
    lock = threading.Lock()
    operations = {}

    def operation_of(service, environ):
        if service not in operations:
            operations[service] = _Operations(service)
        return operations[service].find(environ)

    def wrapped(environ, start_response):
        call = _call(environ, operation_of)
        if call is None:
            return app(environ, start_response)

        def starting(status, headers, *rest):
            line = json.dumps({**call, "status": int(status.split()[0])}, sort_keys=True)
            with lock, open(file, "a", encoding="utf-8") as log:
                log.write(f"{line}\n")
            return start_response(status, headers, *rest)

        return app(environ, starting)

    return wrapped


def _call(environ, operation_of):
    authorization = environ.get("HTTP_AUTHORIZATION", "")
    signed = _CREDENTIAL.search(authorization)
    if signed is not None:
        key, region, service = signed.groups()
        principal = _principal(key)
        if principal is None:
            return None
    else:
        principal, region, service = None, "us-east-1", None
    target = environ.get("HTTP_X_AMZ_TARGET")
    kind = environ.get("CONTENT_TYPE", "")
    if target is not None:
        operation = target.split(".")[-1]
        params = _flat(json.loads(body_of(environ) or b"{}"))
    elif kind.startswith("application/x-www-form-urlencoded"):
        params = dict(parse_qsl(body_of(environ).decode(), keep_blank_values=True))
        operation = params.pop("Action", None)
        params.pop("Version", None)
        service = service or ("sts" if operation == "AssumeRoleWithWebIdentity" else None)
    elif service in ("s3", "route53"):
        # S3 Control is another API under the same name.
        is_control = environ["PATH_INFO"].startswith("/v20180820/")
        operation, params = operation_of("s3control" if is_control else service, environ)
    else:
        return None
    if operation is None or service is None:
        return None
    claims = _claims(params.get("WebIdentityToken"))
    kept = {name: value for name, value in params.items() if not _HIDDEN.search(name) and len(value) <= _LONGEST}
    call = {"principal": principal, "region": region, "service": service, "operation": operation, "params": kept}
    call["resources"] = _resources(region, kept)
    if claims is not None:
        call["claims"] = claims
    return call


def _principal(key):
    """The ARN of the user or of the role's session whose key it is."""
    from moto.iam.models import iam_backends
    from moto.sts.models import sts_backends

    for user in iam_backends[ACCOUNT]["aws"].users.values():
        if any(each.access_key_id == key for each in user.access_keys):
            return user.arn
    for session in sts_backends[ACCOUNT]["aws"].assumed_roles:
        if session.access_key_id == key:
            return session.arn
    return None


def body_of(environ):
    """What was sent; whoever answers reads it again."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(length)
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def _flat(value, prefix=""):
    """JSON as a query has it: `Tags.1.Key`."""
    if isinstance(value, dict):
        entries = value.items()
    elif isinstance(value, list):
        entries = ((str(position + 1), each) for position, each in enumerate(value))
    else:
        return {prefix: value if isinstance(value, str) else json.dumps(value)}
    return {name: text for key, each in entries for name, text in _flat(each, f"{prefix}.{key}" if prefix else key).items()}


def _claims(token):
    if token is None:
        return None
    payload = token.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return {name: claims[name] for name in ("iss", "sub", "aud") if name in claims}


def _resources(region, params):
    """What the call names and the simulator knows, with its tags; of a launch template, what it would start, too."""
    from moto.ec2.models import ec2_backends

    ec2 = ec2_backends[ACCOUNT][region]
    found = {}
    for name, value in params.items():
        if _EC2_ID.match(value):
            found[value] = {"tags": dict(ec2.tags.get(value, {}))}
        elif name.endswith("LaunchTemplateName"):
            known = ec2.launch_template_name_to_ids.get(value)
            if known is not None:
                found[known] = {"tags": dict(ec2.tags.get(known, {})), "name": value}
    for key, each in found.items():
        template = ec2.launch_templates.get(key)
        if template is not None:
            each["starts"] = _started(template.latest_version().data)
    return found


def _started(data):
    groups = list(data.get("SecurityGroupIds") or [])
    for interface in data.get("NetworkInterfaces") or []:
        groups += interface.get("Groups") or []
    profile = (data.get("IamInstanceProfile") or {}).get("Name") or (data.get("IamInstanceProfile") or {}).get("Arn", "")
    tags = {
        each["ResourceType"]: {tag["Key"]: tag["Value"] for tag in each.get("Tags") or []}
        for each in data.get("TagSpecifications") or []
    }
    return {"image": data.get("ImageId"), "groups": groups, "role": _role(profile.split("/")[-1]), "tags": tags}


def _role(profile):
    from moto.iam.models import iam_backends

    for each in iam_backends[ACCOUNT]["aws"].instance_profiles.values():
        if each.name == profile and each.roles:
            return each.roles[0].arn
    return None


class _Operations:
    """Which operation a request of a service in REST style is: by method, path and the words of its query."""

    def __init__(self, service):
        import botocore.session

        model = botocore.session.get_session().get_service_model(service)
        self.known = [_Shape(model.operation_model(name)) for name in model.operation_names]

    def find(self, environ):
        query = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
        headers = {name for name in environ if name.startswith("HTTP_")}
        fitting = [each for each in self.known if each.fits(environ["REQUEST_METHOD"], environ["PATH_INFO"], query, headers)]
        if not fitting:
            return None, {}
        best = max(fitting, key=lambda each: each.weight)
        return best.name, {**best.names(environ["PATH_INFO"]), **{key: value for key, value in query.items() if value}}


class _Shape:
    def __init__(self, operation):
        self.name = operation.name
        self.method = operation.http["method"]
        path, _, query = operation.http["requestUri"].partition("?")
        self.words = dict(parse_qsl(query, keep_blank_values=True))
        members = operation.input_shape.members if operation.input_shape else {}
        required = operation.input_shape.required_members if operation.input_shape else []
        located = [(members[each].serialization.get("location"), members[each].serialization.get("name", each)) for each in required]
        self.queries = {name for location, name in located if location == "querystring"}
        self.headers = {"HTTP_" + name.upper().replace("-", "_") for location, name in located if location == "header" and name.startswith("x-amz-")}
        self.weight = 2 * len(self.words) + len(self.queries) + len(self.headers)
        pattern = re.sub(r"\\\{(\w+)(\\\+)?\\\}", lambda match: f"(?P<{match[1]}>{'.+' if match[2] else '[^/]+'})", re.escape(path))
        self.path = re.compile(f"^{pattern.rstrip('/')}/?$")

    def fits(self, method, path, query, headers):
        words = all(name in query and value in ("", query[name]) for name, value in self.words.items())
        return method == self.method and words and self.queries <= query.keys() and self.headers <= headers and self.path.match(path) is not None

    def names(self, path):
        return self.path.match(path).groupdict()
