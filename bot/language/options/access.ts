import type { Access } from '../command.ts';
import type { Clause } from './clause.ts';

const ACCESS: ReadonlySet<string> = new Set(['everyone', 'organization', 'invited', 'organizer']);
const accessOf = (who: string | null): Access | null =>
  who !== null && ACCESS.has(who) ? (who as Access) : null;

/** Who waits where these people pass, and the other way round. */
const OTHERS: Readonly<Record<string, Access>> = {
  nobody: 'everyone',
  outsiders: 'organization',
  guests: 'organization',
  invited: 'organization',
  notinvited: 'invited',
  everyone: 'organizer',
};

/** Who comes in past the lobby, by who waits in it or passes it; null where that cannot be told. */
export function lobbyOf({ who, polarity, has, names }: Clause): Access | null {
  const isNot = polarity === false;
  if (has('passes')) {
    if (who === null) return 'everyone';
    if (who === 'nobody' || (who === 'everyone' && has('except'))) return 'organizer';
    if (who === 'guests') return 'everyone';
    return isNot && !has('waits') && who === 'everyone' ? 'everyone' : accessOf(who);
  }
  // "Keep the lobby" says nothing of who waits in it.
  if (who === null) return isNot ? 'everyone' : polarity === true && !has('keeps') ? 'organizer' : null;
  if (isNot) return accessOf(who) ?? 'everyone';
  if (has('except') && who === 'everyone')
    return has('waits') && !names('organizer') ? 'invited' : 'organizer';
  return OTHERS[who] ?? null;
}

/** Who may present; null where that cannot be told. */
export function presentersOf({ who, polarity, has }: Clause): Access | null {
  if (who === 'nobody') return 'organizer';
  const isOnly = has('only') || has('except');
  if (polarity === false) return null;
  if (who === null && isOnly) return 'organizer';
  return who === 'everyone' && has('except') ? 'organizer' : accessOf(who);
}
