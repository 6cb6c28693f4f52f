import { GREETED, HI } from '../text/greetings.ts';
import type { Rule, Tokens } from '../text/pattern.ts';
import { first, maybe, phrases, seq, tokenAt, word, words } from '../text/pattern.ts';

/** Takes nothing, and fits only where none of the words stands. */
function unless(notation: string): Rule<null> {
  const rule = words(notation);
  return (tokens, at) => (rule(tokens, at) ? null : { value: null, next: at });
}

const greeting = first<unknown>(
  words("howzit|oi|heya|ahoy|sup|wassup|morena|vanakkam|namaste|aloha|g'day|gday guys|team|all?"),
  words(`${HI}|howdy ${GREETED}|everyone|mate?`),
  seq(words('morning|afternoon|evening|dear all|team|everyone|bot?'), word(', ! - –')),
  words('good morning|afternoon|evening|day all|team|everyone?'),
  seq(word('ok okay so right well also thanks yes sure hmm actually quick'), word(', - – : !')),
  words('@? parley|meetbot'),
  words('ok|okay|please|pls|plz|kindly|also|just'),
);
const politeness = phrases(
  'do|would|will you mind',
  'go ahead and',
  'can|could someone|somebody|anyone',
  'try|tries to|and',
  'see if|whether you|we|i|u can|could',
  'let me|us have|get',
  'make sure that? we|i have|get',
  "make sure that? there's|there is? a|an?",
  'can|could|would|will you|u|someone|somebody? help|assist|try|manage me|us? to?',
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
  'is|would|could|will it be? possible|ok|okay|alright|feasible|good|great|nice|useful to|if|for? us|me|we|you|i? to|could|can|had|have?',
  "it'd|it would|will|might be good|great|nice|useful|helpful to",
  'is there any|a chance|way|possibility of|you|we|i|to? could|can|to?',
  'any chance|way|possibility you|we|of|i|to? could|can|to?',
  'do you think|reckon you|we|i|it could|can|might|would? be? possible? to?',
  'are|will|would you be? able|free to',
  'would you be so|very kind|good as to',
  "i|we|i'm|im|we're? was|were|am|are? just? wondering|wonder|hoping|hope|thinking|looking|asking|suggest|propose if|whether|that? we|you|i|someone could|can|might|should|may? please?",
  "i'd|we'd|i|we would? really? appreciate it? if? you could|can?",
  'i|we could do with',
  'i|we really? ought|need|have|had|got|gotta|must|better|should to? really|just|probably? need|have? to?',
  'need|want|like you|us|someone to',
  'for? me|us|we|everyone|everybody|you|both to',
  'for the|my|our team|teams|group|leads|crew|squad|staff|board|committee to',
  'mind if we',
  'how|what about',
  'time to',
  'where is|are',
  'take me to',
  'go|link|links to',
  'join',
  'do the needful and?',
  'help me to?',
  "we're|were|i'm meeting|doing|having|holding|running",
);
const PEOPLE =
  'everyone|everybody|people|team|teams|squad|crew|group|department|dept|folks|guys|gang|leads|leadership|managers|board|committee|panel|staff|lot|troops|lads|girls|boys|ladies|mob|fellas|bunch';
/** "gather the platform leads", "get everyone together": people are no subject. */
const gathering = first<unknown>(
  words(
    `get|bring|pull|call|gather|round|assemble|rally|convene|summon|muster|collect us|${PEOPLE} together?`,
  ),
  words(
    `get|bring|pull|call|gather|round|assemble|rally|convene|summon|muster|collect up? all? of? the|my|our|all|both ${PEOPLE} together?`,
  ),
  seq(
    words(
      'get|bring|pull|call|gather|round|assemble|rally|convene|summon|muster|collect up? all? of? the|my|our|all|both',
    ),
    (_tokens, at) => ({ value: null, next: at + 1 }),
    words(`${PEOPLE} together?`),
  ),
);
const clearVerb = first<unknown>(
  words('set|setup|setting|sets up'),
  words('setup'),
  seq(
    words('book|booking in|out|off?'),
    unless('club|clubs|launch|fair|keeping|exchange|swap|review|reading|tour'),
  ),
  words('schedule|scheduling|create|creating|arrange|arranging|organise|organize|organising|organizing for?'),
  words('put|pop|stick|pencil|slot|drop|get|throw in|together|on|down'),
  words('spin|fire|line|rustle|whip|drum|tee|rig|hook us? up'),
  words('send out|over|round|around?'),
  words('set|put|setting|putting aside|by'),
  words('carve|carving|block|blocking|map|clear out|off|time'),
  words('ring fence|fencing off?'),
  words('save the date for?'),
  words(
    'diarise|diarize|diarising|diarizing|calendarise|calendarize|calendar|ringfence|earmark|allocate|convene|coordinate|co-ordinate|initiate|secure|lodge|reconvene|regroup',
  ),
  words('keep|hold|save free|clear|open'),
  words('jot|note|mark|write us? down'),
  words('put|pencil|pop|book|slot|get|fit me|us|them down|in'),
  words('help|assist us|me? to? arrange|organise|organize|set|book|schedule|create|fix up?'),
  words('fix|sort|open|firm|nail|pin up|out|down'),
  words(
    'lock|squeeze|fit|chuck|whack|bung|wedge|shove|bang|slot|pencil|stick|pop|sneak|slip|work|nail|pin|throw in|down',
  ),
  words('hop|jump|get|hopping|jumping|come on|onto'),
  words("let's|lets|to|we|us catch|meet|link|sync|match up"),
  words("let's|lets|to|we|us huddle|sync|meet|talk|speak|chat|connect|confer|gather|sit|get down|together?"),
  words('can|could|shall|should|might|will we|i|you|u catch|meet|link|sync up'),
  words('for us|me to?'),
  gathering,
);
/** Verbs that are nouns as well: verbs only where one is due, or with an article, a generic noun or nothing behind them. */
const doubtfulVerb = words(
  'set|make|plan|start|fix|throw|add|get|give|have|do|hold|host|run|find|block|open|reserve|need|want|grab|call|launch|begin|kick|squeeze|fit|send|use|join|put|invite|generate|drop|line|pencil|pop|slot|stick|sort|arrange|share|meet|speak|talk|chat|connect|touch|say|push|chuck|whack|bung|shove|wedge|lock|can off?',
);
/** Verbs of the same kind that begin no title where a verb is due, or where "in" or "in the diary" ends their object. */
const plainVerb = words(
  'add|put|get|have|do|plan|pop|stick|pencil|chuck|bung|shove|give|find|make|set|slot|squeeze|fit|grab|book|throw|drop|whack',
);
/** Verbs of meeting, where one is due. */
const meetingVerb = words('meet|see|catch|talk|speak|chat|connect|sync|huddle');
/** And those that never do. */
const onlyVerb = first<unknown>(
  words('add|put|do'),
  seq(word('set'), unless('list|lists|piece|pieces|menu|theory|up|text|-|&')),
);

const NOUNS =
  'meeting|meetings|call|calls|mtg|mtng|meet|meetup|event|appointment|appt|invite|invitation|slot|time|link|something|conversation|chat|session|talk|room|booking|one|entry|calendar|diary';
const ADJECTIVES =
  'quick|short|brief|new|online|teams|ms|microsoft|video|virtual|urgent|calendar|little|proper|zoom|phone|remote|private|instant|adhoc|impromptu|spontaneous|fresh|encrypted|recorded|emergency';
/** Articles and the small words between a verb of making and its noun. */
export const determiner = words('a|an|the|our|my|another|some|any|us|me|it|this|that|one|everyone|in|up|off');
/** A noun that says no more than "meeting". */
export const generic = first<unknown>(
  words('early|late|morning|afternoon|evening|lunch|lunchtime slot|spot|window'),
  seq(
    maybe(first(words('ad hoc'), words(ADJECTIVES))),
    maybe(words(ADJECTIVES)),
    words(NOUNS),
    maybe(words('request|link|invite|invitation|slot')),
  ),
);

/** Alone in a piece of text these name the meeting: "tomorrow 3pm: launch". */
const NOUN_VERBS = new Set('launch plan share drop host start run open can'.split(' '));

function doubtful(tokens: Tokens, at: number, end: number, isDue: boolean): { next: number } | null {
  const hit = (isDue ? meetingVerb(tokens, at) : null) ?? doubtfulVerb(tokens, at);
  if (!hit) return null;
  if (isDue && meetingVerb(tokens, at)) return hit;
  if (onlyVerb(tokens, at)) return hit;
  const isEnded = skipParticle(tokens, hit.next, end) < end;
  if ((isDue || isEnded) && plainVerb(tokens, at)) return hit;
  const isNoun = NOUN_VERBS.has(tokenAt(tokens, at).low);
  const isLast = !isNoun && (hit.next >= end || tokenAt(tokens, hit.next).kind === 'sign');
  return isLast || determiner(tokens, hit.next) || generic(tokens, hit.next) ? hit : null;
}

/** Where the words of command end, and whether one of them was a verb of making. */
export type Frame = { next: number; hasVerb: boolean };

/** Skips "hey, can you please set up a" and the like from `at` on; answers where the rest begins. */
export function skipCommand(tokens: Tokens, from: number, end: number): Frame {
  let next = from;
  let hasVerb = false;
  let isDue = false;
  while (next < end) {
    const opening = greeting(tokens, next);
    const verb = opening ? null : clearVerb(tokens, next);
    const polite = opening || verb ? null : politeness(tokens, next);
    const other = opening || verb || polite ? null : doubtful(tokens, next, end, isDue);
    const step = opening ?? verb ?? polite ?? other;
    const behind = step ? tokenAt(tokens, step.next) : null;
    // "all-hands", "set-up costs": part of a compound.
    if (!step || step.next > end || (behind?.low === '-' && behind.glued)) break;
    isDue = polite !== null || (isDue && opening !== null);
    hasVerb ||= verb !== null || other !== null;
    next = step.next;
    while (next < end && /^[,!.:;–—-]$/.test(tokenAt(tokens, next).low)) next += 1;
  }
  return { next, hasVerb };
}

/** "in my diary", "to the team calendar". */
export const intoDiary = words(
  "in|into|on|onto|to|for the|my|our|your|everyone's|the|team? team|shared|teams|outlook? diary|diaries|calendar|calendars|schedule|books|agenda|cal",
);
const particle = word('in up down together on');
const OBJECT_ENDS = new Set(
  'check sign log drop walk buy plug opt stand tune dial lead trade fill stop catch follow knock carry roll hand add sit phone clock read run hold try round turn get'.split(
    ' ',
  ),
);

/** Takes "in my diary", "in" or "up" off the end of what a verb of making had as its object. */
export function skipParticle(tokens: Tokens, from: number, end: number): number {
  for (let at = Math.max(from + 1, end - 5); at < end; at += 1) {
    if (intoDiary(tokens, at)?.next === end) return at;
  }
  const last = particle(tokens, end - 1);
  const isOwn = tokenAt(tokens, end - 1).glued || OBJECT_ENDS.has(tokenAt(tokens, end - 2).low);
  return last && end - 1 > from && !isOwn ? end - 1 : end;
}
