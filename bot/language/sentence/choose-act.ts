import type { ActGuess } from '../roles/acts.ts';
import type { Opinion } from '../roles/cues.ts';
import { type Act, type Situation, TALK } from '../roles/labels.ts';
import { type ModelHead, marginOf } from '../roles/model.ts';

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
 * where it `isKnown`: it names a meeting of the person's, and a word asks for something.
 */
export function chooseAct(
  guess: ActGuess,
  judge: (act: Act) => Opinion,
  margins: ModelHead['margins'],
  beside: () => { isTerse: boolean; isKnown: boolean },
  situation: Situation,
): ActGuess {
  const { act, next, margin, further } = guess;
  // A yes must be said, or as good as certain where one is waited for: whatever is open would be done.
  const isAwaited = situation === 'confirm' && margin >= marginOf(margins, 90);
  if (act === 'confirm' && judge(act) !== 'agrees' && !isAwaited)
    return { ...guess, act: 'other', next: act, lead: -margin };
  // None is weak that is so far ahead.
  if (margin >= marginOf(margins, 90)) return guess;
  const { isTerse, isKnown } = beside();
  const own = isLooking(act) ? judge(act) : 'agrees';
  // "Lade Anna zum Standup ein": of the acts that may be meant the one that the words ask for.
  const asked = further.find((one) => judge(one.act) === 'agrees' && one.margin < marginOf(margins, 90));
  // What can’t be had is asked for in words for deeds: "make Ben a producer".
  const isTopic = act.startsWith('topic.');
  const isUnlikely = !isTopic && (situation === 'alone' ? own : judge(act)) === 'contradicts';
  if (isUnlikely && judge(next) !== 'agrees' && asked && !TALK.has(asked.act))
    return { ...guess, act: asked.act, next: act, margin: -asked.margin };
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
