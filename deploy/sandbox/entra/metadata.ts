import type { Answer } from '../serve.ts';
import { AadError, errorAnswer } from './errors.ts';
import { type EntraState, findTenant, issuerOf } from './state.ts';

/** A tenant's OpenID configuration; its authorization endpoint is the server for browsers. */
export function describe(state: EntraState, webUrl: string, tenant: string): Answer {
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
