import type { DateTime } from 'luxon';
import * as z from 'zod';
import { isInPersonsHands } from '../auth/token-error.ts';
import { ianaZone } from '../base/date-time.ts';
import { toName, visible } from '../base/safe-text.ts';
import type { Invitee } from '../language/command.ts';
import { read } from '../language/read.ts';
import type { Reading } from '../language/reading.ts';
import { cleanText } from '../language/text/clean.ts';
import { applyAnswer, BLANK_CREATE } from '../meeting/complete-command.ts';
import { DEFAULT_MINUTES, decide, toSubject } from '../meeting/decide.ts';
import type { Asked } from '../meeting/guest-list.ts';
import { isOver, type MeetingPlan, type MeetingRecord } from '../meeting/record.ts';
import type { FormPerson, NewMeetingReply } from '../say/cards/edit.ts';
import { ownedId } from '../store/keys.ts';
import type { Pending } from '../store/store.ts';
import { answerNotice, answerWith, type Outcome, replyOf, sayNothing } from '../teams/outcome.ts';
import type { CardAction, LinkTurn, OpenDialogTurn, QuotedMessage, SubmitDialogTurn } from '../teams/turn.ts';
import { headOf, showMeeting } from './cards/meeting-card.ts';
import { isRetryable, problemOf, sayProblem } from './cards/refusals.ts';
import { inOrganisersName } from './existing/as-organiser.ts';
import { readTyped, type Typed, timesTyped } from './existing/edit-form.ts';
import { resolveGuests } from './make/resolve-guests.ts';
import { asItIs, continueInTurn } from './parked/proceed.ts';
import { newRequest, park } from './request.ts';
import { type Services, type TurnScope, zoneOf } from './services.ts';
import { checkReply, isRoundLeft, signInReply } from './sign-in/ask-sign-in.ts';
import { takeToken, withNeeds } from './sign-in/caller.ts';

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

/**
 * Makes the meeting that the form describes, once for each dialog. Without a token the request waits, and the dialog shows a
 * page that submits it again with one.
 */
export async function submitDialog(turn: SubmitDialogTurn, scope: TurnScope): Promise<Outcome> {
  const { services, owner } = scope;
  if (turn.popup === 'cancelled') return answerNotice('leftAsIs');
  // The same for the request and its meeting, however often the dialog is submitted.
  const id = ownedId(owner, 'dialog', String(turn.data.id).slice(0, 100));
  const made = await services.store.meeting(owner.tenant, id);
  if (made !== null) return showAgain(made, scope);
  if (turn.data.date !== undefined) return onForm(id, turn, scope);
  const pending = await services.store.parked(owner.tenant, id);
  return pending === null ? answerNotice('expired') : onSignInPage(pending, turn, scope);
}

/** Answers a dialog whose meeting exists already. If its card stands in the conversation, nothing more is shown. */
async function showAgain(made: MeetingRecord, scope: TurnScope): Promise<Outcome> {
  if (made.cardId !== null) return answerWith('again', { kind: 'ok' });
  const progress = await inOrganisersName(made, scope, showMeeting);
  return 'needs' in progress ? answerNotice('alreadyDone') : progress;
}

/** Handles the submitted form. If something is wrong with it, the form is shown again and says what. */
async function onForm(id: string, turn: SubmitDialogTurn, scope: TurnScope): Promise<Outcome> {
  const { services } = scope;
  const zone = (await zoneOf(scope)) ?? 'utc';
  const typed = readTyped(turn.data, turn.locale);
  const people = readPeople(turn.data);
  const again = (why: Pick<NewMeetingReply, 'wrong' | 'problem'>) =>
    formAgain({ ...why, zone, id: String(turn.data.id) }, typed, people);
  const times = readTimes(typed, zone, services);
  if (typeof times === 'string') return again({ wrong: times, problem: null });
  const { guests } = await resolveGuests(invitedIn(people), [], scope);
  const subject = toSubject(cleanText(typed.subject ?? ''));
  const like: MeetingPlan = { subject, ...times, zone, guests, options: {} };
  const request = newRequest({ id, like, asks: 'again', isAgreed: true, waitsFor: 'dialog' }, scope);
  const outcome = await make(request, turn, scope);
  const reply = replyOf(outcome);
  return reply?.kind === 'problem' && isRetryable(reply.problem)
    ? again({ wrong: null, problem: { ...reply, retryId: null } })
    : outcome;
}

/** The same form with what was entered, and why it was not accepted. */
function formAgain(
  known: Pick<NewMeetingReply, 'id' | 'zone' | 'wrong' | 'problem'>,
  { subject = '', date = '', time = '', minutes = DEFAULT_MINUTES }: Typed,
  people: readonly FormPerson[],
): Outcome {
  const reply: NewMeetingReply = { kind: 'newMeeting', ...known, subject, date, time, minutes, people };
  return answerWith('dialog', { kind: 'form', reply });
}

/** Makes the meeting, or parks the request until there is a token. */
async function make(pending: Pending, turn: SubmitDialogTurn, scope: TurnScope): Promise<Outcome> {
  const { services, owner } = scope;
  const progress = await continueInTurn(pending, scope, asItIs);
  // Another delivery has made it, and its answer shows the card.
  if (progress === null) return answerWith('again', { kind: 'ok' });
  if (!('needs' in progress)) {
    if (turn.token !== null) await services.store.unpark(owner, pending.id);
    return progress;
  }
  const waiting = withNeeds(progress, pending);
  if (turn.token !== null && waiting.scope === pending.scope)
    return progress.claims === null ? sayNoSignIn(scope) : askInPopup(progress.claims, waiting, scope);
  await park(waiting, 'dialog', services);
  return turn.token === null ? showSignInPage(turn, scope) : onSignInPage(waiting, turn, scope);
}

/** Handles what the sign-in page submits, with a token or without. */
async function onSignInPage(pending: Pending, turn: SubmitDialogTurn, scope: TurnScope): Promise<Outcome> {
  if (turn.token === null)
    return turn.popup === 'agreed' ? showSignInPage(turn, scope) : askInPopup(null, pending, scope);
  const wish = { reach: pending.scope ?? 'meetings', claims: pending.claims ?? null } as const;
  const signedIn = await takeToken(turn.token, scope, wish);
  if (signedIn === 'taken') return make(pending, turn, scope);
  if (signedIn === 'notTheirs') return sayNoSignIn(scope);
  if (isInPersonsHands(signedIn)) return askInPopup(signedIn.claims, pending, scope);
  return sayProblem({ problem: problemOf(signedIn, scope.services.access.mode) }, scope);
}

function showSignInPage({ data }: SubmitDialogTurn, scope: TurnScope): Outcome {
  const url = scope.services.signIn.dialogUrl(String(data.id));
  return answerWith('signIn', { kind: 'signInPage', url, reply: signInReply(scope) });
}

/** Opens Entra's page in a popup. When the person has agreed there, Teams submits the dialog again. */
async function askInPopup(claims: string | null, pending: Pending, scope: TurnScope): Promise<Outcome> {
  if (!(await isRoundLeft('click', scope))) return sayNoSignIn(scope);
  const reason = pending.scope ?? 'first';
  const reply =
    claims === null ? signInReply(scope, { reason }) : checkReply(claims, scope, pending.scope ?? 'meetings');
  return answerWith('stepUp', { kind: 'login', reply });
}

/** Says that signing in did not work, because a new token that is refused again would send the person round in circles. */
const sayNoSignIn = (scope: TurnScope): Outcome => sayProblem({ problem: 'signInFailed' }, scope);

/** The times in a form, by the same rules as times in words; or why they are not possible. */
function readTimes(
  typed: Typed,
  zone: string,
  { now }: Pick<Services, 'now'>,
): Pick<MeetingPlan, 'start' | 'end'> | NonNullable<NewMeetingReply['wrong']> {
  const times = timesTyped(typed);
  if (typeof times === 'string') return times;
  const command = applyAnswer(BLANK_CREATE, { choice: null, ...times }, zone);
  const decision = decide(command, { asked: now(), now: now() }, { minutes: times.minutes });
  if (decision.kind === 'create') {
    const { start, end } = decision.draft;
    return { start: start.toMillis(), end: end.toMillis() };
  }
  const [need] = decision.kind === 'ask' ? decision.question.needs : [];
  return need === 'past' || need === 'dst' ? need : 'range';
}

/** More people would make the form too long. */
const MOST_PEOPLE = 20;

const Person = z.object({ id: z.string().min(1).max(320), name: z.string().transform(toName) });

/** The people whom the form offered, and which of them are invited. The names and ids are not trusted. */
export function readPeople({ people, who }: CardAction['data']): FormPerson[] {
  const chosen = new Set(typeof who === 'string' ? who.split(',') : []);
  return (Array.isArray(people) ? people.slice(0, MOST_PEOPLE) : []).flatMap((person, at) => {
    const read = Person.safeParse(person);
    return read.success ? [{ ...read.data, isInvited: chosen.has(String(at)) }] : [];
  });
}

/** The people who are invited, still to be looked up. */
export const invitedIn = (people: readonly FormPerson[]): Asked[] =>
  people
    .filter(({ isInvited }) => isInvited)
    .map(({ id, name }) => ({ invitee: inviteeOf(id, name), role: null }));

const Address = z.email({ pattern: z.regexes.unicodeEmail });

/** A person by Entra's id or by address. Anything that is not a valid address becomes a name, to which nothing is sent. */
function inviteeOf(id: string, name: string): Invitee {
  if (!id.includes('@')) return { kind: 'mention', id, name };
  const isAddress = Address.safeParse(id).success && visible(id) === id;
  return isAddress ? { kind: 'email', email: id } : { kind: 'name', name };
}
