import { BRINGS } from './making.ts';
import { anywhere, matching, opening } from './sentence.ts';
import { lowerCase } from './tokens.ts';

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
  'in case|just|according|as (?:discussed|agreed|mentioned|noted|said|per)',
);

/** Forms of helping verbs, which make a statement wherever they stand. */
const FINITE_VERBS = new Set(
  [
    "was were is are am isn't wasn't weren't aren't been being had hadn't has hasn't have haven't",
    "did didn't does doesn't think will won't 'll i'll we'll they'll he'll she'll it'll you'll i'm",
    "we're they're you're he's she's it's that's there's who's what's i've we've they've you've would",
    "wouldn't could've can't cannot couldn't running waiting",
  ].flatMap((line) => line.split(' ')),
);
const WAITING_LIST = /\bwaiting (?:list|room|time)s?\b/g;
/** Whether the text has a helping verb that tells something, as a whole word. */
export const tells = (text: string) =>
  text
    .replace(WAITING_LIST, '')
    .split(/[^a-z'\u00c0-\u024f]+/)
    .some((word) => FINITE_VERBS.has(word));

/** Verbs that give somebody something else to do than to meet. */
const ERRAND = opening(
  'approve|confirm|investigate|escalate|remind|reminder to|remember|ping|tell|ask|notify|alert|wake|pay|buy(?! (?:vs|v|or)\\b)',
  'pick (?:up|out|a|an|the|your|my|our|some|me|us)|bring|fetch|feed|deploy (?:v|version|the|to|build|release)\\b|fill (?:in|out)|deliver',
  'poke|chase|prod|find out|figure out|look (?:up|into)|(?:re-?send|forward|accept|decline) (?:the|my|this|that|it|your)',
  'see (?:if|whether|when|who|what|attached|below|above|notes|the|my)|join (?:me|him|her|them)',
  "(?:add|invite|include) \\S+(?: \\S+){0,3} to (?:the|my|our|this|that|today's|tomorrow's)(?! (?:diary|calendar|schedule|agenda))",
  "submit|respond|upload|download|deliver|don't|do not|never|see you|see ya|see u|talk to you",
  'speak to you|catch you|let me know|let you know|let us know|let them know|translate|guess',
  'imagine|join us|come (?:to|over|by|and|at|in|for|mon|tue|wed|thu|fri|sat|sun|tomorrow|today)|go (?:to|home|and|for|ahead)|drive|walk(?! (?:me |us )?(?:through|thru|over))|meet me|call me (?:at|on|back)(?= (?:\\+|\\()?\\d{3,}| my)',
  'reach me|dial|multiply|calculate|convert|what|who|why|where|when|how|which|eat|finish|complete',
  'find (?:attached|enclosed|below|here|the attached)|forget|make sure|be (?:there|here|on time|ready|at)|listen',
  'have a (?:good|great|nice|lovely|safe)|enjoy|wish|hope|good luck|happy',
);

/** Verbs that are nouns as well ("phone call", "check-in"): errands only with an object behind them. */
const ERRAND_WITH_OBJECT = matching(
  '^(?:email|mail|text|phone|ring|message|msg|dm|check|order|buy|get|bring|lend|hand|give|water|clean|send|forward|reply|answer|fix|update|install|deploy|print|ship|read|watch|look|wait|note|keep|take|turn|switch|write|draft|say|google|search|play|stop|charge|transfer|refund|count|close|lock|cook|approve|sign|collect|copy|post|share|push|file|return|drop|leave|hand|report|log|test|start(?=ing)|review) (?:the|a|an|my|our|your|his|her|their|this(?! (?:week|month|morning|afternoon|evening|mon|tue|wed|thu|fri|sat|sun))|that|these|those|me|him|us|them|it|all|everyone|everybody|to|out|up|back|for|off|at|if|in with|with me|when|some|any|over)\\b',
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

/** Things one books, sets or makes that are no meetings. */
const OTHER_THING = opening(
  'please )?\\S+ (?:up )?(?:me |us )?(?:a|an|the|my|our|some|two|\\d+)? ?(?:\\S+ )?(?:flights?',
  'hotels?|tables?|taxi|cab|uber|tickets?|alarm|reminder|timer|car|train|holiday|vacation|task',
  'todo|note|poll|channel|email|doc|document|file|folder|report|list|coffee|pizza|password for',
  'page|repo|branch|job|desk|parking)(?=$|[^ a-z]| (?:for|at|to|from|in|on|by|with|tomorrow|today|tonight|this|next|before|please|asap|\\d|mon|tue|wed|thu|fri|sat|sun)',
);

/** What one orders rather than meets about. */
const ORDERED = matching(
  '^(?:order|buy|get|fetch|bring) (?:(?:some|more|the|\\d+|a|two|three) )?(?:\\w+ )?(?:lunch|breakfast|dinner|food|catering|coffees?|tea|drinks?|cakes?|pizzas?|sandwich(?:es)?|snacks?|fruit|milk|flowers|supplies|stationery|toner|paper|chairs?|laptops?|taxis?|beers?|bagels|tacos|sushi|donuts|doughnuts|pastries|groceries)(?=$|[ ,.!?]*$| (?:for|at|to|from|by|on|in|before|tomorrow|today|tonight|this|next|\\d|mon|tue|wed|thu|fri|sat|sun))',
);

/** Verbs of work: nothing but errands where somebody is asked, or a deadline stands behind. */
const WORK = opening(
  'order|buy|print|send|email|mail|forward|pay|water|clean|wash|deploy|ship|deliver|upload|download|charge|fill|translate|copy',
  'scan|file|submit|write|draft|prepare|finish|complete|fix(?! (?:\\d|noon|tomorrow|today|this|next|\\w+day\\b|an? (?:meeting|mtg|call|time|slot|chat|sync)))|update|check|read|review|approve|sign|post|publish|proofread|edit',
  'collect|pick|fetch|bring|pack|unpack|empty|cook|bake|feed|lock(?! (?:in|down|it in)\\b)|unlock|text|ring|dial|ping|reply|respond|answer|transfer|refund',
  'return|renew|install|restart|reboot|back up|turn|switch|wake|tell|ask|let(?! (?:us|me) (?:meet|have|talk|catch|sync|discuss|set|schedule|book))|show|give|hand|lend|take|export|import|merge|ask',
);
const ASKED =
  /^(?:(?:hey|hi|hello|parley|ok|so|and)[ ,]+)*(?:please|pls|plz|kindly|(?:can|could|would|will) (?:you|u|someone|somebody))\b/;
/** Whether a text begins by asking somebody to do something. */
export const isAsked = (text: string) => ASKED.test(lowerCase(text.slice(0, 80)));
const DEADLINE = /\b(?:by|before|no later than|asap|eod|cob)\b/;
const DOUBLE_OBJECT =
  /^(?:send|give|forward|lend|hand|show|email|text|bring|pass) [\p{L}\uFFFC@.'-]+ (?:the|my|our|a|an|your|this|that|those|these|some|his|her|their)\b/u;
const MEETING_BEHIND =
  /^\S+ (?:\S+ ){0,4}(?:invite|invites|invitation|meeting|mtg|mtng|calendar|call|chat|sync|session|link|slot)\b/;
/** "pay review", "pick list review", "print run planning": a title without any article. */
const TITLE =
  /^(?:pay|buy|pick|walk|drive|guess|dial|feed|fetch|finish|order|print|copy|file|check|read|review|update|fix|test|ship|post|pack|return|clean|water|charge|email|mail|text|phone) (?:(?!the |a |an |my |our |your |me |us |him |her |them |it |up |out |in |to |for |all )[\w&'-]+ ){0,3}(?:review|call|meeting|sync|session|workshop|planning|retro|demo|training|catch-?up|stand-?up|debrief|briefing|kick-?off|discussion|migration|triage|walkthrough|roll-?out|policy|process|strategy|project)\b/;

/** "can you make it at 3?": whether somebody comes. */
const COMING = /^make it (?:at|on|for|to|by|in)\b[^?]*\?/;

/** "send me the deck by 5" is an errand; "send an invite for 5" is not. */
function isErrand(low: string, isAsked: boolean): boolean {
  if (TITLE.test(low)) return false;
  if (isAsked && COMING.test(low)) return true;
  if (ERRAND.test(low) || ORDERED.test(low)) return true;
  if (MEETING_BEHIND.test(low) && !/\b(?:order|print|buy) \d/.test(low))
    return isAsked && /^(?:order|buy|print)\b/.test(low);
  if (ERRAND_WITH_OBJECT.test(low) || DOUBLE_OBJECT.test(low)) return true;
  return WORK.test(low) && (isAsked || (DEADLINE.test(low) && !/\bmeet/.test(low)));
}

const ADJECTIVE =
  'great|good|lovely|brilliant|excellent|amazing|awesome|fantastic|nice|wonderful|helpful|useful|productive|interesting|fun|terrific|solid|insightful|fab|cracking|stellar|superb|inspiring|enjoyable|informative|exhausting|boring|tough|rough|intense|decent';
/** "great session this morning", "what a productive review": praise for what has been. */
const PRAISE = new RegExp(
  `(?:^|[,.!;–—-] ?)(?:(?:really|very|so|super|such|that was|pretty|quite|truly|absolutely|another) )*(?:an? )?(?:${ADJECTIVE}),? (?:(?:${ADJECTIVE}|and) )?(?:first |little |team |all-hands )?(?:meeting|call|session|review|demo|workshop|stand-?up|sync|chat|retro|webinar|training|talk|presentation|conversation|discussion|work|job|stuff|one)\\b(?! (?:planning|prep|follow|design))|^what an? \\w+|^(?:so|too) (?:tired|happy|glad|sad|excited|long|many)\\b`,
);
/** What is left of a meeting when it is over: "notes from the call with Sam", "the recording of Tuesday's session". */
const LEFT_OVER =
  /^(?:the |my |our |some |send |share |forward |post |get |find |show |give |me |us |here (?:are|is) )*(?:minutes|notes|slides|recording|transcript|summary|recap|write-?up|action items|actions|follow-?ups?|photos|pictures|feedback|takeaways|highlights) (?:of|from|for|to) (?!\d+ min)/;
/** "Total for 12 March: 340 units": a figure behind its colon. */
const FIGURE = /: ?[$£€₹]?\d[\d.,]*(?:[kmb%]| ?(?!min|hour|hr|h\b|am\b|pm\b|people|pax)\p{L}+)?[ .!]*$/u;
/** "need this by 3", "I want the report by noon", "deadline: Friday". */
const WANTED_BY =
  /^(?:(?:i|we)(?:'ll| will)? )?(?:need|want|require|expect|get|have|finish) (?!(?:an?|some|another|\d+|half) )(?:\S+ ){1,6}(?:by|before)\b|^deadlines?\b/;
/** Things that happen to everybody, announced with their hours. */
const NOTICE =
  /^(?:planned |scheduled |emergency )?(?:load[ -]?shedding|(?:power|water|gas|electricity|internet|network) (?:cut|outage|shut-?(?:off|down)|interruption|disruption)|outage|blackout|brownout|road closure|curfew)s? (?:from|at|on|in|until|between|\d|today|tonight|tomorrow|this)\b|^(?:\S+ ){1,2}(?:alert|advisory|warning|notice) ?:/;
/** "talk tomorrow", "until Friday": a farewell, where no hour is named. */
const FAREWELL =
  /^(?:(?:talk|speak|chat|more|again)(?: (?:soon|later|then))?|until|till|'til) ?(?:tomorrow|later|soon|monday|tuesday|wednesday|thursday|friday|next week|then)[ .!]*$/;

/** "haze quite bad", "parking so full": a judgement, at the end of what was said. */
const JUDGED =
  /\b(?:quite|very|too|really|so|super|damn|pretty|rather|still|all|just|absolutely) [^\W\d]{3,}[ .!]*$/;
/** "open house was packed": what looked like a verb was a noun, of which something is told. */
const WAS = /^(?:\S+ ){1,4}(?:was|were)\b/;

/** "dentist 2pm, back by 3:30", "school run at 3 so offline": where somebody will be. */
const AWAY =
  /(?:[,;.–—-] ?|\b(?:so|then|and) )(?:(?:i'm|i'll be|will be|be|am) )?(?:back (?:by|at|in|after|around|for|on)|leaving early|offline|afk|unavailable|wfh|(?:off|out|away) (?:till|until|til|from|for|all|after|until))\b/;
/** "cancelled: 3pm standup", "delivery 9-11am confirmed": what has been settled already. */
const SETTLED =
  /^(?:confirmed|rescheduled|cancell?ed|postponed|moved|pushed|delayed|booked|approved)(?: (?:for|to|until|till|by|at|from|on)\b| ?:)|(?:\d|[ap]m|noon|day|tomorrow|today|week|month)(?: (?:is|now|all|been))* (?:confirmed|cancell?ed|postponed|delayed|taken|done|sorted|gone|over)[ .!]*$/;
/** "anyone free at 3?", "fancy a coffee at 11?": asked of colleagues. */
const ASKED_AROUND =
  /^(?:any(?:one|body) (?:free|around|available|in|up for|fancy|wants?|know|else|coming|joining|seen|got)\b|(?:who|you) (?:fancy|up for|keen)\b|fancy (?:a|an|some)\b|up for (?:a|an|some)\b|(?:do you )?want to (?:grab|get|go|come)\b).*\?|\b(?:anyone|anybody)[ ?!]*\?/;
/** "Ana's back on the 14th". */
const SOMEBODY_IS =
  /^\p{L}+'s (?:back|off|out|away|here|late|sick|free|busy|leaving|coming|going|not|been|running|happy|sorry|done)(?= |[.!]?$)/u;
/** A day that everybody has off, or the wishes for it. */
const HOLIDAY = /\b(?:holidays?|half[ -]term)[^\p{L}]*$|\bmubarak\b/u;

/** Somebody may, might or would need it: nobody wants it yet. */
const PERHAPS =
  /\b(?:i|we|you|they|he|she|it|there) (?:(?:just|also|still|probably|maybe) )*(?:might|may|would probably|will probably|'ll probably)\b/;

/** Where somebody thinks aloud, hopes or is glad. */
const MUSING = opening(
  "(?:(?:i'm|i am|we're|i was|was|been|just|still|also|really|so|very|not) )*(?:thinking (?:about|of|whether|if|that|we|i|maybe)|wondering|pondering|musing|hoping|glad|excited|looking forward|keen|curious|not sure|unsure|tired|worried|dreading|pleased|delighted|grateful|proud|surprised|relieved|annoyed|confused|can't wait|impressed|honoured|disappointed)",
);
const THANKS_FOR =
  /^(?:thanks|thank you|thx|cheers|ta|sorry|congrats|congratulations|apologies|kudos|props)\b[^,.!;?–—-]{0,30}\b(?:for|on|about)\b/;
const SUITS =
  /(?:\d|[ap]m|noon|day|morning|afternoon|that|it) (?:works|suits|is fine|does it|looks|seems|sounds)(?= (?:for|too|fine|well|best|better|great|good|ok|okay|busy|tight|full|free)\b|[ ,.!?–—-]*(?:$|[,.!?]))/;

/** What is passed on: reminders, deadlines, papers, farewells. */
const PASSED_ON =
  /^(?:heads[- ]up|fyi|psa|note)\b ?[,:!–—-]|^(?:(?:just|a|gentle|quick|friendly) )*reminder\b|(?:^|[,:.!] )(?:see (?:you|ya|u)|catch you) |\b(?:due|attached|enclosed)(?:[ .!]*$| (?:by|on|at|for|mon|tue|wed|thu|fri|sat|sun|tomorrow|today|\d))|^(?:maybe|perhaps) (?:we|i|they|you) (?:should|could|can|might)\b/;

/** Praise, thanks and thinking aloud, around whatever day. */
function isAside(sentence: Sentence): boolean {
  const { low, around, isOrder, isWish, hasClock, hasNoun } = sentence;
  if (PERHAPS.test(low)) return true;
  if (!hasClock && (LEFT_OVER.test(low) || FIGURE.test(low) || FAREWELL.test(low))) return true;
  if (SETTLED.test(low) || ASKED_AROUND.test(low) || SOMEBODY_IS.test(low)) return true;
  if (!isOrder && (AWAY.test(low) || (!hasClock && HOLIDAY.test(around)))) return true;
  if (NOTICE.test(low) || (WANTED_BY.test(low) && !hasNoun)) return true;
  if (!sentence.isAsked && WAS.test(around)) return true;
  if (isOrder || isWish) return false;
  return (
    (!hasClock && !hasNoun && JUDGED.test(around)) ||
    PRAISE.test(low.slice(0, 200)) ||
    PASSED_ON.test(low.slice(0, 200)) ||
    MUSING.test(low) ||
    THANKS_FOR.test(low) ||
    SUITS.test(low.slice(0, 200))
  );
}

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

/** "get me and Priti in", "put us down with Sam": people, not things. */
const BOOKS_PEOPLE =
  /^(?:get|fit|put|squeeze|slot|have|book|pencil) (?:me|us|\uFFFC|everyone)(?:,? (?:and )?[^ ,]+){0,3} (?:in|down|on|together|booked|with)\b/;

const GATHERS =
  /^(?:get|bring|pull|call|gather|round|assemble|rally|convene|summon|muster)(?: up)? (?:(?:all|of|the|my|our|both) )*(?:[\w&'-]+ ){0,2}?(?:together|everyone|everybody|us|(?:team|squad|crew|group|leads|managers|board|committee|panel|staff|gang|troops|folks|leadership)\b(?! (?:the|a|an|some|lunch|coffee)\b))/;
/** "get the team together", "round up the leads". */
export const isGathering = (low: string) => GATHERS.test(low);

/** Whether somebody tells, asks, thanks or wants something else, rather than wanting a meeting. */
export function isTalk(sentence: Sentence): boolean {
  const { low, around, isOrder, isWish, hasGuests, hasNumber } = sentence;
  const isMade = isOrder || isWish;
  if (FORM.test(low)) return false;
  if (isAside(sentence)) return true;
  if (isUnable(low) || isInterjection(sentence) || STATUS.test(low)) return true;
  const isBooking = sentence.hasTime && (BOOKS_PEOPLE.test(low) || BRINGS.test(low));
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
  if (isOrder && OTHER_THING.test(low) && !hasGuests) return true;
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
