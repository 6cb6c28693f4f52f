import type { ActGuess } from './roles/acts.ts';
import type { Opinion } from './roles/cues.ts';
import type { Act } from './roles/labels.ts';

/** Acts that ask nothing of the bot. */
export const TALK: ReadonlySet<Act> = new Set(['greet', 'thanks', 'tell', 'ask', 'other']);
/** What people say before what they want: "no, cancel Q3", "thanks, and move it". */
const OPENING: ReadonlySet<Act> = new Set(['confirm', 'decline', 'greet', 'thanks']);

/** Acts that are about no meeting that is there: nothing in them says which one. */
export const NEW: ReadonlySet<Act> = new Set(['create', 'now', 'room', 'answer']);

/** Acts after which everything is as before. */
const LOOKING: ReadonlySet<Act> = new Set(['show', 'list', 'find', 'help', 'invite']);

type Margins = readonly { of: number; margin: number }[];

/** The margin that so many of 100 wrong guesses stay below. */
export const marginOf = (margins: Margins, share: number): number =>
  margins.find(({ of }) => of === share)?.margin ?? 0;

/**
 * The act that is meant. A weak guess that nothing is asked for gives way to the next one where the words speak for it;
 * it then is behind, and so unsure. `isTerse`: nothing but a name and a time is said, as people book who type little.
 */
export function chooseAct(
  guess: ActGuess,
  judge: (act: Act) => Opinion,
  { margins, isTerse }: { margins: Margins; isTerse: boolean },
): ActGuess {
  const { act, next, margin } = guess;
  const isUnsaid = !TALK.has(act) && judge(act) === 'contradicts' && LOOKING.has(act);
  const isWeak = margin < marginOf(margins, OPENING.has(act) || isTerse || isUnsaid ? 90 : 50);
  const mayYield = TALK.has(act) || OPENING.has(act) || isUnsaid;
  if (!isWeak || !mayYield || TALK.has(next) || OPENING.has(next)) return guess;
  const opinion = judge(next);
  const isSaid = opinion === 'agrees' || ((OPENING.has(act) || isTerse) && opinion === 'silent');
  return isSaid ? { act: next, next: act, margin: -margin } : guess;
}
