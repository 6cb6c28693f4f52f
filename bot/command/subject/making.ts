import { tells } from '../text/finite-verbs.ts';
import { anywhere, opening } from '../text/sentence.ts';

/** Verbs of making; at the beginning of a sentence they are a command. */
export const MAKE = opening(
  'set ?up|set (?:me |us |something |it )?(?:up )?a|set (?:a|an|the|up)|setup|schedule',
  'book|create|arrange|organi[sz]e|plan|make|add|put|throw|pop|stick|pencil|slot|block|find',
  'get (?:a|an|me|us|the|something|everyone|together|\\S+ and)|give (?:me|us)|have (?:a|an)',
  'do (?:a|an)|hold|host|start|begin|launch|spin|fire up|open|fix(?: up)?|line up|reserve|invite',
  'meet|call|jump|hop|sync|catch up|touch base|grab|squeeze|fit|sort',
  'send (?:out )?(?:an?|the|me a|us a) (?:invite|invitation|meeting|calendar|teams|link)|need|want',
  "generate|kick off|new|run (?:a|an)|huddle|connect me|drop|i'd like|i need|we need|chat|instant",
);

const SOFTENERS = '(?:(?:please|just|maybe|possibly|perhaps|all|quickly|really|also) )?';
const PROPOSED =
  'meet|get|have|do|set|book|schedule|arrange|organi[sz]e|talk|chat|speak|catch|sync|hop|jump|grab|find|squeeze|' +
  'make|create|plan|fix|put|connect|discuss|go over|call|touch|block|add|throw|hold|host|start|open|pencil|' +
  'reserve|send|run|review|chuck|whack|stick|pop|slot';
const WISHED = '(?:to(?! be )|a|an|some|time|half|\\d+|us|you|another|the|my|our|one|\\w+ min)';

/** Wishes and proposals anywhere in a sentence. */
export const WANT = anywhere(
  `(?:can|could|shall|may|should|might) (?:we|i|you|u) ${SOFTENERS}(?:${PROPOSED})`,
  `let'?s ${SOFTENERS}(?:${PROPOSED}|go|say|aim|try|huddle|regroup|reconvene)`,
  `(?:i|we|i'd|we'd)(?: would| will|'ll)? ${SOFTENERS}(?:need|want|like|love|wanna|require) ${WISHED}`,
  'how about (?:we|a)|looking to (?:book|schedule|set|meet)',
  `would ${SOFTENERS}(?:love|like) (?:to (?:${PROPOSED})|a|an|some)`,
  'lock (?:in|down)|(?:put|pencil|book) (?:me|us) (?:in|down)',
  '(?:please|pls) (?:book|schedule|set|arrange|organi[sz]e|create|add|put|make|invite|plan|send|find)',
  "(?<!(?:not|don't|doesn't|didn't|never|no) )(?:need|want) (?:a|an|to(?! be )|\\d+|some|half)",
  `(?:hoping|keen|looking|wanting|trying) to ${SOFTENERS}(?:${PROPOSED})`,
  `(?:wondering|wonder|thinking|hoping|hope|maybe|perhaps|suggest|propose)(?: if| whether| that)? (?:we|you|i) (?:can|could|should|might|may) ${SOFTENERS}(?:${PROPOSED})`,
);

/** "we should meet at 3": a wish where a time is named with it, else a thought. */
export const SHOULD_MEET = anywhere(
  `(?:we|i) (?:should|ought to|must|had better|could) ${SOFTENERS}(?:meet|catch up|sync|talk|chat|speak|get together|regroup|reconvene|touch base|have an?|set up|schedule|book|sit down|connect|huddle)`,
);

/** "I'm free at 3, book a call": an order behind what is told. */
export const ORDER_BEHIND =
  /[,.;:!–—-] (?:so |then |and )?(?:please |pls |can you |could you |just |you can )?(?:book|set ?up|schedule|arrange|organi[sz]e|create|pencil in) (?!(?:it|that|this)\b)(?!(?:\S+ ){0,2}(?:flights?|hotels?|tables?|taxi|cab|car|tickets?|reminder|alarm)\b)\S|[,.;:!–—-] (?:so |then |and )?(?:please |pls )?set (?:it|that|this) up\b/;

/** "I need Sam and Ana on a call", "have Sam and me meet": people to be brought together. */
export const BRINGS =
  /^(?:i |we )?(?:need|want|get|bring|pull|have|put|patch|dial|loop)(?: in)? (?!an? )[^ ,]+(?:,? (?:and |& )?(?!on |in |to |for |about )[^ ,]+){0,4} (?:(?:on|in|into|onto|to|for) (?:an? |the )?(?:\w+ )?(?:call|chat|meeting|line|sync|session|huddle|word)|meet|together)\b/;

/** Nouns that name a meeting. */
export const NOUN = anywhere(
  'meeting|meetings|mtg|mtng|call|huddle|stand-?up|sync|catch-?up|chat|1:1|one-on-one|one on one',
  '1-1|1on1|121|workshop|webinar|interview|retro|retrospective|kick-?off|all-?hands|town ?hall',
  'conference|session|demo|review|briefing|debrief|check-?in|appointment|brainstorm|planning',
  'training|rehearsal|touch ?base|touchpoint|quick word|get-together|meet ?up|conversation',
  'discussion|invite|seminar|lunch and learn|office hours|scrum|grooming|refinement',
);

const ROOM_WORD = '(?:room|lounge|space)';
const ROOM_ORDER = new RegExp(
  `^(?:(?:re-?)?open|create|make|set ?up|give (?:me|us)|get|link (?:to|for)|start|spin up|join|need|i need|we need|share|send|show|fetch|find|where is|the link|link|new|permanent|a|an|launch|enter|go to|take me to|reopen|put up|add|have|keep|build|generate)\\b[^,.;]{0,80}\\b${ROOM_WORD}\\b`,
);
/** What is done with a room that is there, or told of it, is no name of one. */
const NO_NAME =
  "(?!(?:i|we|you|he|she|they|it|nobody|somebody|cannot|can't|can|could|record|transcribe|encrypt|close|shut|leave|lock|mute|remove|stop|don't|never|there)\\b)";
const ROOM_NOUN = new RegExp(
  `^${NO_NAME}(?:our |the |a |my )?(?:[\\w&'-]+ ){0,4}${ROOM_WORD}(?: please| link| pls)?[ .!?]*$`,
);
const STANDING =
  /\b(?:permanent|standing|always[ -]on|open-ended|drop-?in|persistent|reusable|evergreen|no fixed time|without (?:a )?(?:fixed )?time|any ?time)\b.{0,40}\b(?:room|link|meeting|call|space)\b/;

const ROOM_ASKED =
  /^(?:what(?:'s| is)|where(?:'s| is)|do we have|is there|have we got) (?:the |a |our )?(?:(?:join |meeting |teams )?(?:link|url|address) (?:to|for|of|in) )(?:our |the |my )?(?:[\w&'-]+ ){0,4}(?:room|lounge|space)\b/;
const SAME_LINK =
  /^(?:use |give (?:me|us) |send (?:me|us) )?(?:the )?same (?:join |meeting |teams )?(?:link|room)(?: again)?(?: as (?:last time|always|before|usual|ever|yesterday|last week|the last one))?(?: (?:for|of) [^,.;]{1,60})?[ .!?]*$/;

/** Whether a text that names no time wants a room that stays open. */
export function isRoom(low: string): boolean {
  const isPlace = /\broom (?:\d|is|was|for \d|temperature|booking)/.test(low);
  if (isPlace) return false;
  if (ROOM_ASKED.test(low) || SAME_LINK.test(low)) return true;
  return ROOM_ORDER.test(low) || ((ROOM_NOUN.test(low) || STANDING.test(low)) && !tells(low.slice(0, 200)));
}

const OWN_ROOM = new RegExp(
  `^(?:(?:re-?)?open (?:our |the |my |a )|our |my )(?:[\\w&'-]+ ){0,4}${ROOM_WORD}(?: link)?[ .,!?]*$`,
);

/** Whether a room is spoken of at all; most messages name none. */
export const hasRoomWord = (low: string): boolean => /\b(?:room|lounge|space)\b/.test(low);

/** The same by what is left of it without people, options and times; with a time, a room that is there is somebody's own. */
export function isRoomName(rest: string, isTimed: boolean): boolean {
  return (isTimed ? OWN_ROOM : ROOM_NOUN).test(rest);
}

/** "start a meeting": now, where no time is named. */
export function isStart(low: string): boolean {
  if (
    /^(?:an? )?(?:instant|ad[ -]?hoc|impromptu|spontaneous) (?:(?:teams|online|video|quick|private) )*(?:meeting|call|huddle|chat)\b/.test(
      low,
    )
  )
    return true;
  const begins =
    /^(?:start|launch|begin|kick off|fire up|spin up|jump on|hop on) (?:a|an|the|our|my|up a)?\b/.test(low);
  return begins && NOUN.test(low);
}
