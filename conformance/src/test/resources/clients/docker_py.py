"""docker-py as a program: reads a call as JSON a line and answers each with JSON a line.

Arguments: where the server is, and the certificate of its authority if it is asked over TLS.
"""

import base64
import json
import sys

import docker
from docker.errors import APIError


def connect(url, authority=None):
    if authority is None:
        return docker.DockerClient(base_url=url)
    tls = docker.tls.TLSConfig(ca_cert=authority, verify=True)
    # Asked for no version, it would ask the server for one here, and a refusal would end it.
    return docker.DockerClient(base_url=url, tls=tls, version="1.41")


def perform(client, call):
    verb = call["verb"]
    if verb == "create":
        data = base64.b64decode(call["data"])
        made = client.secrets.create(name=call["name"], data=data, labels=call["labels"])
        return {"id": made.id}
    if verb == "list":
        return {"names": [each.name for each in client.secrets.list(filters=call["filters"])]}
    if verb == "inspect":
        found = client.secrets.get(call["reference"]).attrs
        return {"id": found["ID"], "index": found["Version"]["Index"], "labels": found["Spec"]["Labels"]}
    if verb == "remove":
        client.secrets.get(call["reference"]).remove()
        return {}
    raise AssertionError("unknown verb " + verb)


def answer(client, call):
    try:
        return perform(client, call)
    except APIError as e:
        return {
            "status": e.response.status_code,
            "kind": type(e).__name__,
            "message": e.explanation,
        }


client = None
for line in sys.stdin:
    if client is None:
        client = connect(*sys.argv[1:])
    print(json.dumps(answer(client, json.loads(line))), flush=True)
