import { hasLeftovers, type MeetingRecord } from '../../meeting/record.ts';
import type { Begun } from '../../store/store.ts';
import type { Outcome } from '../../teams/outcome.ts';
import { answerEnded, showMeeting } from '../cards/meeting-card.ts';
import { meetingCardsIn } from '../cards/present.ts';
import { enterNow } from '../make/enter-in-calendar.ts';
import { meetingLease, takeLease } from '../once/once.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import { isTokenCached } from '../sign-in/caller.ts';
import { cancelNow } from './cancel.ts';
import { changeTo } from './change-meeting.ts';
import { inOrganisersName } from './organiser.ts';
import { removeOld, renewTo } from './renew.ts';

/** Work that a process left unfinished, and its outcome now. */
type Finished = { record: MeetingRecord; outcome: Outcome };

/** Older work is not finished: the card only shows the meeting as it is, because the person has probably acted by then. */
const STALE_MS = 15 * 60_000;

/**
 * Finishes the work that a killed process had begun for this person: Teams does not deliver a click again, and the card would
 * stay outdated. Does nothing if the person's token is not cached, or the work is still going on.
 */
export async function finishBegun(scope: TurnScope): Promise<Finished[]> {
  if (!isTokenCached(scope.owner, scope.services)) return [];
  const finished: Finished[] = [];
  for (const begun of (await scope.person()).begun) {
    await using lease = await takeLease(meetingLease(begun.wanted), scope);
    if (lease === null) continue;
    // The work stays unfinished where Graph refuses.
    const reach = begun.verb === 'enter' ? 'calendar' : undefined;
    const work = (_record: MeetingRecord, scope: GraphScope) => resume(begun, scope);
    const progress = await inOrganisersName(begun.wanted, scope, work, reach);
    if (!('needs' in progress) && progress.answer?.kind === 'card')
      finished.push({ record: begun.wanted, outcome: progress });
  }
  return finished;
}

/** Adds the cards of finished work to an outcome. */
export function withFinished(outcome: Outcome, finished: readonly Finished[]): Outcome {
  const update = finished.flatMap(({ outcome }) => meetingCardsIn(outcome));
  const done = finished.map(({ record: { id, revision } }) => ({ kind: 'work' as const, id, revision }));
  return { ...outcome, update: [...update, ...outcome.update], done: [...done, ...outcome.done] };
}

/** Continues work whose lease is held. */
export async function resume(begun: Begun, scope: GraphScope): Promise<Outcome> {
  const { verb, wanted, options, at, calendar, comment = null } = begun;
  const { store, now } = scope.services;
  const record = await store.meeting(wanted.owner.tenant, wanted.id);
  if (record === null) return answerEnded(verb === 'cancel' ? 'cancelled' : 'gone', wanted);
  if (record.createdAt !== wanted.createdAt) return showMeeting(record, scope);
  if (verb === 'cancel') return cancelNow(record, scope, comment);
  if (record.revision !== wanted.revision) return showOrRemove(record, verb, scope);
  if (at + STALE_MS < now().toMillis()) return showMeeting(record, scope);
  switch (verb) {
    case 'change':
      return changeTo(record, { wanted, options }, scope);
    case 'renew':
      return renewTo(wanted, scope);
    case 'removeOld':
      return removeOld(record, scope);
    case 'enter':
      return enterNow(wanted, calendar ?? 'mine', scope);
    default:
      return verb satisfies never;
  }
}

/** Shows work that was stored already. The old meeting of a new link may still exist; then it is removed. */
function showOrRemove(record: MeetingRecord, verb: Begun['verb'], scope: GraphScope) {
  return verb === 'change' || verb === 'enter' || !hasLeftovers(record)
    ? showMeeting(record, scope)
    : removeOld(record, scope);
}
