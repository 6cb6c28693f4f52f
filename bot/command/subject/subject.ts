import type { Rule, Tokens } from '../text/pattern.ts';
import { first, maybe, opens, phrases, seq, tokenAt, word, words } from '../text/pattern.ts';
import type { Item } from '../when/items.ts';
import type { Layout } from './layout.ts';
import { FILLERS, isSign } from './wording.ts';

const colon = maybe(word(': - – —'));
/** "A call called Roof", not "Tom called back about the roof". */
const called: Rule<unknown> = opens(['called'], (tokens, at) => {
  const { low } = tokenAt(tokens, at + 1);
  const isTold = /^(back|about|in|off|out|for|to|me|us|at|him|her|them|again)$/.test(low);
  return tokenAt(tokens, at).low !== 'called' || isTold ? null : (colon(tokens, at + 1) ?? null);
});
/** ", topic Q3": without any sign only where a pause stands before it. */
const announced: Rule<unknown> = opens(['topic title subject'], (tokens, at) => {
  const isNamed = /^(topic|title|subject)$/.test(tokenAt(tokens, at).low);
  const isAfterPause = at > 0 && /^[,;.–—-]$/.test(tokenAt(tokens, at - 1).low) && !tokenAt(tokens, at).glued;
  return isNamed && isAfterPause && /^(word|number)$/.test(tokenAt(tokens, at + 1).kind)
    ? { value: null, next: at + 1 }
    : null;
});
/** Words after which the subject is named. */
const strongCue: Rule<unknown> = first<unknown>(
  seq(words('with|on|under the? subject|topic|heading|title|agenda|name of?'), colon),
  words(
    'the? subject|topic|title|agenda|purpose|aim|goal|reason|theme|subj line? is|being|=|will|should be? to?',
  ),
  seq(words('the? subject|title|topic line'), colon),
  seq(word('subj subjectline sub'), word(': - – =')),
  seq(word('subject topic title agenda purpose'), word(': - – =')),
  announced,
  seq(words('titled|entitled|named|labelled|labeled'), colon),
  called,
  seq(words('call|name|title it'), colon),
  seq(words('call|name|title this|the meeting|call|session'), colon),
  seq(word('re'), word(':')),
  phrases(
    "to|and|so|we|can|where|let|us|we'll|will|should|must|might|need|want|? we|us|to? discuss|discussing",
    'to|and|we|can? talk|chat|speak about|over|through',
    'to|and|we|can? go|run|walk|talk|step|think over|through',
    'to|and|we|can? look at|over|into',
    'to talk|chat|speak on',
    'to review|cover|discuss',
    'to|and|we|can? touch base|bases on|about|re',
    'to|and|we|can? catch up on|about|re',
    'discussing|covering',
  ),
  seq(word('regarding concerning about re reg abt'), maybe(word('.')), colon),
);
const TO_VERB = seq(word('to'));
/** What a purpose may follow: "a call to plan …", "get everyone together to …"; not "cycle to work". */
const MEETS = new Set(
  'meeting meetings call mtg meet meetup event appointment appt invite slot time link something chat session talk room booking one sync huddle workshop review standup catchup together us me everyone everybody all team teams folks people up in now again minutes min mins hour hours conversation webinar interview demo training discussion workshop seminar brainstorm retro get-together today tomorrow somewhere online quickly'.split(
    ' ',
  ),
);
const NOT_A_VERB = new Set('the a an my our me us be'.split(' '));

/** A stretch of tokens and, before it, the words that cue it ("about", "re:"); `next` is behind its last. */
export type Segment = { cueFirst: number; first: number; next: number };

/** "to plan the offsite": a purpose; not "to 5pm", "to Sam", "from 3 to 4". */
function purpose({ tokens, isItem, isPerson }: Layout, at: number): number | null {
  const hit = TO_VERB(tokens, at);
  if (!hit || at === 0) return null;
  const verb = tokenAt(tokens, hit.next);
  const before = tokenAt(tokens, at - 1).low;
  const isVerb = verb.kind === 'word' && !verb.means && !NOT_A_VERB.has(verb.low);
  if (!isVerb || isItem(at) || isItem(hit.next) || isPerson(hit.next)) return null;
  if (!isItem(at - 1) && !isPerson(at - 1) && !MEETS.has(before) && tokenAt(tokens, at - 1).kind === 'word')
    return null;
  if (
    /^(need|want|have|like|love|link|able|going|try|due|up|intro|introduction|back|return|move|switch|1|one|face|end|how|mic|add|access|approach|answer|road|path|guide|way|response|thanks)$/.test(
      before,
    )
  )
    return null;
  return hit.next;
}

/** Where the text says what the meeting is about; null where it never says so outright. */
export function findCue(layout: Layout): Segment | null {
  const { tokens } = layout;
  let weak: Segment | null = null;
  for (let at = 0; at < tokens.length; at += 1) {
    if (layout.isQuoted(at) || layout.isItem(at)) continue;
    const isProposal = /^(how|what)$/.test(tokenAt(tokens, at - 1).low);
    const hit = isProposal ? null : strongCue(tokens, at);
    if (hit && hit.next < tokens.length)
      return { cueFirst: at, first: hit.next, next: segmentEnd(layout, hit.next) };
    const verb: number | null = weak ? null : purpose(layout, at);
    if (verb !== null) weak = { cueFirst: at, first: verb, next: segmentEnd(layout, verb) };
  }
  return weak;
}

/** A subject ends at a line break, a sentence's end, people, options, or a comma with any of these or a time behind it. */
function segmentEnd({ tokens, itemFrom, isItem, isPersonFrom }: Layout, from: number): number {
  for (let at = from; at < tokens.length; at += 1) {
    const { low, kind } = tokenAt(tokens, at);
    if (kind === 'break') return at;
    const item = itemFrom(at);
    if (item?.kind === 'option' && at > from && isOptionHere(tokens, item)) return at;
    if (isPersonFrom(at) && at > from) return at;
    const isStop = /^[.;!?]$/.test(low) && !tokenAt(tokens, at + 1).glued && !isItem(at);
    if (isStop) return at;
    const isPause = low === ',' || (/^[–—|/-]$/.test(low) && !tokenAt(tokens, at).glued);
    const opens = isPause ? skipAnd(tokens, at + 1) : at;
    if (isPause && (itemFrom(opens) || isPersonFrom(opens) || isTail(tokens, opens))) return at;
  }
  return tokens.length;
}

function skipAnd(tokens: Tokens, at: number): number {
  return /^(and|also|please|with|then|but)$/.test(tokenAt(tokens, at).low) ? at + 1 : at;
}

const TAIL = first<unknown>(
  words(
    'please|pls|thanks|thx|cheers|thank|invite|inviting|include|add|let|make|can|could|would|attendees|cc',
  ),
  words('no need'),
  words('when|who|date|time|where|duration|attendees :'),
);
function isTail(tokens: Tokens, at: number): boolean {
  return TAIL(tokens, at) !== null;
}

const SAYS_SOMETHING = /^(to|how|why|not|is|are|be|was|were|the|a|an|we|i|you|they|can|should|end|and|or)$/;
/** "about Q3 encrypted", "about Q3 record it": what would be missed in silence counts as the last word without a comma. */
function isLastWord(tokens: Tokens, { first, next, said }: Extract<Item, { kind: 'option' }>): boolean {
  const isMissed = said.set.encrypted === true || said.set.record === true;
  return isMissed && next === tokens.length && !SAYS_SOMETHING.test(tokenAt(tokens, first - 1).low);
}
const OPTION_LEADS = /^([,;.&+(\n–—:]|and|please|with|without|no|in|w|also)$/;
/** Inside a subject an option counts only as an afterthought: after a comma or "and", beginning with "with" or "no", or naming somebody. */
function isOptionHere(tokens: Tokens, item: Extract<Item, { kind: 'option' }>): boolean {
  if (item.said.who || isLastWord(tokens, item)) return true;
  const behind = tokenAt(tokens, item.next);
  const isEnd =
    behind.kind === 'break' ||
    isSign(behind.low) ||
    /^(and|please|with|without|no|at|on|for|tomorrow|today|thanks)$/.test(behind.low) ||
    behind.means !== undefined;
  return (
    isEnd &&
    (OPTION_LEADS.test(tokenAt(tokens, item.first - 1).low) ||
      OPTION_LEADS.test(tokenAt(tokens, item.first).low))
  );
}

type Slots = { date: boolean; clock: boolean; length: boolean; zone: boolean };

function isWanted(item: Item, slots: Slots): boolean {
  if (item.kind === 'date') return !slots.date;
  if (item.kind === 'clock' || item.kind === 'relative' || item.kind === 'now' || item.kind === 'sometime')
    return !slots.clock;
  if (item.kind === 'length') return !slots.length;
  if (item.kind === 'zone') return !slots.zone;
  return true;
}

const isLead = (low: string) => /^(and|at|on|for|the|from)$/.test(low);

/** Times at the end of a subject that nothing outside it says belong to the meeting: "about Q3 tomorrow at 3pm". */
export function peelTail(
  layout: Layout,
  segment: Segment,
  slots: Slots,
): { segment: Segment; peeled: Item[] } {
  const { tokens } = layout;
  const peeled: Item[] = [];
  let { next } = segment;
  for (let moved = true; moved; ) {
    moved = false;
    const last = tokenAt(tokens, next - 1);
    const ending = layout.itemUpTo(next);
    const item = ending && ending.first >= segment.first ? ending : undefined;
    const isBeforeOption = next === segment.next && /^(with|and|but)$/.test(last.low);
    const isDroppable =
      isBeforeOption || isSign(last.low) || FILLERS.has(last.low) || (peeled.length > 0 && isLead(last.low));
    if (
      item &&
      (isWanted(item, slots) || isHalfOfDate(layout, item)) &&
      isDetachable(layout, item, peeled.at(-1)?.kind === 'date')
    ) {
      peeled.push(item);
      next = item.first;
      moved = true;
    } else if (next > segment.first && isDroppable && !item) {
      next -= 1;
      moved = true;
    }
  }
  const isAllPeeled = next <= segment.first;
  return { segment: { ...segment, next: isAllPeeled ? segment.first : next }, peeled };
}

/** The "Sat" of "about the plan Sat, 5 September". */
function isHalfOfDate({ tokens, itemFrom }: Layout, item: Item): boolean {
  if (item.kind !== 'date' || item.said.source !== 'weekday') return false;
  const next = item.next + (tokenAt(tokens, item.next).low === ',' ? 1 : 0);
  return itemFrom(next)?.kind === 'date';
}

function isDetachable({ tokens, itemUpTo }: Layout, item: Item, isBeforeDay: boolean): boolean {
  const before = tokenAt(tokens, item.first - 1).low;
  const follows = itemUpTo(item.first) !== undefined || isSign(before);
  if (item.kind === 'clock' && item.isWeak)
    return item.isCued || follows || (item.to !== null && isBeforeDay);
  if (item.kind === 'length') return item.isCued || follows;
  if (item.kind === 'repeat' || item.kind === 'option') return follows;
  return !/^(the|a|an|our|my|last|this|of|by|until|since|before|after|per|every)$/.test(before);
}

/** A time in the middle of a subject, taken only where nothing else says when: "about the roof at 3pm because …". */
export function cutAtTime({ tokens, items }: Layout, segment: Segment): { segment: Segment; cut: Item[] } {
  const inside = items.filter(({ first, next }) => first > segment.first && next <= segment.next);
  const start = inside.findIndex((item) => {
    const opens = tokenAt(tokens, item.first).low;
    const isCued = /^(at|on|from|@|tomorrow|today|tonight|between)$/.test(opens);
    return (
      isCued &&
      (item.kind === 'clock' || item.kind === 'date') &&
      !/^(the|a|our|my)$/.test(tokenAt(tokens, item.first - 1).low)
    );
  });
  const begin = inside[start];
  if (!begin) return { segment, cut: [] };
  return { segment: { ...segment, next: begin.first }, cut: inside.slice(start) };
}
