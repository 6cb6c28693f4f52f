import type { Intent, Reading } from '../command.ts';
import type { Understood } from '../create.ts';
import { hasRoomWord, NOUN } from '../subject/making.ts';
import { whichIn } from './which-meeting.ts';

/** What only a meeting has, so that its name alone tells which. */
const ONE =
  '(?:(?:join(?:ing)?|meeting|teams|call|video) )?(?:link|url|passcode)|dial[- ]?in(?: (?:numbers?|details|code))?|(?:phone|conference) numbers?|(?:meeting|conference|video) id|join(?:ing)? (?:details|info|information)|guest ?list';
const OWN = `(?:${ONE})(?:(?: and| &|,) (?:the )?(?:${ONE}|pin|id|numbers?))?`;
/** What other things have as well. */
const SHARED = 'links|address|password|details|info|information|card|id|guests|attendees|invitees';
const GET =
  "(?:(?:show|send|give|get|find|fetch|share|forward|re-?send|re-?post|post|paste|drop|tell|copy|see|have|need|want|i need|i want|i(?:'ve)? lost|lost|where is|where's|where (?:do|can) (?:i|we) find|what is|what's|whats|what are|what was|what were|do (?:you|we) have|look up|pull up|bring up|remind me of)(?: me| us| them| everyone| everybody| \uFFFC)?(?: again)? )";
const ARTICLE = '(?:the |my |our |its |that |this )';
const NAME = '((?:[^:;!?]|(?<=\\d):(?=\\d)){1,80}?)';
/** Whoever is to have it, too: the card is what can be passed on. */
const ENDS =
  '(?: (?:to (?:\uFFFC|\\S+@\\S+|\\p{L}+)|with (?:everyone|everybody|all|them|us|the team)))?(?: (?:please|pls|again|thanks|now))*(?:[,.;] (?:can|could|would) you (?:please )?(?:re-?)?(?:post|send|share|show|give|find) (?:me |us )?(?:it|that|them|one)\\b[^,.;!?]{0,30})?[ .!?]*$';

const OF = ' (?:for|of|to) ';
/** "The link for Q3 is broken": its card has a button for that. */
const BROKEN =
  "(?: (?:is|seems|has|does|no longer|doesn't|does not|isn't) ?(?:not |be )?(?:broken|dead|expired|invalid|wrong|working|work|works))?";
const OF_MEETING = new RegExp(`^${GET}?${ARTICLE}?(?:${OWN})${OF}${NAME}${BROKEN}${ENDS}`, 'u');
const SHARED_OF_MEETING = new RegExp(`^${GET}${ARTICLE}?(?:${SHARED})${OF}${NAME}${ENDS}`, 'u');
/** "Send me the Q3 link", "what's the passcode". */
const MEETINGS_OWN = new RegExp(`^${GET}${ARTICLE}(?:${NAME}(?:'s)? )?(?:${OWN})${ENDS}`, 'u');
const WHO = new RegExp(
  `^who(?:'s|s| is| are| did i| have i)(?: all)? (?:invited?|coming|attending|expected|joining|on the (?:guest ?list|list|invite))(?: (?:to|for|at|of))? ${NAME}${ENDS}`,
  'u',
);
const INVITED = new RegExp(
  `^(?:has|have|is|was|were|are) (?:anyone|anybody|someone|somebody|everyone|everybody) (?:been |already )?invited(?: yet| already)? (?:to|for) ${ARTICLE}?${NAME}(?: yet| already)?${ENDS}`,
  'u',
);
const NUMBER = new RegExp(
  `^(?:which|what) number (?:do|should|can|must) (?:i|we) (?:call|dial|ring|use) (?:for|to join) (?=the |my |our |this |\\p{L}+'s )${NAME}${ENDS}`,
  'u',
);
/** "Q3 – link and passcode?" */
const HEADED = new RegExp(
  `^${ARTICLE}${NAME} ?[,:–—-] (?:the )?(?:${OWN})(?: (?:please|pls|again))*[ .!]*[?.]?$`,
  'u',
);
/** The one at hand: "link again please", "show it again", "who is coming?" */
const AT_HAND = new RegExp(
  `^(?:${OWN}) again${ENDS}|^(?:show|re-?send|re-?post|post) (?:me |us )?(?:it|that|this|the card)(?: again)${ENDS}|^who(?:'s|s| is| are)(?: all)? (?:invited|coming|attending)(?: to (?:it|this|that))?${ENDS}`,
  'u',
);
const WHEN = new RegExp(`^(?:when|what time|what day)(?:'s| is) ${ARTICLE}${NAME}${ENDS}`, 'u');
/** "What time is Q3 again?": whoever says "again" was told of it. */
const WHEN_AGAIN = new RegExp(
  `^(?:when|what time|what day)(?:'s| is) (?!(?:it|this|that|the|my|our) )${NAME} again[ .!?]*$`,
  'u',
);
/** "The 16:30". */
const BY_CLOCK = /^(?:(?:the|my|our) )?\d{1,2}(?:[:.]\d\d)? ?(?:[ap]m|o'clock)?(?: one)?$/;
const SHOW = new RegExp(
  `^(?:show|open|pull up|bring up|find|re-?send|re-?post|post)(?: me| us)?(?: again)? ${ARTICLE}${NAME}(?:(?: invite| invitation)? card)?${ENDS}`,
  'u',
);

const LINK = /\b(?:link|url)\b/;
/** Links and details that no card has. */
const ELSEWHERE =
  /^(?:new|fresh|different|another|same|old|wrong|permanent|own|right|recording|transcript|chat|calendar|invite|invitation|registration|download|zoom|payment|sign-?in|login)\b/;
/** What comes next is a list, and what is told is no name. */
const NO_NAME =
  /^(?:next|invite|invitation|home|back|over|along|here|pick|help|fix)\b|\b(?:is|are|isn't|was|were|will|won't|has|have|had|can|should|must|needs?|going|ready|due|done|leaked)\b|\bnew one\b| (?:on|off|required|needed)$/;
const DEFINITE = /^(?:the|my|our|this|that|today's|tomorrow's|tonight's|\p{L}+day's) /u;
const POINTER = /^(?:it|this|that|(?:the |my |our |this |that )?(?:meeting|call|one))$/;

const NAMED = [OF_MEETING, SHARED_OF_MEETING, WHO, INVITED, NUMBER, HEADED, WHEN_AGAIN];

function firstOf(patterns: readonly RegExp[], low: string): RegExpExecArray | null {
  for (const pattern of patterns) {
    const found = pattern.exec(low);
    if (found) return found;
  }
  return null;
}

/** The name of the meeting whose card is asked for, "" for the one at hand; null where none is asked for. */
function nameIn(low: string): string | null {
  if (AT_HAND.test(low)) return '';
  const of = firstOf(NAMED, low);
  const own = of ? null : MEETINGS_OWN.exec(low);
  const named = of || own ? null : (WHEN.exec(low) ?? SHOW.exec(low));
  const name = (of ?? own ?? named)?.[1];
  if (own && name === undefined) return '';
  if (name === undefined || NO_NAME.test(name) || (own && ELSEWHERE.test(name))) return null;
  // Without a word for a meeting nobody knows what is shown: "show me the way", "the deck of the review".
  if (named && ((!NOUN.test(name) && !BY_CLOCK.test(name)) || / (?:of|from|for|about) /.test(name)))
    return null;
  return POINTER.test(name) ? '' : name;
}

/** Somebody wants to see what is known of a meeting that is there: its link, passcode, numbers or guests. */
export function readShowing(low: string, understood: Understood, reading: Reading): Intent | null {
  if (low.length > 150) return null;
  const name = nameIn(low);
  if (name === null) return null;
  // A room is opened by its name, which shows its link.
  if (hasRoomWord(low) && (LINK.test(low) || /^(?:show|open|find)/.test(low))) return null;
  const { clock, date, inMinutes } = understood.picked;
  const isTimed = clock !== null || date !== null || inMinutes !== null;
  // "A link for tomorrow 3pm" is one to be made.
  if (isTimed && !DEFINITE.test(name) && !SHOW.test(low) && !WHEN.test(low) && !MEETINGS_OWN.test(low))
    return null;
  return { kind: 'show', which: whichIn(name, reading, understood) };
}
