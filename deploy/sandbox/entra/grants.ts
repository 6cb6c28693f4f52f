import { errors } from 'jose';
import type { Person } from '../people.ts';
import { demandFor, grantedContexts } from './contexts.ts';
import { AadError } from './errors.ts';
import { delegate, issue, lifetime } from './issue.ts';
import { grantedTo, readResource, readScopes } from './scopes.ts';
import { type EntraState, issuerOf, type TokenRequest } from './state.ts';

/** A call of the token endpoint by the proven app. */
export type GrantCall = { state: EntraState; form: URLSearchParams; tid: string; log: TokenRequest };

/** Client credentials: a token for the app itself. */
export async function asApplication({ state, form, tid }: GrantCall) {
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

/** On-behalf-of: a Graph token in exchange for what Teams handed over. Throws AadError. */
export async function onBehalfOf(call: GrantCall) {
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
  const refused = state.refused.get(person.oid);
  if (refused !== undefined) throw new AadError(refused, 'The directory does not let this person in.');
  requireSecondFactor(state, person);
  const scopes = grantedTo(state, person.oid, asked.permissions);
  const contexts = grantedContexts(state, person.oid, form.get('claims'));
  const delegation = { person, tid, scopes, openid: asked.openid, contexts };
  return delegate(state, delegation, form.get('client_info') === '1');
}

async function readAssertion({ state, tid }: GrantCall, assertion: string): Promise<Person> {
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
  const text =
    'Due to a configuration change made by your administrator you must use multi-factor authentication.';
  throw new AadError(50076, text, demandFor('c1'));
}
