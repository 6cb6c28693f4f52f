import { DateTime } from 'luxon';
import type { Assumption, Command, CreateCommand, Span } from '../command/command.ts';
import { parse } from '../command/parse.ts';
import { GraphError } from '../graph/client.ts';
import { answered, DEFAULT_MINUTES, type Draft, decide } from '../meeting/decide.ts';
import type { Guest, Meeting } from '../meeting/meeting.ts';
import type { Reply } from '../reply.ts';
import type { MeetingRecord, Pending, Settings } from '../store/store.ts';
import { onNamedMeeting } from './by-message.ts';
import { resolveGuests } from './guests.ts';
import { list } from './list.ts';
import { headOf, meetingCard, show } from './on-meeting.ts';
import { isRetryable, problemOf, problemReply } from './problem.ts';
import { type Setting, type Step, says } from './services.ts';

export const PENDING_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;
/** Graph drops a meeting about 60 days after its end. */
const KEEP_MEETING_MS = 60 * 24 * HOUR_MS;

/**
 * Takes a parked request as far as it goes: to a question, to a sign-in, to a meeting. Reading is pure, so the words
 * are read again each time, at the instant they were written. The request stays parked until it is done.
 */
export async function proceed(pending: Pending, setting: Setting): Promise<Step> {
  const { services, owner } = setting;
  const settings = await services.store.settings(owner);
  const zone =
    pending.answers.findLast((answer) => answer.zone !== null)?.zone ?? settings.zone ?? pending.zone;
  const asked = DateTime.fromMillis(pending.askedAt, { zone: zone ?? 'utc' });
  const command = readAgain(pending, zone, asked);
  switch (command.kind) {
    case 'create':
      return proceedToMeeting(pending, command, { zone, asked, settings }, setting);
    case 'list':
      return list(zone ?? 'utc', setting);
    case 'reschedule':
    case 'renew':
    case 'cancel':
      return onNamedMeeting(command, pending, asked, setting);
    default:
      throw new Error(`a ${command.kind} was parked`);
  }
}

type Circumstances = { zone: string | null; asked: DateTime; settings: Settings };

async function proceedToMeeting(
  pending: Pending,
  command: CreateCommand,
  { zone, asked, settings }: Circumstances,
  setting: Setting,
): Promise<Step> {
  const { services } = setting;

  const times = { asked, now: services.now() };
  const decision = decide(command, times, { minutes: settings.minutes ?? DEFAULT_MINUTES });
  switch (decision.kind) {
    case 'refuse':
      return { kind: 'say', name: 'refused', reply: { kind: 'notice', notice: 'roomsSoon' } };
    case 'ask': {
      await services.store.park({ ...pending, waitsFor: 'answer' });
      const { subject } = command;
      const reply: Reply = { kind: 'ask', id: pending.id, zone, subject, ...decision.question };
      return { kind: 'say', name: 'asked', reply };
    }
    case 'create':
      return make(pending, command, { draft: decision.draft, zone: zone ?? 'utc', settings }, setting);
    default:
      return decision satisfies never;
  }
}

function readAgain(pending: Pending, zone: string | null, asked: DateTime): Command {
  const command = parse(pending.utterance, { now: asked, zone, locale: pending.locale });
  if (command.kind !== 'create') return command;
  return pending.answers.reduce((read, answer) => answered(read, answer, zone ?? 'utc'), command);
}

async function make(
  pending: Pending,
  command: CreateCommand,
  { draft, zone, settings }: { draft: Draft; zone: string; settings: Settings },
  setting: Setting,
): Promise<Step> {
  const { services, owner, reference } = setting;
  const assumed = offered(command.assumed, draft, services.now());
  const token = services.tokens.cached(owner);
  if (token === null) {
    const guests = await resolveGuests(command.invitees, setting);
    const { subject, start, end, assumedMinutes } = draft;
    const shown = {
      id: pending.id,
      asker: pending.asker,
      subject,
      start,
      end,
      zone,
      guests,
      assumed,
      assumedMinutes,
    };
    return { kind: 'token', draft: { kind: 'draft', ...shown } };
  }
  const caller = { token, correlationId: reference };
  try {
    // Delivered again because its card did not get through: the meeting is there already.
    const made = await services.store.meeting(owner.tenant, pending.id);
    if (made !== null) return show(made, caller, setting);
    if (await isOverLimit(setting))
      return { kind: 'say', name: 'limited', reply: { kind: 'notice', notice: 'limit' } };
    const guests = await resolveGuests(command.invitees, setting);
    const request = {
      subject: draft.subject,
      start: draft.start,
      end: draft.end,
      options: draft.options,
      guests,
    };
    const language = settings.language ?? pending.locale;
    const meeting = await services.meetings.create(request, { ...caller, language });
    const record = await remember(meeting, { id: pending.id, guests, zone, draft, assumed }, setting);
    await services.store.unpark(owner, pending.id);
    const { assumedMinutes } = draft;
    return meetingCard('created', meeting, record, setting, {
      assumed,
      assumedMinutes,
      mentions: mentionsOf(guests),
    });
  } catch (error) {
    return failed(error, pending, setting);
  }
}

async function failed(error: unknown, pending: Pending, setting: Setting): Promise<Step> {
  const { services, owner } = setting;
  if (error instanceof GraphError && error.status === 401) {
    services.tokens.drop(owner);
    return { kind: 'token' };
  }
  const problem = problemOf(error);
  const retryId = isRetryable(problem) ? pending.id : null;
  if (retryId === null) await services.store.unpark(owner, pending.id);
  else await services.store.park({ ...pending, waitsFor: 'retry' });
  return { kind: 'say', name: problem, reply: problemReply(problem, setting, retryId) };
}

async function isOverLimit({ services, owner }: Setting): Promise<boolean> {
  if (services.createLimit === 0) return false;
  const since = services.now().toMillis() - HOUR_MS;
  return (await services.store.createdSince(owner, since)) >= services.createLimit;
}

const mentionsOf = (guests: readonly Guest[]) =>
  guests.flatMap((guest) =>
    guest.kind === 'member' && guest.teamsId ? [{ id: guest.teamsId, name: guest.name }] : [],
  );

/** The guesses, each with its other reading as a whole meeting; without one that has gone by or would end too soon. */
function offered(assumed: readonly Assumption[], { start, end }: Draft, now: DateTime): Assumption[] {
  const length = end.diff(start);
  return assumed.map((assumption) => {
    const other = assumption.alternative;
    if (other === null || other.start < now) return { ...assumption, alternative: null };
    return { ...assumption, alternative: { start: other.start, end: other.end ?? other.start.plus(length) } };
  });
}

type Made = {
  id: string;
  guests: readonly Guest[];
  zone: string;
  draft: Draft;
  assumed: readonly Assumption[];
};

async function remember(
  meeting: Meeting,
  { id, guests, zone, draft, assumed }: Made,
  { services, owner, turn }: Setting,
): Promise<MeetingRecord> {
  const createdAt = services.now().toMillis();
  const record: MeetingRecord = {
    id,
    owner,
    conversation: turn.conversation,
    cardId: null,
    graphId: meeting.graphId,
    revision: 1,
    leftovers: [],
    subject: draft.subject,
    start: meeting.start.toMillis(),
    end: meeting.end.toMillis(),
    zone,
    guests,
    options: draft.options,
    readings: assumed.map(({ alternative }) => alternative && toReading(alternative)),
    createdAt,
    expires: Math.max(createdAt, meeting.end.toMillis()) + KEEP_MEETING_MS,
  };
  await services.store.addMeeting(record);
  return record;
}

function toReading({ start, end }: Span): { start: number; end: number } {
  return { start: start.toMillis(), end: (end ?? start).toMillis() };
}

/** *Make my own*: the same meeting for whoever clicked, under a link of their own. */
export async function copy(id: string, setting: Setting): Promise<Step> {
  const { services, owner, turn, reference } = setting;
  const original = await services.store.meeting(owner.tenant, id);
  if (original === null || original.conversation.split(';')[0] !== turn.conversation.split(';')[0])
    return says('expired');
  const token = services.tokens.cached(owner);
  if (token === null) return { kind: 'token' };
  if (await isOverLimit(setting)) return says('limit');
  const key = `copy:${id}:${owner.user}`;
  if (!(await services.store.claim(owner.tenant, key, services.now().toMillis() + PENDING_MS)))
    return says('alreadyDone');
  const { zone, options } = original;
  const draft = { ...headOf(original), options, assumedMinutes: null };
  try {
    const meeting = await services.meetings.create(
      { ...draft, guests: [] },
      { token, correlationId: reference },
    );
    const made = { id: services.newId(), guests: [], zone, draft, assumed: [] };
    const step = meetingCard('copied', meeting, await remember(meeting, made, setting), setting);
    return step.kind === 'say' ? { ...step, kind: 'post' } : step;
  } catch (error) {
    await services.store.release(owner.tenant, key);
    if (error instanceof GraphError && error.status === 401) {
      services.tokens.drop(owner);
      return { kind: 'token' };
    }
    const problem = problemOf(error);
    return { kind: 'aside', name: problem, reply: problemReply(problem, setting, null) };
  }
}
