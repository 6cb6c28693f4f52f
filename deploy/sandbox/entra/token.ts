import type { Answer, Incoming } from '../serve.ts';
import { authenticateClient } from './client.ts';
import { AadError, errorAnswer } from './errors.ts';
import { asApplication, type GrantCall, onBehalfOf } from './grants.ts';
import { type EntraState, findTenant, type TokenRequest } from './state.ts';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** POST /{tenant}/oauth2/v2.0/token: client credentials and on-behalf-of; the bot redeems no code. */
export async function answerToken(state: EntraState, tenant: string, request: Incoming): Promise<Answer> {
  const form = new URLSearchParams(request.body);
  const log: TokenRequest = {
    tenant,
    grant: form.get('requested_token_use') ?? form.get('grant_type') ?? '',
    clientId: form.get('client_id') ?? '',
    credential: null,
    scope: form.get('scope') ?? '',
    oid: null,
    status: 200,
    code: null,
  };
  state.requests.push(log);
  try {
    if (request.method !== 'POST') throw new AadError(900561, 'The endpoint only accepts POST requests.');
    const tid = findTenant(state, tenant);
    log.credential = await authenticateClient(state, form, tenant);
    const body = await grant({ state, form, tid, log });
    return { status: 200, body, headers: { 'Cache-Control': 'no-store', Pragma: 'no-cache' } };
  } catch (error) {
    if (!(error instanceof AadError)) throw error;
    const correlation = request.headers['client-request-id'];
    const id = typeof correlation === 'string' ? correlation : (form.get('client-request-id') ?? undefined);
    const answer = errorAnswer(error, id, state.now());
    log.status = answer.status;
    log.code = error.code;
    return answer;
  }
}

function grant(call: GrantCall): Promise<Record<string, unknown>> {
  switch (call.form.get('grant_type')) {
    case 'client_credentials':
      return asApplication(call);
    case JWT_BEARER:
      return onBehalfOf(call);
    case null:
      throw new AadError(900144, "The request body must contain the following parameter: 'grant_type'.");
    default:
      throw new AadError(70003, 'The app requested an unsupported grant type.');
  }
}
