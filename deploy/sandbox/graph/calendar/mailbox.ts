import { setTimeout as wait } from 'node:timers/promises';
import type { Person } from '../../people.ts';
import type { Caller, Use } from '../access.ts';
import { GraphRefusal, notFound } from '../errors.ts';
import type { World } from '../world.ts';
import { accessDenied, noMailbox } from './refusals.ts';

/** So long a request is at work, so that requests can be there at once. */
const WORK_MS = 5;
const MOST_AT_ONCE = 4;

/**
 * Whose calendar `/me` or `/users/{id}` names for this caller. The access policy for online meetings has no say here. Throws
 * 403 without the permission, 404 for other people's calendars and for people without a mailbox.
 */
export function mailboxOf(caller: Caller, path: { user: string | null; use: Use }, world: World): Person {
  const user = path.user?.toLowerCase() ?? null;
  const owner =
    caller.kind === 'person'
      ? caller.person
      : world.people.find(({ oid, tenantId }) => oid === user && tenantId === caller.tenantId);
  if (!owner) throw notFound('The requested user is invalid.');
  if (user !== null && user !== owner.oid && user !== owner.upn.toLowerCase()) throw accessDenied();
  if (!isAllowed(caller, owner, path.use, world)) throw accessDenied();
  if (owner.guest || world.calendar.withoutMailbox.has(owner.oid)) throw noMailbox();
  return owner;
}

const READING = ['Calendars.Read', 'Calendars.ReadBasic'];

/** By a permission in the token or, for the app itself, by a role of Exchange's that reaches this mailbox. */
function isAllowed({ kind, permissions }: Caller, owner: Person, use: Use, { calendar }: World): boolean {
  const enough = ['Calendars.ReadWrite', ...(use === 'read' ? READING : [])];
  if (enough.some((name) => permissions.includes(name))) return true;
  return kind === 'application' && (calendar.roles.has(owner.oid) || calendar.roles.has('global'));
}

/** Lets a request to a mailbox work. Throws a 429 where it is one too many at once. */
export async function atMailbox<T>(
  { calendar }: Pick<World, 'calendar'>,
  owner: Person,
  work: () => T,
): Promise<T> {
  const { underway } = calendar;
  const count = (underway.get(owner.oid) ?? 0) + 1;
  if (count > MOST_AT_ONCE) {
    const text = 'Application is over its MailboxConcurrency limit.';
    throw new GraphRefusal(429, 'ApplicationThrottled', text, { 'Retry-After': '1' });
  }
  underway.set(owner.oid, count);
  calendar.mostAtOnce = Math.max(calendar.mostAtOnce, count);
  try {
    await wait(WORK_MS);
    return work();
  } finally {
    underway.set(owner.oid, (underway.get(owner.oid) ?? 1) - 1);
  }
}
