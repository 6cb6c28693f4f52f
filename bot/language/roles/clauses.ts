import type { Token, Tokens } from '../text/tokens.ts';
import type { TimeSpan } from '../time/spans.ts';
import type { ActGuess } from './acts.ts';
import type { Sentence } from './facts.ts';
import { type Act, TALK } from './labels.ts';
import type { Place } from './roles.ts';

const END = /^[.!?…\u061f\uff1f\u3002]$/;
const CONSONANTS = /^[b-df-hj-np-tv-xz]{1,4}$/;

/** "Mr." and "bzw." end no sentence: one letter, or a few without a vowel. */
const isShortForm = (token: Token | undefined) =>
  token?.kind === 'word' && (token.low.length === 1 || CONSONANTS.test(token.low));

const SHORT_LINE = 4;

/** Whether a line of a word or two stands there that ends with a comma: "Thanks,". */
function isClosingLine(tokens: Tokens, at: number): boolean {
  const end = tokens.findIndex(({ kind }, index) => index >= at && kind === 'break');
  return end > at && end - at <= SHORT_LINE && tokens[end - 1]?.low === ',';
}

/** Whether a sentence ends with a token: at an end mark that is not inside a word or a time, or at the end of a line. */
function isEnd(tokens: Tokens, at: number, isTime: Uint8Array): boolean {
  const { kind, low } = tokens[at] as Token;
  const next = tokens[at + 1];
  if (kind === 'break') return /^[.!?,;)]$/.test(tokens[at - 1]?.low ?? '') || isClosingLine(tokens, at + 1);
  if (kind !== 'sign' || !END.test(low) || (next?.glued && next.kind !== 'break')) return false;
  if (isTime[at] === 1) return isTime[at + 1] === 0 && next?.text !== next?.low;
  // "Tues. 3pm": a short word of time, and the time goes on.
  const isWithinTime = isTime[at - 1] === 1 && isTime[at + 1] === 1 && (tokens[at - 1]?.low.length ?? 0) < 6;
  return low !== '.' || !(isWithinTime || isShortForm(tokens[at - 1]) || tokens[at - 1]?.kind === 'number');
}

/** The sentences of a message. One that says nothing but a time belongs to the one before it. */
export function clausesIn(tokens: Tokens, times: readonly TimeSpan[]): Place[] {
  const isTime = new Uint8Array(tokens.length);
  for (const { first, next, weak } of times) if (!weak) isTime.fill(1, first, next);
  const clauses: Place[] = [];
  let first = 0;
  let hasWords = false;
  for (let at = 0; at < tokens.length; at += 1) {
    const kind = tokens[at]?.kind;
    hasWords ||= isTime[at] === 0 && kind !== 'sign' && kind !== 'break' && kind !== 'number';
    if (at + 1 < tokens.length && !isEnd(tokens, at, isTime)) continue;
    const last = clauses.at(-1);
    if (last && !hasWords) last.next = at + 1;
    else clauses.push({ first, next: at + 1 });
    first = at + 1;
    hasWords = false;
  }
  return clauses;
}

const LONGEST_CLOSING = 8;

/** Whether with a sentence a letter ends: "Kind regards, Eva", or two dashes before who wrote it. */
export function isClosing({ tokens, pack, times }: Sentence, { first, next }: Place): boolean {
  const isRule = tokens[first]?.low === '-' && tokens[first + 1]?.low === '-';
  const isSaid = pack.matchesAt(tokens, first).some(({ said }) => said.has('closing'));
  const hasTime = times.some((time) => !time.weak && time.first >= first && time.next <= next);
  return isRule || (isSaid && !hasTime && next - first <= LONGEST_CLOSING);
}

/** Acts of a word or two that mean something only by themselves. */
const SHORT: ReadonlySet<Act> = new Set(['answer', 'confirm', 'decline']);
const POLITE: ReadonlySet<Act> = new Set(['greet', 'thanks']);

/** A sentence of a message, and what it seems to want. `isClosing`: with it a letter ends. */
type Clause = { place: Place; guess: ActGuess; isClosing: boolean };

/** How much a sentence wants something: what is told counts below nothing, and news weighs more than politeness. */
function wantOf({ guess: { act, lead } }: Clause, hasNews: boolean): number {
  if (SHORT.has(act) && hasNews) return -Infinity;
  return POLITE.has(act) ? lead - FAR : lead;
}

const FAR = 2 ** 20;

const NOTHING: ActGuess = { act: 'other', next: 'tell', margin: 0, lead: 0, further: [] };

/**
 * What a message wants. `asking`: the sentence that says so. `telling`: others that seem to be news. `unheard`: sentences that
 * nothing is to be read from.
 */
export type Chosen = {
  guess: ActGuess;
  asking: Place;
  telling: readonly Place[];
  unheard: readonly Place[];
};

const isTalk = ({ guess: { act } }: Clause) => TALK.has(act);

/**
 * The sentence of a message that wants something the most, and those that nothing is to be read from: greetings, thanks,
 * news that is surely no wish, and what stands behind the closing of a letter. Nothing is unheard where nothing is wanted.
 */
export function chooseClause(clauses: readonly Clause[], sure: number): Chosen {
  const [only] = clauses;
  if (!only) return { guess: NOTHING, asking: { first: 0, next: 0 }, telling: [], unheard: [] };
  if (clauses.length === 1) return { guess: only.guess, asking: only.place, telling: [], unheard: [] };
  const hasNews = clauses.some(({ guess: { act } }) => TALK.has(act) && !POLITE.has(act));
  const chosen = clauses.reduce((best, clause) =>
    wantOf(clause, hasNews) > wantOf(best, hasNews) ? clause : best,
  );
  const at = clauses.indexOf(chosen);
  const end = clauses.findIndex(
    ({ isClosing, guess }, index) => index > at && (isClosing || guess.act === 'thanks'),
  );
  const closing = end < 0 ? clauses.length : end;
  const unheard = clauses.filter(({ guess: { act, lead } }, index) => {
    if (index === at || TALK.has(chosen.guess.act)) return false;
    return index >= closing || POLITE.has(act) || lead < -sure;
  });
  return {
    guess: chosen.guess,
    asking: chosen.place,
    telling: isTalk(chosen) ? [] : clauses.filter(isTalk).map(({ place }) => place),
    unheard: unheard.map(({ place }) => place),
  };
}
