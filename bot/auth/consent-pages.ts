import { randomBytes } from 'node:crypto';
import { type OpenId, readClaims } from '../base/openid.ts';
import type { Reach } from './scopes.ts';

type PagesOptions = {
  appId: string;
  homeTenant: string;
  allowedTenants: readonly string[];
  publicUrl: string;
  loginHost: string;
  /** What the person agrees to, by what they want. */
  scopes: Readonly<Record<Reach, readonly string[]>>;
  tenants(tenant: string): Promise<OpenId>;
};

/** How a sign-in ended; `adminUrl`: where an administrator agrees for everyone. */
type End = { result: 'ok' | 'approved' | 'declined' | 'admin' | 'failed'; adminUrl: string | null };

/**
 * The way to Entra's consent page and back, in the popup that Teams opens. Consent only: the code that Entra hands back is never redeemed. The challenge is random and its verifier was never
 * known to anybody, so a code that is caught on the way is worthless.
 */
export function createConsentPages(options: PagesOptions) {
  const redirectUri = `${options.publicUrl}/auth/end`;
  const tenantOf = (query: URLSearchParams) => query.get('tenant')?.toLowerCase() ?? options.homeTenant;
  return {
    /** Null for an organization that Parley does not serve. */
    start: async (query: URLSearchParams): Promise<{ to: string; state: string } | null> => {
      const tenant = tenantOf(query);
      if (!options.allowedTenants.includes(tenant)) return null;
      const { authorizationEndpoint } = await options.tenants(tenant);
      const claims = readClaims(query.get('claims'));
      const reach = query.get('for') === 'calendar' ? 'calendar' : 'meetings';
      const state = `${randomBytes(24).toString('base64url')}.${tenant}`;
      const to = new URL(authorizationEndpoint ?? `${options.loginHost}/${tenant}/oauth2/v2.0/authorize`);
      to.search = new URLSearchParams({
        client_id: options.appId,
        response_type: 'code',
        response_mode: 'query',
        redirect_uri: redirectUri,
        scope: [...options.scopes[reach], 'openid', 'profile'].join(' '),
        state,
        code_challenge: randomBytes(32).toString('base64url'),
        code_challenge_method: 'S256',
        ...(claims !== null && { claims }),
      }).toString();
      return { to: to.href, state };
    },
    /** `state`: what the browser was given at the start, from its cookie. */
    end: (query: URLSearchParams, state: string | null): End => {
      if (query.get('admin_consent')?.toLowerCase() === 'true') return { result: 'approved', adminUrl: null };
      const given = query.get('state');
      if (!given || given !== state) return { result: 'failed', adminUrl: null };
      if (query.get('code')) return { result: 'ok', adminUrl: null };
      const tenant = given.slice(given.indexOf('.') + 1);
      return { ...whyNot(query), adminUrl: adminConsentUrl({ ...options, tenant }) };
    },
  };
}

// AADSTS90094, 90093, 90008: an administrator has to agree; 65004: the person said no.
function whyNot(query: URLSearchParams): Pick<End, 'result'> {
  const number = /AADSTS(\d+)/.exec(query.get('error_description') ?? '')?.[1];
  if (number !== undefined && ['90094', '90093', '90008'].includes(number)) return { result: 'admin' };
  return { result: query.get('error') === 'access_denied' ? 'declined' : 'failed' };
}

/** What a person is to agree to in the popup; `claims`: what Entra must see there, as JSON. */
export type ConsentWish = { reach: Reach; claims: string | null };

/** The address that the popup opens. */
export function startUrl(publicUrl: string, tenant: string, { reach, claims }: ConsentWish): string {
  const query = new URLSearchParams({
    tenant,
    ...(reach !== 'meetings' && { for: reach }),
    ...(claims !== null && { claims }),
  });
  return `${publicUrl}/auth/start?${query}`;
}

/** The address at which an administrator agrees for everybody. */
export function adminConsentUrl(
  options: Pick<PagesOptions, 'appId' | 'loginHost' | 'publicUrl'> & { tenant: string },
) {
  const url = new URL(`${options.loginHost}/${options.tenant}/adminconsent`);
  url.searchParams.set('client_id', options.appId);
  url.searchParams.set('redirect_uri', `${options.publicUrl}/auth/end`);
  return url.href;
}
