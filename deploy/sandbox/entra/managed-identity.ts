import type { Answer, Incoming } from '../serve.ts';
import { issue } from './issue.ts';
import type { EntraState } from './state.ts';

/** The header that App Service gives to the process it runs. */
export const IDENTITY_HEADER = 'sandbox-managed-identity';

/** App Service's endpoint: the token that a federated credential accepts in place of a secret. */
export async function answerManagedIdentity(state: EntraState, request: Incoming): Promise<Answer> {
  const { federated } = state.app;
  const query = request.url.searchParams;
  const isKnown = federated && query.get('client_id') === federated.clientId;
  if (request.headers['x-identity-header'] !== IDENTITY_HEADER || !isKnown) {
    return {
      status: 400,
      body: { statusCode: 400, message: 'No User Assigned Identity found for this request.' },
    };
  }
  const aud = query.get('resource')?.replace(/\/$/, '') ?? '';
  const subject = { sub: federated.subject, oid: federated.subject, idtyp: 'app' };
  const token = { kind: 'identity' as const, aud, tid: state.homeTenant, oid: null, scopes: [] };
  const expires = Math.floor(state.now() / 1000) + 3_600;
  const body = {
    access_token: await issue(state, token, subject),
    expires_on: String(expires),
    resource: aud,
    token_type: 'Bearer',
    client_id: federated.clientId,
  };
  return { status: 200, body };
}
