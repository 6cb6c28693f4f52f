import { DateTime } from 'luxon';
import { ianaZone } from '../../base/time-zone.ts';
import type { Command, CreateCommand } from '../../command/command.ts';
import { parse } from '../../command/parse.ts';
import { crowdOf } from '../../meeting/crowd.ts';
import {
  applyAnswer,
  DEFAULT_MINUTES,
  decide,
  type Question,
  type UnreadField,
} from '../../meeting/decide.ts';
import { askedOf } from '../../meeting/roles.ts';
import type { Reply } from '../../say/reply.ts';
import type { Pending, Settings } from '../../store/store.ts';
import { answers, says } from '../../teams/outcome.ts';
import { onNamedMeeting } from '../existing/by-message.ts';
import { list } from '../existing/list.ts';
import { resolveGuests } from '../make/guests.ts';
import { make, makeRoom } from '../make/make.ts';
import { park } from '../park.ts';
import type { Setting } from '../services.ts';
import type { Progress } from '../sign-in/caller.ts';
import { keepSignedIn, signOut } from '../sign-in/sign-out.ts';
import { moveInstead } from './move-or-create.ts';

/**
 * Takes a parked request as far as it goes: to a question, to a sign-in, to a meeting. Reading is pure, so the words
 * are read again each time, at the instant they were written (`known`: as they just were, and the person's settings).
 * The request stays parked until it is done.
 */
export async function proceed(
  pending: Pending,
  setting: Setting,
  known: { command: Command; settings: Settings } | null = null,
): Promise<Progress> {
  const { services, owner } = setting;
  const settings = known?.settings ?? (await services.store.settings(owner));
  const { zone, asked } = placeOf(pending, settings);
  const command = known?.command ?? readAgain(pending, zone, asked);
  const [first] = pending.answers;
  if (pending.asks === 'move' && first?.choice === 0) return moveInstead(pending, asked, setting);
  switch (command.kind) {
    case 'create':
      return proceedToMeeting(pending, command, { zone, asked, settings }, setting);
    case 'signout':
      return pending.answers.at(-1)?.choice === 0 ? signOut(setting) : keepSignedIn(pending, setting);
    case 'list':
      return list(zone ?? 'utc', setting);
    case 'reschedule':
    case 'undo':
    case 'renew':
    case 'cancel':
    case 'invitation':
    case 'show':
      return onNamedMeeting(command, pending, asked, setting);
    default:
      throw new Error(`a ${command.kind} was parked`);
  }
}

/** Where the person was when they wrote, as far as anybody knows, and when. */
function placeOf({ answers, zone: said, askedAt }: Pending, settings: Settings) {
  const zone = answers.findLast((answer) => answer.zone !== null)?.zone ?? settings.zone ?? said;
  return { zone, asked: DateTime.fromMillis(askedAt, { zone: ianaZone(zone ?? 'utc') }) };
}

/** The times between which the person was asked to choose. */
export async function choicesOf(
  pending: Pending,
  { services, owner }: Setting,
): Promise<readonly DateTime[]> {
  const { zone, asked } = placeOf(pending, await services.store.settings(owner));
  const command = readAgain(pending, zone, asked);
  return command.kind === 'create' ? command.choices.map(({ start }) => start) : [];
}

type Circumstances = { zone: string | null; asked: DateTime; settings: Settings };

async function proceedToMeeting(
  pending: Pending,
  command: CreateCommand,
  { zone, asked, settings }: Circumstances,
  setting: Setting,
): Promise<Progress> {
  const { services } = setting;
  const times = { asked, now: services.now() };
  const decision = decide(command, times, { minutes: settings.minutes ?? DEFAULT_MINUTES });
  const named = askedOf(command.invitees, command.options);
  const { guests, open } = await resolveGuests(named, pending.answers, setting);
  if (crowdOf(guests) === 'tooMany') return says('tooMany');
  const unread = pending.answers.at(-1)?.unread ?? [];
  if (decision.kind !== 'ask' && open.length === 0 && unread.length === 0) {
    const wish = { guests, zone: zone ?? 'utc', settings };
    if (decision.kind === 'room') return makeRoom(pending, { ...wish, room: decision.room }, asked, setting);
    return make(pending, { ...wish, draft: decision.draft, assumed: command.assumed }, setting);
  }
  await park(pending, 'answer', services);
  const question = decision.kind === 'ask' ? decision.question : settledBut(unread, command, asked);
  const reply: Reply = {
    kind: 'ask',
    id: pending.id,
    zone,
    subject: command.subject,
    ...question,
    names: open,
    unread,
  };
  return answers('asked', { kind: 'card', reply });
}

/** Everything is clear but who is meant, or what the person entered just now. */
function settledBut(
  unread: readonly UnreadField[],
  { when, minutes: said }: CreateCommand,
  asked: DateTime,
): Question {
  const start = when?.start ?? asked;
  const minutes = Math.round(when?.end?.diff(start, 'minutes').minutes ?? said ?? DEFAULT_MINUTES);
  const wall = { date: start.toISODate(), time: start.toFormat('HH:mm') };
  const needs = unread.filter((field) => field !== 'zone');
  return { needs, choices: [], ...wall, minutes, unmet: [] };
}

function readAgain(pending: Pending, zone: string | null, asked: DateTime): Command {
  const command = parse(pending.utterance, { now: asked, zone, locale: pending.locale });
  if (command.kind !== 'create') return command;
  const { answers, asks } = pending;
  // The first said that it is to be another meeting.
  const given = asks === 'move' ? answers.slice(1) : answers;
  return given.reduce((read, answer) => applyAnswer(read, answer, zone ?? 'utc'), command);
}
