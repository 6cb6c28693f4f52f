import { createHash, randomUUID } from 'node:crypto';
import { errors, type JWTPayload } from 'jose';
import type { Person } from '../people.ts';
import type { Answer, Incoming } from '../serve.ts';
import { authenticateClient } from './client.ts';
import { AadError, errorAnswer } from './errors.ts';
import { grantedTo, readResource, readScopes } from './scopes.ts';
import { type EntraState, findTenant, type IssuedToken, issuerOf, type TokenRequest } from './state.ts';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const LIFETIME_SECONDS = 3_600;

type Call = { state: EntraState; form: URLSearchParams; tid: string; log: TokenRequest };

/** POST /{tenant}/oauth2/v2.0/token: client credentials, on-behalf-of and authorization codes. */
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
    const body = await grant({ state, form, tid: tid ?? state.homeTenant, log });
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

function grant(call: Call): Promise<Record<string, unknown>> {
  switch (call.form.get('grant_type')) {
    case 'client_credentials':
      return asApplication(call);
    case JWT_BEARER:
      return onBehalfOf(call);
    case 'authorization_code':
      return byCode(call);
    case null:
      throw new AadError(900144, "The request body must contain the following parameter: 'grant_type'.");
    default:
      throw new AadError(70003, 'The app requested an unsupported grant type.');
  }
}

async function asApplication({ state, form, tid }: Call) {
  const resource = readResource(state, form.get('scope'));
  const aud = state.resources[resource];
  const roles = resource === 'graph' ? [...state.appRoles] : [];
  const token = await issue(
    state,
    { kind: 'application', aud, tid, oid: null, scopes: roles },
    { idtyp: 'app', roles },
  );
  return { token_type: 'Bearer', ...lifetime(), access_token: token };
}

async function onBehalfOf(call: Call) {
  const { state, form, tid, log } = call;
  if (form.get('requested_token_use') !== 'on_behalf_of') {
    throw new AadError(
      900144,
      "The request body must contain the following parameter: 'requested_token_use'.",
    );
  }
  const assertion = form.get('assertion');
  if (!assertion)
    throw new AadError(900144, "The request body must contain the following parameter: 'assertion'.");
  const asked = readScopes(state, form.get('scope'));
  const person = await readAssertion(call, assertion);
  log.oid = person.oid;
  requireSecondFactor(state, person);
  const scopes = grantedTo(state, person.oid, asked.permissions);
  return delegated(call, { person, tid, scopes, openid: asked.openid, nonce: null });
}

async function readAssertion({ state, tid }: Call, assertion: string): Promise<Person> {
  const claims = await state.signer.verify(assertion, state.now()).catch((error: unknown) => {
    if (error instanceof errors.JWTExpired) {
      throw new AadError(500133, 'Assertion is not within its valid time range.');
    }
    throw new AadError(50013, `Assertion failed signature validation. [${error}]`);
  });
  if (claims.iss !== issuerOf(state, tid) || claims.tid !== tid) {
    throw new AadError(50013, `Assertion was issued for another tenant: '${claims.iss}'.`);
  }
  if (claims.aud !== state.app.id && claims.aud !== state.app.ssoResource) {
    throw new AadError(
      500131,
      `Assertion audience '${claims.aud}' does not match the Client app presenting it.`,
    );
  }
  const person = state.people.find(({ oid, tenantId }) => oid === claims.oid && tenantId === tid);
  if (!person || claims.scp !== 'access_as_user') {
    throw new AadError(
      7000114,
      `Application '${state.app.id}' is not allowed to make on-behalf-of calls with it.`,
    );
  }
  return person;
}

function requireSecondFactor(state: EntraState, person: Person): void {
  if (!state.secondFactor.has(person.oid)) return;
  const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } });
  const text =
    'Due to a configuration change made by your administrator you must use multi-factor authentication.';
  throw new AadError(50076, text, claims);
}

async function byCode(call: Call) {
  const { state, form, log } = call;
  const code = form.get('code') ?? '';
  if (state.redeemed.has(code)) throw new AadError(54005, 'OAuth2 Authorization code was already redeemed.');
  const found = state.codes.get(code);
  if (!found || found.expires < state.now()) {
    throw new AadError(70008, 'The provided authorization code or refresh token has expired.');
  }
  if (form.get('redirect_uri') !== found.redirectUri) {
    throw new AadError(500112, 'The reply address does not match the one of the authorization request.');
  }
  const verifier = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  if (verifier !== found.challenge) {
    throw new AadError(
      501481,
      'The Code_Verifier does not match the code_challenge of the authorization request.',
    );
  }
  state.codes.delete(code);
  state.redeemed.add(code);
  log.oid = found.person.oid;
  const asked = readScopes(state, found.scopes.join(' '));
  const scopes = asked.permissions.length > 0 ? grantedTo(state, found.person.oid, asked.permissions) : [];
  return delegated(call, {
    person: found.person,
    tid: found.tid,
    scopes,
    openid: asked.openid,
    nonce: found.nonce,
  });
}

type Delegation = { person: Person; tid: string; scopes: string[]; openid: string[]; nonce: string | null };

async function delegated({ state, form }: Call, { person, tid, scopes, openid, nonce }: Delegation) {
  const aud = state.resources.graph;
  const names = { upn: person.upn, name: person.name, oid: person.oid };
  const access = { ...names, scp: scopes.join(' '), idtyp: 'user', acct: person.guest ? 1 : 0 };
  const token = await issue(state, { kind: 'delegated', aud, tid, oid: person.oid, scopes }, access);
  const identity = { ...names, preferred_username: person.upn, ver: '2.0', ...(nonce ? { nonce } : {}) };
  const id = openid.includes('openid')
    ? await issue(state, { kind: 'identity', aud: state.app.id, tid, oid: person.oid, scopes: [] }, identity)
    : null;
  const info = Buffer.from(JSON.stringify({ uid: person.oid, utid: tid })).toString('base64url');
  return {
    token_type: 'Bearer',
    scope: [
      ...scopes.map((name) => `${aud}/${name}`),
      ...openid.filter((name) => name !== 'offline_access'),
    ].join(' '),
    ...lifetime(),
    access_token: token,
    ...(id ? { id_token: id } : {}),
    ...(form.get('client_info') === '1' ? { client_info: info } : {}),
  };
}

function lifetime() {
  return { expires_in: LIFETIME_SECONDS - 1, ext_expires_in: LIFETIME_SECONDS - 1 };
}

/** Signs a token and remembers that it exists. Claims win over what every token carries. */
export async function issue(
  state: EntraState,
  token: Omit<IssuedToken, 'jti'>,
  claims: JWTPayload,
): Promise<string> {
  const jti = randomUUID();
  const seconds = Math.floor(state.now() / 1000);
  const isAccess = token.kind === 'delegated' || token.kind === 'application';
  const times = { iat: seconds, nbf: seconds, exp: seconds + LIFETIME_SECONDS };
  const whose = isAccess
    ? { iss: `https://sts.windows.net/${token.tid}/`, appid: state.app.id, ver: '1.0' }
    : { iss: issuerOf(state, token.tid), ver: '2.0' };
  const subject = createHash('sha256').update(`${token.oid}/${state.app.id}`).digest('base64url');
  state.tokens.push({ ...token, jti });
  return state.signer.sign({
    ...whose,
    sub: subject,
    aud: token.aud,
    tid: token.tid,
    ...times,
    jti,
    ...claims,
  });
}
