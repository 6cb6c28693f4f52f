import type { Invitee, Utterance } from '../command.ts';
import type { Tokens } from '../text/pattern.ts';
import { first, seq, tokenAt, word, words } from '../text/pattern.ts';
import type { Place } from '../text/tokens.ts';
import { met, ourselves, parties } from './people-frames.ts';
import { list, marked } from './people-list.ts';

/** Somebody named in the text, and the tokens that name them (with the "with" before them). */
export type Named = Place & { invitees: readonly Invitee[] };

const with_ = first<unknown>(
  words('w /'),
  words('along with'),
  words('together with'),
  words('and? please? loop in'),
  words('and? please? bring in'),
  words('and? please? invite|inviting|include|including|adding|cc|cc:'),
  words('and please? add'),
  words('get|put|fit|squeeze|slot|book|pencil|have|pop|stick me|us and|&|+'),
  seq(words('between|for me|myself|us'), word('and , &')),
  words('talk|talking|speak|speaking|chat|chatting to|with'),
  words('catch up with'),
  words('with|w me and'),
  words('with|w both?'),
  words('with the following people|guests|attendees :'),
  words('attendees :'),
  words('attendees'),
  words('participants :'),
  words('guests :'),
  words('invitees :'),
  words('invite :'),
  word('w'),
);

/** Everybody the text names, left to right. Bare names only behind "with", "invite" and the like. */
export function findPeople(tokens: Tokens, utterance: Utterance, isFree: (at: number) => boolean): Named[] {
  const found: Named[] = [];
  for (let at = 0; at < tokens.length; ) {
    const cue = isFree(at) ? with_(tokens, at) : null;
    const hit = cue
      ? list(tokens, cue.next, utterance, isFree)
      : (parties(tokens, at, utterance, isFree) ??
        met(tokens, at, utterance, isFree) ??
        ourselves(tokens, at, utterance, isFree));
    const plain = hit ? null : (markedList(tokens, at, utterance) ?? null);
    const named = hit ?? plain;
    if (named)
      found.push({ first: plain ? leadIn(tokens, at) : at, next: named.next, invitees: named.invitees });
    at = named?.next ?? at + 1;
  }
  return found;
}

function leadIn(tokens: Tokens, at: number): number {
  return /^(with|and|&|for|to|invite|cc|@|<|\()$/.test(tokenAt(tokens, at - 1).low) ? at - 1 : at;
}

/** Marks and addresses wherever they stand, with "and me" behind them. */
function markedList(
  tokens: Tokens,
  at: number,
  utterance: Utterance,
): { invitees: Invitee[]; next: number } | null {
  if (!marked(tokens, at, utterance)) return null;
  return list(tokens, at, utterance, () => false);
}
