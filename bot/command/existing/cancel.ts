import { NOUN } from '../subject/making.ts';
import { CANCELS } from './change-verbs.ts';

const ORDER = new RegExp(`^(?:${CANCELS})(?: |$|[.!?])`);
/** Behind something else: "Sam is sick, cancel our 1:1". */
const LATER =
  /(?:^|[,.;!–—-] ?|\b(?:and|so|please|pls|can you|could you|just|you can|let's) )(?:cancel|delete|scrap|call off|ditch|remove) (?:it|that|this|the|my|our|today's|tomorrow's|\p{L}+day's|all|everything)\b/u;
/** "call the retro off", "take the 3pm off the calendar". */
const OFF =
  /^(?:call|take|pull) (?:the|my|our|it|that|this|\S+(?:'s)?)\b.{0,60}\boff\b(?! (?:the calendar )?(?:course|track))/;
const NOT_NEEDED =
  /\b(?:no longer|don't|do not|won't) need (?:the|my|our|that|this|it)\b|^no need (?:for|to have) (?:the|my|our|that|this|it)\b|^forget (?:about )?(?:the|my|our|that|it)\b|\b(?:is|should be) off,/;
const CLOCK = /\b\d{1,2}(?:[:.]\d\d)? ?[ap]m\b/;
/** "The vendor call isn't needed anymore, please cancel": the order by itself, behind what it is for. */
const LAST =
  /^(.{1,120}?)[,.;:!–—-] ?(?:so |then )?(?:(?:can|could) you |you can |please |pls |just )*(?:cancel|delete|scrap|drop|call off)(?: please| pls)?[ .!?]*$/;
const MEETING = new RegExp(`${NOUN.source}|${CLOCK.source}`);
/** "Drop-in", "delete flow review": a noun and not an order. */
const NOUN_VERB =
  /^(?:drop|kill|bin|cancel|delete|remove|scratch|axe|undo)[ -](?:in|ins|off|zone|switch|flow|button|rate|rates|policy|feature|page|process|account|api|endpoint|test|tests|day|days|collection|collections|lorry|store)\b/;

/** Somebody or something is to go, the meeting is to stay: "remove Sam from Q3". */
const PART = /^(?:remove|delete|drop|withdraw) (.+?) from (?!(?:the|my|our) (?:calendar|diary|schedule)\b)/;
/** What an open room is closed by. */
const CLOSE =
  /^(?:close|shut(?: down)?) (?:the |our |my |this |that )?(?:[\w&'-]+ ){0,4}(?:room|lounge|space)[.!]*$/;

const isLast = (low: string) => MEETING.test(LAST.exec(low)?.[1] ?? '');

/** Whether a cancelling order stands behind something else, which makes an order of what only seems to tell. */
export const isCancelLater = (low: string): boolean => LATER.test(low) || NOT_NEEDED.test(low) || isLast(low);

/** Whether a text, lower case and without politeness, wants a meeting cancelled. */
export function isCancel(low: string): boolean {
  if (NOUN_VERB.test(low)) return false;
  const part = PART.exec(low)?.[1];
  if (part !== undefined && !NOUN.test(part) && !CLOCK.test(part)) return false;
  const isUnwanted =
    NOT_NEEDED.test(low) && (NOUN.test(low) || CLOCK.test(low) || /\b(?:room|link)\b/.test(low));
  return isUnwanted || ORDER.test(low) || CLOSE.test(low) || OFF.test(low) || LATER.test(low) || isLast(low);
}
