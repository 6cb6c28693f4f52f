import { DateTime } from 'luxon';
import type { Assumption, Command, CreateCommand } from '../command/command.ts';
import { parse } from '../command/parse.ts';
import type { Caller } from '../graph/online-meetings.ts';
import { crowdOf } from '../meeting/crowd.ts';
import {
  answered,
  DEFAULT_MINUTES,
  type Draft,
  decide,
  type Question,
  type RoomWish,
} from '../meeting/decide.ts';
import { wished } from '../meeting/granted.ts';
import type { Guest } from '../meeting/meeting.ts';
import { askedOf } from '../meeting/roles.ts';
import type { Problem, Reply } from '../reply.ts';
import type { Pending, Settings } from '../store/store.ts';
import { onNamedMeeting } from './by-message.ts';
import { withCaller } from './caller.ts';
import { makeGranted } from './granting.ts';
import { mentionsOf, resolveGuests } from './guests.ts';
import { withInvitation } from './invitation.ts';
import { withinLimit } from './limit.ts';
import { list } from './list.ts';
import { meetingCard, show } from './on-meeting.ts';
import { park } from './park.ts';
import { isRetryable, problemReply } from './problem.ts';
import { offered, remember } from './record.ts';
import { openRoom } from './room.ts';
import { externalIdOf } from './room-record.ts';
import type { Setting } from './services.ts';
import { type Step, says } from './step.ts';

/**
 * Takes a parked request as far as it goes: to a question, to a sign-in, to a meeting. Reading is pure, so the words
 * are read again each time, at the instant they were written (`known`: as they just were, and the person's settings).
 * The request stays parked until it is done.
 */
export async function proceed(
  pending: Pending,
  setting: Setting,
  known: { command: Command; settings: Settings } | null = null,
): Promise<Step> {
  const { services, owner } = setting;
  const settings = known?.settings ?? (await services.store.settings(owner));
  const zone =
    pending.answers.findLast((answer) => answer.zone !== null)?.zone ?? settings.zone ?? pending.zone;
  const asked = DateTime.fromMillis(pending.askedAt, { zone: zone ?? 'utc' });
  const command = known?.command ?? readAgain(pending, zone, asked);
  switch (command.kind) {
    case 'create':
      return proceedToMeeting(pending, command, { zone, asked, settings }, setting);
    case 'list':
      return list(zone ?? 'utc', setting);
    case 'reschedule':
    case 'renew':
    case 'cancel':
    case 'invitation':
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
  const named = askedOf(command.invitees, command.options);
  const { guests, open } = await resolveGuests(named, pending.answers, setting);
  if (crowdOf(guests) === 'tooMany') return says('tooMany');
  if (decision.kind !== 'ask' && open.length === 0) {
    const wish = { guests, zone: zone ?? 'utc', settings };
    if (decision.kind === 'room') return makeRoom(pending, { ...wish, room: decision.room }, asked, setting);
    return make(pending, { ...wish, draft: decision.draft, assumed: command.assumed }, setting);
  }
  await park(pending, 'answer', services);
  const question = decision.kind === 'ask' ? decision.question : whoOnly(command, asked);
  const reply: Reply = {
    kind: 'ask',
    id: pending.id,
    zone,
    subject: command.subject,
    ...question,
    names: open,
  };
  return { kind: 'say', name: 'asked', reply };
}

/** Everything is clear but who is meant. */
function whoOnly({ when, minutes: said }: CreateCommand, asked: DateTime): Question {
  const start = when?.start ?? asked;
  const minutes = Math.round(when?.end?.diff(start, 'minutes').minutes ?? said ?? DEFAULT_MINUTES);
  const wall = { date: start.toISODate(), time: start.toFormat('HH:mm') };
  return { needs: [], choices: [], ...wall, minutes, unmet: [] };
}

function readAgain(pending: Pending, zone: string | null, asked: DateTime): Command {
  const command = parse(pending.utterance, { now: asked, zone, locale: pending.locale });
  if (command.kind !== 'create') return command;
  return pending.answers.reduce((read, answer) => answered(read, answer, zone ?? 'utc'), command);
}

type Wish = {
  draft: Draft;
  guests: readonly Guest[];
  zone: string;
  settings: Settings;
  assumed: readonly Assumption[];
};

async function make(pending: Pending, { assumed, ...wish }: Wish, setting: Setting): Promise<Step> {
  const sure = { ...wish, assumed: offered(assumed, wish.draft, setting.services.now()) };
  const work = (caller: Caller) => makeOnce(pending, sure, caller, setting);
  return orDraft(pending, work, draftReply(pending, sure), setting);
}

async function makeRoom(
  pending: Pending,
  { room, guests, zone }: Pick<Wish, 'guests' | 'zone'> & { room: RoomWish },
  asked: DateTime,
  setting: Setting,
): Promise<Step> {
  const { services, owner } = setting;
  const { subject, unmet } = room;
  const times = room.times ?? { start: asked, end: asked.plus({ hours: 1 }) };
  const { id, asker } = pending;
  const more = { assumed: [], assumedMinutes: null, isRoom: true };
  const draft: Reply = { kind: 'draft', id, asker, subject, ...times, zone, guests, unmet, ...more };
  const order = { ...room, externalId: externalIdOf(subject, setting), guests, zone, askedBy: id };
  const work = async (caller: Caller) => {
    const step = await openRoom(order, caller, setting);
    await services.store.unpark(owner, id);
    return step;
  };
  return orDraft(pending, work, draft, setting);
}

/** Does it in the asker's name, or shows what waits for their sign-in. */
async function orDraft(
  pending: Pending,
  work: (caller: Caller) => Promise<Step>,
  draft: Reply,
  setting: Setting,
): Promise<Step> {
  const step = await withCaller(setting, work, (problem) => failed(problem, pending, setting));
  return step.kind === 'token' ? { ...step, draft } : step;
}

async function makeOnce(pending: Pending, wish: Wish, caller: Caller, setting: Setting): Promise<Step> {
  const { services, owner } = setting;
  const { draft, guests, zone, settings, assumed } = wish;
  // Delivered again because its card did not get through: the meeting is there already.
  const made = await services.store.meeting(owner.tenant, pending.id);
  if (made !== null) return show(made, caller, setting);
  const language = draft.options.invitation ?? settings.language ?? pending.locale;
  const create = () => makeGranted({ ...draft, guests }, { ...caller, language }, services);
  const creation = await withinLimit(setting, create);
  if ('refused' in creation) {
    await services.store.unpark(owner, pending.id);
    return creation.refused;
  }
  const { meeting, missed } = creation.made;
  const { id } = pending;
  const record = await remember(meeting, { id, guests, zone, draft, assumed, missed }, setting);
  const step = meetingCard('created', meeting, record, setting, { mentions: mentionsOf(guests) });
  return withInvitation(step, record, caller, setting);
}

function draftReply({ id, asker }: Pending, { draft, zone, guests, assumed }: Wish): Reply {
  const options = wished(draft.options);
  return { kind: 'draft', id, asker, zone, guests, assumed, ...draft, options };
}

async function failed(found: Problem, pending: Pending, setting: Setting): Promise<Step> {
  const { services, owner } = setting;
  // There was no meeting yet that could be gone; as itself the app may have named somebody whom Graph does not have.
  const unknown = services.access.mode === 'application' ? 'forbidden' : 'unexpected';
  const problem = found === 'gone' ? unknown : found;
  const retryId = isRetryable(problem) ? pending.id : null;
  if (retryId === null) await services.store.unpark(owner, pending.id);
  else await park(pending, 'retry', services);
  return { kind: 'say', name: problem, reply: problemReply(problem, setting, retryId) };
}
