import type { InLanguage } from '../choose-language.ts';
import type { Utterance } from '../command.ts';
import {
  isFresh,
  isGuestOfKnown,
  isNameOfKnown,
  namesMeeting,
  namesOfMeetings,
} from '../conversation/known-meetings.ts';
import { optionSpans } from '../options/spans.ts';
import type { Pack } from '../pack.ts';
import { withoutPeople } from '../people/invitees.ts';
import type { Context, Frame, Sentence } from '../reading.ts';
import { judgeOf } from '../roles/cues.ts';
import { type Act, CHANGES, type Situation } from '../roles/labels.ts';
import { marginOf } from '../roles/model.ts';
import { type Part, type Place, type Roles, readRoles } from '../roles/roles.ts';
import { cover, isInside, isSaidAt, isWithin, saidIn } from '../said.ts';
import type { Tokens } from '../text/tokens.ts';
import { findTimeSpans } from '../time/find-times.ts';
import { resolveTimes } from '../time/resolve.ts';
import type { TimeSpan } from '../time/spans.ts';
import {
  asNew,
  cancelsAll,
  cancelsIt,
  cancelsPointed,
  chooseAct,
  isKnownOption,
  isTerse,
  onlyAct,
  saysHour,
  sureGuess,
} from './choose-act.ts';
import { settleParts, splitTimes } from './parts.ts';
import { lengthsWanted, partsMeant, partsNotDenied, timesMeant } from './self-corrections.ts';
import { roomNamed, withNameCalled, withQuotedName } from './subject-place.ts';

const VALUED: ReadonlySet<Act> = new Set(['move', 'answer']);
const HOURS = 24;
const LONGEST_BARE = 240;

/** "make it 5", "2 to 3", "make it 45": a bare number is the hour or the minutes where nothing else can be meant. */
function withBareNumbers(
  act: Act,
  said: readonly TimeSpan[],
  { tokens, pack }: { tokens: Tokens; pack: Pack },
  parts: readonly Part[],
  refused: readonly TimeSpan[],
): TimeSpan[] {
  if (!VALUED.has(act) && !isMovedTo(act, said, tokens, pack)) return [...said];
  const meant = said.filter((span) => !isPronoun(span, tokens, pack) && !isDayOfMonth(span, tokens, pack));
  if (meant.some(({ weak, kind }) => !weak && kind !== 'part' && kind !== 'vague')) return meant;
  // "15 min is too short, 45": beside a length that is refused a number is one, and no hour.
  const strong = meant.flatMap((span): TimeSpan[] =>
    span.kind !== 'clock' ? [span] : refused.length > 0 ? [] : [{ ...span, weak: false }],
  );
  const taken = cover(tokens.length, [...parts, ...strong, ...refused]);
  const at = tokens.findIndex(({ kind }, index) => kind === 'number' && taken[index] === 0);
  const minutes = Number(tokens[at]?.low);
  const isLength = minutes >= HOURS / 2 && minutes <= LONGEST_BARE && minutes % 5 === 0;
  if (at < 0 || strong.some(({ kind }) => kind === 'clock') || !isLength) return strong;
  return [...strong, { kind: 'length', minutes, first: at, next: at + 1, weak: false, isCued: false }];
}

const MOVING_BESIDE: ReadonlySet<Act> = new Set(['add', 'remove', 'set', 'rename']);

/** "Add Kim and make it 11": a number right behind a verb that moves. */
const isMovedTo = (act: Act, said: readonly TimeSpan[], tokens: Tokens, pack: Pack): boolean =>
  MOVING_BESIDE.has(act) &&
  saidIn(tokens, pack, 'act')
    .filter(({ values }) => values.includes('move'))
    .some(({ next }) =>
      said.some(({ kind, first }) => kind === 'clock' && first >= next && first - next <= 1),
    );

/** French "plutôt [le 17] si possible": behind an article a number is no hour. */
const isDayOfMonth = ({ weak, kind, first, next }: TimeSpan, tokens: Tokens, pack: Pack): boolean =>
  weak &&
  kind === 'clock' &&
  tokens[next - 1]?.kind === 'number' &&
  next - first <= 2 &&
  isSaidAt(tokens, pack, 'art', next - 2);

/** "the budget one", "the later one": no hour, but the meeting. "make it one" is an hour. */
function isPronoun({ weak, kind, first, next }: TimeSpan, tokens: Tokens, pack: Pack): boolean {
  const isOne = weak && kind === 'clock' && next - first === 1 && isSaidAt(tokens, pack, 'generic', first);
  return isOne && tokens.slice(0, first).some((_token, at) => isSaidAt(tokens, pack, 'art', at));
}

const saysLength = (time: TimeSpan) =>
  time.kind === 'length' || time.kind === 'until' || (time.kind === 'clock' && time.to !== null);

/** "This month", "next week": no day. */
const isVagueDay = (time: TimeSpan) => time.kind === 'date' && time.said.source === 'vague';

/** Whether a sentence says both a day and an hour. */
function saysWhole(times: readonly TimeSpan[], place: Place): boolean {
  const kinds = times.filter((time) => !time.weak && isWithin(time, place)).map(({ kind }) => kind);
  return kinds.includes('date') && kinds.includes('clock');
}

/**
 * The times of the sentences that something is read from; all where those name no more than a length. Where the sentence that
 * asks says when, the times of news count no more: "we lost two people this month". A length counts wherever it is
 * said, unless those have one: "at 3? An hour, if you would."
 */
function heardTimes(
  times: readonly TimeSpan[],
  { asking, telling, unheard }: Pick<Roles, 'asking' | 'telling' | 'unheard'>,
): readonly TimeSpan[] {
  const isWhole = saysWhole(times, asking);
  const silent = [...unheard, ...(isWhole ? telling : [])];
  const isBeside = (time: TimeSpan) => isWhole && isVagueDay(time) && !isWithin(time, asking);
  const heard = times.filter((time) => !isBeside(time) && !silent.some((place) => isWithin(time, place)));
  if (heard.length === times.length) return times;
  if (!heard.some(({ weak, kind }) => !weak && kind !== 'length')) return times;
  if (heard.some(saysLength)) return heard;
  return times.filter((time) => heard.includes(time) || (time.kind === 'length' && !time.weak));
}

/** Parts without what names no meeting: "15 min isn't enough for [that, 45]" is a number beside a length that is refused. */
const namedIn = (parts: readonly Part[], tokens: Tokens, pack: Pack): readonly Part[] =>
  parts.filter(
    ({ role, first, next }) =>
      role !== 'which' ||
      tokens
        .slice(first, next)
        .some(({ kind }, index) => kind === 'word' && !isSaidAt(tokens, pack, 'generic', first + index)),
  );

const withoutNames = (parts: readonly Part[]) =>
  parts.filter(({ role }) => role !== 'subject' && role !== 'which');

/** "a daily standup at 9 until March": beside the end of a series, the word in the name says how often. */
function namedHabits(said: readonly TimeSpan[], times: readonly TimeSpan[]): TimeSpan[] {
  if (!said.some(({ kind }) => kind === 'ending')) return [];
  const named = times.filter((time) => time.kind === 'repeat' && !said.includes(time));
  return named.map((time) => ({ ...time, weak: false }));
}

/** What was said last: what is open counts before a meeting that was shown. */
const situationOf = ({ open, focus }: Context = { open: null, focus: null, meetings: [] }): Situation =>
  open?.kind ?? (isFresh(focus) ? 'card' : 'alone');

/** Acts about a meeting that is there and that need not name anybody. */
const OF_MEETING: ReadonlySet<Act> = new Set(['move', 'rename', 'remove', 'set', 'renew', 'cancel', 'show']);

/**
 * "supprime budget", "et le budget, …": a guest who is called as a meeting of the person's, and as nobody, is that meeting. Not
 * so behind a word for people, beside words that say which meeting, or where somebody is invited: the marketing may be
 * a team as well.
 */
function asMeetings(
  parts: readonly Part[],
  act: Act,
  { tokens, pack }: { tokens: Tokens; pack: Pack },
  context: Context | undefined,
): readonly Part[] {
  if (!OF_MEETING.has(act) || parts.some(({ role }) => role === 'which')) return parts;
  return parts.map((part) => {
    const { role, first, next } = part;
    const isName = (at: number) => at >= first && at < next && !isSaidAt(tokens, pack, ['art', 'mine'], at);
    const words = tokens.flatMap(({ low }, at) => (isName(at) ? [low] : []));
    const isMeeting =
      role === 'guest' &&
      !isSaidAt(tokens, pack, ['joins', 'together'], first - 1) &&
      !words.some(pack.isGivenName) &&
      !isGuestOfKnown(words, context) &&
      isNameOfKnown(words, context) &&
      namesMeeting(words, context);
    return isMeeting ? { role: 'which', first, next, subjects: [{ first, next }], guests: [] } : part;
  });
}

/**
 * "remove him": beside a word that takes guests off, one for people says which guest, and no meeting; so does the name of
 * somebody who is invited, though a meeting may be called so as well.
 */
function asPeople(
  parts: readonly Part[],
  { tokens, pack }: { tokens: Tokens; pack: Pack },
  context: Context | undefined,
): readonly Part[] {
  const isLeaving = saidIn(tokens, pack, 'act').some(({ values }) => values.includes('remove'));
  const isGuest = ({ first, next }: Place) =>
    isGuestOfKnown(
      tokens.slice(first, next).map(({ low }) => low),
      context,
    );
  const isPronoun = ({ first, next }: Place) =>
    next - first === 1 && isSaidAt(tokens, pack, 'pronoun', first);
  return parts.map((part) => {
    const { first, next } = part;
    return isLeaving && part.role === 'which' && (isPronoun(part) || isGuest(part))
      ? { role: 'guest', first, next }
      : part;
  });
}

/** Reads a cleaned text in one language: its tokens, times, parts, options and what is wanted. */
export function readSentence({ text, people }: Utterance, words: InLanguage, frame: Frame): Sentence {
  const { tokens, knowledge } = words;
  const { pack, model } = words.language;
  const situation = situationOf(frame.context);
  const every = withoutPeople({ tokens, pack }, findTimeSpans(tokens, pack, frame));
  const names = namesOfMeetings({ tokens, pack, times: every }, frame.context);
  const {
    parts: seen,
    asking,
    telling,
    unheard,
    ...guess
  } = readRoles({ tokens, times: every, pack, ...(names && { named: names }) }, model, situation);
  const labelled = asPeople(seen, { tokens, pack }, frame.context);
  const learned = asMeetings(labelled, guess.act, { tokens, pack }, frame.context);
  const heard = heardTimes(every, { asking, telling, unheard });
  const wanted = lengthsWanted({ tokens, pack }, heard);
  const refused = heard.filter((time) => !wanted.includes(time));
  const marked = withQuotedName(
    tokens,
    pack,
    partsMeant(
      { tokens, pack },
      partsNotDenied({ tokens, pack }, refused.length > 0 ? namedIn(learned, tokens, pack) : learned),
      heard,
    ),
  );
  const found = timesMeant({ tokens, pack }, wanted);
  const judge = judgeOf({ tokens, times: found, pack }, { parts: marked, unheard });
  const { margins } = model.head;
  const room =
    judge('room') === 'agrees' || judge('room') === 'fits' ? roomNamed(tokens, pack, marked, found) : null;
  const isAsked = frame.context?.open?.kind === 'question';
  const cancelsWhich = cancelsPointed(tokens, pack) || cancelsAll(tokens, pack, found);
  const isCancelled = isAsked ? cancelsIt(tokens, pack) : cancelsWhich;
  const only = onlyAct(tokens, pack) ?? (isCancelled ? 'cancel' : null);
  const own = asNew(guess, marked, { tokens, pack, times: found });
  const {
    act: chosen,
    next,
    margin,
    lead,
  } = room
    ? sureGuess('room', guess, margins)
    : only
      ? sureGuess(only, guess, margins)
      : chooseAct(
          own,
          judge,
          margins,
          () => ({
            isTerse:
              isTerse(tokens, pack, [...marked, ...found]) &&
              (own.next === 'create'
                ? saysHour(found) || (own.act !== 'ask' && own.margin < marginOf(margins, 50) / 2)
                : own.next === 'set' && marked.every((part) => isKnownOption(part, tokens, pack))),
            isKnown: namesMeeting(
              tokens.map(({ low }) => low),
              frame.context,
            ),
          }),
          situation,
        );
  // Nobody but a meeting is to go.
  const isOfMeeting = learned.some((part, at) => part !== labelled[at]);
  const hasGuests = learned.some(({ role }) => role === 'guest');
  const isGone = chosen === 'remove' && isOfMeeting && !hasGuests;
  // "Sam kann nicht": somebody is named, and no meeting.
  const isLeaving =
    chosen === 'cancel' &&
    own.next === 'remove' &&
    hasGuests &&
    !learned.some(({ role }) => role === 'which');
  const act = isGone ? 'cancel' : isLeaving ? 'remove' : chosen;
  const times = splitTimes(found, marked);
  const called = CHANGES.has(act) ? withNameCalled(tokens, pack, marked) : marked;
  const named = room ? [...withoutNames(marked), { role: 'subject' as const, ...room }] : called;
  const parts = settleParts({ tokens, pack, knowledge, act, times }, named);
  const outside = times.filter((time) => !isInside(time, parts));
  const said = withBareNumbers(act, outside, { tokens, pack }, parts, refused);
  const options = optionSpans({ text, people, tokens, pack }, parts, said);
  return {
    text,
    people,
    tokens,
    pack,
    knowledge,
    times,
    said,
    parts,
    options,
    act,
    next,
    margin,
    when: resolveTimes([...said, ...namedHabits(said, times)], tokens, pack, frame),
    margins,
    opinion: judge(act),
    unheard,
    unheardDays: every.filter((time) => time.kind === 'date' && !time.weak && !heard.includes(time)),
    lead,
  };
}

/** The sentence as values of what is spoken of: a number alone in it is an hour or a length, and so is "11.30" beside one. */
export function asValues(sentence: Sentence, act: Act, frame: Frame): Sentence {
  const { tokens, pack, times, parts } = sentence;
  const outside = times.filter((time) => !isInside(time, parts));
  const numbered = withBareNumbers('answer', outside, { tokens, pack }, parts, []);
  const said = numbered.map((span) =>
    span.kind === 'clock' && isGlued(span, tokens) ? { ...span, weak: false } : span,
  );
  return { ...sentence, act, said, when: resolveTimes(said, tokens, pack, frame) };
}

/** Whether an hour has its minutes behind a sign: "11.30". */
const isGlued = ({ first, next }: TimeSpan, tokens: Tokens): boolean =>
  tokens.slice(first, next).some(({ kind }) => kind === 'sign');
