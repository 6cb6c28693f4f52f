import type { DateTime } from 'luxon';
import { ianaZone } from '../../base/date-time.ts';
import { read } from '../../language/read.ts';
import type { Reading } from '../../language/reading.ts';
import { cleanText } from '../../language/text/clean.ts';
import { DEFAULT_MINUTES } from '../../meeting/decide.ts';
import { isOver } from '../../meeting/record.ts';
import type { FormPerson, NewMeetingReply } from '../../say/cards/edit.ts';
import { answerWith, type Outcome, sayNothing } from '../../teams/outcome.ts';
import type { LinkTurn, OpenDialogTurn, QuotedMessage } from '../../teams/turn.ts';
import { headOf } from '../cards/meeting-card.ts';
import { type TurnScope, zoneOf } from '../services.ts';
import { MOST_PEOPLE } from './submit-dialog.ts';

/** Opens the form for a new meeting, filled with what is certain from the message on which it was opened. */
export async function openDialog(turn: OpenDialogTurn, scope: TurnScope): Promise<Outcome> {
  const { services, owner } = scope;
  const { settings } = await scope.person();
  const zone = (await zoneOf(scope)) ?? 'utc';
  const where = { zone, locale: turn.locale, now: services.now(), user: owner.user };
  const minutes = settings.minutes ?? DEFAULT_MINUTES;
  const known = turn.message === null ? EMPTY : prefill(turn.message, where);
  const reply: NewMeetingReply = {
    ...{ kind: 'newMeeting', id: services.newId(), zone, wrong: null, problem: null },
    ...known,
    minutes: known.minutes ?? minutes,
  };
  return answerWith('dialog', { kind: 'form', reply });
}

type Known = Pick<NewMeetingReply, 'subject' | 'date' | 'time' | 'people'> & { minutes: number | null };
const NO_TIME = { date: '', time: '', minutes: null };
const EMPTY: Known = { subject: null, ...NO_TIME, people: [] };

/** `user`: Entra id of the person who fills in the form, and organizes the meeting. */
type Where = { zone: string; locale: string; now: DateTime; user: string };

/**
 * What a message says about a meeting. Times are read at the instant at which the message was written, in the reader's zone.
 * What is missing or ambiguous stays empty.
 */
export function prefill({ utterance, at, author }: QuotedMessage, where: Where): Known {
  const { zone, locale } = where;
  const now = at.setZone(ianaZone(zone));
  const reading = read({ ...utterance, text: cleanText(utterance.text) }, { now, zone, locale });
  const { command } = reading;
  const emails = command.kind === 'create' ? command.invitees.filter((one) => one.kind === 'email') : [];
  const all = [
    ...(author === null ? [] : [author]),
    ...utterance.people,
    ...emails.map(({ email }) => ({ id: email, name: email })),
  ];
  const subject = command.kind === 'create' ? command.subject : null;
  return { subject, ...timesIn(reading, where), people: peopleOf(all, where.user) };
}

/** The day and the time. Each is empty if something about it was assumed, or if it has passed. */
function timesIn({ sentence, others }: Reading, { zone, now }: Where) {
  if (sentence === null || others !== undefined) return NO_TIME;
  const { when, day, clock, minutes, assumed } = sentence.when;
  const start = when?.start.setZone(ianaZone(zone)) ?? null;
  const date = start?.toISODate() ?? day ?? '';
  const today = now.setZone(ianaZone(zone)).toISODate() ?? '';
  if (start === null ? date !== '' && date < today : start <= now) return NO_TIME;
  const kinds = new Set(assumed.map(({ kind }) => kind));
  const isDaySure = !kinds.has('date') && !kinds.has('dateorder') && !kinds.has('zone');
  const isClockSure = !kinds.has('ampm') && !kinds.has('time') && !kinds.has('zone');
  const length = when?.end ? Math.round(when.end.diff(when.start, 'minutes').minutes) : minutes;
  return {
    date: isDaySure ? date : '',
    time: isClockSure ? (start?.toFormat('HH:mm') ?? clock ?? '') : '',
    minutes: length,
  };
}

/** Each person once, without the organizer. */
function peopleOf(all: readonly { id: string | null; name: string }[], user: string): FormPerson[] {
  const named = all.flatMap(({ id, name }) =>
    id === null || name === '' || id === user ? [] : [[id, { id, name, isInvited: true }] as const],
  );
  return [...new Map(named).values()].slice(0, MOST_PEOPLE);
}

/**
 * The card of the meeting to which the address of a calendar file leads. If the address shows an older state of the meeting,
 * or the meeting is gone, no card is shown, because Teams keeps a card for half an hour.
 */
export async function showLink({ url }: LinkTurn, { services, owner }: TurnScope): Promise<Outcome> {
  const entry = services.entryAt(url);
  const record = entry === null ? null : await services.store.meeting(owner.tenant, entry.id);
  const isCurrent = record?.revision === entry?.revision;
  if (entry === null || record === null || !isCurrent || isOver(record, services.now().toMillis()))
    return sayNothing('plainLink');
  const { joinUrl, details } = entry;
  const reply = { kind: 'link' as const, ...headOf(record), joinUrl, details };
  return answerWith('link', { kind: 'insert', post: null, reply });
}
