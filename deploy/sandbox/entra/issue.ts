import { createHash, randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { Person } from '../people.ts';
import { type EntraState, type IssuedToken, issuerOf } from './state.ts';

const LIFETIME_SECONDS = 3_600;

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

/** What a person lets the app do in their name. */
type Delegation = {
  person: Person;
  tid: string;
  scopes: string[];
  openid: string[];
  /** Authentication contexts that the token carries, because it was asked for with them. */
  contexts: readonly string[];
};

/** The token endpoint's answer that carries a Graph token for a person. */
export async function delegate(
  state: EntraState,
  { person, tid, scopes, openid, contexts }: Delegation,
  wantsClientInfo: boolean,
) {
  const aud = state.resources.graph;
  const names = { upn: person.upn, name: person.name, oid: person.oid };
  const how = contexts.length > 0 ? { acrs: [...contexts] } : {};
  const access = { ...names, scp: scopes.join(' '), idtyp: 'user', acct: person.guest ? 1 : 0, ...how };
  const token = await issue(state, { kind: 'delegated', aud, tid, oid: person.oid, scopes }, access);
  const identity = { ...names, preferred_username: person.upn, ver: '2.0' };
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
    ...(wantsClientInfo ? { client_info: info } : {}),
  };
}

/** How long tokens live, as the token endpoint says it. */
export function lifetime() {
  return { expires_in: LIFETIME_SECONDS - 1, ext_expires_in: LIFETIME_SECONDS - 1 };
}
