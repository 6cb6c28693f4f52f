import type { Place } from './items.ts';
import type { Rule, Tokens } from './pattern.ts';
import { first, maybe, seq, tokenAt, words } from './pattern.ts';
import { wording } from './subject.ts';

const GENERIC =
  'meeting|meetings|call|calls|mtg|mtng|meet|meetup|event|appointment|appt|invite|invitation|slot|time|link|something|conversation|chat|session|talk|discussion|word|sync|catchup|room|entry|booking|one';
const ADJECTIVES =
  'quick|short|brief|new|online|teams|ms|microsoft|video|virtual|urgent|calendar|little|proper|zoom|phone|remote|private|follow-up|instant|adhoc|ad-hoc';

const politeness = first<unknown>(
  words(
    'hey|hi|hello|hiya|yo|ok|okay|so|right|well|parley|meetbot|bot|team|all|please|pls|plz|kindly|good|just|also|thanks|yes|sure',
  ),
  words("i'd|i|we|we'd would|should|'d? like|love to?"),
  words('can|could|would|will|shall|may you|u|we|i|someone please|pls|just|maybe|perhaps?'),
  words('i|we need|want|would|wanna|gotta|should|must to? have|do?'),
  words("i'm|im|we're looking|trying|hoping to|for"),
  words("let|let's|lets us|me?"),
  words("i'll need|have"),
  words('need|want|looking to|for?'),
  words('is it possible to'),
  words('any chance you|we|of|i? could|can?'),
  words('do you mind'),
  words('mind if we'),
  words('how about'),
  words('what about'),
  words('time to'),
  words('go ahead and'),
);
const clearVerb = first<unknown>(
  words('set|setup|setting up?'),
  seq(
    words('book|booking in|out|off?'),
    unless('club|clubs|launch|fair|keeping|exchange|swap|review|reading|tour'),
  ),
  words('schedule|scheduling|create|creating|arrange|arranging|organise|organize|organising'),
  words('put|pop|stick|pencil|slot|drop|get in|together|on|down'),
  words('spin|fire|line|rustle up'),
  words('throw|put|pop|stick together?'),
  words('send out?'),
  words('fix up'),
  words('sort out?'),
  words('block out|off|time?'),
  words('hop|jump|get|hopping|jumping on|onto'),
  words('catch up'),
  words('touch base'),
  words('meet up?'),
);
/** Verbs that are nouns as well: verbs only with an article, a generic noun or nothing behind them. */
const doubtfulVerb = words(
  'make|plan|start|fix|throw|add|get|give|have|do|hold|host|run|find|block|open|reserve|need|want|grab|call|launch|begin|kick|kick-off|squeeze|fit|send|use|join|put|do|invite|host|generate|drop|line',
);
const determiner = words(
  'a|an|the|our|my|another|some|any|us|me|it|this|that|one|everyone|in|up|off|for us|me?',
);
const generic = seq(maybe(words(ADJECTIVES)), maybe(words(ADJECTIVES)), words(GENERIC));

/** Takes nothing, and only where none of the words stands. */
function unless(notation: string): Rule<null> {
  const rule = words(notation);
  return (tokens, at) => (rule(tokens, at) ? null : { value: null, next: at });
}

const isBoundary = (tokens: Tokens, at: number, next: number) =>
  at >= next || tokenAt(tokens, at).kind === 'sign';

/** Skips "hey, can you please set up a" and the like at the beginning of a piece of text. */
export function skipCommand(tokens: Tokens, place: Place): number {
  let at = place.first;
  for (let moved = true; moved && at < place.next; ) {
    moved = false;
    const step = politeness(tokens, at) ?? clearVerb(tokens, at) ?? doubtful(tokens, at, place.next);
    const isCompound =
      step !== null && tokenAt(tokens, step.next).low === '-' && tokenAt(tokens, step.next).glued;
    if (step && step.next <= place.next && !isCompound) {
      at = step.next;
      moved = true;
    }
    while (at < place.next && /^[,!.:;-]$/.test(tokenAt(tokens, at).low) && moved) at += 1;
  }
  return at;
}

function doubtful(tokens: Tokens, at: number, end: number): { next: number } | null {
  const hit = doubtfulVerb(tokens, at);
  if (!hit) return null;
  const behind = determiner(tokens, hit.next);
  return behind || generic(tokens, hit.next) || isBoundary(tokens, hit.next, end) ? hit : null;
}

const ABOUT = words('on|for|to|of|between|over|around|re');

/** "a quick meeting", "a quick chat on": words that name no subject. */
function skipGeneric(tokens: Tokens, at: number, end: number): number {
  let next = at;
  for (let hit = determiner(tokens, next); hit && hit.next <= end; hit = determiner(tokens, next)) {
    next = hit.next;
    if (next >= end) return next;
  }
  const noun = generic(tokens, next);
  if (!noun) return isPlainRest(tokens, next, end) ? end : at;
  const behind = ABOUT(tokens, noun.next);
  if (noun.next >= end) return isNamingNoun(tokens, next, noun.next) ? at : noun.next;
  if (behind) return behind.next;
  return tokenAt(tokens, noun.next).kind === 'sign' ? noun.next + 1 : at;
}

/** "a sync", "quick catch-up" name the meeting well enough. */
function isNamingNoun(tokens: Tokens, from: number, next: number): boolean {
  return /^(sync|catchup|discussion|talk|word)$/.test(tokenAt(tokens, next - 1).low) && next > from;
}

const LEFTOVERS = new Set(
  'me us it up in on for at a an the and i we is be to with you now here there please thanks again then so off out my our by of from as or tomorrow today quick need'.split(
    ' ',
  ),
);
function isPlainRest(tokens: Tokens, at: number, end: number): boolean {
  for (let i = at; i < end; i += 1) {
    const token = tokenAt(tokens, i);
    if (token.kind === 'word' && !LEFTOVERS.has(token.low)) return false;
    if (token.kind === 'number' || token.kind === 'opaque') return false;
  }
  return true;
}

const isSeparator = (tokens: Tokens, at: number) => {
  const { low, kind, glued } = tokenAt(tokens, at);
  if (kind === 'break' || /^[,;:!?|•]$/.test(low))
    return !(low === ':' && glued && tokenAt(tokens, at + 1).glued);
  if (low === '.') return !tokenAt(tokens, at + 1).glued;
  return /^[–—-]$/.test(low) && !glued;
};

/** The stretches of text that no rule has used. */
function stretches(tokens: Tokens, isUsed: (at: number) => boolean): Place[] {
  const found: Place[] = [];
  let start = -1;
  for (let at = 0; at <= tokens.length; at += 1) {
    const isEnd = at === tokens.length || isUsed(at) || isSeparator(tokens, at);
    if (!isEnd && start < 0) start = at;
    if (isEnd && start >= 0) {
      found.push({ first: start, next: at });
      start = -1;
    }
  }
  return found;
}

/** The noun phrase that is left when times, people, options and command words are taken away; null where none is. */
export function leftTitle(text: string, tokens: Tokens, isUsed: (at: number) => boolean): string | null {
  for (const place of stretches(tokens, isUsed)) {
    const from = skipCommand(tokens, place);
    let at = from;
    while (at < place.next && /^(on|for|at|and|about|re|is|of|to|in)$/.test(tokenAt(tokens, at).low)) at += 1;
    at = skipGeneric(tokens, at, place.next);
    const title = wording(text, tokens, { first: at, next: place.next });
    if (title && !isPlainRest(tokens, at, place.next)) return title;
  }
  return null;
}
