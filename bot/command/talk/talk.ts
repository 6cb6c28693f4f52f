import { tells } from '../text/finite-verbs.ts';
import { anywhere, opening } from '../text/sentence.ts';
import { isAside } from './asides.ts';
import { isErrand, isOtherThing } from './errands.ts';
import { booksPeople, isGathering } from './gathering.ts';

const CHAT = opening(
  'thanks?|thank you|thx|ta|cheers|ty|much appreciated|appreciate|great|awesome|perfect|cool|nice',
  'brilliant|lovely|wonderful|good (?:job|bot|work)|well done|ok|okay|k|sure|fine|got it',
  'understood|will do|no worries|np|lol|haha|yes|no|yep|yeah|nope|nah|welcome|congrats',
  'congratulations|happy|sorry|bye|goodbye|see you|see ya|cu|later|good night|night|oops|hmm|wow',
  'noted|done|sounds good|works for me|merci|gracias|danke',
);

const THANKS = opening(
  'thanks?|thank you|thx|ta|cheers|ty|much appreciated|appreciate|great|awesome|perfect|brilliant',
  'lovely|wonderful|good (?:job|bot|work)|well done|nice',
);

/** Where a sentence tells or asks something instead of ordering. */
const TELLS = opening(
  'i|we|he|she|they|you|it|there|this|that|these|those|someone|somebody|everyone|everybody|nobody',
  'my|his|her|their|your|our|the|a|an|\\uFFFC|no one|who|what|why|where|when|how|which|whose|did',
  "does|do|is|are|was|were|has|have|had|should|isn't|wasn't|aren't|didn't|doesn't|don't|if|because",
  'since|although|apparently|btw|fyi|sorry|unfortunately|yesterday|last|after|before|while|not',
  'in case|just|according|as (?:discussed|agreed|mentioned|noted|said|per)',
);

const PAST = anywhere(
  "since|yesterday(?!'s)",
  "last (?:week|month|year|night|monday|tuesday|wednesday|thursday|friday|saturday|sunday|time)(?!'s)",
  'ago|earlier today|so far|already|previously|used to',
);

/** What people say of themselves without a verb. */
const STATUS = opening(
  '(?:just |finally |safely |already )?(?:landed|arrived|reached|boarded|touched down|checked (?:in|out)|got (?:in|to|home))',
  'as (?:discussed|agreed|mentioned|noted) (?:in|at|on|during|with|by)',
  'your [^.,;]{1,40} (?:departs|arrives|lands|boards|expires|leaves)',
  "yesterday's (?:\\d\\S*|noon|stand-?up|meeting|call|session|review|demo|sync)",
  'back (?:in|at|by|on|from|soon|later|tomorrow|online)|be right back|brb|working|wfh|ooo',
  'out (?:of (?:the )?office|on|until|till|from|for|sick|tomorrow|today|at)',
  'on (?:a|my|annual|sick|holiday|leave|vacation|pto|site|lunch|a break)\\b|at lunch|away',
  'off (?:on|tomorrow|today|sick|work|at|until|to)|running (?:late|\\d|a bit|behind)',
  'in (?:(?:a|the|another|back[ -]to[ -]back) )?(?:meetings?|calls?|office|workshops?) (?:all|until|till|til|from|most|the whole|tomorrow|today|this|on|at|now|so)|back[ -]to[ -]back|afk|stuck|leaving',
  'in (?:a|the|another|back to back) (?:meeting|call|meetings|office|workshop)',
  'heading|arriving|going|gone|late(?! (?:tomorrow|today|this|next|on|in|morning|afternoon|evening|mon|tue|wed|thu|fri|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))|sick|not (?:available|free|in|around)|busy|free|available',
  'no (?:meetings?|problem|worries|rush|need|idea|thanks|time)',
);

/** A sentence as the question "order or talk?" looks at it; all lower case. */
type Sentence = {
  /** Without greeting and politeness. */
  low: string;
  /** The same without subject, times and people, whose words tell nothing. */
  around: string;
  /** Begins with a verb of making. */
  isOrder: boolean;
  /** Opens with "please", "can you" or the like: what follows is a verb. */
  isAsked: boolean;
  /** Has a finite verb with somebody or something doing it. */
  isTold: boolean;
  /** Wishes or proposes a meeting. */
  isWish: boolean;
  hasTime: boolean;
  hasClock: boolean;
  hasGuests: boolean;
  hasNoun: boolean;
  /** A phone number, an amount or the like. */
  hasNumber: boolean;
};

/** "nice, see you at 3", "thanks for the demo yesterday". */
function isInterjection({ low, around, isOrder, isWish, isTold, hasTime }: Sentence): boolean {
  if (!CHAT.test(low) || isOrder || isWish) return false;
  return /^\S+(?: you| so much)?[,!.]/.test(low) || isTold || tells(around) || !hasTime || PAST.test(low);
}

function isUnable(low: string): boolean {
  return /^(?:i )?(?:can't|cannot|couldn't)\b/.test(low);
}

/** "When: tomorrow 3pm": a form that somebody filled in. */
const FORM = /^(?:when|what|who|where|date|time|day|subject|title|topic|duration|length|attendees|guests) ?:/;

/** Whether somebody tells, asks, thanks or wants something else, rather than wanting a meeting. */
export function isTalk(sentence: Sentence): boolean {
  const { low, around, isOrder, isWish, hasGuests, hasNumber } = sentence;
  const isMade = isOrder || isWish;
  if (FORM.test(low)) return false;
  if (isAside(sentence)) return true;
  if (isUnable(low) || isInterjection(sentence) || STATUS.test(low)) return true;
  const isBooking = sentence.hasTime && booksPeople(low);
  if (
    isErrand(low, sentence.isAsked) &&
    !isBooking &&
    !isGathering(low) &&
    !/^(?:how|what) about\b/.test(low)
  )
    return true;
  if (/^\S+ (?:is|was|are|were|will be|has been)\b/.test(around) && !isWish) return true;
  if (sentence.isTold && /^(?:new|(?:invite|call|message|email) from)\b/.test(low)) return true;
  if (hasNumber && !sentence.hasTime && /^(?:call|dial|ring|phone|reach|text)\b/.test(low)) return true;
  if (isOrder && isOtherThing(low) && !hasGuests) return true;
  if (/^(?:i|we|he|she|they|you)\b/.test(around) && !isWish) return true;
  if (isMade && !PAST.test(around)) return false;
  const hasVerb = sentence.isTold || tells(around);
  if (isOrder && !hasVerb) return false;
  if (PAST.test(around) && !isWish) return true;
  if (/\?\s*$/.test(low) && TELLS.test(low) && !isWish) return true;
  return hasVerb && (TELLS.test(around) || !isMade);
}

/** What kind of talk it was, for an answer in kind. */
export function whyNone(low: string): 'thanks' | 'greeting' | 'statement' {
  if (THANKS.test(low)) return 'thanks';
  return CHAT.test(low) ? 'greeting' : 'statement';
}
