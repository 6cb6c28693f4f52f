import { randomBytes } from 'node:crypto';
import type { Person } from '../people.ts';
import type { Answer, Incoming } from '../serve.ts';
import { contextsIn } from './contexts.ts';
import { AadError } from './errors.ts';
import { adminNeededPage, consentPage, errorPage } from './pages.ts';
import { PERMISSIONS, readScopes } from './scopes.ts';
import { type Authorization, type EntraState, findTenant } from './state.ts';

const PAGE_MS = 15 * 60_000;

/** GET /{tenant}/oauth2/v2.0/authorize, as the person that `login_hint` (query, else cookie) names. */
export function answerAuthorize(state: EntraState, tenant: string, request: Incoming): Answer {
  const query = request.url.searchParams;
  let redirectUri: string;
  try {
    redirectUri = checkRedirect(state, query);
  } catch (error) {
    return refuse(error);
  }
  try {
    const tid = findTenant(state, tenant);
    checkRequest(query);
    const asked = readScopes(state, query.get('scope'));
    const person = findPerson(state, request);
    if (!person) return refuse(new AadError(50058, 'Nobody is signed in to this browser.'));
    if (person.tenantId !== tid) {
      return refuse(new AadError(50020, `User account '${person.upn}' does not exist in tenant '${tid}'.`));
    }
    const authorization: Authorization = {
      tid: person.tenantId,
      person,
      redirectUri,
      scopes: [...asked.openid, ...(asked.permissions === '.default' ? ['.default'] : asked.permissions)],
      state: query.get('state'),
      contexts: contextsIn(query.get('claims')),
      expires: state.now() + PAGE_MS,
    };
    return continueAs(state, authorization, { tenant, prompt: query.get('prompt') });
  } catch (error) {
    if (!(error instanceof AadError)) throw error;
    return back(redirectUri, { ...described(error), state: query.get('state') });
  }
}

/** POST /{tenant}/consent: what the person decided on the page. */
export function answerConsent(state: EntraState, request: Incoming): Answer {
  const form = new URLSearchParams(request.body);
  const id = form.get('id') ?? '';
  const found = state.pages.get(id);
  state.pages.delete(id);
  if (!found || found.expires < state.now()) return refuse(new AadError(90023, 'This page has expired.'));
  if (form.get('decision') === 'accept' && !needsAdmin(state, found)) {
    const granted = state.consents.get(found.person.oid) ?? new Set();
    state.consents.set(found.person.oid, new Set([...granted, ...permissionsOf(state, found)]));
    state.secondFactor.delete(found.person.oid);
    const proved = state.contexts.get(found.person.oid) ?? [];
    state.contexts.set(found.person.oid, new Set([...proved, ...found.contexts]));
    return backWithCode(found);
  }
  const error = needsAdmin(state, found)
    ? new AadError(90094, 'The grant requires administrator permission.')
    : new AadError(65004, 'User declined to consent to access the app.');
  return back(found.redirectUri, { ...described(error), error_subcode: 'cancel', state: found.state });
}

function checkRedirect(state: EntraState, query: URLSearchParams): string {
  const clientId = query.get('client_id');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (clientId !== state.app.id) {
    throw new AadError(700016, `Application with identifier '${clientId}' was not found in the directory.`);
  }
  if (!state.redirectUris.has(redirectUri)) {
    throw new AadError(50011, `The redirect URI '${redirectUri}' is not configured for the application.`);
  }
  return redirectUri;
}

function checkRequest(query: URLSearchParams): void {
  if (query.get('response_type') !== 'code') {
    throw new AadError(
      700054,
      `response_type '${query.get('response_type')}' is not enabled for the application.`,
    );
  }
  if (
    query.get('code_challenge_method') !== 'S256' ||
    !/^[\w-]{43}$/.test(query.get('code_challenge') ?? '')
  ) {
    throw new AadError(90014, 'PKCE with S256 is expected here: code_challenge and code_challenge_method.');
  }
  if (!query.get('state')) throw new AadError(90014, "A 'state' is expected here.");
  if ((query.get('response_mode') ?? 'query') !== 'query') {
    throw new AadError(90023, 'Only response_mode=query is expected here.');
  }
}

function findPerson(state: EntraState, request: Incoming): Person | undefined {
  const cookie = /(?:^|;\s*)login_hint=([^;]*)/.exec(request.headers.cookie ?? '')?.[1];
  const hint = request.url.searchParams.get('login_hint') ?? (cookie ? decodeURIComponent(cookie) : null);
  return state.people.find(({ upn }) => upn.toLowerCase() === hint?.toLowerCase());
}

function continueAs(
  state: EntraState,
  authorization: Authorization,
  { tenant, prompt }: { tenant: string; prompt: string | null },
): Answer {
  const { person } = authorization;
  const granted = state.consents.get(person.oid);
  const isGranted = permissionsOf(state, authorization).every((name) => granted?.has(name));
  const isProved = authorization.contexts.every((context) => state.contexts.get(person.oid)?.has(context));
  const isSilent = isGranted && isProved && prompt !== 'consent' && !state.secondFactor.has(person.oid);
  if (isSilent) return backWithCode(authorization);
  if (prompt === 'none') throw new AadError(65001, 'The user has not consented, and no page may be shown.');
  const id = newSecret();
  state.pages.set(id, authorization);
  const common = { action: `/${tenant}/consent`, id, who: person.upn, app: state.app.name ?? 'Parley' };
  if (needsAdmin(state, authorization)) return html(200, adminNeededPage(common));
  const says = permissionsOf(state, authorization).map((name) => PERMISSIONS[name] ?? name);
  return html(200, consentPage({ ...common, says }));
}

function needsAdmin(state: EntraState, authorization: Authorization): boolean {
  const granted = state.consents.get(authorization.person.oid);
  return state.needsAdmin && permissionsOf(state, authorization).some((name) => !granted?.has(name));
}

const listed = ({ app }: EntraState): readonly string[] => app.permissions ?? ['OnlineMeetings.ReadWrite'];

/** `.default` asks for what the registration lists. */
function permissionsOf(state: EntraState, { scopes }: Authorization): string[] {
  return scopes.includes('.default')
    ? [...listed(state)]
    : scopes.filter((name) => Object.hasOwn(PERMISSIONS, name));
}

function backWithCode({ redirectUri, state }: Authorization): Answer {
  return back(redirectUri, { code: newSecret(), state });
}

/** GET and POST /{tenant}/adminconsent: an administrator agrees for everybody in the tenant. */
export function answerAdminConsent(state: EntraState, tenant: string, request: Incoming): Answer {
  const query = request.url.searchParams;
  try {
    const tid = findTenant(state, tenant);
    const redirectUri = checkRedirect(state, query);
    if (request.method === 'GET') {
      const action = `${request.path}${request.url.search}`;
      const app = state.app.name ?? 'Parley';
      const says = ['Create online meetings for everybody who uses it'];
      return html(200, consentPage({ action, id: '', who: 'Administrator', app, says }));
    }
    if (new URLSearchParams(request.body).get('decision') !== 'accept') {
      const error = described(new AadError(65004, 'The administrator declined to consent.'));
      return back(redirectUri, { ...error, state: query.get('state') });
    }
    for (const { oid } of state.people.filter((person) => person.tenantId === tid)) {
      state.consents.set(oid, new Set([...(state.consents.get(oid) ?? []), ...listed(state)]));
    }
    return back(redirectUri, { admin_consent: 'True', tenant: tid, state: query.get('state') });
  } catch (error) {
    return refuse(error);
  }
}

function described(error: AadError) {
  return { error: error.error, error_description: `AADSTS${error.code}: ${error.message}` };
}

function back(redirectUri: string, parameters: Record<string, string | null>): Answer {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null) url.searchParams.set(name, value);
  }
  return { status: 302, headers: { Location: url.href, 'Cache-Control': 'no-store' } };
}

function refuse(error: unknown): Answer {
  if (!(error instanceof AadError)) throw error;
  return html(400, errorPage(`AADSTS${error.code}: ${error.message}`));
}

function html(status: number, body: string): Answer {
  return { status, body, headers: { 'Cache-Control': 'no-store' } };
}

function newSecret(): string {
  return randomBytes(24).toString('base64url');
}
