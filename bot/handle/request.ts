import type { DateTime } from 'luxon';
import { inZone } from '../base/date-time.ts';
import type { Context, Known } from '../language/reading.ts';
import { wasChangedBy } from '../meeting/apply-change.ts';
import { DEFAULT_MINUTES } from '../meeting/decide.ts';
import { ownedId, type StoreKey } from '../store/keys.ts';
import type { Answer, Pending, Settings } from '../store/store.ts';
import { answerNotice, type Outcome } from '../teams/outcome.ts';
import type { TurnBase } from '../teams/turn.ts';
import { comingMeetings, type Services, type TurnScope } from './services.ts';

/** How long a request waits for a person's next step. */
export const PENDING_MS = 15 * 60_000;

/** A request of the person who acts in this turn. Nothing is stored. */
export function newRequest(
  known: Pick<Pending, 'id' | 'waitsFor'> & Partial<Pending>,
  { turn, owner, services }: TurnScope,
): Pending {
  return {
    owner,
    asker: turn.name,
    conversation: turn.conversation,
    utterance: { text: '', people: [] },
    askedAt: turn.at.toMillis(),
    zone: turn.zone,
    locale: turn.locale,
    answers: [],
    expires: services.now().toMillis() + PENDING_MS,
    ...known,
  };
}

/** The request that a message makes. */
export function requestOf(utterance: Pending['utterance'], context: Context, scope: TurnScope): Pending {
  const { conversation, place, isPrivate } = scope.turn;
  const id = requestIdOf(scope);
  const origin = { conversation, place, ...(isPrivate && { isPrivate }) };
  const known = {
    id,
    utterance,
    context: toKept(context, utterance.text),
    ...(place !== 'personal' && { origin }),
  };
  return newRequest({ ...known, waitsFor: 'signin' }, scope);
}

/** The id of the request that a message makes, and of its meeting. It is the same however often the message is delivered. */
export function requestIdOf({ turn, owner, services }: TurnScope): string {
  const { activityId, conversation } = turn;
  return ownedId(owner, ...(activityId === '' ? [services.newId()] : [conversation, activityId]));
}

/** The most meetings that are kept with a request, and the most guests of each, so that a row stays small. */
const MEETINGS_KEPT = 20;
const GUESTS_KEPT = 5;

/**
 * What of a conversation is kept with a request, so that its words are read the same later: of the person's meetings those
 * first that the text names.
 */
function toKept({ open, focus, meetings }: Context, text: string): Context {
  const low = text.toLowerCase();
  const isNamed = ({ subject }: Known) => subject !== null && low.includes(subject.toLowerCase());
  const kept = [...meetings.filter(isNamed), ...meetings.filter((known) => !isNamed(known))]
    .slice(0, MEETINGS_KEPT)
    .map((known) => ({ ...known, attendees: known.attendees.slice(0, GUESTS_KEPT) }));
  return { open, focus, meetings: kept };
}

/** Puts a request aside until a sign-in, an answer or another try; the wait begins anew with each of them. */
export async function park(
  pending: Pending,
  waitsFor: Pending['waitsFor'],
  { store, now }: Services,
): Promise<void> {
  await store.park({ ...pending, waitsFor, expires: now().toMillis() + PENDING_MS });
}

/**
 * The key of the lease under which a request goes on. One that waits for a sign-in has the same key whatever is said of it
 * meanwhile: the sign-in, a click on its draft and a correction in words come one after the other.
 */
export const requestLease = ({ id, waitsFor, answers, isAgreed }: Pending): StoreKey =>
  waitsFor === 'signin'
    ? `pending:${id}:signin`
    : `pending:${id}:${waitsFor}:${answers.length}${isAgreed ? ':agreed' : ''}`;

/** An answer without a value. */
export const NO_ANSWER: Answer = { choice: null, date: null, time: null, zone: null };

/** The request with one more answer. */
export const withAnswer = (pending: Pending, answer: Answer): Pending => ({
  ...pending,
  answers: [...pending.answers, answer],
});

/**
 * A request that goes on: when it was written, and what its asker has set. Its times are in `zone` (IANA), which is UTC where
 * `knownZone` is null. `minutes`: the length of a meeting if none is said.
 */
export type OpenRequest = {
  pending: Pending;
  zone: string;
  knownZone: string | null;
  asked: DateTime;
  minutes: number;
  settings: Settings;
};

/** Opens a request. Its zone is that of an answer, else of the person's settings, else of the message. */
export async function openRequest(pending: Pending, { person }: TurnScope): Promise<OpenRequest> {
  const { settings } = await person();
  const answered = pending.answers.findLast((answer) => answer.zone !== null)?.zone;
  const knownZone = answered ?? settings.zone ?? pending.zone;
  const zone = knownZone ?? 'utc';
  const minutes = settings.minutes ?? DEFAULT_MINUTES;
  return { pending, zone, knownZone, asked: inZone(pending.askedAt, zone), minutes, settings };
}

const WAITS: readonly Pending['waitsFor'][] = ['answer', 'signin', 'retry'];

/** Moves the requests that wait for this person in the conversation of the turn to another conversation. */
export async function moveRequests(
  { tenant, user, conversation: from }: TurnBase,
  conversation: string,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<void> {
  if (user === null) return;
  const { requests } = await store.person({ tenant, user }, now().toMillis());
  const moved = requests.filter((one) => one.conversation === from && WAITS.includes(one.waitsFor));
  await Promise.all(moved.map((pending) => store.park({ ...pending, conversation })));
}

/** Says why no request has this id: another click or another device has made a meeting from it, or changed one. */
export async function sayGone(id: string, scope: TurnScope): Promise<Outcome> {
  const { services, owner } = scope;
  const isMade = (await services.store.meeting(owner.tenant, id)) !== null;
  const isDone = isMade || (await comingMeetings(scope)).some((one) => wasChangedBy(one, id));
  return answerNotice(isDone ? 'alreadyDone' : 'expired');
}
