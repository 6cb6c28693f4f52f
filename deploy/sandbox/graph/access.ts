import { demandFor } from '../entra/contexts.ts';
import type { Entra } from '../entra.ts';
import type { Person } from '../people.ts';
import type { Incoming } from '../serve.ts';
import { GraphRefusal, notFound } from './errors.ts';

/** Who calls, as the token says. */
export type Caller =
  | { kind: 'person'; person: Person; permissions: readonly string[]; contexts: readonly string[] }
  | { kind: 'application'; appId: string; tenantId: string; permissions: readonly string[] };

/** People on whose behalf the app may act by itself; `'global'` stands for everybody. */
export type AccessPolicy = Set<string>;

const GRAPH_ID = '00000003-0000-0000-c000-000000000000';
const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Checks the bearer token with the directory that signed it. Throws 401. */
export async function authenticate(
  entra: Entra,
  people: readonly Person[],
  request: Incoming,
): Promise<Caller> {
  const [scheme = '', token = ''] = (request.headers.authorization ?? '').split(' ');
  if (scheme.toLowerCase() !== 'bearer' || token === '') throw unauthorized(entra, 'Access token is empty.');
  const found = await entra.introspect(token);
  if (!found.ok) throw refusalOf(entra, found.reason);
  const { claims } = found;
  if (claims.aud !== entra.state.resources.graph) {
    throw unauthorized(entra, 'Access token validation failure. Invalid audience.');
  }
  if (claims.idtyp === 'app') {
    return {
      kind: 'application',
      appId: String(claims.appid),
      tenantId: String(claims.tid),
      permissions: (claims.roles as string[]) ?? [],
    };
  }
  const person = people.find(({ oid, tenantId }) => oid === claims.oid && tenantId === claims.tid);
  if (!person) throw unauthorized(entra, 'The identity of the calling application could not be established.');
  const contexts = Array.isArray(claims.acrs) ? claims.acrs.map(String) : [];
  return { kind: 'person', person, permissions: String(claims.scp ?? '').split(' '), contexts };
}

/** Conditional access: throws 403 with the demand unless the person's token carries this authentication context. */
export function requireContext(caller: Caller, context: string | null): void {
  if (context === null || caller.kind === 'application' || caller.contexts.includes(context)) return;
  throw new GraphRefusal(403, 'insufficient_claims', '', {
    'WWW-Authenticate': `Bearer realm="", ${challenge(demandFor(context))}`,
  });
}

const challenge = (claims: string) =>
  `error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;

function refusalOf(entra: Entra, reason: 'malformed' | 'signature' | 'expired' | 'revoked'): GraphRefusal {
  switch (reason) {
    case 'malformed':
      return unauthorized(entra, 'CompactToken parsing failed with error code: 80049217');
    case 'signature':
      return unauthorized(entra, 'Access token validation failure. Invalid signature.');
    case 'expired':
      return unauthorized(entra, 'Lifetime validation failed, the token is expired.');
    case 'revoked': {
      const claims = JSON.stringify({ access_token: { nbf: { essential: true, value: '0' } } });
      return unauthorized(entra, 'Continuous access evaluation resulted in a challenge.', challenge(claims));
    }
    default:
      return reason satisfies never;
  }
}

function unauthorized(entra: Entra, message: string, why = 'error="invalid_token"'): GraphRefusal {
  const uri = `${entra.authorityHost}/common/oauth2/authorize`;
  return new GraphRefusal(401, 'InvalidAuthenticationToken', message, {
    'WWW-Authenticate': `Bearer realm="", authorization_uri="${uri}", client_id="${GRAPH_ID}", ${why}`,
  });
}

/** Throws 403 unless one of the permissions is in the token. */
export function requirePermission(caller: Caller, ...anyOf: string[]): void {
  if (!anyOf.some((name) => caller.permissions.includes(name))) throw new GraphRefusal(403, 'Forbidden', '');
}

/** What a call does to meetings; decides the permission that it needs. */
export type Use = 'read' | 'write';

/**
 * Whose meetings `/me` or `/users/{id}` names for this caller. Throws 403 for a missing permission, policy or licence,
 * 404 for anybody else's meetings.
 */
export function ownerOf(
  caller: Caller,
  path: { user: string | null; use: Use },
  world: { people: readonly Person[]; policy: AccessPolicy },
): Person {
  const suffix = caller.kind === 'application' ? '.All' : '';
  const write = `OnlineMeetings.ReadWrite${suffix}`;
  if (path.use === 'write') requirePermission(caller, write);
  else requirePermission(caller, write, `OnlineMeetings.Read${suffix}`);
  const owner =
    caller.kind === 'person'
      ? sameAs(caller.person, path.user)
      : namedBy(path.user, caller.tenantId, world.people);
  if (caller.kind === 'application' && !world.policy.has(owner.oid) && !world.policy.has('global')) {
    throw new GraphRefusal(403, 'Forbidden', 'No application access policy found for this app');
  }
  if (owner.guest || !owner.licence.teams) throw new GraphRefusal(403, 'Forbidden', '');
  return owner;
}

function sameAs(person: Person, user: string | null): Person {
  if (user === null || user.toLowerCase() === person.oid) return person;
  throw notFound('Organizer Id mismatch User Id');
}

/** By object id only: a UPN in the path is not found, and neither is anybody of another tenant than the token's. */
function namedBy(user: string | null, tenant: string, people: readonly Person[]): Person {
  const isNamed = ({ oid, tenantId }: Person) => oid === user?.toLowerCase() && tenantId === tenant;
  const found = user !== null && OBJECT_ID.test(user) ? people.find(isNamed) : undefined;
  if (!found) throw notFound('Organizer Id mismatch User Id');
  return found;
}
