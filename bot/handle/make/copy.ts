import type { Caller } from '../../graph/online-meetings.ts';
import { comingUntil, type MeetingRecord } from '../../meeting/record.ts';
import { headOf, isSamePlace, meetingCard } from '../cards/meeting-card.ts';
import { problemReply } from '../cards/problem.ts';
import { type Step, says } from '../cards/step.ts';
import { withinLimit } from '../once/create-limit.ts';
import { takeLease } from '../once/lease.ts';
import type { Setting } from '../services.ts';
import { withCaller } from '../sign-in/caller.ts';
import { makeGranted } from './granting.ts';
import { remember } from './remember.ts';
import { openRoom } from './room.ts';

const ONCE_MS = 15 * 60_000;

/** *Make my own*: the same meeting for whoever clicked, under a link of their own. */
export async function copy(id: string, setting: Setting): Promise<Step> {
  const { services, owner, turn } = setting;
  const original = await services.store.meeting(owner.tenant, id);
  if (original === null || !isSamePlace(original.conversation, turn.conversation)) return says('expired');
  if (comingUntil(original) < services.now().toMillis()) return says('expired');
  return withCaller(
    setting,
    (caller) => copyOnce(original, caller, setting),
    (problem, wait) => ({ kind: 'aside', name: problem, reply: problemReply(problem, setting, null, wait) }),
  );
}

async function copyOnce(original: MeetingRecord, caller: Caller, setting: Setting): Promise<Step> {
  const { services, owner } = setting;
  if (original.room !== undefined) return copyRoom(original, original.room.externalId, caller, setting);
  const lease = await takeLease(`copy:${original.id}:${owner.user}`, setting);
  if (lease === null) return says('alreadyDone');
  const { zone, options } = original;
  const { isRoom: _, ...head } = headOf(original);
  const draft = { ...head, options, assumedMinutes: null, unmet: [] };
  try {
    const create = () => makeGranted({ ...draft, guests: [] }, caller, services);
    const creation = await withinLimit(setting, create);
    if ('refused' in creation) {
      await lease.giveBack();
      return creation.refused;
    }
    const { meeting, missed } = creation.made;
    const made = { id: services.newId(), guests: [], zone, draft, assumed: [], missed };
    const step = meetingCard('copied', meeting, await remember(meeting, made, setting), setting);
    await lease.keep(ONCE_MS);
    return step.kind === 'say' ? { ...step, kind: 'post', notice: 'copied' } : step;
  } catch (error) {
    await lease.giveBack();
    throw error;
  }
}

/** To Graph the same name is another room for everybody who asks. */
async function copyRoom(
  { id, subject, options, zone }: MeetingRecord,
  externalId: string,
  caller: Caller,
  setting: Setting,
): Promise<Step> {
  const wish = { subject, options, times: null, unmet: [], guests: [] };
  const step = await openRoom({ ...wish, externalId, zone, askedBy: `copy:${id}` }, caller, setting);
  return step.kind === 'say' ? { ...step, kind: 'post', notice: 'copied' } : step;
}
