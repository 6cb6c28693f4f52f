import { errors, jwtVerify } from 'jose';
import type { OpenId } from '../base/openid.ts';

type SsoOptions = { appId: string; ssoResource: string; tenants(tenant: string): Promise<OpenId> };

/** What Teams asks for. An ID token bears the same signature and audience, and gives nobody the right to act. */
const SCOPE = 'access_as_user';
const hasScope = (scp: unknown) => typeof scp === 'string' && scp.split(' ').includes(SCOPE);

/**
 * True when the token that Teams handed over is signed by the tenant, is meant for us and belongs to this very person,
 * who sent the activity, as the channel vouched for them (Entra ids). Anything else is false: a token of somebody else must
 * have no effect. Rejects when the tenant's keys cannot be fetched.
 */
export function createSsoCheck(options: SsoOptions) {
  return async (token: string, expected: { tenant: string; user: string }): Promise<boolean> => {
    const tenant = await options.tenants(expected.tenant);
    try {
      const { payload } = await jwtVerify(token, tenant.keys, {
        algorithms: ['RS256'],
        issuer: tenant.issuer,
        audience: [options.appId, options.ssoResource],
        requiredClaims: ['exp', 'oid', 'tid'],
        clockTolerance: 300,
      });
      const isTheirs = payload.oid === expected.user && payload.tid === expected.tenant;
      return isTheirs && hasScope(payload.scp);
    } catch (error) {
      if (error instanceof errors.JOSEError) return false;
      throw error;
    }
  };
}
