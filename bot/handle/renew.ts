import { DateTime } from 'luxon';
import { GraphError } from '../graph/client.ts';
import type { Meeting } from '../meeting/meeting.ts';
import type { Note } from '../reply.ts';
import type { MeetingRecord } from '../store/store.ts';
import { meetingReply } from './create.ts';
import { problemOf, problemReply } from './problem.ts';
import { type Setting, type Step, says } from './services.ts';

const LEASE_MS = 60_000;

/**
 * *New link*: a new meeting, then the old one deleted, once per revision of the card. The old link is called dead only
 * when Graph has confirmed it; a leftover that Graph would not delete is tried again at the next click.
 */
export async function renew(id: string, revision: number, setting: Setting): Promise<Step> {
  const { services, owner } = setting;
  const record = await services.store.meeting(owner.tenant, id);
  if (record === null) return says('expired');
  if (record.owner.user !== owner.user) return says('notYours');
  const token = services.tokens.cached(owner);
  if (token === null) return { kind: 'token' };
  try {
    if (record.revision !== revision) return await current(record, token, setting);
    const key = `renew:${id}:${revision}`;
    if (!(await services.store.claim(owner.tenant, key, services.now().toMillis() + LEASE_MS))) {
      return says('working');
    }
    return await replace(record, token, setting).catch(async (error) => {
      await services.store.release(owner.tenant, key);
      throw error;
    });
  } catch (error) {
    if (error instanceof GraphError && error.status === 401) {
      services.tokens.drop(owner);
      return { kind: 'token' };
    }
    const problem = problemOf(error);
    return { kind: 'say', name: problem, reply: problemReply(problem, setting, null) };
  }
}

/** A button of an older card: nothing is done, the person sees how things are. */
async function current(record: MeetingRecord, token: string, setting: Setting): Promise<Step> {
  const meeting = await setting.services.meetings.get(record.graphId, {
    token,
    correlationId: setting.reference,
  });
  return card('shown', meeting, record, []);
}

async function replace(record: MeetingRecord, token: string, setting: Setting): Promise<Step> {
  const { services, reference } = setting;
  const caller = { token, correlationId: reference };
  const zone = record.zone;
  const request = {
    subject: record.subject,
    start: DateTime.fromMillis(record.start, { zone }),
    end: DateTime.fromMillis(record.end, { zone }),
    guests: record.guests,
    options: record.options,
  };
  const meeting = await services.meetings.create(request, caller);
  const renewed: MeetingRecord = {
    ...record,
    graphId: meeting.graphId,
    revision: record.revision + 1,
    leftoverGraphId: record.graphId,
  };
  if (!(await services.store.replaceMeeting(renewed, record.revision))) {
    await services.meetings.delete(meeting.graphId, caller);
    return says('alreadyDone');
  }
  const isGone = await bury([record.graphId, record.leftoverGraphId], setting, caller);
  if (isGone) await services.store.replaceMeeting({ ...renewed, leftoverGraphId: null }, renewed.revision);
  return card('renewed', meeting, renewed, [isGone ? 'oldLinkGone' : 'oldLinkAlive']);
}

/** True when Graph confirmed that every one of them is gone. */
async function bury(
  graphIds: readonly (string | null)[],
  { services }: Setting,
  caller: { token: string; correlationId: string },
): Promise<boolean> {
  const old = graphIds.filter((graphId) => graphId !== null);
  const results = await Promise.allSettled(old.map((graphId) => services.meetings.delete(graphId, caller)));
  return results.every(({ status }) => status === 'fulfilled');
}

function card(name: string, meeting: Meeting, record: MeetingRecord, notes: readonly Note[]): Step {
  const shareLink: Note[] = record.guests.some((guest) => guest.kind !== 'member') ? ['shareLink'] : [];
  const said = { assumed: [], assumedMinutes: null, notes: [...notes, ...shareLink] };
  return { kind: 'say', name, reply: meetingReply(meeting, record, said) };
}
