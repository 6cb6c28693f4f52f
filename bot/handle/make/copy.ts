import type { Caller } from '../../graph/online-meetings.ts';
import { type Kind, kindOf } from '../../meeting/kind.ts';
import { isOver, type MeetingRecord, roomOf } from '../../meeting/record.ts';
import { type Outcome, posts, says } from '../../teams/outcome.ts';
import { headOf, isSamePlace, meetingCard } from '../cards/meeting-card.ts';
import { sayProblem } from '../cards/problem.ts';
import { takeLease } from '../once/once.ts';
import type { Setting } from '../services.ts';
import { callerOf, type Progress, refusalOf } from '../sign-in/caller.ts';
import { createMeeting } from './create-meeting.ts';
import { openRoom } from './room.ts';

const ONCE_MS = 15 * 60_000;

/** *Make a copy*: the same meeting for the person who clicked, under a link of their own. */
export async function copy(id: string, setting: Setting): Promise<Progress> {
  const { services, owner, turn } = setting;
  const original = await services.store.meeting(owner.tenant, id);
  if (original === null || !isSamePlace(original.conversation, turn.conversation)) return says('expired');
  if (isOver(original, services.now().toMillis())) return says('expired');
  try {
    const caller = await callerOf(setting);
    const copyAs = COPY[kindOf(original).name];
    return 'needs' in caller ? caller : posts(await copyAs(original, caller, setting), 'copied');
  } catch (error) {
    const refusal = refusalOf(error, setting);
    return 'needs' in refusal ? refusal : sayProblem(refusal, setting);
  }
}

async function copyMeeting(original: MeetingRecord, caller: Caller, setting: Setting): Promise<Outcome> {
  const { services, owner } = setting;
  await using lease = await takeLease(`copy:${original.id}:${owner.user}`, setting);
  if (lease === null) return says('alreadyDone');
  const { zone, options } = original;
  const { isRoom: _, guests: __, ...head } = headOf(original);
  const draft = { ...head, options, assumedMinutes: null, unmet: [] };
  const order = { id: services.newId(), guests: [], zone, draft, assumed: [] };
  const created = await createMeeting(order, caller, setting);
  if ('refused' in created) return created.refused;
  await lease.keep(ONCE_MS);
  return meetingCard('copied', created.meeting, created.record, setting);
}

/** To Graph the same name is another room for everybody who asks. */
async function copyRoom(original: MeetingRecord, caller: Caller, setting: Setting): Promise<Outcome> {
  const { id, subject, options, zone } = original;
  const { externalId } = roomOf(original);
  const wish = { subject, options, times: null, unmet: [], guests: [] };
  return openRoom({ ...wish, externalId, zone, askedBy: `copy:${id}` }, caller, setting);
}

const COPY = { meeting: copyMeeting, room: copyRoom } satisfies Record<Kind['name'], unknown>;
