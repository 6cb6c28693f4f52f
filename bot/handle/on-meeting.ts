import { setTimeout as wait } from 'node:timers/promises';
import { GraphError } from '../graph/failure.ts';
import type { Caller } from '../graph/online-meetings.ts';
import type { Meeting } from '../meeting/meeting.ts';
import type { MeetingRecord } from '../meeting/record.ts';
import type { Problem } from '../reply/problem.ts';
import type { Reply } from '../reply.ts';
import { withCaller } from './caller.ts';
import { takeLease } from './lease.ts';
import { ended, meetingCard } from './meeting-card.ts';
import { problemReply } from './problem.ts';
import type { Setting } from './services.ts';
import { sayUnknown } from './sign-out.ts';
import { type Step, says } from './step.ts';

/** What may be done with a meeting once it is clear that this person may. */
export type Effect = (record: MeetingRecord, caller: Caller) => Promise<Step>;

/** Finds the meeting, and lets its organiser go on with their token at hand. Refusals of Graph become sentences. */
export async function asOrganiser(id: string, setting: Setting, effect: Effect): Promise<Step> {
  const { services, owner } = setting;
  const record = await services.store.meeting(owner.tenant, id);
  if (record === null) return sayUnknown(id, setting);
  if (record.owner.user !== owner.user) return says('notYours');
  return withCaller(
    setting,
    (caller) => effect(record, caller),
    (problem) => refused(problem, record, setting),
  );
}

/** The same for what changes the meeting: once per revision. A button of an older card only shows how things are. */
export function oncePerRevision(
  id: string,
  revision: number,
  setting: Setting,
  effect: Effect,
): Promise<Step> {
  return asOrganiser(id, setting, async (record, caller) => {
    if (record.revision !== revision) return show(record, caller, setting);
    // A room that was closed and opened again has the same id.
    const lease = await takeLease(`meeting:${id}:${revision}:${record.createdAt}`, setting);
    if (lease === null) return says('working');
    try {
      const step = await effect(record, caller);
      // A form that is shown again, or a sentence in place of a card, has done nothing.
      const isNothing = step.kind === 'form' || (step.kind === 'say' && step.reply.kind === 'notice');
      if (isNothing) await lease.giveBack();
      else lease.leave();
      return step;
    } catch (error) {
      await lease.giveBack();
      throw error;
    }
  });
}

const SPREADS_MS = 1_000;

/** The meeting as Graph has it. Teams asks for a card's newest view at once, when Graph may not know it everywhere yet. */
async function meetingOf(
  { graphId }: MeetingRecord,
  caller: Caller,
  { services }: Setting,
): Promise<Meeting> {
  try {
    return await services.meetings.get(graphId, caller);
  } catch (error) {
    if (!(error instanceof GraphError && error.status === 404)) throw error;
    await wait(SPREADS_MS);
    return services.meetings.get(graphId, caller);
  }
}

/** How things are, read from Graph. */
export async function show(record: MeetingRecord, caller: Caller, setting: Setting): Promise<Step> {
  const meeting = await meetingOf(record, caller, setting);
  const isOver = record.room === undefined && meeting.end < setting.services.now();
  return isOver ? ended('over', record) : meetingCard('shown', meeting, record, setting);
}

async function refused(problem: Problem, record: MeetingRecord, setting: Setting): Promise<Step> {
  const { services, owner } = setting;
  if (problem === 'gone') {
    // A room is opened again by its name, with those who were in it.
    const removed =
      record.room === undefined ? await services.store.removeMeeting(owner.tenant, record.id) : null;
    return ended('gone', removed ?? record);
  }
  // Beside the card, not in its place: the card still has the link.
  const reply: Reply = { ...problemReply(problem, setting, null), isChange: true };
  return { kind: 'aside', name: problem, reply };
}
