import { randomBytes } from 'node:crypto';
import { escapeUTF8 } from 'entities';
import type { Person } from '../people.ts';
import type { Answer, Incoming } from '../serve.ts';
import { contextsIn } from './contexts.ts';
import { AadError } from './errors.ts';
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

const STYLE = `
  body { font: 16px/1.5 'Segoe UI', system-ui, sans-serif; margin: 0; background: #f2f2f2; color: #1b1b1b; }
  main { max-width: 26rem; margin: 8vh auto; padding: 2.5rem; background: #fff; box-shadow: 0 2px 6px #0003; }
  h1 { font-size: 1.4rem; font-weight: 600; margin: 0.5rem 0 1rem; }
  .who { color: #616161; margin: 0; }
  li { margin: 0.25rem 0; }
  .actions { display: flex; gap: 0.5rem; justify-content: flex-end; margin-top: 2rem; }
  button { font: inherit; padding: 0.4rem 1.6rem; border: 1px solid #8c8c8c; background: #fff; color: inherit; }
  button[value='accept'] { background: #0067b8; border-color: #0067b8; color: #fff; }
  .note { color: #616161; font-size: 0.85rem; margin-top: 2rem; }
  :focus-visible { outline: 3px solid #1b1b1b; outline-offset: 2px; }
  @media (prefers-color-scheme: dark) {
    body { background: #1b1b1b; color: #f2f2f2; }
    main, button { background: #2b2b2b; }
    .who, .note { color: #b8b8b8; }
    :focus-visible { outline-color: #f2f2f2; }
  }
`;

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeUTF8(title)}</title><style>${STYLE}</style></head>
<body><main>${content}<p class="note">This is the sandbox’s stand-in for Microsoft’s sign-in page.</p></main></body></html>`;
}

type Consent = { action: string; id: string; who: string; app: string; says: readonly string[] };

/** Asks a person to accept or decline; posts `id` and `decision` to `action`. */
function consentPage({ action, id, who, app, says }: Consent): string {
  const name = escapeUTF8(app);
  const items = says.map((text) => `<li>${escapeUTF8(text)}</li>`).join('');
  return page(
    'Permissions requested',
    `<p class="who">${escapeUTF8(who)}</p>
    <h1>${name} wants to create meetings for you</h1>
    <p>If you accept, ${name} can:</p><ul>${items}</ul>
    <form method="post" action="${escapeUTF8(action)}"><input type="hidden" name="id" value="${escapeUTF8(id)}">
    <div class="actions"><button name="decision" value="decline">Decline</button>
    <button name="decision" value="accept">Accept</button></div></form>`,
  );
}

/** Says that only an administrator can agree; the one button goes back without an agreement. */
function adminNeededPage({ action, id, who, app }: Omit<Consent, 'says'>): string {
  return page(
    'Need admin approval',
    `<p class="who">${escapeUTF8(who)}</p>
    <h1>Need admin approval</h1>
    <p>${escapeUTF8(app)} needs a permission that only an administrator of your organisation can grant.</p>
    <form method="post" action="${escapeUTF8(action)}"><input type="hidden" name="id" value="${escapeUTF8(id)}">
    <div class="actions"><button name="decision" value="decline">Back without approval</button></div></form>`,
  );
}

/** A refusal that must not be sent to a redirect address. */
function errorPage(message: string): string {
  return page('Sign-in error', `<h1>Sorry, we couldn’t sign you in</h1><p>${escapeUTF8(message)}</p>`);
}
