import type { Command, Intent, Reading } from './command.ts';
import type { Understood } from './create.ts';
import { isOrderToChange, readChange } from './existing/change.ts';
import { readInvitation } from './existing/invitation.ts';
import { readInviting } from './existing/inviting.ts';
import { readOptionChange } from './existing/option-change.ts';
import { readShowing } from './existing/showing.ts';
import { readUndo } from './existing/undo.ts';
import { whichIn } from './existing/which-meeting.ts';
import { cover } from './subject/layout.ts';
import {
  BRINGS,
  hasRoomWord,
  isRoom,
  isRoomName,
  isStart,
  MAKE,
  NOUN,
  ORDER_BEHIND,
  SHOULD_MEET,
  WANT,
} from './subject/making.ts';
import { isSignIn, isSignOut } from './talk/account.ts';
import { isGathering } from './talk/gathering.ts';
import { HELP, LIST } from './talk/questions.ts';
import { readSettings } from './talk/settings.ts';
import { isTalk, whyNone } from './talk/talk.ts';
import { isTold } from './talk/telling.ts';
import { meetingIn, readTopic } from './talk/topics.ts';
import { isHello } from './text/greetings.ts';
import { tokenAt } from './text/pattern.ts';
import { core, isAsked } from './text/sentence.ts';
import { joined, lowerCase } from './text/tokens.ts';

type Row = (low: string, understood: Understood, reading: Reading) => Intent | null;

const none = (why: Extract<Command, { kind: 'none' }>['why']): Intent => ({ kind: 'none', why });

function hasTime({ picked }: Understood): boolean {
  return picked.clock !== null || picked.date !== null || picked.inMinutes !== null || picked.isNow;
}

/** The words before `end` that are neither subject nor time nor people: the "am" of "11 am" is no verb. */
function around({ subject, tokens, items, people }: Understood, isWithCue: boolean, end: number): string {
  const named = subject ? [{ first: isWithCue ? subject.first : subject.cueFirst, next: subject.next }] : [];
  const covered = new Uint8Array(tokens.length);
  for (const { first, next } of [...items, ...people, ...named]) covered.fill(1, first, next);
  return joined(tokens.slice(0, end).filter((_token, at) => covered[at] === 0));
}

const MOST_TOKENS = 300;

/** Where a booking that is complete by itself ends: "call at 3, I am in the car" is one up to its comma. */
function headEnd({ tokens, items, picked, text }: Understood, low: string, hasNoun: boolean): number {
  const { clock } = picked;
  const whole = Math.min(tokens.length, MOST_TOKENS);
  if (
    !clock ||
    text.endsWith('?') ||
    (!hasNoun && !items.some(({ kind }) => kind === 'option')) ||
    /\b(?:was|were|went|did|had)\b/.test(low)
  )
    return whole;
  for (let at = clock.next; at < whole; at += 1) {
    const { low: sign, kind } = tokenAt(tokens, at);
    if (kind !== 'break' && (!/^[,;.–—]$/.test(sign) || tokenAt(tokens, at + 1).glued)) continue;
    const head = text.slice(0, tokenAt(tokens, at).from);
    const hasOption = items.some(({ kind, first }) => kind === 'option' && first > at);
    return hasOption || NOUN.test(lowerCase(head)) ? at : whole;
  }
  return whole;
}

function isTelling(understood: Understood, end: number, hasClock: boolean): boolean {
  const { subject, tokens, items, people, picked } = understood;
  // A bare number that is no time counts something: "seats 12".
  const isItem = cover(
    tokens.length,
    items.filter((item) => item.kind !== 'clock' || !item.isWeak || picked.used.has(item)),
  );
  const isNamed = cover(
    tokens.length,
    subject ? [...people, { first: subject.cueFirst, next: subject.next }] : people,
  );
  return isTold(tokens, end, { isItem, isNamed, hasClock });
}

function wordless(low: string, { people, text }: Understood): Intent | null {
  if (isHello(lowerCase(text))) return none('greeting');
  if (/[\p{L}\p{N}]/u.test(low)) return null;
  return none(people.length > 0 || low.includes('?') ? 'unknown' : 'empty');
}

/** "do we need the Friday call?" */
const ASKS_WHETHER = /^(?:do|does|did|are|is|was|why|who|when|where|which)\b.*\? *$/;

function create(low: string, understood: Understood): Intent {
  const hasClock = understood.picked.clock !== null || understood.picked.inMinutes !== null;
  const hasNoun = NOUN.test(low);
  const end = headEnd(understood, low, hasNoun);
  const rest = around(understood, false, end);
  const isOrder = MAKE.test(core(rest)) || MAKE.test(low) || isGathering(low);
  const isAllThere = !understood.subject && end >= Math.min(understood.tokens.length, MOST_TOKENS);
  const hasGuests = understood.invitees.length > 0;
  const timed = hasTime(understood);
  const wish = isAllThere ? rest : around(understood, true, MOST_TOKENS);
  const isWish =
    WANT.test(wish) ||
    (hasClock && (SHOULD_MEET.test(wish) || BRINGS.test(low))) ||
    (isAllThere && WANT.test(low) && !ASKS_WHETHER.test(low)) ||
    (timed && ORDER_BEHIND.test(low));
  const hasNumber = understood.tokens.some(
    ({ kind, low: said }) => kind === 'opaque' && /^[+(\d]/.test(said),
  );
  const sentence = {
    low,
    around: core(rest).slice(0, 400),
    isOrder,
    isAsked: isAsked(understood.text),
    isTold: !isWish && isTelling(understood, end, hasClock),
    isWish,
    hasTime: timed,
    hasClock,
    hasGuests,
    hasNoun,
    hasNumber,
  };
  if (isTalk(sentence)) return none(whyNone(low) === 'thanks' ? 'thanks' : 'statement');
  if (isStart(low) && !timed) return { kind: 'create', mode: 'now' };
  const isMade = isOrder || isWish;
  const isNamed = /\b(?:time|min|minutes|slot|link|something)\b/.test(low);
  const isFragment =
    (hasNoun && low.length < 120 && !/[!?]$/.test(low)) || (understood.subject !== null && hasGuests);
  const isCreate = timed || (isMade && (hasNoun || hasGuests || isNamed)) || isFragment;
  if (!isCreate || (!isMade && !hasNoun && isRambling(low, understood)))
    return none(isCreate ? 'unknown' : unknown(low));
  return { kind: 'create', mode: understood.picked.isNow ? 'now' : 'scheduled' };
}

function unknown(low: string): 'thanks' | 'greeting' | 'unknown' {
  const why = whyNone(low);
  return why === 'statement' ? 'unknown' : why;
}

/** A day alone in the middle of many words, with nobody and nothing to meet for. */
function isRambling(low: string, { picked, subject, invitees }: Understood): boolean {
  const isVague = !picked.clock && picked.inMinutes === null && !picked.isNow;
  return isVague && !subject && invitees.length === 0 && low.split(' ').length > 6;
}

const isTimeless = ({ picked }: Understood) => !picked.clock && !picked.date && picked.inMinutes === null;

/** What is said besides people, options and times. */
function nameSaid({ tokens, items, people, picked }: Understood): string {
  const isUsed = items.filter((item) => item.kind === 'option' || picked.used.has(item));
  const isCovered = cover(tokens.length, [...isUsed, ...people]);
  const rest = core(joined(tokens.slice(0, MOST_TOKENS).filter((_token, at) => !isCovered(at))));
  return rest.replace(/(?: ?[,;.!]| (?:with|at|on|and|please))+$/, '');
}

const ROOM: Intent = { kind: 'create', mode: 'room' };

function roomSaid(low: string, understood: Understood): Intent | null {
  return hasRoomWord(low) && isRoomName(nameSaid(understood), !isTimeless(understood)) ? ROOM : null;
}

// The order matters: "sign me out" holds "sign", "list my meetings" holds a meeting.
const ROWS: readonly Row[] = [
  wordless,
  (low) => (isSignOut(low) ? { kind: 'signout' } : null),
  (low) => (isSignIn(low) ? { kind: 'signin' } : null),
  (low, understood, reading) => {
    const topic = readTopic(low, hasTime(understood));
    const name = topic && meetingIn(low, topic);
    if (topic === null) return null;
    return name === null
      ? { kind: 'topic', topic }
      : { kind: 'topic', topic, which: whichIn(name, reading, understood) };
  },
  readInvitation,
  readSettings,
  (low, { picked }) => (HELP.test(low) && !(picked.clock && MAKE.test(low)) ? { kind: 'help' } : null),
  (low) => (LIST.test(low) ? { kind: 'list' } : null),
  readShowing,
  // "our standup room, no lobby" opens the room with it, whether it is there yet or not.
  (low, understood) => (isOrderToChange(low) ? null : roomSaid(low, understood)),
  readUndo,
  readOptionChange,
  readInviting,
  readChange,
  (low, understood) => (isTimeless(understood) && isRoom(low) ? ROOM : roomSaid(low, understood)),
];

/** What kind of message this is. Whatever is no command we know, and names no meeting, is `none`. */
export function readIntent(understood: Understood, reading: Reading): Intent {
  const low = core(joined(understood.tokens));
  for (const row of ROWS) {
    const intent = row(low, understood, reading);
    if (intent) return intent;
  }
  return create(low, understood);
}
