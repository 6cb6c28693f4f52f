import type { DateTime } from 'luxon';
import type { CreateCommand } from '../../language/command.ts';
import { meetingWords } from '../../language/languages.ts';
import type { Reading } from '../../language/reading.ts';
import { fillLike } from '../../meeting/again.ts';
import {
  DEFAULT_MINUTES,
  type Decision,
  decide,
  type Question,
  type UnreadField,
} from '../../meeting/decide.ts';
import { askedOf, crowdOf, dedupeGuests } from '../../meeting/guest-list.ts';
import type { Guest } from '../../meeting/meeting.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import { whichMeeting } from '../../meeting/which.ts';
import type { Reply } from '../../say/reply.ts';
import type { Pending, Settings } from '../../store/store.ts';
import { answers, type Outcome, posts, says } from '../../teams/outcome.ts';
import { askWhich, chosen, mayBeNamedIn, onNamedMeeting } from '../existing/by-message.ts';
import { list } from '../existing/list.ts';
import { resolveGuests } from '../make/guests.ts';
import { draftOf, draftOfRoom, make, makeRoom } from '../make/make.ts';
import { park } from '../park.ts';
import type { Setting } from '../services.ts';
import type { Progress } from '../sign-in/caller.ts';
import { keepSignedIn, signOut } from '../sign-in/sign-out.ts';
import { placeOf, readAgain } from './read-again.ts';

/**
 * Takes a parked request as far as it goes: to a question, to a sign-in, to a meeting. Reading is pure, so the words
 * are read again each time, at the instant they were written (`known`: as they just were, and the person's settings).
 * The request stays parked until it is done.
 */
export async function proceed(
  given: Pending,
  setting: Setting,
  known: { reading: Reading; settings: Settings } | null = null,
): Promise<Progress> {
  const { services, owner } = setting;
  const settings = known?.settings ?? (await services.store.settings(owner));
  const { zone, asked } = placeOf(given, settings);
  const reading = known?.reading ?? readAgain(given, settings);
  const { command } = reading;
  const answer = given.answers.at(-1)?.choice ?? null;
  if (given.asks === 'change' && answer !== 0) {
    await services.store.unpark(owner, given.id);
    return says('leftAsIs');
  }
  const pending = given.asks === 'change' ? { ...given, isAgreed: true as const } : given;
  switch (command.kind) {
    case 'create': {
      const made = await proceedToMeeting(
        pending,
        { ...reading, command },
        { zone, asked, settings },
        setting,
      );
      return pending.asks === 'again' && !('needs' in made) ? posts(made, 'copied') : made;
    }
    case 'signout':
      return answer === 0 ? signOut(setting) : keepSignedIn(pending, setting);
    case 'list':
      return list(zone ?? 'utc', setting);
    case 'reschedule':
    case 'undo':
    case 'renew':
    case 'cancel':
    case 'invitation':
    case 'show':
      return onNamedMeeting({ ...reading, command }, pending, asked, setting);
    default:
      throw new Error(`a ${command.kind} was parked`);
  }
}

type Circumstances = { zone: string | null; asked: DateTime; settings: Settings };

async function proceedToMeeting(
  pending: Pending,
  reading: Reading & { command: CreateCommand },
  circumstances: Circumstances,
  setting: Setting,
): Promise<Progress> {
  const { zone, asked, settings } = circumstances;
  const { services } = setting;
  const found = await likeWhich(pending, reading.command, circumstances, setting);
  if ('name' in found) return found;
  const { command, guests: before } = found;
  const times = { asked, now: services.now() };
  const decision = decide(command, times, { minutes: settings.minutes ?? DEFAULT_MINUTES });
  const named = askedOf(command.invitees, command.options);
  const { guests: said, open } = await resolveGuests(named, pending.answers, setting);
  const guests = dedupeGuests([...before, ...said], setting.owner.user);
  if (crowdOf(guests) === 'tooMany') return says('tooMany');
  const unread = pending.answers.at(-1)?.unread ?? [];
  if (decision.kind !== 'ask' && open.length === 0 && unread.length === 0) {
    const wish = { guests, zone: zone ?? 'utc', settings, assumed: command.assumed };
    return makeOrShow(pending, { ...reading, command }, decision, wish, asked, setting);
  }
  await park(pending, 'answer', services);
  const question = decision.kind === 'ask' ? decision.question : settledBut(unread, command, asked);
  const reply: Reply = {
    kind: 'ask',
    id: pending.id,
    zone,
    subject: command.subject,
    ...question,
    guests,
    names: open,
    unread,
  };
  return answers('asked', { kind: 'card', reply });
}

type Wish = { guests: readonly Guest[]; zone: string; settings: Settings } & Pick<CreateCommand, 'assumed'>;

/** Makes it; where the words may have been read wrongly, shows it first, unless the person has seen it. */
async function makeOrShow(
  pending: Pending,
  { way, doubts }: Reading,
  decision: Exclude<Decision, { kind: 'ask' }>,
  wish: Wish,
  asked: DateTime,
  setting: Setting,
): Promise<Progress> {
  const isSeen = pending.isAgreed === true || pending.answers.length > 0;
  const isRoom = decision.kind === 'room';
  if (isSeen || way !== 'draft') {
    return isRoom
      ? makeRoom(pending, { ...wish, room: decision.room }, asked, setting)
      : make(pending, { ...wish, draft: decision.draft }, setting);
  }
  await park({ ...pending, asks: 'draft' }, 'answer', setting.services);
  const reply = isRoom
    ? draftOfRoom(pending, { ...wish, room: decision.room }, asked)
    : draftOf(pending, { ...wish, draft: decision.draft }, setting);
  const isPersonal = setting.turn.place === 'personal' && { isPersonal: true as const };
  const shown = { ...reply, ...isPersonal, doubts: doubts.map(({ words }) => words) };
  return answers('drafted', { kind: 'card', reply: shown });
}

/** The command, filled up from the meeting that it is to be like; or the question which that is. */
async function likeWhich(
  pending: Pending,
  command: CreateCommand,
  { zone, asked }: Circumstances,
  setting: Setting,
): Promise<{ command: CreateCommand; guests: readonly Guest[] } | Outcome> {
  if (command.copies === undefined) return { command, guests: [] };
  const { like } = pending;
  if (like !== undefined) return { command: fillLike(command, like, zone ?? 'utc'), guests: like.guests };
  const { services, owner, turn } = setting;
  const { conversation } = turn;
  const all = await services.store.meetingsOf(owner, services.now().toMillis());
  const records = all.filter((record) => mayBeNamedIn(turn, record));
  const context = { now: asked, zone: zone ?? 'utc', conversation, words: meetingWords() };
  const first = { ...pending, answers: pending.answers.slice(0, 1) };
  const picked = chosen(first, records);
  const fits: readonly MeetingRecord[] =
    picked === null || picked === 'none' ? whichMeeting(records, command.copies, context) : [picked];
  const [only, ...others] = fits;
  // It is over, perhaps: then it is a meeting like any other.
  if (only === undefined) return { command, guests: [] };
  if (others.length > 0) return askWhich(fits, 'copy', pending, context.zone, setting);
  return { command: fillLike(command, only, context.zone), guests: only.guests };
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
