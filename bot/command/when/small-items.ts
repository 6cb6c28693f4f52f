import { coorganiserOption } from '../option/coorganiser-option.ts';
import { option } from '../option/options.ts';
import { vast } from '../text/numbers.ts';
import type { Hit, Tokens } from '../text/pattern.ts';
import { first, meaning, opens, phrases, seq, tokenAt, word, words } from '../text/pattern.ts';
import { clock } from './clocks.ts';
import type { ItemRule } from './items.ts';
import { length } from './lengths.ts';
import { inThePart } from './parts.ts';
import { zoneAlone } from './zones.ts';

const now = phrases(
  'right now|away',
  'straight away',
  'this very? minute|instant|moment|second',
  'as soon as possible',
  'just now',
  'immediately|instantly|straightaway|asap|rn|now',
);
const BEFORE_NO_NOW = /^(until|till|by|from|til|for|just)$/;
const BEHIND_NO_NOW = /^(that|on|then|and|until|playing)$/;

/** "now", "straight away"; not "from now on" or "now that". */
export const nowItem: ItemRule = opens([now], (tokens, at) => {
  const hit = now(tokens, at);
  if (!hit || BEFORE_NO_NOW.test(tokenAt(tokens, at - 1).low)) return null;
  const isPlain = tokenAt(tokens, at).low === 'now';
  return isPlain && BEHIND_NO_NOW.test(tokenAt(tokens, at + 1).low)
    ? null
    : { kind: 'now', first: at, next: hit.next };
});

/** A part of a day by itself. */
export const partItem: ItemRule = opens([inThePart], (tokens, at) => {
  const hit = inThePart(tokens, at);
  return hit && { kind: 'part', first: at, next: hit.next, part: hit.value };
});

/** A zone by itself, in brackets or not. */
export const zoneItem: ItemRule = opens(['(', zoneAlone], (tokens, at) => {
  const open = tokenAt(tokens, at).low === '(' ? 1 : 0;
  const hit = zoneAlone(tokens, at + open);
  const close = hit && open && tokenAt(tokens, hit.next).low === ')' ? 1 : 0;
  return hit && { kind: 'zone', first: at, next: hit.next + close, zone: hit.value };
});

const vagueClock = seq(word('before after'), clock);
const withinNext = seq(words('in|within the? next'), length);
const inAges = seq(word('in'), vast, meaning('unit'));
const via = words('on|via|over|using|through|by ms|microsoft? teams|zoom|phone|skype');

const sometime = first<unknown>(
  vagueClock,
  withinNext,
  inAges,
  phrases(
    'at some point',
    'first thing',
    'after|before lunch',
    'when everyone|everybody is free',
    'at? the? usual|same time',
    'at? any time',
    'anytime',
    'lunchtime',
  ),
);

/** "on Teams" says where; "on Teams adoption" says what about. */
function viaTeams(tokens: Tokens, at: number): Hit<string> | null {
  const hit = via(tokens, at);
  const behind = hit && tokenAt(tokens, hit.next);
  const isNoun =
    behind?.kind === 'word' &&
    !behind.means &&
    !/^(with|at|on|for|about|re|and|from|please|to)$/.test(behind.low);
  return isNoun ? null : hit;
}

/** Words for a time that only the person knows: nothing to reckon with, but no subject either. */
export const sometimeItem: ItemRule = opens([sometime, via], (tokens, at) => {
  const hit = sometime(tokens, at) ?? viaTeams(tokens, at);
  return hit && { kind: 'sometime', first: at, next: hit.next };
});

/** Something asked of the meeting. */
export const optionItem: ItemRule = opens([option], (tokens, at) => {
  const hit = option(tokens, at);
  return hit && { kind: 'option', first: at, next: hit.next, said: hit.value };
});

/** Somebody who shall run the meeting as well. */
export const coorganiserItem: ItemRule = (tokens, at) => {
  const hit = coorganiserOption(tokens, at);
  return hit && { kind: 'option', first: at, next: hit.next, said: hit.value };
};
