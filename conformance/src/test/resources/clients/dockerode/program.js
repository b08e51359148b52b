// dockerode as a program: reads a call as JSON a line and answers each with JSON a line.
//
// Arguments: where the server is, and the certificate of its authority and a token if it is asked
// over TLS.
'use strict';

const fs = require('fs');
const readline = require('readline');
const Docker = require('dockerode');

function connect(address, authority, token) {
  const url = new URL(address);
  if (url.protocol === 'unix:') {
    return new Docker({ socketPath: url.pathname });
  }
  return new Docker({
    protocol: 'https',
    host: url.hostname,
    port: url.port,
    ca: fs.readFileSync(authority),
    headers: { Authorization: `Bearer ${token}` },
  });
}

async function perform(docker, call) {
  switch (call.verb) {
    case 'create': {
      const made = await docker.createSecret({
        Name: call.name,
        Labels: call.labels,
        Data: call.data,
      });
      return { id: made.id };
    }
    case 'list': {
      const found = await docker.listSecrets({ filters: call.filters });
      return { names: found.map((each) => each.Spec.Name) };
    }
    case 'inspect': {
      const found = await docker.getSecret(call.reference).inspect();
      return { id: found.ID, index: found.Version.Index, labels: found.Spec.Labels };
    }
    case 'update':
      await docker
        .getSecret(call.reference)
        .update({ version: call.index, Name: call.name, Labels: call.labels });
      return {};
    case 'remove':
      await docker.getSecret(call.reference).remove();
      return {};
    default:
      throw new Error(`unknown verb ${call.verb}`);
  }
}

async function answer(docker, call) {
  try {
    return await perform(docker, call);
  } catch (e) {
    if (e.statusCode === undefined) {
      throw e;
    }
    return { status: e.statusCode, kind: String(e.reason), message: (e.json || {}).message };
  }
}

async function serve() {
  const docker = connect(...process.argv.slice(2));
  for await (const line of readline.createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await answer(docker, JSON.parse(line))));
  }
}

serve();
