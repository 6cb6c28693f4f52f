import { matching, opening } from '../text/sentence.ts';

/** Verbs that give somebody something else to do than to meet. */
const ERRAND = opening(
  'approve|confirm|investigate|escalate|remind|reminder to|remember|ping|tell|ask|notify|alert|wake|pay|buy(?! (?:vs|v|or)\\b)',
  'pick (?:up|out|a|an|the|your|my|our|some|me|us)|bring|fetch|feed|deploy (?:v|version|the|to|build|release)\\b|fill (?:in|out)|deliver',
  'poke|chase|prod|find out|figure out|look (?:up|into)|(?:re-?send|forward|accept|decline) (?:the|my|this|that|it|your)',
  'see (?:if|whether|when|who|what|attached|below|above|notes|the|my)|join (?:me|him|her|them)',
  "(?:add|invite|include) \\S+(?: \\S+){0,3} to (?:the|my|our|this|that|today's|tomorrow's)(?! (?:diary|calendar|schedule|agenda))",
  'put \\uFFFC on (?:the|my|our)',
  '(?:remove|kick|uninvite) \\S+(?: \\S+){0,3} from (?:the|my|our|this|that)',
  "submit|respond|upload|download|deliver|don't|do not|never|see you|see ya|see u|talk to you",
  'speak to you|catch you|let me know|let you know|let us know|let them know|translate|guess',
  'imagine|join us|come (?:to|over|by|and|at|in|for|mon|tue|wed|thu|fri|sat|sun|tomorrow|today)|go (?:to|home|and|for|ahead)|drive|walk(?! (?:me |us )?(?:through|thru|over))|meet me|call me (?:(?:at|on|back)(?= (?:\\+|\\()?\\d{3,}| my)|back(?! (?:on|via|in|over) teams)|when|if|once|whenever|as soon as|after (?:you|the|your)\\b)',
  'reach me|dial|multiply|calculate|convert|what|who|why|where|when|how|which|eat|finish|complete',
  'find (?:attached|enclosed|below|here|the attached)|forget|make sure|be (?:there|here|on time|ready|at)|listen',
  'have a (?:good|great|nice|lovely|safe)|enjoy|wish|hope|good luck|happy',
);

/** Verbs that are nouns as well ("phone call", "check-in"): errands only with an object behind them. */
const MESSAGING = 'email|mail|text|phone|ring|message|msg|dm|send|forward';
const WITH_OBJECT = [
  `${MESSAGING}|reply|answer|post|share|copy|report|say|note|log`,
  'check|order|buy|get|bring|lend|hand|give|take|keep|return|drop|leave|collect|charge|transfer|refund|count',
  'water|clean|cook|close|lock|turn|switch|play|stop|look|watch|wait|read|search|google',
  'fix|update|install|deploy|print|ship|push|test|start(?=ing)|write|draft|review|approve|sign|file',
].join('|');
const THIS = 'this(?! (?:week|month|morning|afternoon|evening|mon|tue|wed|thu|fri|sat|sun))';
const OBJECT = `the|a|an|my|our|your|his|her|their|${THIS}|that|these|those|me|him|us|them|it|all|everyone|everybody|some|any`;
const PARTICLE = 'to|out|up|back|for|off|at|if|in with|with me|when|over';
const ERRAND_WITH_OBJECT = matching(
  `^(?:${WITH_OBJECT}) (?:${OBJECT}|${PARTICLE})\\b`,
  `^(?:${MESSAGING}|show) (?:\\S+@|\\uFFFC)`,
  "^\\uFFFC,? (?:can|could|are|do|did|will|would|have|please|thanks|thank|is|was|what|when|where|why|how|who|if|i'm|we're|the)\\b",
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
export function isErrand(low: string, isAsked: boolean): boolean {
  if (TITLE.test(low)) return false;
  if (isAsked && COMING.test(low)) return true;
  if (ERRAND.test(low) || ORDERED.test(low)) return true;
  if (MEETING_BEHIND.test(low) && !/\b(?:order|print|buy) \d/.test(low))
    return isAsked && /^(?:order|buy|print)\b/.test(low);
  if (ERRAND_WITH_OBJECT.test(low) || DOUBLE_OBJECT.test(low)) return true;
  return WORK.test(low) && (isAsked || (DEADLINE.test(low) && !/\bmeet/.test(low)));
}

/** Things one books, sets or makes that are no meetings. */
const OTHER_THING = opening(
  'please )?\\S+ (?:up )?(?:me |us )?(?:a|an|the|my|our|some|two|\\d+)? ?(?:\\S+ )?(?:flights?',
  'hotels?|tables?|taxi|cab|uber|tickets?|alarm|reminder|timer|car|train|holiday|vacation|task',
  'todo|note|poll|channel|email|doc|document|file|folder|report|list|coffee|pizza|password for',
  'page|repo|branch|job|desk|parking)(?=$|[^ a-z]| (?:for|at|to|from|in|on|by|with|tomorrow|today|tonight|this|next|before|please|asap|\\d|mon|tue|wed|thu|fri|sat|sun)',
);

/** "book a flight", "set a reminder": what is booked is no meeting. */
export const isOtherThing = (low: string): boolean => OTHER_THING.test(low);
