import type { Signer } from '../keys.ts';
import type { Person } from '../people.ts';
import { AadError } from './errors.ts';

/** The bot's registration, as an administrator would have made it. */
export type EntraApp = {
  id: string;
  secret: string;
  /** Application id URI that Teams asks tokens for. */
  ssoResource: string;
  /** Shown on the consent page. */
  name?: string;
  /** Web redirect URIs; more can be registered later. */
  redirectUris?: readonly string[];
  /** Delegated permissions at Graph that it lists: what an administrator agrees to. Default: for online meetings only. */
  permissions?: readonly string[];
  /** Certificate (PEM, public) that may sign client assertions. */
  certificate?: string;
  /** Managed identity whose tokens are accepted as client assertions. */
  federated?: { clientId: string; subject: string };
  /** Tenants besides the home tenant in which the app is known. */
  tenants?: readonly string[];
};

/** A token that this directory has signed. */
export type IssuedToken = {
  kind: 'sso' | 'delegated' | 'application' | 'identity';
  jti: string;
  aud: string;
  tid: string;
  /** The person, or null for the app itself. */
  oid: string | null;
  scopes: readonly string[];
};

/** One call of the token endpoint, as it was answered. */
export type TokenRequest = {
  tenant: string;
  grant: string;
  clientId: string;
  credential: 'secret' | 'certificate' | 'federated' | null;
  scope: string;
  oid: string | null;
  status: number;
  /** AADSTS number, or null on success. */
  code: number | null;
};

/** A sign-in page that has been opened. */
export type Authorization = {
  tid: string;
  person: Person;
  redirectUri: string;
  scopes: readonly string[];
  state: string | null;
  /** Authentication contexts that the page is to prove. */
  contexts: readonly string[];
  expires: number;
};

/** What the directory knows and remembers. */
export type EntraState = {
  app: EntraApp;
  homeTenant: string;
  people: readonly Person[];
  signer: Signer;
  /** Origin of the https server; tokens name it as their issuer. */
  authority: string;
  resources: { graph: string; bot: string };
  now(): number;
  /** Delegated Graph permissions by person. */
  consents: Map<string, Set<string>>;
  /** Application permissions on Graph that an administrator has granted. */
  appRoles: Set<string>;
  /** People may not consent themselves. */
  needsAdmin: boolean;
  /** People who must show a second factor. */
  secondFactor: Set<string>;
  /** People to whom no token is given, with the AADSTS number that says why. */
  refused: Map<string, number>;
  /** Authentication contexts that people have proved on the sign-in page. */
  contexts: Map<string, Set<string>>;
  redirectUris: Set<string>;
  pages: Map<string, Authorization>;
  tokens: IssuedToken[];
  requests: TokenRequest[];
  /** jti of tokens that resources must refuse. */
  revoked: Set<string>;
};

/** Which tenant a path names. The bot always names one: `common` and strangers throw AadError. */
export function findTenant(state: EntraState, segment: string): string {
  const tid = segment.toLowerCase();
  const known = [state.homeTenant, ...(state.app.tenants ?? [])];
  if (known.includes(tid)) return tid;
  if (tid === 'common' || tid === 'organizations') {
    throw new AadError(
      50194,
      `Application '${state.app.id}' is not configured as a multi-tenant application.`,
    );
  }
  if (tid === 'botframework.com' || state.people.some((person) => person.tenantId === tid)) {
    throw new AadError(
      700016,
      `Application with identifier '${state.app.id}' was not found in '${segment}'.`,
    );
  }
  throw new AadError(
    90002,
    `Tenant '${segment}' not found. Check to make sure you have the correct tenant ID.`,
  );
}

/** The issuer of v2 tokens of a tenant. */
export function issuerOf(state: EntraState, tid: string): string {
  return `${state.authority}/${tid}/v2.0`;
}
