import { MAKE } from '../subject/making.ts';
import { tells } from '../text/finite-verbs.ts';
import { GOOD_DAY, GREETED, HI } from '../text/greetings.ts';
import { core, isAsked, opening } from '../text/sentence.ts';

/** The end of a sentence, or a dash between two. */
const END = /[.!?…]+["')]* +(?=\S)|\n|,? [–—-] +(?=\S)/g;
/** What names a time, a person, a title or a topic: then it is no preamble. */
const SAYS_MORE =
  /[\d@"\uFFFC]|:|\b(?:today|tomorrow|tmrw|tonight|now|noon|\p{L}+day|morning|afternoon|evening|week|month|about|regarding|(?<!')re|called|titled)\b/iu;
const CIVIL = opening(
  `${HI}|${GOOD_DAY}`,
  'dear|greetings|sorry|apologies|thanks|thank you|cheers',
  'no (?:rush|hurry|worries|pressure|biggie)|quick (?:one|question|favou?r|ask|q)|one more|another one|when you (?:can|get)|if (?:you|it|possible)',
  'hope|trust|ok|okay|so|well|alright|anyway|fyi|btw|please|you ok|all good',
);
const ASKS_PEOPLE = /\b(?:you|y'all|u|we|i|anyone|anybody|everyone|everybody)\b/;
const MOST_SENTENCES = 3;

/** "Hope you're well.", "We still haven't sorted the parking." – before a sentence that orders, it tells nothing of the meeting. */
function isPreamble(said: string): boolean {
  const low = said.toLowerCase().trim();
  if (SAYS_MORE.test(low)) return false;
  return CIVIL.test(low) || (low.endsWith('?') && ASKS_PEOPLE.test(low)) || tells(low);
}

/** What leads over to an order, without a pause. */
const LEAD = new RegExp(
  `^(?:${[
    `(?:${HI}|${GOOD_DAY})(?: (?:${GREETED}))?`,
    'do one thing|either way|any(?:way|how)|in any case|meanwhile|for now|otherwise|as discussed|as agreed|as per usual',
    'abeg|eh|oi|yoh|haai|alright|right|ok(?:ay)? so|so|well|um+|uh+|er+m*|quick one|one more(?: thing)?',
    'when(?:ever)? you (?:can|have|get) (?:a )?(?:chance|moment|minute|sec|time)?',
    "if (?:possible|you can|you could|you don't mind)",
    '(?:can|could|would|will) you be an? \\p{L}+ and',
    // "can arrange a call", as Singapore says it.
    '(?:can|could)(?= (?:arrange|book|set|schedule|organi[sz]e|plan|put|block|fix|make|create) )',
    // Whom somebody speaks to: "sir please …".
    '\\p{L}+(?= please )',
  ].join('|')})[,:;.!–—-]* +`,
  'iu',
);

const orders = (said: string) => isAsked(said) || MAKE.test(core(said));

const leadless = (text: string) => text.replace(LEAD, '').replace(LEAD, '');

function withoutLead(text: string): string {
  const rest = leadless(text);
  return rest !== text && orders(rest.slice(0, 100)) ? rest : text;
}

/** ", everyone must be present": an appeal to those who come, and nothing of the meeting. */
const APPEAL =
  /[,.;–—-] ?(?:everyone|everybody|all|you all|people|attendees) (?:must|should|has to|have to|needs? to) (?:be (?:present|there|here|on time)|attend|come|join)(?: please)?[ .!]*$/i;

/** The text from the sentence on that asks for something, where only talk stands before it, without an appeal at its end. Pure, linear. */
export function withoutPreamble(whole: string): string {
  const text = whole.replace(APPEAL, '');
  let from = 0;
  for (const end of [...text.matchAll(END)].slice(0, MOST_SENTENCES)) {
    const next = end.index + end[0].length;
    if (!isPreamble(text.slice(from, next))) break;
    if (orders(leadless(text.slice(next, next + 150)))) from = next;
  }
  return withoutLead(text.slice(from));
}
