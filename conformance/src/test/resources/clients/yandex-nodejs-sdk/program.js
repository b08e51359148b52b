// Yandex Cloud's Node.js SDK as a program: reads a call as JSON a line, a verb and a request in the
// API's own JSON form, and answers each with JSON a line. Of a change it waits for the operation
// and answers with it, its metadata and response unpacked.
//
// Arguments: where the server is, the certificate of its authority, an IAM token.
'use strict';

const fs = require('fs');
const readline = require('readline');
const { Session, waitForOperation } = require('@yandex-cloud/nodejs-sdk');
const { payload, payloadService, secret, secretService } = require('@yandex-cloud/nodejs-sdk/lockbox-v1');
const access = require('@yandex-cloud/nodejs-sdk/dist/generated/yandex/cloud/access/access');
const { Empty } = require('@yandex-cloud/nodejs-sdk/dist/generated/google/protobuf/empty');

const PATIENCE_MS = 20000;

const [endpoint, authority, iamToken] = process.argv.slice(2);
const session = new Session({ iamToken, ssl: { rootCerts: fs.readFileSync(authority) } });
const secrets = session.client(secretService.SecretServiceClient, endpoint);
const payloads = session.client(payloadService.PayloadServiceClient, endpoint);

const reads = {
  get: [secrets, secretService.GetSecretRequest, secret.Secret],
  list: [secrets, secretService.ListSecretsRequest, secretService.ListSecretsResponse],
  listVersions: [secrets, secretService.ListVersionsRequest, secretService.ListVersionsResponse],
  listOperations: [
    secrets,
    secretService.ListSecretOperationsRequest,
    secretService.ListSecretOperationsResponse,
  ],
  listAccessBindings: [
    secrets,
    access.ListAccessBindingsRequest,
    access.ListAccessBindingsResponse,
  ],
  payload: [payloads, payloadService.GetPayloadRequest, payload.Payload],
  getEx: [payloads, payloadService.GetExRequest, payloadService.GetExResponse],
};

const changes = {
  create: [secretService.CreateSecretRequest, secretService.CreateSecretMetadata, secret.Secret],
  update: [secretService.UpdateSecretRequest, secretService.UpdateSecretMetadata, secret.Secret],
  delete: [secretService.DeleteSecretRequest, secretService.DeleteSecretMetadata, secret.Secret],
  activate: [
    secretService.ActivateSecretRequest,
    secretService.ActivateSecretMetadata,
    secret.Secret,
  ],
  deactivate: [
    secretService.DeactivateSecretRequest,
    secretService.DeactivateSecretMetadata,
    secret.Secret,
  ],
  addVersion: [secretService.AddVersionRequest, secretService.AddVersionMetadata, secret.Version],
  scheduleVersionDestruction: [
    secretService.ScheduleVersionDestructionRequest,
    secretService.ScheduleVersionDestructionMetadata,
    secret.Version,
  ],
  cancelVersionDestruction: [
    secretService.CancelVersionDestructionRequest,
    secretService.CancelVersionDestructionMetadata,
    secret.Version,
  ],
  setAccessBindings: [access.SetAccessBindingsRequest, access.SetAccessBindingsMetadata, Empty],
  updateAccessBindings: [
    access.UpdateAccessBindingsRequest,
    access.UpdateAccessBindingsMetadata,
    Empty,
  ],
};

// What JSON spells in one text and the SDK in messages.
function spelled(request) {
  const { updateMask, pendingPeriod, ...rest } = request;
  if (updateMask !== undefined) {
    const paths = updateMask.split(',');
    const snake = (path) => path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    rest.updateMask = { paths: paths.map(snake) };
  }
  if (pendingPeriod !== undefined) {
    rest.pendingPeriod = { seconds: Number.parseInt(pendingPeriod, 10), nanos: 0 };
  }
  return rest;
}

function unpacked(any, type) {
  return { '@type': any.typeUrl, ...type.toJSON(type.decode(any.value)) };
}

async function perform(call) {
  if (call.verb in reads) {
    const [client, Request, Response] = reads[call.verb];
    const method = call.verb === 'payload' ? 'get' : call.verb;
    const answer = await client[method](Request.fromJSON(spelled(call.request)));
    return Response.toJSON(answer);
  }
  if (!(call.verb in changes)) {
    throw new Error(`unknown verb ${call.verb}`);
  }
  const [Request, Metadata, Response] = changes[call.verb];
  const started = await secrets[call.verb](Request.fromJSON(spelled(call.request)));
  const done = await waitForOperation(started, session, PATIENCE_MS, endpoint);
  return {
    id: done.id,
    done: done.done,
    description: done.description,
    createdBy: done.createdBy,
    metadata: unpacked(done.metadata, Metadata),
    response: unpacked(done.response, Response),
  };
}

async function answer(call) {
  try {
    return await perform(call);
  } catch (e) {
    if (e.code === undefined) {
      throw e;
    }
    return { refused: { code: e.code, message: e.details } };
  }
}

async function serve() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await answer(JSON.parse(line))));
  }
  process.exit(0); // The channels would keep the process.
}

serve();
