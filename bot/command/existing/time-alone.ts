import type { Reading } from '../command.ts';
import type { Understood } from '../create.ts';
import { understand } from '../create.ts';
import { cover } from '../subject/layout.ts';

/** A text that says a time and nothing else, taken apart. */
export type TimeAlone = {
  /** The words of the time, without what stands around them. */
  text: string;
  understood: Understood;
  /** The words around it correct a time that was said before: "sorry, 4pm", "4pm instead". */
  isCorrection: boolean;
};

/** Longer messages say more than a time. */
const MOST_CHARACTERS = 60;

const CORRECTS =
  /^(?:actually|sorry|apologies|oops|hmm+|no|nope|wait|argh?|scratch that|correction|change of plans?|on second thoughts?|i mean(?:t)?|or rather|rather|better|make (?:it|that|this)|move (?:it|that|this)(?: to)?|let'?s (?:do|say|make (?:it|that)|go (?:with|for)|try|have (?:it|that))|(?:can|could|shall|should) we (?:do|say|make (?:it|that)|have (?:it|that)))(?:[ ,.;:!–—-]+|$)/i;
const BEGINS =
  /^(?:(?:please|pls|ok|okay|oh|ah|well|so|then|and|yes|yeah|yep|how about|what about|perhaps|maybe|start(?:ing)?(?: (?:it|that|this))?|it'?s|it is|it should be)(?:[ ,.;:!–—-]+|$)|(?:to|at|for|on) (?=\S))/i;
const ENDS =
  /[ ,.;:!?–—-]+(?:(instead|rather)|please|pls|then|thanks|thx|if possible|works(?: (?:better|best|for me))?|is (?:better|best|fine|good|ok|okay)|would be (?:better|best|great|good)|for me)?[ .!?]*$/i;
/** What may stand between the parts of a time. */
const JOINTS = /^(?:at|on|from|for|the|of|in|and|to|till|until|by|a|o'clock|[,.;:()!?–—-])$/;

/** Takes the words before and behind a time away. */
function stripped(said: string): { text: string; isCorrection: boolean } {
  let text = said.trim();
  let isCorrection = false;
  for (let round = 0; round < 4; round += 1) {
    const corrects = CORRECTS.exec(text);
    const lead = corrects ?? BEGINS.exec(text);
    text = text.slice(lead?.[0].length ?? 0);
    const end = ENDS.exec(text);
    if (end) text = text.slice(0, end.index);
    isCorrection ||= corrects !== null || end?.[1] !== undefined;
    if (!lead && !end) break;
  }
  return { text, isCorrection };
}

const BARE_NUMBER = /^\d{1,4}$/;

/** The time in a text that says nothing else; null for any other text. A bare number is an hour. */
export function timeAlone(said: string, reading: Reading): TimeAlone | null {
  if (said.length > MOST_CHARACTERS) return null;
  const { text, isCorrection } = stripped(said);
  if (text === '') return null;
  const understood = understand({ text: BARE_NUMBER.test(text) ? `at ${text}` : text, people: [] }, reading);
  const { picked, tokens, items, subject } = understood;
  const isSaid = picked.clock !== null || picked.date !== null || picked.inMinutes !== null;
  if (!(isSaid || picked.minutes !== null) || picked.isNow || picked.isRepeated || subject) return null;
  const isUsed = cover(
    tokens.length,
    items.filter((item) => item.kind !== 'option' && (picked.used.has(item) || item.kind === 'part')),
  );
  const isAlone = tokens.every(({ low }, at) => isUsed(at) || JOINTS.test(low));
  return isAlone ? { text, understood, isCorrection } : null;
}
