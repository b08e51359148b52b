"""The REST calls that python-yc-lockbox makes, made as it makes them, by the standard library alone.

A program: reads a call as JSON a line, a verb and a request in the API's own JSON form, and answers
each with JSON a line. What that client is particular about is kept: bodies that are text go without
a Content-Type, an update names every field and leaves null what it does not change, a version is
asked for as `version_id`, and an answer counts as JSON only if its Content-Type is exactly that.

Arguments: where the server is, the certificate of its authority, and an IAM token or the file of an
authorized key, of which it makes a login with a signature of its own.
"""

import base64
import datetime
import hashlib
import http.client
import json
import os
import re
import ssl
import sys
import time
import urllib.parse

TIMEOUT_SECONDS = 20
LOGIN_SECONDS = 360
IAM_TOKEN = re.compile(r"t1\.[A-Z0-9a-z_-]+[=]{0,2}\.[A-Z0-9a-z_-]{86}[=]{0,2}")
DAYS_7_SECONDS = 604800


class Refused(Exception):
    def __init__(self, error):
        super().__init__(error["message"])
        self.error = error


class Rest:
    """Sends what requests.request sends for the same arguments."""

    def __init__(self, address, authority):
        context = ssl.create_default_context(cafile=authority)
        self.connection = http.client.HTTPSConnection(
            address, context=context, timeout=TIMEOUT_SECONDS
        )

    def request(self, method, path, data=None, json_body=None, params=None, token=None):
        headers = {"User-Agent": "python-requests/2.32.3", "Accept": "*/*"}
        if token is not None:
            headers["Authorization"] = "Bearer " + token
        body = None
        if data is not None:
            body = data.encode()
        elif json_body is not None:
            body = json.dumps(json_body).encode()
            headers["Content-Type"] = "application/json"
        present = {name: value for name, value in (params or {}).items() if value is not None}
        if present:
            path += "?" + urllib.parse.urlencode(present)
        self.connection.request(method, path, body=body, headers=headers)
        response = self.connection.getresponse()
        text = response.read()
        if response.getheader("Content-Type") != "application/json":
            raise AssertionError("not application/json: " + str(response.getheader("Content-Type")))
        answer = json.loads(text)
        if response.status >= 400:
            raise Refused({"code": int(answer["code"]), "message": answer["message"]})
        return answer


def timestamp(text):
    """Fails on what a strict reader of ISO 8601 would refuse."""
    seconds = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?Z", text).group(1)
    return datetime.datetime.strptime(seconds, "%Y-%m-%dT%H:%M:%S")


def version(found):
    """As it is found; a member without which that client's model cannot be made must be there."""
    for name in ("id", "secretId", "createdAt"):
        found[name]
    timestamp(found["createdAt"])
    if "destroyAt" in found:
        timestamp(found["destroyAt"])
    return found


def secret(found):
    for name in ("id", "folderId", "createdAt", "deletionProtection"):
        found[name]
    timestamp(found["createdAt"])
    version(found["currentVersion"])
    return found


def payload(found):
    for entry in found["entries"]:
        entry["key"]
    found["versionId"]
    return found


def operation(found):
    """With the resource it made, if it made one."""
    timestamp(found["createdAt"])
    timestamp(found["modifiedAt"])
    found["id"]
    if found.get("done"):
        kind = found["response"]["@type"].split("/")[-1]
        if kind == "yandex.cloud.lockbox.v1.Secret":
            secret(found["response"])
        elif kind == "yandex.cloud.lockbox.v1.Version":
            version(found["response"])
    return found


def without_none(found):
    return {name: value for name, value in found.items() if value is not None}


class Lockbox:
    def __init__(self, address, authority, credentials):
        self.rest = Rest(address, authority)
        self.address = address
        self.key = None
        self.token = credentials
        if not IAM_TOKEN.fullmatch(credentials):
            with open(credentials, encoding="utf-8") as file:
                self.key = json.load(file)
            self.token = None

    def call(self, method, path, **arguments):
        if self.token is None:
            self.token = self.login()
        return self.rest.request(method, path, token=self.token, **arguments)

    def login(self):
        audience = "https://" + self.address + "/iam/v1/tokens"
        found = self.rest.request(
            "POST", "/iam/v1/tokens", json_body={"jwt": signed(self.key, audience)}
        )
        timestamp(found["expiresAt"])
        if not IAM_TOKEN.fullmatch(found["iamToken"]):
            raise AssertionError("not the form of an IAM token")
        return found["iamToken"]

    def create_secret(self, request):
        body = {"labels": {}, "deletionProtection": False, **request}
        data = json.dumps(without_none(body))
        return operation(self.call("POST", "/lockbox/v1/secrets", data=data))

    def get_secret(self, secret_id):
        return secret(self.call("GET", f"/lockbox/v1/secrets/{secret_id}"))

    def get_secret_payload(self, secret_id, version_id=None):
        params = {"version_id": version_id} if version_id else None
        return payload(
            self.call("GET", f"/lockbox/v1/secrets/{secret_id}/payload", params=params)
        )

    def update_secret(self, secret_id, request):
        fields = ("name", "description", "labels", "deletionProtection")
        body = {"updateMask": request["updateMask"], **{name: request.get(name) for name in fields}}
        return operation(
            self.call("PATCH", f"/lockbox/v1/secrets/{secret_id}", data=json.dumps(body))
        )

    def delete_secret(self, secret_id):
        return operation(self.call("DELETE", f"/lockbox/v1/secrets/{secret_id}"))

    def activate_secret(self, secret_id):
        return operation(self.call("POST", f"/lockbox/v1/secrets/{secret_id}:activate"))

    def deactivate_secret(self, secret_id):
        return operation(self.call("POST", f"/lockbox/v1/secrets/{secret_id}:deactivate"))

    def add_secret_version(self, secret_id, request):
        data = json.dumps(without_none(request))
        return operation(
            self.call("POST", f"/lockbox/v1/secrets/{secret_id}:addVersion", data=data)
        )

    def schedule_secret_version_destruction(self, secret_id, version_id, seconds=DAYS_7_SECONDS):
        body = {"versionId": version_id, "pendingPeriod": f"{seconds}s"}
        path = f"/lockbox/v1/secrets/{secret_id}:scheduleVersionDestruction"
        return operation(self.call("POST", path, json_body=body))

    def cancel_secret_version_destruction(self, secret_id, version_id):
        path = f"/lockbox/v1/secrets/{secret_id}:cancelVersionDestruction"
        return operation(self.call("POST", path, json_body={"versionId": version_id}))

    def list_secrets(self, folder_id, page_size=100, page_token=None):
        params = {"folderId": folder_id, "pageSize": page_size, "pageToken": page_token}
        found = self.call("GET", "/lockbox/v1/secrets", params=params)
        for each in found.get("secrets", []):
            secret(each)
        return found

    def list_secret_versions(self, secret_id, page_size=100, page_token=None):
        params = {"pageSize": page_size, "pageToken": page_token}
        found = self.call("GET", f"/lockbox/v1/secrets/{secret_id}/versions", params=params)
        for each in found.get("versions", []):
            version(each)
        return found


def iterate(page, entrypoint):
    """All pages, the first of which is asked for with an empty token."""
    token = ""
    while token is not None:
        found = page(token)
        yield from found.get(entrypoint, [])
        token = found.get("nextPageToken")


def signed(key, audience):
    """A login of `key`: a JWT with a PS256 signature, as RFC 7518 and RFC 8017 have it."""
    now = int(time.time())
    header = {"typ": "JWT", "alg": "PS256", "kid": key["id"]}
    claims = {
        "aud": audience,
        "iss": key["service_account_id"],
        "iat": now,
        "exp": now + LOGIN_SECONDS,
    }
    parts = ".".join(encoded(json.dumps(part).encode()) for part in (header, claims))
    return parts + "." + encoded(pss(parts.encode(), *private_key(key["private_key"])))


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def private_key(pem):
    """The modulus and the private exponent in a PKCS#8 file."""
    inner = pem[pem.index("-----BEGIN PRIVATE KEY-----") + 27 : pem.index("-----END")]
    outer = sequence(base64.b64decode(inner))
    numbers = sequence(outer[2])
    return int.from_bytes(numbers[1], "big"), int.from_bytes(numbers[3], "big")


def sequence(der):
    """The contents of the elements of a DER sequence."""
    _, body, _ = element(der, 0)
    parts, at = [], 0
    while at < len(body):
        _, part, at = element(body, at)
        parts.append(part)
    return parts


def element(der, at):
    tag, length, at = der[at], der[at + 1], at + 2
    if length >= 0x80:
        size = length & 0x7F
        length, at = int.from_bytes(der[at : at + size], "big"), at + size
    return tag, der[at : at + length], at + length


def pss(message, modulus, exponent):
    """RSASSA-PSS with SHA-256 and a salt of its length."""
    bits = modulus.bit_length() - 1
    size = (bits + 7) // 8
    salt = os.urandom(32)
    digest = hashlib.sha256(bytes(8) + hashlib.sha256(message).digest() + salt).digest()
    block = bytes(size - 32 - 32 - 2) + b"\x01" + salt
    masked = bytearray(a ^ b for a, b in zip(block, mask(digest, len(block))))
    masked[0] &= 0xFF >> (8 * size - bits)
    number = int.from_bytes(bytes(masked) + digest + b"\xbc", "big")
    return pow(number, exponent, modulus).to_bytes((modulus.bit_length() + 7) // 8, "big")


def mask(seed, length):
    blocks = (length + 31) // 32
    return b"".join(
        hashlib.sha256(seed + i.to_bytes(4, "big")).digest() for i in range(blocks)
    )[:length]


def perform(client, verb, request):
    secret_id = request.get("secretId")
    rest = {name: value for name, value in request.items() if name != "secretId"}
    if verb == "create":
        return client.create_secret(request)
    if verb == "get":
        return client.get_secret(secret_id)
    if verb == "payload":
        return client.get_secret_payload(secret_id, request.get("versionId"))
    if verb == "update":
        return client.update_secret(secret_id, rest)
    if verb == "delete":
        return client.delete_secret(secret_id)
    if verb == "activate":
        return client.activate_secret(secret_id)
    if verb == "deactivate":
        return client.deactivate_secret(secret_id)
    if verb == "addVersion":
        return client.add_secret_version(secret_id, rest)
    if verb == "scheduleVersionDestruction":
        period = request.get("pendingPeriod", f"{DAYS_7_SECONDS}s")
        return client.schedule_secret_version_destruction(
            secret_id, request["versionId"], int(period.rstrip("s"))
        )
    if verb == "cancelVersionDestruction":
        return client.cancel_secret_version_destruction(secret_id, request["versionId"])
    if verb == "list":
        return client.list_secrets(
            request["folderId"], request.get("pageSize", 100), request.get("pageToken")
        )
    if verb == "listVersions":
        return client.list_secret_versions(
            secret_id, request.get("pageSize", 100), request.get("pageToken")
        )
    if verb == "iterate":
        size = request["pageSize"]
        if secret_id is None:
            folder = request["folderId"]
            found = iterate(lambda token: client.list_secrets(folder, size, token), "secrets")
        else:
            found = iterate(
                lambda token: client.list_secret_versions(secret_id, size, token), "versions"
            )
        return {"ids": [each["id"] for each in found]}
    raise AssertionError("unknown verb " + verb)


def answer(client, call):
    try:
        return perform(client, call["verb"], call["request"])
    except Refused as e:
        return {"refused": e.error}


lockbox = Lockbox(*sys.argv[1:])
for line in sys.stdin:
    print(json.dumps(answer(lockbox, json.loads(line))), flush=True)
