import { allOf } from '../conversation/known-meetings.ts';
import type { Pack } from '../pack.ts';
import type { ActGuess } from '../roles/acts.ts';
import type { Opinion } from '../roles/cues.ts';
import { ACTS, type Act, CHANGES, type Situation, TALK } from '../roles/labels.ts';
import { type ModelHead, marginOf } from '../roles/model.ts';
import type { Part, Place } from '../roles/roles.ts';
import { cover, isOverlapping, isSaidAt, saidIn } from '../said.ts';
import type { Tokens } from '../text/tokens.ts';
import type { TimeSpan } from '../time/spans.ts';

/** What people say before what they want: "no, cancel Q3", "thanks, and move it". */
const OPENING: ReadonlySet<Act> = new Set(['confirm', 'decline', 'greet', 'thanks']);

/** Acts that are about no meeting that is there: nothing in them says which one. */
export const NEW: ReadonlySet<Act> = new Set(['create', 'now', 'room', 'answer']);

/** Acts after which everything is as before. */
const LOOKING: ReadonlySet<Act> = new Set(['show', 'list', 'find', 'help', 'invite', 'calendar']);
/** Whether an act only wants to see or know something. */
export const isLooking = (act: Act): boolean => LOOKING.has(act) || act.startsWith('topic.');

/**
 * The act that is meant. A weak guess gives way to the next one where the words speak for that; it then is behind, and so
 * unsure. News does so only where it `isTerse`: nothing but a name and a time is said, as people book who type little; or
 * where it `isKnown`: it names a meeting of the person's, and a word asks for something. In the middle of a conversation a word
 * for a deed is enough, and where the words contradict the guess, any of the likely acts that they ask for. Thanks that may be
 * a yes are thanks.
 */
export function chooseAct(
  guess: ActGuess,
  judge: (act: Act) => Opinion,
  margins: ModelHead['margins'],
  beside: () => { isTerse: boolean; isKnown: boolean },
  situation: Situation,
): ActGuess {
  const { act, next, margin, further } = guess;
  // A yes or a no must be said, or as good as certain: what is open would be done, or lost.
  const isAnswer = act === 'confirm' || act === 'decline';
  const isAwaited = situation !== 'alone' && (act === 'decline' || situation === 'confirm');
  if (isAnswer && judge(act) !== 'agrees' && !(isAwaited && margin >= marginOf(margins, 90)))
    return { ...guess, act: 'other', next: act, lead: -margin };
  // "ok perfect thx" need not be a yes.
  if (act === 'confirm' && next === 'thanks' && margin < marginOf(margins, 50))
    return { ...guess, act: 'thanks', next: act };
  // None is weak that is so far ahead.
  if (margin >= marginOf(margins, 90)) return guess;
  const { isTerse, isKnown } = beside();
  const own = isLooking(act) ? judge(act) : 'agrees';
  // What can’t be had is asked for in words for deeds: "make Ben a producer".
  const isTopic = act.startsWith('topic.');
  const isUnlikely = !isTopic && (situation === 'alone' ? own : judge(act)) === 'contradicts';
  // "Dial-in number?", "add the whole team": behind a card it is about that meeting, and not about what can be had.
  const isOfOne = next === 'show' || (act === 'topic.everybody' && next === 'add');
  if (isOfOne && isTopic && situation !== 'alone' && judge(next) === 'agrees')
    return { ...guess, act: next, next: act, margin: -margin };
  if (
    isUnlikely &&
    CHANGES.has(act) &&
    situation !== 'alone' &&
    judge(next) === 'agrees' &&
    margin < marginOf(margins, 50)
  )
    return { ...guess, act: next, next: act, margin: -margin };
  if (isUnlikely && judge(next) !== 'agrees') {
    // "Lade Anna zum Standup ein": of the acts that may be meant the one that the words ask for.
    const asked = further.find((one) => judge(one.act) === 'agrees' && one.margin < marginOf(margins, 90));
    if (asked && !TALK.has(asked.act)) return { ...guess, act: asked.act, next: act, margin: -asked.margin };
  }
  const isUnsaid = own !== 'agrees';
  const mayBeWrong = OPENING.has(act) || isTerse || isKnown || (own === 'contradicts' && !isTopic);
  const isWeak = margin < marginOf(margins, mayBeWrong ? 90 : 50);
  // A look changes nothing: "show me the card".
  const isHarmless = isLooking(next) && judge(next) === 'agrees';
  // In the middle of a conversation a word for a deed is rarely talk.
  const isSpoken = situation !== 'alone' && judge(next) === 'agrees';
  const mayYield =
    (TALK.has(act) && (isTerse || isKnown || isHarmless || isSpoken)) || OPENING.has(act) || isUnsaid;
  if (!isWeak || !mayYield || TALK.has(next) || OPENING.has(next)) return guess;
  const opinion = judge(next);
  if (isKnown && !isTerse && opinion !== 'agrees') return guess;
  const isSaid =
    opinion === 'agrees' || opinion === 'fits' || ((OPENING.has(act) || isTerse) && opinion === 'silent');
  return isSaid ? { ...guess, act: next, next: act, margin: -margin } : guess;
}

/** Whether every word is part of a name, of people, of an option or of a time. */
export function isTerse(tokens: Tokens, pack: Pack, places: readonly Place[]): boolean {
  const covered = cover(tokens.length, places);
  // "meeting about Q3": what every meeting is called, and the small word behind it.
  const isHead = isSaidAt(tokens, pack, 'generic', 0) && isSmallAt(tokens, pack, 1);
  return tokens.every(
    (_token, at) => covered[at] === 1 || isSmallAt(tokens, pack, at) || (at === 0 && isHead),
  );
}

const isSmallAt = (tokens: Tokens, pack: Pack, at: number): boolean =>
  tokens[at]?.kind !== 'word' || isSaidAt(tokens, pack, ['joins', 'art', 'about', 'cue:and'], at);

/** "turn transcription off": a wish that names what every meeting has; "turn the music off" names none. */
export const isKnownOption = (part: Part, tokens: Tokens, pack: Pack): boolean =>
  part.role === 'option' && saidIn(tokens, pack, 'option', part).length > 0;

/** Whether an hour is said, so that a name and it book a meeting. */
export function saysHour(times: readonly TimeSpan[]): boolean {
  const hasDay = times.some(({ kind, weak }) => kind === 'date' && !weak);
  return times.some(({ kind, weak }) => kind === 'clock' && (hasDay || !weak));
}

/** The words alone say what is wanted: as sure as a guess can be. */
export function sureGuess(act: Act, guess: ActGuess, margins: ModelHead['margins']): ActGuess {
  const margin = 10 * marginOf(margins, 99);
  return { act, next: guess.act, margin, lead: margin, further: [] };
}

/** The act of a word that stands alone and speaks for one act only: "cancel". */
export function onlyAct(tokens: Tokens, pack: Pack): Act | null {
  const entry = pack.matchesAt(tokens, 0).find(({ next }) => next === tokens.length);
  const said = entry?.said.get('act');
  if (said === undefined) return null;
  // "create it" says yes, and what to.
  const [act, ...more] = said.includes('confirm')
    ? (['confirm'] as const)
    : ACTS.filter((one) => said.includes(one));
  return more.length === 0 ? (act ?? null) : null;
}

/** Words that point at a meeting, and small ones beside them. */
const POINTING = ['noun', 'compared', 'otherone', 'allof'];
const BESIDE_POINTING = ['art', 'mine', 'generic', 'polite', 'nontime'];

/** What must stand beside words that cancel; those that take guests off as well need a word for a meeting: "remove both". */
const besideCancel = (acts: readonly string[]): readonly string[] =>
  acts.includes('remove') ? ['noun'] : POINTING;

/** "delete that meeting", "cancel the later one": nothing is done to it before a yes. */
export function cancelsPointed(tokens: Tokens, pack: Pack): boolean {
  const verbs = pack.matchesAt(tokens, 0).filter(({ said }) => said.has('act'));
  if (verbs.some(({ said }) => !said.get('act')?.includes('cancel') || said.has('tell'))) return false;
  return verbs.some((verb) => {
    const rest = { first: verb.next, next: tokens.length };
    const found = (tags: readonly string[]) => tags.flatMap((tag) => saidIn(tokens, pack, tag, rest));
    const covered = cover(tokens.length, found([...POINTING, ...BESIDE_POINTING]));
    const isWhole = tokens.every(({ kind }, at) => at < rest.first || kind === 'sign' || covered[at] === 1);
    return isWhole && found(besideCancel(verb.said.get('act') ?? [])).length > 0;
  });
}

/** "cancel it": to a question, it is asked no more. */
export function cancelsIt(tokens: Tokens, pack: Pack): boolean {
  const verb = pack.matchesAt(tokens, 0).find(({ said }) => said.get('act')?.includes('cancel'));
  if (verb === undefined || verb.said.get('act')?.includes('remove') || verb.said.has('tell')) return false;
  const rest = { first: verb.next, next: tokens.length };
  const small = ['generic', 'polite'].flatMap((tag) => saidIn(tokens, pack, tag, rest));
  const covered = cover(tokens.length, small);
  return (
    small.length > 0 &&
    tokens.every(({ kind }, at) => at < rest.first || kind === 'sign' || covered[at] === 1)
  );
}

/** "cancel all my meetings tomorrow", "tout annuler": nothing but that all are to be cancelled, and of which day. */
export function cancelsAll(tokens: Tokens, pack: Pack, times: readonly TimeSpan[]): boolean {
  const all = allOf({ tokens, pack });
  if (all.length === 0) return false;
  const isFree = (said: Place) => !all.some((place) => isOverlapping(place, said));
  const deeds = saidIn(tokens, pack, 'act').filter(isFree);
  const small = [...BESIDE_POINTING, 'noun', 'filler'].flatMap((tag) => saidIn(tokens, pack, tag));
  const covered = cover(tokens.length, [...all, ...deeds, ...small, ...times.filter(({ weak }) => !weak)]);
  return (
    deeds.length > 0 &&
    besideCancel(deeds.flatMap(({ values }) => values)).some((tag) => saidIn(tokens, pack, tag).length > 0) &&
    deeds.every(({ first, values }) => values.includes('cancel') && !isSaidAt(tokens, pack, 'tell', first)) &&
    tokens.every(({ kind }, at) => kind === 'sign' || covered[at] === 1)
  );
}

/** A name and a whole time for a meeting of which nothing else is said: it is a new one. */
export function asNew(
  guess: ActGuess,
  parts: readonly Part[],
  { tokens, pack, times }: { tokens: Tokens; pack: Pack; times: readonly TimeSpan[] },
): ActGuess {
  const strong = times.filter(({ weak }) => !weak).map(({ kind }) => kind);
  const isWhole = strong.includes('date') && strong.includes('clock');
  // "friday, Q3", "retro tomorrow evening": a name beside a day is more than a value.
  const isNamed = parts.length > 0 || isSaidAt(tokens, pack, 'noun', 0);
  if (guess.next === 'answer' && isNamed && strong.includes('date')) return { ...guess, next: 'create' };
  const isNew = guess.act === 'rename' && isWhole && !parts.some(({ role }) => role === 'which');
  return isNew ? { ...guess, act: 'create', next: 'rename' } : guess;
}
