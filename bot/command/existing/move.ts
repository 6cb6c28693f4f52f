import type { Understood } from '../create.ts';
import { MOVES, OBJECT } from './change-verbs.ts';
import { isNaming } from './rename.ts';
import { daysIn, isMadeLength } from './shift.ts';

/** Verbs that mean nothing else. */
const CLEAR =
  /^(?:pre-?pone|preponed|bring forward|postpone|reschedule|re-schedule|resched|rearrange|rename|retitle|adjourn)\b(?! (?:policy|process|rules))/;
const ORDER = new RegExp(`^(?:${MOVES}) ${OBJECT}(?: |$)`);
/** "move the retro": where to must be asked. */
const WHERE_TO = new RegExp(`^(?:move|push|shift|bump|delay|defer) ${OBJECT}(?: [\\w'&-]+){0,5}[ .!?]*$`);
/** "move standup to 10": no article says that it is there already, so the time behind must. */
const TO =
  /^(?:move|push|shift|bump|delay|defer|slide|pull|swap|change|extend|shorten|nudge|kick|advance|switch|knock)\b.{1,80}\b(?:to|until|till|by|back|forward|forwards|earlier|later|up)\b/;
/** "bump standup to 10": a bare hour is a time only because the meeting is moved to it. */
const TO_HOUR =
  /^(?:move|push|shift|bump|delay|slide|pull|change|switch|knock|nudge) (?!to\b)[^,.;]{1,60} to (?:1?\d|2[0-4])(?:[:.]\d\d)?[ .!]*$/;
const TIME_WORDS =
  /\b(?:to|by|until|till|back|forward|forwards|earlier|later|up|out|instead|for|longer|shorter|into|off|ahead|on|half)\b/;
const LATER = new RegExp(
  `(?:^|[,.;!–—-] ?|\\b(?:and|so|please|pls|can (?:you|we)|could (?:you|we)|let's|should) )(?:move|push|shift|bump|postpone|reschedule|delay|bring) ${OBJECT}`,
);
/** "the retro needs to move to 4", "can it be later". */
const SHOULD_BE =
  /^(?:(?:the|my|our) .{1,60}|[\w'&-]+(?: [\w'&-]+){0,2} )(?<!\b(?:he|she|it|who|nobody|everybody|somebody|everyone) )(?:needs|has) to (?:move|be moved|shift|be pushed|start) (?:to|by|until|at|back|forward|later|earlier)|^(?:can|could|should) (?:the|my|our|that|this|it|we)\b.{0,60}\b(?:be|become) (?:at |moved|pushed|later|earlier|brought|an hour|half|shifted|on |\d)/;
const MAKE_IT = /^(?:make|let'?s make|change) (?:it|that|this)\b/;
/** "can you make it at 3?": who can come, and no new time. */
const CAN_COME =
  /\b(?:can|could|will|would) (?:you|u|they|he|she|everyone|anyone) (?:all |both |still )?make it (?:at|on|for|to|by|in)\b[^?]*\?/i;
const INSTEAD = /^(?=.*\binstead\b).*\b(?:make|move|change|do|have|start|hold|run|meet)\b/;
/** "15 minutes longer", "an hour later please". */
const BY_ITSELF =
  /^(?:[\d.]+|an?|half|one|two|three|another|five|ten|fifteen|twenty|thirty)\b[^,;]{0,30} (?:longer|shorter|later|earlier)(?: please| pls)?[.!]*$/;
/** "Can we make the 3pm a 4pm?" */
const SAME_AT =
  /^(?:(?:can|could) (?:we|you) )?make (?:the|my|our) \d[\d:.]*(?: ?[ap]m)? (?:meeting |call )?(?:an? )\d[\d:.]*(?: ?[ap]m)?(?: instead| please)*[ .!?]*$/;
/** "Start the vendor call 15 minutes earlier". */
const START_BY =
  /^(?:start|begin|have|do|hold) (?:the|my|our|it|this|that)\b.{0,60}\b(?:earlier|later)(?: please| pls)?[ .!?]*$/;
/** "Pricing needs 90 minutes, please change that". */
const CHANGE_BEHIND =
  /^.{3,100}[,.;–—-] ?(?:so )?(?:(?:can|could) you |please |pls )*(?:change|move|shorten|extend|lengthen|adjust|update) (?:it|that|this)(?: accordingly| please)*[ .!?]*$/;
/** "Delay by 15 minutes", "shorten to 20 minutes": it is the one at hand. */
const BY_ALONE =
  /^(?:delay|push|postpone|shift|move|bump|defer|nudge|slide|extend|shorten|lengthen|prolong) (?:back |forward |out )?(?:by|to|for) /;
/** "Delay Q3 by 10 minutes", "shift it 15 minutes earlier". */
const BY_LENGTH =
  /^(?:delay|push|postpone|shift|move|bump|defer|nudge|slide|extend|shorten|lengthen|prolong|bring|pull|put) [^,.;]{1,60} (?:by \S+ (?:min|minutes|hours?)|\S+ (?:min|minutes|hours?) (?:earlier|later|longer|shorter|forward|back))\b/;
/** Verbs of moving that make something here. */
const SET_UP =
  /^set (?:up|it up|this up|(?:the|my|our|a) \S.{0,60} up)\b|^\S+ (?:the |my |our )?[^,.;]{0,40}\btogether\b|^(?:put|make|set) (?:it|that|this|the|a) (?:in|on|up)\b|^(?:put|make|set) (?:the|my|our|this|that) .{0,40}\b(?:in the (?:diary|calendar)|co-?organi[sz]er|presenter)/;
const WITH_TOPIC = /^(?:set|put|make|update) .{0,40}\b(?:about|re|regarding|called|titled)\b/;
/** "push notifications review tomorrow" has no time right behind its preposition. */
const TARGET =
  /\b(?:to|until|till|by) (?:at |about |around |between |from |a |an |the |next |this |half|quarter|noon|midday|tomorrow|today|yesterday|last |tonight|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|eod|cob|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d)|\b(?:back|forward|forwards|earlier|later)\b/;

/** Whether the order stands at the end and only points back: "…, please change that". */
export const isChangedBehind = (low: string): boolean => CHANGE_BEHIND.test(low);

/** Whether an order to move stands behind something else, which makes an order of what only seems to tell. */
export const isMoveLater = (low: string): boolean => LATER.test(low);

/** Whether a text, lower case and without politeness, gives a meeting that is there another time, length or name. */
export function isMove(low: string, { picked, text }: Understood): boolean {
  if (SET_UP.test(low) || CAN_COME.test(text)) return false;
  const isTimed = picked.clock !== null || picked.date !== null;
  // "Put @Sam on the payroll".
  if (!isTimed && /^put \uFFFC on\b/.test(low)) return false;
  if (CLEAR.test(low) || SHOULD_BE.test(low) || MAKE_IT.test(low) || BY_ITSELF.test(low)) return true;
  if (isMadeLength(low, picked) || SAME_AT.test(low)) return true;
  if (picked.minutes !== null && [START_BY, BY_ALONE, BY_LENGTH].some((by) => by.test(low))) return true;
  if (picked.minutes !== null && isChangedBehind(low)) return true;
  if (!isTimed && (isNaming(low) || WHERE_TO.test(low))) return true;
  if (ORDER.test(low)) return TIME_WORDS.test(low) && !WITH_TOPIC.test(low);
  if (LATER.test(low) || TO_HOUR.test(low) || (isTimed && INSTEAD.test(low))) return true;
  const hasTarget = isTimed || picked.minutes !== null || daysIn(low) !== null;
  return hasTarget && TO.test(low) && TARGET.test(low) && !/^\S+ (?:to|up|by) /.test(low);
}
