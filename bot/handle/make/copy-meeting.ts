import { isOver, isSamePlace, type MeetingRecord } from '../../meeting/record.ts';
import { atOccurrence } from '../../meeting/series.ts';
import { ownedId } from '../../store/keys.ts';
import { answerNotice, type Outcome, postAnswer } from '../../teams/outcome.ts';
import { answerMeeting, headOf } from '../cards/meeting-card.ts';
import { sayProblem } from '../cards/refusals.ts';
import { isDone, takeLease } from '../once/once.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import { callGraph, type Progress } from '../sign-in/caller.ts';
import { createMeeting } from './create-meeting.ts';
import { openRoom } from './room.ts';

const ONCE_MS = 15 * 60_000;

/** Handles *Make a copy*: makes the same meeting for the person who clicked, with a link of their own. */
export async function copyMeeting(id: string, scope: TurnScope): Promise<Progress> {
  const { services, owner, turn } = scope;
  const original = await services.store.meeting(owner.tenant, id);
  const isHidden = original?.isPrivate === true && original.owner.user !== owner.user;
  if (original === null || isHidden || !isSamePlace(original.conversation, turn.conversation))
    return answerNotice('expired');
  if (isOver(original, services.now().toMillis())) return answerNotice('timePassed');
  const { room } = original;
  const copied = await callGraph(scope, (scope) =>
    room === undefined ? copyTimed(original, scope) : copyRoom(original, room.externalId, scope),
  );
  if ('needs' in copied) return copied;
  return 'problem' in copied ? sayProblem(copied, scope) : postAnswer(copied, 'copied');
}

async function copyTimed(original: MeetingRecord, scope: GraphScope): Promise<Outcome> {
  const { services, owner } = scope;
  const key = `copy:${original.id}` as const;
  await using lease = await takeLease(key, scope);
  if (lease === null) return answerNotice((await isDone(key, scope)) ? 'alreadyDone' : 'working');
  const { zone, options } = original;
  const { isRoom: _, guests: __, ...head } = headOf(atOccurrence(original, services.now().toMillis()));
  const draft = { ...head, options, assumedMinutes: null, unmet: [] };
  const order = { id: ownedId(owner, services.newId()), guests: [], zone, draft, assumed: [] };
  const created = await createMeeting(order, scope);
  if ('refused' in created) return created.refused;
  await lease.keep(ONCE_MS);
  return answerMeeting('copied', created.meeting, created.record, scope);
}

/** Opens a room of the same name. For Graph it is another room for each person. */
async function copyRoom(
  { id, subject, options, zone }: MeetingRecord,
  externalId: string,
  scope: GraphScope,
): Promise<Outcome> {
  const wish = { subject, options, times: null, unmet: [], guests: [] };
  return openRoom({ ...wish, externalId, zone, askedBy: `copy:${id}` }, scope);
}
