import { AadError } from './errors.ts';
import type { EntraState } from './state.ts';

const OPENID = new Set(['openid', 'profile', 'email', 'offline_access']);

/** Delegated Graph permissions that exist here, with what each says on the consent page. */
export const PERMISSIONS: Record<string, string> = {
  'OnlineMeetings.ReadWrite': 'Read and create your online meetings',
  'OnlineMeetings.Read': 'Read your online meetings',
  'User.Read': 'View your basic profile',
  'Calendars.ReadWrite': 'Read and write your calendar',
  'OnlineMeetingArtifact.Read.All': 'Read the attendance of your meetings',
};

/** What a request wants a token for. */
export type Asked = {
  /** OpenID scopes. */
  openid: string[];
  /** Graph permissions, or `.default` for all that were granted. */
  permissions: string[] | '.default';
};

/** Reads a delegated `scope` parameter: Graph permissions and OpenID scopes only. Throws AadError. */
export function readScopes(state: EntraState, scope: string | null): Asked {
  const parts = (scope ?? '').split(/\s+/).filter((part) => part !== '');
  if (parts.length === 0)
    throw new AadError(900144, "The request body must contain the following parameter: 'scope'.");
  const openid = parts.filter((part) => OPENID.has(part));
  const permissions = parts.filter((part) => !OPENID.has(part)).map((part) => permissionOf(state, part));
  if (!permissions.includes('.default')) return { openid, permissions };
  if (permissions.length > 1)
    throw new AadError(70011, '.default scope cannot be combined with other scopes.');
  return { openid, permissions: '.default' };
}

function permissionOf(state: EntraState, part: string): string {
  const prefix = `${state.resources.graph}/`;
  const name = part.startsWith(prefix) ? part.slice(prefix.length) : part;
  if (name.includes('://')) {
    const resource = part.slice(0, part.lastIndexOf('/'));
    throw new AadError(500011, `The resource principal named ${resource} was not found in the tenant.`);
  }
  if (name === '.default' || Object.hasOwn(PERMISSIONS, name)) return name;
  throw new AadError(650053, `The application asked for scope '${name}' that doesn't exist on the resource.`);
}

/** Which of the two resources a client-credentials scope names. Throws AadError for anything but one `.default`. */
export function readResource(state: EntraState, scope: string | null): 'graph' | 'bot' {
  const parts = (scope ?? '').split(/\s+/).filter((part) => part !== '' && !OPENID.has(part));
  const [only] = parts;
  if (!only) throw new AadError(900144, "The request body must contain the following parameter: 'scope'.");
  if (parts.length > 1 || !only.endsWith('/.default')) {
    throw new AadError(
      70011,
      `The provided value for the input parameter 'scope' is not valid: ${parts.join(' ')}.`,
    );
  }
  const resource = only.slice(0, -'/.default'.length);
  if (resource === state.resources.graph) return 'graph';
  if (resource === state.resources.bot) return 'bot';
  throw new AadError(500011, `The resource principal named ${resource} was not found in the tenant.`);
}

/**
 * The permissions of a token for those asked for: all that the person has granted, as Entra's tokens have. Throws 65001 when
 * one that was asked for is missing.
 */
export function grantedTo(state: EntraState, oid: string, asked: Asked['permissions']): string[] {
  const granted = state.consents.get(oid) ?? new Set<string>();
  const wanted = asked === '.default' ? [...granted] : asked;
  if (wanted.length > 0 && wanted.every((name) => granted.has(name))) return [...granted];
  const { id, name } = state.app;
  throw new AadError(
    65001,
    `The user or administrator has not consented to use the application with ID '${id}' named '${name ?? 'Parley'}'.`,
  );
}
