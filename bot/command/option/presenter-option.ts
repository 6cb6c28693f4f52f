import type { Rule, Tokens } from '../text/pattern.ts';
import { maybe, opens, seq, tokenAt, word, words } from '../text/pattern.ts';
import { people } from './coorganiser-option.ts';
import type { OptionSaid } from './option-said.ts';

const TITLE = 'presenter presenters speaker speakers';
const title = seq(
  maybe(words('with|and|only? the|as?')),
  word(TITLE),
  maybe(words(':|=|is|are|will|only be|only?')),
);
const only = words('only|just');
const present = words(
  'can|may|should|will|must|to|is|are? allowed|able? to? present|presents|share|shares a|the|their? screen?',
);
const lead = maybe(word('make add have and with'));
const role = words('as|be|to|a|the? be|a|the? presenter|presenters');

/** "presenters @Sam and @Lee", "only @Sam can present", "@Lee as presenter". */
export const presenterOption: Rule<OptionSaid> = opens(
  [`${TITLE} with and only the as just make add have \uFFFC`, { openers: [] }],
  (tokens, at) => titled(tokens, at) ?? alone(tokens, at) ?? called(tokens, at),
);

function titled(tokens: Tokens, at: number): ReturnType<Rule<OptionSaid>> {
  const hit = title(tokens, at);
  // Bare words behind it are names only where a sign says so: "presenter training" is none.
  const isTold = hit?.value[2] !== null || (hit && isMarked(tokens, hit.next));
  return hit && isTold ? named(tokens, hit.next, null) : null;
}

function alone(tokens: Tokens, at: number): ReturnType<Rule<OptionSaid>> {
  const hit = only(tokens, at);
  return hit && isMarked(tokens, hit.next) ? named(tokens, hit.next, present) : null;
}

function called(tokens: Tokens, at: number): ReturnType<Rule<OptionSaid>> {
  const hit = lead(tokens, at);
  return hit && isMarked(tokens, hit.next) ? named(tokens, hit.next, role) : null;
}

/** Names no word could be mistaken for: a mention or an address. */
function isMarked(tokens: Tokens, at: number): boolean {
  const { kind } = tokenAt(tokens, at);
  return kind === 'person' || kind === 'email';
}

function named(tokens: Tokens, at: number, behind: Rule<unknown> | null): ReturnType<Rule<OptionSaid>> {
  const hit = people(tokens, at);
  const end = hit && (behind ? behind(tokens, hit.next) : { next: hit.next });
  if (!hit || !end) return null;
  const who = { as: 'namedPresenters' as const, first: at, next: hit.next };
  return { value: { set: { presenters: 'named' }, who }, next: end.next };
}
