import type { Rule } from '../text/pattern.ts';
import { first, map, maybe, opens, seq, tokenAt, word, words } from '../text/pattern.ts';
import { LANGUAGE_NAMES, languageTag } from './languages.ts';
import type { OptionSaid } from './option-said.ts';
import { plain } from './option-said.ts';

const languageWord: Rule<string> = opens([LANGUAGE_NAMES.join(' ')], (tokens, at) => {
  const { low, kind } = tokenAt(tokens, at);
  const tag = kind === 'word' && low.length > 3 ? languageTag(low) : null;
  return tag ? { value: tag, next: at + 1 } : null;
});
const LANGUAGE_ENDS =
  /^([,;.)&!?\n–—]|and|with|about|on|at|re|regarding|for|to|please|by|today|tomorrow|from|invitation|invite|thanks|)$/;
const invitationIn = first(
  map(
    seq(words('with|and? the|an|its? invitation|invitations|invite|invites text?'), word('in'), languageWord),
    ([, , tag]) => tag,
  ),
  map(seq(languageWord, word('invitation invite invitations')), ([tag]) => tag),
);
const spokenIn = first(
  map(
    seq(
      maybe(
        first(
          words('the meeting|call|session will|is|to be?'),
          words('everything|all|hold|held|run|and is|be|it|are?'),
        ),
      ),
      word('in'),
      languageWord,
    ),
    ([, , tag]) => tag,
  ),
  map(
    seq(
      maybe(
        words(
          "we'll|we|we're|they|they'll|they're|it'll|it|it's|that'll|everyone|all|everybody|i'll|guests|attendees will|are|is|all? be|going? to? be?",
        ),
      ),
      words('speak|speaking|speaks|talking|presenting|presented|conducted|held in|only|mostly|just? in?'),
      languageWord,
    ),
    ([, , tag]) => tag,
  ),
  map(
    seq(
      words("we'll|we're|it'll|it's|that'll|everything|it will|is|be be|all? mostly?"),
      word('in'),
      languageWord,
    ),
    ([, , tag]) => tag,
  ),
  map(
    seq(
      maybe(words('with? the? spoken|meeting')),
      word('language lang'),
      maybe(word(': = is to')),
      languageWord,
    ),
    ([, , , tag]) => tag,
  ),
  map(seq(languageWord, word('please')), ([tag]) => tag),
  map(seq(languageWord, words('as the|our? spoken|meeting|call? language')), ([tag]) => tag),
  map(seq(languageWord, maybe(word('-')), word('language')), ([tag]) => tag),
);
/** The language that is spoken or that the invitation is in: "in French", not "in French class". */
export const languageOption: Rule<OptionSaid> = opens([invitationIn, spokenIn], (tokens, at) => {
  const invitation = invitationIn(tokens, at);
  const hit = invitation ?? spokenIn(tokens, at);
  if (!hit) return null;
  const behind = tokenAt(tokens, hit.next);
  const isEnd =
    (tokenAt(tokens, hit.next - 2).low === '-' && tokenAt(tokens, hit.next - 1).low === 'language') ||
    LANGUAGE_ENDS.test(behind.low) ||
    behind.means !== undefined ||
    behind.kind === 'number' ||
    behind.kind === 'person';
  const set = invitation ? { invitation: hit.value } : { language: hit.value };
  return isEnd ? { value: plain(set), next: hit.next } : null;
});
