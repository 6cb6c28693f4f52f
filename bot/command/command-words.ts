import type { Rule, Tokens } from './pattern.ts';
import { first, maybe, phrases, seq, tokenAt, word, words } from './pattern.ts';

/** Takes nothing, and fits only where none of the words stands. */
function unless(notation: string): Rule<null> {
  const rule = words(notation);
  return (tokens, at) => (rule(tokens, at) ? null : { value: null, next: at });
}

const greeting = first<unknown>(
  words("howzit|oi|heya|ahoy|sup|wassup|morena|vanakkam|namaste|aloha|g'day|gday guys|team|all?"),
  words('hey|hi|hello|hiya|yo|howdy there|all|team|folks|everyone|parley|meetbot|bot|mate?'),
  seq(words('morning|afternoon|evening|dear all|team|everyone|bot?'), word(', ! - –')),
  words('good morning|afternoon|evening|day all|team|everyone?'),
  seq(word('ok okay so right well also thanks yes sure hmm actually quick'), word(', - – : !')),
  words('@? parley|meetbot'),
  words('ok|okay|please|pls|plz|kindly|also|just'),
);
const politeness = phrases(
  'can|could|would|will|shall|should|may|might you|u|we|i someone|please|pls|just|maybe|perhaps|possibly|all?',
  "i'd|i|we|we'd would|should|'d like|love to?",
  "i'd|we'd like|love to?",
  'i|we really|just? need|want|wanna|gotta|should|must|have to? have|do?',
  'i|we will? need|require',
  "i'm|im|we're looking|trying|hoping to|for",
  "i'll|we'll need|have",
  "let|let's|lets us|me?",
  'let me know if|when',
  'need|want|looking to|for?',
  'is it possible to',
  'would it be possible to',
  'any chance you|we|of|i? could|can?',
  'do you mind',
  'was|were? wondering if|whether we|you|i could|can|might? please?',
  'mind if we',
  'how|what about',
  'time to',
  'where is|are',
  'take me to',
  'go|link|links to',
  'join',
  'do the needful and?',
  'go ahead and',
  'help me to?',
  "we're|were meeting",
);
const clearVerb = first<unknown>(
  words('set|setup|setting|sets up'),
  words('setup'),
  seq(
    words('book|booking in|out|off?'),
    unless('club|clubs|launch|fair|keeping|exchange|swap|review|reading|tour'),
  ),
  words('schedule|scheduling|create|creating|arrange|arranging|organise|organize|organising|organizing'),
  words('put|pop|stick|pencil|slot|drop|get|throw in|together|on|down'),
  words('spin|fire|line|rustle|whip up'),
  words('send out'),
  words('set|put|setting|putting aside|by'),
  words('carve|carving out'),
  words('ring fence|fencing off?'),
  words(
    'diarise|diarize|diarising|diarizing|calendarise|calendarize|ringfence|earmark|allocate|convene|coordinate|co-ordinate|initiate|secure|lodge|reconvene|regroup',
  ),
  words('keep|hold|save free|clear|open'),
  words('tee|rig|hook us? up'),
  words('jot|note|mark|write us? down'),
  words('put|pencil|pop|book|slot|get|fit me|us|them down|in'),
  words('help|assist us|me? to? arrange|organise|organize|set|book|schedule|create|fix up?'),
  words('fix|sort|open up|out'),
  words('block out|off time?'),
  words('lock|squeeze|fit|chuck|whack|bung|wedge|shove|bang|slot|pencil|stick|pop in'),
  words('hop|jump|get|hopping|jumping on|onto'),
  words("let's|lets|to|we|us catch|meet|link up"),
  words("let's|lets|to|we|us huddle|sync|meet|talk|speak|chat|connect"),
  words('can|could|shall|should|might|will we|i|you|u catch|meet|link up'),
  words('for us|me'),
);
/** Verbs that are nouns as well: verbs only with an article, a generic noun or nothing behind them. */
const doubtfulVerb = words(
  'set|make|plan|start|fix|throw|add|get|give|have|do|hold|host|run|find|block|open|reserve|need|want|grab|call|launch|begin|kick|squeeze|fit|send|use|join|put|invite|generate|drop|line|pencil|pop|slot|stick|sort|arrange|share|meet|speak|talk|chat|connect|touch|say|push|chuck|whack|bung|shove|wedge|lock|can off?',
);

const NOUNS =
  'meeting|meetings|call|calls|mtg|mtng|meet|meetup|event|appointment|appt|invite|invitation|slot|time|link|something|conversation|chat|session|talk|room|booking|one|entry|calendar|diary';
const ADJECTIVES =
  'quick|short|brief|new|online|teams|ms|microsoft|video|virtual|urgent|calendar|little|proper|zoom|phone|remote|private|instant|adhoc|new|fresh|encrypted|recorded|emergency';
/** Articles and the small words between a verb of making and its noun. */
export const determiner = words('a|an|the|our|my|another|some|any|us|me|it|this|that|one|everyone|in|up|off');
/** A noun that says no more than "meeting". */
export const generic = seq(
  maybe(words(ADJECTIVES)),
  maybe(words(ADJECTIVES)),
  words(NOUNS),
  maybe(words('request')),
);

/** Alone in a piece of text these name the meeting: "tomorrow 3pm: launch". */
const NOUN_VERBS = new Set('launch plan share drop host start run open can'.split(' '));

function doubtful(tokens: Tokens, at: number, end: number): { next: number } | null {
  const hit = doubtfulVerb(tokens, at);
  if (!hit) return null;
  const isNoun = NOUN_VERBS.has(tokenAt(tokens, at).low);
  const isLast = !isNoun && (hit.next >= end || tokenAt(tokens, hit.next).kind === 'sign');
  return isLast || determiner(tokens, hit.next) || generic(tokens, hit.next) ? hit : null;
}

/** Skips "hey, can you please set up a" and the like from `at` on; answers where the rest begins. */
export function skipCommand(tokens: Tokens, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const step =
      greeting(tokens, at) ?? clearVerb(tokens, at) ?? politeness(tokens, at) ?? doubtful(tokens, at, end);
    const behind = step ? tokenAt(tokens, step.next) : null;
    // "all-hands", "set-up costs": part of a compound.
    if (!step || step.next > end || (behind?.low === '-' && behind.glued)) break;
    at = step.next;
    while (at < end && /^[,!.:;–—-]$/.test(tokenAt(tokens, at).low)) at += 1;
  }
  return at;
}
