import { errors, type JWTPayload } from 'jose';
import { RESOURCES } from './clouds.ts';
import { answerAdminConsent, answerAuthorize, answerConsent } from './entra/authorize.ts';
import { AadError, errorAnswer } from './entra/errors.ts';
import { issue } from './entra/issue.ts';
import { type EntraApp, type EntraState, findTenant, issuerOf } from './entra/state.ts';
import { answerToken } from './entra/token.ts';
import type { Faults } from './faults.ts';
import { createSigner } from './keys.ts';
import type { Person } from './people.ts';
import { type Answer, type Incoming, serve, type Tls } from './serve.ts';

type EntraOptions = {
  tls: Tls;
  tenantId: string;
  people: readonly Person[];
  app: EntraApp;
  /** Faults with `service: 'entra'`. */
  faults?: Faults;
  /** Audiences of the two resources; default those of the global cloud. */
  resources?: { graph: string; bot: string };
  /** Epoch milliseconds; default the clock. */
  now?: () => number;
};

/** What a resource learns about a token that somebody presents. */
type Introspection =
  | { ok: true; claims: JWTPayload }
  | { ok: false; reason: 'malformed' | 'signature' | 'expired' | 'revoked' };

/** A running stand-in for Entra ID; everything it holds may be read by tests. */
export type Entra = {
  /** Origin for `AUTHORITY_HOST` (https). */
  authorityHost: string;
  /** Origin of the pages that a person sees (http, so that no browser warns). */
  webUrl: string;
  state: EntraState;
  /** For a bot that signs in by managed identity: the environment that App Service would give it. */
  managedIdentityEnv: { IDENTITY_ENDPOINT: string; IDENTITY_HEADER: string };
  /** The token that Teams hands over for this person; `claims` replace what it would say. */
  ssoToken(person: Person, claims?: JWTPayload): Promise<string>;
  /** A token signed by the directory's key with exactly these claims. */
  sign(claims: JWTPayload, header?: Record<string, unknown>): Promise<string>;
  consent(oid: string, permissions?: readonly string[]): void;
  /** Takes back everything the person has granted. */
  withdrawConsent(oid: string): void;
  /** From now on the person must show a second factor, until they went through the sign-in page. */
  requireSecondFactor(oid: string): void;
  /** From now on the person gets no token, with this AADSTS number as the reason. */
  refuse(oid: string, code: number): void;
  /** People may no longer consent themselves (or may again). */
  requireAdminConsent(isRequired?: boolean): void;
  grantAppRole(role: string): void;
  registerRedirectUri(uri: string): void;
  /** Resources refuse this person's tokens that are in circulation. */
  revoke(oid: string): void;
  introspect(token: string): Promise<Introspection>;
  /** Forgets consents, granted roles and requests; nobody is refused, and nothing is demanded. The app stays registered. */
  reset(): void;
  close(): Promise<void>;
};

const TEAMS_DESKTOP = '1fec8e78-bce4-4aaf-ab1b-5451cc387264';

/** Starts the stand-in on loopback: one https server for programs, one http server for browsers. */
export async function createEntra(options: EntraOptions): Promise<Entra> {
  const state: EntraState = {
    app: options.app,
    homeTenant: options.tenantId,
    people: options.people,
    signer: await createSigner(),
    authority: '',
    resources: options.resources ?? RESOURCES.global,
    now: options.now ?? Date.now,
    consents: new Map(),
    appRoles: new Set(),
    needsAdmin: false,
    secondFactor: new Set(),
    refused: new Map(),
    contexts: new Map(),
    redirectUris: new Set(options.app.redirectUris),
    pages: new Map(),
    tokens: [],
    requests: [],
    revoked: new Set(),
  };
  const shared = { service: 'entra', faults: options.faults, faultBody };
  const web = await serve({
    ...shared,
    handle: (request) => answerPage(state, request),
  });
  const handle = (request: Incoming) => answerProgram(state, web.url, request);
  const programs = await serve({ ...shared, tls: options.tls, handle });
  state.authority = programs.url;
  return {
    authorityHost: programs.url,
    webUrl: web.url,
    managedIdentityEnv: { IDENTITY_ENDPOINT: `${web.url}/msi/token`, IDENTITY_HEADER },
    ...operationsOf(state),
    close: async () => void (await Promise.all([programs.close(), web.close()])),
  };
}

function operationsOf(state: EntraState) {
  return {
    state,
    ssoToken: (person: Person, claims: JWTPayload = {}) => signSso(state, person, claims),
    sign: state.signer.sign,
    consent: (oid: string, permissions: readonly string[] = ['OnlineMeetings.ReadWrite']) =>
      void state.consents.set(oid, new Set([...(state.consents.get(oid) ?? []), ...permissions])),
    withdrawConsent: (oid: string) => void state.consents.delete(oid),
    requireSecondFactor: (oid: string) => void state.secondFactor.add(oid),
    refuse: (oid: string, code: number) => void state.refused.set(oid, code),
    requireAdminConsent: (isRequired = true) => {
      state.needsAdmin = isRequired;
    },
    grantAppRole: (role: string) => void state.appRoles.add(role),
    registerRedirectUri: (uri: string) => void state.redirectUris.add(uri),
    revoke: (oid: string) => {
      for (const token of state.tokens) if (token.oid === oid) state.revoked.add(token.jti);
    },
    introspect: (token: string) => introspect(state, token),
    reset: () => {
      const { consents, appRoles, secondFactor, refused, contexts } = state;
      for (const known of [consents, appRoles, secondFactor, refused, contexts]) known.clear();
      state.needsAdmin = false;
      state.requests.length = 0;
    },
  };
}

async function answerProgram(state: EntraState, webUrl: string, request: Incoming): Promise<Answer> {
  const [, tenant = '', ...rest] = request.path.split('/');
  switch (rest.join('/')) {
    case 'oauth2/v2.0/token':
      return answerToken(state, tenant, request);
    case 'v2.0/.well-known/openid-configuration':
      return onlyGet(request) ?? describe(state, webUrl, tenant);
    case 'discovery/v2.0/keys':
      return onlyGet(request) ?? { status: 200, body: state.signer.publicKeys };
    // A person's browser belongs on the server whose certificate needs no trust.
    case 'oauth2/v2.0/authorize':
    case 'adminconsent':
    case 'v2.0/adminconsent': {
      const headers = { Location: `${webUrl}${request.path}${request.url.search}` };
      return onlyGet(request) ?? { status: 302, headers };
    }
    default:
      return {
        status: 404,
        body: `No such address in the Entra stand-in: ${request.method} ${request.path}`,
      };
  }
}

function answerPage(state: EntraState, request: Incoming): Answer | Promise<Answer> {
  if (request.path === '/msi/token') return answerManagedIdentity(state, request);
  const [, tenant = '', ...rest] = request.path.split('/');
  switch (`${request.method} ${rest.join('/')}`) {
    case 'GET oauth2/v2.0/authorize':
      return answerAuthorize(state, tenant, request);
    case 'POST consent':
      return answerConsent(state, request);
    case 'GET adminconsent':
    case 'POST adminconsent':
    case 'GET v2.0/adminconsent':
    case 'POST v2.0/adminconsent':
      return answerAdminConsent(state, tenant, request);
    default:
      return { status: 404, body: `No such page in the Entra stand-in: ${request.method} ${request.path}` };
  }
}

function signSso(state: EntraState, person: Person, claims: JWTPayload): Promise<string> {
  const token = {
    kind: 'sso' as const,
    aud: state.app.id,
    tid: person.tenantId,
    oid: person.oid,
    scopes: ['access_as_user'],
  };
  const whose = { oid: person.oid, name: person.name, preferred_username: person.upn };
  const how = { azp: TEAMS_DESKTOP, azpacr: '0', scp: 'access_as_user' };
  return issue(state, token, { ...whose, ...how, ...claims });
}

async function introspect(state: EntraState, token: string): Promise<Introspection> {
  try {
    const claims = await state.signer.verify(token, state.now());
    return state.revoked.has(claims.jti ?? '') ? { ok: false, reason: 'revoked' } : { ok: true, claims };
  } catch (error) {
    if (error instanceof errors.JWTExpired) return { ok: false, reason: 'expired' };
    if (error instanceof errors.JWSSignatureVerificationFailed) return { ok: false, reason: 'signature' };
    if (error instanceof errors.JOSEError) return { ok: false, reason: 'malformed' };
    throw error;
  }
}

function faultBody(status: number) {
  return {
    error: status === 429 ? 'temporarily_unavailable' : 'server_error',
    error_description: `AADSTS90033: A transient error has occurred (${status}). Please try again.`,
    error_codes: [90033],
  };
}

function onlyGet(request: Incoming): Answer | null {
  return request.method === 'GET' ? null : { status: 405, headers: { Allow: 'GET' } };
}

/** The header that App Service gives to the process it runs. */
const IDENTITY_HEADER = 'sandbox-managed-identity';

/** App Service's endpoint: the token that a federated credential accepts in place of a secret. */
async function answerManagedIdentity(state: EntraState, request: Incoming): Promise<Answer> {
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

/** A tenant's OpenID configuration; its authorization endpoint is the server for browsers. */
function describe(state: EntraState, webUrl: string, tenant: string): Answer {
  try {
    const tid = findTenant(state, tenant);
    const base = `${state.authority}/${tenant}`;
    const body = {
      issuer: issuerOf(state, tid),
      authorization_endpoint: `${webUrl}/${tenant}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      subject_types_supported: ['pairwise'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
      code_challenge_methods_supported: ['S256'],
      tenant_region_scope: 'EU',
      cloud_instance_name: 'localhost',
    };
    return { status: 200, body };
  } catch (error) {
    if (error instanceof AadError) return errorAnswer(error, undefined, state.now());
    throw error;
  }
}
