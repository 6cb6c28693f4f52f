import type { Tokens } from '../text/pattern.ts';
import { first, tokenAt, words } from '../text/pattern.ts';
import type { Place } from '../text/tokens.ts';
import { determiner, generic, intoDiary, skipCommand, skipParticle } from './command-words.ts';
import { NOUN } from './making.ts';
import { wording } from './wording.ts';

const LEAD =
  /^(on|for|at|and|about|re|regarding|into|over|around|is|of|to|but|so|then|also|or|as|that's|thats|it's|its|be|by)$/;
const about = words('on|for|to|of|between|over|around|re|regarding|about');
const location = first<unknown>(
  words(
    'in|at|from|near|inside the|our? room|boardroom|office|meeting|conference|building|canteen|cafe|lobby|hq|auditorium|theatre|theater|reception|level|floor|suite',
  ),
);
const LEFTOVERS = new Set(
  "me us it up in on for at a an the and i we is be to with you now here there please thanks pls plz kindly again then so off out my our by of from as or today tomorrow quick need that this just if possible ok okay yes sure let's lets can will would could do get got have has go have we're i'm it's its both all everyone everybody together myself thx ta cheers weekly daily monthly fortnightly biweekly recurring repeating starting kicking instead also maybe perhaps sometime somewhere speak talk chat meet call connect touch base soon later early late mid middle beginning w sharp ish approx around morning afternoon evening night diary calendar calendars fine good best better works suits free hrs hours".split(
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

/** "a quick meeting", "something in the diary for": words that name no subject. */
function skipGeneric(tokens: Tokens, at: number, end: number): number {
  let next = at;
  for (let hit = determiner(tokens, next); hit && hit.next <= end; hit = determiner(tokens, next))
    next = hit.next;
  const noun = generic(tokens, next);
  if (!noun || noun.next > end || isCompound(tokens, noun.next)) return at;
  const past = intoDiary(tokens, noun.next)?.next ?? noun.next;
  if (past >= end) return end;
  const behind = about(tokens, past);
  if (behind && behind.next < end && !isCompound(tokens, behind.next)) return behind.next;
  const isCut = tokenAt(tokens, past).kind === 'sign' || isPlainRest(tokens, past, end);
  return isCut ? past : at;
}

function isCompound(tokens: Tokens, at: number): boolean {
  return /^[-&]$/.test(tokenAt(tokens, at).low) && tokenAt(tokens, at).glued;
}

function isSeparator(tokens: Tokens, at: number): boolean {
  const { low, kind, glued } = tokenAt(tokens, at);
  const isInside = glued && tokenAt(tokens, at + 1).glued;
  if (kind === 'opaque' && /^(https?:|www\.)/.test(low)) return true;
  if (kind === 'break' || low === '|' || low === '•') return true;
  if (/^[,;:!?.()]$/.test(low)) return !isInside;
  return /^[–—/-]$/.test(low) && !isInside;
}

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

/** What somebody says before coming to the point; whole words of an opening up to its comma. */
const OPENERS = new Set(
  "grand kia ora g'day namaste nvm nevermind never mind right then mate alright howdy aloha hola bonjour ciao salut servus fair play enough great perfect cool brilliant lovely nice super sounds good no worries heads up fyi btw sorry oops hmm ah oh aha aye yep yeah yup nah ta legend sweet top stuff one well done actually scratch that hello hi hey hiya morning afternoon evening team all folks everyone friends lads ladies colleagues boss thank you so ok okay excellent wonderful fantastic awesome wicked deadly sure thing of course please quick question favour request".split(
    ' ',
  ),
);

/** "kia ora, …": an opening, and no subject, where it begins the text and a pause follows. */
function isOpener(tokens: Tokens, { first: from, next }: Place): boolean {
  if (from > 0 || next > 5 || !isSeparator(tokens, next)) return false;
  // "Mōrena! …": a greeting in whatever language.
  if (next === 1 && tokenAt(tokens, next).low === '!') return true;
  return tokens.slice(from, next).every(({ low }) => OPENERS.has(low));
}

const ROOM = words(
  'the? meeting|conference|board|training|seminar|huddle|breakout|big|small|main? room|boardroom|suite|auditorium|floor|level',
);
/** "meeting room 3", "boardroom B": where people sit, if nothing but a number or a letter follows. */
function isPlace(tokens: Tokens, at: number, end: number): boolean {
  const hit = ROOM(tokens, at);
  if (!hit || hit.next >= end || end - hit.next > 3) return false;
  const { kind, low } = tokenAt(tokens, hit.next);
  return kind === 'number' || kind === 'opaque' || (low.length === 1 && end === hit.next + 1);
}

/** "give me the ops room": for whom, and no part of what. */
const object = words('me|us|myself|everyone|them it? a|an|the?');

/** "room 4.08" alone is a place; "room 101 discussion" is a subject. */
function isRoomNumber(tokens: Tokens, at: number, end: number): boolean {
  return (
    /^(room|floor|level|suite|bay|desk)$/.test(tokenAt(tokens, at).low) &&
    end - at <= 4 &&
    tokenAt(tokens, end - 1).kind === 'number'
  );
}

const need = first<unknown>(
  words('needs|need to happen|occur|be'),
  words('needs|need to take place'),
  words('needs|need to be held|scheduled|booked|arranged|planned|made'),
  words('needs|need to be set|put up|in'),
);
const NEED_ENDS = new Set(
  'happen occur be place held scheduled booked arranged planned made up in'.split(' '),
);

/** Takes "needs to happen" off the end of what is said to be needed. */
function withoutNeed(tokens: Tokens, from: number, end: number): number {
  if (!NEED_ENDS.has(tokenAt(tokens, end - 1).low)) return end;
  for (let at = Math.max(from + 1, end - 5); at < end - 2; at += 1)
    if (need(tokens, at)?.next === end) return at;
  return end;
}

function titleOf(text: string, tokens: Tokens, place: Place): string | null {
  const frame = skipCommand(tokens, place.first, place.next);
  const last = withoutNeed(tokens, frame.next, place.next);
  const end = frame.hasVerb ? skipParticle(tokens, frame.next, last) : last;
  let at = frame.next;
  if (frame.hasVerb) at = object(tokens, at)?.next ?? at;
  while (at < end && LEAD.test(tokenAt(tokens, at).low) && !isCompound(tokens, at + 1)) at += 1;
  at = skipGeneric(tokens, at, end);
  if (
    location(tokens, place.first) ||
    location(tokens, at) ||
    isRoomNumber(tokens, at, end) ||
    isPlace(tokens, place.first, place.next) ||
    isOpener(tokens, place) ||
    isPlainRest(tokens, at, end)
  )
    return null;
  return wording(text, tokens, { first: at, next: end });
}

/** "pricing, packaging and print" is one subject: the end of the last of its parts. */
function listEnd(tokens: Tokens, places: readonly Place[]): number {
  const [start, ...others] = places;
  let end = start?.next ?? 0;
  for (const { first: from, next } of others.slice(0, 4)) {
    if (from !== end + 1 || tokenAt(tokens, end).low !== ',') break;
    end = next;
    if (tokens.slice(from, next).some(({ low }) => low === 'and' || low === '&')) return end;
  }
  return start?.next ?? 0;
}

/** Stands behind a colon. */
function isAnnounced(tokens: Tokens, { first: from }: Place): boolean {
  return from > 0 && tokenAt(tokens, from - 1).low === ':';
}

/** Kinds of meeting that say nothing of what it is on. */
const kinds = [
  words('sync|call|chat|meeting|session|huddle|workshop|discussion|conversation|webinar|briefing up?'),
  words('training|seminar|brainstorm|brainstorming|catchup|meetup|ama session|call|meeting|workshop?'),
  words('deep|sit|catch|get|touch dive|down|up|together|base session|call|meeting?'),
  words('q & a session|call|meeting?'),
];

/** Names a kind of meeting, and nothing else. */
function isKind(tokens: Tokens, { first: from, next }: Place): boolean {
  const at = skipCommand(tokens, from, next).next;
  const noun = determiner(tokens, at)?.next ?? at;
  return kinds.some((rule) => rule(tokens, noun)?.next === next);
}

/** Begins with what only a topic begins with. */
const isTopic = (tokens: Tokens, { first: from, next }: Place) =>
  next - from > 1 && /^(?:on|about|re|regarding|around|into|over)$/.test(tokenAt(tokens, from).low);

/** The noun phrase that is left when times, people, options and command words are taken away; null where none is. */
export function leftTitle(text: string, tokens: Tokens, isUsed: (at: number) => boolean): string | null {
  const titled = stretches(tokens, isUsed)
    .map((place, index, places) => ({ place, index, places, title: titleOf(text, tokens, place) }))
    .filter(({ title }) => title !== null);
  const [only] = titled;
  if (titled.length < 2) return only?.title ?? null;
  const named = titled.findLastIndex(({ place }) => isAnnounced(tokens, place));
  const topic = titled.findLastIndex(({ place }) => isTopic(tokens, place));
  const best = titled.find(
    ({ place }, at) =>
      // "a sync for 1pm on the portal": the kind of meeting, and then what it is on.
      !(at < topic && isKind(tokens, place)) &&
      // "diarise friday 2pm: ISO audit": one word of command, and then the topic behind its colon.
      !(at < named && place.first === 0 && place.next === 1 && !NOUN.test(tokenAt(tokens, 0).low)),
  );
  if (!best) return null;
  const end = listEnd(tokens, best.places.slice(best.index));
  return end === best.place.next ? best.title : titleOf(text, tokens, { first: best.place.first, next: end });
}
