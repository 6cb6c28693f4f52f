import { inZone } from '../../base/date-time.ts';
import type { Which } from '../../language/command.ts';
import { isNoOne } from '../../language/conversation/which-meeting.ts';
import type { Context, Known } from '../../language/reading.ts';
import { soughtMeeting } from '../../meeting/complete-command.ts';
import { DEFAULT_MINUTES } from '../../meeting/decide.ts';
import { writtenName } from '../../meeting/guest-list.ts';
import { isSamePlace, kindOf, lastWord, type MeetingRecord, mayBeNamedIn } from '../../meeting/record.ts';
import { whichMeeting } from '../../meeting/which-meeting.ts';
import type { Pending } from '../../store/store.ts';
import type { TurnBase } from '../../teams/turn.ts';
import { whichContext } from '../cards/questions.ts';
import { openRequest, PENDING_MS } from '../request.ts';
import { comingMeetings, type TurnScope, waitingFor } from '../services.ts';
import { focusOn, readAgain } from './read-again.ts';

/** The conversation in which a message was written. */
export type Conversation = {
  context: Context;
  /** The newest question that waits for this person's answer here, or a meeting that waits for their sign-in. */
  open: Pending | null;
  /**
   * What came after that question, so that yes and no alone are not about it: something else was said, or another meeting
   * was made, changed or shown here. Null if nothing did.
   */
  overtaken: 'words' | 'meeting' | null;
  /** What is asked, as the reader takes it, whatever came since. */
  asked: Context['open'];
  /** What would make the meeting again that was cancelled just now. */
  again: Pending | null;
};

/** What is open between this person and the bot in this conversation, and the meetings that they may be speaking of. */
export async function conversationOf(scope: TurnScope): Promise<Conversation> {
  const { services, turn } = scope;
  const now = services.now().toMillis();
  const meetings = await comingMeetings(scope);
  const here = meetings.filter(({ conversation }) => conversation === turn.conversation);
  const newer = (pending: Pending) => here.filter((record) => lastWord(record) > parkedAt(pending));
  const waiting = [...(await waitingFor('answer', scope)), ...(await unsigned(newer, scope))];
  const newest = waiting.toSorted((a, b) => b.expires - a.expires);
  const open = newest.find(({ asks }) => asks !== 'again') ?? null;
  const again = newest.find(({ asks }) => asks === 'again') ?? null;
  const overtaken = open && overtakenBy(open, newer(open));
  const draft =
    open !== null && overtaken !== 'meeting' && isDraft(open) ? (await readAgain(open, scope)).command : null;
  const asked = open && (await openOf(open, overtaken, scope));
  const names = await Promise.all(
    newest
      .filter(isOfMaking)
      .slice(0, MOST_UNMADE)
      .map((one) => nameAsked(one, scope)),
  );
  return {
    open,
    overtaken,
    asked,
    again: again === null || newer(again).length > 0 ? null : again,
    context: {
      // A meeting that was shown since is what is spoken of: a time is not taken for the answer to the older question.
      open: overtaken === 'meeting' ? null : asked,
      focus:
        draft?.kind === 'create'
          ? focusOn(draft, (await scope.person()).settings.minutes ?? DEFAULT_MINUTES)
          : focusIn(lastShown(meetings, turn), now),
      meetings: meetings
        .filter((record) => mayBeNamedIn(turn, record))
        .map((record) => ({ ...toKnown(record), ...(isSpokenOfHere(record, turn) && agesOf(record, now)) })),
      unmade: names.flatMap((name) => name ?? []),
    },
  };
}

/** Whether a meeting is still to be made here: something is asked for it, or its draft is shown. */
const isOfMaking = ({ asks, among, offer }: Pending): boolean =>
  (asks === undefined || asks === 'draft') && among === undefined && offer === undefined;

/** So many meetings that are not made yet may be spoken of by name. */
const MOST_UNMADE = 5;

async function nameAsked(pending: Pending, scope: TurnScope): Promise<string | null> {
  const { command } = await readAgain(pending, scope);
  return command.kind === 'create' ? command.subject : null;
}

/** `newer`: the meetings that were made, changed or shown since. The one that is asked about may be spoken of meanwhile. */
function overtakenBy(
  { among = [], isPassed }: Pending,
  newer: readonly MeetingRecord[],
): Conversation['overtaken'] {
  if (newer.some(({ id }) => !among.includes(id))) return 'meeting';
  if (isPassed) return 'words';
  return newer.length > 0 ? 'meeting' : null;
}

/**
 * The newest request that waits for the person's sign-in here, if it is for a meeting or for its time: until then it can be
 * talked about. A time that is said after another meeting was spoken of is about that one, and about no search.
 */
async function unsigned(
  newer: (pending: Pending) => readonly MeetingRecord[],
  scope: TurnScope,
): Promise<Pending[]> {
  const newest = (await waitingFor('signin', scope)).at(-1);
  if (newest === undefined || (newest.asks ?? 'draft') !== 'draft') return [];
  const { kind } = (await readAgain(newest, scope)).command;
  return kind === 'create' || (kind === 'findtime' && newer(newest).length === 0) ? [newest] : [];
}

/** Whether the request stands as it will be made: its draft is shown, or it waits for a sign-in only. */
export const isDraft = ({ asks, waitsFor }: Pending): boolean => asks === 'draft' || waitsFor === 'signin';

/** When the request began to wait. Epoch milliseconds. */
const parkedAt = ({ expires }: Pending): number => expires - PENDING_MS;

/** What the reader must know about the open question: what is asked, and what is known already. */
async function openOf(
  pending: Pending,
  overtaken: Conversation['overtaken'],
  scope: TurnScope,
): Promise<Context['open']> {
  const { command, others } = await readAgain(pending, scope);
  if (command.kind === 'findtime' && pending.asks === undefined && pending.offer === undefined) {
    const { needs, subject, day } = soughtMeeting(command);
    return { kind: 'question', needs, subject, start: day };
  }
  const areDrafts = others !== undefined && isDraft(pending) && overtaken !== 'meeting';
  if (pending.asks !== undefined || isDraft(pending))
    return { kind: 'confirm', ...(areDrafts && { areDrafts: true as const }) };
  const create = command.kind === 'create' ? command : null;
  return {
    kind: 'question',
    needs: create?.needs ?? [],
    subject: create?.subject ?? null,
    start: create?.when?.start.toISO() ?? create?.day ?? null,
  };
}

/**
 * The meeting that was made, changed or shown last in this thread, or else in this channel. A room is left out, because a time
 * alone cannot be about it.
 */
export function lastShown(meetings: readonly MeetingRecord[], turn: TurnBase): MeetingRecord | undefined {
  const { conversation } = turn;
  const all = meetings
    .filter((record) => kindOf(record).isTimed && isSamePlace(record.conversation, conversation))
    .filter((record) => mayBeNamedIn(turn, record))
    .sort((a, b) => lastWord(b) - lastWord(a));
  return all.find((record) => record.conversation === conversation) ?? all[0];
}

function focusIn(newest: MeetingRecord | undefined, now: number): Context['focus'] {
  if (newest === undefined) return null;
  const { attendees: _, ...known } = toKnown(newest);
  return { ...known, minutesAgo: Math.floor((now - lastWord(newest)) / 60_000) };
}

const isSpokenOfHere = (record: MeetingRecord, { conversation }: TurnBase): boolean =>
  record.conversation === conversation && kindOf(record).isTimed;

/** When the meeting was spoken of last and when it was made; not rounded, so that what came first is known. */
const agesOf = (record: MeetingRecord, now: number) => ({
  minutesAgo: (now - lastWord(record)) / 60_000,
  madeMinutesAgo: (now - record.createdAt) / 60_000,
});

function toKnown({ subject, start, end, zone, clockZone, guests }: MeetingRecord): Known {
  const iso = (at: number) => inZone(at, zone).toISO() ?? '';
  const attendees = guests.map(writtenName);
  return { subject, start: iso(start), end: iso(end), ...(clockZone && { clockZone }), attendees };
}

/**
 * Whether what is said is about the meeting that is to be made, because its draft or what is missing was shown last, and not
 * about an existing one.
 */
export async function isOfDraft(
  which: Which,
  { open, overtaken }: Conversation,
  scope: TurnScope,
): Promise<boolean> {
  if (open === null || overtaken === 'meeting') return false;
  const isAsked = open.asks === undefined && open.among === undefined && open.offer === undefined;
  if (!isDraft(open) && !isAsked) return false;
  if (!isNoOne(which)) return isMeant(which, open, scope);
  return (await readAgain(open, scope)).command.kind === 'create';
}

/** Whether the open question is about a meeting to be made, and what was said means that one. */
export const isMeant = async (which: Which, open: Pending, scope: TurnScope): Promise<boolean> =>
  (await meantWith(open, which, scope)).includes(open.id);

/**
 * The conversation as it is about a question that was overtaken, where the meeting that is to be made there is the only one of
 * that name: "cancel the sync", after another meeting was shown.
 */
export async function aboutNamed(
  which: Which,
  conversation: Conversation,
  scope: TurnScope,
): Promise<Conversation> {
  const { open, overtaken } = conversation;
  if (open === null || isNoOne(which) || which.isAll) return conversation;
  const waiting = (await waitingFor('answer', scope)).filter(isOfMaking);
  if (overtaken !== 'meeting' && (waiting.length < 2 || (await isMeant(which, open, scope))))
    return conversation;
  for (const pending of waiting.toSorted((a, b) => b.expires - a.expires)) {
    const meant = await meantWith(pending, which, scope);
    if (meant.includes(pending.id) && meant.length === 1)
      return { ...conversation, open: pending, overtaken: null };
  }
  return conversation;
}

/** Which meetings are meant, with the one that is to be made among them; none where the question is about none. */
async function meantWith(open: Pending, which: Which, scope: TurnScope): Promise<string[]> {
  const { command } = await readAgain(open, scope);
  if (command.kind !== 'create' || open.among !== undefined) return [];
  const { turn } = scope;
  const { zone, asked } = await openRequest(open, scope);
  const { conversation } = turn;
  const { subject, when } = command;
  const draft = {
    id: open.id,
    subject,
    conversation,
    guests: [],
    room: undefined,
    createdAt: parkedAt(open),
    start: when?.start.toMillis() ?? Number.NaN,
    end: Number.POSITIVE_INFINITY,
    expires: open.expires,
  };
  const meetings = await comingMeetings(scope);
  const fits = whichMeeting([...meetings, draft], which, whichContext(asked, zone, scope));
  return fits.map(({ id }) => id);
}
