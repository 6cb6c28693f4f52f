import { anywhere, matching, opening } from './sentence.ts';

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

/** A greeting and nothing else. */
export const HELLO = matching(
  "^(?:hey|hi|hello|hiya|yo|good (?:morning|afternoon|evening|day)|morning|howdy|hola|g'day|greetings|sup|what's up|how are you|how's it going|hey there|hi there)\\b[ ,!.?]*(?:there|all|team|parley|bot|everyone|folks|mate|how are you|how's it going)?[ ,!.?]*$",
);

/** Where a sentence tells or asks something instead of ordering. */
const TELLS = opening(
  'i|we|he|she|they|you|it|there|this|that|these|those|someone|somebody|everyone|everybody|nobody',
  'my|his|her|their|your|our|the|a|an|\\uFFFC|no one|who|what|why|where|when|how|which|whose|did',
  "does|do|is|are|was|were|has|have|had|should|isn't|wasn't|aren't|didn't|doesn't|don't|if|because",
  'since|although|apparently|btw|fyi|sorry|unfortunately|yesterday|last|after|before|while|not',
  'in case|just|according',
);

const FINITE_VERBS = new Set(
  [
    "was were is are am isn't wasn't weren't aren't been being had hadn't has hasn't have haven't",
    "did didn't does doesn't went got gone came took gave ran said told thought think thinks felt",
    'feel saw met made left lost sent spent paid found knew know knows heard began broke brought',
    'built bought caught chose fell forgot grew kept led meant read sat slept spoke stood taught',
    "understood won wrote will won't 'll i'll we'll they'll he'll she'll it'll you'll i'm we're",
    "they're you're he's she's it's that's there's who's what's i've we've they've you've would",
    "wouldn't could've can't cannot couldn't seems looks works worked goes ends ended starts started",
    'begins moved missed joined finished lasted overran happened arrived booked scheduled cancelled',
    'canceled increased decreased rose dropped hit reached costs cost needs wants likes loves hates',
    'enjoyed attended presented discussed agreed decided asked called emailed replied answered opens',
    'opened closes closed leaves lands departs arrives flies runs lives expires expired crashed',
    'failed passed passes stopped stayed waited waiting running turned says means makes takes gets',
    'comes keeps sits',
  ].flatMap((line) => line.split(' ')),
);
/** Whether the text has a verb that tells something, as a whole word. */
export const tells = (text: string) => text.split(/[^\p{L}']+/u).some((word) => FINITE_VERBS.has(word));

/** Verbs that give somebody something else to do than to meet. */
const ERRAND = opening(
  'approve|confirm|investigate|escalate|remind|reminder to|remember|ping|tell|ask|notify|alert|wake|pay|buy|pick|bring|fetch|feed',
  "submit|respond|upload|download|deliver|don't|do not|never|see you|see ya|see u|talk to you",
  'speak to you|catch you|let me know|let you know|let us know|let them know|translate|guess',
  'imagine|join us|come (?:to|over|by|and)|go (?:to|home|and|for|ahead)|drive|walk|meet me|call me (?:at|on|back)(?= (?:\\+|\\()?\\d{3,}| my)',
  'reach me|dial|multiply|calculate|convert|what|who|why|where|when|how|which|eat|finish|complete',
  'forget|make sure|be (?:there|here|on time|ready|at)|listen',
  'have a (?:good|great|nice|lovely|safe)|enjoy|wish|hope|good luck|happy',
);

/** Verbs that are nouns as well ("phone call", "check-in"): errands only with an object behind them. */
const ERRAND_WITH_OBJECT = matching(
  '^(?:email|mail|text|phone|ring|message|msg|dm|check|order|water|clean|send|forward|reply|answer|fix|update|install|deploy|print|ship|read|watch|look|wait|note|keep|take|turn|switch|write|draft|say|google|search|play|stop|charge|transfer|refund|count|close|lock|cook|approve|sign|collect|copy|post|share|push|file|return|drop|leave|hand|report|log|test|start(?=ing)|review) (?:the|a|an|my|our|your|his|her|their|this(?! (?:week|month|morning|afternoon|evening|mon|tue|wed|thu|fri|sat|sun))|that|these|those|me|him|us|them|it|all|everyone|everybody|to|out|up|back|for|off|at|if|in with|with me|when|some|any|over)\\b',
  '^(?:email|mail|text|phone|ring|message|msg|dm|send|forward|show) (?:\\S+@|\\uFFFC)',
  "^\\uFFFC,? (?:can|could|are|do|did|will|would|have|please|thanks|thank|is|was|what|when|where|why|how|who|if|i'm|we're|the)\\b",
);

const PAST = anywhere(
  "since|yesterday(?!'s)",
  "last (?:week|month|year|night|monday|tuesday|wednesday|thursday|friday|saturday|sunday|time)(?!'s)",
  'ago|earlier today|so far|already|previously|used to',
);

/** What people say of themselves without a verb. */
const STATUS = opening(
  'back (?:in|at|by|on|from|soon|later|tomorrow|online)|be right back|brb|working|wfh|ooo',
  'out (?:of (?:the )?office|on|until|till|from|for|sick|tomorrow|today|at)',
  'on (?:a|my|annual|sick|holiday|leave|vacation|pto|site|lunch|a break)\\b|at lunch|away',
  'off (?:on|tomorrow|today|sick|work|at|until|to)|running (?:late|\\d|a bit|behind)',
  'in (?:a|the|another|back to back) (?:meeting|call|meetings|office|workshop)|afk|stuck|leaving',
  'heading|arriving|going|gone|late|sick|not (?:available|free|in|around)|busy|free|available',
  'no (?:meetings?|problem|worries|rush|need|idea|thanks|time)',
);

/** Things one books, sets or makes that are no meetings. */
const OTHER_THING = opening(
  'please )?\\S+ (?:up )?(?:me |us )?(?:a|an|the|my|our|some|two|\\d+)? ?(?:\\S+ )?(?:flights?',
  'hotels?|tables?|taxi|cab|uber|tickets?|alarm|reminder|timer|car|train|holiday|vacation|task',
  'todo|note|poll|channel|email|doc|document|file|folder|report|list|coffee|pizza|password for',
  'page|repo|branch|job|desk|parking',
);

/** "send me the deck by 5" is an errand; "send an invite for 5" is not. */
function isErrand(low: string): boolean {
  const isMeeting =
    /^\S+ (?:\S+ ){0,4}(?:invite|invites|invitation|meeting|calendar|call|session|link|slot)\b/;
  return ERRAND.test(low) || (ERRAND_WITH_OBJECT.test(low) && !isMeeting.test(low));
}

/** A sentence as the question "order or talk?" looks at it; all lower case. */
export type Sentence = {
  /** Without greeting and politeness. */
  low: string;
  /** The same without subject, times and people, whose words tell nothing. */
  around: string;
  /** Begins with a verb of making. */
  isOrder: boolean;
  /** Wishes or proposes a meeting. */
  isWish: boolean;
  hasTime: boolean;
  hasGuests: boolean;
  hasNoun: boolean;
  /** A phone number, an amount or the like. */
  hasNumber: boolean;
};

/** "nice, see you at 3", "thanks for the demo yesterday". */
function isInterjection({ low, around, isOrder, isWish, hasTime }: Sentence): boolean {
  if (!CHAT.test(low) || isOrder || isWish) return false;
  return /^\S+(?: you| so much)?[,!.]/.test(low) || tells(around) || !hasTime || PAST.test(low);
}

function isUnable(low: string): boolean {
  return /^(?:i )?(?:can't|cannot|couldn't)\b/.test(low);
}

/** Whether somebody tells, asks, thanks or wants something else, rather than wanting a meeting. */
export function isTalk(sentence: Sentence): boolean {
  const { low, around, isOrder, isWish, hasGuests, hasNoun, hasNumber } = sentence;
  const isMade = isOrder || isWish;
  if (isUnable(low) || isInterjection(sentence) || STATUS.test(low)) return true;
  if (isErrand(low) && !/^(?:how|what) about\b/.test(low)) return true;
  if (/^\S+ (?:is|was|are|were|will be|has been)\b/.test(around)) return true;
  if (hasNumber && !sentence.hasTime && /^(?:call|dial|ring|phone|reach|text)\b/.test(low)) return true;
  if (isOrder && OTHER_THING.test(low) && !hasNoun && !hasGuests) return true;
  if (/^(?:i|we|he|she|they|you)\b/.test(around) && !isWish) return true;
  if (isMade && !PAST.test(around)) return false;
  if (isOrder && !tells(around)) return false;
  if (PAST.test(around) && !isWish) return true;
  if (/\?\s*$/.test(low) && TELLS.test(low) && !isWish) return true;
  return tells(around) && (TELLS.test(around) || !isMade);
}

/** What kind of talk it was, for an answer in kind. */
export function whyNone(low: string): 'thanks' | 'greeting' | 'statement' {
  if (THANKS.test(low)) return 'thanks';
  return CHAT.test(low) ? 'greeting' : 'statement';
}
