import type { ActGuess } from './acts.ts';
import type { Place } from './clauses.ts';
import type { Act } from './labels.ts';
import { TALK } from './labels.ts';

/** Acts of a word or two that mean something only by themselves. */
const SHORT: ReadonlySet<Act> = new Set(['answer', 'confirm', 'decline']);
const POLITE: ReadonlySet<Act> = new Set(['greet', 'thanks']);

/** A sentence of a message, and what it seems to want. `isClosing`: with it a letter ends. */
export type Clause = { place: Place; guess: ActGuess; isClosing: boolean };

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
